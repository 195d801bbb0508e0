//! 授权代办: an enterprise grants and withdraws, a provider sees for whom it may act.

mod form;
mod view;

use axum::extract::State;
use axum::response::{Html, Response};
use maud::html;
use records::access::Acting;
use records::account::Role;
use records::mandate::Mandate;
use records::organisation::OrganisationKind;
use service::mandate::{self, Mandating};
use service::organisation;

use crate::components::form::{Form, go};
use crate::components::layout;
use crate::errors::Error;
use crate::extract::{Asked, Name};
use crate::pages::conduct::today;
use crate::session::{Sent, Signed};
use crate::site::{Shared, Site};

/// `GET /mandates`; for the form `?programme=` and `?search=`, a word of the provider's name.
pub(super) async fn show(State(site): State<Shared>, signed: Signed, asked: Asked) -> Result<Html<String>, Error> {
    let done = [("granted", "授权已生效，可以随时撤回。"), ("withdrawn", "授权已撤回，服务商不能再代办。")];
    let done = done.into_iter().find(|(name, _)| asked.get(name).is_some()).map(|(_, said)| said);
    let opens = form::Opens { programme: asked.get("programme"), search: asked.get("search").unwrap_or_default() };
    page(&site, signed.session.acting(), &opens, None, done).await
}

/// `POST /mandates`
pub(super) async fn grant(State(site): State<Shared>, sent: Sent) -> Result<Response, Error> {
    let text = |name: &str| sent.text(name).to_owned();
    let (provider, programme, from_on, until_on) = (text("provider"), text("programme"), text("from_on"), text("until_on"));
    let said = Mandating { provider, programme, procedures: sent.all("procedures"), from_on, until_on };
    match mandate::grant(&site.desk(), sent.session.acting(), &said).await {
        Ok(_) => Ok(go("/mandates?granted=1")),
        Err(error) => {
            let form = Form::again(sent.fields, error)?;
            let opens = form::Opens { programme: Some(form.typed.text("programme")), search: form.typed.text("search") };
            let page = page(&site, sent.session.acting(), &opens, Some(&form), None).await?;
            Ok(form.answer(page))
        }
    }
}

/// `POST /mandates/{id}/withdraw`
pub(super) async fn withdraw(State(site): State<Shared>, Name(id): Name, sent: Sent) -> Result<Response, Error> {
    match mandate::withdraw(&site.desk(), sent.session.acting(), &id).await {
        Ok(()) => Ok(go("/mandates?withdrawn=1")),
        Err(error) => {
            let form = Form::again(Vec::new(), error)?;
            let page = page(&site, sent.session.acting(), &form::Opens::default(), Some(&form), None).await?;
            Ok(form.answer(page))
        }
    }
}

/// The organisations at both ends of mandates.
pub(super) fn parties(mandates: &[Mandate]) -> Vec<&str> {
    mandates.iter().flat_map(|one| [one.enterprise.as_str(), one.provider.as_str()]).collect()
}

async fn page(
    site: &Site,
    acting: &Acting,
    opens: &form::Opens<'_>,
    form: Option<&Form>,
    done: Option<&str>,
) -> Result<Html<String>, Error> {
    let desk = site.desk();
    let mandates = mandate::mandates(&desk, acting).await?;
    let names = organisation::names(&desk, &parties(&mandates)).await?;
    let list = view::List { library: site.library(), acting, names: &names, today: today(site) };
    let grants = acting.kind == OrganisationKind::Enterprise && acting.is(Role::Manager) && acting.mandate.is_none();
    let granting = if grants { Some(form::page(site, opens, form).await?) } else { None };
    let main = html! {
        h1 { "授权代办" }
        @if let Some(done) = done { div.notice role="status" { p { (done) } } }
        @if let Some(form) = form { (form.summary(None)) }
        (view::list(&list, &mandates))
        @if let Some(granting) = granting { (granting) }
    };
    Ok(layout::page("授权代办", &[("我的办件", "/home")], main))
}
