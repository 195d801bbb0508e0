//! A table that is being taken in, whatever it is about.

use papers::sheet_in::{Problem, Reading, Template};
use records::access::Acting;
use records::ids::ImportId;
use records::import::{Import, ImportEvent};
use store::{Change, Commit};

use super::decide::{Decided, Deciding};
use super::entries::{Entries, Problems};
use super::take_in::rows_left_out;
use super::{Counts, Table, Target, products};
use crate::ServiceError;
use crate::desk::Desk;
use crate::on_file;

/// Entries that are looked up at once.
const AT_ONCE: usize = 500;

/// A table, and by whom it is taken in; what each of its rows says stands beside it.
pub(super) struct Taking<'a> {
    pub(super) desk: &'a Desk<'a>,
    pub(super) acting: &'a Acting,
    pub(super) target: &'a Target,
    pub(super) template: Template,
    pub(super) reading: Reading,
    pub(super) problems: Problems,
    /// The id it is taken in under.
    pub(super) import: ImportId,
}

/// How a table is decided on, some hundreds of entries at a time.
pub(super) enum Decider<'a> {
    Organisations(Deciding<'a>),
    Products(products::Deciding<'a>),
}

impl<'a> Decider<'a> {
    /// The table.
    pub(super) fn taking(&self) -> &Taking<'a> {
        match self {
            Self::Organisations(deciding) => &deciding.taking,
            Self::Products(deciding) => &deciding.taking,
        }
    }

    /// How many parts it has.
    pub(super) fn parts(&self) -> usize {
        let entries = match self {
            Self::Organisations(deciding) => deciding.all.len(),
            Self::Products(deciding) => deciding.all.len(),
        };
        entries.div_ceil(AT_ONCE)
    }

    /// Decides on a part, counted from 0, looked at beside what is on file.
    pub(super) async fn part(&self, at: usize) -> Result<Decided, ServiceError> {
        match self {
            Self::Organisations(deciding) => deciding.part(deciding.all.chunks(AT_ONCE).nth(at).unwrap_or_default()).await,
            Self::Products(deciding) => deciding.part(deciding.all.chunks(AT_ONCE).nth(at).unwrap_or_default()).await,
        }
    }
}

impl<'a> Taking<'a> {
    /// A table as it was read, and what its rows say.
    pub(super) fn of<E>(desk: &'a Desk<'a>, acting: &'a Acting, target: &'a Target, entries: Entries<E>) -> (Self, Vec<E>) {
        let Entries { template, reading, all, problems } = entries;
        (Self { desk, acting, target, template, reading, problems, import: desk.edge.id().into() }, all)
    }

    /// Something that does not go with what is on file: what, and what to do about it.
    pub(super) fn problem(&self, row: usize, name: &str, text: &str, what: &str, remedy: &str) -> Problem {
        self.reading.problem(&self.template, row, name, text, (what.to_owned(), remedy.to_owned()))
    }

    /// The chains it may write to, that of the platform first.
    pub(super) fn chains(&self) -> Vec<&str> {
        match self.target {
            Target::Roster { programme, .. } => vec![on_file::PLATFORM, programme],
            _ => vec![on_file::PLATFORM],
        }
    }

    /// What is written into a chain.
    pub(super) fn commit(&self, chain: &str, changes: Vec<Change>) -> Commit {
        let who = on_file::who(&self.acting.by());
        Commit { programme: chain.to_owned(), at_unix_ms: self.desk.edge.now.0, who, changes, ..Commit::default() }
    }

    /// That it was taken in.
    pub(super) fn taken_in(&self, table: &Table, counts: Counts) -> Result<Change, ServiceError> {
        let import = Import {
            id: self.import.clone(),
            organisation: self.acting.organisation.clone(),
            label: self.target.name(self.desk)?,
            file: table.name.clone(),
            digest: table.digest.clone(),
            corrected: table.corrections.retyped(),
            left_out: rows_left_out(&self.reading),
            counts,
            at: self.desk.edge.now,
            by: self.acting.by(),
        };
        on_file::change::<Import>(self.import.as_str(), None, &[ImportEvent::TakenIn { import }])
    }
}
