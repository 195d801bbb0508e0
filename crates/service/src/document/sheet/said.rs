//! Answers in the words of a paper.

use policy::pack::{Field, FieldKind, Word};
use policy::program::Type;
use records::application::{unit, with_unit};
use standards::Date;

use super::Sheet;

/// A choice to tick: its words and whether it is ticked.
pub(super) type Tick = (bool, String);

/// What a text under a field says; nothing for nothing.
pub(super) fn said(sheet: &Sheet, field: &Field, text: &str) -> String {
    if text.trim().is_empty() {
        return String::new();
    }
    if let Some(ticks) = ticks(sheet, field, text) {
        let chosen: Vec<String> = ticks.into_iter().filter(|(ticked, _)| *ticked).map(|(_, label)| label).collect();
        return if chosen.is_empty() { text.to_owned() } else { chosen.join("、") };
    }
    match kind(sheet, field) {
        Said::Day => Date::parse(text).map_or(text.to_owned(), Date::chinese),
        Said::Month => month(text),
        Said::Holder => sheet.organisation(text).to_owned(),
        Said::Plain => with_unit(text, own_unit(sheet, field).as_deref()),
    }
}

/// The boxes of a field that is answered by ticking, none for any other.
pub(super) fn ticks(sheet: &Sheet, field: &Field, text: &str) -> Option<Vec<Tick>> {
    let words = |choice: usize| sheet.pack.choices.get(choice).map(|choice| choice.options.as_slice());
    let ticked = |word: &Word| (is_among(text, &word.id, &word.label, &word.also), word.label.clone());
    let all = |choice: usize| words(choice).map(|words| words.iter().map(ticked).collect());
    match field.kind {
        FieldKind::Choice(choice) | FieldKind::Choices(choice) => all(choice),
        FieldKind::YesNo => Some(yes_no(text)),
        FieldKind::Fact { kind, input } => match sheet.pack.inputs[kind as usize][input].meta.ty {
            Type::Choice(choice) => all(choice.into()),
            Type::YesNo => Some(yes_no(text)),
            Type::Level => Some((0..=4).map(|level| level_tick(text, level)).collect()),
            _ => None,
        },
        _ => None,
    }
}

fn level_tick(text: &str, level: u8) -> Tick {
    let label = policy::say::level(level.into());
    (is_among(text, &level.to_string(), label, &[format!("{level}级")]), label.to_owned())
}

fn yes_no(text: &str) -> Vec<Tick> {
    let also = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
    let yes = is_among(text, "yes", "是", &also(&["true", "有", "1"]));
    let no = is_among(text, "no", "否", &also(&["false", "无", "0"]));
    vec![(yes, "是".to_owned()), (no, "否".to_owned())]
}

/// Whether an option is among those that a text names.
pub(super) fn is_among(text: &str, id: &str, label: &str, also: &[String]) -> bool {
    let is = |one: &str| one == id || one == label || also.iter().any(|other| other == one);
    is(text.trim()) || text.split([',', '，']).any(|one| is(one.trim()))
}

/// The unit of a bare figure.
pub(super) fn own_unit(sheet: &Sheet, field: &Field) -> Option<String> {
    let or = |word: &str| field.unit.clone().or_else(|| Some(word.to_owned()));
    match field.kind {
        FieldKind::Fact { kind, input } => unit(sheet.pack, kind, input).map(str::to_owned).or_else(|| field.unit.clone()),
        FieldKind::Money => or("万元"),
        FieldKind::Share => or("%"),
        _ => field.unit.clone(),
    }
}

/// How a text is read that is not ticked.
enum Said {
    Day,
    Month,
    Holder,
    Plain,
}

fn kind(sheet: &Sheet, field: &Field) -> Said {
    match field.kind {
        FieldKind::Date => Said::Day,
        FieldKind::Month => Said::Month,
        FieldKind::Provider { .. } => Said::Holder,
        FieldKind::Fact { kind, input } if sheet.pack.inputs[kind as usize][input].meta.ty == Type::Date => Said::Day,
        _ => Said::Plain,
    }
}

fn month(text: &str) -> String {
    Date::parse(&format!("{text}-01")).map_or(text.to_owned(), |date| format!("{}年{}月", date.year(), date.month()))
}

/// Room for a day or a month that is not known yet; none where the field takes something else.
pub(super) fn room(field: &Field) -> &'static str {
    match field.kind {
        FieldKind::Date => "　　　年　　月　　日",
        FieldKind::Month => "　　　年　　月",
        _ => "",
    }
}

/// Whether its text is a figure, to stand at the right of a column.
pub(super) fn is_figure(sheet: &Sheet, field: &Field) -> bool {
    match field.kind {
        FieldKind::Money | FieldKind::Share | FieldKind::Count | FieldKind::Decimal | FieldKind::Score { .. } => true,
        FieldKind::Fact { kind, input } => {
            let ty = sheet.pack.inputs[kind as usize][input].meta.ty;
            ty.is_number() && ty != Type::Level
        }
        _ => false,
    }
}
