//! 公示: results as everybody reads them, objections by anybody, and how a bureau conducts both.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use records::publicity::{Objecting, Objection, ObjectionOutcome, Publicity, PublicityItem};
use serde::{Deserialize, Serialize};
use service::PublicityRow;
use service::publicity::{self, Announcing};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::extract::{Asked, Caller, Named, Sent};
use crate::problem::Problem;
use crate::shape::{Created, TaskShape};
use crate::state::Shared;

pub(super) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(list_publicities, open_publicity))
        .routes(routes!(show_publicity))
        .routes(routes!(publicity_candidates))
        .routes(routes!(list_objections, object))
        .routes(routes!(open_objection))
        .routes(routes!(settle_objection))
}

/// Of which programme.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct OfProgramme {
    /// Of this programme only.
    programme: Option<String>,
}

/// Of which procedure.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct OfProcedure {
    /// The programme.
    programme: String,
    /// The procedure.
    procedure: String,
}

/// A publicity in a list.
#[derive(Serialize, ToSchema)]
struct PublicityLine {
    /// Id.
    id: String,
    /// The programme.
    programme: String,
    /// The procedure.
    procedure: String,
    /// Its heading.
    title: String,
    /// `open` or `finished`.
    state: String,
    /// First day.
    starts_on: String,
    /// Last day.
    ends_on: String,
}

impl From<PublicityRow> for PublicityLine {
    fn from(row: PublicityRow) -> Self {
        let PublicityRow { id, programme, procedure, label, state, starts_on, ends_on } = row;
        Self { id, programme, procedure, title: label, state, starts_on, ends_on }
    }
}

/// A publicity.
#[derive(Serialize, ToSchema)]
#[schema(as = Publicity)]
struct PublicityShape {
    /// Id.
    id: String,
    /// The programme.
    programme: String,
    /// The procedure.
    procedure: String,
    /// Its heading.
    title: String,
    /// First day.
    starts_on: String,
    /// Last day, included.
    ends_on: String,
    /// Where and how to object.
    contact: String,
    /// What is shown.
    items: Vec<ItemShape>,
    /// The journal's head when it was made.
    head: String,
}

/// One result shown.
#[derive(Serialize, ToSchema)]
#[schema(as = PublicityItem)]
struct ItemShape {
    /// The file, for objections.
    file: String,
    /// Its number.
    number: String,
    /// Who applied.
    name: String,
    /// Where it lies.
    place: String,
    /// The level reached.
    level: Option<u8>,
    /// Recognised cost.
    recognised_fen: Option<i64>,
    /// The award.
    award_fen: Option<i64>,
}

impl From<PublicityItem> for ItemShape {
    fn from(item: PublicityItem) -> Self {
        let PublicityItem { application, number, name, place, level, recognised_fen, award_fen, .. } = item;
        Self { file: application.0, number, name, place, level, recognised_fen, award_fen }
    }
}

impl From<Publicity> for PublicityShape {
    fn from(publicity: Publicity) -> Self {
        Self {
            id: publicity.id.0,
            programme: publicity.programme,
            procedure: publicity.procedure,
            title: publicity.title,
            starts_on: publicity.starts_on.to_string(),
            ends_on: publicity.ends_on.to_string(),
            contact: publicity.contact,
            items: publicity.items.into_iter().map(ItemShape::from).collect(),
            head: publicity.head,
        }
    }
}

/// What an objector writes.
#[derive(Deserialize, ToSchema)]
struct NewObjection {
    /// The file it is about, one of those shown.
    file: String,
    /// Who objects.
    name: String,
    /// How to reach the person.
    contact: String,
    /// Facts and reasons.
    text: String,
}

/// An objection and what became of it.
#[derive(Serialize, ToSchema)]
#[schema(as = Objection)]
struct ObjectionShape {
    /// Id; whoever has it may ask for the outcome.
    id: String,
    /// The file it is about.
    file: String,
    /// What was said.
    text: String,
    /// When.
    at_unix_ms: i64,
    /// Who objects and how to reach the person; for offices only.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// How to reach the person; for offices only.
    #[serde(skip_serializing_if = "Option::is_none")]
    contact: Option<String>,
    /// What became of it.
    outcome: Option<OutcomeShape>,
}

/// What became of an objection.
#[derive(Serialize, ToSchema)]
#[schema(as = ObjectionOutcome)]
struct OutcomeShape {
    /// It was right.
    upheld: bool,
    /// What was found.
    reply: String,
    /// When.
    at_unix_ms: i64,
}

impl ObjectionShape {
    fn of(one: Objection, insider: bool) -> Self {
        let outcome = one.outcome.map(|ObjectionOutcome { upheld, reply, at, .. }| OutcomeShape { upheld, reply, at_unix_ms: at.0 });
        let (name, contact) = (insider.then_some(one.name), insider.then_some(one.contact));
        Self { id: one.id.0, file: one.application.0, text: one.text, at_unix_ms: one.at.0, name, contact, outcome }
    }
}

/// What a notice of publicity says.
#[derive(Deserialize, ToSchema)]
struct NewPublicity {
    /// The programme.
    programme: String,
    /// The procedure.
    procedure: String,
    /// Its heading.
    title: String,
    /// First day.
    starts_on: String,
    /// Last day.
    ends_on: String,
    /// Where and how to object.
    contact: String,
    /// The files, at most 1000.
    files: Vec<String>,
}

/// How an objection is settled.
#[derive(Deserialize, ToSchema)]
struct Settling {
    /// It is right: the file is refused.
    upheld: bool,
    /// What was found.
    reply: String,
}

/// All publicities, the last begun first.
#[utoipa::path(get, path = "/publicities", tag = "公示", summary = "公示列表", security(()), params(OfProgramme),
    responses((status = 200, body = [PublicityLine])))]
async fn list_publicities(State(api): State<Shared>, Asked(asked): Asked<OfProgramme>) -> Result<Json<Vec<PublicityLine>>, Problem> {
    let rows = publicity::publicities(&api.desk(), asked.programme.as_deref()).await?;
    Ok(Json(rows.into_iter().map(PublicityLine::from).collect()))
}

/// One publicity.
#[utoipa::path(get, path = "/publicities/{publicity}", tag = "公示", summary = "公示", security(()),
    responses((status = 200, body = PublicityShape)))]
async fn show_publicity(State(api): State<Shared>, Named(id): Named<String>) -> Result<Json<PublicityShape>, Problem> {
    Ok(Json(publicity::publicity(&api.desk(), &id).await?.1.into()))
}

/// The files that wait for their publicity.
#[utoipa::path(get, path = "/publicity-candidates", tag = "公示", summary = "待公示的申报件", params(OfProcedure),
    security(("token" = ["conduct"])), responses((status = 200, body = [TaskShape])))]
async fn publicity_candidates(
    State(api): State<Shared>,
    caller: Caller,
    Asked(asked): Asked<OfProcedure>,
) -> Result<Json<Vec<TaskShape>>, Problem> {
    let waiting = publicity::candidates(&api.desk(), caller.acting(), &asked.programme, &asked.procedure).await?;
    Ok(Json(waiting.into_iter().map(|item| TaskShape::of(item.task, item.application)).collect()))
}

/// Puts results up.
#[utoipa::path(post, path = "/publicities", tag = "公示", summary = "发布公示", security(("token" = ["conduct"])), request_body = NewPublicity,
    responses((status = 201, body = Created)))]
async fn open_publicity(
    State(api): State<Shared>,
    caller: Caller,
    Sent(new): Sent<NewPublicity>,
) -> Result<(StatusCode, Json<Created>), Problem> {
    let NewPublicity { programme, procedure, title, starts_on, ends_on, contact, files } = new;
    let said = Announcing { title, starts_on, ends_on, contact, applications: files };
    let id = publicity::open(&api.desk(), caller.acting(), &programme, &procedure, &said).await?;
    Ok((StatusCode::CREATED, Json(Created { id })))
}

/// Objects to a result while it is shown. Anybody may; the id answered is the only way to the outcome.
#[utoipa::path(post, path = "/publicities/{publicity}/objections", tag = "公示", summary = "提出异议", security(()),
    request_body = NewObjection, responses((status = 201, body = Created)))]
async fn object(
    State(api): State<Shared>,
    Named(id): Named<String>,
    Sent(new): Sent<NewObjection>,
) -> Result<(StatusCode, Json<Created>), Problem> {
    let objecting = Objecting { application: new.file, name: new.name, contact: new.contact, text: new.text };
    let id = publicity::object(&api.desk(), &id, objecting).await?;
    Ok((StatusCode::CREATED, Json(Created { id })))
}

/// The objections to a publicity that concern the files of the caller's place, for offices.
#[utoipa::path(get, path = "/publicities/{publicity}/objections", tag = "公示", summary = "异议列表", security(("token" = ["conduct"])),
    responses((status = 200, body = [ObjectionShape])))]
async fn list_objections(
    State(api): State<Shared>,
    caller: Caller,
    Named(id): Named<String>,
) -> Result<Json<Vec<ObjectionShape>>, Problem> {
    let found = publicity::overseen(&api.desk(), caller.acting(), &id).await?;
    Ok(Json(found.objections.into_iter().map(|one| ObjectionShape::of(one, true)).collect()))
}

/// An objection and what became of it, for whoever has its id.
#[utoipa::path(get, path = "/publicities/{publicity}/objections/{objection}", tag = "公示", summary = "异议办理结果", security(()),
    responses((status = 200, body = ObjectionShape)))]
async fn open_objection(
    State(api): State<Shared>,
    Named((id, objection)): Named<(String, String)>,
) -> Result<Json<ObjectionShape>, Problem> {
    Ok(Json(ObjectionShape::of(publicity::outcome(&api.desk(), &id, &objection).await?, false)))
}

/// Settles an objection.
#[utoipa::path(post, path = "/publicities/{publicity}/objections/{objection}/settle", tag = "公示", summary = "办结异议",
    security(("token" = ["conduct"])), request_body = Settling, responses((status = 204)))]
async fn settle_objection(
    State(api): State<Shared>,
    caller: Caller,
    Named((id, objection)): Named<(String, String)>,
    Sent(said): Sent<Settling>,
) -> Result<StatusCode, Problem> {
    publicity::settle(&api.desk(), caller.acting(), &id, &objection, Some(said.upheld), &said.reply).await?;
    Ok(StatusCode::NO_CONTENT)
}
