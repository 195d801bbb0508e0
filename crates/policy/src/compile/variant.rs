//! Weights, and the marks and level each set of them gives.

use super::assessment::{Counts, Set, Weight, Weights};
use super::{Compiler, Place};
use crate::exact::{Exact, common_denominator};
use crate::files::{Entry, Sections};
use crate::pack::{Line, Question, Variant};
use crate::program::{MAX_SCALE, Reg, Type};
use crate::spec::{At, Cell, QuestionKind};

impl<'a> Compiler<'a> {
    /// The weights below each parent add up to 100%.
    pub(super) fn check_weights(&mut self, set: &Set) {
        let specs = set.specs;
        let mut groups: Vec<(String, Vec<Weight>)> =
            vec![("一级指标".into(), specs.dimension.iter().map(|e| (e.file, &e.weight)).collect())];
        for dimension in &specs.dimension {
            let below = specs.indicator.iter().filter(|e| *e.dimension.value() == dimension.id).map(|e| (e.file, &e.weight)).collect();
            groups.push((format!("“{}”下的二级指标", dimension.label), below));
        }
        for indicator in &specs.indicator {
            let below = specs.question.iter().filter(|e| *e.indicator.value() == indicator.id).map(|e| (e.file, &e.weight)).collect();
            groups.push((format!("“{}”下的采集项", indicator.label), below));
        }
        for (what, weights) in groups {
            let shares: Option<Vec<Exact>> = weights.iter().map(|(file, cell)| self.weight(*file, cell)).collect();
            let total = shares.and_then(|all| all.into_iter().try_fold(Exact::ZERO, Exact::plus));
            if let (Some(total), Some((file, cell))) = (total, weights.last())
                && total != Exact::ONE
            {
                let percent = total.times(Exact::whole(100)).unwrap_or(total).text();
                self.report(*file, cell.start(), "", format!("{what}权重合计为{percent}%，应为100%"));
            }
        }
    }

    pub(super) fn weight(&mut self, file: usize, cell: &At<Cell>) -> Option<Exact> {
        let place = Place { file, offset: cell.start(), clause: String::new(), kind: 0 };
        self.cell_value(Type::Share, cell, &place)
    }

    pub(super) fn variants(&mut self, set: &Set, questions: &[Question], lines: &[Line], counts: &[Counts]) -> Option<Vec<Variant>> {
        let sections = self.sections;
        self.unique("口径", sections.variant.iter().map(|e| (e.id.as_str(), e.file, e.spec.start())));
        let how = sections.assessment.first()?;
        let known: Vec<String> = sections.variant.iter().map(|variant| variant.id.clone()).collect();
        let mut all = Vec::new();
        for name in std::iter::once(&how.decides).chain(&how.beside) {
            let spec = sections.variant.iter().find(|variant| variant.id == *name.value());
            if spec.is_none() && !name.is_empty() {
                self.unknown_name(how.file, name.start(), "", "口径", name.value(), &known);
                return None;
            }
            all.push(self.variant(set, spec, questions, lines, counts)?);
        }
        Some(all)
    }

    pub(super) fn variant(
        &mut self,
        set: &Set,
        spec: Option<&Entry<crate::spec::VariantSpec>>,
        questions: &[Question],
        lines: &[Line],
        counts: &[Counts],
    ) -> Option<Variant> {
        let weights = self.weights(set, spec)?;
        let full: Vec<Exact> = questions.iter().map(|question| full_marks(set.specs, &weights, &question.id)).collect::<Option<_>>()?;
        let mut shares = Vec::new();
        for (question, full) in questions.iter().zip(&full) {
            let entry = set.specs.question.iter().find(|entry| entry.id == question.id)?;
            let all: Option<Vec<Exact>> = entry.options.iter().map(|option| self.weight(entry.file, &option.share)?.times(*full)).collect();
            shares.push(all?);
        }
        let Some(scale) = common_denominator(shares.iter().flatten().copied().chain(lines.iter().map(|line| line.score)), MAX_SCALE) else {
            self.report(0, 0, "", "权重与选项分值的精度过高，不能精确计分");
            return None;
        };
        let mut marks = Vec::new();
        for ((question, shares), full) in questions.iter().zip(shares).zip(full) {
            let gives: Vec<i64> = shares.iter().map(|share| share.scaled(scale)).collect::<Option<_>>()?;
            let reg = match question.kind {
                QuestionKind::Multi => self.builder.marks(question.answer, gives, scale),
                _ => self.builder.pick(question.answer, 0, gives, Type::Score, scale),
            };
            marks.push((reg, full));
        }
        let none = self.builder.constant(0, Type::Score, scale, 0);
        let score = marks.iter().fold(none, |sum, (reg, _)| self.builder.add(sum, *reg, Type::Score, scale));
        let reached: Vec<Reg> =
            lines.iter().zip(counts).map(|(line, counts)| self.reached(line, counts, score, scale)).collect::<Option<_>>()?;
        let level = self.highest(lines, &reached);
        let (id, label, clause) = match spec {
            Some(spec) => (spec.id.clone(), spec.label.clone(), self.cited(spec.file, &spec.clause)),
            None => self.own_weights(set)?,
        };
        Some(Variant { id, label, clause, marks, score, level, reached })
    }

    pub(super) fn own_weights(&mut self, set: &Set) -> Option<(String, String, String)> {
        let title = set.specs.indicator_set.first()?;
        let clause = self.set_clause(set, title.file, Some(&title.clause));
        Some((String::new(), title.label.clone(), clause))
    }

    pub(super) fn weights(&mut self, set: &Set, spec: Option<&Entry<crate::spec::VariantSpec>>) -> Option<Weights> {
        let specs = set.specs;
        let mut weights = Weights::new();
        let own = specs.dimension.iter().map(|e| (&e.id, e.file, &e.weight));
        let own = own.chain(specs.indicator.iter().map(|e| (&e.id, e.file, &e.weight)));
        let own: Vec<_> = own.chain(specs.question.iter().map(|e| (&e.id, e.file, &e.weight))).collect();
        for (id, file, cell) in own {
            weights.insert(id.clone(), self.weight(file, cell)?);
        }
        let Some(spec) = spec else { return Some(weights) };
        for (id, cell) in &spec.weights {
            let changed = self.weight(spec.file, cell)?;
            if weights.insert(id.clone(), changed).is_none() {
                let known: Vec<String> =
                    specs.dimension.iter().map(|e| e.id.clone()).chain(specs.indicator.iter().map(|e| e.id.clone())).collect();
                self.unknown_name(spec.file, cell.start(), "", "指标", id, &known);
                return None;
            }
        }
        self.check_variant(specs, spec, &weights);
        Some(weights)
    }

    pub(super) fn check_variant(&mut self, specs: &Sections, spec: &Entry<crate::spec::VariantSpec>, weights: &Weights) {
        let sum = |ids: Vec<&String>| ids.iter().try_fold(Exact::ZERO, |sum, id| sum.plus(weights[*id]));
        let mut groups = vec![("一级指标".to_owned(), specs.dimension.iter().map(|e| &e.id).collect::<Vec<_>>())];
        for dimension in &specs.dimension {
            let below = specs.indicator.iter().filter(|e| *e.dimension.value() == dimension.id).map(|e| &e.id).collect();
            groups.push((format!("“{}”下的二级指标", dimension.label), below));
        }
        for (what, ids) in groups {
            if sum(ids) != Some(Exact::ONE) {
                self.report(spec.file, spec.spec.start(), "", format!("口径“{}”：{what}权重合计不是100%", spec.id));
            }
        }
    }
}

pub(super) fn full_marks(specs: &Sections, weights: &Weights, question: &str) -> Option<Exact> {
    let question = specs.question.iter().find(|entry| entry.id == question)?;
    let indicator = specs.indicator.iter().find(|entry| entry.id == *question.indicator.value())?;
    let of = |id: &String| weights.get(id).copied();
    Exact::whole(100).times(of(indicator.dimension.value())?)?.times(of(&indicator.id)?)?.times(of(&question.id)?)
}
