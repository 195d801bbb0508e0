//! Official tables: their clauses are there, their columns have names of their own, their printed lines fit them.

use super::Compiler;
use crate::files::Entry;
use crate::pack::{Official, OfficialColumn};
use crate::spec::OfficialSpec;

/// Continues the cell above.
const CONTINUED: &str = "^";
/// Most official tables of a pack.
const MAX_OFFICIALS: usize = 64;
/// Most columns of one.
const MAX_COLUMNS: usize = 60;

impl Compiler<'_> {
    pub(super) fn officials(&mut self) -> Vec<Official> {
        let sections = self.sections;
        self.unique("附表", sections.official.iter().map(|entry| (entry.id.as_str(), entry.file, entry.spec.start())));
        if let Some(extra) = sections.official.get(MAX_OFFICIALS) {
            self.report(extra.file, extra.spec.start(), "", format!("附表过多，最多{MAX_OFFICIALS}张"));
        }
        sections.official.iter().map(|entry| self.official(entry)).collect()
    }

    fn official(&mut self, entry: &Entry<OfficialSpec>) -> Official {
        let clause = self.cited(entry.file, &entry.clause);
        self.unique("栏目", entry.columns.iter().map(|column| (column.id.as_str(), entry.file, column.start())));
        if entry.columns.is_empty() || entry.columns.len() > MAX_COLUMNS {
            self.report(entry.file, entry.spec.start(), &clause, format!("附表“{}”应有1至{MAX_COLUMNS}个栏目", entry.id.as_str()));
        }
        for (at, line) in entry.lines.iter().enumerate() {
            if line.len() != entry.columns.len() {
                let message = format!("印好的行有{}格，附表有{}个栏目", line.len(), entry.columns.len());
                self.report(entry.file, line.start(), &clause, message);
            } else if at == 0 && line.iter().any(|text| text == CONTINUED) {
                self.report(entry.file, line.start(), &clause, "第一行的上面没有可以延续的单元格".to_owned());
            }
        }
        Official {
            id: entry.id.value().clone(),
            title: entry.title.clone(),
            clause,
            under: entry.under.clone(),
            left: entry.left.clone(),
            right: entry.right.clone(),
            columns: entry.columns.iter().map(|column| OfficialColumn::from(column.value())).collect(),
            lines: entry.lines.iter().map(|line| line.iter().map(|text| (text != CONTINUED).then(|| text.clone())).collect()).collect(),
            notes: entry.notes.clone(),
        }
    }
}
