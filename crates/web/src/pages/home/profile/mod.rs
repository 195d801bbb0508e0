//! 单位信息: said once, quoted by every form.

mod form;

use axum::extract::State;
use axum::response::{Html, Response};
use records::access::Acting;
use records::account::Role;
use service::ServiceError;
use service::organisation::{self, Describing};

use crate::components::form::{Form, go};
use crate::errors::Error;
use crate::extract::Asked;
use crate::forms::with_unit;
use crate::pages::conduct::today;
use crate::session::{Sent, Signed};
use crate::site::{Shared, Site};

/// `GET /profile`
pub(super) async fn show(State(site): State<Shared>, signed: Signed, asked: Asked) -> Result<Html<String>, Error> {
    page(&site, signed.session.acting(), None, asked.get("saved").is_some()).await
}

/// `POST /profile`
pub(super) async fn send(State(site): State<Shared>, sent: Sent) -> Result<Response, Error> {
    match set(&site, &sent).await {
        Ok(()) => Ok(go("/profile?saved=1")),
        Err(error) => {
            let form = Form::again(sent.fields, error)?;
            let page = page(&site, sent.session.acting(), Some(&form), false).await?;
            Ok(form.answer(page))
        }
    }
}

async fn set(site: &Site, sent: &Sent) -> Result<(), ServiceError> {
    let profile = describing(sent).read(today(site))?;
    let version = sent.text("version").parse().unwrap_or(0);
    organisation::set_profile(&site.desk(), sent.session.acting(), version, profile).await
}

fn describing(sent: &Sent) -> Describing {
    let text = |name: &str| sent.text(name).to_owned();
    Describing {
        address: text("address"),
        legal_representative: text("legal_representative"),
        contact: text("contact"),
        phone: text("phone"),
        founded_on: text("founded_on"),
        trade: text("trade"),
        staff: text("staff"),
        revenue: with_unit(sent.text("revenue"), Some("万元")),
        assets: with_unit(sent.text("assets"), Some("万元")),
        quality: text("quality"),
        bank: text("bank"),
        bank_account: text("bank_account"),
    }
}

async fn page(site: &Site, acting: &Acting, form: Option<&Form>, saved: bool) -> Result<Html<String>, Error> {
    let (version, own) = organisation::own(&site.desk(), acting).await?;
    let may = acting.mandate.is_none() && (acting.is(Role::Handler) || acting.is(Role::Manager));
    Ok(form::page(&own, version, form, may, saved))
}
