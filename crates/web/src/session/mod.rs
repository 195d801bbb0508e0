//! Who is signed in: found once for each request, known to the head of every page and to every form.
//!
//! The visitor of the request at hand is a task-local. Passing it through every page function instead would put an
//! argument into each of them that only the frame of the page reads; a page that forgot it would look signed out.

mod cookie;
mod extract;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};
use service::identity::{self, SignedIn, form_token};
use service::kept_case::Token;
use service::notice;

use crate::about::About;
use crate::errors::Error;
use crate::site::{Shared, Site};

pub use cookie::SESSION;
pub(crate) use extract::{Entered, Sent, Signed, Visitor, next, step, with_next};

/// The field in which a form carries its token.
pub(crate) const TOKEN_FIELD: &str = "form_token";

tokio::task_local! {
    static HERE: Here;
}

/// What is known of the request at hand.
struct Here {
    visitor: Visitor,
    /// What the site is called.
    about: Arc<About>,
    /// Notices the person has not read.
    unread: i64,
    /// Behind the tokens of this browser's forms.
    secret: Token,
    /// Whether a form was written, so that the secret has to be kept.
    used: AtomicBool,
}

/// Finds who is signed in, and keeps the secret of the forms where a page has one.
pub(crate) async fn recognise(State(site): State<Shared>, mut request: Request, next: Next) -> Response {
    if request.uri().path().starts_with("/assets/") {
        return next.run(request).await;
    }
    let secure = is_secure(&site, request.headers());
    let kept = cookie::read(request.headers(), cookie::FORM).and_then(|text| text.parse::<Token>().ok());
    let here = match here(&site, request.headers(), kept.clone().unwrap_or_else(|| site.token())).await {
        Ok(here) => here,
        Err(error) => return error.into_response(),
    };
    request.extensions_mut().insert(here.visitor.clone());
    let secret = here.secret.to_string();
    let (mut response, used) =
        HERE.scope(here, async { (next.run(request).await, HERE.with(|here| here.used.load(Ordering::Relaxed))) }).await;
    if kept.is_none() && used {
        response.headers_mut().extend(cookie::form(&secret, secure).map(|value| (header::SET_COOKIE, value)));
    }
    response
}

async fn here(site: &Site, headers: &HeaderMap, secret: Token) -> Result<Here, Error> {
    let token = cookie::read(headers, cookie::SESSION).map(str::to_owned);
    let signed_in = match &token {
        Some(token) => identity::resume(site.store(), &site.edge(), token).await?,
        None => None,
    };
    let unread = match signed_in.as_ref().and_then(SignedIn::session) {
        Some(session) => notice::unread(&site.desk(), session.acting()).await?,
        None => 0,
    };
    let visitor = Visitor { signed_in, token, form_token: form_token(&secret) };
    Ok(Here { visitor, about: site.about().clone(), unread, secret, used: AtomicBool::new(false) })
}

/// Whether cookies travel by TLS only: the site is known under such an address, or a proxy says that this request came by
/// it. Whoever claims that falsely only keeps its own cookies to itself.
fn is_secure(site: &Site, headers: &HeaderMap) -> bool {
    let forwarded = headers.get("x-forwarded-proto").is_some_and(|value| value.as_bytes() == b"https");
    forwarded || site.edge().origin.starts_with("https://")
}

/// The hidden field that every form with `method="post"` begins with.
pub(crate) fn token_field() -> Markup {
    let token = HERE.try_with(|here| {
        here.used.store(true, Ordering::Relaxed);
        here.visitor.form_token.clone()
    });
    html! { input type="hidden" name=(TOKEN_FIELD) value=(token.unwrap_or_default()); }
}

/// Who is signed in and how many notices wait, for the head of the page at hand.
pub(crate) fn visitor() -> Option<(SignedIn, i64)> {
    HERE.try_with(|here| here.visitor.signed_in.clone().map(|signed_in| (signed_in, here.unread))).ok().flatten()
}

/// What the site is called and who answers for it, for the frame of the page at hand.
pub(crate) fn about() -> Arc<About> {
    HERE.try_with(|here| here.about.clone()).unwrap_or_default()
}

/// An answer that begins a session with this secret.
pub(crate) fn begun(site: &Site, headers: &HeaderMap, token: &Token, answer: Response) -> Response {
    with_cookie(answer, cookie::session(&token.to_string(), is_secure(site, headers)))
}

/// An answer that ends the browser's session.
pub(crate) fn ended(site: &Site, headers: &HeaderMap, answer: Response) -> Response {
    with_cookie(answer, cookie::no_session(is_secure(site, headers)))
}

fn with_cookie(mut answer: Response, cookie: Option<axum::http::HeaderValue>) -> Response {
    answer.headers_mut().extend(cookie.map(|value| (header::SET_COOKIE, value)));
    answer
}
