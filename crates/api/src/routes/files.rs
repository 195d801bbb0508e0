//! 申报件: lists, the whole of one, its history and papers.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use service::ApplicationSort;
use service::application::{self, Happening, Wanted};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::papers::{PaperShape, content};
use crate::extract::{Asked, Caller, Named, Sent};
use crate::problem::Problem;
use crate::shape::{Created, FileRow, FileShape, PageAsked, Rows, TaskShape};
use crate::state::Shared;

pub(super) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(list_files, start_file))
        .routes(routes!(open_file))
        .routes(routes!(timeline))
        .routes(routes!(file_papers))
        .routes(routes!(file_paper))
        .routes(routes!(inbox))
}

/// What a list is narrowed to.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Narrowed {
    /// Of this programme.
    programme: Option<String>,
    /// Of this procedure.
    procedure: Option<String>,
    /// In one of these states, joined by commas.
    state: Option<String>,
    /// At this stage.
    stage: Option<String>,
    /// Of this batch.
    batch: Option<String>,
    /// At this place or below it.
    place: Option<String>,
    /// Naming this provider.
    provider: Option<String>,
    /// Of this applicant.
    applicant: Option<String>,
    /// Whose name, number or credit code contains each of these words.
    search: Option<String>,
    /// Only what is past its day.
    overdue: Option<bool>,
    /// Of this settled level.
    level: Option<i64>,
    /// `newest` (if not said), `oldest`, `due`, `number` or `award`.
    sort: Option<String>,
}

impl Narrowed {
    fn wanted(self) -> Wanted {
        let states = self.state.as_deref().unwrap_or_default().split(',').filter(|state| !state.is_empty());
        Wanted {
            states: states.map(str::to_owned).collect(),
            programme: self.programme,
            procedure: self.procedure,
            stage: self.stage,
            batch: self.batch,
            place: self.place,
            provider: self.provider,
            applicant: self.applicant,
            search: self.search,
            overdue: self.overdue.unwrap_or(false),
            level: self.level,
            ..Wanted::default()
        }
    }

    fn sort(&self) -> Result<ApplicationSort, Problem> {
        Ok(match self.sort.as_deref() {
            None | Some("newest") => ApplicationSort::Newest,
            Some("oldest") => ApplicationSort::Oldest,
            Some("due") => ApplicationSort::Due,
            Some("number") => ApplicationSort::Number,
            Some("award") => ApplicationSort::Award,
            Some(other) => return Err(Problem::Unreadable(format!("sort 没有“{other}”这种排序。"))),
        })
    }
}

/// In which batch to begin.
#[derive(Deserialize, ToSchema)]
struct NewFile {
    /// The batch.
    batch: String,
}

/// Something that happened to a file.
#[derive(Serialize, ToSchema)]
#[schema(as = Happening)]
struct HappeningShape {
    /// When.
    at_unix_ms: i64,
    /// What, in a sentence.
    what: String,
    /// More of it: points to correct, reasons.
    details: Vec<String>,
    /// The clauses it follows.
    clause: Option<String>,
    /// Its place in the programme's journal.
    seq: i64,
    /// Who did it; for offices only.
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<String>,
}

impl From<Happening> for HappeningShape {
    fn from(one: Happening) -> Self {
        Self { at_unix_ms: one.at.0, what: one.what, details: one.details, clause: one.clause, seq: one.seq, account: one.account }
    }
}

/// The files the token's organisation may see.
#[utoipa::path(get, path = "/files", tag = "申报件", summary = "申报件列表", security(("token" = ["read:files"])), params(Narrowed, PageAsked),
    responses((status = 200, body = Rows<FileRow>)))]
async fn list_files(
    State(api): State<Shared>,
    caller: Caller,
    Asked(narrowed): Asked<Narrowed>,
    Asked(page): Asked<PageAsked>,
) -> Result<Json<Rows<FileRow>>, Problem> {
    let sort = narrowed.sort()?;
    let listed = application::applications(&api.desk(), caller.acting(), &narrowed.wanted(), sort, page.page()).await?;
    Ok(Json(Rows::of(listed, FileRow::from)))
}

/// Begins a file in a batch, or answers the one that is under way.
#[utoipa::path(post, path = "/files", tag = "申报件", summary = "新建申报件", security(("token" = ["write:files"])), request_body = NewFile,
    responses((status = 201, body = Created)))]
async fn start_file(State(api): State<Shared>, caller: Caller, Sent(new): Sent<NewFile>) -> Result<(StatusCode, Json<Created>), Problem> {
    let id = application::start(&api.desk(), caller.acting(), &new.batch).await?;
    Ok((StatusCode::CREATED, Json(Created { id })))
}

/// A file, what the rules say of it, and what may be done with it.
#[utoipa::path(get, path = "/files/{file}", tag = "申报件", summary = "申报件及计算结果", security(("token" = ["read:files"])),
    responses((status = 200, body = FileShape)))]
async fn open_file(State(api): State<Shared>, caller: Caller, Named(id): Named<String>) -> Result<(HeaderMap, Json<FileShape>), Problem> {
    let file = FileShape::of(application::open(&api.desk(), caller.acting(), &id).await?);
    Ok((etag(file.version), Json(file)))
}

/// What happened to a file, the last first.
#[utoipa::path(get, path = "/files/{file}/timeline", tag = "申报件", summary = "办理进度", security(("token" = ["read:files"])),
    responses((status = 200, body = [HappeningShape])))]
async fn timeline(State(api): State<Shared>, caller: Caller, Named(id): Named<String>) -> Result<Json<Vec<HappeningShape>>, Problem> {
    let all = application::timeline(&api.desk(), caller.acting(), &id).await?;
    Ok(Json(all.into_iter().map(HappeningShape::from).collect()))
}

/// The papers a file quotes.
#[utoipa::path(get, path = "/files/{file}/papers", tag = "申报件", summary = "申报件的材料", security(("token" = ["read:files"])),
    responses((status = 200, body = [PaperShape])))]
async fn file_papers(State(api): State<Shared>, caller: Caller, Named(id): Named<String>) -> Result<Json<Vec<PaperShape>>, Problem> {
    let papers = application::papers(&api.desk(), caller.acting(), &id).await?;
    Ok(Json(papers.into_iter().map(PaperShape::from).collect()))
}

/// One of them.
#[utoipa::path(get, path = "/files/{file}/papers/{paper}/content", tag = "申报件", summary = "材料内容", security(("token" = ["read:files"])),
    responses((status = 200, content_type = "application/octet-stream", body = [u8])))]
async fn file_paper(State(api): State<Shared>, caller: Caller, Named((id, paper)): Named<(String, String)>) -> Result<Response, Problem> {
    Ok(content(application::open_paper(&api.desk(), api.files(), caller.acting(), &id, &paper).await?))
}

/// What waits for the token's organisation, the next due first.
#[utoipa::path(get, path = "/inbox", tag = "申报件", summary = "待办", security(("token" = ["read:files"])), params(Narrowed, PageAsked),
    responses((status = 200, body = Rows<TaskShape>)))]
async fn inbox(
    State(api): State<Shared>,
    caller: Caller,
    Asked(narrowed): Asked<Narrowed>,
    Asked(page): Asked<PageAsked>,
) -> Result<Json<Rows<TaskShape>>, Problem> {
    let listed = application::inbox(&api.desk(), caller.acting(), &narrowed.wanted(), page.page()).await?;
    Ok(Json(Rows::of(listed, |item| TaskShape::of(item.task, item.application))))
}

/// The version of what was read, as a header.
pub(super) fn etag(version: i64) -> HeaderMap {
    let value = HeaderValue::try_from(format!("\"{version}\""));
    value.into_iter().map(|value| (header::ETAG, value)).collect()
}
