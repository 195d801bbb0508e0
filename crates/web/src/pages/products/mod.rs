//! 产品目录: what providers offer, as everybody reads it and as each provider looks after its own.

mod catalogue;
mod form;
mod import;
mod office;
mod own;
mod tables;
mod words;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use service::ServiceError;

use crate::errors::Error;
use crate::pages::paper::UPLOAD_MAX_BYTES;
use crate::site::Shared;

pub(crate) use own::{ADDRESS, taken_in};

/// The addresses of these pages.
pub(crate) fn routes() -> Router<Shared> {
    let sent =
        Router::new().route("/home/products/import", get(import::show).post(import::send)).layer(DefaultBodyLimit::max(UPLOAD_MAX_BYTES));
    Router::new()
        .route("/products", get(catalogue::list))
        .route("/products/{id}", get(catalogue::show))
        .route("/products.xlsx", get(tables::catalogue))
        .route("/conduct/products", get(office::list))
        .route("/conduct/products.xlsx", get(tables::kept))
        .route("/conduct/products/{id}", get(office::show))
        .route("/conduct/products/{id}/take-down", post(office::take_down))
        .route("/home/products", get(own::list).post(own::add))
        .route("/home/products.xlsx", get(tables::kept))
        .route("/home/products/new", get(own::new))
        .route("/home/products/template.xlsx", get(import::template))
        .route("/home/products/{id}", get(own::show).post(own::change))
        .route("/home/products/{id}/withdraw", post(own::withdraw))
        .route("/home/products/{id}/put-back", post(own::put_back))
        .merge(sent)
}

/// What a person may not see is as unknown as what is not there.
fn unknown(error: ServiceError) -> Error {
    match error {
        ServiceError::NotFound | ServiceError::Forbidden => Error::NoPage,
        other => other.into(),
    }
}
