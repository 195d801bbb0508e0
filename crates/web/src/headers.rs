//! Security and caching headers, the same for every answer.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::session::SESSION;

/// Nothing from elsewhere, nothing inline, no framing.
pub(crate) const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; \
     style-src 'self'; img-src 'self' data:; frame-src 'self'; connect-src 'self'; form-action 'self'; \
     frame-ancestors 'none'; base-uri 'none'";

const PERMISSIONS_POLICY: &str = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";

/// What every answer carries, unless it is stricter by itself: an uploaded file has its own policy.
const ALWAYS: [(HeaderName, &str); 4] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (HeaderName::from_static("permissions-policy"), PERMISSIONS_POLICY),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// Adds the headers to an answer.
pub(crate) async fn add(request: Request, next: Next) -> Response {
    let (referrer, cache) = for_request(&request);
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in &ALWAYS {
        if !headers.contains_key(name) {
            set(headers, name, value);
        }
    }
    set(headers, &header::REFERRER_POLICY, referrer);
    if !headers.contains_key(header::CACHE_CONTROL) {
        set(headers, &header::CACHE_CONTROL, cache);
    }
    response
}

/// Referrer and cache policy of a page.
///
/// The address of a result is its secret, so a result sends no referrer at all. A form that is
/// prefilled from a result still needs `same-origin`: with `no-referrer` the browser posts it with
/// the origin `null`, which looks like another site.
fn for_request(request: &Request) -> (&'static str, &'static str) {
    let result = request.uri().path().starts_with("/results");
    let prefilled = request.uri().query().is_some_and(|query| !query.is_empty());
    let linked = LINKS.iter().any(|link| request.uri().path().starts_with(link));
    let private = result || prefilled || linked || signed_in(request.headers()) || request.method() == Method::POST;
    let referrer = if result { "no-referrer" } else { "same-origin" };
    (referrer, if private { "no-store" } else { "no-cache" })
}

/// Addresses that hold the secret of a letter.
const LINKS: [&str; 3] = ["/verify-email", "/reset-password", "/invitations"];

/// Whether the browser says it is signed in: pages then show whose they are, and stay out of the cache of a shared computer.
fn signed_in(headers: &HeaderMap) -> bool {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies.flat_map(|line| line.split(';')).any(|pair| pair.trim().starts_with(&format!("{SESSION}=")))
}

fn set(headers: &mut HeaderMap, name: &HeaderName, value: &'static str) {
    headers.insert(name.clone(), HeaderValue::from_static(value));
}
