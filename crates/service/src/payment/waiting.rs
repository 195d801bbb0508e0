//! What of payment lists waits for somebody, and what is said of files that stand on one.

use std::collections::BTreeMap;

use records::access::{Acting, may_approve_payment};
use records::organisation::OrganisationKind;
use records::payment_list::{PaymentList, PaymentResult};

use crate::desk::{Desk, only};
use crate::on_file;
use crate::{ServiceError, compiled_once};

/// What waits on payment lists of a person's place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WaitingLists {
    /// The lists this person may approve now, the last first.
    pub to_approve: Vec<PaymentList>,
    /// Where files stand that are on a list and not paid yet, by file.
    pub listed: BTreeMap<String, &'static str>,
}

/// What waits on payment lists.
#[compiled_once]
pub async fn waiting_lists(desk: &Desk<'_>, acting: &Acting) -> Result<WaitingLists, ServiceError> {
    only(acting.kind == OrganisationKind::FinanceBureau)?;
    let rows = desk.store.payment_lists(None, &["prepared", "approved_once", "approved"].map(str::to_owned)).await?;
    let ids: Vec<String> = rows.into_iter().map(|row| row.id).collect();
    let lists: Vec<PaymentList> = on_file::load_all(desk.store, &ids).await?;
    let own: Vec<PaymentList> = lists.into_iter().filter(|list| acting.covers(&list.place)).collect();
    let listed = own.iter().flat_map(standing).collect();
    let approves = |list: &PaymentList| may_approve_payment(acting) && list.barred(&acting.account).is_none();
    Ok(WaitingLists { to_approve: own.into_iter().filter(approves).collect(), listed })
}

fn standing(list: &PaymentList) -> impl Iterator<Item = (String, &'static str)> {
    let word = if list.is_approved() { "已列入清单，待拨付" } else { "已列入清单，待审批" };
    let waiting = list.items.iter().filter(|item| item.result == PaymentResult::Waiting);
    waiting.map(move |item| (item.application.to_string(), word))
}
