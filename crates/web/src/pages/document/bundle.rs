//! Many papers in one file, sent while it is made.

use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use futures_util::stream::try_unfold;
use service::document::{self, Bundle};

use super::no_page;
use crate::errors::Error;
use crate::extract::Name;
use crate::pages::download::attached;
use crate::session::Sent;
use crate::site::Shared;

const ZIP: &str = "application/zip";

/// `POST /conduct/payments/{id}/decisions`
pub(super) async fn decisions(State(site): State<Shared>, Name(id): Name, sent: Sent) -> Result<Response, Error> {
    document::decisions_of_list(&site.desk(), sent.session.acting(), site.press(), &id).await.map(sent_as).map_err(no_page)
}

/// `POST /dossiers/{organisation}/archive`
pub(super) async fn archive(State(site): State<Shared>, Name(id): Name, sent: Sent) -> Result<Response, Error> {
    let (desk, acting) = (site.desk(), sent.session.acting());
    document::archive(&desk, site.files(), acting, site.press(), &id).await.map(sent_as).map_err(no_page)
}

fn sent_as(bundle: Bundle) -> Response {
    let name = format!("{}.zip", bundle.name);
    let pieces =
        try_unfold(bundle, |mut bundle| async { Ok::<_, service::ServiceError>(bundle.piece().await?.map(|piece| (piece, bundle))) });
    attached(ZIP, &name, Body::from_stream(pieces))
}
