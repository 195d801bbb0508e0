//! What becomes of a form that no policy pack declares: on it goes, or the same page comes back with what is wrong.

mod fields;

use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use policy::pack::Pack;
use records::Refusal;
use service::ServiceError;

pub(crate) use fields::{amount, area, date, line, tick};

use super::entry::Typed;
use super::{clause, layout};
use crate::errors::Error;
use crate::forms::FieldError;

/// Fields as a post carries them.
pub(crate) type Fields = Vec<(String, String)>;

/// A form as it stands: what was typed, and why it was not carried out.
#[derive(Debug, Default)]
pub(crate) struct Form {
    /// What was typed, with what is wrong beside each field.
    pub(crate) typed: Typed,
    refusal: Option<Refusal>,
    conflict: bool,
}

impl Form {
    /// A form that opens with these texts.
    pub(crate) fn with<'a>(fields: impl IntoIterator<Item = (&'a str, String)>) -> Self {
        let fields = fields.into_iter().map(|(name, text)| (name.to_owned(), text)).collect();
        Self { typed: Typed::new(fields, Vec::new()), ..Self::default() }
    }

    /// A form that was sent and not carried out; any other failure than a refusal or a conflict has a page of its own.
    pub(crate) fn again(fields: Fields, error: ServiceError) -> Result<Self, Error> {
        Self::again_under("", fields, error)
    }

    /// The same where the form's fields stand under a prefix, since its page has several forms.
    pub(crate) fn again_under(prefix: &str, fields: Fields, error: ServiceError) -> Result<Self, Error> {
        let (mut refusal, conflict) = match error {
            ServiceError::Refused(refusal) => (refusal, false),
            ServiceError::Conflict => (Refusal::new("内容已被他人修改。请核对本页显示的最新内容，再重新提交。"), true),
            other => return Err(other.into()),
        };
        refusal.errors.iter_mut().for_each(|error| error.path = format!("{prefix}{}", error.path));
        Ok(Self { typed: Typed::new(fields, refusal.errors.clone()), refusal: Some(refusal), conflict })
    }

    /// Whether somebody else changed the same thing in between.
    pub(crate) fn is_conflict(&self) -> bool {
        self.conflict
    }

    /// What is wrong, above the form: each line leads to its field; a refusal as a whole with its clause.
    pub(crate) fn summary(&self, pack: Option<&Pack>) -> Markup {
        let Some(refusal) = &self.refusal else { return html! {} };
        html! {
            @if refusal.errors.is_empty() {
                div.error-summary #errors role="alert" tabindex="-1" {
                    p { strong { (refusal.message) } }
                    @if let (Some(pack), Some(clauses)) = (pack, &refusal.clause) { p { (clause::cites(pack, clauses)) } }
                }
            } @else {
                (layout::error_summary(&refusal.errors))
                @if let (Some(pack), Some(clauses)) = (pack, &refusal.clause) { p.cited { (clause::cites(pack, clauses)) } }
            }
        }
    }

    /// The page of the form as the answer to what was sent.
    pub(crate) fn answer(&self, page: Html<String>) -> Response {
        let status = match (self.conflict, &self.refusal) {
            (true, _) => StatusCode::CONFLICT,
            (false, Some(_)) => StatusCode::UNPROCESSABLE_ENTITY,
            (false, None) => StatusCode::OK,
        };
        (status, page).into_response()
    }
}

/// A refusal because of one field, for what can be said before a use case is asked.
pub(crate) fn wrong(path: &str, message: impl Into<String>) -> ServiceError {
    Refusal::fields(vec![FieldError::new(path, message)]).into()
}

/// Leads on after a form was carried out.
pub(crate) fn go(address: &str) -> Response {
    Redirect::to(address).into_response()
}
