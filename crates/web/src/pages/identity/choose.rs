//! 选择单位: for whom one acts.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use service::identity::{self, Choice, SignedIn};

use super::{parts, sign_in};
use crate::errors::Error;
use crate::extract::Asked;
use crate::session::{self, Entered, Visitor};
use crate::site::Shared;

/// `GET /organisations/choose`
pub(super) async fn show(State(site): State<Shared>, visitor: Visitor, asked: Asked) -> Result<Response, Error> {
    let next = session::next(asked.get("next"));
    let Some(signed_in @ (SignedIn::Choose(_) | SignedIn::Acting(_))) = &visitor.signed_in else {
        return Ok(sign_in::onward(visitor.signed_in.as_ref(), "/organisations/choose"));
    };
    let choices = identity::choices(site.store(), &site.edge(), signed_in.known()).await?;
    Ok(parts::said("选择单位", body(&choices, next)))
}

fn body(choices: &[Choice], next: &str) -> Markup {
    html! {
        @if choices.is_empty() { p { "您目前不属于任何单位，或者所属单位已停用。请联系单位管理员邀请您加入。" } }
        @else { p.lead { "请选择以哪个单位的名义办理。" } }
        ul.plain { @for choice in choices { li { (one(choice, next)) } } }
    }
}

fn one(choice: &Choice, next: &str) -> Markup {
    let organisation = &choice.organisation;
    html! {
        form.choice method="post" action=(session::with_next("/organisations/choose", next)) {
            (session::token_field())
            input type="hidden" name="organisation" value=(organisation.id);
            @if let Some(mandate) = &choice.mandate { input type="hidden" name="mandate" value=(mandate.id); }
            button.second type="submit" { (organisation.name) }
            span.quiet {
                (organisation.kind)
                @if let Some(mandate) = &choice.mandate { "，授权代办至" (mandate.until_on.chinese()) }
            }
        }
    }
}

/// `POST /organisations/choose`
pub(super) async fn send(State(site): State<Shared>, asked: Asked, sent: Entered) -> Result<Response, Error> {
    let Some(token) = sent.visitor.session_token() else { return Err(Error::SignedOut) };
    let mandate = Some(sent.text("mandate")).filter(|id| !id.is_empty());
    identity::choose_organisation(site.store(), &site.edge(), token, sent.text("organisation"), mandate).await?;
    Ok(Redirect::to(session::next(asked.get("next"))).into_response())
}
