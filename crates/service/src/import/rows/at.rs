//! The rows of a draft with everything that they are read beside.

use std::collections::BTreeMap;

use papers::sheet_in::{self, Column, Problem, Reading, Row, Template, Value};
use papers::sheet_out::Cell;
use policy::program::{Kind as RowKind, Type};
use records::FieldError;
use records::answers::{Answers, RowAnswers};
use records::application::{Application, InvoiceRows, build, unit, with_unit};
use standards::text::{half_width, squash};

use super::columns::{cell_of, written};
use super::{Again, FileAt, FillDraft, PARENT};
use crate::desk::Desk;

/// The rows with everything they are read beside.
pub(super) struct At {
    pub(super) file: FileAt,
    pub(super) kind: RowKind,
    pub(super) template: Template,
    pub(super) version: i64,
    pub(super) draft: FillDraft,
}
/// A row as its parent and its cells.
pub(super) type Said = (Option<String>, Vec<Option<Value>>);

impl At {
    pub(super) fn kind_id(&self) -> &str {
        &self.file.pack.kinds[self.kind as usize].id
    }

    fn above(&self) -> &[RowAnswers] {
        let pack = &self.file.pack;
        self.draft.answers.rows(&pack.kinds[pack.kinds[self.kind as usize].parent as usize].id)
    }

    /// What the rows say that are there already.
    pub(super) fn known(&self) -> Vec<Option<Said>> {
        self.draft.answers.rows(self.kind_id()).iter().map(|row| Some((row.parent.clone(), self.values(row)))).collect()
    }

    fn values(&self, row: &RowAnswers) -> Vec<Option<Value>> {
        let said = |column: &Column| match (&column.name, row.texts.get(&column.name)) {
            (name, _) if name == PARENT => None,
            (_, Some(text)) => sheet_in::said(&column.kind, &self.complete(&column.name, text)),
            (_, None) => None,
        };
        self.template.columns.iter().map(said).collect()
    }

    /// Which row above is meant is compared by its id, however it is named.
    pub(super) fn without_parent(&self, values: &[Option<Value>]) -> Vec<Option<Value>> {
        let own = |(column, value): (&Column, &Option<Value>)| value.clone().filter(|_| column.name != PARENT);
        self.template.columns.iter().zip(values).map(own).collect()
    }

    /// A typed figure with the unit that stands beside its field.
    fn complete(&self, name: &str, text: &str) -> String {
        let input = self.file.pack.inputs[self.kind as usize].iter().position(|input| input.name == name);
        let counts = |input: &usize| matches!(self.file.pack.inputs[self.kind as usize][*input].meta.ty, Type::Money | Type::Share);
        match input.filter(counts) {
            Some(input) => with_unit(text, unit(&self.file.pack, self.kind, input)),
            None => text.to_owned(),
        }
    }

    /// The row above that a row belongs to.
    pub(super) fn parent(&self, row: &Row<'_>) -> Result<Option<String>, Problem> {
        if self.template.columns.first().is_none_or(|column| column.name != PARENT) {
            return Ok(None);
        }
        let (above, said) = (self.above(), row.text(PARENT));
        let number = half_width(said).trim_start_matches('第').trim_end_matches('行').trim().parse::<usize>().ok();
        let same = |one: &&RowAnswers| one.texts.values().any(|text| squash(text) == squash(said) && !squash(said).is_empty());
        let found: Vec<&RowAnswers> = above.iter().filter(same).collect();
        match (said, number.and_then(|number| above.get(number.wrapping_sub(1))), found.as_slice(), above) {
            ("", _, _, [only]) => Ok(Some(only.id.clone())),
            (_, _, [only], _) => Ok(Some(only.id.clone())),
            (_, Some(one), [], _) => Ok(Some(one.id.clone())),
            _ => {
                let head = &self.template.columns[0].head;
                let (what, label) = (format!("没有找到{head}"), head.trim_start_matches("所属"));
                Err(row.problem(PARENT, what, format!("请先填写{label}并保存，再在这里填写它的序号（现有{}行）", above.len())))
            }
        }
    }

    pub(super) fn answers(&self, id: String, parent: Option<String>, row: &Row<'_>) -> RowAnswers {
        let texts = self.template.columns.iter().zip(&row.values).filter(|(column, _)| column.name != PARENT);
        let texts = texts.filter_map(|(column, value)| Some((column.name.clone(), written(value.as_ref()?))));
        RowAnswers { id, parent, texts: texts.collect() }
    }

    /// New rows of invoices that stand otherwise on file.
    pub(super) fn again(
        &self,
        answers: &Answers,
        repeated: Vec<usize>,
        added: &BTreeMap<String, usize>,
        reading: &Reading,
    ) -> Vec<Problem> {
        let stages = self.file.pack.stages_of(&self.file.state().procedure).into_iter();
        let rows = stages.flat_map(|stage| InvoiceRows::of(&self.file.pack, stage)).find(|rows| rows.kind == self.kind_id());
        let Some(rows) = rows else { return Vec::new() };
        let again = Again { rows, before: self.draft.answers.rows(self.kind_id()), repeated };
        again.problems(answers.rows(self.kind_id()), added, reading, &self.template)
    }

    /// What the pack cannot read of the new rows: shares, marks, quantities.
    pub(super) fn misread(&self, desk: &Desk<'_>, answers: &Answers, added: &BTreeMap<String, usize>, reading: &Reading) -> Vec<Problem> {
        let filed = Application { filed: answers.clone(), ..self.file.state().clone() };
        let case = build(&self.file.pack, &filed, &self.file.knowing, desk.edge.now);
        case.errors.iter().filter_map(|error| self.placed(error, answers, added, reading)).collect()
    }

    fn placed(&self, error: &FieldError, answers: &Answers, added: &BTreeMap<String, usize>, reading: &Reading) -> Option<Problem> {
        let (id, name) = error.path.strip_prefix(self.kind_id())?.strip_prefix('.')?.split_once('.')?;
        let text = answers.rows(self.kind_id()).iter().find(|row| row.id == id)?.texts.get(name)?;
        let what = error.message.trim_end_matches('。').to_owned();
        Some(reading.problem(&self.template, *added.get(id)?, name, text, (what, "请按该列的填写说明修改".to_owned())))
    }

    pub(super) fn cells(&self, row: &RowAnswers) -> Vec<Cell> {
        let place = self.above().iter().position(|above| Some(&above.id) == row.parent.as_ref());
        let cell = |(column, value): (&Column, Option<Value>)| match (value, row.texts.get(&column.name)) {
            (_, _) if column.name == PARENT => place.map_or(Cell::Empty, |at| Cell::Count(i64::try_from(at + 1).unwrap_or(0))),
            (Some(value), _) => cell_of(column, value),
            (None, Some(text)) => Cell::Text(text.clone()),
            (None, None) => Cell::Empty,
        };
        self.template.columns.iter().zip(self.values(row)).map(cell).collect()
    }
}
