//! What was typed, in the words of a paper.

use policy::pack::{Field, FieldKind};
use standards::date::Date;

use super::Sheet;
use super::ask::{Ask, Pick, ask};
use crate::forms::with_unit;

/// Nothing stands there.
pub(super) const EMPTY: &str = "未填写";
/// Nothing counts before somebody has recognised it.
pub(super) const AWAITED: &str = "待审核认定后计算";
/// Nothing follows yet.
pub(super) const OPEN: &str = "填写完整并保存后显示";

/// What a text under a field says.
pub(super) fn text(sheet: &Sheet, field: &Field, text: &str) -> String {
    if text.is_empty() {
        return EMPTY.to_owned();
    }
    match ask(sheet, field) {
        Ask::Options { options, .. } | Ask::Select(options) => chosen(&options, text),
        Ask::Line(line) if line.kind == "date" => Date::parse(text).map_or(text.to_owned(), Date::chinese),
        Ask::Line(line) if line.kind == "month" => month(text),
        Ask::Line(line) => with_unit(text, line.unit.as_deref()),
        _ => text.to_owned(),
    }
}

fn chosen(options: &[Pick], text: &str) -> String {
    let labels: Vec<&str> = options.iter().filter(|pick| pick.among(text)).map(|pick| pick.label.as_str()).collect();
    if labels.is_empty() { text.to_owned() } else { labels.join("、") }
}

fn month(text: &str) -> String {
    Date::parse(&format!("{text}-01")).map_or(text.to_owned(), |date| format!("{}年{}月", date.year(), date.month()))
}

/// Whether its text is a figure, to stand at the right of a table's column.
pub(super) fn is_figure(sheet: &Sheet, field: &Field) -> bool {
    let numbers = |keys: Option<&str>| keys.is_some_and(|keys| matches!(keys, "decimal" | "numeric"));
    !matches!(field.kind, FieldKind::Phone) && matches!(ask(sheet, field), Ask::Line(line) if numbers(line.keys))
}
