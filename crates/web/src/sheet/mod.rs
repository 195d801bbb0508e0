//! Forms of a pack as pages, and what was posted as answers.
//!
//! Invariant: nothing here knows a form; every heading, field, limit and promise comes from the pack. Whatever was typed
//! stands in its field again exactly as it was typed.

mod act;
mod ask;
mod assessed;
mod computed;
mod control;
mod field;
mod frame;
mod known;
mod lines;
mod places;
mod promise;
mod read;
mod rows;
mod said;
mod section;
mod table;
#[cfg(test)]
mod tests;
mod view;

pub(crate) use act::Action;
pub(crate) use computed::{own_fields, places_shown, shown};
pub(crate) use field::remark;
pub(crate) use frame::{Frame, frame};
pub(crate) use places::holds;
pub(crate) use read::{merged, read, version};
pub(crate) use records::application::asked_at;
pub(crate) use section::{FROM_FILES, SHOWN, fields};
pub(crate) use view::view;

use policy::pack::{Form, Pack};
use records::FieldError;
use records::answers::{Answers, RowAnswers};
use records::application::Case;

/// Who fills a sheet in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// The applicant.
    Fill,
    /// An official, beside what the applicant stated.
    Official,
    /// Nobody: it is read.
    Read,
}

/// Something said beside a field: what to correct, what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Note {
    /// The field, as in errors.
    pub(crate) path: String,
    /// What kind of remark it is: 需补正, 核查.
    pub(crate) label: String,
    /// What is said.
    pub(crate) text: String,
    /// The clauses it follows.
    pub(crate) clause: String,
}

/// An organisation that may be chosen because it holds a standing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Holder {
    /// The procedure that grants the standing.
    pub(crate) standing: String,
    /// Its id.
    pub(crate) id: String,
    /// Its name.
    pub(crate) name: String,
}

/// Forms with what was answered.
#[derive(Clone, Debug)]
pub(crate) struct Sheet<'a> {
    /// The pack they stand in.
    pub(crate) pack: &'a Pack,
    /// The forms in order.
    pub(crate) forms: Vec<&'a Form>,
    /// What was typed.
    pub(crate) answers: &'a Answers,
    /// What is wrong.
    pub(crate) errors: &'a [FieldError],
    /// The case it makes: what the platform knows, what is computed, which sections apply.
    pub(crate) case: Option<&'a Case>,
    /// Who fills it in.
    pub(crate) mode: Mode,
    /// What the applicant stated; shown beside what an official states.
    pub(crate) filed: Option<&'a Answers>,
    /// Said beside fields.
    pub(crate) notes: &'a [Note],
    /// Who may be chosen.
    pub(crate) holders: &'a [Holder],
    /// Rows are filled in and neither added nor removed.
    pub(crate) fixed_rows: bool,
}

impl<'a> Sheet<'a> {
    /// Forms to fill in, with what was typed so far.
    pub(crate) fn new(pack: &'a Pack, forms: Vec<&'a Form>, answers: &'a Answers) -> Self {
        Self { pack, forms, answers, errors: &[], case: None, mode: Mode::Fill, filed: None, notes: &[], holders: &[], fixed_rows: false }
    }

    fn error(&self, path: &str) -> Option<&'a str> {
        self.errors.iter().find(|error| error.path == path).map(|error| error.message.as_str())
    }

    fn notes_at(&self, path: &str) -> impl Iterator<Item = &'a Note> {
        self.notes.iter().filter(move |note| note.path == path)
    }

    /// What the platform knows or computed under a path of the case.
    fn case_text(&self, path: &str) -> &'a str {
        self.case.map_or("", |case| case.inputs.text(path))
    }

    /// The same of a row.
    fn case_row_text(&self, kind: &str, row: &str, name: &str) -> &'a str {
        let row = self.case.and_then(|case| find(case.inputs.rows(kind), row));
        row.map_or("", |row| text(row, name))
    }
}

fn find<'r>(rows: &'r [RowAnswers], id: &str) -> Option<&'r RowAnswers> {
    rows.iter().find(|row| row.id == id)
}

fn text<'r>(row: &'r RowAnswers, name: &str) -> &'r str {
    row.texts.get(name).map_or("", String::as_str)
}
