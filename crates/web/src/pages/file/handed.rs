//! A form of a stage, with or without files.

use axum::extract::multipart::Multipart;
use axum::extract::{FromRequest, FromRequestParts as _, Request};
use axum::http::header;
use service::identity::Session;

use crate::errors::Error;
use crate::pages::paper::upload::{self, Posted};
use crate::session::{Entered, Signed};
use crate::site::Shared;

/// What somebody who acts for an organisation sent.
pub(super) struct Handed {
    /// Who sent it.
    pub(super) session: Session,
    /// Its fields, and the files that came with it.
    pub(super) posted: Posted,
}

impl Handed {
    /// What was typed into a field.
    pub(super) fn text(&self, name: &str) -> &str {
        self.posted.pairs.iter().find(|(found, _)| found == name).map_or("", |(_, text)| text)
    }

    /// The version of the file that the page was made from.
    pub(super) fn record(&self) -> i64 {
        self.text(super::work::RECORD).parse().unwrap_or(0)
    }
}

impl FromRequest<Shared> for Handed {
    type Rejection = Error;

    async fn from_request(request: Request, site: &Shared) -> Result<Self, Error> {
        let (mut parts, body) = request.into_parts();
        let signed = Signed::from_request_parts(&mut parts, site).await?;
        let files = parts.headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/form-data"));
        let request = Request::from_parts(parts, body);
        let posted = match files {
            true => upload::read(site, &signed, Multipart::from_request(request, site).await).await?,
            false => Posted { pairs: Entered::from_request(request, site).await?.fields, files: Vec::new() },
        };
        Ok(Self { session: signed.session, posted })
    }
}
