//! Looking at what a table would change, and taking it in: all of it or nothing.

use records::access::Acting;
use records::import::{Import, ImportEvent};
use records::{Noun as _, Refusal};
use store::{Bulk, Change, Commit, DraftKey, Index, StoreError};

use super::decide::{AT_ONCE, Decided, Deciding};
use super::entries::{self, Entries, Problems};
use super::{Counts, Preview, Table, Target, payments, rows};
use crate::ServiceError;
use crate::desk::Desk;
use crate::on_file::{self, PLATFORM};

/// What a table would change and what is wrong with it; nothing is written.
///
/// # Errors
/// The person may not take such a table in, or the file is no table.
pub async fn preview(desk: &Desk<'_>, acting: &Acting, target: &Target, table: &Table) -> Result<Preview, ServiceError> {
    if let Target::Rows(of) = target {
        return rows::preview(desk, acting, of, table).await;
    }
    if let Target::Payments { list } = target {
        return payments::preview(desk, acting, list, table).await;
    }
    target.only_bureau(desk, acting)?;
    let mut entries = entries::read(target, table, desk.today()).await?;
    let mut problems = std::mem::take(&mut entries.problems);
    let mut counts = Counts { rows: entries.reading.rows, ..Counts::default() };
    let deciding = deciding(desk, acting, target, &entries)?;
    for part in entries.all.chunks(AT_ONCE) {
        let decided = deciding.part(part).await?;
        sum(&mut counts, &decided.counts);
        decided.problems.into_iter().for_each(|problem| problems.add(problem));
    }
    Ok(shown(entries, problems, counts))
}

/// Takes a table in; answers what it changed. Where it changes nothing, nothing is written, not even that it was sent.
///
/// # Errors
/// The person may not; a refusal where anything is wrong with it: then nothing of it is taken in;
/// [`ServiceError::Conflict`] if somebody changed what it is about in between.
pub async fn take_in(
    desk: &Desk<'_>,
    acting: &Acting,
    target: &Target,
    table: &Table,
    done: Option<DraftKey>,
) -> Result<Counts, ServiceError> {
    if let Target::Rows(of) = target {
        let counts = rows::take_in(desk, acting, of, table).await?;
        return drop_draft(desk, done).await.map(|()| counts);
    }
    if let Target::Payments { list } = target {
        return payments::take_in(desk, acting, list, table, done).await;
    }
    target.only_bureau(desk, acting)?;
    let entries = entries::read(target, table, desk.today()).await?;
    if entries.problems.count > 0 {
        return Err(unfit(entries.problems.count).into());
    }
    let deciding = deciding(desk, acting, target, &entries)?;
    let mut bulk = desk.store.begin_bulk(&chains(target)).await?;
    let mut counts = Counts { rows: entries.reading.rows, ..Counts::default() };
    for part in entries.all.chunks(AT_ONCE) {
        let decided = deciding.part(part).await?;
        if !decided.problems.is_empty() {
            return Err(unfit(decided.problems.len()).into());
        }
        sum(&mut counts, &decided.counts);
        write(&mut bulk, &deciding, decided).await?;
    }
    if counts.changes() {
        let last = commit(&deciding, PLATFORM, vec![taken_in(&deciding, table, counts)?]);
        bulk.write(&Commit { drafts_done: done.into_iter().collect(), ..last }).await?;
        bulk.finish().await?;
        return Ok(counts);
    }
    drop(bulk);
    drop_draft(desk, done).await.map(|()| counts)
}

pub(super) async fn drop_draft(desk: &Desk<'_>, done: Option<DraftKey>) -> Result<(), ServiceError> {
    match done {
        Some(key) => Ok(desk.store.drop_draft(key).await?),
        None => Ok(()),
    }
}

fn deciding<'a>(desk: &'a Desk<'a>, acting: &'a Acting, target: &'a Target, entries: &'a Entries) -> Result<Deciding<'a>, ServiceError> {
    Ok(Deciding { desk, acting, target, kind: target.kind(desk)?, entries, import: desk.edge.id().into() })
}

fn chains(target: &Target) -> Vec<&str> {
    match target {
        Target::Organisations { .. } | Target::Rows(_) | Target::Payments { .. } => vec![PLATFORM],
        Target::Roster { programme, .. } => vec![PLATFORM, programme],
    }
}

pub(super) fn unfit(problems: usize) -> Refusal {
    Refusal::new(format!("表格有{problems}处问题，没有导入任何内容。请逐处改正后再导入。"))
}

fn sum(counts: &mut Counts, more: &Counts) {
    counts.new += more.new;
    counts.changed += more.changed;
    counts.same += more.same;
    counts.kept += more.kept;
}

fn shown(entries: Entries, mut problems: Problems, counts: Counts) -> Preview {
    problems.first.sort_by_key(|problem| (problem.row, problem.column));
    Preview {
        counts,
        problem_count: problems.count,
        problems: problems.first,
        unknown: entries.reading.unknown,
        heads: entries.reading.heads,
    }
}

async fn write(bulk: &mut Bulk, deciding: &Deciding<'_>, decided: Decided) -> Result<(), ServiceError> {
    let programme = chains(deciding.target).pop().unwrap_or(PLATFORM);
    for (chain, changes) in [(PLATFORM, decided.platform), (programme, decided.programme)] {
        if !changes.is_empty() {
            bulk.write(&commit(deciding, chain, changes)).await.map_err(overtaken)?;
        }
    }
    Ok(())
}

/// A credit code that is taken by now was registered while the table was looked at.
fn overtaken(error: StoreError) -> ServiceError {
    match error {
        StoreError::Taken => ServiceError::Conflict,
        other => other.into(),
    }
}

fn commit(deciding: &Deciding<'_>, chain: &str, changes: Vec<Change>) -> Commit {
    let who = on_file::who(&deciding.acting.by());
    Commit { programme: chain.to_owned(), at_unix_ms: deciding.desk.edge.now.0, who, changes, ..Commit::default() }
}

fn taken_in(deciding: &Deciding<'_>, table: &Table, counts: Counts) -> Result<Change, ServiceError> {
    let import = Import {
        id: deciding.import.clone(),
        organisation: deciding.acting.organisation.clone(),
        label: deciding.target.name(deciding.desk)?,
        file: table.name.clone(),
        digest: table.digest.clone(),
        corrected: table.corrections.len(),
        counts,
        at: deciding.desk.edge.now,
        by: deciding.acting.by(),
    };
    let event = ImportEvent::TakenIn { import };
    let after = Import::fold(None, &event).ok_or(ServiceError::Broken)?;
    on_file::change_with(deciding.import.as_str(), 0, &[event], &after, Index::None)
}
