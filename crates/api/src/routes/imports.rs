//! 表格导入: a table is sent, looked at, corrected, and then taken in whole or not at all.

mod shape;

use axum::Json;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use axum::response::Response;
use records::organisation::OrganisationKind;
use service::ServiceError;
use service::import::{self, Cells, Correcting, Kept, Preview, Table, Target};
use service::token::Scope;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt as _};
use utoipa_axum::routes;

use self::shape::{Of, PreviewShape, Retyped, RowsShape, TakenShape, TargetShape};
use super::attached::{XLSX, attached};
use super::papers::{UPLOAD_MAX_BYTES, Upload, uploaded};
use crate::extract::{Asked, Caller, Named, Sent};
use crate::problem::Problem;
use crate::shape::Created;
use crate::state::{Api, Shared};

pub(super) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(list_import_targets))
        .routes(routes!(import_template))
        .routes(routes!(export_table))
        .routes(routes!(begin_import).layer(DefaultBodyLimit::max(UPLOAD_MAX_BYTES)))
        .routes(routes!(preview_import))
        .routes(routes!(correct_import))
        .routes(routes!(leave_out_rows))
        .routes(routes!(marked_import))
        .routes(routes!(take_in_import))
        .routes(routes!(discard_import))
}

/// The tables of organisations and rosters that a bureau may take in.
#[utoipa::path(get, path = "/imports/targets", tag = "表格导入", summary = "可以导入的表格", security(("token" = ["conduct"])),
    responses((status = 200, body = [TargetShape])))]
async fn list_import_targets(State(api): State<Shared>, caller: Caller) -> Result<Json<Vec<TargetShape>>, Problem> {
    let all = import::targets(&api.desk(), caller.acting())?;
    Ok(Json(all.into_iter().map(TargetShape::from).collect()))
}

/// The workbook to fill in, with drop-downs and notes; that of payments has what was approved filled in.
#[utoipa::path(get, path = "/imports/template.xlsx", tag = "表格导入", summary = "模板", params(Of),
    security(("token" = ["conduct"]), ("token" = ["write:files"]), ("token" = ["pay"])),
    responses((status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", body = [u8])))]
async fn import_template(State(api): State<Shared>, caller: Caller, Asked(of): Asked<Of>) -> Result<Response, Problem> {
    let (desk, target) = (api.desk(), of.target(&caller)?);
    let bytes = import::template(&desk, caller.acting(), &target).await?;
    let name = target.saved_as(&desk, caller.acting(), "模板").await?;
    Ok(attached(XLSX, &format!("{name}.xlsx"), bytes))
}

/// What stands now, as a workbook that can be taken in again.
#[utoipa::path(get, path = "/imports/export.xlsx", tag = "表格导入", summary = "导出现有内容", params(Of),
    security(("token" = ["conduct"]), ("token" = ["write:files"]), ("token" = ["pay"])),
    responses((status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", body = [u8])))]
async fn export_table(State(api): State<Shared>, caller: Caller, Asked(of): Asked<Of>) -> Result<Response, Problem> {
    let (desk, target) = (api.desk(), of.target(&caller)?);
    let bytes = import::table_out(&desk, caller.acting(), &target).await?;
    let name = target.saved_as(&desk, caller.acting(), "").await?;
    Ok(attached(XLSX, &format!("{name}.xlsx"), bytes))
}

/// Sends a table, the part `file` of a form; nothing of it is taken in yet. A table that nobody takes in or gives up is removed
/// after thirty days.
#[utoipa::path(post, path = "/imports", tag = "表格导入", summary = "上传表格", params(Of),
    security(("token" = ["conduct"]), ("token" = ["write:files"]), ("token" = ["pay"])),
    request_body(content = Upload, content_type = "multipart/form-data"), responses((status = 201, body = Created)))]
async fn begin_import(
    State(api): State<Shared>,
    caller: Caller,
    Asked(of): Asked<Of>,
    sent: Result<Multipart, MultipartRejection>,
) -> Result<(StatusCode, Json<Created>), Problem> {
    let target = of.target(&caller)?;
    // Asked before the file of somebody who may not is kept.
    import::may_begin(&api.desk(), caller.acting(), &target).await?;
    let paper = uploaded(&api, &caller, sent).await?;
    import::look_into(&api.desk(), api.files(), caller.acting(), &target, &paper.id).await?;
    let id = import::begin(&api.desk(), caller.acting(), &target, &paper.id).await?;
    Ok((StatusCode::CREATED, Json(Created { id })))
}

/// What the table would change, and what is wrong with it, cell by cell.
#[utoipa::path(get, path = "/imports/{import}", tag = "表格导入", summary = "检查结果",
    security(("token" = ["conduct"]), ("token" = ["write:files"]), ("token" = ["pay"])), responses((status = 200, body = PreviewShape)))]
async fn preview_import(State(api): State<Shared>, caller: Caller, Named(id): Named<String>) -> Result<Json<PreviewShape>, Problem> {
    let looked = looked(&api, &caller, &id).await?;
    let label = looked.kept.target.label(&api.desk(), caller.acting()).await?;
    Ok(Json(PreviewShape::of(label, looked.kept.name, looked.table.corrections.retyped(), looked.preview)))
}

/// Types cells anew: they take the place of those in the file.
#[utoipa::path(post, path = "/imports/{import}/corrections", tag = "表格导入", summary = "改正单元格",
    security(("token" = ["conduct"]), ("token" = ["write:files"]), ("token" = ["pay"])), request_body = Vec<Retyped>,
    responses((status = 204)))]
async fn correct_import(
    State(api): State<Shared>,
    caller: Caller,
    Named(id): Named<String>,
    Sent(cells): Sent<Vec<Retyped>>,
) -> Result<StatusCode, Problem> {
    let cells: Cells = cells.into_iter().map(Retyped::placed).collect();
    import::correct(&api.desk(), caller.acting(), &id, &Correcting { cells, ..Correcting::default() }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Leaves rows out, at most 200 of a table, or puts them back; of a row that is left out nothing is read, and nothing in it is wrong.
#[utoipa::path(post, path = "/imports/{import}/left-out", tag = "表格导入", summary = "标记或者恢复不导入的行",
    security(("token" = ["conduct"]), ("token" = ["write:files"]), ("token" = ["pay"])), request_body = RowsShape,
    responses((status = 204)))]
async fn leave_out_rows(
    State(api): State<Shared>,
    caller: Caller,
    Named(id): Named<String>,
    Sent(rows): Sent<RowsShape>,
) -> Result<StatusCode, Problem> {
    import::correct(&api.desk(), caller.acting(), &id, &rows.into()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The table with what is wrong marked in its cells.
#[utoipa::path(get, path = "/imports/{import}/marked.xlsx", tag = "表格导入", summary = "标注后的表格",
    security(("token" = ["conduct"]), ("token" = ["write:files"]), ("token" = ["pay"])),
    responses((status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", body = [u8])))]
async fn marked_import(State(api): State<Shared>, caller: Caller, Named(id): Named<String>) -> Result<Response, Problem> {
    let looked = looked(&api, &caller, &id).await?;
    let bytes = import::marked(&api.desk(), caller.acting(), &looked.kept.target, &looked.table, looked.preview.problems).await?;
    Ok(attached(XLSX, &format!("已标注-{}", looked.kept.name), bytes))
}

/// Takes the table in, all of it but the rows that are left out, or nothing; answers what it changed.
#[utoipa::path(post, path = "/imports/{import}/take-in", tag = "表格导入", summary = "确认导入",
    security(("token" = ["conduct"]), ("token" = ["write:files"]), ("token" = ["pay"])), responses((status = 200, body = TakenShape)))]
async fn take_in_import(State(api): State<Shared>, caller: Caller, Named(id): Named<String>) -> Result<Json<TakenShape>, Problem> {
    let (desk, acting) = (api.desk(), caller.acting());
    let (kept, table) = import::open(&desk, api.files(), acting, &id).await?;
    let _turn = api.turn().await?;
    Ok(Json(import::take_in(&desk, acting, &kept.target, &table, Some(Kept::key(&id))).await?.into()))
}

/// Gives the table up; its file stays with the organisation's papers.
#[utoipa::path(post, path = "/imports/{import}/discard", tag = "表格导入", summary = "放弃表格",
    security(("token" = ["conduct"]), ("token" = ["write:files"]), ("token" = ["pay"])), responses((status = 204)))]
async fn discard_import(State(api): State<Shared>, caller: Caller, Named(id): Named<String>) -> Result<StatusCode, Problem> {
    import::discard(&api.desk(), caller.acting(), &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A table that waits, and what it would change.
struct Looked {
    kept: Kept,
    table: Table,
    preview: Preview,
}

async fn looked(api: &Api, caller: &Caller, id: &str) -> Result<Looked, Problem> {
    let (desk, acting) = (api.desk(), caller.acting());
    let (kept, table) = import::open(&desk, api.files(), acting, id).await?;
    let _turn = api.turn().await?;
    let preview = import::preview(&desk, acting, &kept.target, &table).await?;
    Ok(Looked { kept, table, preview })
}

impl Of {
    /// The one target that is named, for a token that is made for it.
    fn target(self, caller: &Caller) -> Result<Target, Problem> {
        let target = self.named()?;
        let scope = match target {
            Target::Rows(_) | Target::Answers(_) | Target::ManyAnswers(_) => Scope::WriteFiles,
            Target::Products if caller.acting().kind == OrganisationKind::Provider => Scope::WriteFiles,
            Target::Payments { .. } => Scope::Pay,
            Target::Products | Target::Organisations { .. } | Target::Roster { .. } => Scope::Conduct,
        };
        if caller.0.scopes.contains(&scope) { Ok(target) } else { Err(Problem::Scope(vec![scope])) }
    }

    fn named(self) -> Result<Target, Problem> {
        let rows = [self.file, self.stage, self.form, self.rows];
        match (self.of, self.payment_list, rows) {
            (Some(word), None, [None, None, None, None]) => Target::parse(&word).ok_or(Problem::Service(ServiceError::NotFound)),
            (None, Some(list), [None, None, None, None]) => Ok(Target::Payments { list }),
            (None, None, [Some(application), Some(stage), Some(form), Some(kind)]) => {
                Ok(Target::Rows(import::RowsOf { application, stage, form, kind }))
            }
            (None, None, [Some(application), Some(stage), Some(form), None]) => {
                Ok(Target::Answers(import::AnswersOf { application, stage, at: import::AnswersAt::Form { form } }))
            }
            _ => Err(Problem::Unreadable(
                "请给出 of，或者 payment_list，或者 file、stage 和 form（各题），或者再加上 rows（各行），四者之一。".to_owned(),
            )),
        }
    }
}
