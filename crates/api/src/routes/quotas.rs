//! 名额: who holds the places of a procedure's quotas, who waits, in which order; for bureaus and the supervisor.

use axum::Json;
use axum::extract::State;
use records::allotment::Place;
use serde::Serialize;
use service::application::{self, QuotaAt, QuotaWaiting};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::extract::{Caller, Named};
use crate::problem::Problem;
use crate::state::Shared;

pub(super) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(quotas))
}

/// One group that shares the places of a quota.
#[derive(Serialize, ToSchema)]
#[schema(as = QuotaGroup)]
struct Group {
    /// The quota.
    quota: String,
    /// What it is called.
    label: String,
    /// The clauses it follows.
    clause: String,
    /// What those who wait are ordered by.
    order: Vec<String>,
    /// The facts counted by, in words.
    words: String,
    /// How many places there are.
    limit: u32,
    /// How many are taken.
    used: usize,
    /// Who holds them.
    held: Vec<Holding>,
    /// Who waits, in order.
    waiting: Vec<Holding>,
}

/// A file that holds a place or waits for one.
#[derive(Serialize, ToSchema)]
#[schema(as = QuotaPlace)]
struct Holding {
    /// The file.
    file: String,
    /// Its number.
    number: String,
    /// The applicant's name.
    holder: String,
    /// What it is ordered by, in words.
    order: Vec<String>,
    /// Whether a place is left for it if those before it get theirs; always where it holds one.
    within: bool,
}

impl Holding {
    fn of(place: &Place, within: bool) -> Self {
        let (file, number) = (place.application.to_string(), place.number.clone());
        Self { file, number, holder: place.holder.clone(), order: place.order.clone(), within }
    }
}

impl From<QuotaAt> for Group {
    fn from(at: QuotaAt) -> Self {
        let waiting = |one: &QuotaWaiting| Holding::of(&one.place, one.within);
        Self {
            held: at.held.iter().map(|place| Holding::of(place, true)).collect(),
            waiting: at.waiting.iter().map(waiting).collect(),
            quota: at.quota,
            label: at.label,
            clause: at.clause,
            order: at.order,
            words: at.words,
            limit: at.limit,
            used: at.used,
        }
    }
}

/// The places of a procedure's quotas, as far as the token's organisation may see its files.
#[utoipa::path(get, path = "/programmes/{programme}/procedures/{procedure}/quotas", tag = "名额", summary = "名额占用和排序",
    security(("token" = ["read:files"])), responses((status = 200, body = [Group])))]
async fn quotas(
    State(api): State<Shared>,
    caller: Caller,
    Named((programme, procedure)): Named<(String, String)>,
) -> Result<Json<Vec<Group>>, Problem> {
    let groups = application::quotas(&api.desk(), caller.acting(), &programme, &procedure).await?;
    Ok(Json(groups.into_iter().map(Group::from).collect()))
}
