//! What stands before every post: it comes from this site, and not too often.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::errors::Error;
use crate::rate::{self, Limit};
use crate::site::Shared;

/// Refuses posts from other sites and posts beyond the limit.
pub(crate) async fn posts(State(site): State<Shared>, request: Request, next: Next) -> Response {
    match check(&site, &request) {
        Ok(()) => next.run(request).await,
        Err(error) => error.into_response(),
    }
}

fn check(site: &Shared, request: &Request) -> Result<(), Error> {
    if request.method() != Method::POST {
        return Ok(());
    }
    if !same_site(request.headers()) {
        return Err(Error::CrossSite);
    }
    if !site.may(rate::client(address(request)), limit(request.uri().path())) {
        return Err(Error::TooMany);
    }
    Ok(())
}

/// What a post to this address counts as.
fn limit(path: &str) -> Limit {
    match path.split('/').nth(1) {
        Some("sign-in") => return Limit::SignIn,
        Some("register" | "verify-email" | "forgot-password" | "reset-password" | "invitations" | "set-up") => return Limit::Enter,
        _ => {}
    }
    match path.rsplit('/').next() {
        // A form that saves itself while somebody types.
        Some("score" | "draft") => Limit::Score,
        Some("simulation") => Limit::Simulate,
        Some("objections") => Limit::Object,
        _ => Limit::Keep,
    }
}

/// Whether a post comes from a page of this site.
///
/// Browsers say so in `Sec-Fetch-Site`; older ones, and all of them over plain HTTP, only name the
/// `Origin`. A client that sends neither is no browser that a foreign page could misuse.
fn same_site(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    if !headers.contains_key(header::ORIGIN) {
        return true;
    }
    let origin = text("origin").and_then(|origin| origin.split_once("://"));
    origin.is_some_and(|(_, host)| text("host") == Some(host))
}

/// The client's address. A reverse proxy on this machine names the client it speaks for in the
/// last entry of `X-Forwarded-For`; from anywhere else that header is a claim and is ignored.
fn address(request: &Request) -> IpAddr {
    let info = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let peer = info.map_or(IpAddr::from([127, 0, 0, 1]), |ConnectInfo(peer)| peer.ip());
    if !peer.to_canonical().is_loopback() {
        return peer;
    }
    let forwarded = request.headers().get_all("x-forwarded-for").iter().next_back();
    let last = forwarded.and_then(|value| value.to_str().ok()?.rsplit(',').next());
    last.and_then(|text| text.trim().parse().ok()).unwrap_or(peer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_site_may_post() {
        for (pairs, allowed) in [
            (&[("sec-fetch-site", "same-origin")][..], true),
            (&[("sec-fetch-site", "none")], true),
            (&[("sec-fetch-site", "cross-site")], false),
            (&[("sec-fetch-site", "same-site")], false),
            (&[("sec-fetch-site", "cross-site"), ("origin", "http://a"), ("host", "a")], false),
            (&[("origin", "http://a:8080"), ("host", "a:8080")], true),
            (&[("origin", "https://a"), ("host", "a")], true),
            (&[("origin", "http://evil"), ("host", "a")], false),
            (&[("origin", "null"), ("host", "a")], false),
            (&[("host", "a")], true),
        ] {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.insert(*name, value.parse().unwrap());
            }
            assert_eq!(same_site(&headers), allowed, "{pairs:?}");
        }
    }

    #[test]
    fn a_forwarded_address_counts_only_from_this_machine() {
        for (peer, forwarded, expected) in [
            ("127.0.0.1:5", "198.51.100.1, 203.0.113.7", "203.0.113.7"),
            ("127.0.0.1:5", "nonsense", "127.0.0.1"),
            ("192.0.2.9:5", "203.0.113.7", "192.0.2.9"),
        ] {
            let peer: SocketAddr = peer.parse().unwrap();
            let request = Request::builder().header("x-forwarded-for", forwarded);
            let request = request.extension(ConnectInfo(peer)).body(axum::body::Body::empty()).unwrap();
            assert_eq!(address(&request).to_string(), expected, "{peer} {forwarded}");
        }
    }
}
