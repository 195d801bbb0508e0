//! 本单位申报: what a bureau applies for itself, beside its work on the files of others.

use axum::extract::State;
use axum::response::Html;
use maud::html;
use service::identity::Session;

use super::gather::Mine;
use super::overview;
use crate::components::form::Form;
use crate::errors::Error;
use crate::extract::Asked;
use crate::pages::desk::{OWN_FILES, applies, page_under_tab};
use crate::session::Signed;
use crate::site::{Shared, Site};

/// `GET /desk/own`
pub(super) async fn show(State(site): State<Shared>, signed: Signed, asked: Asked) -> Result<Html<String>, Error> {
    let acting = signed.session.acting();
    if !applies(acting.kind) {
        return Err(Error::NoPage);
    }
    let mine = Mine::of(&site, acting, &asked).await?;
    Ok(page(&site, &signed.session, &mine, &Form::default()))
}

/// The page. What may be begun stands first while nothing was.
pub(super) fn page(site: &Site, session: &Session, mine: &Mine, form: &Form) -> Html<String> {
    let (library, acting) = (site.library(), session.acting());
    let fresh = mine.files.total == 0;
    let main = html! {
        p.lead { "由" (session.organisation_name()) "作为填报单位的事项。" }
        (form.summary(None))
        @if fresh { (overview::to_begin(library, mine)) } @else { (overview::waiting(library, acting, mine, OWN_FILES)) (overview::to_begin(library, mine)) }
    };
    page_under_tab(session, "本单位申报", OWN_FILES, &main)
}
