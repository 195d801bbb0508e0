//! Fields of forms that no policy pack declares: accounts, organisations, people.

use maud::{Markup, html};
use records::FieldError;

use super::field::{described_by, id, message};

/// What was typed into a form, and what is wrong with it.
#[derive(Debug, Default)]
pub(crate) struct Typed {
    fields: Vec<(String, String)>,
    errors: Vec<FieldError>,
}

impl Typed {
    /// A form that came back with errors.
    pub(crate) fn new(fields: Vec<(String, String)>, errors: Vec<FieldError>) -> Self {
        Self { fields, errors }
    }

    /// A form that opens with this text.
    pub(crate) fn with(path: &str, text: &str) -> Self {
        Self { fields: vec![(path.to_owned(), text.to_owned())], errors: Vec::new() }
    }

    /// What was typed under a path.
    pub(crate) fn text(&self, path: &str) -> &str {
        self.fields.iter().find(|(name, _)| name == path).map_or("", |(_, text)| text)
    }

    /// Whether an option was ticked.
    pub(crate) fn ticked(&self, path: &str, option: &str) -> bool {
        self.fields.iter().any(|(name, text)| name == path && text == option)
    }

    /// What is wrong, for the summary.
    pub(crate) fn errors(&self) -> &[FieldError] {
        &self.errors
    }

    /// The message beside a field.
    pub(crate) fn error(&self, path: &str) -> Option<&str> {
        self.errors.iter().find(|error| error.path == path).map(|error| error.message.as_str())
    }
}

/// A field for one line.
#[derive(Default)]
pub(crate) struct Line<'a> {
    /// Its name in the form.
    pub(crate) path: &'a str,
    /// Chinese name.
    pub(crate) label: &'a str,
    /// Help between label and field.
    pub(crate) hint: Option<&'a str>,
    /// `text`, `email`, `tel` or `password`; empty for `text`.
    pub(crate) kind: &'a str,
    /// What the browser may fill in.
    pub(crate) autocomplete: &'a str,
    /// `numeric` for codes of digits.
    pub(crate) inputmode: Option<&'a str>,
}

/// A line with its label and message. A password is never sent back to the page.
pub(crate) fn line(typed: &Typed, field: &Line) -> Markup {
    let (id, error) = (id(field.path), typed.error(field.path));
    let kind = if field.kind.is_empty() { "text" } else { field.kind };
    let value = if kind == "password" { "" } else { typed.text(field.path) };
    html! {
        div.field.wrong[error.is_some()] {
            label for=(id) { (field.label) }
            @if let Some(hint) = field.hint { p.hint #{ (id) "-hint" } { (hint) } }
            (message(&id, error))
            input #(id) name=(field.path) type=(kind) value=(value) autocomplete=(field.autocomplete) spellcheck="false"
                inputmode=[field.inputmode] aria-describedby=[described_by(&id, field.hint.is_some(), error.is_some())]
                aria-invalid=[error.map(|_| "true")];
        }
    }
}

/// Options to choose one from, each with its group, value and label.
pub(crate) fn select(typed: &Typed, path: &str, label: &str, hint: Option<&str>, options: &[(String, String, String)]) -> Markup {
    let (id, error) = (id(path), typed.error(path));
    html! {
        div.field.wrong[error.is_some()] {
            label for=(id) { (label) }
            @if let Some(hint) = hint { p.hint #{ (id) "-hint" } { (hint) } }
            (message(&id, error))
            select #(id) name=(path) aria-describedby=[described_by(&id, hint.is_some(), error.is_some())] aria-invalid=[error.map(|_| "true")] {
                option value="" { "请选择" }
                @for group in options.chunk_by(|one, other| one.0 == other.0) {
                    @if group[0].0.is_empty() { (choices(typed, path, group)) }
                    @else { optgroup label=(group[0].0) { (choices(typed, path, group)) } }
                }
            }
        }
    }
}

fn choices(typed: &Typed, path: &str, options: &[(String, String, String)]) -> Markup {
    html! {
        @for (_, value, label) in options { option value=(value) selected[typed.ticked(path, value)] { (label) } }
    }
}

/// Radio buttons, or check boxes where several may be ticked; each option with value, label and hint.
pub(crate) fn ticks(typed: &Typed, path: &str, legend: &str, several: bool, options: &[(&str, &str, &str)]) -> Markup {
    let (id, error) = (id(path), typed.error(path));
    let kind = if several { "checkbox" } else { "radio" };
    html! {
        fieldset.wrong[error.is_some()] aria-describedby=[described_by(&id, false, error.is_some())] {
            legend { (legend) }
            (message(&id, error))
            div.options {
                @for (at, (value, label, hint)) in options.iter().enumerate() {
                    @let own = if at == 0 { id.clone() } else { format!("{id}-{at}") };
                    div.option {
                        input #(own) type=(kind) name=(path) value=(value) checked[typed.ticked(path, value)];
                        label for=(own) { (label) @if !hint.is_empty() { span.hint { "　" (hint) } } }
                    }
                }
            }
        }
    }
}
