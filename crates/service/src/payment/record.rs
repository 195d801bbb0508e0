//! Recording what the bank did.

use records::access::{Acting, may_prepare_payment};
use records::ids::ApplicationId;
use records::payment_list::{PaymentList, PaymentResult};
use records::{FieldError, Refusal};

use crate::ServiceError;
use crate::application::{self, Together};
use crate::desk::{Desk, known, only};
use crate::on_file::{self, demand};

/// What the bank did with one payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Banked {
    /// The money went out.
    Paid,
    /// It came back, and why.
    Failed(String),
}

/// Records what became of one payment of an approved list. A payment that failed can stand on another list.
pub async fn record(desk: &Desk<'_>, acting: &Acting, id: &str, application: &str, banked: Banked) -> Result<(), ServiceError> {
    only(may_prepare_payment(acting))?;
    let found = demand::<PaymentList>(desk.store, id).await?;
    known(acting.covers(&found.state.place))?;
    let by = acting.by();
    let file = application::file(desk, application, None).await?;
    let about: ApplicationId = application.into();
    let fen = found.state.items.iter().find(|item| item.application == about).map_or(0, |item| item.award_fen);
    let (result, events) = match banked {
        Banked::Paid => (PaymentResult::Paid { at: desk.edge.now }, file.state().pay(fen, &file.at(desk, &by))?),
        Banked::Failed(reason) if reason.trim().is_empty() => {
            return Err(Refusal::fields(vec![FieldError::new("reason", "请写明银行退回的原因。")]).into());
        }
        Banked::Failed(reason) => {
            let events = file.state().unlist(&format!("拨付失败：{}", reason.trim()), &file.at(desk, &by))?;
            (PaymentResult::Failed { reason: reason.trim().to_owned(), at: desk.edge.now }, events)
        }
    };
    let recorded = found.state.record(&about, result)?;
    let mut all = Together::default();
    all.add(on_file::change(id, Some(&found), &recorded)?);
    all.add_file(desk, &file, &by, &events).await?;
    all.commit(desk, &found.state.programme, &by).await
}
