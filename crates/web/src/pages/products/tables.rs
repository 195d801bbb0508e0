//! Products as workbooks; what goes out comes in again.

use axum::extract::State;
use axum::response::Response;
use service::import;

use super::{catalogue::wanted, unknown};
use crate::errors::Error;
use crate::extract::Asked;
use crate::pages::download::xlsx;
use crate::session::Signed;
use crate::site::Shared;

/// `GET /products.xlsx`: the catalogue as it is narrowed.
pub(super) async fn catalogue(State(site): State<Shared>, asked: Asked) -> Result<Response, Error> {
    let Some(_turn) = site.turns().compute().await else { return Err(Error::Busy) };
    let rows = import::catalogue_rows(&site.desk(), &wanted(&asked)).await?;
    xlsx(&site, "数字化产品目录", import::product_columns(), rows).await
}

/// `GET /home/products.xlsx`, `GET /conduct/products.xlsx`: what the person looks after.
pub(super) async fn kept(State(site): State<Shared>, signed: Signed) -> Result<Response, Error> {
    let rows = import::product_rows(&site.desk(), signed.session.acting()).await.map_err(unknown)?;
    xlsx(&site, "数字化产品", import::product_columns(), rows).await
}
