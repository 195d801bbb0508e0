//! Scenarios and level lines: a level is said as soon as nothing missing could change it.

use super::assessment::{Count, Counts, Set};
use super::builder::input_meta;
use super::{Compiler, Place};
use crate::pack::{Line, Scenario};
use crate::program::{Op, Reg, Type};

impl<'a> Compiler<'a> {
    pub(super) fn scenarios(&mut self, set: &Set) -> Vec<Scenario> {
        let mut all = Vec::new();
        for entry in &set.specs.scenario {
            let clause = self.set_clause(set, entry.file, entry.clause.as_ref());
            if entry.criteria.len() != 4 {
                self.report(entry.file, entry.spec.start(), &clause, format!("场景“{}”应有四级标准", entry.id));
            }
            let input = self.own_input("scenarios", &entry.id, &entry.label, &clause, input_meta(Type::Level, 0));
            all.push(Scenario {
                id: entry.id.clone(),
                label: entry.label.clone(),
                group: entry.group.clone(),
                constraint: entry.constraint,
                criteria: entry.criteria.clone(),
                clause,
                input,
            });
        }
        all
    }

    pub(super) fn lines(&mut self, set: &Set, scenarios: &[Scenario]) -> Vec<Line> {
        let mut all: Vec<Line> = Vec::new();
        for entry in &set.specs.level {
            let clause = self.set_clause(set, entry.file, Some(&entry.clause));
            let place = Place { file: entry.file, offset: entry.score.start(), clause: clause.clone(), kind: 0 };
            let Some(score) = self.cell_value(Type::Score, &entry.score, &place) else { continue };
            let before = all.last();
            if before.is_some_and(|before| entry.level <= before.level || score <= before.score) || entry.level == 0 || entry.level > 4 {
                self.report(entry.file, entry.score.start(), &clause, "等级线应从一级起逐级递增，等级为1至4");
            }
            if scenarios.is_empty() && entry.scenarios > 0 {
                self.report(entry.file, entry.spec.start(), &clause, "指标没有场景，不能要求场景数量");
            }
            let scenarios_reg = self.at_level(scenarios.iter(), entry.level);
            let constraint_reg = self.at_level(scenarios.iter().filter(|scenario| scenario.constraint), entry.level);
            all.push(Line {
                level: entry.level,
                label: entry.label.clone(),
                score,
                scenarios: entry.scenarios,
                constraint: entry.constraint,
                scenarios_reg,
                constraint_reg,
                clause,
                reading: entry.reading.clone(),
            });
        }
        all
    }

    /// How many scenarios are at `level` or above.
    pub(super) fn at_level<'s>(&mut self, scenarios: impl Iterator<Item = &'s Scenario>, level: u8) -> Reg {
        let line = self.builder.constant(0, Type::Level, 1, level.into());
        let mut count = self.builder.constant(0, Type::Count, 1, 0);
        for scenario in scenarios {
            let own = self.builder.input(0, scenario.input, input_meta(Type::Level, 0));
            let reached = self.builder.yes_no(Op::AtMost(line, own), 0);
            count = self.builder.add(count, reached, Type::Count, 1);
        }
        count
    }

    pub(super) fn counts(&mut self, scenarios: &[Scenario], line: &Line) -> Counts {
        let all: Vec<&Scenario> = scenarios.iter().collect();
        let constraint: Vec<&Scenario> = scenarios.iter().filter(|scenario| scenario.constraint).collect();
        Counts { all: self.bounds_of(&all, line, line.scenarios_reg), constraint: self.bounds_of(&constraint, line, line.constraint_reg) }
    }

    /// How many scenarios are at a level for certain, and how many may be.
    pub(super) fn bounds_of(&mut self, scenarios: &[&Scenario], line: &Line, exact: Reg) -> Count {
        let level = self.builder.constant(0, Type::Level, 1, line.level.into());
        let none = self.builder.constant(0, Type::Count, 1, 0);
        let mut count = Count { certain: none, possible: none, exact };
        for scenario in scenarios {
            let own = self.builder.input(0, scenario.input, input_meta(Type::Level, 0));
            let reached = self.builder.yes_no(Op::AtMost(level, own), 0);
            let certain = self.builder.holds(reached);
            let short = self.builder.not(reached);
            let short = self.builder.holds(short);
            let possible = self.builder.not(short);
            count.certain = self.builder.add(count.certain, certain, Type::Count, 1);
            count.possible = self.builder.add(count.possible, possible, Type::Count, 1);
        }
        count
    }

    /// Enough for certain is yes, too few even if all the rest were is no, else it is as open as the count.
    pub(super) fn enough(&mut self, count: Count, needed: u16) -> Reg {
        let needed = self.builder.constant(0, Type::Count, 1, needed.into());
        let certain = self.builder.yes_no(Op::AtMost(needed, count.certain), 0);
        let possible = self.builder.yes_no(Op::AtMost(needed, count.possible), 0);
        let open = self.builder.yes_no(Op::AtMost(needed, count.exact), 0);
        let undecided = self.builder.and(possible, open);
        self.builder.or(certain, undecided)
    }

    pub(super) fn reached(&mut self, line: &Line, counts: &Counts, score: Reg, scale: i64) -> Option<Reg> {
        let at_least = self.builder.constant(0, Type::Score, scale, line.score.scaled(scale)?);
        let mut tests = vec![self.builder.yes_no(Op::AtMost(at_least, score), 0)];
        for (count, needed) in [(counts.all, line.scenarios), (counts.constraint, line.constraint)] {
            if needed > 0 {
                tests.push(self.enough(count, needed));
            }
        }
        Some(self.builder.all(0, &tests))
    }

    pub(super) fn highest(&mut self, lines: &[Line], reached: &[Reg]) -> Reg {
        let none = self.builder.constant(0, Type::Level, 1, 0);
        lines.iter().zip(reached).fold(none, |below, (line, reached)| {
            let level = self.builder.constant(0, Type::Level, 1, line.level.into());
            self.builder.select(*reached, level, below, Type::Level)
        })
    }
}
