//! Every route, noun by noun. What a token must be made for stands in `security` beside each; `()` is everybody.

mod attached;
mod batches;
mod documents;
mod drafts;
mod files;
mod imports;
mod joining;
mod journal;
mod money;
mod official;
mod own;
mod papers;
mod payments;
mod products;
mod programmes;
mod publicities;
mod quotas;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use utoipa::OpenApi as _;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::problem::Told;
use crate::state::Shared;

#[derive(utoipa::OpenApi)]
#[openapi(components(schemas(Told)))]
struct Document;

/// All routes with what the document says of them.
pub(crate) fn all() -> OpenApiRouter<Shared> {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(openapi))
        .merge(programmes::routes())
        .merge(batches::routes())
        .merge(publicities::routes())
        .merge(files::routes())
        .merge(drafts::routes())
        .merge(joining::routes())
        .merge(products::routes())
        .merge(quotas::routes())
        .merge(official::routes())
        .merge(money::routes())
        .merge(papers::routes())
        .merge(documents::routes())
        .merge(imports::routes())
        .merge(payments::routes())
        .merge(own::routes())
        .merge(journal::routes())
}

/// This document.
#[utoipa::path(get, path = "/openapi.json", tag = "文档", summary = "接口文档", security(()), responses((status = 200, body = Object)))]
async fn openapi(State(api): State<Shared>) -> Response {
    ([(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-cache")], api.document().to_owned()).into_response()
}
