//! Filling in: drafts, what they lack, and handing them to the signer. Signing is a person's.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use records::answers::Answers;
use serde::{Deserialize, Serialize};
use service::application::{self, FillDraft};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::files::etag;
use crate::extract::{Caller, IfMatch, Named, Sent};
use crate::problem::{Problem, ToldField};
use crate::shape::{AnswersShape, Papers, Saved, cleared, paper_ids, paper_texts};
use crate::state::Shared;

pub(super) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(open_draft, save_draft))
        .routes(routes!(open_statement, save_statement))
        .routes(routes!(problems))
        .routes(routes!(prepare))
}

/// What is being filled in.
#[derive(Deserialize, Serialize, ToSchema)]
struct Draft {
    /// The draft's own version, 0 before it was first saved.
    version: Option<i64>,
    /// All answers of the file.
    #[schema(value_type = AnswersShape)]
    answers: Answers,
    /// Papers by slot.
    #[serde(default)]
    papers: Papers,
}

/// What an official is stating.
#[derive(Deserialize, Serialize, ToSchema)]
struct Statement {
    /// The draft's own version, 0 before it was first saved.
    version: Option<i64>,
    /// What is stated.
    #[schema(value_type = AnswersShape)]
    stated: Answers,
}

/// On which version of the file something was decided.
#[derive(Deserialize, ToSchema)]
struct Decided {
    /// The version of the file.
    version: Option<i64>,
}

/// What is being filled in at a stage: what was saved, else what was handed in last.
#[utoipa::path(get, path = "/files/{file}/stages/{stage}/draft", tag = "填报", summary = "草稿", security(("token" = ["write:files"])),
    responses((status = 200, body = Draft)))]
async fn open_draft(
    State(api): State<Shared>,
    caller: Caller,
    Named((id, stage)): Named<(String, String)>,
) -> Result<(HeaderMap, Json<Draft>), Problem> {
    let (version, draft) = application::draft(&api.desk(), caller.acting(), &id, &stage).await?;
    let papers = paper_texts(&draft.papers);
    Ok((etag(version), Json(Draft { version: Some(version), answers: draft.answers, papers })))
}

/// Saves what is being filled in. Papers that are neither one's own nor stood there before are left out.
#[utoipa::path(put, path = "/files/{file}/stages/{stage}/draft", tag = "填报", summary = "保存草稿", security(("token" = ["write:files"])),
    params(IfMatch), request_body = Draft, responses((status = 200, body = Saved)))]
async fn save_draft(
    State(api): State<Shared>,
    caller: Caller,
    Named((id, stage)): Named<(String, String)>,
    version: IfMatch,
    Sent(draft): Sent<Draft>,
) -> Result<(HeaderMap, Json<Saved>), Problem> {
    let (desk, acting) = (api.desk(), caller.acting());
    let version = version.or(draft.version)?;
    // Papers come in by the door that asks whose they are.
    let (_, before) = application::draft(&desk, acting, &id, &stage).await?;
    let typed = FillDraft { answers: cleared(draft.answers)?, papers: before.papers.clone() };
    let mut version = application::save_draft(&desk, acting, &id, &stage, version, &typed).await?;
    let mut slots = paper_ids(draft.papers);
    if slots != before.papers {
        for slot in before.papers.into_keys() {
            slots.entry(slot).or_default();
        }
        application::save_papers(&desk, acting, &id, &stage, &slots).await?;
        version = application::draft(&desk, acting, &id, &stage).await?.0;
    }
    Ok((etag(version), Json(Saved { version })))
}

/// What an official is stating at a stage.
#[utoipa::path(get, path = "/files/{file}/stages/{stage}/statement", tag = "办理", summary = "办理草稿", security(("token" = ["act:official"])),
    responses((status = 200, body = Statement)))]
async fn open_statement(
    State(api): State<Shared>,
    caller: Caller,
    Named((id, stage)): Named<(String, String)>,
) -> Result<(HeaderMap, Json<Statement>), Problem> {
    let (version, stated) = application::official_draft(&api.desk(), caller.acting(), &id, &stage).await?;
    Ok((etag(version), Json(Statement { version: Some(version), stated })))
}

/// Saves what an official is stating.
#[utoipa::path(put, path = "/files/{file}/stages/{stage}/statement", tag = "办理", summary = "保存办理草稿",
    security(("token" = ["act:official"])), params(IfMatch), request_body = Statement, responses((status = 200, body = Saved)))]
async fn save_statement(
    State(api): State<Shared>,
    caller: Caller,
    Named((id, stage)): Named<(String, String)>,
    version: IfMatch,
    Sent(said): Sent<Statement>,
) -> Result<(HeaderMap, Json<Saved>), Problem> {
    let (version, stated) = (version.or(said.version)?, cleared(said.stated)?);
    let version = application::save_official_draft(&api.desk(), caller.acting(), &id, &stage, version, &stated).await?;
    Ok((etag(version), Json(Saved { version })))
}

/// Everything that is missing or wrong in the saved draft; empty when it can be handed to the signer.
#[utoipa::path(get, path = "/files/{file}/stages/{stage}/problems", tag = "填报", summary = "检查草稿", security(("token" = ["write:files"])),
    responses((status = 200, body = [ToldField])))]
async fn problems(
    State(api): State<Shared>,
    caller: Caller,
    Named((id, stage)): Named<(String, String)>,
) -> Result<Json<Vec<ToldField>>, Problem> {
    let problems = application::problems(&api.desk(), caller.acting(), &id, &stage).await?;
    Ok(Json(problems.into_iter().map(ToldField::from).collect()))
}

/// Hands the saved draft to the signer, a person of the organisation.
#[utoipa::path(post, path = "/files/{file}/stages/{stage}/prepare", tag = "填报", summary = "提交签发", security(("token" = ["write:files"])),
    params(IfMatch), request_body = Decided, responses((status = 204)))]
async fn prepare(
    State(api): State<Shared>,
    caller: Caller,
    Named((id, stage)): Named<(String, String)>,
    version: IfMatch,
    Sent(decided): Sent<Decided>,
) -> Result<StatusCode, Problem> {
    application::prepare(&api.desk(), caller.acting(), &id, version.or(decided.version)?, &stage).await?;
    Ok(StatusCode::NO_CONTENT)
}
