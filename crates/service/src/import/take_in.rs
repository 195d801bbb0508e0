//! Looking at what a table would change, and taking it in: all of it or nothing.

use papers::sheet_in::Reading;
use records::Refusal;
use records::access::Acting;
use store::{Bulk, Commit, DraftKey, StoreError};

use super::decide::{Decided, Deciding};
use super::entries;
use super::taking::{Decider, Taking};
use super::{Counts, Preview, Table, Target, answers, payments, products, rows};
use crate::desk::Desk;
use crate::on_file::PLATFORM;
use crate::{ServiceError, compiled_once};

/// What a table would change and what is wrong with it; nothing is written.
///
/// # Errors
/// The person may not take such a table in, or the file is no table.
#[compiled_once]
pub async fn preview(desk: &Desk<'_>, acting: &Acting, target: &Target, table: &Table) -> Result<Preview, ServiceError> {
    target.only(desk, acting).await?;
    if let Target::Rows(of) = target {
        return rows::preview(desk, acting, of, table).await;
    }
    if let Target::Answers(of) = target {
        return answers::preview(desk, acting, of, table).await;
    }
    if let Target::ManyAnswers(of) = target {
        return answers::many::preview(desk, acting, of, table).await;
    }
    if let Target::Payments { list } = target {
        return payments::preview(desk, acting, list, table).await;
    }
    let decider = decider(desk, acting, target, table).await?;
    let Taking { reading, problems, .. } = decider.taking();
    let (mut problems, mut counts) = (problems.clone(), Counts { rows: reading.rows, ..Counts::default() });
    for at in 0..decider.parts() {
        let decided = decider.part(at).await?;
        sum(&mut counts, &decided.counts);
        decided.problems.into_iter().for_each(|problem| problems.add(problem));
    }
    Ok(Preview::of(reading.clone(), problems, counts))
}

/// What a table that was taken in came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// What it changed.
    pub counts: Counts,
    /// Rows of the file, from 1, that were left out because somebody said so.
    pub left_out: Vec<usize>,
}

impl Taken {
    pub(super) fn of(counts: Counts, reading: &Reading) -> Self {
        Self { counts, left_out: rows_left_out(reading) }
    }
}

/// The numbers of the rows that are left out.
pub(super) fn rows_left_out(reading: &Reading) -> Vec<usize> {
    reading.left_out.iter().map(|one| one.row).collect()
}

/// Takes a table in; answers what it changed. Where it changes nothing, nothing is written, not even that it was sent.
///
/// # Errors
/// The person may not; a refusal where anything is wrong with it: then nothing of it is taken in;
/// [`ServiceError::Conflict`] if somebody changed what it is about in between.
#[compiled_once]
pub async fn take_in(
    desk: &Desk<'_>,
    acting: &Acting,
    target: &Target,
    table: &Table,
    done: Option<DraftKey>,
) -> Result<Taken, ServiceError> {
    target.only(desk, acting).await?;
    if let Target::Rows(of) = target {
        let taken = rows::take_in(desk, acting, of, table).await?;
        return drop_draft(desk, done).await.map(|()| taken);
    }
    if let Target::Payments { list } = target {
        return payments::take_in(desk, acting, list, table, done).await;
    }
    if let Target::Answers(of) = target {
        let taken = answers::take_in(desk, acting, of, table).await?;
        return drop_draft(desk, done).await.map(|()| taken);
    }
    if let Target::ManyAnswers(of) = target {
        let taken = answers::many::take_in(desk, acting, of, table).await?;
        return drop_draft(desk, done).await.map(|()| taken);
    }
    taken(&decider(desk, acting, target, table).await?, table, done).await
}

async fn decider<'a>(desk: &'a Desk<'a>, acting: &'a Acting, target: &'a Target, table: &Table) -> Result<Decider<'a>, ServiceError> {
    if *target == Target::Products {
        return Ok(Decider::Products(products::read(desk, acting, target, table).await?));
    }
    let entries = entries::read(target, table, desk.today()).await?;
    let (taking, all) = Taking::of(desk, acting, target, entries);
    Ok(Decider::Organisations(Deciding { taking, kind: target.kind(desk)?, all }))
}

async fn taken(decider: &Decider<'_>, table: &Table, done: Option<DraftKey>) -> Result<Taken, ServiceError> {
    let taking = decider.taking();
    fit(taking.problems.count, taking.reading.rows, &taking.reading)?;
    let mut bulk = taking.desk.store.begin_bulk(&taking.chains()).await?;
    let mut counts = Counts { rows: taking.reading.rows, ..Counts::default() };
    for at in 0..decider.parts() {
        let decided = decider.part(at).await?;
        fit(decided.problems.len(), taking.reading.rows, &taking.reading)?;
        sum(&mut counts, &decided.counts);
        write(&mut bulk, taking, decided).await?;
    }
    if counts.changes() {
        let last = taking.commit(PLATFORM, vec![taking.taken_in(table, counts)?]);
        bulk.write(&Commit { drafts_done: done.into_iter().collect(), ..last }).await?;
        bulk.finish().await?;
        return Ok(Taken::of(counts, &taking.reading));
    }
    drop(bulk);
    drop_draft(taking.desk, done).await.map(|()| Taken::of(counts, &taking.reading))
}

pub(super) async fn drop_draft(desk: &Desk<'_>, done: Option<DraftKey>) -> Result<(), ServiceError> {
    match done {
        Some(key) => Ok(desk.store.drop_draft(key).await?),
        None => Ok(()),
    }
}

/// Lets tables through that can be taken in: nothing is wrong with them, and not every row is left out.
pub(super) fn fit(problems: usize, rows: usize, reading: &Reading) -> Result<(), Refusal> {
    match (problems, rows, reading.left_out.len()) {
        (0, 0, left_out @ 1..) => {
            Err(Refusal::new(format!("表格的{left_out}行都标为不导入，没有可以导入的内容。请恢复需要导入的行，或者放弃这张表。")))
        }
        (0, ..) => Ok(()),
        _ => Err(Refusal::new(format!("表格有{problems}处问题，没有导入任何内容。请逐处改正后再导入。"))),
    }
}

fn sum(counts: &mut Counts, more: &Counts) {
    counts.new += more.new;
    counts.changed += more.changed;
    counts.same += more.same;
    counts.kept += more.kept;
}

async fn write(bulk: &mut Bulk, taking: &Taking<'_>, decided: Decided) -> Result<(), ServiceError> {
    let programme = taking.chains().pop().unwrap_or(PLATFORM);
    for (chain, changes) in [(PLATFORM, decided.platform), (programme, decided.programme)] {
        if !changes.is_empty() {
            bulk.write(&taking.commit(chain, changes)).await.map_err(overtaken)?;
        }
    }
    Ok(())
}

/// A credit code or a name that is taken by now was entered while the table was looked at.
fn overtaken(error: StoreError) -> ServiceError {
    match error {
        StoreError::Taken => ServiceError::Conflict,
        other => other.into(),
    }
}
