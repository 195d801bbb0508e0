//! 文书: what can be issued and was, issuing, fetching in each form, and the public check.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use records::document::{CheckCode, Document};
use serde::{Deserialize, Serialize};
use service::document::{self, Checked, DocumentKind, Issued};
use service::{DocumentRow, ServiceError, application};
use tokio::task::spawn_blocking;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::attached::{DOCX, PDF, TEXT, attached};
use crate::extract::{Asked, Caller, Named};
use crate::problem::Problem;
use crate::state::{Api, Shared};

pub(super) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(file_documents))
        .routes(routes!(issue_document))
        .routes(routes!(issue_payment_list_document))
        .routes(routes!(open_document))
        .routes(routes!(document_pdf))
        .routes(routes!(document_docx))
        .routes(routes!(document_text))
        .routes(routes!(verify_code))
}

/// A paper that can be issued.
#[derive(Serialize, ToSchema)]
struct Offered {
    /// What it is asked for by.
    kind: String,
    /// Its title.
    title: String,
}

/// A paper that was issued.
#[derive(Serialize, ToSchema)]
#[schema(as = Document)]
struct DocumentShape {
    /// Id.
    id: String,
    /// What paper it is.
    kind: String,
    /// Its title.
    title: String,
    /// What anybody can check it by, as it is printed.
    code: String,
    /// SM3 of its words.
    digest: String,
    /// When it was issued.
    issued_unix_ms: i64,
}

impl From<DocumentRow> for DocumentShape {
    fn from(row: DocumentRow) -> Self {
        let code = CheckCode::parse(&row.code).map_or(row.code, |code| code.to_string());
        Self { id: row.id, kind: row.kind, title: row.title, code, digest: row.digest, issued_unix_ms: row.issued_at_ms }
    }
}

impl From<Document> for DocumentShape {
    fn from(document: Document) -> Self {
        let Document { id, kind, title, code, digest, at, .. } = document;
        Self { id: id.0, kind, title, code: code.to_string(), digest, issued_unix_ms: at.0 }
    }
}

/// The papers of a file.
#[derive(Serialize, ToSchema)]
struct FileDocuments {
    /// What can be issued now.
    offered: Vec<Offered>,
    /// What was issued, the last first.
    issued: Vec<DocumentShape>,
}

/// What is typed from a paper.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Code {
    /// The check code, with or without hyphens.
    code: String,
}

/// What anybody learns of a paper by its check code; nothing that stands in it.
#[derive(Serialize, ToSchema)]
#[schema(as = CheckedDocument)]
struct CheckedShape {
    /// Its id, for those who may have it.
    id: String,
    /// What paper it is, in words.
    kind_label: &'static str,
    /// The programme's title.
    programme: String,
    /// When it was issued.
    issued_unix_ms: i64,
    /// The journal's head it was made from.
    head: String,
    /// Whether its content is the one that was issued, and its entry and the head stand in the journal.
    holds: bool,
}

impl From<Checked> for CheckedShape {
    fn from(checked: Checked) -> Self {
        let Checked { id, kind, programme, at, head, holds } = checked;
        Self { id, kind_label: kind, programme, issued_unix_ms: at.0, head, holds }
    }
}

/// The papers of a file: what can be issued now, and what was.
#[utoipa::path(get, path = "/files/{file}/documents", tag = "文书", summary = "申报件的文书", security(("token" = ["read:files"])),
    responses((status = 200, body = FileDocuments)))]
async fn file_documents(State(api): State<Shared>, caller: Caller, Named(file): Named<String>) -> Result<Json<FileDocuments>, Problem> {
    let (desk, acting) = (api.desk(), caller.acting());
    let view = application::open(&desk, acting, &file).await?;
    let issued = document::issued_of_file(&desk, acting, &file).await?;
    let offered = document::offered(&view).into_iter().map(|(kind, title)| Offered { kind: kind.word(), title });
    Ok(Json(FileDocuments { offered: offered.collect(), issued: issued.into_iter().map(DocumentShape::from).collect() }))
}

/// Issues a paper of a file; one that was issued before and says the same is answered, and no other is made.
#[utoipa::path(post, path = "/files/{file}/documents/{kind}", tag = "文书", summary = "出具文书",
    security(("token" = ["write:files"]), ("token" = ["act:official"])), responses((status = 200, body = DocumentShape)))]
async fn issue_document(
    State(api): State<Shared>,
    caller: Caller,
    Named((file, kind)): Named<(String, String)>,
) -> Result<Json<DocumentShape>, Problem> {
    let kind = DocumentKind::parse(&kind).ok_or(Problem::Service(ServiceError::NotFound))?;
    let id = document::issue(&api.desk(), caller.acting(), api.press(), &file, &kind).await?;
    Ok(Json(opened(&api, &caller, &id).await?.document.into()))
}

/// Issues a payment list as a paper.
#[utoipa::path(post, path = "/payment-lists/{list}/document", tag = "文书", summary = "出具拨付清单文书", security(("token" = ["pay"])),
    responses((status = 200, body = DocumentShape)))]
async fn issue_payment_list_document(
    State(api): State<Shared>,
    caller: Caller,
    Named(list): Named<String>,
) -> Result<Json<DocumentShape>, Problem> {
    let id = document::issue_payment_list(&api.desk(), caller.acting(), api.press(), &list).await?;
    Ok(Json(opened(&api, &caller, &id).await?.document.into()))
}

/// An issued paper, for whoever may have it.
#[utoipa::path(get, path = "/documents/{document}", tag = "文书", summary = "已出具的文书",
    security(("token" = ["read:files"]), ("token" = ["read:payments"])), responses((status = 200, body = DocumentShape)))]
async fn open_document(State(api): State<Shared>, caller: Caller, Named(id): Named<String>) -> Result<Json<DocumentShape>, Problem> {
    Ok(Json(opened(&api, &caller, &id).await?.document.into()))
}

/// It as PDF.
#[utoipa::path(get, path = "/documents/{document}/paper.pdf", tag = "文书", summary = "文书（PDF）",
    security(("token" = ["read:files"]), ("token" = ["read:payments"])),
    responses((status = 200, content_type = "application/pdf", body = [u8])))]
async fn document_pdf(State(api): State<Shared>, caller: Caller, Named(id): Named<String>) -> Result<Response, Problem> {
    let issued = opened(&api, &caller, &id).await?;
    let (press, name) = (api.press().clone(), named(&issued, "pdf"));
    let made = spawn_blocking(move || press.pdf(&issued.paper)).await.map_err(|_| ServiceError::Broken)?;
    Ok(attached(PDF, &name, made?))
}

/// It as DOCX.
#[utoipa::path(get, path = "/documents/{document}/paper.docx", tag = "文书", summary = "文书（DOCX）",
    security(("token" = ["read:files"]), ("token" = ["read:payments"])),
    responses((status = 200, content_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", body = [u8])))]
async fn document_docx(State(api): State<Shared>, caller: Caller, Named(id): Named<String>) -> Result<Response, Problem> {
    let issued = opened(&api, &caller, &id).await?;
    Ok(attached(DOCX, &named(&issued, "docx"), issued.docx()?))
}

/// Its words, a line each paragraph or row.
#[utoipa::path(get, path = "/documents/{document}/paper.txt", tag = "文书", summary = "文书（文本）",
    security(("token" = ["read:files"]), ("token" = ["read:payments"])),
    responses((status = 200, content_type = "text/plain", body = String)))]
async fn document_text(State(api): State<Shared>, caller: Caller, Named(id): Named<String>) -> Result<Response, Problem> {
    let issued = opened(&api, &caller, &id).await?;
    Ok(attached(TEXT, &named(&issued, "txt"), issued.text().into_bytes()))
}

/// Whether a paper with this check code was issued, and whether it holds.
#[utoipa::path(get, path = "/verify", tag = "文书", summary = "文书核验", params(Code), security(()),
    responses((status = 200, body = CheckedShape)))]
async fn verify_code(State(api): State<Shared>, Asked(asked): Asked<Code>) -> Result<Json<CheckedShape>, Problem> {
    let checked = document::check(&api.desk(), &asked.code).await?;
    Ok(Json(checked.ok_or(Problem::Service(ServiceError::NotFound))?.into()))
}

/// A paper that somebody may not have is as unknown as one that is not there.
async fn opened(api: &Api, caller: &Caller, id: &str) -> Result<Issued, Problem> {
    match document::open(&api.desk(), Some(caller.acting()), id).await {
        Err(ServiceError::Forbidden) => Err(Problem::Service(ServiceError::NotFound)),
        done => Ok(done?),
    }
}

fn named(issued: &Issued, ending: &str) -> String {
    format!("{}.{ending}", issued.name)
}
