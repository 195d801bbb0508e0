//! 材料: files an organisation uploads once and quotes wherever they are asked for.

use std::time::Duration;

use axum::Json;
use axum::body::Body;
use axum::extract::multipart::{Field, Multipart, MultipartError, MultipartRejection};
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream::try_unfold;
use serde::Serialize;
use service::paper::{self, FILE_MAX_BYTES, Opened, Paper, PaperState};
use tokio::time::timeout;
use utoipa::ToSchema;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt as _};
use utoipa_axum::routes;

use crate::extract::{Asked, Caller, Named};
use crate::problem::Problem;
use crate::shape::{PageAsked, Rows};
use crate::state::{Api, Shared};

/// One of the largest files with what stands around it.
pub(super) const UPLOAD_MAX_BYTES: usize = FILE_MAX_BYTES as usize + (1 << 20);
/// How long the next piece of a file may take to come.
const PIECE_WITHIN: Duration = Duration::from_secs(60);

pub(super) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(list_papers))
        .routes(routes!(upload_paper).layer(DefaultBodyLimit::max(UPLOAD_MAX_BYTES)))
        .routes(routes!(open_paper))
        .routes(routes!(paper_content))
}

/// What is known of a paper.
#[derive(Serialize, ToSchema)]
#[schema(as = Paper)]
pub(super) struct PaperShape {
    /// What it is quoted by.
    id: String,
    /// Its name.
    name: String,
    /// Its type, by its content.
    media_type: String,
    /// How large it is.
    bytes: i64,
    /// SM3 of its content.
    digest: String,
    /// When it was uploaded.
    uploaded_unix_ms: i64,
    /// `pending`, `checked`, `attached` or `refused`.
    state: &'static str,
    /// Why it was refused.
    reason: Option<String>,
}

impl From<Paper> for PaperShape {
    fn from(paper: Paper) -> Self {
        let (state, reason) = match paper.state {
            PaperState::Pending => ("pending", None),
            PaperState::Checked => ("checked", None),
            PaperState::Attached => ("attached", None),
            PaperState::Refused(reason) => ("refused", Some(reason)),
        };
        Self {
            id: paper.id,
            name: paper.name,
            media_type: paper.media_type,
            bytes: paper.bytes,
            digest: paper.digest,
            uploaded_unix_ms: paper.at_unix_ms,
            state,
            reason,
        }
    }
}

/// A file as a part of a form.
#[derive(ToSchema)]
#[allow(dead_code, reason = "only its schema is used")]
pub(super) struct Upload {
    /// The file, with its name.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// The papers of the token's organisation, newest first, a hundred on a page.
#[utoipa::path(get, path = "/papers", tag = "材料", summary = "本单位的材料", params(PageAsked),
    security(("token" = ["write:files"]), ("token" = ["act:official"])), responses((status = 200, body = Rows<PaperShape>)))]
async fn list_papers(State(api): State<Shared>, caller: Caller, Asked(page): Asked<PageAsked>) -> Result<Json<Rows<PaperShape>>, Problem> {
    let number = usize::try_from(page.page().number.saturating_sub(1)).unwrap_or(0);
    let list = paper::list_of_organisation(api.desk().store, &caller.acting().by(), number).await?;
    Ok(Json(Rows { rows: list.papers.into_iter().map(PaperShape::from).collect(), total: list.of }))
}

/// Uploads one file, the part `file` of a form.
#[utoipa::path(post, path = "/papers", tag = "材料", summary = "上传材料",
    security(("token" = ["write:files"]), ("token" = ["act:official"])),
    request_body(content = Upload, content_type = "multipart/form-data"), responses((status = 201, body = PaperShape)))]
async fn upload_paper(
    State(api): State<Shared>,
    caller: Caller,
    sent: Result<Multipart, MultipartRejection>,
) -> Result<(StatusCode, Json<PaperShape>), Problem> {
    Ok((StatusCode::CREATED, Json(uploaded(&api, &caller, sent).await?.into())))
}

/// Keeps the part `file` of a form as a paper of the caller's organisation.
pub(super) async fn uploaded(api: &Api, caller: &Caller, sent: Result<Multipart, MultipartRejection>) -> Result<Paper, Problem> {
    let mut sent = sent.map_err(|error| Problem::Unreadable(error.body_text()))?;
    while let Some(field) = in_time(sent.next_field()).await? {
        if field.name() == Some("file") && field.file_name().is_some() {
            return taken(api, caller, field).await;
        }
    }
    Err(Problem::Unreadable("请以 multipart/form-data 上传，文件放在名为 file 的部分，并带有文件名。".to_owned()))
}

async fn taken(api: &Api, caller: &Caller, mut field: Field<'_>) -> Result<Paper, Problem> {
    let (desk, by) = (api.desk(), caller.acting().by());
    let name = field.file_name().unwrap_or_default().rsplit(['/', '\\']).next().unwrap_or_default().trim().to_owned();
    let mut upload = paper::begin(desk.store, api.files(), &by, &name).await?;
    while let Some(piece) = in_time(field.chunk()).await? {
        upload.write(&piece).await?;
    }
    Ok(paper::upload(desk.store, api.files(), &desk.edge, &by, upload).await?.paper)
}

async fn in_time<T>(coming: impl Future<Output = Result<T, MultipartError>>) -> Result<T, Problem> {
    let late = |_| Problem::Unreadable("文件没有传完。".to_owned());
    timeout(PIECE_WITHIN, coming).await.map_err(late)?.map_err(|error| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::TooLarge,
        _ => Problem::Unreadable(error.body_text()),
    })
}

/// A paper of the token's organisation.
#[utoipa::path(get, path = "/papers/{paper}", tag = "材料", summary = "材料信息",
    security(("token" = ["write:files"]), ("token" = ["act:official"])), responses((status = 200, body = PaperShape)))]
async fn open_paper(State(api): State<Shared>, caller: Caller, Named(id): Named<String>) -> Result<Json<PaperShape>, Problem> {
    Ok(Json(paper::own(api.desk().store, &caller.acting().by(), &id).await?.into()))
}

/// Its content.
#[utoipa::path(get, path = "/papers/{paper}/content", tag = "材料", summary = "材料内容",
    security(("token" = ["write:files"]), ("token" = ["act:official"])),
    responses((status = 200, content_type = "application/octet-stream", body = [u8])))]
async fn paper_content(State(api): State<Shared>, caller: Caller, Named(id): Named<String>) -> Result<Response, Problem> {
    Ok(content(paper::open_as_owner(api.desk().store, api.files(), &caller.acting().by(), &id).await?))
}

/// A file as an answer. What came from outside is never shown by a browser from here: it is downloaded.
pub(super) fn content(opened: Opened) -> Response {
    let media_type = HeaderValue::try_from(&opened.paper.media_type).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (header::CONTENT_LENGTH, HeaderValue::from(opened.paper.bytes)),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox")),
    ];
    let pieces = try_unfold(opened.blob, |mut blob| async { Ok::<_, service::StoreError>(blob.piece().await?.map(|piece| (piece, blob))) });
    (headers, Body::from_stream(pieces)).into_response()
}
