//! Fields of forms: label above, hint and message inside, everything typed kept.

use maud::{Markup, html};

use crate::forms::Filled;

/// The id of the element a message about this field leads to.
pub(crate) fn id(path: &str) -> String {
    path.replace('.', "-")
}

/// A field for one line of text.
pub(crate) struct Line<'a> {
    /// `group.name` of the fact.
    pub(crate) path: &'a str,
    /// Chinese name.
    pub(crate) label: &'a str,
    /// Help between label and field.
    pub(crate) hint: Option<&'a str>,
    /// The unit after the field.
    pub(crate) unit: Option<String>,
}

/// A line with its label, unit and message.
pub(crate) fn line(filled: &Filled, field: &Line) -> Markup {
    let (id, error) = (id(field.path), filled.error(field.path));
    let described = described_by(&id, field.hint.is_some(), error.is_some());
    html! {
        div.field.wrong[error.is_some()] {
            label for=(id) { (field.label) @if let Some(unit) = &field.unit { span.hidden { "（" (unit) "）" } } }
            @if let Some(hint) = field.hint { p.hint #{ (id) "-hint" } { (hint) } }
            (message(&id, error))
            div.with-unit {
                input #(id) name=(field.path) type="text" inputmode="decimal" autocomplete="off"
                    value=(filled.typed.text(field.path)) aria-describedby=[described]
                    aria-invalid=[error.map(|_| "true")];
                @if let Some(unit) = &field.unit { span.unit aria-hidden="true" { (unit) } }
            }
        }
    }
}

/// Options no longer than this stand side by side.
const SHORT_CHARS: usize = 12;

/// One option of a group.
pub(crate) struct Choice {
    /// What is sent.
    pub(crate) value: String,
    /// What is read.
    pub(crate) label: Markup,
    /// Ticked alone only.
    pub(crate) alone: bool,
}

/// Options under one path.
pub(crate) struct Group<'a> {
    /// `group.name` of the fact.
    pub(crate) path: &'a str,
    /// What is asked, read before every option.
    pub(crate) legend: Markup,
    /// Help, clauses, figures: between the question and its options.
    pub(crate) help: Markup,
    /// Whether several may be chosen.
    pub(crate) several: bool,
    /// In the form's order.
    pub(crate) choices: Vec<Choice>,
}

/// A group of radio buttons or check boxes.
pub(crate) fn group(filled: &Filled, group: &Group) -> Markup {
    let (id, error) = (id(group.path), filled.error(group.path));
    html! {
        fieldset.wrong[error.is_some()] aria-describedby=[described_by(&id, false, error.is_some())] {
            legend { (group.legend) }
            (group.help)
            (message(&id, error))
            (options(filled, group))
        }
    }
}

/// The options of a group alone; the first one has the id that messages lead to.
pub(crate) fn options(filled: &Filled, group: &Group) -> Markup {
    let id = id(group.path);
    let short = group.choices.iter().all(|choice| choice.label.0.chars().count() <= SHORT_CHARS);
    html! {
        div.options.short[short] {
            @for (at, choice) in group.choices.iter().enumerate() {
                (option(filled, group, choice, &if at == 0 { id.clone() } else { format!("{id}-{at}") }))
            }
        }
    }
}

fn option(filled: &Filled, group: &Group, choice: &Choice, id: &str) -> Markup {
    let none = choice.value.is_empty() && filled.typed.text(group.path).is_empty();
    let checked = none || filled.typed.ticked(group.path, &choice.value) && !choice.value.is_empty();
    let kind = if group.several { "checkbox" } else { "radio" };
    html! {
        div.option {
            input #(id) type=(kind) name=(group.path) value=(choice.value) checked[checked] data-alone[choice.alone];
            label for=(id) { (choice.label) }
        }
    }
}

/// The message of a field.
pub(crate) fn message(id: &str, error: Option<&str>) -> Markup {
    html! {
        @if let Some(error) = error {
            p.error #{ (id) "-error" } { span.hidden { "需要修改：" } (error) }
        }
    }
}

pub(crate) fn described_by(id: &str, hint: bool, error: bool) -> Option<String> {
    let parts = [(hint, "-hint"), (error, "-error")];
    let parts: Vec<String> = parts.iter().filter(|(is, _)| *is).map(|(_, end)| format!("{id}{end}")).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}
