//! 拨付清单: drawing up, approving by two, recording what the bank did.

mod approve;
mod prepare;
mod record;

pub use approve::{approve, cancel};
pub use prepare::{Listing, candidates, prepare};
pub use record::{Banked, record};

use records::Noun as _;
use records::access::{Acting, may_approve_payment, may_prepare_payment};
use records::moment::By;
use records::organisation::OrganisationKind;
use records::payment_list::{PaymentList, PaymentListEvent};
use store::{Change, Commit, Index, PaymentListRow};

use crate::ServiceError;
use crate::desk::{Desk, only};
use crate::on_file::{self, OnFile, demand};

/// Whether a person may read payment lists.
fn may_read(acting: &Acting) -> bool {
    let office = matches!(acting.kind, OrganisationKind::CityBureau | OrganisationKind::Supervisor);
    may_prepare_payment(acting) || may_approve_payment(acting) || office
}

/// All payment lists of a programme, the last first.
pub async fn payment_lists(desk: &Desk<'_>, acting: &Acting, programme: Option<&str>) -> Result<Vec<PaymentListRow>, ServiceError> {
    only(may_read(acting))?;
    Ok(desk.store.payment_lists(programme, &[]).await?)
}

/// One payment list with its version.
pub async fn payment_list(desk: &Desk<'_>, acting: &Acting, id: &str) -> Result<(i64, PaymentList), ServiceError> {
    only(may_read(acting))?;
    let found = demand::<PaymentList>(desk.store, id).await?;
    Ok((found.version, found.state))
}

fn changed(id: &str, before: Option<&OnFile<PaymentList>>, events: &[PaymentListEvent]) -> Result<Change, ServiceError> {
    let after = PaymentList::fold_all(before.map(|before| before.state.clone()), events).ok_or(ServiceError::Broken)?;
    let index = Index::PaymentList(row(&after));
    on_file::change_with(id, before.map_or(0, |before| before.version), events, &after, index)
}

async fn commit(desk: &Desk<'_>, programme: &str, by: &By, changes: Vec<Change>) -> Result<(), ServiceError> {
    let who = on_file::who(by);
    let commit = Commit { programme: programme.to_owned(), at_unix_ms: desk.edge.now.0, who, changes, ..Commit::default() };
    desk.store.commit(&commit).await?;
    Ok(())
}

fn row(list: &PaymentList) -> PaymentListRow {
    let state = match (&list.cancelled, list.approvals.len()) {
        (Some(_), _) => "cancelled",
        (None, 0) => "prepared",
        (None, 1) => "approved_once",
        _ => "approved",
    };
    PaymentListRow {
        id: list.id.to_string(),
        programme: list.programme.clone(),
        label: list.label.clone(),
        state: state.to_owned(),
        total_fen: list.total_fen(),
        created_at_ms: list.prepared_at.0,
    }
}
