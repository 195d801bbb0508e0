//! Approving a payment list by two, or giving it up.

use records::access::{Acting, may_approve_payment, may_prepare_payment};
use records::payment_list::PaymentList;

use super::{changed, commit};
use crate::ServiceError;
use crate::application;
use crate::desk::{Desk, only};
use crate::on_file::{OnFile, demand};

async fn at(desk: &Desk<'_>, id: &str, version: i64) -> Result<OnFile<PaymentList>, ServiceError> {
    let found = demand::<PaymentList>(desk.store, id).await?;
    if found.version == version { Ok(found) } else { Err(ServiceError::Conflict) }
}

/// Approves a list.
pub async fn approve(desk: &Desk<'_>, acting: &Acting, id: &str, version: i64) -> Result<(), ServiceError> {
    only(may_approve_payment(acting))?;
    let found = at(desk, id, version).await?;
    let events = found.state.approve(&acting.account, desk.edge.now)?;
    let change = changed(id, Some(&found), &events)?;
    commit(desk, &found.state.programme, &acting.by(), vec![change]).await
}

/// Gives a list up; its files wait for another one.
pub async fn cancel(desk: &Desk<'_>, acting: &Acting, id: &str, version: i64, reason: &str) -> Result<(), ServiceError> {
    only(may_prepare_payment(acting))?;
    let found = at(desk, id, version).await?;
    let by = acting.by();
    let events = found.state.cancel(reason)?;
    let mut changes = vec![changed(id, Some(&found), &events)?];
    for item in &found.state.items {
        let file = application::file(desk, item.application.as_str(), None).await?;
        let events = file.state().unlist("清单作废", &file.at(desk, &by))?;
        changes.push(application::changed(desk, &file, &events)?);
    }
    commit(desk, &found.state.programme, &by, changes).await
}
