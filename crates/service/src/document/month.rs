//! What the journal says of a month in one place: what happened in it, and where everything stood at its end.

use std::collections::{BTreeMap, BTreeSet};

use journal::Entry;
use records::access::Acting;
use records::application::{Application, ApplicationEvent, FileWord};
use records::{Moment, Noun as _};
use standards::Date;

use crate::ServiceError;
use crate::desk::Desk;
use crate::on_file::place_path;

/// Entries read at once.
const AT_ONCE: i64 = 1_000;

/// What happened in a month to the files of one procedure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Happened {
    /// First handed in.
    pub submitted: i64,
    /// Returned for correction.
    pub returned: i64,
    /// Refused.
    pub refused: i64,
    /// Decided: how many.
    pub decided: i64,
    /// Decided: how much, in fen.
    pub decided_fen: i64,
    /// Paid: how many.
    pub paid: i64,
    /// Paid: how much, in fen.
    pub paid_fen: i64,
    /// Ended well.
    pub concluded: i64,
}

impl Happened {
    /// Counts an event.
    pub fn count(&mut self, event: &ApplicationEvent) {
        use ApplicationEvent as E;
        match event {
            E::Signed { number: Some(_), .. } => self.submitted += 1,
            E::Returned { .. } => self.returned += 1,
            E::Refused { .. } => self.refused += 1,
            E::Decided { receipt, .. } => {
                self.decided += 1;
                self.decided_fen += receipt.award_fen.unwrap_or(0);
            }
            E::Paid { fen, .. } => {
                self.paid += 1;
                self.paid_fen += fen;
            }
            E::Concluded { .. } => self.concluded += 1,
            _ => {}
        }
    }
}

/// Where the files that were handed in stood on a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stood {
    /// By procedure.
    pub by_procedure: BTreeMap<String, Sums>,
    /// How many in each state.
    pub by_state: BTreeMap<FileWord, i64>,
}

/// How many files there are of a procedure, and what they come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// How many.
    pub files: i64,
    /// Recognised cost of what was decided, in fen.
    pub recognised_fen: i64,
    /// What was decided, in fen.
    pub award_fen: i64,
}

impl Stood {
    /// With a file as it stood; one that its applicant still prepares is nobody else's business.
    fn with(mut self, file: &Application) -> Self {
        if file.word() == FileWord::Preparing {
            return self;
        }
        let sums = self.by_procedure.entry(file.procedure.clone()).or_default();
        sums.files += 1;
        sums.recognised_fen += file.decision.as_ref().and_then(|decision| decision.receipt.recognised_fen).unwrap_or(0);
        sums.award_fen += file.award_fen().unwrap_or(0);
        *self.by_state.entry(file.word()).or_default() += 1;
        self
    }
}

/// What happened in the month that begins on a day, by procedure, and where the files of a person's place stood when it ended, or
/// stand now if it has not: all from the journal, so that a report on a past month says what one made then would have said.
pub(super) async fn month(
    desk: &Desk<'_>,
    acting: &Acting,
    programme: &str,
    first: Date,
) -> Result<(BTreeMap<String, Happened>, Stood), ServiceError> {
    let (from_ms, until_ms) = (Moment::start_of(first).0, Moment::start_of(first.add_months(1)).0);
    let (mut happened, mut files): (BTreeMap<String, Happened>, BTreeMap<String, Application>) = Default::default();
    let mut after = 0;
    loop {
        let entries = desk.store.entries_within(programme, Application::NOUN, [0, until_ms], after, AT_ONCE).await?;
        let Some(last) = entries.last() else { break };
        after = last.seq;
        let procedures = procedures(desk, acting, &entries).await?;
        for entry in &entries {
            let Some(procedure) = procedures.get(&entry.id) else { continue };
            let event: ApplicationEvent = serde_json::from_str(&entry.event).map_err(|_| ServiceError::Broken)?;
            if entry.at_unix_ms >= from_ms {
                happened.entry(procedure.clone()).or_default().count(&event);
            }
            let before = files.remove(&entry.id);
            files.extend(Application::fold(before, &event).map(|file| (entry.id.clone(), slim(file))));
        }
    }
    Ok((happened, files.values().fold(Stood::default(), Stood::with)))
}

/// A file without its answers, which no figure needs: a year of a city fits into memory.
fn slim(mut file: Application) -> Application {
    file.filed = Default::default();
    file.stated.clear();
    file.participants.iter_mut().for_each(|one| one.answers = Default::default());
    if let Some(decision) = &mut file.decision {
        decision.inputs = Default::default();
    }
    file
}

/// The procedures of the files that entries are about, of a person's place and the places within it.
async fn procedures(desk: &Desk<'_>, acting: &Acting, entries: &[Entry]) -> Result<BTreeMap<String, String>, ServiceError> {
    let ids: BTreeSet<String> = entries.iter().map(|entry| entry.id.clone()).collect();
    let own = place_path(&acting.place);
    let inside = |path: &str| path == own || path.starts_with(&format!("{own}/"));
    let rows = desk.store.applications_by_id(&Vec::from_iter(ids)).await?;
    Ok(rows.into_iter().filter(|row| inside(&row.place_path)).map(|row| (row.id, row.procedure)).collect())
}
