//! What stands before every handler: who calls, whether the token is made for this, and not too often.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use service::token::{Bearer, bearer};

use crate::BASE;
use crate::access::Access;
use crate::led_to;
use crate::problem::Problem;
use crate::rate::Limit;
use crate::state::{Api, Shared};

/// Lets a request through to its handler, with the bearer of its token.
pub(crate) async fn check(State(api): State<Shared>, request: Request, next: Next) -> Response {
    let shown = Shown::of(&request);
    let (mut request, names) = led_to::names(request).await;
    let mut response = match admitted(&api, &shown, &names).await {
        Ok(caller) => {
            if let Some(caller) = caller {
                request.extensions_mut().insert(caller);
            }
            next.run(request).await
        }
        Err(problem) => problem.into_response(),
    };
    let headers = response.headers_mut();
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// What the guard looks at: taken out of the request, whose body nobody else may look at meanwhile.
struct Shown {
    method: Method,
    /// The route, if there is one.
    path: Option<String>,
    client: String,
    /// The token, empty if there is none.
    secret: String,
}

impl Shown {
    fn of(request: &Request) -> Self {
        let matched = request.extensions().get::<MatchedPath>().and_then(|path| path.as_str().strip_prefix(BASE));
        let shown = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let secret =
            shown.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")).map_or("", |(_, secret)| secret.trim());
        Self { method: request.method().clone(), path: matched.map(str::to_owned), client: client(request), secret: secret.to_owned() }
    }
}

async fn admitted(api: &Api, shown: &Shown, names: &led_to::Names) -> Result<Option<Bearer>, Problem> {
    // Without a route there is nothing to guard but the time it takes to say so.
    let Some(path) = shown.path.as_deref() else { return public(api, shown, Limit::Public) };
    match api.rules().get(&shown.method, path) {
        Some(Access::Public) if path.ends_with("/objections") && shown.method == Method::POST => public(api, shown, Limit::Object),
        Some(Access::Public) => public(api, shown, Limit::Public),
        Some(Access::Token(scopes)) => {
            let caller = caller(api, shown).await?;
            let made_for_it = scopes.iter().any(|scope| caller.scopes.contains(scope));
            if !made_for_it {
                return Err(Problem::Scope(scopes.clone()));
            }
            led_to::demand(&api.desk(), &caller.acting, names).await?;
            Ok(Some(caller))
        }
        None => public(api, shown, Limit::Public).and(Err(Problem::WrongMethod)),
    }
}

fn public(api: &Api, shown: &Shown, limit: Limit) -> Result<Option<Bearer>, Problem> {
    if api.take(&shown.client, limit) { Ok(None) } else { Err(Problem::TooMany) }
}

async fn caller(api: &Api, shown: &Shown) -> Result<Bearer, Problem> {
    if !api.may(&shown.client, Limit::Failed) {
        return Err(Problem::TooMany);
    }
    let Some(caller) = bearer(&api.desk(), &shown.secret).await? else {
        api.take(&shown.client, Limit::Failed);
        return Err(Problem::NoToken);
    };
    if api.take(&caller.id, Limit::Token) { Ok(caller) } else { Err(Problem::TooMany) }
}

/// The address of a client, of version 6 the network half. A reverse proxy on this machine names the one it speaks for in the
/// last entry of `X-Forwarded-For`; from anywhere else that header is a claim and is ignored.
fn client(request: &Request) -> String {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip().to_canonical());
    let peer = peer.unwrap_or(IpAddr::from([127, 0, 0, 1]));
    let forwarded =
        request.headers().get_all("x-forwarded-for").iter().next_back().and_then(|value| value.to_str().ok()?.rsplit(',').next());
    let named = forwarded.and_then(|text| text.trim().parse::<IpAddr>().ok()).filter(|_| peer.is_loopback());
    match named.unwrap_or(peer).to_canonical() {
        IpAddr::V4(four) => four.to_string(),
        IpAddr::V6(six) => format!("{:x}", six.to_bits() >> 64),
    }
}
