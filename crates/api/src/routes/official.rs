//! Working on others' files: assign, declare, approve, return, refuse, skip, assess, audit.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::StatusCode;
use records::answers::Answers;
use records::application::{Finding, Official, Point};
use serde::Deserialize;
use service::application::{self, Audit};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::batches::day;
use crate::extract::{Caller, IfMatch, Named, Sent};
use crate::problem::Problem;
use crate::shape::{AnswersShape, Judgement, Papers, cleared, paper_ids};
use crate::state::Shared;

pub(super) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(assign))
        .routes(routes!(declare))
        .routes(routes!(approve))
        .routes(routes!(return_file))
        .routes(routes!(refuse))
        .routes(routes!(skip))
        .routes(routes!(assess))
        .routes(routes!(audit))
}

type OfStage = Named<(String, String)>;
type Done = Result<StatusCode, Problem>;

/// Who is to work on a stage.
#[derive(Deserialize, ToSchema)]
struct Assignment {
    /// The version of the file.
    version: Option<i64>,
    /// The organisation.
    organisation: String,
}

/// Whether there is an interest in the file.
#[derive(Deserialize, ToSchema)]
struct Declaration {
    /// The version of the file.
    version: Option<i64>,
    /// Whether there is one.
    conflict: bool,
    /// What it is.
    #[serde(default)]
    note: String,
}

/// What an official states in a stage.
#[derive(Deserialize, ToSchema)]
struct Stated {
    /// The version of the file.
    version: Option<i64>,
    /// Facts the stage asks for, and forms filled in.
    #[serde(default)]
    #[schema(value_type = AnswersShape)]
    stated: Answers,
    /// Judgements by condition.
    #[serde(default)]
    judgements: BTreeMap<String, Judgement>,
    /// Papers by slot.
    #[serde(default)]
    papers: Papers,
    /// What is said to it.
    #[serde(default)]
    note: String,
    /// The check code printed on the paper, where the stage receives one.
    #[serde(default)]
    paper_code: String,
}

impl Stated {
    fn official(self) -> Result<Official, Problem> {
        let judgements = self.judgements.into_iter().map(|(id, judged)| (id, judged.into())).collect();
        let papers = paper_ids(self.papers);
        Ok(Official { stated: cleared(self.stated)?, judgements, papers, note: self.note, paper_code: self.paper_code })
    }
}

/// What an auditor states.
#[derive(Deserialize, ToSchema)]
struct Audited {
    /// What any official states.
    #[serde(flatten)]
    stated: Stated,
    /// Values set lower, by value.
    #[serde(default)]
    lower: BTreeMap<String, Lower>,
}

/// A lower value.
#[derive(Deserialize, ToSchema)]
struct Lower {
    /// The amount as people type it: `12.5万元`.
    amount: String,
    /// Why.
    reason: String,
}

/// What is to be corrected.
#[derive(Deserialize, ToSchema)]
struct Return {
    /// The version of the file.
    version: Option<i64>,
    /// What is to be corrected.
    points: Vec<Said>,
    /// The last day, the policy's limit if none is said.
    due_on: Option<String>,
}

/// Why a file is refused.
#[derive(Deserialize, ToSchema)]
struct Refusing {
    /// The version of the file.
    version: Option<i64>,
    /// The reasons.
    findings: Vec<Said>,
    /// Judgements by condition.
    #[serde(default)]
    judgements: BTreeMap<String, Judgement>,
}

/// Something said with the clauses it follows.
#[derive(Deserialize, ToSchema)]
struct Said {
    /// The field, paper slot or condition; empty for the whole.
    #[serde(default)]
    path: String,
    /// What is said.
    message: String,
    /// The clauses, joined by `、`.
    clause: String,
}

/// Why a stage is not needed.
#[derive(Deserialize, ToSchema)]
struct Skipped {
    /// The version of the file.
    version: Option<i64>,
    /// Why.
    note: String,
}

/// Assigns an organisation to a stage.
#[utoipa::path(post, path = "/files/{file}/stages/{stage}/assign", tag = "办理", summary = "委托", security(("token" = ["act:official"])),
    params(IfMatch), request_body = Assignment, responses((status = 204)))]
async fn assign(
    State(api): State<Shared>,
    caller: Caller,
    Named((id, stage)): OfStage,
    version: IfMatch,
    Sent(said): Sent<Assignment>,
) -> Done {
    let version = version.or(said.version)?;
    application::assign(&api.desk(), caller.acting(), &id, Some(version), &stage, &said.organisation).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Declares whether there is an interest in the file.
#[utoipa::path(post, path = "/files/{file}/stages/{stage}/declare", tag = "办理", summary = "利益关系声明",
    security(("token" = ["act:official"])), params(IfMatch), request_body = Declaration, responses((status = 204)))]
async fn declare(
    State(api): State<Shared>,
    caller: Caller,
    Named((id, stage)): OfStage,
    version: IfMatch,
    Sent(said): Sent<Declaration>,
) -> Done {
    let version = version.or(said.version)?;
    application::declare(&api.desk(), caller.acting(), &id, version, &stage, said.conflict, &said.note).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Approves in a checking stage.
#[utoipa::path(post, path = "/files/{file}/stages/{stage}/approve", tag = "办理", summary = "通过", security(("token" = ["act:official"])),
    params(IfMatch), request_body = Stated, responses((status = 204)))]
async fn approve(
    State(api): State<Shared>,
    caller: Caller,
    Named((id, stage)): OfStage,
    version: IfMatch,
    Sent(said): Sent<Stated>,
) -> Done {
    let version = version.or(said.version)?;
    application::approve(&api.desk(), caller.acting(), &id, Some(version), &stage, said.official()?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Returns a file for correction.
#[utoipa::path(post, path = "/files/{file}/stages/{stage}/return", tag = "办理", summary = "退回补正", security(("token" = ["act:official"])),
    params(IfMatch), request_body = Return, responses((status = 204)))]
async fn return_file(
    State(api): State<Shared>,
    caller: Caller,
    Named((id, stage)): OfStage,
    version: IfMatch,
    Sent(said): Sent<Return>,
) -> Done {
    let version = version.or(said.version)?;
    let due_on = said.due_on.as_deref().map(|text| day("due_on", text)).transpose()?;
    let points = said.points.into_iter().map(|one| Point { path: one.path, message: one.message, clause: one.clause }).collect();
    application::return_for_correction(&api.desk(), caller.acting(), &id, version, &stage, points, due_on).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Refuses a file, with reasons and clauses.
#[utoipa::path(post, path = "/files/{file}/stages/{stage}/refuse", tag = "办理", summary = "不予通过", security(("token" = ["act:official"])),
    params(IfMatch), request_body = Refusing, responses((status = 204)))]
async fn refuse(
    State(api): State<Shared>,
    caller: Caller,
    Named((id, stage)): OfStage,
    version: IfMatch,
    Sent(said): Sent<Refusing>,
) -> Done {
    let version = version.or(said.version)?;
    let finding = |one: Said| Finding { condition: one.path, message: one.message, clause: one.clause };
    let (findings, judgements) = (said.findings.into_iter().map(finding).collect(), said.judgements.into_iter());
    let judgements = judgements.map(|(id, judged)| (id, judged.into())).collect();
    application::refuse(&api.desk(), caller.acting(), &id, version, &stage, findings, judgements).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Skips a stage that the policy lets skip.
#[utoipa::path(post, path = "/files/{file}/stages/{stage}/skip", tag = "办理", summary = "不需要该环节", security(("token" = ["act:official"])),
    params(IfMatch), request_body = Skipped, responses((status = 204)))]
async fn skip(State(api): State<Shared>, caller: Caller, Named((id, stage)): OfStage, version: IfMatch, Sent(said): Sent<Skipped>) -> Done {
    let version = version.or(said.version)?;
    application::skip(&api.desk(), caller.acting(), &id, version, &stage, &said.note).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Records an assessment; the level follows from the answers.
#[utoipa::path(post, path = "/files/{file}/stages/{stage}/assess", tag = "办理", summary = "评测", security(("token" = ["act:official"])),
    params(IfMatch), request_body = Stated, responses((status = 204)))]
async fn assess(
    State(api): State<Shared>,
    caller: Caller,
    Named((id, stage)): OfStage,
    version: IfMatch,
    Sent(said): Sent<Stated>,
) -> Done {
    let version = version.or(said.version)?;
    application::assess(&api.desk(), caller.acting(), &id, version, &stage, said.official()?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Records an audit of what was spent.
#[utoipa::path(post, path = "/files/{file}/stages/{stage}/audit", tag = "办理", summary = "核定投入", security(("token" = ["act:official"])),
    params(IfMatch), request_body = Audited, responses((status = 204)))]
async fn audit(
    State(api): State<Shared>,
    caller: Caller,
    Named((id, stage)): OfStage,
    version: IfMatch,
    Sent(said): Sent<Audited>,
) -> Done {
    let version = version.or(said.stated.version)?;
    let lower = said.lower.into_iter().map(|(value, lower)| (value, (lower.amount, lower.reason))).collect();
    let audit = Audit { official: said.stated.official()?, lower };
    application::audit(&api.desk(), caller.acting(), &id, version, &stage, audit).await?;
    Ok(StatusCode::NO_CONTENT)
}
