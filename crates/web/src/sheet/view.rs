//! A sheet as it is read: the same definition, without anything to fill in.

use maud::{Markup, html};
use policy::pack::{Body, Field, FieldKind, Form, Section};
use policy::program::Kind;
use records::answers::RowAnswers;
use service::application::of_section;

use super::field::{Drawn, Place, note};
use super::section::head;
use super::{Sheet, assessed, known, lines, promise, said, table};
use crate::components::clause::cites;
use crate::components::field::id;
use crate::components::layout::wide;

/// The forms of a sheet, to be read.
pub(crate) fn view(sheet: &Sheet) -> Markup {
    let drawn = Drawn::new(sheet);
    html! {
        div.sheet-view {
            @for form in &sheet.forms { (one(&drawn, form)) }
        }
    }
}

fn one<'a>(drawn: &Drawn<'a>, form: &'a Form) -> Markup {
    html! {
        section aria-labelledby=(format!("form-{}", form.id)) {
            h2 #(format!("form-{}", form.id)) { (form.label) }
            (head(drawn.sheet, form))
            @for part in form.sections.iter().filter(|part| drawn.computed.applies(part)) { (section(drawn, form, part)) }
            @for one in &form.promises { (promise::read(drawn.sheet, one)) }
        }
    }
}

fn section<'a>(drawn: &Drawn<'a>, form: &Form, section: &'a Section) -> Markup {
    html! {
        section {
            @if !section.label.is_empty() { h3 { (section.label) " " (cites(drawn.sheet.pack, &section.clause)) } }
            @for one in drawn.sheet.notes_at(&of_section(&form.id, &section.id)) { (note(drawn.sheet.pack, one)) }
            @match &section.body {
                Body::Fields(fields) => (list(drawn, fields)),
                Body::Rows { kind, fields } => (rows(drawn, *kind, fields)),
                Body::Questions { evidence } => (assessed::read_questions(drawn.sheet, *evidence)),
                Body::Scenarios { evidence } => (assessed::read_scenarios(drawn.sheet, *evidence)),
            }
        }
    }
}

fn list<'a>(drawn: &Drawn<'a>, fields: &'a [Field]) -> Markup {
    html! { dl.facts { @for field in fields { (item(drawn, Place { field, row: None })) } } }
}

fn item<'a>(drawn: &Drawn<'a>, place: Place<'a>) -> Markup {
    let path = place.path();
    html! {
        dt #(id(&path)) tabindex="-1" { (place.field.label) }
        dd {
            (content(drawn, place))
            @if !place.field.clause.is_empty() { p { (cites(drawn.sheet.pack, &place.field.clause)) } }
            @for one in drawn.sheet.notes_at(&path) { (note(drawn.sheet.pack, one)) }
        }
    }
}

fn content<'a>(drawn: &Drawn<'a>, place: Place<'a>) -> Markup {
    let (sheet, field) = (drawn.sheet, place.field);
    if let Some(known) = known::known(sheet, place) {
        return html! { (known.text) " " span.tag { (known.from) } };
    }
    match &field.kind {
        FieldKind::Table { columns, lines } => table::read(sheet, field, columns, lines),
        FieldKind::Shown(reg) => html! { (drawn.computed.value(*reg).unwrap_or_else(|| "尚不能计算".to_owned())) },
        FieldKind::LongText { .. } => long(sheet, place),
        _ => html! { (said::text(sheet, field, place.text(sheet))) },
    }
}

/// A long text with its paragraphs, and how long it is.
fn long<'a>(sheet: &Sheet<'a>, place: Place<'a>) -> Markup {
    let text = place.text(sheet);
    let paragraphs = text.lines().filter(|line| !line.trim().is_empty());
    html! {
        @if text.is_empty() { (said::EMPTY) }
        @for paragraph in paragraphs { p { (paragraph) } }
        @if !text.is_empty() { p.quiet { "共" (policy::text_chars(text)) "字" } }
    }
}

fn rows(drawn: &Drawn, kind: Kind, fields: &[Field]) -> Markup {
    let declared = &drawn.sheet.pack.kinds[kind as usize];
    let rows = drawn.sheet.answers.rows(&declared.id);
    if rows.is_empty() {
        return html! { p { (said::EMPTY) } };
    }
    let above = drawn.sheet.pack.kinds[kind as usize].parent;
    let columns = 1 + usize::from(above > 0) + fields.len();
    let table = html! {
        @for one in drawn.sheet.notes_at(&declared.id) { (note(drawn.sheet.pack, one)) }
        table.stack.read.(width(columns)) {
            caption.hidden { (declared.label) }
            thead {
                tr {
                    th scope="col" { "序号" }
                    @if above > 0 { th scope="col" { "所属" (drawn.sheet.pack.kinds[above as usize].label) } }
                    @for field in fields { th.number[said::is_figure(drawn.sheet, field)] scope="col" { (field.label) } }
                }
            }
            tbody { @for (at, row) in rows.iter().enumerate() { (row_line(drawn, kind, fields, at, row)) (of_row(drawn, kind, fields, row)) } }
        }
    };
    wide(&declared.label, &table)
}

/// How much room so many columns need; with less, the rows are set as running lines.
fn width(columns: usize) -> &'static str {
    match columns {
        0..=5 => "few",
        6..=7 => "some",
        8..=10 => "many",
        _ => "most",
    }
}

fn row_line(drawn: &Drawn, kind: Kind, fields: &[Field], at: usize, row: &RowAnswers) -> Markup {
    let (sheet, declared) = (drawn.sheet, &drawn.sheet.pack.kinds[kind as usize]);
    html! {
        tr #(id(&format!("{}.{}", declared.id, row.id))) tabindex="-1" {
            th scope="row" { (at + 1) }
            @if declared.parent > 0 { td data-label=(sheet.pack.kinds[declared.parent as usize].label) { (above(sheet, declared.parent, row)) } }
            @for field in fields {
                @let place = Place { field, row: Some((&declared.id, row)) };
                td.number[said::is_figure(sheet, field)].blank[is_blank(sheet, place)] data-label=(field.label) {
                    (content(drawn, place))
                    @for one in sheet.notes_at(&place.path()) { (note(sheet.pack, one)) }
                }
            }
        }
    }
}

/// Whether nothing stands in a cell and nothing had to: a running line leaves it out.
fn is_blank(sheet: &Sheet, place: Place) -> bool {
    let own = matches!(place.field.kind, FieldKind::Shown(_) | FieldKind::Table { .. }) || known::known(sheet, place).is_some();
    !own && !place.field.required && place.text(sheet).is_empty() && sheet.notes_at(&place.path()).next().is_none()
}

/// What is said of a whole row, under it and as wide as it.
fn of_row(drawn: &Drawn, kind: Kind, fields: &[Field], row: &RowAnswers) -> Markup {
    let (sheet, declared) = (drawn.sheet, &drawn.sheet.pack.kinds[kind as usize]);
    let notes: Vec<_> = sheet.notes_at(&format!("{}.{}", declared.id, row.id)).collect();
    let columns = 1 + usize::from(declared.parent > 0) + fields.len();
    html! {
        @if !notes.is_empty() { tr { td colspan=(columns) { @for one in notes { (note(sheet.pack, one)) } } } }
    }
}

/// The row above in a word.
fn above(sheet: &Sheet, above: Kind, row: &RowAnswers) -> String {
    let rows = sheet.answers.rows(&sheet.pack.kinds[above as usize].id);
    let at = row.parent.as_deref().and_then(|parent| rows.iter().position(|row| row.id == parent));
    at.map_or(said::EMPTY.to_owned(), lines::number)
}
