//! What the bank did with the payments of a list, from the table that it sends back: each line as if it were recorded by
//! hand, all of them in one commit.

mod again;
mod read;
mod sheet;

use papers::sheet_in::Problem;
use records::access::Acting;
use records::import::{Import, ImportEvent};
use records::payment_list::PaymentList;
use records::{Noun as _, Refusal};
use store::{Change, DraftKey, Index};

use super::take_in::{Taken, drop_draft, fit};
use super::{Preview, Table};
use crate::ServiceError;
use crate::desk::Desk;
use crate::on_file::{self, OnFile};
use crate::payment::{Along, Recording, decided, recordable, write};
use read::Read;

pub use sheet::{columns as payment_columns, rows as payment_rows};
pub(super) use sheet::{template, workbook};

/// What the results of a list are called.
pub(super) async fn label(desk: &Desk<'_>, acting: &Acting, id: &str) -> Result<String, ServiceError> {
    Ok(called(&at(desk, acting, id).await?.state))
}

/// What a table would record; nothing is written.
pub(super) async fn preview(desk: &Desk<'_>, acting: &Acting, id: &str, table: &Table) -> Result<Preview, ServiceError> {
    let found = at(desk, acting, id).await?;
    let looked = look(desk, acting, &found, table).await?;
    let Read { reading, problems, counts, .. } = looked.read;
    Ok(Preview::of(reading, problems, counts))
}

/// How often a table is looked at again where somebody recorded something meanwhile.
const TRIES: usize = 4;

/// Records all that a table says, or nothing; what somebody else recorded meanwhile is not recorded again.
pub(super) async fn take_in(
    desk: &Desk<'_>,
    acting: &Acting,
    id: &str,
    table: &Table,
    done: Option<DraftKey>,
) -> Result<Taken, ServiceError> {
    for _ in 0..TRIES {
        match take_in_now(desk, acting, id, table, done.clone()).await {
            Err(ServiceError::Conflict) => {}
            taken => return taken,
        }
    }
    Err(ServiceError::Conflict)
}

async fn take_in_now(desk: &Desk<'_>, acting: &Acting, id: &str, table: &Table, done: Option<DraftKey>) -> Result<Taken, ServiceError> {
    let found = at(desk, acting, id).await?;
    let Looked { read, recordings } = look(desk, acting, &found, table).await?;
    fit(read.problems.count, read.counts.rows, &read.reading)?;
    let taken = Taken::of(read.counts, &read.reading);
    if recordings.is_empty() {
        return drop_draft(desk, done).await.map(|()| taken);
    }
    let along = Along { changes: vec![taken_in(desk, acting, &found.state, table, &taken)?], drafts_done: done.into_iter().collect() };
    write(desk, &acting.by(), &found, &recordings, along).await?;
    Ok(taken)
}

/// A list whose payments may be recorded now.
async fn at(desk: &Desk<'_>, acting: &Acting, id: &str) -> Result<OnFile<PaymentList>, ServiceError> {
    let found = recordable(desk, acting, id).await?;
    match found.state.is_approved() {
        true => Ok(found),
        false => Err(Refusal::new("清单还没有完成审批，不能登记拨付结果。").into()),
    }
}

fn called(list: &PaymentList) -> String {
    format!("拨付结果（{}）", list.label)
}

/// A table as it was read, with what it comes to.
struct Looked {
    read: Read,
    recordings: Vec<Recording>,
}

/// Reads a table and decides on each line that says something new.
async fn look(desk: &Desk<'_>, acting: &Acting, found: &OnFile<PaymentList>, table: &Table) -> Result<Looked, ServiceError> {
    let (by, list) = (acting.by(), &found.state);
    let mut read = read::read(list, table, desk.today())?;
    let mut recordings = Vec::with_capacity(read.lines.len());
    for line in &read.lines {
        match decided(desk, &by, list, &line.says).await {
            Ok(recording) => recordings.push(recording),
            // A file that has gone on while its list was looked at: the list says so too by now.
            Err(ServiceError::Refused(_)) if overtaken(desk, acting, found).await? => return Err(ServiceError::Conflict),
            Err(ServiceError::Refused(refusal)) => read.problems.add(line.refused(&read.template, &read.reading, &refusal)),
            Err(other) => return Err(other),
        }
    }
    Ok(Looked { read, recordings })
}

/// Whether somebody has changed the list since it was read.
async fn overtaken(desk: &Desk<'_>, acting: &Acting, found: &OnFile<PaymentList>) -> Result<bool, ServiceError> {
    Ok(recordable(desk, acting, found.state.id.as_str()).await?.version != found.version)
}

/// That the table was taken in stands in the programme's chain, beside what it recorded.
fn taken_in(desk: &Desk<'_>, acting: &Acting, list: &PaymentList, table: &Table, taken: &Taken) -> Result<Change, ServiceError> {
    let import = Import {
        id: desk.edge.id().into(),
        organisation: acting.organisation.clone(),
        label: called(list),
        file: table.name.clone(),
        digest: table.digest.clone(),
        corrected: table.corrections.retyped(),
        left_out: taken.left_out.clone(),
        counts: taken.counts,
        at: desk.edge.now,
        by: acting.by(),
    };
    let id = import.id.to_string();
    let event = ImportEvent::TakenIn { import };
    let after = Import::fold(None, &event).ok_or(ServiceError::Broken)?;
    on_file::change_with(&id, 0, &[event], &after, Index::None)
}

/// A line that the payment itself refuses: its file has gone on meanwhile.
fn refused(problem: impl FnOnce((String, String)) -> Problem, refusal: &Refusal) -> Problem {
    let what = refusal.errors.first().map_or(&refusal.message, |error| &error.message);
    problem((what.trim_end_matches('。').to_owned(), "请打开该申报件核对；已经办理过的，请选择“不导入本行”或者从表中删除该行".to_owned()))
}
