//! Named formulas, and what every rule needs to read one.

use super::builder::input_meta;
use super::{Compiler, Place, Progress};
use crate::files::Entry;
use crate::formula::parse;
use crate::pack::Value;
use crate::program::{Kind, Reg, Type};
use crate::spec::At;
use crate::term::Term;

impl Compiler<'_> {
    /// Reads and compiles a formula written at `text`; problems point into it.
    pub(super) fn formula(&mut self, file: usize, text: &At<String>, clause: &str, kind: Kind, expected: Option<Type>) -> Option<Term> {
        let place = Place { file, offset: self.inside(file, text), clause: clause.to_owned(), kind };
        match parse(text.value()) {
            Ok(expr) => match expected {
                Some(Type::YesNo) => self.yes_no(&expr, &place),
                _ => self.term(&expr, &place, expected),
            },
            Err(error) => {
                let problem = self.report(file, place.offset + error.offset, clause, error.message);
                problem.suggestion = error.suggestion;
                None
            }
        }
    }

    /// The byte where a text's content starts, after its quotes.
    pub(super) fn inside(&self, file: usize, text: &At<String>) -> usize {
        let raw = &self.source(file).text[text.start()..];
        let quotes = if raw.starts_with("\"\"\"") || raw.starts_with("'''") { 3 } else { 1 };
        text.start() + quotes
    }

    pub(super) fn place(&self, file: usize, offset: usize, clause: &str, kind: Kind) -> Place {
        Place { file, offset, clause: clause.to_owned(), kind }
    }

    pub(super) fn row_kind(&mut self, file: usize, offset: usize, id: &str) -> Option<Kind> {
        let found = self.kinds.iter().skip(1).position(|kind| kind.id == id);
        if found.is_none() {
            let known: Vec<String> = self.kinds.iter().skip(1).map(|kind| kind.id.clone()).collect();
            self.unknown_name(file, offset, "", "行类别", id, &known);
        }
        found.map(|at| at as Kind + 1)
    }

    pub(super) fn compile_values(&mut self) -> Vec<Value> {
        let sections = self.sections;
        let ids: Vec<String> = sections.value.iter().map(|value| self.value_id(value.rows.as_deref(), &value.id)).collect();
        self.unique("值", ids.iter().zip(&sections.value).map(|(id, entry)| (id.as_str(), entry.file, entry.spec.start())));
        (0..sections.value.len()).for_each(|index| self.compile_value(index));
        self.values.iter().flatten().cloned().collect()
    }

    pub(super) fn compile_value(&mut self, index: usize) {
        if self.progress[index] != Progress::Waiting {
            return;
        }
        self.progress[index] = Progress::Running;
        let value = self.value(index);
        self.progress[index] = if value.is_some() { Progress::Done } else { Progress::Broken };
        self.values[index] = value;
    }

    pub(super) fn value(&mut self, index: usize) -> Option<Value> {
        let entry = &self.sections.value[index];
        let clause = self.cited_maybe(entry.file, entry.clause.as_ref());
        let kind = match entry.rows.as_deref() {
            Some(rows) => self.row_kind(entry.file, entry.spec.start(), rows)?,
            None => 0,
        };
        let mut term = self.formula(entry.file, &entry.expr, &clause, kind, None)?;
        if let Some(unit) = entry.unit {
            let ty = super::declare::plain_type(unit);
            if !super::arithmetic::alike(term.ty, ty) {
                self.report(entry.file, entry.expr.start(), &clause, format!("类型不符：{}不能写作{}", term.ty.label(), ty.label()));
                return None;
            }
            term.ty = ty;
        }
        let (reg, settled) = if entry.may_lower { self.lowered(entry, &term, &clause)? } else { (term.reg, None) };
        let id = self.value_id(entry.rows.as_deref(), &entry.id);
        // Registered before its sentence is read: a sentence may name its own value.
        let value = Value {
            id,
            label: entry.label.clone(),
            clause: clause.clone(),
            reading: entry.reading.clone(),
            kind,
            term: term.clone(),
            reg,
            settled,
            says: None,
        };
        self.progress[index] = Progress::Done;
        self.values[index] = Some(value.clone());
        let place = self.place(entry.file, 0, &clause, kind);
        let says = entry.says.as_ref().map(|says| self.template(says, &place, &[&term]));
        Some(Value { says, ..value })
    }

    /// A ceiling under which a person may set less: the lower amount counts once it is there.
    pub(super) fn lowered(&mut self, entry: &Entry<crate::spec::ValueSpec>, term: &Term, clause: &str) -> Option<(Reg, Option<usize>)> {
        if term.ty != Type::Money || term.kind != 0 || self.builder.meta(term.reg).scale != 1 {
            self.report(entry.file, entry.expr.start(), clause, "may_lower 只能用于整分的金额值，须取整");
            return None;
        }
        let meta = input_meta(Type::Money, 0);
        let label = format!("{}（人工核定）", entry.label);
        let input = self.own_input("settled", &entry.id, &label, clause, meta);
        let settled = self.builder.input(0, input, meta);
        let lower = self.builder.extreme(true, settled, term.reg, Type::Money, 1);
        let known = self.builder.known(settled);
        Some((self.builder.select(known, lower, term.reg, Type::Money), Some(input)))
    }

    /// A money formula whose result is whole fen.
    pub(super) fn whole_fen(&mut self, file: usize, text: &At<String>, clause: &str, kind: Kind) -> Option<Term> {
        let term = self.formula(file, text, clause, kind, Some(Type::Money))?;
        let is_zero = term.ty == Type::Count && self.builder.meta(term.reg).bounds == crate::program::Bounds::new(0, 0);
        if term.ty != Type::Money && !is_zero {
            self.report(file, text.start(), clause, format!("类型不符：此处应为金额，实为{}", term.ty.label()));
            return None;
        }
        if self.builder.meta(term.reg).scale != 1 {
            let problem = self.report(file, text.start(), clause, "金额须取整到分");
            problem.suggestion = Some("请用 round_down(…, 0.01元) 等写明如何取整及其依据".into());
            return None;
        }
        Some(term)
    }
}
