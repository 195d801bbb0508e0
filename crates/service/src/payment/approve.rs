//! Approving a payment list by two, or giving it up.

use records::access::{Acting, may_approve_payment, may_prepare_payment};
use records::payment_list::PaymentList;

use crate::application::{self, Together};
use crate::desk::{Desk, known, only};
use crate::on_file::{self, OnFile, demand};
use crate::{ServiceError, compiled_once, token};

async fn at(desk: &Desk<'_>, acting: &Acting, id: &str, version: i64) -> Result<OnFile<PaymentList>, ServiceError> {
    let found = demand::<PaymentList>(desk.store, id).await?;
    known(acting.covers(&found.state.place))?;
    if found.version == version { Ok(found) } else { Err(ServiceError::Conflict) }
}

/// Approves a list.
#[compiled_once]
pub async fn approve(desk: &Desk<'_>, acting: &Acting, id: &str, version: i64) -> Result<(), ServiceError> {
    only(may_approve_payment(acting))?;
    let found = at(desk, acting, id, version).await?;
    token::not_own(desk, acting, found.state.prepared_by.as_str()).await?;
    let events = found.state.approve(&acting.account, desk.edge.now)?;
    let mut all = Together::default();
    all.add(on_file::change(id, Some(&found), &events)?);
    all.commit(desk, &found.state.programme, &acting.by()).await
}

/// Gives a list up; its files wait for another one.
#[compiled_once]
pub async fn cancel(desk: &Desk<'_>, acting: &Acting, id: &str, version: i64, reason: &str) -> Result<(), ServiceError> {
    only(may_prepare_payment(acting))?;
    let found = at(desk, acting, id, version).await?;
    let by = acting.by();
    let events = found.state.cancel(reason)?;
    let mut all = Together::default();
    all.add(on_file::change(id, Some(&found), &events)?);
    for item in &found.state.items {
        let file = application::file(desk, item.application.as_str(), None).await?;
        let events = file.state().unlist("清单作废", &file.at(desk, &by))?;
        all.add_file(desk, &file, &by, &events).await?;
    }
    all.commit(desk, &found.state.programme, &by).await
}
