//! Recording what the bank did: one payment by itself, or all that a table says in one commit.

use records::access::{Acting, may_prepare_payment};
use records::application::ApplicationEvent;
use records::ids::ApplicationId;
use records::moment::By;
use records::payment_list::{PaymentList, PaymentListEvent, PaymentResult, Voucher};
use records::{FieldError, Refusal};
use store::{Change, DraftKey};

use crate::application::{self, FileAt, Together};
use crate::desk::{Desk, known, only};
use crate::on_file::{self, OnFile, demand};
use crate::{ServiceError, compiled_once};

/// What the bank did with one payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Banked {
    /// The money went out.
    Paid,
    /// It came back, and why.
    Failed(String),
}

/// What the bank did with the payment of one file, and what its paper says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankLine {
    /// The file.
    pub application: String,
    /// What the bank did.
    pub banked: Banked,
    /// What its paper says of it.
    pub voucher: Voucher,
}

/// What a line comes to, decided and not yet written.
pub(crate) struct Recording {
    file: FileAt,
    happened: Vec<ApplicationEvent>,
    recorded: Vec<PaymentListEvent>,
}

/// What goes into the same commit as the results: a record beside them, drafts that became part of it.
#[derive(Default)]
pub(crate) struct Along {
    pub(crate) changes: Vec<Change>,
    pub(crate) drafts_done: Vec<DraftKey>,
}

/// A list for whoever records what becomes of its payments.
///
/// # Errors
/// The person may not, or there is none of this id.
pub(crate) async fn recordable(desk: &Desk<'_>, acting: &Acting, id: &str) -> Result<OnFile<PaymentList>, ServiceError> {
    only(may_prepare_payment(acting))?;
    let found = demand::<PaymentList>(desk.store, id).await?;
    known(acting.covers(&found.state.place))?;
    Ok(found)
}

/// Records what became of one payment of an approved list. A payment that failed can stand on another list.
///
/// # Errors
/// As [`record_line`].
#[compiled_once]
pub async fn record(desk: &Desk<'_>, acting: &Acting, id: &str, application: &str, banked: Banked) -> Result<(), ServiceError> {
    let line = BankLine { application: application.to_owned(), banked, voucher: Voucher::default() };
    record_line(desk, acting, id, line).await
}

/// Records each of these payments as paid, by itself; those that could not be recorded are told one by one.
///
/// # Errors
/// The person may not; a refusal where none is named or some were not recorded, at `items`.
#[compiled_once]
pub async fn record_paid(desk: &Desk<'_>, acting: &Acting, id: &str, applications: &[String]) -> Result<(), ServiceError> {
    let list = recordable(desk, acting, id).await?.state;
    let mut errors = Vec::new();
    for application in applications {
        match record(desk, acting, id, application, Banked::Paid).await {
            Ok(()) => {}
            Err(ServiceError::Refused(refusal)) => errors.push(told(&list, application, &refusal.message)),
            Err(ServiceError::Conflict) => errors.push(told(&list, application, "该申报件刚被他人修改，请核对后重新登记。")),
            Err(other) => return Err(other),
        }
    }
    if applications.is_empty() {
        errors.push(FieldError::new("items", "请勾选已拨付的单位。"));
    }
    if errors.is_empty() { Ok(()) } else { Err(Refusal::fields(errors).into()) }
}

fn told(list: &PaymentList, application: &str, message: &str) -> FieldError {
    let item = list.items.iter().find(|item| item.application.as_str() == application);
    FieldError::new("items", format!("{}：{message}", item.map_or(application, |item| &item.payee_name)))
}

/// The same with what the bank's paper says of it.
///
/// # Errors
/// The person may not; a refusal where the list is not approved, or the payment was recorded before.
#[compiled_once]
pub async fn record_line(desk: &Desk<'_>, acting: &Acting, id: &str, line: BankLine) -> Result<(), ServiceError> {
    let found = recordable(desk, acting, id).await?;
    let by = acting.by();
    let recording = decided(desk, &by, &found.state, &line).await?;
    write(desk, &by, &found, &[recording], Along::default()).await
}

/// What a line comes to; nothing is written.
pub(crate) async fn decided(desk: &Desk<'_>, by: &By, list: &PaymentList, line: &BankLine) -> Result<Recording, ServiceError> {
    let file = application::file(desk, &line.application, None).await?;
    let about: ApplicationId = line.application.as_str().into();
    let fen = list.items.iter().find(|item| item.application == about).map_or(0, |item| item.award_fen);
    let (at, voucher) = (desk.edge.now, line.voucher.clone());
    let (result, happened) = match &line.banked {
        Banked::Paid => (PaymentResult::Paid { at, voucher }, file.state().pay(fen, &file.at(desk, by))?),
        Banked::Failed(reason) if reason.trim().is_empty() => {
            return Err(Refusal::fields(vec![FieldError::new("reason", "请写明银行退回的原因。")]).into());
        }
        Banked::Failed(reason) => {
            let reason = reason.trim().to_owned();
            let events = file.state().unlist(&format!("拨付失败：{reason}"), &file.at(desk, by))?;
            (PaymentResult::Failed { reason, at, voucher }, events)
        }
    };
    let recorded = list.record(&about, result)?;
    Ok(Recording { file, happened, recorded })
}

/// Writes what was decided in one commit.
///
/// # Errors
/// [`ServiceError::Conflict`] if somebody changed the list or a file in between: then nothing is written.
pub(crate) async fn write(
    desk: &Desk<'_>,
    by: &By,
    found: &OnFile<PaymentList>,
    recordings: &[Recording],
    along: Along,
) -> Result<(), ServiceError> {
    let events: Vec<PaymentListEvent> = recordings.iter().flat_map(|one| one.recorded.clone()).collect();
    let mut all = Together::default();
    all.add(on_file::change(found.state.id.as_str(), Some(found), &events)?);
    for one in recordings {
        all.add_file(desk, &one.file, by, &one.happened).await?;
    }
    along.changes.into_iter().for_each(|change| all.add(change));
    all.done(along.drafts_done);
    all.commit(desk, &found.state.programme, by).await
}
