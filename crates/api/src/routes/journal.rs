//! 台账, for the supervisor: where each chain ends, and its entries, enough to verify it elsewhere.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use service::{Head, ledger};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::extract::{Asked, Caller, Named};
use crate::problem::Problem;
use crate::state::Shared;

pub(super) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(list_heads)).routes(routes!(list_entries))
}

/// Where a chain ends.
#[derive(Serialize, ToSchema)]
#[schema(as = Head)]
struct HeadShape {
    /// The programme; `platform` for organisations, accounts and mandates.
    programme: String,
    /// How many entries it has.
    length: i64,
    /// The hash of the last.
    hash: String,
}

impl From<Head> for HeadShape {
    fn from(head: Head) -> Self {
        Self { programme: head.programme, length: head.length, hash: head.hash }
    }
}

/// Which entries are wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Part {
    /// The place of the first, from 1.
    from: Option<i64>,
    /// At most so many; 100 if not said, 1000 at most.
    limit: Option<i64>,
}

/// One entry.
#[derive(Serialize, ToSchema)]
#[schema(as = Entry)]
struct EntryShape {
    /// The programme.
    programme: String,
    /// Its place in the chain, from 1.
    seq: i64,
    /// When.
    at_unix_ms: i64,
    /// Which account did it.
    account: String,
    /// For which organisation.
    organisation: String,
    /// Under which mandate.
    mandate: Option<String>,
    /// What kind of record it was done to.
    noun: String,
    /// Which of them.
    id: String,
    /// The record's version after it.
    version: i64,
    /// What was done, as canonical JSON: the text that was hashed.
    event: String,
    /// The hash of the entry before.
    previous: String,
    /// The hash of this one.
    hash: String,
}

/// Where every chain ends.
#[utoipa::path(get, path = "/journal", tag = "台账", summary = "各项目台账的末尾", security(("token" = ["read:journal"])),
    responses((status = 200, body = [HeadShape])))]
async fn list_heads(State(api): State<Shared>, caller: Caller) -> Result<Json<Vec<HeadShape>>, Problem> {
    let heads = ledger::heads(&api.desk(), caller.acting()).await?;
    Ok(Json(heads.into_iter().map(HeadShape::from).collect()))
}

/// Entries of a chain in their order.
#[utoipa::path(get, path = "/journal/{programme}", tag = "台账", summary = "台账记录", security(("token" = ["read:journal"])), params(Part),
    responses((status = 200, body = [EntryShape])))]
async fn list_entries(
    State(api): State<Shared>,
    caller: Caller,
    Named(programme): Named<String>,
    Asked(part): Asked<Part>,
) -> Result<Json<Vec<EntryShape>>, Problem> {
    let (from, limit) = (part.from.unwrap_or(1), part.limit.unwrap_or(100));
    let entries = ledger::entries(&api.desk(), caller.acting(), &programme, from, limit).await?;
    let shape = |entry: ledger::Entry| EntryShape {
        programme: entry.programme,
        seq: entry.seq,
        at_unix_ms: entry.at_unix_ms,
        account: entry.account,
        organisation: entry.organisation,
        mandate: entry.mandate,
        noun: entry.noun,
        id: entry.id,
        version: entry.version,
        event: entry.event,
        previous: entry.previous,
        hash: entry.hash,
    };
    Ok(Json(entries.into_iter().map(shape).collect()))
}
