//! 名额: for each key of each quota who holds its places, who waits, in which order, and who would be left without; to be
//! looked at before anything is approved.

mod view;

use axum::Router;
use axum::extract::State;
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use axum::routing::get;
use policy::library::Library;
use policy::pack::{Pack, Procedure};
use records::access::{Acting, concerns};
use service::application::{self, sees_quotas};

use crate::errors::Error;
use crate::extract::Names;
use crate::session::Signed;
use crate::site::Shared;

/// Where these pages begin.
const START: &str = "/desk/quotas";

/// Every address of these pages.
pub(crate) fn routes() -> Router<Shared> {
    Router::new().route("/desk/quotas", get(first)).route("/desk/quotas/{programme}/{procedure}", get(show))
}

/// The address of a procedure's quotas.
pub(crate) fn address(programme: &str, procedure: &str) -> String {
    format!("{START}/{programme}/{procedure}")
}

/// The procedures whose stages take places.
fn procedures<'a>(library: &'a Library, acting: &Acting) -> Vec<(&'a Pack, &'a Procedure)> {
    let of =
        |pack: &'_ Pack| pack.procedures.iter().map(|one| one.id.clone()).filter(|id| !pack.quotas_of(id).is_empty()).collect::<Vec<_>>();
    let all = library.packs().filter(|pack| concerns(acting, pack)).flat_map(|pack| of(pack).into_iter().map(move |id| (pack, id)));
    all.filter_map(|(pack, id)| Some((pack.as_ref(), pack.procedure(&id)?))).collect()
}

/// `GET /desk/quotas`: the first procedure that has any.
async fn first(State(site): State<Shared>, Signed { session, .. }: Signed) -> Result<Response, Error> {
    if !sees_quotas(session.acting()) {
        return Err(Error::NoPage);
    }
    Ok(match procedures(site.library(), session.acting()).first() {
        Some((pack, procedure)) => Redirect::to(&address(&pack.id, &procedure.id)).into_response(),
        None => view::none(&session).into_response(),
    })
}

/// `GET /desk/quotas/{programme}/{procedure}`
async fn show(
    State(site): State<Shared>,
    Signed { session, .. }: Signed,
    Names(programme, procedure): Names,
) -> Result<Html<String>, Error> {
    let keys = application::quotas(&site.desk(), session.acting(), &programme, &procedure).await?;
    let pack = site.library().pack(&programme).ok_or(Error::NoPage)?;
    let known = pack.procedure(&procedure).ok_or(Error::NoPage)?;
    Ok(view::page(&session, &procedures(site.library(), session.acting()), (pack, known), &keys))
}
