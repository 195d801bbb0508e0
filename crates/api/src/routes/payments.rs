//! 拨付清单: read, drawn up, recorded. Approving is for two people.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use records::access::Acting;
use records::payment_list::{PaymentItem, PaymentList, PaymentResult, Voucher};
use records::{FieldError, Refusal};
use serde::{Deserialize, Serialize};
use service::PaymentListRow;
use service::payment::{self, BankLine, Banked, Listing, account_for};
use standards::Date;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::files::etag;
use crate::extract::{Asked, Caller, IfMatch, Named, Sent};
use crate::problem::Problem;
use crate::shape::{Created, TaskShape};
use crate::state::Shared;

pub(super) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(list_payment_lists, prepare_payment_list))
        .routes(routes!(open_payment_list))
        .routes(routes!(payment_candidates))
        .routes(routes!(record_payment))
        .routes(routes!(cancel_payment_list))
}

/// Of which programme.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct OfProgramme {
    /// Of this programme only.
    programme: Option<String>,
}

/// Which programme.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct InProgramme {
    /// The programme.
    programme: String,
}

/// A payment list in a list.
#[derive(Serialize, ToSchema)]
struct PaymentListLine {
    /// Id.
    id: String,
    /// The programme.
    programme: String,
    /// What it is called.
    label: String,
    /// `prepared`, `approved_once`, `approved` or `cancelled`.
    state: String,
    /// The sum.
    total_fen: i64,
    /// When it was drawn up.
    created_unix_ms: i64,
}

impl From<PaymentListRow> for PaymentListLine {
    fn from(row: PaymentListRow) -> Self {
        let PaymentListRow { id, programme, label, state, total_fen, created_at_ms } = row;
        Self { id, programme, label, state, total_fen, created_unix_ms: created_at_ms }
    }
}

/// A payment list.
#[derive(Serialize, ToSchema)]
#[schema(as = PaymentList)]
struct ListShape {
    /// Named by whoever cancels it.
    version: i64,
    /// Id.
    id: String,
    /// The programme.
    programme: String,
    /// What it is called.
    label: String,
    /// Where it stands, in words.
    state_label: &'static str,
    /// When it was drawn up.
    prepared_unix_ms: i64,
    /// The journal's head when it was drawn up.
    head: String,
    /// How many approved it; two have to.
    approvals: usize,
    /// Why it was given up.
    cancelled: Option<String>,
    /// The sum.
    total_fen: i64,
    /// What is to be paid.
    items: Vec<ItemShape>,
}

/// One payment.
#[derive(Serialize, ToSchema)]
#[schema(as = Payment)]
struct ItemShape {
    /// The file.
    file: String,
    /// Its number.
    number: String,
    /// Who is paid.
    payee: String,
    /// The name of the account.
    payee_name: String,
    /// 开户银行
    bank: String,
    /// 银行账号, whole for those who pay.
    bank_account: String,
    /// How much.
    fen: i64,
    /// `waiting`, `paid` or `failed`.
    result: &'static str,
    /// Why it failed.
    reason: Option<String>,
    /// The day on which the bank carried it out or sent it back, where it was recorded.
    value_on: Option<String>,
    /// 流水号, empty where none was recorded.
    reference: String,
}

impl ListShape {
    fn of(acting: &Acting, version: i64, list: PaymentList) -> Self {
        Self {
            version,
            state_label: list.word(),
            total_fen: list.total_fen(),
            approvals: list.approvals.len(),
            prepared_unix_ms: list.prepared_at.0,
            id: list.id.0,
            programme: list.programme,
            label: list.label,
            head: list.head,
            cancelled: list.cancelled,
            items: list.items.into_iter().map(|item| ItemShape::of(acting, item)).collect(),
        }
    }
}

impl ItemShape {
    fn of(acting: &Acting, item: PaymentItem) -> Self {
        let voucher = item.result.voucher().cloned().unwrap_or_default();
        let (result, reason) = match item.result {
            PaymentResult::Waiting => ("waiting", None),
            PaymentResult::Paid { .. } => ("paid", None),
            PaymentResult::Failed { reason, .. } => ("failed", Some(reason)),
        };
        Self {
            file: item.application.0,
            number: item.number,
            payee: item.payee.0,
            payee_name: item.payee_name,
            bank: item.bank,
            bank_account: account_for(acting, &item.bank_account),
            fen: item.award_fen,
            result,
            reason,
            value_on: voucher.value_on.map(|on| on.to_string()),
            reference: voucher.reference,
        }
    }
}

/// What a list is to say.
#[derive(Deserialize, ToSchema)]
struct NewPaymentList {
    /// The programme.
    programme: String,
    /// What it is called.
    label: String,
    /// The files, at most 1000.
    files: Vec<String>,
}

/// What the bank did with one payment.
#[derive(Deserialize, ToSchema)]
struct BankSaid {
    /// The file.
    file: String,
    /// Whether the money went out.
    paid: bool,
    /// If not, why.
    #[serde(default)]
    reason: String,
    /// The day on which the bank did it, not before the list was approved.
    #[serde(default)]
    value_on: Option<String>,
    /// 流水号: the bank's own number for it.
    #[serde(default)]
    reference: String,
}

impl BankSaid {
    fn line(self) -> Result<BankLine, Problem> {
        let wrong = |message: String| Problem::from(Refusal::fields(vec![FieldError::new("value_on", message)]));
        let value_on = self.value_on.as_deref().map(Date::parse).transpose().map_err(|error| wrong(format!("{error}。")))?;
        let banked = if self.paid { Banked::Paid } else { Banked::Failed(self.reason) };
        Ok(BankLine { application: self.file, banked, voucher: Voucher { value_on, reference: self.reference.trim().to_owned() } })
    }
}

/// Why a list is given up.
#[derive(Deserialize, ToSchema)]
struct Cancelling {
    /// The version of the list.
    version: Option<i64>,
    /// Why.
    reason: String,
}

/// The payment lists in one's place, the last first.
#[utoipa::path(get, path = "/payment-lists", tag = "拨付", summary = "拨付清单列表", params(OfProgramme),
    security(("token" = ["read:payments"])), responses((status = 200, body = [PaymentListLine])))]
async fn list_payment_lists(
    State(api): State<Shared>,
    caller: Caller,
    Asked(asked): Asked<OfProgramme>,
) -> Result<Json<Vec<PaymentListLine>>, Problem> {
    let rows = payment::payment_lists(&api.desk(), caller.acting(), asked.programme.as_deref()).await?;
    Ok(Json(rows.into_iter().map(PaymentListLine::from).collect()))
}

/// One payment list.
#[utoipa::path(get, path = "/payment-lists/{list}", tag = "拨付", summary = "拨付清单", security(("token" = ["read:payments"])),
    responses((status = 200, body = ListShape)))]
async fn open_payment_list(
    State(api): State<Shared>,
    caller: Caller,
    Named(id): Named<String>,
) -> Result<(HeaderMap, Json<ListShape>), Problem> {
    let (version, list) = payment::payment_list(&api.desk(), caller.acting(), &id).await?;
    Ok((etag(version), Json(ListShape::of(caller.acting(), version, list))))
}

/// The files that wait for their money and stand on no list.
#[utoipa::path(get, path = "/payment-candidates", tag = "拨付", summary = "待拨付的申报件", params(InProgramme), security(("token" = ["pay"])),
    responses((status = 200, body = [TaskShape])))]
async fn payment_candidates(
    State(api): State<Shared>,
    caller: Caller,
    Asked(asked): Asked<InProgramme>,
) -> Result<Json<Vec<TaskShape>>, Problem> {
    let waiting = payment::candidates(&api.desk(), caller.acting(), &asked.programme).await?;
    Ok(Json(waiting.into_iter().map(|item| TaskShape::of(item.task, item.application)).collect()))
}

/// Draws a list up; two other people approve it.
#[utoipa::path(post, path = "/payment-lists", tag = "拨付", summary = "编制拨付清单", security(("token" = ["pay"])),
    request_body = NewPaymentList, responses((status = 201, body = Created)))]
async fn prepare_payment_list(
    State(api): State<Shared>,
    caller: Caller,
    Sent(new): Sent<NewPaymentList>,
) -> Result<(StatusCode, Json<Created>), Problem> {
    let listing = Listing { programme: new.programme, label: new.label, applications: new.files };
    let id = payment::prepare(&api.desk(), caller.acting(), &listing).await?;
    Ok((StatusCode::CREATED, Json(Created { id })))
}

/// Records what became of one payment of an approved list.
#[utoipa::path(post, path = "/payment-lists/{list}/results", tag = "拨付", summary = "登记拨付结果", security(("token" = ["pay"])),
    request_body = BankSaid, responses((status = 204)))]
async fn record_payment(
    State(api): State<Shared>,
    caller: Caller,
    Named(id): Named<String>,
    Sent(said): Sent<BankSaid>,
) -> Result<StatusCode, Problem> {
    payment::record_line(&api.desk(), caller.acting(), &id, said.line()?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives a list up; its files wait for another one.
#[utoipa::path(post, path = "/payment-lists/{list}/cancel", tag = "拨付", summary = "作废拨付清单", security(("token" = ["pay"])), params(IfMatch),
    request_body = Cancelling, responses((status = 204)))]
async fn cancel_payment_list(
    State(api): State<Shared>,
    caller: Caller,
    Named(id): Named<String>,
    version: IfMatch,
    Sent(said): Sent<Cancelling>,
) -> Result<StatusCode, Problem> {
    payment::cancel(&api.desk(), caller.acting(), &id, version.or(said.version)?, &said.reason).await?;
    Ok(StatusCode::NO_CONTENT)
}
