//! A field with all that stands around its control: label, hint, clause, what the applicant stated, remarks, message.

use maud::{Markup, html};
use policy::pack::{Field, FieldKind, Pack};
use records::answers::RowAnswers;

use super::ask::{Ask, Line, ask};
use super::computed::Computed;
use super::control::{self, Spot};
use super::{Mode, Note, Sheet, known, said, table};
use crate::components::clause::cites;
use crate::components::field::{id, message};

/// A sheet being drawn.
pub(super) struct Drawn<'a> {
    pub(super) sheet: &'a Sheet<'a>,
    pub(super) computed: Computed<'a>,
}

impl<'a> Drawn<'a> {
    /// Computes the sheet's case.
    pub(super) fn new(sheet: &'a Sheet<'a>) -> Self {
        Self { sheet, computed: Computed::of(sheet) }
    }
}

/// A field where it stands: in the case, or in a row.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) field: &'a Field,
    /// The row kind and the row.
    pub(super) row: Option<(&'a str, &'a RowAnswers)>,
}

impl<'a> Place<'a> {
    /// Where messages about it lead.
    pub(super) fn path(&self) -> String {
        match self.row {
            Some((kind, row)) => format!("{kind}.{}.{}", row.id, self.name()),
            None => self.field.path.clone(),
        }
    }

    /// A fact's name in its group.
    pub(super) fn name(&self) -> &'a str {
        self.field.path.split_once('.').map_or(self.field.path.as_str(), |(_, name)| name)
    }

    fn sent(&self) -> String {
        match self.row {
            Some(_) => format!("row.{}", self.path()),
            None => self.path(),
        }
    }

    /// What was typed.
    pub(super) fn text(&self, sheet: &Sheet<'a>) -> &'a str {
        match self.row {
            Some((_, row)) => super::text(row, self.name()),
            None => sheet.answers.text(&self.field.path),
        }
    }

    /// Whether it is asked of a row that the applicant filed.
    fn of_applicant(&self, sheet: &Sheet) -> bool {
        let filed = sheet.filed.filter(|_| sheet.mode == Mode::Official);
        filed.zip(self.row).is_some_and(|(filed, (kind, row))| super::find(filed.rows(kind), &row.id).is_some())
    }

    fn filed(&self, sheet: &Sheet<'a>) -> Option<&'a str> {
        let filed = sheet.filed.filter(|_| sheet.mode == Mode::Official)?;
        let text = match self.row {
            Some((kind, row)) => super::text(super::find(filed.rows(kind), &row.id)?, self.name()),
            None => filed.text(&self.field.path),
        };
        Some(text).filter(|text| !text.is_empty())
    }
}

/// A field of the sheet.
pub(super) fn field<'a>(drawn: &Drawn<'a>, place: Place<'a>) -> Markup {
    if let Some(known) = known::known(drawn.sheet, place) {
        return shown(drawn, place, &known.text, &known.from);
    }
    match ask(drawn.sheet, place.field) {
        Ask::Shown(reg) => {
            let text = drawn.computed.value(reg).unwrap_or_else(|| said::OPEN.to_owned());
            shown(drawn, place, &text, "系统计算")
        }
        Ask::Options { several, options } => grouped(drawn, place, |spot| control::options(spot, several, &options)),
        Ask::Table { columns, lines } => grouped(drawn, place, |_| table::table(drawn.sheet, place.field, columns, lines)),
        Ask::Line(line) => labelled(drawn, place, line.unit.as_deref(), line.example, |spot| control::line(spot, &line)),
        Ask::Area { min_chars, max_chars } => labelled(drawn, place, None, None, |spot| control::area(spot, min_chars, max_chars)),
        Ask::Select(options) => labelled(drawn, place, None, None, |spot| control::select(spot, &options, None)),
    }
}

/// Not to be filled in: what the platform knows, or computes.
fn shown(drawn: &Drawn, place: Place, text: &str, from: &str) -> Markup {
    let computed = matches!(place.field.kind, FieldKind::Shown(_)).then(|| place.path());
    let error = drawn.sheet.error(&place.path());
    html! {
        div.field.given.wrong[error.is_some()] #(id(&place.path())) tabindex="-1" {
            p.name { (place.field.label) " " span.tag { (from) } }
            @if let Some(hint) = &place.field.hint { p.hint { (hint) } }
            @for one in drawn.sheet.notes_at(&place.path()) { (note(drawn.sheet.pack, one)) }
            (message(&id(&place.path()), error))
            p.value { output data-shown=[computed] { (text) } @if let Some(unit) = shown_unit(place, text) { (unit) } }
        }
    }
}

fn shown_unit<'a>(place: Place<'a>, text: &str) -> Option<&'a str> {
    let figure = text.ends_with(|last: char| last.is_ascii_digit()) && matches!(place.field.kind, FieldKind::Shown(_));
    place.field.unit.as_deref().filter(|_| figure)
}

fn spot<'a>(drawn: &Drawn<'a>, place: Place<'a>, hint: bool) -> Spot<'a> {
    let path = place.path();
    let wrong = drawn.sheet.error(&path).is_some();
    let ends = [(hint, "-hint"), (wrong, "-error")].into_iter().filter(|(is, _)| *is);
    let described = ends.map(|(_, end)| format!("{}{end}", id(&path))).collect::<Vec<_>>().join(" ");
    let described = (!described.is_empty()).then_some(described);
    Spot { name: place.sent(), path, text: place.text(drawn.sheet), described, wrong }
}

fn labelled<'a>(
    drawn: &Drawn<'a>,
    place: Place<'a>,
    unit: Option<&str>,
    example: Option<&'static str>,
    control: impl Fn(&Spot) -> Markup,
) -> Markup {
    let hint = place.field.hint.as_deref().or(example);
    let spot = spot(drawn, place, hint.is_some());
    html! {
        div.field.wrong[spot.wrong] {
            label for=(id(&spot.path)) { (asked(drawn, place)) @if let Some(unit) = unit { span.hidden { "（" (unit) "）" } } }
            (around(drawn, place, hint))
            (control(&spot))
        }
    }
}

fn grouped<'a>(drawn: &Drawn<'a>, place: Place<'a>, control: impl Fn(&Spot) -> Markup) -> Markup {
    let hint = place.field.hint.as_deref();
    let spot = spot(drawn, place, hint.is_some());
    html! {
        fieldset.field.wrong[spot.wrong] aria-describedby=[spot.described.as_deref()] {
            legend { (asked(drawn, place)) }
            (around(drawn, place, hint))
            (control(&spot))
        }
    }
}

/// The label, and whether it must be filled in. What is asked of an applicant's row must be answered only where the rules wait for it.
fn asked(drawn: &Drawn, place: Place) -> Markup {
    let must = place.field.required && !place.of_applicant(drawn.sheet);
    html! { (place.field.label) @if must { " " span.must { "必填" } } }
}

fn around<'a>(drawn: &Drawn<'a>, place: Place<'a>, hint: Option<&str>) -> Markup {
    let path = place.path();
    html! {
        @if let Some(hint) = hint { p.hint #(format!("{}-hint", id(&path))) { (hint) } }
        @if !place.field.clause.is_empty() { p.hint { (cites(drawn.sheet.pack, &place.field.clause)) } }
        @if let Some(filed) = place.filed(drawn.sheet) { p.filed { "申报填写：" (said::text(drawn.sheet, place.field, filed)) } }
        @for one in drawn.sheet.notes_at(&path) { (note(drawn.sheet.pack, one)) }
        (message(&id(&path), drawn.sheet.error(&path)))
    }
}

/// A note beside a field.
pub(super) fn note(pack: &Pack, note: &Note) -> Markup {
    remark(pack, &note.label, &note.text, &note.clause)
}

/// Something said of a field or of a whole form, with its clauses.
pub(crate) fn remark(pack: &Pack, label: &str, text: &str, clause: &str) -> Markup {
    html! { p.remark { strong { (label) "：" } (text) " " (cites(pack, clause)) } }
}

/// A line of the sheet's own beside something of the pack: the evidence of a question.
pub(super) fn own_line<'a>(drawn: &Drawn<'a>, path: &str, label: &str, hint: &str) -> Markup {
    let (id, wrong) = (id(path), drawn.sheet.error(path));
    let spot = Spot {
        name: path.to_owned(),
        path: path.to_owned(),
        text: drawn.sheet.answers.text(path),
        described: Some(format!("{id}-hint")),
        wrong: wrong.is_some(),
    };
    html! {
        div.field.wrong[wrong.is_some()] {
            label for=(id) { (label) }
            p.hint #(format!("{id}-hint")) { (hint) }
            (message(&id, wrong))
            (control::line(&spot, &Line { kind: "text", ..Line::default() }))
        }
    }
}
