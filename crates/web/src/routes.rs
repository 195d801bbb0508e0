//! Every address of the site.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::Redirect;
use axum::routing::{get, post};

use crate::errors::Error;
use crate::pages::{
    assessment, calculator, conduct, desk, document, exports, file, home, identity, imports, pack_versions, paper, portal, products,
    programme, quota, result, review, simulation, tokens,
};
use crate::site::{Shared, Site, State};
use crate::{assets, guard, headers, session};

/// The largest post: a whole self-assessment is about 10 KiB.
const BODY_MAX_BYTES: usize = 256 * 1024;

/// The site. Serve it with `into_make_service_with_connect_info::<SocketAddr>()`, so that the limit
/// on posts counts each client apart.
pub fn router(state: State) -> Router {
    let site = Site::new(state);
    pages()
        .fallback(async || Error::NoPage)
        .method_not_allowed_fallback(async || Error::WrongMethod)
        .layer(DefaultBodyLimit::max(BODY_MAX_BYTES))
        .layer(from_fn_with_state(site.clone(), guard::posts))
        .layer(from_fn_with_state(site.clone(), session::recognise))
        .layer(from_fn(headers::add))
        .with_state(site)
}

/// A table travels with its form; what is beyond the page's own limit is read and thrown away, so that the visitor gets
/// an answer instead of a broken connection.
fn uploads() -> DefaultBodyLimit {
    DefaultBodyLimit::max(simulation::UPLOAD_MAX_BYTES)
}

fn pages() -> Router<Shared> {
    Router::new()
        .route("/", get(portal::show))
        .route("/programmes/{id}", get(programme::show))
        .route("/programmes/{id}/assessment", get(assessment::show).post(assessment::keep))
        .route("/programmes/{id}/assessment/score", post(assessment::score))
        .route("/programmes/{id}/calculator", get(calculator::show).post(calculator::keep))
        .route("/programmes/{id}/simulation", get(simulation::show).post(simulation::run).layer(uploads()))
        .route("/programmes/{id}/tables/{table}", get(programme::official_table))
        .route("/programmes/{id}/simulation/template.csv", get(simulation::template))
        .route("/programmes/{id}/forms/{form}/blank.pdf", get(programme::blank::pdf))
        .route("/programmes/{id}/forms/{form}/blank.docx", get(programme::blank::docx))
        .route("/programmes/{id}/forms/{form}/answers.xlsx", get(programme::blank::answers))
        .route("/programmes/{id}/forms/{form}/rows/{kind}/template.xlsx", get(programme::blank::rows))
        .route("/results", get(async || Redirect::to("/#reopen")).post(result::find))
        .route("/results/{token}", get(result::show))
        .route("/papers", get(paper::show).post(paper::receive).layer(DefaultBodyLimit::max(paper::UPLOAD_MAX_BYTES)))
        .route("/papers/{id}", get(paper::open))
        .route("/papers/{id}/remove", post(paper::remove))
        .route("/assets/{name}", get(assets::serve))
        .merge(file::fill::routes())
        .merge(identity::routes())
        .merge(desk::routes())
        .merge(file::routes())
        .merge(home::routes())
        .merge(conduct::routes())
        .merge(pack_versions::routes())
        .merge(review::routes())
        .merge(document::routes())
        .merge(tokens::routes())
        .merge(quota::routes())
        .merge(imports::routes())
        .merge(exports::routes())
        .merge(products::routes())
}
