//! The lines of forms: every question and field that is asked of people, in the order of the form.
//!
//! A question that takes several answers has a line for each option, with 是 and 否 to choose. A bookkeeper who has never seen
//! the sheet cannot go wrong with a drop-down, while a list in one cell asks for each long name letter by letter. What the
//! platform knows or computes is not asked, rows of tables have an import of their own, and promises are made by whoever reads
//! them on the page.

use std::collections::{BTreeMap, BTreeSet};

use papers::sheet_in::{self, Choice, Choices, Unit};
use policy::pack::{Assessment, Body, Field, FieldKind, Form, Pack, Question, Scenario, Section};
use policy::program::Type;
use policy::spec::QuestionKind;
use records::application::{sections_fields, unit};

use super::ask::{Ask, words};

/// A line.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Where its answer stands.
    pub(super) path: String,
    /// The part it stands in.
    pub(super) part: String,
    /// The question, with its unit.
    pub(super) question: String,
    /// What is said about it.
    pub(super) about: String,
    /// Whether it must be answered in the end.
    pub(super) required: bool,
    /// How it is answered.
    pub(super) ask: Ask,
    /// The form and section it stands in, by place.
    pub(super) section: (usize, usize),
    /// The field of the form's own that it is.
    pub(super) own: Option<Field>,
}

impl Line {
    /// By what it is found again: its path, and the option that it is of.
    pub(super) fn key(&self) -> String {
        match &self.ask {
            Ask::Tick { own, .. } => format!("{}#{own}", self.path),
            _ => self.path.clone(),
        }
    }
}

/// Who may be chosen, by standing.
pub(super) type Holders = BTreeMap<String, Choices>;

/// What lines are made from.
pub(super) struct Making<'a> {
    pub(super) pack: &'a Pack,
    pub(super) forms: &'a [Form],
    pub(super) holders: &'a Holders,
    /// Whether options stand together in one cell.
    pub(super) together: bool,
}

impl Making<'_> {
    /// The lines of the forms.
    pub(super) fn lines(&self) -> Vec<Line> {
        let (mut lines, mut seen) = (Vec::new(), BTreeSet::new());
        for (form_at, form) in self.forms.iter().enumerate() {
            for (section_at, section) in form.sections.iter().enumerate() {
                let part = part(form, section, self.forms.len() > 1);
                let begin = lines.len();
                self.section(section, &part, &mut lines);
                lines[begin..].iter_mut().for_each(|line| line.section = (form_at, section_at));
            }
        }
        // What two forms ask for is asked once.
        lines.retain(|line| seen.insert(line.key()));
        lines
    }

    fn section(&self, section: &Section, part: &str, lines: &mut Vec<Line>) {
        match (&section.body, &self.pack.assessment) {
            (Body::Fields(_), _) => sections_fields(section).iter().for_each(|field| lines.extend(self.field(field, part))),
            (Body::Questions { evidence }, Some(assessment)) => self.questions(assessment, *evidence, part, lines),
            (Body::Scenarios { evidence }, Some(assessment)) => {
                assessment.scenarios.iter().for_each(|scenario| lines.extend(self.scenario(scenario, *evidence, part)));
            }
            _ => {}
        }
    }

    fn field(&self, field: &Field, part: &str) -> Vec<Line> {
        let plain = |ask: Ask, unit: Option<&str>| {
            let question = with_unit(&field.label, unit);
            let own = (!matches!(field.kind, FieldKind::Fact { .. })).then(|| field.clone());
            Line { required: field.required, own, ..line(&field.path, part, question, field.hint.clone(), ask) }
        };
        let unit_or = |word: &'static str| field.unit.as_deref().or(Some(word));
        match &field.kind {
            FieldKind::Fact { input, .. } => return vec![Line { required: field.required, ..self.fact(*input, part, field) }],
            FieldKind::Shown(_) => return Vec::new(),
            FieldKind::Table { columns, lines } => return cells(field, columns, lines, part),
            FieldKind::Choices(choice) => return self.several(&plain(Ask::Words, None), &words(self.pack.choices[*choice].options.iter())),
            _ => {}
        }
        vec![match &field.kind {
            FieldKind::Date => plain(Ask::Day, None),
            FieldKind::Month => plain(Ask::Month, None),
            FieldKind::Money => plain(Ask::Figure(Some(money(unit_or("万元")))), unit_or("万元")),
            FieldKind::Share if unit_or("%") == Some("%") => plain(Ask::Share, Some("%")),
            FieldKind::Share | FieldKind::Count | FieldKind::Decimal => plain(Ask::Figure(None), field.unit.as_deref()),
            FieldKind::Score { full_hundredths } => {
                let full = format!("满分{}", policy::say::marks(*full_hundredths));
                plain(Ask::Figure(None), Some(&full))
            }
            FieldKind::YesNo => plain(Ask::One(Choices::yes_no()), None),
            FieldKind::Choice(choice) => plain(Ask::One(words(self.pack.choices[*choice].options.iter())), None),
            FieldKind::CreditCode => plain(Ask::Code, None),
            FieldKind::Provider { standing } => plain(Ask::One(self.holders.get(standing).cloned().unwrap_or_default()), None),
            FieldKind::LongText { min_chars, max_chars, .. } => limited(plain(Ask::Words, None), *min_chars, *max_chars),
            _ => plain(Ask::Words, field.unit.as_deref()),
        }]
    }

    fn fact(&self, input: usize, part: &str, field: &Field) -> Line {
        let (declared, own) = (&self.pack.inputs[0][input], unit(self.pack, 0, input));
        let unit = own.or(declared.unit.as_deref());
        let ask = match declared.meta.ty {
            Type::YesNo => Ask::One(Choices::yes_no()),
            Type::Choice(choice) => Ask::One(words(self.pack.choices.get(usize::from(choice)).into_iter().flat_map(|one| &one.options))),
            Type::Level => Ask::One(self.levels("未定级")),
            Type::Date => Ask::Day,
            Type::Money => Ask::Figure(Some(money(unit))),
            Type::Share if unit == Some("%") => Ask::Share,
            Type::Count | Type::Decimal | Type::Score | Type::Share => Ask::Figure(None),
            Type::Party | Type::Options => Ask::Words,
        };
        let shown = unit.filter(|_| matches!(ask, Ask::Figure(_) | Ask::Share));
        line(&field.path, part, with_unit(&field.label, shown), field.hint.clone(), ask)
    }

    /// A line for each option, or one for all of them.
    fn several(&self, of: &Line, all: &Choices) -> Vec<Line> {
        if self.together {
            let options = all.labels().collect::<Vec<_>>().join("、");
            let about = joined([of.about.clone(), format!("可多选，几项之间用“、”隔开：{options}")]);
            return vec![Line { ask: Ask::Several(all.clone()), about, ..of.clone() }];
        }
        let option = |choice: &Choice| Line {
            ask: Ask::Tick { all: all.clone(), own: choice.id.clone() },
            question: format!("{}——{}", of.question, choice.label),
            about: joined([of.about.clone(), "可多选，选择的填“是”。".to_owned()]),
            ..of.clone()
        };
        all.all().iter().map(option).collect()
    }

    /// Figures once, at the first question that needs them; then the answer itself, and its evidence.
    fn questions(&self, assessment: &Assessment, evidence: bool, part: &str, lines: &mut Vec<Line>) {
        let mut seen = BTreeSet::new();
        for question in &assessment.questions {
            let dimension = assessment.dimensions.get(question.dimension).map_or("", |dimension| dimension.label.as_str());
            let part = if dimension.is_empty() { part } else { dimension };
            for figure in question.figures.iter().filter(|figure| seen.insert(**figure)) {
                let field = records::application::fact_field(self.pack, 0, *figure);
                let own = self.fact(*figure, part, &field);
                lines.push(Line { question: format!("{}. {}", question.number, own.question), ..own });
            }
            lines.extend(self.question(question, part));
            if evidence {
                lines.push(evidence_line(&question.id, &format!("{}. {}", question.number, question.label), part));
            }
        }
    }

    fn question(&self, question: &Question, part: &str) -> Vec<Line> {
        let (path, title) = (self.pack.inputs[0][question.input].id(), format!("{}. {}", question.number, question.label));
        let derived = question.derived.is_some() && !question.figures.is_empty();
        let by_figures = if derived { "已填写数据的留空，按数据判定。" } else { "" };
        let about = joined([question.text.clone(), question.hint.clone().unwrap_or_default(), by_figures.to_owned()]);
        let all = words(question.options.iter().map(|(word, _)| word));
        let own = Line { required: !derived, ..line(&path, part, title, Some(about), Ask::Words) };
        match question.kind {
            QuestionKind::Multi => self.several(&own, &all),
            _ => vec![Line { ask: Ask::One(all), ..own }],
        }
    }

    fn scenario(&self, scenario: &Scenario, evidence: bool, part: &str) -> Vec<Line> {
        let criteria = (1u8..).zip(&scenario.criteria).map(|(level, text)| format!("{}：{text}", self.level(level, "")));
        let about =
            joined([if scenario.constraint { "约束性场景。" } else { "指导性场景。" }.to_owned(), criteria.collect::<Vec<_>>().join("；")]);
        let part = if part.is_empty() { "应用场景" } else { part };
        let path = self.pack.inputs[0][scenario.input].id();
        let own = line(&path, part, scenario.label.clone(), Some(about), Ask::One(self.levels("未开展")));
        let beside = evidence.then(|| evidence_line(&scenario.id, &scenario.label, part));
        [Line { required: true, ..own }].into_iter().chain(beside).collect()
    }

    fn levels(&self, none: &str) -> Choices {
        let level = |level: u8| {
            let label = self.level(level, none);
            let also = [PLAIN[usize::from(level)].to_owned(), format!("{level}级")].into_iter().filter(|word| *word != label);
            Choice { id: level.to_string(), also: also.collect(), label }
        };
        Choices::new((0..=4).map(level).collect())
    }

    /// A level as the pack calls it.
    fn level(&self, level: u8, none: &str) -> String {
        let lines = self.pack.assessment.iter().flat_map(|assessment| &assessment.lines);
        let named = lines.into_iter().find(|line| line.level == level && level > 0).map(|line| line.label.as_str());
        let plain = if level == 0 { Some(none) } else { PLAIN.get(usize::from(level)).copied() };
        named.or(plain).unwrap_or_default().to_owned()
    }
}

const PLAIN: [&str; 5] = ["未定级", "一级", "二级", "三级", "四级"];

fn part(form: &Form, section: &Section, several: bool) -> String {
    match (section.label.as_str(), several) {
        ("", _) => form.label.clone(),
        (label, true) if label != form.label => format!("{}：{label}", form.label),
        (label, _) => label.to_owned(),
    }
}

fn line(path: &str, part: &str, question: String, about: Option<String>, ask: Ask) -> Line {
    let (path, part) = (path.to_owned(), part.to_owned());
    Line { path, part, question, about: about.unwrap_or_default(), required: false, ask, section: (0, 0), own: None }
}

fn evidence_line(id: &str, question: &str, part: &str) -> Line {
    let about = Some("写明材料名称和页码。".to_owned());
    line(&format!("evidence.{id}"), part, format!("{question}——佐证材料索引"), about, Ask::Words)
}

fn cells(field: &Field, columns: &[policy::pack::Column], lines: &[String], part: &str) -> Vec<Line> {
    let cell = |(at, name): (usize, &String), column: &policy::pack::Column| {
        let question = format!("{}——{name}——{}", field.label, column.label);
        let path = format!("{}.{at}.{}", field.path, column.id);
        Line { required: field.required, ..line(&path, part, question, field.hint.clone(), Ask::Words) }
    };
    lines.iter().enumerate().flat_map(|at| columns.iter().map(move |column| cell(at, column))).collect()
}

fn limited(line: Line, min_chars: u32, max_chars: u32) -> Line {
    let limit =
        if min_chars > 0 { format!("不少于{min_chars}字，最多{max_chars}字。") } else { format!("最多{max_chars}字。") };
    Line { about: joined([line.about.clone(), limit]), ..line }
}

fn with_unit(label: &str, unit: Option<&str>) -> String {
    unit.map_or_else(|| label.to_owned(), |unit| format!("{label}（{unit}）"))
}

fn money(unit: Option<&str>) -> Unit {
    if unit == Some("元") { Unit::Yuan } else { Unit::WanYuan }
}

fn joined<const N: usize>(parts: [String; N]) -> String {
    let ended = |part: String| if part.ends_with(['。', '；', '！', '？']) { part } else { format!("{part}。") };
    parts.into_iter().filter(|part| !part.trim().is_empty()).map(ended).collect()
}

/// The line as the workbook has it, with what was answered.
pub(super) fn out(line: &Line, kept: &str) -> sheet_in::Line {
    let must = if line.required { "必填。" } else { "" };
    sheet_in::Line {
        key: line.key(),
        part: line.part.clone(),
        question: line.question.clone(),
        about: format!("{must}{}", line.about),
        options: line.ask.options(),
        look: line.ask.look(),
        required: line.required,
        answer: if kept.is_empty() { String::new() } else { line.ask.cell(kept) },
    }
}
