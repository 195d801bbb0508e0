//! Scored questions: options, and answers derived from figures.

use super::assessment::Set;
use super::builder::input_meta;
use super::declare::plain_type;
use super::{Compiler, Place};
use crate::exact::Exact;
use crate::files::Entry;
use crate::pack::{Question, Word};
use crate::program::{Bounds, Meta, Op, Reg, Type};
use crate::spec::{At, OptionSpec, QuestionKind, QuestionSpec};

impl<'a> Compiler<'a> {
    pub(super) fn figures(&mut self, set: &Set) -> Vec<(String, usize, Type)> {
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

    pub(super) fn questions(&mut self, set: &Set, figures: &[(String, usize, Type)]) -> Option<Vec<Question>> {
        let mut all = Vec::new();
        let before = self.problems.len();
        let mut entries: Vec<&Entry<QuestionSpec>> = set.specs.question.iter().collect();
        entries.sort_by_key(|entry| entry.number);
        for entry in entries {
            all.extend(self.question(set, entry, figures));
        }
        (self.problems.len() == before).then_some(all)
    }

    pub(super) fn question(&mut self, set: &Set, entry: &Entry<QuestionSpec>, figures: &[(String, usize, Type)]) -> Option<Question> {
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

    pub(super) fn check_options(&mut self, entry: &Entry<QuestionSpec>, clause: &str) {
        self.unique("选项", entry.options.iter().map(|option| (option.id.as_str(), entry.file, option.start())));
        if entry.options.is_empty() || entry.options.len() > 32 {
            self.report(entry.file, entry.spec.start(), clause, format!("题目“{}”须有1至32个选项", entry.id));
        }
        let trend: Vec<&str> = entry.options.iter().map(|option| option.id.as_str()).collect();
        if entry.kind == QuestionKind::Trend && !["lower", "same", "higher"].iter().all(|id| trend.len() == 3 && trend.contains(id)) {
            self.report(entry.file, entry.spec.start(), clause, format!("变化题“{}”的选项应为 lower、same、higher", entry.id));
        }
    }

    pub(super) fn figure(
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

    pub(super) fn ratio(
        &mut self,
        entry: &Entry<QuestionSpec>,
        figures: &[(String, usize, Type)],
        clause: &str,
    ) -> Option<(Option<Reg>, Vec<usize>)> {
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
    pub(super) fn bands(&mut self, entry: &Entry<QuestionSpec>, clause: &str) -> Option<Vec<(i64, i64, bool)>> {
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

    pub(super) fn trend(
        &mut self,
        entry: &Entry<QuestionSpec>,
        figures: &[(String, usize, Type)],
        clause: &str,
    ) -> Option<(Option<Reg>, Vec<usize>)> {
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
}
