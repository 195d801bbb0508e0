//! Fields beside those of [`crate::components::entry`]: days, amounts, several lines, ticks in a table.

use maud::{Markup, html};
use standards::Date;

use super::Form;
use crate::components::entry::{self, Line};
use crate::components::field::{described_by, id, message};

/// One line of text.
pub(crate) fn line(form: &Form, path: &str, label: &str, hint: Option<&str>) -> Markup {
    entry::line(&form.typed, &Line { path, label, hint, autocomplete: "off", ..Line::default() })
}

/// A day. A browser drops a date it cannot read, so what is no date stands in a line of text.
pub(crate) fn date(form: &Form, path: &str, label: &str, hint: Option<&str>) -> Markup {
    let (id, error, typed) = (id(path), form.typed.error(path), form.typed.text(path));
    let (kind, text) = match Date::parse(typed) {
        Ok(date) => ("date", date.to_string()),
        Err(_) => (if typed.is_empty() { "date" } else { "text" }, typed.to_owned()),
    };
    html! {
        div.field.wrong[error.is_some()] {
            label for=(id) { (label) }
            @if let Some(hint) = hint { p.hint #{ (id) "-hint" } { (hint) } }
            (message(&id, error))
            input #(id) name=(path) type=(kind) value=(text) autocomplete="off"
                aria-describedby=[described_by(&id, hint.is_some(), error.is_some())] aria-invalid=[error.map(|_| "true")];
        }
    }
}

/// A figure with its unit.
pub(crate) fn amount(form: &Form, path: &str, label: &str, unit: &str, hint: Option<&str>) -> Markup {
    let (id, error) = (id(path), form.typed.error(path));
    html! {
        div.field.wrong[error.is_some()] {
            label for=(id) { (label) span.hidden { "（" (unit) "）" } }
            @if let Some(hint) = hint { p.hint #{ (id) "-hint" } { (hint) } }
            (message(&id, error))
            div.with-unit {
                input #(id) name=(path) type="text" inputmode="decimal" autocomplete="off" value=(form.typed.text(path))
                    aria-describedby=[described_by(&id, hint.is_some(), error.is_some())] aria-invalid=[error.map(|_| "true")];
                span.unit aria-hidden="true" { (unit) }
            }
        }
    }
}

/// Several lines of text.
pub(crate) fn area(form: &Form, path: &str, label: &str, hint: Option<&str>, rows: u8) -> Markup {
    let (id, error) = (id(path), form.typed.error(path));
    html! {
        div.field.wrong[error.is_some()] {
            label for=(id) { (label) }
            @if let Some(hint) = hint { p.hint #{ (id) "-hint" } { (hint) } }
            (message(&id, error))
            textarea #(id) name=(path) rows=(rows) aria-describedby=[described_by(&id, hint.is_some(), error.is_some())]
                aria-invalid=[error.map(|_| "true")] { "\n" (form.typed.text(path)) }
        }
    }
}

/// A check box in a row of a table; its label is read, not seen. The first one has the id that messages lead to.
pub(crate) fn tick(form: &Form, path: &str, value: &str, label: &str, at: usize) -> Markup {
    let own = if at == 0 { id(path) } else { format!("{}-{at}", id(path)) };
    html! {
        div.option.alone {
            input #(own) type="checkbox" name=(path) value=(value) checked[form.typed.ticked(path, value)];
            label for=(own) { span.hidden { (label) } }
        }
    }
}
