//! Sections in order, each under its heading; those that do not apply are left out.

use maud::{Markup, html};
use policy::pack::{Body, Field, Form, Section};
use service::application::of_section;

use super::assessed;
use super::field::{Drawn, Place, field, note};
use super::promise::promise;
use super::rows::rows;
use super::{Mode, Sheet, view};
use crate::components::clause::cites;

/// What the word of the button begins with that leads to filling in rows from files; the row kind follows.
pub(crate) const FROM_FILES: &str = "files:";

/// The name under which a page says which sections it shows.
pub(crate) const SHOWN: &str = "shown";

/// The forms of a sheet, to fill in or, in [`Mode::Read`], to read.
pub(crate) fn fields(sheet: &Sheet) -> Markup {
    if sheet.mode == Mode::Read {
        return view(sheet);
    }
    let drawn = Drawn::new(sheet);
    let titled = sheet.forms.len() > 1;
    html! { @for form in &sheet.forms { (one(&drawn, form, titled)) } }
}

fn one<'a>(drawn: &Drawn<'a>, form: &'a Form, titled: bool) -> Markup {
    html! {
        @if titled { h2 { (form.label) } }
        (head(drawn.sheet, form))
        @for part in form.sections.iter().filter(|part| drawn.computed.applies(part)) { (section(drawn, form, part)) }
        @if !form.promises.is_empty() { input type="hidden" name=(SHOWN) value=(form.id); }
        @for one in &form.promises { (promise(drawn.sheet, one)) }
    }
}

/// The clauses of a form and what is said above it.
pub(super) fn head(sheet: &Sheet, form: &Form) -> Markup {
    html! {
        @if !form.clause.is_empty() { p.hint { (cites(sheet.pack, &form.clause)) } }
        @if let Some(note) = &form.note { div.notice { p { (note) } } }
    }
}

/// `form.section`, under which a page says that it shows it.
pub(super) fn id(form: &Form, section: &Section) -> String {
    format!("{}.{}", form.id, section.id)
}

fn section<'a>(drawn: &Drawn<'a>, form: &'a Form, section: &'a Section) -> Markup {
    let anchor = format!("section-{}", section.id);
    html! {
        section.sheet-section aria-labelledby=[(!section.label.is_empty()).then_some(&anchor)] {
            @if !section.label.is_empty() { h2 #(anchor) { (section.label) } }
            input type="hidden" name=(SHOWN) value=(id(form, section));
            @if !section.clause.is_empty() { p.hint { (cites(drawn.sheet.pack, &section.clause)) } }
            @if let Some(hint) = &section.hint { p.hint { (hint) } }
            @for one in drawn.sheet.notes_at(&of_section(&form.id, &section.id)) { (note(drawn.sheet.pack, one)) }
            @match &section.body {
                Body::Fields(all) => (cases(drawn, all)),
                Body::Rows { kind, fields } => {
                    @if section.invoice.is_some() && drawn.sheet.mode == Mode::Fill { (from_files(&drawn.sheet.pack.kinds[*kind as usize].id)) }
                    (rows(drawn, &form.id, *kind, fields))
                },
                Body::Questions { evidence } => (assessed::questions(drawn, *evidence)),
                Body::Scenarios { evidence } => (assessed::scenarios(drawn, *evidence)),
            }
        }
    }
}

/// To the page on which rows are filled in from files; what was typed is saved on the way.
fn from_files(kind: &str) -> Markup {
    html! { p { button.second type="submit" name="do" value=(format!("{FROM_FILES}{kind}")) { "上传电子发票，自动填写" } } }
}

fn cases<'a>(drawn: &Drawn<'a>, fields: &'a [Field]) -> Markup {
    html! { @for one in fields { (field(drawn, Place { field: one, row: None })) } }
}
