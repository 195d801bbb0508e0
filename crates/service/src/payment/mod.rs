//! 拨付清单: drawing up, approving by two, recording what the bank did.

mod approve;
mod prepare;
mod record;
mod waiting;

pub use approve::{approve, cancel};
pub use prepare::{Listing, candidates, prepare};
pub(crate) use record::{Along, Recording, decided, recordable, write};
pub use record::{BankLine, Banked, record, record_line, record_paid};
pub use waiting::{WaitingLists, waiting_lists};

use std::collections::BTreeMap;

use records::access::{Acting, may_approve_payment, may_prepare_payment};
use records::account::Account;
use records::ids::AccountId;
use records::organisation::{Organisation, OrganisationKind};
use records::payment_list::PaymentList;
use store::PaymentListRow;

use crate::desk::{Desk, known, only};
use crate::on_file::{self, demand};
use crate::{ServiceError, compiled_once};

/// Whether a person may read payment lists.
pub(crate) fn may_read(acting: &Acting) -> bool {
    let office = matches!(acting.kind, OrganisationKind::CityBureau | OrganisationKind::Supervisor);
    may_prepare_payment(acting) || may_approve_payment(acting) || office
}

/// The payment lists of a programme in a person's place, the last first.
#[compiled_once]
pub async fn payment_lists(desk: &Desk<'_>, acting: &Acting, programme: Option<&str>) -> Result<Vec<PaymentListRow>, ServiceError> {
    only(may_read(acting))?;
    let mut rows = desk.store.payment_lists(programme, &[]).await?;
    let ids: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
    let lists: Vec<PaymentList> = on_file::load_all(desk.store, &ids).await?;
    let seen = |id: &str| lists.iter().any(|list| list.id.as_str() == id && acting.covers(&list.place));
    rows.retain(|row| seen(&row.id));
    Ok(rows)
}

/// One payment list with its version.
#[compiled_once]
pub async fn payment_list(desk: &Desk<'_>, acting: &Acting, id: &str) -> Result<(i64, PaymentList), ServiceError> {
    only(may_read(acting))?;
    let found = demand::<PaymentList>(desk.store, id).await?;
    known(acting.covers(&found.state.place))?;
    Ok((found.version, found.state))
}

/// The names of those who drew a list up or approved it, by account.
#[compiled_once]
pub async fn signers(desk: &Desk<'_>, acting: &Acting, list: &PaymentList) -> Result<BTreeMap<AccountId, String>, ServiceError> {
    only(may_read(acting) && acting.covers(&list.place))?;
    let ids: Vec<String> = list.approvals.iter().map(|(account, _)| account).chain([&list.prepared_by]).map(ToString::to_string).collect();
    let accounts: Vec<Account> = on_file::load_all(desk.store, &ids).await?;
    Ok(accounts.into_iter().map(|account| (account.id, account.name)).collect())
}

/// The name of the finance bureau whose list it is: that of who drew it up; empty where the person left it since.
#[compiled_once]
pub async fn payer(desk: &Desk<'_>, acting: &Acting, list: &PaymentList) -> Result<String, ServiceError> {
    only(may_read(acting) && acting.covers(&list.place))?;
    let accounts: Vec<Account> = on_file::load_all(desk.store, &[list.prepared_by.to_string()]).await?;
    let of: Vec<String> = accounts.iter().flat_map(|account| account.memberships.keys()).map(ToString::to_string).collect();
    let organisations: Vec<Organisation> = on_file::load_all(desk.store, &of).await?;
    let pays = |one: &Organisation| one.kind == OrganisationKind::FinanceBureau;
    Ok(organisations.into_iter().find(pays).map(|one| one.name).unwrap_or_default())
}

/// A bank account as a person may read it: those who pay need all of it, others only enough to tell two apart.
pub fn account_for(acting: &Acting, account: &str) -> String {
    let pays = acting.kind == OrganisationKind::FinanceBureau;
    if pays { account.to_owned() } else { standards::mask::account(account) }
}
