//! 批次: calls to apply.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use records::{FieldError, Refusal};
use serde::{Deserialize, Serialize};
use service::BatchRow;
use service::batch::{self, Calling};
use standards::Date;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::extract::{Asked, Caller, Named, Sent};
use crate::problem::Problem;
use crate::shape::Created;
use crate::state::Shared;

pub(super) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(list_calls))
        .routes(routes!(list_batches, open_call))
        .routes(routes!(open_batch))
        .routes(routes!(extend_batch))
        .routes(routes!(close_batch))
}

/// Of which programme.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct OfProgramme {
    /// Of this programme only.
    programme: Option<String>,
}

/// A batch in a list.
#[derive(Serialize, ToSchema)]
struct BatchLine {
    /// Id.
    id: String,
    /// The programme.
    programme: String,
    /// The procedure.
    procedure: String,
    /// What it is called.
    label: String,
    /// `open` or `closed`.
    state: String,
    /// First day.
    opens_on: Option<String>,
    /// Last day.
    deadline_on: Option<String>,
}

impl From<BatchRow> for BatchLine {
    fn from(row: BatchRow) -> Self {
        let BatchRow { id, programme, procedure, label, state, opens_on, closes_on } = row;
        Self { id, programme, procedure, label, state, opens_on, deadline_on: closes_on }
    }
}

/// A call to apply.
#[derive(Serialize, ToSchema)]
struct Batch {
    /// Id.
    id: String,
    /// The programme.
    programme: String,
    /// The version of its policy that all files of the batch stay under.
    version: String,
    /// The procedure.
    procedure: String,
    /// What it is called.
    label: String,
    /// Counted within the procedure.
    number: u32,
    /// What the notice says.
    notice: String,
    /// First day.
    opens_on: String,
    /// Last day.
    deadline_on: String,
    /// The place of the bureau that called.
    place: String,
    /// The day it was closed early.
    closed_on: Option<String>,
}

impl From<records::batch::Batch> for Batch {
    fn from(batch: records::batch::Batch) -> Self {
        Self {
            id: batch.id.0,
            programme: batch.programme,
            version: batch.version,
            procedure: batch.procedure,
            label: batch.label,
            number: batch.number,
            notice: batch.notice,
            opens_on: batch.opens_on.to_string(),
            deadline_on: batch.deadline_on.to_string(),
            place: batch.place,
            closed_on: batch.closed.map(|(on, _)| on.to_string()),
        }
    }
}

/// What a notice says.
#[derive(Deserialize, ToSchema)]
struct NewBatch {
    /// The programme.
    programme: String,
    /// The procedure.
    procedure: String,
    /// What it is called: 第一批.
    label: String,
    /// What the notice says.
    notice: String,
    /// First day.
    opens_on: String,
    /// Last day.
    deadline_on: String,
}

/// A later last day.
#[derive(Deserialize, ToSchema)]
struct Extension {
    /// The new last day.
    deadline_on: String,
    /// Why.
    reason: String,
}

/// Why.
#[derive(Deserialize, ToSchema)]
struct Because {
    /// Why.
    reason: String,
}

/// The calls one may follow today.
#[utoipa::path(get, path = "/calls", tag = "批次", summary = "正在受理的批次", security(()), params(OfProgramme),
    responses((status = 200, body = [Batch])))]
async fn list_calls(State(api): State<Shared>, Asked(asked): Asked<OfProgramme>) -> Result<Json<Vec<Batch>>, Problem> {
    let calls = batch::calls(&api.desk(), asked.programme.as_deref()).await?;
    Ok(Json(calls.into_iter().map(Batch::from).collect()))
}

/// All batches, the last opened first.
#[utoipa::path(get, path = "/batches", tag = "批次", summary = "批次列表", security(()), params(OfProgramme),
    responses((status = 200, body = [BatchLine])))]
async fn list_batches(State(api): State<Shared>, Asked(asked): Asked<OfProgramme>) -> Result<Json<Vec<BatchLine>>, Problem> {
    let rows = batch::batches(&api.desk(), asked.programme.as_deref()).await?;
    Ok(Json(rows.into_iter().map(BatchLine::from).collect()))
}

/// One batch.
#[utoipa::path(get, path = "/batches/{batch}", tag = "批次", summary = "批次", security(()), responses((status = 200, body = Batch)))]
async fn open_batch(State(api): State<Shared>, Named(id): Named<String>) -> Result<Json<Batch>, Problem> {
    Ok(Json(batch::batch(&api.desk(), &id).await?.into()))
}

/// Opens a call under the newest version of a programme's policy.
#[utoipa::path(post, path = "/batches", tag = "批次", summary = "发布批次", security(("token" = ["conduct"])), request_body = NewBatch,
    responses((status = 201, body = Created)))]
async fn open_call(State(api): State<Shared>, caller: Caller, Sent(new): Sent<NewBatch>) -> Result<(StatusCode, Json<Created>), Problem> {
    let NewBatch { programme, procedure, label, notice, opens_on, deadline_on } = new;
    let calling = Calling { programme, procedure, label, notice, opens_on, deadline_on };
    let id = batch::open(&api.desk(), caller.acting(), &calling).await?;
    Ok((StatusCode::CREATED, Json(Created { id })))
}

/// Moves the last day of a call back.
#[utoipa::path(post, path = "/batches/{batch}/extend", tag = "批次", summary = "延期", security(("token" = ["conduct"])),
    request_body = Extension, responses((status = 204)))]
async fn extend_batch(
    State(api): State<Shared>,
    caller: Caller,
    Named(id): Named<String>,
    Sent(said): Sent<Extension>,
) -> Result<StatusCode, Problem> {
    batch::extend(&api.desk(), caller.acting(), &id, &said.deadline_on, &said.reason).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends a call early.
#[utoipa::path(post, path = "/batches/{batch}/close", tag = "批次", summary = "提前结束", security(("token" = ["conduct"])),
    request_body = Because, responses((status = 204)))]
async fn close_batch(
    State(api): State<Shared>,
    caller: Caller,
    Named(id): Named<String>,
    Sent(said): Sent<Because>,
) -> Result<StatusCode, Problem> {
    batch::close(&api.desk(), caller.acting(), &id, &said.reason).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A day as it was sent.
pub(super) fn day(path: &str, text: &str) -> Result<Date, Problem> {
    let read = Date::parse(text).map_err(|error| FieldError::new(path, format!("{error}。")));
    read.map_err(|error| Refusal::fields(vec![error]).into())
}
