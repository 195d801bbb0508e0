//! 本单位人员

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use records::account::{Account, Role};
use service::ServiceError;
use service::identity::{self, Invitee, Session};

use super::parts;
use crate::components::entry::{self, Line, Typed};
use crate::components::layout;
use crate::errors::Error;
use crate::extract::{Asked, Name};
use crate::session::{self, Sent, Signed};
use crate::site::{Shared, Site};
use crate::words;

const TITLE: &str = "本单位人员";

/// What each role may do, in the order of the form.
const ROLES: [(Role, &str); 3] = [
    (Role::Manager, "管理本单位人员和授权代办"),
    (Role::Handler, "填写、办理，提交签发"),
    (Role::Certifier, "审核并签发，不能同时是经办人"),
];

/// `GET /people`
pub(super) async fn show(State(site): State<Shared>, Signed { session, .. }: Signed, asked: Asked) -> Result<Response, Error> {
    let said = match asked.get("said") {
        Some("invited") => Some("邀请邮件已发出。"),
        Some("changed") => Some("已保存。"),
        _ => None,
    };
    Ok(page(&site, &session, &Typed::default(), said).await?.into_response())
}

async fn page(site: &Site, session: &Session, typed: &Typed, said: Option<&str>) -> Result<axum::response::Html<String>, Error> {
    let people = identity::people(site.store(), &site.edge(), session).await?;
    let body = html! {
        (layout::error_summary(typed.errors()))
        h1 { (TITLE) }
        @if let Some(said) = said { div.notice role="status" { p { (said) } } }
        p.lead { (session.organisation_name()) "：材料由经办人填写、签发人签发，两个角色由不同人员担任。" }
        (members(session, &people.members))
        (invited(&people.invited))
        (invite_form(typed))
    };
    Ok(layout::page(TITLE, &[], body))
}

fn members(session: &Session, members: &[Account]) -> Markup {
    let table = html! {
        table.stack {
            caption { "共" (members.len()) "人" }
            thead { tr { th scope="col" { "姓名" } th scope="col" { "邮箱" } th scope="col" { "电话" } th scope="col" { "角色" } th scope="col" { "操作" } } }
            tbody { @for member in members { (row(session, member)) } }
        }
    };
    layout::wide("本单位人员", &table)
}

fn row(session: &Session, member: &Account) -> Markup {
    let roles = member.roles(&session.acting().organisation);
    let own = member.id == session.acting().account;
    html! {
        tr {
            th scope="row" { (member.name) @if own { "（本人）" } }
            td data-label="邮箱" { (member.email) }
            td data-label="电话" { (member.phone) }
            td data-label="角色" { (identity::labels(&roles)) }
            td {
                details {
                    summary { "调整" span.hidden { "：" (member.name) } }
                    (roles_form(member, &roles))
                    @if !own && session.acting().kind.is_staff() {
                        (button(member, "second-factor", "重置二次验证", "遗失手机时使用，下次登录重新设置。"))
                    }
                    (button(member, "remove", "移出本单位", "立即退出登录，不能再以本单位名义办理。"))
                }
            }
        }
    }
}

fn roles_form(member: &Account, roles: &std::collections::BTreeSet<Role>) -> Markup {
    html! {
        form method="post" action=(format!("/people/{}/roles", member.id)) {
            (session::token_field())
            fieldset {
                legend.hidden { (member.name) "的角色" }
                @for (role, hint) in ROLES {
                    @let id = format!("{}-{}", member.id, role.as_str());
                    div.option {
                        input #(id) type="checkbox" name="roles" value=(role.as_str()) checked[roles.contains(&role)];
                        label for=(id) { (role.label()) span.hint { "　" (hint) } }
                    }
                }
            }
            button.second type="submit" { "保存角色" }
        }
    }
}

fn button(member: &Account, part: &str, label: &str, hint: &str) -> Markup {
    html! {
        form method="post" action=(format!("/people/{}/{part}", member.id)) {
            (session::token_field())
            p.hint { (hint) }
            button.second type="submit" { (label) span.hidden { "：" (member.name) } }
        }
    }
}

fn invited(invited: &[(identity::Invitation, i64)]) -> Markup {
    html! {
        @if !invited.is_empty() {
            h2 { "尚未接受的邀请" }
            ul.files {
                @for (invitation, until_ms) in invited {
                    li {
                        (invitation.name) "（" (invitation.email) "），" (identity::labels(&invitation.roles)) "，"
                        span.quiet { (words::moment(until_ms / 1000)) "到期" }
                        form method="post" action="/people/withdraw" {
                            (session::token_field())
                            input type="hidden" name="email" value=(invitation.email);
                            button.second type="submit" { "撤回" span.hidden { "对" (invitation.name) "的邀请" } }
                        }
                    }
                }
            }
        }
    }
}

fn invite_form(typed: &Typed) -> Markup {
    let roles = ROLES.map(|(role, hint)| (role.as_str(), role.label(), hint));
    html! {
        h2 #invite { "邀请人员" }
        form method="post" action="/people" novalidate {
            (session::token_field())
            (entry::line(typed, &Line { path: "name", label: "姓名", autocomplete: "off", ..Line::default() }))
            (entry::line(typed, &Line { path: "email", label: "邮箱", kind: "email", hint: Some("邀请邮件发往此邮箱，7天内有效。"), autocomplete: "off", ..Line::default() }))
            (entry::ticks(typed, "roles", "角色", true, &roles))
            div.submit { button type="submit" { "发出邀请" } }
        }
    }
}

/// `POST /people`
pub(super) async fn invite(State(site): State<Shared>, sent: Sent) -> Result<Response, Error> {
    let form = Invitee { name: sent.text("name").to_owned(), email: sent.text("email").to_owned(), roles: sent.all("roles") };
    let done = identity::invite(site.store(), &site.edge(), &sent.session, &form).await;
    answer(&site, sent, done, "invited").await
}

/// `POST /people/withdraw`
pub(super) async fn withdraw(State(site): State<Shared>, sent: Sent) -> Result<Response, Error> {
    let done = identity::withdraw_invitation(site.store(), &site.edge(), &sent.session, sent.text("email")).await;
    answer(&site, Sent { fields: Vec::new(), ..sent }, done, "changed").await
}

/// `POST /people/{account}/roles`
pub(super) async fn roles(State(site): State<Shared>, Name(account): Name, sent: Sent) -> Result<Response, Error> {
    let done = identity::change_roles(site.store(), &site.edge(), &sent.session, &account, &sent.all("roles")).await;
    answer(&site, Sent { fields: Vec::new(), ..sent }, done.map_err(of_the_whole), "changed").await
}

/// `POST /people/{account}/remove`
pub(super) async fn remove(State(site): State<Shared>, Name(account): Name, sent: Sent) -> Result<Response, Error> {
    let done = identity::remove_person(site.store(), &site.edge(), &sent.session, &account).await;
    answer(&site, sent, done, "changed").await
}

/// `POST /people/{account}/second-factor`
pub(super) async fn second_factor(State(site): State<Shared>, Name(account): Name, sent: Sent) -> Result<Response, Error> {
    let done = identity::reset_second_factor(site.store(), &sent.session, &account).await;
    answer(&site, sent, done, "changed").await
}

/// A refusal in a row of the table: its field's name is one of the invitation's form too.
fn of_the_whole(error: ServiceError) -> ServiceError {
    match error {
        ServiceError::Refused(mut refusal) => {
            refusal.errors.iter_mut().for_each(|error| error.path.clear());
            ServiceError::Refused(refusal)
        }
        other => other,
    }
}

async fn answer(site: &Site, sent: Sent, done: Result<(), ServiceError>, said: &str) -> Result<Response, Error> {
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/people?said={said}")).into_response()),
        Err(ServiceError::NotFound) => Err(Error::NoPage),
        Err(error) => {
            let typed = Typed::new(sent.fields, parts::refused(error)?);
            Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, page(site, &sent.session, &typed, None).await?).into_response())
        }
    }
}
