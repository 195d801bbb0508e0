//! Conditions, their exception doors and the judgements only a person can make.

use super::Compiler;
use super::builder::input_meta;
use crate::files::Entry;
use crate::pack::{Condition, Test};
use crate::program::{Reg, Type};
use crate::spec::ConditionSpec;

impl Compiler<'_> {
    pub(super) fn compile_conditions(&mut self) -> Vec<Condition> {
        let sections = self.sections;
        self.unique("条件", sections.condition.iter().map(|entry| (entry.id.as_str(), entry.file, entry.spec.start())));
        sections.condition.iter().filter_map(|entry| self.condition(entry)).collect()
    }

    pub(super) fn condition(&mut self, entry: &Entry<ConditionSpec>) -> Option<Condition> {
        let file = entry.file;
        let clause = self.cited(file, &entry.clause);
        let when = match &entry.when {
            Some(when) => Some(self.formula(file, when, &clause, 0, Some(Type::YesNo))?),
            None => None,
        };
        let (test, test_reg) = self.test(entry, &clause)?;
        let mut reg = test_reg;
        let exception = match &entry.exception {
            Some(door) => {
                let door_clause = self.cited(file, &door.clause);
                let meta = input_meta(Type::YesNo, 0);
                let input = self.own_input("exception", &entry.id, &door.label, &door_clause, meta);
                let open = self.builder.input(0, input, meta);
                let open = self.builder.holds(open);
                reg = self.builder.or(reg, open);
                Some((input, door.label.clone(), door_clause))
            }
            None => None,
        };
        reg = self.builder.unless(when.as_ref().map(|when| when.reg), reg);
        let place = self.place(file, 0, &clause, 0);
        let failed = match (&entry.failed, &test) {
            (Some(failed), Test::Formula(term)) => Some(self.template(failed, &place, &[&term.clone()])),
            (Some(failed), Test::Person(..)) => Some(self.template(failed, &place, &[])),
            (None, _) => None,
        };
        Some(Condition {
            id: entry.id.clone(),
            label: entry.label.clone(),
            clause,
            reading: entry.reading.clone(),
            when,
            test,
            exception,
            failed,
            fix: entry.fix.clone().unwrap_or_default(),
            reg,
        })
    }

    pub(super) fn test(&mut self, entry: &Entry<ConditionSpec>, clause: &str) -> Option<(Test, Reg)> {
        match (&entry.met, &entry.person) {
            (Some(met), None) => {
                let term = self.formula(entry.file, met, clause, 0, Some(Type::YesNo))?;
                let reg = term.reg;
                Some((Test::Formula(term), reg))
            }
            (None, Some(evidence)) => {
                let meta = input_meta(Type::YesNo, 0);
                let input = self.own_input("confirmed", &entry.id, &entry.label, clause, meta);
                Some((Test::Person(input, evidence.clone()), self.builder.input(0, input, meta)))
            }
            _ => {
                self.report(entry.file, entry.spec.start(), clause, format!("条件“{}”应有且只有 met 或 person 之一", entry.id));
                None
            }
        }
    }
}
