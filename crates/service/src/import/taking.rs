//! A table that is being taken in, whatever it is about.

use std::future::Future;

use records::Noun as _;
use records::access::Acting;
use records::ids::ImportId;
use records::import::{Import, ImportEvent};
use store::{Change, Commit, Index};

use super::decide::Decided;
use super::entries::Entries;
use super::{Counts, Table, Target};
use crate::ServiceError;
use crate::desk::Desk;
use crate::on_file;

/// Entries that are looked up at once.
pub(super) const AT_ONCE: usize = 500;

/// A table, by whom it is taken in, and what it says.
pub(super) struct Taking<'a, E> {
    pub(super) desk: &'a Desk<'a>,
    pub(super) acting: &'a Acting,
    pub(super) target: &'a Target,
    pub(super) entries: Entries<E>,
    /// The id it is taken in under.
    pub(super) import: ImportId,
}

/// How a table is decided on, some hundreds of entries at a time.
pub(super) trait Decides<'a>: Sync {
    /// What a row says.
    type Entry: Send + Sync + 'a;

    /// The table.
    fn taking(&self) -> &Taking<'a, Self::Entry>;

    /// Decides on a part, looked at beside what is on file.
    fn part(&self, part: &[Self::Entry]) -> impl Future<Output = Result<Decided, ServiceError>> + Send;
}

impl<E> Taking<'_, E> {
    /// The chains it may write to, that of the platform first.
    pub(super) fn chains(&self) -> Vec<&str> {
        match self.target {
            Target::Roster { programme, .. } => vec![on_file::PLATFORM, programme],
            Target::Organisations { .. } | Target::Products | Target::Rows(_) => vec![on_file::PLATFORM],
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
            corrected: table.corrections.len(),
            counts,
            at: self.desk.edge.now,
            by: self.acting.by(),
        };
        let event = ImportEvent::TakenIn { import };
        let after = Import::fold(None, &event).ok_or(ServiceError::Broken)?;
        on_file::change_with(self.import.as_str(), 0, &[event], &after, Index::None)
    }
}
