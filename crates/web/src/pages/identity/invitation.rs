//! 接受邀请

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use service::ServiceError;
use service::identity::{self, Invitation, Invited, NewPerson, SignedIn};

use super::parts;
use crate::components::entry::Typed;
use crate::errors::Error;
use crate::extract::Name;
use crate::session::{self, Entered, Visitor};
use crate::site::{Shared, Site};

const TITLE: &str = "接受邀请";

/// `GET /invitations/{token}`
pub(super) async fn show(State(site): State<Shared>, Name(token): Name, visitor: Visitor) -> Result<Response, Error> {
    let (invitation, invited) = read(&site, &token).await?;
    let typed = Typed::with("name", &invitation.name);
    Ok(parts::page(TITLE, &typed, body(&token, &invitation, invited, &visitor, &typed)))
}

async fn read(site: &Site, token: &str) -> Result<(Invitation, Invited), Error> {
    identity::invitation(site.store(), &site.edge(), token).await.map_err(parts::link_over)
}

fn body(token: &str, invitation: &Invitation, invited: Invited, visitor: &Visitor, typed: &Typed) -> Markup {
    let address = format!("/invitations/{token}");
    let known = visitor.signed_in.as_ref().map(SignedIn::known);
    html! {
        p.lead { "邀请您加入“" (invitation.organisation_name) "”，担任" (identity::labels(&invitation.roles)) "。" }
        p { "邮箱：" (invitation.email) }
        @match (invited, known) {
            (Invited::New, _) => (new_account(&address, typed)),
            (Invited::Away, _) => (accept(&address, "接受邀请，恢复账号")),
            (Invited::Member, Some(known)) if known.email == invitation.email => (accept(&address, "接受邀请")),
            (Invited::Member, Some(_)) => p { "您当前登录的是另一个账号，请先退出，再打开本链接，用上述邮箱登录。" },
            (Invited::Member, None) => {
                p { "该邮箱已有账号，请登录后接受邀请。" }
                p { a.button href=(session::with_next("/sign-in", &address)) { "登录" } }
            },
        }
    }
}

fn accept(address: &str, label: &str) -> Markup {
    html! {
        form method="post" action=(address) {
            (session::token_field())
            div.submit { button type="submit" { (label) } }
        }
    }
}

fn new_account(address: &str, typed: &Typed) -> Markup {
    html! {
        p { "请填写个人信息并设置密码，今后用上述邮箱登录。" }
        form method="post" action=(address) novalidate {
            (session::token_field())
            (parts::person(typed))
            (parts::new_password(typed))
            div.submit { button type="submit" { "接受邀请，建立账号" } }
        }
    }
}

/// `POST /invitations/{token}`
pub(super) async fn send(State(site): State<Shared>, Name(token): Name, sent: Entered) -> Result<Response, Error> {
    let (invitation, invited) = read(&site, &token).await?;
    let (store, edge) = (site.store(), site.edge());
    let text = |path: &str| sent.text(path).to_owned();
    let known = sent.visitor.signed_in.as_ref().map(SignedIn::known);
    let accepted = match invited {
        Invited::New => {
            let (name, phone) = (text("name"), text("phone"));
            let (password, password_again) = (text("password"), text("password_again"));
            identity::accept_as_new(store, &edge, &token, &NewPerson { name, phone, password, password_again }).await
        }
        Invited::Member | Invited::Away => identity::accept_as_known(store, &edge, &token, known).await,
    };
    match accepted {
        Ok(()) if known.is_some() => Ok(Redirect::to("/organisations/choose").into_response()),
        Ok(()) => Ok(Redirect::to("/sign-in?said=joined").into_response()),
        Err(ServiceError::Refused(refusal)) => {
            let typed = Typed::new(sent.fields, refusal.errors);
            Ok(parts::again(TITLE, &typed, body(&token, &invitation, invited, &sent.visitor, &typed)))
        }
        Err(ServiceError::Forbidden) => Ok(Redirect::to(&session::with_next("/sign-in", &format!("/invitations/{token}"))).into_response()),
        Err(error) => Err(parts::link_over(error)),
    }
}
