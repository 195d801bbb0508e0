//! Parts of a request; what cannot be read is a problem like any other.

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use records::access::Acting;
use serde::de::DeserializeOwned;
use service::token::Bearer;
use utoipa::IntoParams;

use crate::problem::Problem;

/// The bearer of the token that the guard has let in.
pub(crate) struct Caller(pub(crate) Bearer);

impl Caller {
    /// For whom it acts.
    pub(crate) fn acting(&self) -> &Acting {
        &self.0.acting
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts.extensions.get::<Bearer>().cloned().map(Self).ok_or(Problem::NoToken)
    }
}

/// The names in an address, from left to right.
pub(crate) struct Named<T>(pub(crate) T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Named<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = Path::<T>::from_request_parts(parts, state).await;
        path.map(|Path(names)| Self(names)).map_err(|_| Problem::NoRoute)
    }
}

/// What stands after the question mark.
pub(crate) struct Asked<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let query = Query::<T>::from_request_parts(parts, state).await;
        query.map(|Query(asked)| Self(asked)).map_err(|error| Problem::Unreadable(error.body_text()))
    }
}

/// A body of JSON.
pub(crate) struct Sent<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Sent<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let body = Json::<T>::from_request(request, state).await;
        body.map(|Json(sent)| Self(sent)).map_err(|error: JsonRejection| match error.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Problem::TooLarge,
            _ => Problem::Unreadable(error.body_text()),
        })
    }
}

/// The version a command was decided on; the answer to reading has it as `ETag` and as `version`.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
pub(crate) struct IfMatch {
    /// The version a command was decided on, as in `ETag`, e.g. `"7"`; the field `version` of the body says the same.
    #[param(rename = "If-Match")]
    version: Option<String>,
}

impl IfMatch {
    /// The version of the header, else of the body.
    pub(crate) fn or(&self, body: Option<i64>) -> Result<i64, Problem> {
        let said = self.version.as_deref().map(|text| text.trim().trim_start_matches("W/").trim_matches('"').parse());
        match said {
            Some(Ok(version)) => Ok(version),
            Some(Err(_)) => Err(Problem::Unreadable("If-Match 应为读取时 ETag 中的版本号。".to_owned())),
            None => body.ok_or(Problem::NoVersion),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let version = parts.headers.get(header::IF_MATCH).and_then(|value| value.to_str().ok());
        Ok(Self { version: version.map(str::to_owned) })
    }
}
