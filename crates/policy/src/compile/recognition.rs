//! What counts of each row: gates and ceilings in order.

use super::{Compiler, Progress};
use crate::files::Entry;
use crate::pack::{Effect, Recognition, Rule};
use crate::program::{Kind, Reg, Type};
use crate::spec::{At, RecogniseSpec, RuleSpec};

impl Compiler<'_> {
    pub(super) fn compile_recognitions(&mut self) -> Vec<Recognition> {
        let sections = self.sections;
        let ids: Vec<String> = sections.recognise.iter().map(|entry| format!("{}.{}", entry.rows.value(), entry.gives)).collect();
        self.unique("核定结果", ids.iter().zip(&sections.recognise).map(|(id, entry)| (id.as_str(), entry.file, entry.spec.start())));
        (0..sections.recognise.len()).for_each(|index| self.compile_recognition(index));
        self.recognitions.iter().flatten().cloned().collect()
    }

    pub(super) fn compile_recognition(&mut self, index: usize) {
        if self.recognition_progress[index] != Progress::Waiting {
            return;
        }
        self.recognition_progress[index] = Progress::Running;
        let recognition = self.recognition(index);
        self.recognition_progress[index] = if recognition.is_some() { Progress::Done } else { Progress::Broken };
        self.recognitions[index] = recognition;
    }

    pub(super) fn recognition(&mut self, index: usize) -> Option<Recognition> {
        let entry = &self.sections.recognise[index];
        let kind = self.row_kind(entry.file, entry.rows.start(), entry.rows.value())?;
        let amount = match &entry.amount {
            Some(amount) => Some(self.whole_fen(entry.file, amount, "", kind)?),
            None => None,
        };
        self.unique("核定规则", entry.rule.iter().map(|rule| (rule.id.as_str(), entry.file, rule.start())));
        let rules: Vec<Option<Rule>> = entry.rule.iter().map(|rule| self.rule(entry, rule, kind)).collect();
        let rules: Vec<Rule> = rules.into_iter().collect::<Option<_>>()?;
        let gates: Vec<Reg> = rules.iter().filter_map(|rule| gate(&rule.effect)).collect();
        let gates = self.builder.all(kind, &gates);
        let admitted = self.builder.holds(gates);
        let reg = match &amount {
            None => gates,
            Some(amount) => self.counted(amount.reg, &rules, admitted, kind),
        };
        let id = format!("{}.{}", entry.rows.value(), entry.gives);
        Some(Recognition { id, label: entry.label.clone(), kind, amount, rules, admitted, gates, reg })
    }

    pub(super) fn counted(&mut self, amount: Reg, rules: &[Rule], admitted: Reg, kind: Kind) -> Reg {
        let mut reg = amount;
        for rule in rules {
            let Effect::Ceiling(ceiling, _) = &rule.effect else { continue };
            let held = self.builder.extreme(true, reg, ceiling.reg, Type::Money, 1);
            reg = match &rule.when {
                Some(when) => self.builder.select(when.reg, held, reg, Type::Money),
                None => held,
            };
        }
        let nothing = self.builder.constant(kind, Type::Money, 1, 0);
        self.builder.select(admitted, reg, nothing, Type::Money)
    }

    pub(super) fn rule(&mut self, entry: &Entry<RecogniseSpec>, rule: &At<RuleSpec>, kind: Kind) -> Option<Rule> {
        let file = entry.file;
        let clause = self.cited(file, &rule.clause);
        let when = match &rule.when {
            Some(when) => Some(self.formula(file, when, &clause, kind, Some(Type::YesNo))?),
            None => None,
        };
        let place = self.place(file, 0, &clause, kind);
        let effect = match (&rule.requires, &rule.at_most) {
            (Some(requires), None) => {
                let test = self.formula(file, requires, &clause, kind, Some(Type::YesNo))?;
                let reg = self.builder.unless(when.as_ref().map(|when| when.reg), test.reg);
                let failed = rule.failed.as_ref().map(|failed| self.template(failed, &place, &[&test]));
                Effect::Gate(test, reg, failed)
            }
            (None, Some(at_most)) if entry.amount.is_some() => {
                let ceiling = self.whole_fen(file, at_most, &clause, kind)?;
                let limited = rule.limited.as_ref().map(|limited| self.template(limited, &place, &[&ceiling]));
                Effect::Ceiling(ceiling, limited)
            }
            _ => {
                self.report(
                    file,
                    rule.start(),
                    &clause,
                    format!("规则“{}”应有且只有 requires 或 at_most 之一（at_most 须有 amount）", rule.id),
                );
                return None;
            }
        };
        let label = rule.label.clone().unwrap_or_else(|| rule.id.clone());
        Some(Rule {
            id: rule.id.clone(),
            label,
            clause,
            reading: rule.reading.clone(),
            when,
            effect,
            fix: rule.fix.clone().unwrap_or_default(),
        })
    }
}

pub(super) fn gate(effect: &Effect) -> Option<Reg> {
    match effect {
        Effect::Gate(_, reg, _) => Some(*reg),
        Effect::Ceiling(..) => None,
    }
}
