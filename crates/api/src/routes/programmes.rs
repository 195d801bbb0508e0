//! 政策项目: what packs declare, for everybody.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::Value;
use service::ServiceError;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::extract::{Asked, Named};
use crate::form_schema;
use crate::problem::Problem;
use crate::shape::{Programme, ProgrammeRow};
use crate::state::Shared;

pub(super) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(list_programmes)).routes(routes!(open_programme)).routes(routes!(open_form))
}

/// Which version of a programme is wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct VersionAsked {
    /// The version of its policy; the newest if none is named. A file stays under the one it was begun under.
    version: Option<String>,
}

/// The programmes, each in its newest version.
#[utoipa::path(get, path = "/programmes", tag = "政策项目", summary = "政策项目列表", security(()),
    responses((status = 200, body = [ProgrammeRow])))]
async fn list_programmes(State(api): State<Shared>) -> Json<Vec<ProgrammeRow>> {
    Json(api.library().packs().map(|pack| ProgrammeRow::from(&**pack)).collect())
}

/// A programme: what one applies for, in which stages, on which forms.
#[utoipa::path(get, path = "/programmes/{programme}", tag = "政策项目", summary = "政策项目的事项、环节和表格", security(()),
    params(VersionAsked), responses((status = 200, body = Programme)))]
async fn open_programme(
    State(api): State<Shared>,
    Named(programme): Named<String>,
    Asked(asked): Asked<VersionAsked>,
) -> Result<Json<Programme>, Problem> {
    Ok(Json(Programme::from(&**api.pack(&programme, asked.version.as_deref())?)))
}

/// A form as JSON Schema of the answers of a draft.
#[utoipa::path(get, path = "/programmes/{programme}/forms/{form}", tag = "政策项目", summary = "表格的 JSON Schema", security(()),
    params(VersionAsked), responses((status = 200, body = Object)))]
async fn open_form(
    State(api): State<Shared>,
    Named((programme, form)): Named<(String, String)>,
    Asked(asked): Asked<VersionAsked>,
) -> Result<Json<Value>, Problem> {
    let pack = api.pack(&programme, asked.version.as_deref())?;
    let form = pack.form(&form).ok_or(ServiceError::NotFound)?;
    Ok(Json(form_schema::schema(pack, form)))
}
