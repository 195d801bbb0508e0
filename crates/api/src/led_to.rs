//! What an address leads to is asked for before what was sent there is read: whoever may not have it learns no more, whatever the body and
//! the version say. What may be done with it the use case asks again.

use axum::extract::{FromRequestParts as _, RawPathParams, Request};
use axum::http::Method;
use records::access::Acting;
use service::{Desk, ServiceError, application, batch, import, payment, product, publicity};

/// The names in an address and what stands for each, `("file", "…")`, from left to right.
pub(crate) type Names = Vec<(String, String)>;

/// A request with the names in its address; none for one that only reads, whose use case asks.
pub(crate) async fn names(request: Request) -> (Request, Names) {
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return (request, Names::new());
    }
    let (mut parts, body) = request.into_parts();
    let found = RawPathParams::from_request_parts(&mut parts, &()).await;
    let names = found.map_or_else(|_| Names::new(), |found| found.iter().map(|(name, id)| (name.to_owned(), id.to_owned())).collect());
    (Request::from_parts(parts, body), names)
}

/// Lets those through who may have what the names lead to.
///
/// # Errors
/// The caller may not, or there is none: the two are told apart only of what everybody may read.
pub(crate) async fn demand(desk: &Desk<'_>, acting: &Acting, names: &Names) -> Result<(), ServiceError> {
    let id = |name: &str| names.iter().find(|(known, _)| known == name).map(|(_, id)| id.as_str());
    if let Some(file) = id("file") {
        application::may_open(desk, acting, file).await?;
    }
    if let Some(list) = id("list") {
        payment::payment_list(desk, acting, list).await?;
    }
    if let Some(table) = id("import") {
        import::may_go_on(desk, acting, table).await?;
    }
    if let Some(call) = id("batch") {
        batch::may_end(desk, acting, call).await?;
    }
    if let Some(offered) = id("product") {
        product::overseen_one(desk, acting, offered).await?;
    }
    if let (Some(publicity), Some(objection)) = (id("publicity"), id("objection")) {
        publicity::may_settle(desk, acting, publicity, objection).await?;
    }
    Ok(())
}
