//! Indicator sets to operations: answers derived from figures, exact marks, scenario counts, level lines.

use super::builder::input_meta;
use super::declare::plain_type;
use super::{Compiler, Place};
use crate::exact::{Exact, common_denominator};
use crate::files::{Entry, Sections};
use crate::pack::{Assessment, Dimension, Line, Question, Scenario, Variant, Word};
use crate::program::{Bounds, MAX_SCALE, Meta, Op, Reg, Type};
use crate::spec::{At, Cell, OneOrMany, OptionSpec, QuestionKind, QuestionSpec};
use std::collections::HashMap;

/// Whose indicator set is being compiled: its sections and what its citations are prefixed with.
#[derive(Clone)]
struct Set<'a> {
    specs: &'a Sections,
    prefix: String,
}

/// How many scenarios reach a level: for certain, at most, and exactly (not known while one is open).
#[derive(Clone, Copy)]
struct Count {
    certain: Reg,
    possible: Reg,
    exact: Reg,
}

/// The counts behind one level line.
struct Counts {
    all: Count,
    constraint: Count,
}

/// A weight as written, with its file.
type Weight<'a> = (usize, &'a At<Cell>);
/// Weights of dimensions, indicators and questions by id.
type Weights = HashMap<String, Exact>;

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

    fn check_set(&mut self, set: &Set) {
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

    /// The weights below each parent add up to 100%.
    fn check_weights(&mut self, set: &Set) {
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

    fn weight(&mut self, file: usize, cell: &At<Cell>) -> Option<Exact> {
        let place = Place { file, offset: cell.start(), clause: String::new(), kind: 0 };
        self.cell_value(Type::Share, cell, &place)
    }

    fn set_clause(&mut self, set: &Set, file: usize, cites: Option<&At<OneOrMany>>) -> String {
        let Some(cites) = cites else { return String::new() };
        if set.prefix.is_empty() {
            return self.cited(file, cites);
        }
        cites.0.iter().map(|cite| format!("{}{cite}", set.prefix)).collect::<Vec<_>>().join("、")
    }

    fn figures(&mut self, set: &Set) -> Vec<(String, usize, Type)> {
        let mut all = Vec::new();
        for entry in &set.specs.figure {
            let ty = plain_type(entry.kind);
            if !ty.is_number() {
                self.report(entry.file, entry.spec.start(), "", format!("数据项“{}”应为数字类型", entry.id));
                continue;
            }
            let input = self.own_input("figures", &entry.id, &entry.label, "", input_meta(ty, 0));
            self.inputs[0][input].unit = entry.unit.clone();
            self.inputs[0][input].hint = entry.hint.clone();
            all.push((entry.id.clone(), input, ty));
        }
        all
    }

    fn questions(&mut self, set: &Set, figures: &[(String, usize, Type)]) -> Option<Vec<Question>> {
        let mut all = Vec::new();
        let before = self.problems.len();
        let mut entries: Vec<&Entry<QuestionSpec>> = set.specs.question.iter().collect();
        entries.sort_by_key(|entry| entry.number);
        for entry in entries {
            all.extend(self.question(set, entry, figures));
        }
        (self.problems.len() == before).then_some(all)
    }

    fn question(&mut self, set: &Set, entry: &Entry<QuestionSpec>, figures: &[(String, usize, Type)]) -> Option<Question> {
        let clause = self.set_clause(set, entry.file, Some(&entry.clause));
        let indicator = set.specs.indicator.iter().find(|indicator| indicator.id == *entry.indicator.value());
        let Some(indicator) = indicator else {
            let known: Vec<String> = set.specs.indicator.iter().map(|indicator| indicator.id.clone()).collect();
            self.unknown_name(entry.file, entry.indicator.start(), &clause, "二级指标", entry.indicator.value(), &known);
            return None;
        };
        let dimension = set.specs.dimension.iter().position(|dimension| dimension.id == *indicator.dimension.value())?;
        self.check_options(entry, &clause);
        let multi = entry.kind == QuestionKind::Multi;
        let choice = Type::Choice(u16::MAX);
        let meta = if multi { input_meta(Type::Options, entry.options.len()) } else { input_meta(choice, entry.options.len()) };
        let input = self.own_input("answers", &entry.id, &entry.label, &clause, meta);
        let given = self.builder.input(0, input, meta);
        let (derived, used) = match entry.kind {
            QuestionKind::Ratio => self.ratio(entry, figures, &clause)?,
            QuestionKind::Trend => self.trend(entry, figures, &clause)?,
            _ => (None, vec![]),
        };
        let answer = derived.map_or(given, |derived| self.builder.first_known(derived, given, choice));
        let word = |option: &At<OptionSpec>| (Word { id: option.id.clone(), label: option.label.clone(), also: vec![] }, option.excludes);
        Some(Question {
            id: entry.id.clone(),
            number: entry.number,
            dimension,
            indicator: indicator.label.clone(),
            label: entry.label.clone(),
            text: entry.text.clone(),
            hint: entry.hint.clone(),
            clause,
            kind: entry.kind,
            options: entry.options.iter().map(word).collect(),
            input,
            figures: used,
            derived,
            answer,
        })
    }

    fn check_options(&mut self, entry: &Entry<QuestionSpec>, clause: &str) {
        self.unique("选项", entry.options.iter().map(|option| (option.id.as_str(), entry.file, option.start())));
        if entry.options.is_empty() || entry.options.len() > 32 {
            self.report(entry.file, entry.spec.start(), clause, format!("题目“{}”须有1至32个选项", entry.id));
        }
        let trend: Vec<&str> = entry.options.iter().map(|option| option.id.as_str()).collect();
        if entry.kind == QuestionKind::Trend && !["lower", "same", "higher"].iter().all(|id| trend.len() == 3 && trend.contains(id)) {
            self.report(entry.file, entry.spec.start(), clause, format!("变化题“{}”的选项应为 lower、same、higher", entry.id));
        }
    }

    fn figure(
        &mut self,
        entry: &Entry<QuestionSpec>,
        name: &str,
        offset: usize,
        figures: &[(String, usize, Type)],
        clause: &str,
    ) -> Option<(usize, Reg)> {
        let Some((_, input, _)) = figures.iter().find(|(id, ..)| id == name) else {
            let known: Vec<String> = figures.iter().map(|(id, ..)| id.clone()).collect();
            self.unknown_name(entry.file, offset, clause, "数据项", name, &known);
            return None;
        };
        let meta = self.inputs[0][*input].meta;
        Some((*input, self.builder.input(0, *input, meta)))
    }

    fn ratio(&mut self, entry: &Entry<QuestionSpec>, figures: &[(String, usize, Type)], clause: &str) -> Option<(Option<Reg>, Vec<usize>)> {
        let (Some(part), Some(whole)) = (&entry.part, &entry.whole) else {
            self.report(entry.file, entry.spec.start(), clause, format!("比率题“{}”缺少 part 或 whole", entry.id));
            return None;
        };
        let part_figure = self.figure(entry, part.value(), part.start(), figures, clause);
        let whole_figure = self.figure(entry, whole.value(), whole.start(), figures, clause);
        let bands = self.bands(entry, clause);
        let ((part_input, part_reg), (whole_input, whole_reg), bands) = (part_figure?, whole_figure?, bands?);
        if self.builder.meta(part_reg).ty != self.builder.meta(whole_reg).ty {
            self.report(entry.file, whole.start(), clause, "类型不符：part 与 whole 应为同类数据");
            return None;
        }
        let reg = self.builder.band(part_reg, whole_reg, bands, Type::Choice(u16::MAX));
        Some((Some(reg), vec![part_input, whole_input]))
    }

    /// Upper bounds of the options' ranges, which must follow one another from 0.
    fn bands(&mut self, entry: &Entry<QuestionSpec>, clause: &str) -> Option<Vec<(i64, i64, bool)>> {
        let mut bands = Vec::new();
        let mut last: Option<super::table::Edge> = None;
        for option in &entry.options {
            let Some(range) = &option.range else {
                self.report(entry.file, option.start(), clause, format!("比率题的选项“{}”缺少 range", option.id));
                return None;
            };
            let place = Place { file: entry.file, offset: range.start(), clause: clause.to_owned(), kind: 0 };
            let (from, to) = self.range_edges(Type::Share, range.value(), &place)?;
            let start = from.unwrap_or(super::table::Edge { value: Exact::ZERO, after: false });
            let expected = last.unwrap_or(super::table::Edge { value: Exact::ZERO, after: false });
            let (Some(end), true) = (to, start == expected) else {
                let what = if start > expected { "有空档" } else { "重叠或未写上限" };
                self.report(entry.file, range.start(), clause, format!("区间 {} 与前一区间{what}", range.value()));
                return None;
            };
            let den = i64::try_from(end.value.denominator()).ok()?;
            bands.push((end.value.scaled(den)?, den, end.after));
            last = Some(end);
        }
        Some(bands)
    }

    fn trend(&mut self, entry: &Entry<QuestionSpec>, figures: &[(String, usize, Type)], clause: &str) -> Option<(Option<Reg>, Vec<usize>)> {
        let (Some(now), Some(before)) = (&entry.now, &entry.before) else {
            self.report(entry.file, entry.spec.start(), clause, format!("变化题“{}”缺少 now 或 before", entry.id));
            return None;
        };
        let mut inputs = Vec::new();
        let mut regs = Vec::new();
        for side in [now, before] {
            if side.0.is_empty() || side.0.len() > 2 {
                self.report(entry.file, side.start(), clause, "应为一个数据项，或两个数据项（前者除以后者）");
                return None;
            }
            for name in &side.0 {
                let (input, reg) = self.figure(entry, name, side.start(), figures, clause)?;
                inputs.push(input);
                regs.push(reg);
            }
            if side.0.len() == 1 {
                regs.push(self.builder.constant(0, Type::Count, 1, 1));
            }
        }
        let meta = Meta { ty: Type::Choice(u16::MAX), scale: 1, bounds: Bounds::new(0, 2) };
        let direction = self.builder.push(Op::Trend(regs[0], regs[1], regs[2], regs[3]), 0, meta);
        let place = |id: &str| entry.options.iter().position(|option| option.id == id).unwrap_or(0) as i64;
        let order = vec![place("lower"), place("same"), place("higher")];
        Some((Some(self.builder.pick(direction, 0, order, Type::Choice(u16::MAX), 1)), inputs))
    }

    fn scenarios(&mut self, set: &Set) -> Vec<Scenario> {
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

    fn lines(&mut self, set: &Set, scenarios: &[Scenario]) -> Vec<Line> {
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
    fn at_level<'s>(&mut self, scenarios: impl Iterator<Item = &'s Scenario>, level: u8) -> Reg {
        let line = self.builder.constant(0, Type::Level, 1, level.into());
        let mut count = self.builder.constant(0, Type::Count, 1, 0);
        for scenario in scenarios {
            let own = self.builder.input(0, scenario.input, input_meta(Type::Level, 0));
            let reached = self.builder.yes_no(Op::AtMost(line, own), 0);
            count = self.builder.add(count, reached, Type::Count, 1);
        }
        count
    }

    fn variants(&mut self, set: &Set, questions: &[Question], lines: &[Line], counts: &[Counts]) -> Option<Vec<Variant>> {
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

    fn variant(
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

    fn own_weights(&mut self, set: &Set) -> Option<(String, String, String)> {
        let title = set.specs.indicator_set.first()?;
        let clause = self.set_clause(set, title.file, Some(&title.clause));
        Some((String::new(), title.label.clone(), clause))
    }

    fn weights(&mut self, set: &Set, spec: Option<&Entry<crate::spec::VariantSpec>>) -> Option<Weights> {
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

    fn check_variant(&mut self, specs: &Sections, spec: &Entry<crate::spec::VariantSpec>, weights: &Weights) {
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

    fn reached(&mut self, line: &Line, counts: &Counts, score: Reg, scale: i64) -> Option<Reg> {
        let at_least = self.builder.constant(0, Type::Score, scale, line.score.scaled(scale)?);
        let mut tests = vec![self.builder.yes_no(Op::AtMost(at_least, score), 0)];
        for (count, needed) in [(counts.all, line.scenarios), (counts.constraint, line.constraint)] {
            if needed > 0 {
                tests.push(self.enough(count, needed));
            }
        }
        Some(self.builder.all(0, &tests))
    }

    fn counts(&mut self, scenarios: &[Scenario], line: &Line) -> Counts {
        let all: Vec<&Scenario> = scenarios.iter().collect();
        let constraint: Vec<&Scenario> = scenarios.iter().filter(|scenario| scenario.constraint).collect();
        Counts { all: self.bounds_of(&all, line, line.scenarios_reg), constraint: self.bounds_of(&constraint, line, line.constraint_reg) }
    }

    /// How many scenarios are at a level for certain, and how many may be.
    fn bounds_of(&mut self, scenarios: &[&Scenario], line: &Line, exact: Reg) -> Count {
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
    fn enough(&mut self, count: Count, needed: u16) -> Reg {
        let needed = self.builder.constant(0, Type::Count, 1, needed.into());
        let certain = self.builder.yes_no(Op::AtMost(needed, count.certain), 0);
        let possible = self.builder.yes_no(Op::AtMost(needed, count.possible), 0);
        let open = self.builder.yes_no(Op::AtMost(needed, count.exact), 0);
        let undecided = self.builder.and(possible, open);
        self.builder.or(certain, undecided)
    }

    fn highest(&mut self, lines: &[Line], reached: &[Reg]) -> Reg {
        let none = self.builder.constant(0, Type::Level, 1, 0);
        lines.iter().zip(reached).fold(none, |below, (line, reached)| {
            let level = self.builder.constant(0, Type::Level, 1, line.level.into());
            self.builder.select(*reached, level, below, Type::Level)
        })
    }

    /// What formulas may name of the assessment.
    fn expose(&mut self, set: &Set, variants: &[Variant], lines: &[Line], questions: &[Question]) {
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

fn full_marks(specs: &Sections, weights: &Weights, question: &str) -> Option<Exact> {
    let question = specs.question.iter().find(|entry| entry.id == question)?;
    let indicator = specs.indicator.iter().find(|entry| entry.id == *question.indicator.value())?;
    let of = |id: &String| weights.get(id).copied();
    Exact::whole(100).times(of(indicator.dimension.value())?)?.times(of(&indicator.id)?)?.times(of(&question.id)?)
}
