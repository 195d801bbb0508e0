//! Looking at what a table would change, and taking it in: all of it or nothing.

use records::Refusal;
use records::access::Acting;
use store::{Bulk, Commit, DraftKey, StoreError};

use super::decide::{Decided, Deciding};
use super::entries::{self, Problems};
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
    Ok(shown(decider.taking(), problems, counts))
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
) -> Result<Counts, ServiceError> {
    target.only(desk, acting).await?;
    if let Target::Rows(of) = target {
        let counts = rows::take_in(desk, acting, of, table).await?;
        return drop_draft(desk, done).await.map(|()| counts);
    }
    if let Target::Payments { list } = target {
        return payments::take_in(desk, acting, list, table, done).await;
    }
    if let Target::Answers(of) = target {
        let counts = answers::take_in(desk, acting, of, table).await?;
        return drop_draft(desk, done).await.map(|()| counts);
    }
    if let Target::ManyAnswers(of) = target {
        let counts = answers::many::take_in(desk, acting, of, table).await?;
        return drop_draft(desk, done).await.map(|()| counts);
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

async fn taken(decider: &Decider<'_>, table: &Table, done: Option<DraftKey>) -> Result<Counts, ServiceError> {
    let taking = decider.taking();
    if taking.problems.count > 0 {
        return Err(unfit(taking.problems.count).into());
    }
    let mut bulk = taking.desk.store.begin_bulk(&taking.chains()).await?;
    let mut counts = Counts { rows: taking.reading.rows, ..Counts::default() };
    for at in 0..decider.parts() {
        let decided = decider.part(at).await?;
        if !decided.problems.is_empty() {
            return Err(unfit(decided.problems.len()).into());
        }
        sum(&mut counts, &decided.counts);
        write(&mut bulk, taking, decided).await?;
    }
    if counts.changes() {
        let last = taking.commit(PLATFORM, vec![taking.taken_in(table, counts)?]);
        bulk.write(&Commit { drafts_done: done.into_iter().collect(), ..last }).await?;
        bulk.finish().await?;
        return Ok(counts);
    }
    drop(bulk);
    drop_draft(taking.desk, done).await.map(|()| counts)
}

pub(super) async fn drop_draft(desk: &Desk<'_>, done: Option<DraftKey>) -> Result<(), ServiceError> {
    match done {
        Some(key) => Ok(desk.store.drop_draft(key).await?),
        None => Ok(()),
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

fn shown(taking: &Taking<'_>, mut problems: Problems, counts: Counts) -> Preview {
    problems.first.sort_by_key(|problem| (problem.row, problem.column));
    Preview {
        counts,
        problem_count: problems.count,
        problems: problems.first,
        unknown: taking.reading.unknown.clone(),
        totals: taking.reading.totals.clone(),
        heads: taking.reading.heads.clone(),
    }
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
