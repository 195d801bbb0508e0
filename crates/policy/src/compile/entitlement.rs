//! What a pack writes into the cases of files itself: facts and rows of a procedure, rows of what was granted before.

use std::collections::BTreeMap;

use super::Compiler;
use super::table::read_cell;
use crate::exact::Exact;
use crate::files::Entry;
use crate::pack::{Entitled, Entitlement, RowTexts};
use crate::program::{Kind, Type};
use crate::spec::{At, Cell, EntitledSpec, EntitlementSpec, Grants, ProcedureSpec};

impl Compiler<'_> {
    /// Facts that are the same in each file of a procedure.
    pub(super) fn fixed_facts(&mut self, entry: &Entry<ProcedureSpec>, clause: &str) -> Vec<(String, String)> {
        let mut all = Vec::new();
        for (path, text) in &entry.facts {
            let Some((kind, input)) = self.declared_fact(entry.file, text.start(), clause, path) else { continue };
            if kind != 0 {
                self.report(entry.file, text.start(), clause, format!("“{path}”是各行的事实，请写在 rows 中"));
                continue;
            }
            all.extend(self.fixed_text(entry.file, text, clause, (kind, input)).map(|text| (path.clone(), text)));
        }
        all
    }

    /// Rows that each file of a procedure has.
    pub(super) fn fixed_rows(&mut self, entry: &Entry<ProcedureSpec>, clause: &str) -> Vec<(String, Vec<RowTexts>)> {
        let mut all = Vec::new();
        for (kind, rows) in &entry.rows {
            let Some(found) = self.rows_of_case(entry.file, entry.spec.start(), clause, kind) else { continue };
            all.push((kind.clone(), rows.iter().map(|row| self.fixed_row(entry.file, row, clause, found)).collect()));
        }
        all
    }

    pub(super) fn entitlement(&mut self) -> Option<Entitlement> {
        let sections = self.sections;
        self.once("entitlement", &sections.entitlement);
        let entry = sections.entitlement.first()?;
        let clause = self.cited(entry.file, &entry.clause);
        let kind = self.rows_of_case(entry.file, entry.rows.start(), &clause, &entry.rows)?;
        let amount = self.entitled_amount(entry, kind, &clause)?;
        let of = entry.of.iter().map(|one| self.entitled(entry, one, kind, &clause)).collect();
        Some(Entitlement { kind: entry.rows.value().clone(), amount, clause, reading: entry.reading.clone(), of })
    }

    /// A kind of rows that belong to the case itself.
    fn rows_of_case(&mut self, file: usize, offset: usize, clause: &str, id: &str) -> Option<Kind> {
        let known: Vec<String> = self.kinds.iter().skip(1).filter(|kind| kind.parent == 0).map(|kind| kind.id.clone()).collect();
        if !known.iter().any(|kind| kind == id) {
            self.unknown_name(file, offset, clause, "行类别", id, &known);
            return None;
        }
        self.kinds.iter().position(|kind| kind.id == id).map(|at| at as Kind)
    }

    fn entitled_amount(&mut self, entry: &Entry<EntitlementSpec>, kind: Kind, clause: &str) -> Option<String> {
        let (of, input) = self.declared_fact(entry.file, entry.amount.start(), clause, &entry.amount)?;
        let found = &self.inputs[of as usize][input];
        if of == kind && found.meta.ty == Type::Money {
            return Some(found.name.clone());
        }
        let message = format!("“{}”不是{}的金额", entry.amount.value(), entry.rows.value());
        self.report(entry.file, entry.amount.start(), clause, message);
        None
    }

    fn entitled(&mut self, entry: &Entry<EntitlementSpec>, one: &At<EntitledSpec>, kind: Kind, clause: &str) -> Entitled {
        let own = self.sections.pack.first().map(|pack| pack.id.clone()).unwrap_or_default();
        let spec = one.value();
        let programme = spec.programme.clone().unwrap_or_else(|| own.clone());
        if programme == own {
            let awards: Vec<String> = self.sections.award.iter().map(|award| award.id.clone()).collect();
            self.known_all(entry.file, &spec.awards, "奖补", &awards, clause);
            self.needs_procedure(entry, one, clause);
        }
        let awards = spec.awards.iter().map(|one| one.value().clone()).collect();
        Entitled { programme, awards, facts: self.fixed_row(entry.file, &spec.facts, clause, kind) }
    }

    /// Awards of a pack are granted by its procedures, or nothing would ever stand in these rows.
    fn needs_procedure(&mut self, entry: &Entry<EntitlementSpec>, one: &At<EntitledSpec>, clause: &str) {
        if !self.sections.procedure.iter().any(|procedure| *procedure.grants.value() == Grants::Award) {
            self.report(entry.file, one.start(), clause, "本政策包没有以资金结束的事项，不会有已作出的决定");
        }
    }

    fn fixed_row(&mut self, file: usize, row: &BTreeMap<String, At<Cell>>, clause: &str, kind: Kind) -> RowTexts {
        let mut all = Vec::new();
        for (name, text) in row {
            let path = format!("{}.{name}", self.kinds[kind as usize].id);
            let Some((of, input)) = self.declared_fact(file, text.start(), clause, &path) else { continue };
            if of == kind {
                all.extend(self.fixed_text(file, text, clause, (kind, input)).map(|text| (name.clone(), text)));
            }
        }
        all
    }

    /// A text of the pack's own, as a person would have written it.
    fn fixed_text(&mut self, file: usize, text: &At<Cell>, clause: &str, (kind, input): (Kind, usize)) -> Option<String> {
        let ty = self.inputs[kind as usize][input].meta.ty;
        let options = match ty {
            Type::Choice(choice) => self.choices[choice as usize].options.clone(),
            _ => Vec::new(),
        };
        let written = text.value().trim();
        let read = if ty == Type::Party { Ok(Exact::ONE) } else { read_cell(ty, written, &options) };
        match (read, ty) {
            (Ok(yes), Type::YesNo) => Some(if yes == Exact::ONE { "是" } else { "否" }.to_owned()),
            (Ok(_), _) => Some(written.to_owned()),
            (Err(message), _) => {
                self.report(file, text.start(), clause, message);
                None
            }
        }
    }
}
