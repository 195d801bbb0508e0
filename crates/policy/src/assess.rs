//! Assessment (评测): marks, level, and what the next level still takes.

use crate::evaluate::Evaluation;
use crate::exact::Exact;
use crate::outcome::{Assessed, DimensionMarks, LevelLine, QuestionMarks};
use crate::pack::{Assessment, Line, Question, Variant};
use crate::program::{Reg, Type};
use crate::reason::Reason;
use crate::reasons::reading;
use crate::say;
use crate::spec::QuestionKind;

/// Every variant of the pack's assessment, the deciding one first; empty for a pack that does not assess.
pub fn assess(evaluation: &Evaluation) -> Vec<Assessed> {
    let Some(assessment) = &evaluation.pack.assessment else { return Vec::new() };
    assessment.variants.iter().map(|variant| Assessing { evaluation, assessment, variant }.assessed()).collect()
}

struct Assessing<'a> {
    evaluation: &'a Evaluation<'a>,
    assessment: &'a Assessment,
    variant: &'a Variant,
}

impl Assessing<'_> {
    fn exact(&self, reg: Reg) -> Option<Exact> {
        let value = self.evaluation.get(reg)?;
        Some(self.evaluation.pack.metas[reg as usize].exact(value))
    }

    fn assessed(&self) -> Assessed {
        let score = self.exact(self.variant.score);
        let level = self.evaluation.get(self.variant.level).map(|level| level as u8);
        let questions: Vec<QuestionMarks> = (0..self.assessment.questions.len()).map(|at| self.question(at)).collect();
        let lines: Vec<LevelLine> = (0..self.assessment.lines.len()).map(|at| self.line(at)).collect();
        Assessed {
            label: self.variant.label.clone(),
            score: score.map(Exact::text),
            score_so_far: self.sum(|_| true).text(),
            level,
            dimensions: (0..self.assessment.dimensions.len()).map(|at| self.dimension(at)).collect(),
            reasons: self.reasons(score, level, &questions, &lines),
            questions,
            lines,
        }
    }

    fn sum(&self, of: impl Fn(&Question) -> bool) -> Exact {
        let marks = self.assessment.questions.iter().zip(&self.variant.marks).filter(|(question, _)| of(question));
        marks.filter_map(|(_, (reg, _))| self.exact(*reg)).fold(Exact::ZERO, |sum, marks| sum.plus(marks).unwrap_or(sum))
    }

    fn dimension(&self, at: usize) -> DimensionMarks {
        let marks = self.sum(|question| question.dimension == at);
        let own = self.assessment.questions.iter().zip(&self.variant.marks).filter(|(question, _)| question.dimension == at);
        let full = own.fold(Exact::ZERO, |sum, (_, (_, full))| sum.plus(*full).unwrap_or(sum));
        let part = marks.divided(full).unwrap_or(Exact::ZERO);
        let permille = (0..=1000u16).rev().find(|permille| Exact::new((*permille).into(), 1000).is_some_and(|bound| bound <= part));
        let dimension = &self.assessment.dimensions[at];
        DimensionMarks {
            id: dimension.id.clone(),
            label: dimension.label.clone(),
            marks: marks.text(),
            full: full.text(),
            permille: permille.unwrap_or(0),
        }
    }

    fn question(&self, at: usize) -> QuestionMarks {
        let question = &self.assessment.questions[at];
        let (reg, full) = self.variant.marks[at];
        QuestionMarks {
            id: question.id.clone(),
            number: question.number,
            label: question.label.clone(),
            marks: self.exact(reg).map(Exact::text),
            full: full.text(),
            answer: self.answer(question),
        }
    }

    fn answer(&self, question: &Question) -> String {
        let Some(answer) = self.evaluation.get(question.answer) else { return "未作答".into() };
        let ticked = |at: usize| if question.kind == QuestionKind::Multi { answer >> at & 1 == 1 } else { answer == at as i64 };
        let labels: Vec<&str> =
            question.options.iter().enumerate().filter(|(at, _)| ticked(*at)).map(|(_, (word, _))| word.label.as_str()).collect();
        if labels.is_empty() { "无".into() } else { labels.join("；") }
    }

    fn line(&self, at: usize) -> LevelLine {
        let line = &self.assessment.lines[at];
        let reached = self.evaluation.get(self.variant.reached[at]).map(|reached| reached == 1);
        let missing = if reached == Some(true) { Vec::new() } else { self.missing(line) };
        LevelLine { level: line.level, reached, missing }
    }

    fn missing(&self, line: &Line) -> Vec<String> {
        let mut all = Vec::new();
        let score = self.sum(|_| true);
        if score < line.score {
            let gap = line.score.plus(score.times(Exact::whole(-1)).unwrap_or(Exact::ZERO)).unwrap_or(Exact::ZERO);
            all.push(format!("得分还差{}分（须{}分，现{}分）", gap.text(), line.score.text(), score.text()));
        }
        for (needed, reg, what) in [(line.scenarios, line.scenarios_reg, "应用场景"), (line.constraint, line.constraint_reg, "约束性场景")]
        {
            match self.evaluation.get(reg) {
                _ if needed == 0 => {}
                None => {
                    let certain = self.certainly(line.level, what == "约束性场景");
                    if certain < needed.into() {
                        all.push(format!("达到{}及以上的{what}须{needed}个，已填报的有{certain}个，其余尚未填报", line.label));
                    }
                }
                Some(count) if count < needed.into() => {
                    all.push(format!("达到{}及以上的{what}还差{}个（须{needed}个，现{count}个）", line.label, i64::from(needed) - count));
                }
                Some(_) => {}
            }
        }
        all
    }

    /// The variant's clauses; for the deciding one also those by which it decides.
    fn clause(&self) -> String {
        let decides = std::ptr::eq(self.variant, &self.assessment.variants[0]);
        let own = self.variant.clause.split('、').filter(|clause| !clause.is_empty());
        let mut all: Vec<&str> = own.collect();
        for clause in self.assessment.clause.split('、').filter(|_| decides) {
            if !all.contains(&clause) {
                all.push(clause);
            }
        }
        all.join("、")
    }

    fn nothing_answered(&self, questions: &[QuestionMarks]) -> bool {
        questions.iter().all(|question| question.marks.is_none())
    }

    /// Scenarios known to be at a level or above.
    fn certainly(&self, level: u8, constraint_only: bool) -> usize {
        let at = |input: usize| self.evaluation.facts.kinds[0].inputs[input][0].get();
        let own = self.assessment.scenarios.iter().filter(|scenario| scenario.constraint || !constraint_only);
        own.filter(|scenario| at(scenario.input).is_some_and(|own| own >= level.into())).count()
    }

    fn reasons(&self, score: Option<Exact>, level: Option<u8>, questions: &[QuestionMarks], lines: &[LevelLine]) -> Reason {
        let id = format!("assessed:{}", self.variant.id);
        let clause = self.clause();
        if self.nothing_answered(questions) {
            return Reason::new(id, format!("未填写{}的题目，不计算得分和等级。", self.assessment.label), clause);
        }
        let unanswered: Vec<String> =
            questions.iter().filter(|question| question.marks.is_none()).map(|question| question.number.to_string()).collect();
        let text = match (score, level) {
            (Some(score), Some(level)) => format!("按{}，得{}分，等级为{}。", self.variant.label, score.text(), say::level(level.into())),
            (Some(score), None) => format!("按{}，得{}分，应用场景等级尚未填全，等级待定。", self.variant.label, score.text()),
            (None, _) => format!("按{}，第{}题未作答，得分待定。", self.variant.label, unanswered.join("、")),
        };
        let mut children: Vec<Reason> =
            self.assessment.lines.iter().zip(lines).map(|(line, found)| self.line_reason(&id, line, found)).collect();
        children.reverse();
        children
            .extend(self.assessment.questions.iter().zip(questions).map(|(question, marks)| self.question_reason(&id, question, marks)));
        children.extend(reading(&id, &self.assessment.reading));
        Reason::new(id, text, clause).with(children)
    }

    fn line_reason(&self, id: &str, line: &Line, found: &LevelLine) -> Reason {
        let text = match found.reached {
            Some(true) => format!("达到{}的各项要求。", line.label),
            Some(false) => format!("未达到{}：{}。", line.label, found.missing.join("；")),
            None => format!("是否达到{}待定：{}。", line.label, found.missing.join("；")),
        };
        let count = |reg: Reg| self.evaluation.get(reg).map_or("待定".to_owned(), |count| format!("{count}个"));
        let score = format!("得分{}分，{}的要求为不低于{}分。", self.sum(|_| true).text(), line.label, line.score.text());
        let mut children = vec![Reason::new(format!("{id}/{}/score", line.level), score, line.clause.clone())];
        for (needed, reg, what) in [(line.scenarios, line.scenarios_reg, "应用场景"), (line.constraint, line.constraint_reg, "约束性场景")]
        {
            if needed > 0 {
                let text = format!("达到{}及以上的{what}{}，要求不少于{needed}个。", line.label, count(reg));
                children.push(Reason::new(format!("{id}/{}/{what}", line.level), text, line.clause.clone()));
            }
        }
        children.extend(reading(id, &line.reading));
        Reason::new(format!("{id}/{}", line.level), text, line.clause.clone()).with(children)
    }

    fn question_reason(&self, id: &str, question: &Question, marks: &QuestionMarks) -> Reason {
        let text = match &marks.marks {
            Some(got) => format!("第{}题“{}”得{got}分（满分{}分）：{}。", question.number, question.label, marks.full, marks.answer),
            None => format!("第{}题“{}”未作答。", question.number, question.label),
        };
        let figure = |index: &usize| {
            let input = &self.evaluation.pack.inputs[0][*index];
            let value = self.evaluation.facts.kinds[0].inputs[*index][0];
            let unit = input.unit.as_deref().filter(|_| matches!(input.meta.ty, Type::Count | Type::Decimal)).unwrap_or("");
            let shown = self.evaluation.say().value(input.meta, value);
            value.get().map(|_| Reason::new(input.id(), format!("{}：{shown}{unit}。", input.label), ""))
        };
        let children = question.figures.iter().filter_map(figure).collect();
        Reason::new(format!("{id}/{}", question.id), text, question.clause.clone()).with(children)
    }
}
