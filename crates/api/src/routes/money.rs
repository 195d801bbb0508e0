//! Money that is claimed back, and came back.

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use service::application;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::extract::{Caller, IfMatch, Named, Sent};
use crate::problem::Problem;
use crate::state::Shared;

pub(super) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(claim_back)).routes(routes!(repay))
}

/// What is claimed back.
#[derive(Deserialize, ToSchema)]
struct Claim {
    /// The version of the file.
    version: Option<i64>,
    /// How much.
    fen: i64,
    /// Why.
    reason: String,
    /// The clause it follows.
    clause: String,
}

/// What came back.
#[derive(Deserialize, ToSchema)]
struct Repayment {
    /// The version of the file.
    version: Option<i64>,
    /// How much.
    fen: i64,
    /// What is said to it.
    #[serde(default)]
    note: String,
}

/// Claims money back, citing a clause.
#[utoipa::path(post, path = "/files/{file}/claims", tag = "拨付", summary = "追回资金", security(("token" = ["pay"])), params(IfMatch),
    request_body = Claim, responses((status = 204)))]
async fn claim_back(
    State(api): State<Shared>,
    caller: Caller,
    Named(id): Named<String>,
    version: IfMatch,
    Sent(claim): Sent<Claim>,
) -> Result<StatusCode, Problem> {
    let version = version.or(claim.version)?;
    application::claim_back(&api.desk(), caller.acting(), &id, version, claim.fen, &claim.reason, &claim.clause).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Records that claimed money came back.
#[utoipa::path(post, path = "/files/{file}/repayments", tag = "拨付", summary = "登记退回资金", security(("token" = ["pay"])), params(IfMatch),
    request_body = Repayment, responses((status = 204)))]
async fn repay(
    State(api): State<Shared>,
    caller: Caller,
    Named(id): Named<String>,
    version: IfMatch,
    Sent(said): Sent<Repayment>,
) -> Result<StatusCode, Problem> {
    let version = version.or(said.version)?;
    application::repay(&api.desk(), caller.acting(), &id, version, said.fen, &said.note).await?;
    Ok(StatusCode::NO_CONTENT)
}
