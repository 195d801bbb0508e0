//! The same use cases for programs: JSON over HTTP below `/api/v1`, with a document that says what there is.
//!
//! Invariant: what a token may do stands beside each route, in the document that is published, and is enforced from that
//! very document ([`access`]); a route that says nothing lets nobody in. There is no rule, clock, randomness or SQL here, and
//! no cookie: nothing a browser sends by itself opens anything.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod access;
mod document;
mod extract;
mod form_schema;
mod guard;
mod led_to;
mod problem;
mod rate;
mod routes;
mod shape;
mod state;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;

use crate::access::Rules;
use crate::problem::Problem;
use crate::state::Api;

pub use state::State;

/// Where all routes lie; a change that breaks a program gets another one beside it.
pub const BASE: &str = "/api/v1";

/// The largest body: the draft of a file with all its texts and rows.
const BODY_MAX_BYTES: usize = 2 << 20;

/// The routes, to be merged with those of the site. Serve them with `into_make_service_with_connect_info::<SocketAddr>()`,
/// so that those who come without a token are counted apart.
pub fn router(state: State) -> Router {
    let (routes, document) = routes::all().split_for_parts();
    let document = document::finished(document);
    let api = Arc::new(Api::new(state, Rules::of(&document), document.to_string()));
    let routes = routes
        .fallback(async || Problem::NoRoute)
        .method_not_allowed_fallback(async || Problem::WrongMethod)
        .layer(DefaultBodyLimit::max(BODY_MAX_BYTES))
        .layer(from_fn_with_state(api.clone(), guard::check))
        .with_state(api);
    Router::new().nest(BASE, routes)
}

/// The OpenAPI document, as it is published.
pub fn document() -> serde_json::Value {
    document::finished(routes::all().split_for_parts().1)
}
