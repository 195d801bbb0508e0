//! 参与单位: a member's own page of a file that names it. Joining and declining are a person's.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use records::answers::Answers;
use serde::{Deserialize, Serialize};
use service::application;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::files::etag;
use crate::extract::{Caller, IfMatch, Named, Sent};
use crate::problem::{Problem, ToldField};
use crate::shape::{AnswersShape, Saved, cleared};
use crate::state::Shared;

pub(super) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(open_page, save_page)).routes(routes!(page_problems)).routes(routes!(prepare_page))
}

/// A member's page.
#[derive(Deserialize, Serialize, ToSchema)]
struct MemberPage {
    /// The draft's own version, 0 before it was first saved.
    version: Option<i64>,
    /// All answers of the page; of rows only the member's own.
    #[schema(value_type = AnswersShape)]
    answers: Answers,
}

/// On which version of the file a page is handed to the signer.
#[derive(Deserialize, ToSchema)]
struct HandedOver {
    /// The version of the file.
    version: Option<i64>,
}

/// What the token's organisation, named as a member, is filling in: what was saved, else what is known of it.
#[utoipa::path(get, path = "/files/{file}/stages/{stage}/member-page", tag = "联合申报", summary = "参与单位页",
    security(("token" = ["write:files"])), responses((status = 200, body = MemberPage)))]
async fn open_page(
    State(api): State<Shared>,
    caller: Caller,
    Named((id, stage)): Named<(String, String)>,
) -> Result<(HeaderMap, Json<MemberPage>), Problem> {
    let (version, answers) = application::join_draft(&api.desk(), caller.acting(), &id, &stage).await?;
    Ok((etag(version), Json(MemberPage { version: Some(version), answers })))
}

/// Saves a member's page.
#[utoipa::path(put, path = "/files/{file}/stages/{stage}/member-page", tag = "联合申报", summary = "保存参与单位页",
    security(("token" = ["write:files"])), params(IfMatch), request_body = MemberPage, responses((status = 200, body = Saved)))]
async fn save_page(
    State(api): State<Shared>,
    caller: Caller,
    Named((id, stage)): Named<(String, String)>,
    version: IfMatch,
    Sent(page): Sent<MemberPage>,
) -> Result<(HeaderMap, Json<Saved>), Problem> {
    let (version, answers) = (version.or(page.version)?, cleared(page.answers)?);
    let version = application::save_join_draft(&api.desk(), caller.acting(), &id, &stage, version, &answers).await?;
    Ok((etag(version), Json(Saved { version })))
}

/// Everything that is missing or wrong on the saved page; empty when it can be handed to the signer.
#[utoipa::path(get, path = "/files/{file}/stages/{stage}/member-page/problems", tag = "联合申报", summary = "检查参与单位页",
    security(("token" = ["write:files"])), responses((status = 200, body = [ToldField])))]
async fn page_problems(
    State(api): State<Shared>,
    caller: Caller,
    Named((id, stage)): Named<(String, String)>,
) -> Result<Json<Vec<ToldField>>, Problem> {
    let problems = application::join_problems(&api.desk(), caller.acting(), &id, &stage).await?;
    Ok(Json(problems.into_iter().map(ToldField::from).collect()))
}

/// Hands the saved page to the signer, a person of the member.
#[utoipa::path(post, path = "/files/{file}/stages/{stage}/member-page/prepare", tag = "联合申报", summary = "参与单位页提交签发",
    security(("token" = ["write:files"])), params(IfMatch), request_body = HandedOver, responses((status = 204)))]
async fn prepare_page(
    State(api): State<Shared>,
    caller: Caller,
    Named((id, stage)): Named<(String, String)>,
    version: IfMatch,
    Sent(handed): Sent<HandedOver>,
) -> Result<StatusCode, Problem> {
    application::prepare_join(&api.desk(), caller.acting(), &id, version.or(handed.version)?, &stage).await?;
    Ok(StatusCode::NO_CONTENT)
}
