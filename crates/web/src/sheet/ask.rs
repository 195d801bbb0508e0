//! What a field asks for: its type in the pack, turned into the control that takes it.

use policy::pack::{Column, Field, FieldKind, Pack, Question};
use policy::program::{Kind, Reg, Type};
use policy::spec::QuestionKind;
use records::application::unit;

use super::Sheet;
use crate::words;

/// More options than this go into a list.
const RADIOS_MAX: usize = 7;
/// The same in a row's card, which is narrow and stands there many times.
const ROW_RADIOS_MAX: usize = 4;

/// A control.
pub(super) enum Ask<'a> {
    /// One line.
    Line(Line),
    /// Several lines, with so many characters.
    Area { min_chars: u32, max_chars: u32 },
    /// Radio buttons, or check boxes.
    Options { several: bool, options: Vec<Pick> },
    /// A list to choose one from.
    Select(Vec<Pick>),
    /// Cells.
    Table { columns: &'a [Column], lines: &'a [String] },
    /// Nothing: what is computed is shown.
    Shown(Reg),
}

/// How one line is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// The input's type.
    pub(super) kind: &'static str,
    /// The keyboard of a phone.
    pub(super) keys: Option<&'static str>,
    /// What the browser may fill in.
    pub(super) fills: Option<&'static str>,
    /// The unit after it.
    pub(super) unit: Option<String>,
    /// How it is written, where the pack gives no hint.
    pub(super) example: Option<&'static str>,
}

/// One option.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Pick {
    /// What is sent.
    pub(super) value: String,
    /// What is read.
    pub(super) label: String,
    /// Other words for it.
    pub(super) also: Vec<String>,
    /// Ticked alone only.
    pub(super) alone: bool,
}

impl Pick {
    fn new(value: &str, label: &str) -> Self {
        Self { value: value.to_owned(), label: label.to_owned(), ..Self::default() }
    }

    /// Whether a text means this option.
    pub(super) fn is(&self, text: &str) -> bool {
        self.value == text || self.label == text || self.also.iter().any(|other| other == text)
    }

    /// Whether it is among the options a text names.
    pub(super) fn among(&self, text: &str) -> bool {
        self.is(text.trim()) || text.split([',', '，']).any(|one| self.is(one.trim()))
    }
}

/// The control of a field.
pub(super) fn ask<'a>(sheet: &Sheet, field: &'a Field) -> Ask<'a> {
    match &field.kind {
        FieldKind::Fact { kind, input } => fact(sheet.pack, *kind, *input),
        FieldKind::LongText { min_chars, max_chars, .. } => Ask::Area { min_chars: *min_chars, max_chars: *max_chars },
        FieldKind::YesNo => Ask::Options { several: false, options: yes_no() },
        FieldKind::Choice(choice) => one_of(listed(sheet.pack, *choice), RADIOS_MAX),
        FieldKind::Choices(choice) => Ask::Options { several: true, options: listed(sheet.pack, *choice) },
        FieldKind::Table { columns, lines } => Ask::Table { columns, lines },
        FieldKind::Provider { standing } => Ask::Select(holders(sheet, standing)),
        FieldKind::Shown(reg) => Ask::Shown(*reg),
        other => Ask::Line(own_line(other, field.unit.clone())),
    }
}

fn own_line(kind: &FieldKind, unit: Option<String>) -> Line {
    let number = |keys, unit: Option<String>| Line { kind: "text", keys: Some(keys), unit, ..Line::default() };
    let or = |word: &str| unit.clone().or_else(|| Some(word.to_owned()));
    match kind {
        FieldKind::Date => date(),
        FieldKind::Month => Line { kind: "month", example: Some("填写年月，如2025-03"), ..Line::default() },
        FieldKind::Money => number("decimal", or("万元")),
        FieldKind::Share => number("decimal", or("%")),
        FieldKind::Count => number("numeric", unit),
        FieldKind::Decimal => number("decimal", unit),
        FieldKind::Score { full_hundredths } => number("decimal", Some(format!("（满分{}）", policy::say::marks(*full_hundredths)))),
        FieldKind::Phone => Line { kind: "tel", keys: Some("tel"), fills: Some("tel"), ..Line::default() },
        FieldKind::Email => Line { kind: "email", keys: Some("email"), fills: Some("email"), ..Line::default() },
        FieldKind::CreditCode => Line { example: Some("18位，与营业执照一致"), ..plain() },
        _ => Line { unit, ..plain() },
    }
}

fn plain() -> Line {
    Line { kind: "text", ..Line::default() }
}

fn date() -> Line {
    Line { kind: "date", ..Line::default() }
}

fn fact<'a>(pack: &Pack, kind: Kind, input: usize) -> Ask<'a> {
    if let Some(question) = question(pack, kind, input) {
        return answer(question);
    }
    let declared = &pack.inputs[kind as usize][input];
    let unit = unit(pack, kind, input).map(str::to_owned).or_else(|| declared.unit.clone());
    let number = |keys, unit| Ask::Line(Line { kind: "text", keys: Some(keys), unit, ..Line::default() });
    let radios_max = if kind > 0 { ROW_RADIOS_MAX } else { RADIOS_MAX };
    match declared.meta.ty {
        Type::YesNo => Ask::Options { several: false, options: yes_no() },
        Type::Choice(choice) => one_of(listed(pack, choice.into()), radios_max),
        Type::Level => one_of(levels(pack), radios_max),
        Type::Date => Ask::Line(date()),
        Type::Count => number("numeric", unit),
        Type::Score => number("decimal", unit.or_else(|| Some("分".to_owned()))),
        Type::Money | Type::Share | Type::Decimal => number("decimal", unit),
        Type::Party | Type::Options => Ask::Line(plain()),
    }
}

/// The question whose answer an input is.
fn question(pack: &Pack, kind: Kind, input: usize) -> Option<&Question> {
    let assessment = pack.assessment.as_ref().filter(|_| kind == 0)?;
    assessment.questions.iter().find(|question| question.input == input)
}

fn answer<'a>(question: &Question) -> Ask<'a> {
    let pick = |(word, alone): &(policy::pack::Word, bool)| Pick { alone: *alone, ..Pick::new(&word.id, &word.label) };
    Ask::Options { several: question.kind == QuestionKind::Multi, options: question.options.iter().map(pick).collect() }
}

fn one_of<'a>(options: Vec<Pick>, radios_max: usize) -> Ask<'a> {
    if options.len() > radios_max { Ask::Select(options) } else { Ask::Options { several: false, options } }
}

fn yes_no() -> Vec<Pick> {
    let pick = |value, label, also: &[&str]| Pick { also: also.iter().map(|&word| word.to_owned()).collect(), ..Pick::new(value, label) };
    vec![pick("yes", "是", &["true", "有", "1"]), pick("no", "否", &["false", "无", "0"])]
}

fn listed(pack: &Pack, choice: usize) -> Vec<Pick> {
    let words = pack.choices.get(choice).map_or(&[][..], |choice| choice.options.as_slice());
    words.iter().map(|word| Pick { also: word.also.clone(), ..Pick::new(&word.id, &word.label) }).collect()
}

fn levels(pack: &Pack) -> Vec<Pick> {
    let level = |level: u8| Pick { also: vec![format!("{level}级")], ..Pick::new(&level.to_string(), &words::level(pack, level)) };
    (0..=4).map(level).collect()
}

fn holders(sheet: &Sheet, standing: &str) -> Vec<Pick> {
    let own = sheet.holders.iter().filter(|holder| holder.standing == standing);
    own.map(|holder| Pick::new(&holder.id, &holder.name)).collect()
}
