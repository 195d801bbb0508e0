//! The controls themselves. Their labels, hints and messages stand around them.

use maud::{Markup, html};
use policy::text_chars;
use standards::date::Date;

use super::ask::{Line, Pick};
use crate::components::field::id;

/// One place to fill in.
#[derive(Clone, Debug)]
pub(super) struct Spot<'a> {
    /// The name it is sent under.
    pub(super) name: String,
    /// Its path in messages; where they lead to.
    pub(super) path: String,
    /// What stands in it.
    pub(super) text: &'a str,
    /// The ids of what describes it.
    pub(super) described: Option<String>,
    /// Whether something is wrong with it.
    pub(super) wrong: bool,
}

impl Spot<'_> {
    fn id(&self) -> String {
        id(&self.path)
    }

    fn invalid(&self) -> Option<&'static str> {
        self.wrong.then_some("true")
    }
}

/// A line with its unit.
pub(super) fn line(spot: &Spot, line: &Line) -> Markup {
    let (kind, text) = normal(line.kind, spot.text);
    let number = line.keys.is_some_and(|keys| matches!(keys, "decimal" | "numeric"));
    html! {
        div.with-unit[line.unit.is_some()] {
            input.number[number] #(spot.id()) name=(spot.name) type=(kind) value=(text) inputmode=[line.keys]
                autocomplete=(line.fills.unwrap_or("off")) aria-describedby=[spot.described.as_deref()] aria-invalid=[spot.invalid()];
            @if let Some(unit) = &line.unit { span.unit aria-hidden="true" { (unit) } }
        }
    }
}

/// A browser drops a date it cannot read, so what is no date stands in a line of text.
fn normal<'t>(kind: &'t str, text: &'t str) -> (&'t str, String) {
    let read = match kind {
        "date" => Date::parse(text).ok().map(|date| date.to_string()),
        "month" => month(text),
        _ => None,
    };
    match read {
        Some(text) => (kind, text),
        None if text.is_empty() || !matches!(kind, "date" | "month") => (kind, text.to_owned()),
        None => ("text", text.to_owned()),
    }
}

fn month(text: &str) -> Option<String> {
    let date = Date::parse(&format!("{}-01", text.trim())).ok()?;
    Some(format!("{:04}-{:02}", date.year(), date.month()))
}

/// Lines of text with the count of their characters.
pub(super) fn area(spot: &Spot, min_chars: u32, max_chars: u32) -> Markup {
    let count = format!("{}-count", spot.id());
    let described = [spot.described.as_deref(), Some(&count)].into_iter().flatten().collect::<Vec<_>>().join(" ");
    html! {
        textarea #(spot.id()) name=(spot.name) rows=(if min_chars >= 200 { 12 } else { 5 }) autocomplete="off"
            aria-describedby=(described) aria-invalid=[spot.invalid()] { "\n" (spot.text) }
        p.hint.count #(count) {
            "已写" output data-count=(spot.id()) for=(spot.id()) { (text_chars(spot.text)) } "字／" (limits(min_chars, max_chars))
        }
    }
}

fn limits(min_chars: u32, max_chars: u32) -> String {
    match min_chars {
        0 => format!("最多{max_chars}字"),
        _ => format!("不少于{min_chars}字，最多{max_chars}字"),
    }
}

/// Options no longer than this stand side by side.
const SHORT_CHARS: usize = 12;

/// Radio buttons or check boxes; the first one has the id that messages lead to.
pub(super) fn options(spot: &Spot, several: bool, options: &[Pick]) -> Markup {
    let short = options.iter().all(|option| option.label.chars().count() <= SHORT_CHARS);
    html! {
        div.options.short[short] {
            @for (at, pick) in options.iter().enumerate() {
                (option(spot, several, pick, &if at == 0 { spot.id() } else { format!("{}-{at}", spot.id()) }))
            }
        }
    }
}

fn option(spot: &Spot, several: bool, pick: &Pick, id: &str) -> Markup {
    let checked = !spot.text.is_empty() && if several { pick.among(spot.text) } else { pick.is(spot.text.trim()) };
    let kind = if several { "checkbox" } else { "radio" };
    html! {
        div.option {
            input #(id) type=(kind) name=(spot.name) value=(pick.value) checked[checked] data-alone[pick.alone];
            label for=(id) { (pick.label) }
        }
    }
}

/// A list to choose from. What was stated and is not listed stays in it, so that it is not lost unseen.
pub(super) fn select(spot: &Spot, options: &[Pick], above: Option<&str>) -> Markup {
    let unlisted = !spot.text.is_empty() && !options.iter().any(|pick| pick.is(spot.text));
    html! {
        select #(spot.id()) name=(spot.name) aria-describedby=[spot.described.as_deref()] aria-invalid=[spot.invalid()] data-above=[above] {
            option value="" { "请选择" }
            @for pick in options { option value=(pick.value) selected[!spot.text.is_empty() && pick.is(spot.text)] { (pick.label) } }
            @if unlisted { option value=(spot.text) selected { (spot.text) "（不在列表中）" } }
        }
    }
}
