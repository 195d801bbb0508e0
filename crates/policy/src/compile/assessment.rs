//! Indicator sets to operations: answers derived from figures, exact marks, scenario counts, level lines.

use super::Compiler;
use crate::exact::Exact;
use crate::files::Sections;
use crate::pack::{Assessment, Dimension, Line, Question, Variant};
use crate::program::{Reg, Type};
use crate::spec::{At, Cell, OneOrMany};
use std::collections::HashMap;

/// Whose indicator set is being compiled: its sections and what its citations are prefixed with.
#[derive(Clone)]
pub(super) struct Set<'a> {
    pub(super) specs: &'a Sections,
    pub(super) prefix: String,
}

/// How many scenarios reach a level: for certain, at most, and exactly (not known while one is open).
#[derive(Clone, Copy)]
pub(super) struct Count {
    pub(super) certain: Reg,
    pub(super) possible: Reg,
    pub(super) exact: Reg,
}

/// The counts behind one level line.
pub(super) struct Counts {
    pub(super) all: Count,
    pub(super) constraint: Count,
}

/// A weight as written, with its file.
pub(super) type Weight<'a> = (usize, &'a At<Cell>);
/// Weights of dimensions, indicators and questions by id.
pub(super) type Weights = HashMap<String, Exact>;

impl<'a> Compiler<'a> {
    pub(super) fn assessment(&mut self) -> Option<Assessment> {
        let sections = self.sections;
        self.once("assessment", &sections.assessment);
        self.once("indicator_set", &sections.indicator_set);
        let set = match self.used.iter().find(|(specs, _)| !specs.indicator_set.is_empty()) {
            Some((specs, used)) if sections.indicator_set.is_empty() => Set { specs, prefix: format!("{}/", used.id) },
            _ => Set { specs: sections, prefix: String::new() },
        };
        self.check_set(&set);
        let how = sections.assessment.first()?;
        let Some(title) = set.specs.indicator_set.first() else {
            self.report(how.file, how.spec.start(), "", "没有 [indicator_set]：请在本包定义评测指标，或用 pack.uses 引用另一个包");
            return None;
        };
        let clause = self.cited(how.file, &how.clause);
        let figures = self.figures(&set);
        let questions = self.questions(&set, &figures)?;
        let scenarios = self.scenarios(&set);
        let mut lines = self.lines(&set, &scenarios);
        let counts: Vec<Counts> = lines.iter().map(|line| self.counts(&scenarios, line)).collect();
        lines.sort_by_key(|line| line.level);
        let variants = self.variants(&set, &questions, &lines, &counts)?;
        self.expose(&set, &variants, &lines, &questions);
        Some(Assessment {
            label: title.label.clone(),
            notice: title.notice.clone(),
            clause,
            reading: how.reading.clone(),
            dimensions: set.specs.dimension.iter().map(|entry| Dimension { id: entry.id.clone(), label: entry.label.clone() }).collect(),
            questions,
            figures: figures.into_iter().map(|(_, input, _)| input).collect(),
            scenarios,
            lines,
            variants,
        })
    }

    pub(super) fn check_set(&mut self, set: &Set) {
        if !set.prefix.is_empty() {
            return;
        }
        let specs = set.specs;
        self.unique("一级指标", specs.dimension.iter().map(|e| (e.id.as_str(), e.file, e.spec.start())));
        self.unique("二级指标", specs.indicator.iter().map(|e| (e.id.as_str(), e.file, e.spec.start())));
        self.unique("题目", specs.question.iter().map(|e| (e.id.as_str(), e.file, e.spec.start())));
        self.unique("数据项", specs.figure.iter().map(|e| (e.id.as_str(), e.file, e.spec.start())));
        self.unique("场景", specs.scenario.iter().map(|e| (e.id.as_str(), e.file, e.spec.start())));
        for entry in &specs.indicator_set {
            self.cited(entry.file, &entry.clause);
        }
        for entry in &specs.dimension {
            self.cited_maybe(entry.file, entry.clause.as_ref());
        }
        let dimensions: Vec<String> = specs.dimension.iter().map(|entry| entry.id.clone()).collect();
        for entry in &specs.indicator {
            let clause = self.cited_maybe(entry.file, entry.clause.as_ref());
            if !dimensions.contains(entry.dimension.value()) {
                self.unknown_name(entry.file, entry.dimension.start(), &clause, "一级指标", entry.dimension.value(), &dimensions);
            }
        }
        if !specs.dimension.is_empty() {
            self.check_weights(set);
        }
    }

    pub(super) fn set_clause(&mut self, set: &Set, file: usize, cites: Option<&At<OneOrMany>>) -> String {
        let Some(cites) = cites else { return String::new() };
        if set.prefix.is_empty() {
            return self.cited(file, cites);
        }
        cites.0.iter().map(|cite| format!("{}{cite}", set.prefix)).collect::<Vec<_>>().join("、")
    }

    /// What formulas may name of the assessment.
    pub(super) fn expose(&mut self, set: &Set, variants: &[Variant], lines: &[Line], questions: &[Question]) {
        for (at, variant) in variants.iter().enumerate() {
            let prefix = if at == 0 {
                "assessed".to_owned()
            } else {
                format!("assessed.{}", if variant.id.is_empty() { "national" } else { &variant.id })
            };
            self.assessed.insert(format!("{prefix}.score"), (variant.score, format!("{}得分", variant.label)));
            self.assessed.insert(format!("{prefix}.level"), (variant.level, format!("{}等级", variant.label)));
        }
        for line in lines {
            self.assessed
                .insert(format!("assessed.scenarios_{}", line.level), (line.scenarios_reg, format!("达到{}及以上的场景数", line.label)));
            self.assessed.insert(
                format!("assessed.constraint_{}", line.level),
                (line.constraint_reg, format!("达到{}及以上的约束性场景数", line.label)),
            );
        }
        let Some(first) = variants.first() else { return };
        let scale = self.builder.meta(first.score).scale;
        for (at, dimension) in set.specs.dimension.iter().enumerate() {
            let own = questions.iter().zip(&first.marks).filter(|(question, _)| question.dimension == at);
            let own: Vec<Reg> = own.map(|(_, (reg, _))| *reg).collect();
            let none = self.builder.constant(0, Type::Score, scale, 0);
            let sum = own.into_iter().fold(none, |sum, reg| self.builder.add(sum, reg, Type::Score, scale));
            self.assessed.insert(format!("assessed.{}", dimension.id), (sum, format!("{}得分", dimension.label)));
        }
    }
}
