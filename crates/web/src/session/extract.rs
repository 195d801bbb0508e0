//! Who is signed in, as an argument of a handler; and forms that came from a page of this site.

use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::Method;
use axum::http::request::Parts;
use service::identity::{Session, SignedIn};
use standards::text::percent_encoded;

use super::TOKEN_FIELD;
use crate::errors::Error;
use crate::forms::Posted;

/// Anybody, perhaps signed in.
#[derive(Clone, Debug, Default)]
pub(crate) struct Visitor {
    /// Who, and how far.
    pub(crate) signed_in: Option<SignedIn>,
    /// The secret in the session's cookie, whether it still counts or not.
    pub(crate) token: Option<String>,
    /// What the forms of this browser carry.
    pub(super) form_token: String,
}

impl Visitor {
    /// The secret of a session that counts.
    pub(crate) fn session_token(&self) -> Option<&str> {
        self.signed_in.as_ref().and(self.token.as_deref())
    }

    /// Refuses a form without this browser's token; for forms with files, whose fields come one by one.
    pub(crate) fn demand(&self, token: &str) -> Result<(), Error> {
        if !self.form_token.is_empty() && token == self.form_token { Ok(()) } else { Err(Error::StaleForm) }
    }

    /// The session of a person who may act; others are led to what is missing, and back afterwards. A form that was sent
    /// gets a page instead, so that the browser's way back still has what was typed.
    fn acting(&self, parts: &Parts) -> Result<&Session, Error> {
        if let Some(session) = self.signed_in.as_ref().and_then(SignedIn::session) {
            return Ok(session);
        }
        if parts.method != Method::GET && parts.method != Method::HEAD {
            let over = matches!(self.signed_in, Some(SignedIn::Choose(_)));
            return Err(if over { Error::ActingOver } else { Error::SignedOut });
        }
        let back = parts.uri.path_and_query().map_or("/", |path| path.as_str());
        Err(Error::SignIn { address: with_next(step(self.signed_in.as_ref()), back) })
    }
}

/// Where a person goes on who may not act yet.
pub(crate) fn step(signed_in: Option<&SignedIn>) -> &'static str {
    match signed_in {
        None => "/sign-in",
        Some(SignedIn::SecondFactor(_)) => "/sign-in/second-factor",
        Some(SignedIn::SetUp(_)) => "/sign-in/set-up",
        Some(SignedIn::Choose(_)) => "/organisations/choose",
        Some(SignedIn::Acting(_)) => "/",
    }
}

/// An address that leads to another one afterwards.
pub(crate) fn with_next(address: &str, next: &str) -> String {
    if next == "/" { address.to_owned() } else { format!("{address}?next={}", percent_encoded(next, "/")) }
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or_default())
    }
}

/// Somebody who acts for an organisation.
#[derive(Clone, Debug)]
pub(crate) struct Signed {
    /// The session.
    pub(crate) session: Session,
    /// The visitor it is the session of.
    pub(crate) visitor: Visitor,
}

impl<S: Send + Sync> FromRequestParts<S> for Signed {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        let visitor = Visitor::from_request_parts(parts, state).await?;
        let session = visitor.acting(parts)?.clone();
        Ok(Self { session, visitor })
    }
}

/// A form that came from a page of this site, whoever sent it.
pub(crate) struct Entered {
    /// Who sent it.
    pub(crate) visitor: Visitor,
    /// Its fields, without the token.
    pub(crate) fields: Vec<(String, String)>,
}

impl Entered {
    /// What was typed into a field.
    pub(crate) fn text(&self, name: &str) -> &str {
        text(&self.fields, name)
    }
}

impl<S: Send + Sync> FromRequest<S> for Entered {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        let visitor = request.extensions().get::<Visitor>().cloned().unwrap_or_default();
        let Posted(mut fields) = Posted::from_request(request, state).await?;
        visitor.demand(text(&fields, TOKEN_FIELD))?;
        fields.retain(|(name, _)| name != TOKEN_FIELD);
        Ok(Self { visitor, fields })
    }
}

/// A form of somebody who acts for an organisation.
pub(crate) struct Sent {
    /// Who sent it.
    pub(crate) session: Session,
    /// Its fields, without the token.
    pub(crate) fields: Vec<(String, String)>,
}

impl Sent {
    /// What was typed into a field.
    pub(crate) fn text(&self, name: &str) -> &str {
        text(&self.fields, name)
    }

    /// Everything ticked under a name.
    pub(crate) fn all(&self, name: &str) -> Vec<String> {
        self.fields.iter().filter(|(found, _)| found == name).map(|(_, text)| text.clone()).collect()
    }
}

impl<S: Send + Sync> FromRequest<S> for Sent {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        let (mut parts, body) = request.into_parts();
        let Signed { session, .. } = Signed::from_request_parts(&mut parts, state).await?;
        let Entered { fields, .. } = Entered::from_request(Request::from_parts(parts, body), state).await?;
        Ok(Self { session, fields })
    }
}

fn text<'a>(fields: &'a [(String, String)], name: &str) -> &'a str {
    fields.iter().find(|(found, _)| found == name).map_or("", |(_, text)| text)
}

/// Where to go afterwards: an address of this site, never another one that a link to the sign-in page names.
pub(crate) fn next(asked: Option<&str>) -> &str {
    let own = |address: &&str| {
        let path = address.strip_prefix('/');
        path.is_some_and(|rest| !rest.starts_with(['/', '\\']) && !rest.contains(char::is_control))
    };
    asked.filter(own).unwrap_or("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_own_addresses_are_gone_to() {
        for (asked, expected) in [
            (Some("/people?page=2"), "/people?page=2"),
            (Some("//evil.example"), "/"),
            (Some("/\\evil.example"), "/"),
            (Some("https://evil.example"), "/"),
            (Some("/a\r\nSet-Cookie: x"), "/"),
            (Some("people"), "/"),
            (Some(""), "/"),
            (None, "/"),
        ] {
            assert_eq!(next(asked), expected, "{asked:?}");
        }
        assert_eq!(with_next("/sign-in", "/a?b=c&d"), "/sign-in?next=/a%3Fb%3Dc%26d");
    }
}
