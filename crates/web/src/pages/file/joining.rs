//! 参与单位: each member's own page of a file, and who has joined, for everybody else who may see it.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use policy::pack::{Form, Members};
use policy::spec::StageSpec;
use records::access::{Sight, may_remove_member};
use records::answers::Answers;
use records::application::{Joining, Participant};
use records::{FieldError, Refusal};
use service::ServiceError;
use service::application::{self, Workable};

use super::opened::Opened;
use super::work::RECORD;
use crate::components::clause::cites;
use crate::components::layout;
use crate::errors::Error;
use crate::extract::Name;
use crate::pages::desk::Wished;
use crate::session::{self, Sent, Signed};
use crate::sheet::{self, Frame, Mode, Sheet, frame};
use crate::site::Shared;

/// What is wrong with what was sent.
#[derive(Default)]
struct Undone {
    errors: Vec<FieldError>,
    refused: Option<Refusal>,
    /// Of whom another was to be named, and the name typed.
    replacing: Option<(String, String)>,
}

/// `GET /files/{id}/join`
pub(super) async fn show(
    State(site): State<Shared>,
    Signed { session, .. }: Signed,
    Name(id): Name,
    wished: Wished,
) -> Result<Response, Error> {
    let opened = Opened::load(&site, &session, &id, &wished).await?;
    Ok(page(&opened, None, &Undone::default()).await?.into_response())
}

/// `POST /files/{id}/join`
pub(super) async fn send(State(site): State<Shared>, Name(id): Name, wished: Wished, sent: Sent) -> Result<Response, Error> {
    let opened = Opened::load(&site, &sent.session, &id, &wished).await?;
    let stage = &members(&opened)?.join.id;
    let (desk, acting) = (site.desk(), sent.session.acting());
    // What a member hands in is its own page, saved just now over its own version: that others joined meanwhile is nothing to it.
    let version = if sent.text("do") == "prepare" { opened.view.version } else { sent.text(RECORD).parse().unwrap_or(0) };
    let typed = if matches!(sent.text("do"), "save" | "prepare") { Some(save(&opened, stage, &sent).await?) } else { None };
    let done = match (sent.text("do"), &typed) {
        (_, Some(Err(_))) => Err(ServiceError::Conflict),
        ("save", _) => Ok(()),
        ("prepare", _) => application::prepare_join(&desk, acting, &id, version, stage).await,
        ("sign", _) => application::join(&desk, acting, &id, version, stage).await,
        ("decline", _) => application::decline_join(&desk, acting, &id, version, stage, sent.text("reason")).await,
        ("replace", _) => {
            let named = (&sent.text("organisation").into(), sent.text("other"));
            application::replace_member(&desk, acting, &id, version, stage, named).await
        }
        ("remove", _) => application::remove_member(&desk, acting, &id, version, stage, &sent.text("organisation").into()).await,
        _ => return Err(Error::NoPage),
    };
    let undone = match done {
        Ok(()) => return Ok(Redirect::to(&format!("/files/{id}/join")).into_response()),
        Err(ServiceError::Refused(refusal)) if !refusal.errors.is_empty() => {
            let replacing = (sent.text("do") == "replace").then(|| (sent.text("organisation").to_owned(), sent.text("other").to_owned()));
            Undone { errors: refusal.errors, replacing, ..Undone::default() }
        }
        Err(ServiceError::Refused(refusal)) => Undone { refused: Some(refusal), ..Undone::default() },
        Err(ServiceError::Conflict) => {
            Undone { refused: Some(Refusal::new("内容刚刚有变化，请核对后再次提交。")), ..Undone::default() }
        }
        Err(error) => return Err(error.into()),
    };
    let typed = typed.map(|typed| typed.unwrap_or_else(|typed| typed));
    let opened = Opened::load(&site, &sent.session, &id, &wished).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&opened, typed, &undone).await?).into_response())
}

/// Saves what was typed and answers it; an error holds what a colleague's saving kept from being saved.
async fn save(opened: &Opened<'_>, stage: &str, sent: &Sent) -> Result<Result<Answers, Answers>, Error> {
    let (desk, acting) = (opened.site.desk(), opened.session.acting());
    let (_, before) = application::join_draft(&desk, acting, opened.id(), stage).await?;
    let forms = forms(opened, opened.stage(stage)?);
    let typed = sheet::merged(opened.pack(), &forms, &before, &sent.fields);
    let version = sheet::version(&sent.fields);
    match application::save_join_draft(&desk, acting, opened.id(), stage, version, &typed).await {
        Ok(_) => Ok(Ok(typed)),
        Err(ServiceError::Conflict) => Ok(Err(typed)),
        Err(error) => Err(error.into()),
    }
}

fn members<'o>(opened: &'o Opened) -> Result<Members<'o>, Error> {
    opened.pack().members(&opened.view.application.procedure).ok_or(Error::NoPage)
}

fn forms<'o>(opened: &'o Opened, stage: &StageSpec) -> Vec<&'o Form> {
    stage.forms.iter().filter_map(|form| opened.pack().form(form)).collect()
}

async fn page(opened: &Opened<'_>, typed: Option<Answers>, undone: &Undone) -> Result<Html<String>, Error> {
    let stage = members(opened)?.join;
    let own = opened.view.application.participant(&opened.session.acting().organisation);
    let work = opened.view.works.iter().find(|work| work.stage == stage.id);
    let mine = match (own, work) {
        (Some(own), Some(work)) => own_page(opened, stage, own, work, typed, undone).await?,
        (Some(own), None) => html! { (standing(own)) (read(opened, stage, &own.answers)) },
        (None, _) => html! {},
    };
    let documents = if own.is_some_and(Participant::has_joined) {
        super::view::documents(opened).await?
    } else {
        html! {}
    };
    let main = html! {
        h1 { (stage.label) }
        p.lead { (opened.title()) }
        p { (stage.does) " " (cites(opened.pack(), &stage.clause.joined())) }
        @if let Some(refused) = &undone.refused {
            div.notice.bad role="alert" {
                p { (refused.message) @if let Some(clauses) = &refused.clause { " " (cites(opened.pack(), clauses)) } }
            }
        }
        (mine)
        (table(opened, stage, undone))
        (documents)
    };
    Ok(match opened.view.sight.sight() {
        Sight::Participant => layout::page(&stage.label, &[("我的办件", "/home")], main),
        Sight::Applicant => {
            let own = format!("/files/{}/fill", opened.id());
            layout::page(&stage.label, &[("我的办件", "/home"), (&opened.title(), &own)], main)
        }
        _ => opened.page(&stage.label, &main),
    })
}

fn standing(own: &Participant) -> Markup {
    html! {
        @match &own.joining {
            Joining::Joined { at } => div.notice { p { "本单位已于" (at.text()) "确认参与。" } },
            Joining::Declined { reason, .. } => div.notice { p { "本单位已谢绝：" (reason) } },
            _ => p { "本单位还没有确认。" },
        }
    }
}

async fn own_page(
    opened: &Opened<'_>,
    stage: &StageSpec,
    own: &Participant,
    work: &Workable,
    typed: Option<Answers>,
    undone: &Undone,
) -> Result<Markup, Error> {
    let (version, draft) = application::join_draft(&opened.site.desk(), opened.session.acting(), opened.id(), &stage.id).await?;
    let typed = typed.unwrap_or(draft);
    let prepared = matches!(own.joining, Joining::Prepared { .. });
    let address = format!("/files/{}/join", opened.id());
    let sheet = Sheet {
        case: Some(&opened.view.case),
        errors: &undone.errors,
        fixed_rows: true,
        ..Sheet::new(opened.pack(), forms(opened, stage), &typed)
    };
    let buttons = html! {
        input type="hidden" name=(RECORD) value=(opened.view.version);
        button type="submit" name="do" value="prepare" { "提交签发" }
        button.second type="submit" name="do" value="save" { "保存" }
    };
    Ok(html! {
        @if let Joining::Declined { reason, .. } = &own.joining { div.notice { p { "本单位已谢绝：" (reason) "。改为参与的，填写后签发即可。" } } }
        @if prepared { div.notice { p { "本页已提交，等待本单位签发人签发。" } } }
        @else if !work.handles { div.notice { p { "等待本单位经办人填写并提交，之后由签发人签发确认。" } } }
        @if work.handles {
            (frame(&sheet, &Frame { action: &address, version, saved_at: None, saves_itself: false }, &buttons))
        } @else if prepared { (read(opened, stage, &own.answers)) }
        @if work.handles && !work.signs { p.hint { "不参与的，由本单位签发人在本页谢绝并写明理由。" } }
        @if work.signs { (sign(opened, &address, prepared, undone)) }
    })
}

fn sign(opened: &Opened, address: &str, prepared: bool, undone: &Undone) -> Markup {
    let error = undone.errors.iter().find(|error| error.path == "reason").map(|error| error.message.as_str());
    let hidden = html! { (session::token_field()) input type="hidden" name=(RECORD) value=(opened.view.version); };
    html! {
        @if prepared {
            form method="post" action=(address) { (hidden) p { button type="submit" name="do" value="sign" { "签发并确认参与" } } }
        }
        details open[error.is_some()] {
            summary { "不参与联合申报" }
            form method="post" action=(address) novalidate {
                (hidden)
                div.field.wrong[error.is_some()] {
                    label for="reason" { "不参与的理由" }
                    (crate::components::field::message("reason", error))
                    textarea #reason name="reason" rows="3" {}
                }
                button.second type="submit" name="do" value="decline" { "谢绝" }
            }
        }
    }
}

/// A page as it was filled in.
fn read(opened: &Opened, stage: &StageSpec, answers: &Answers) -> Markup {
    let sheet = Sheet { case: Some(&opened.view.case), mode: Mode::Read, ..Sheet::new(opened.pack(), forms(opened, stage), answers) };
    sheet::view(&sheet)
}

fn table(opened: &Opened, stage: &StageSpec, undone: &Undone) -> Markup {
    let file = &opened.view.application;
    let open = file.stages.get(&stage.id).is_some_and(records::application::StageState::is_open) && !file.has_ended();
    let removes = open && may_remove_member(opened.session.acting(), file, opened.site.edge().now.day());
    // Those who keep it waiting stand first.
    let mut all: Vec<&Participant> = file.participants.iter().collect();
    all.sort_by_key(|one| (one.has_joined(), !matches!(one.joining, Joining::Declined { .. })));
    let joined = all.iter().filter(|one| one.has_joined()).count();
    html! {
        h2 { "参与单位（" (file.participants.len()) "家，已确认" (joined) "家）" }
        @if file.participants.is_empty() { p { "没有参与单位。" } }
        ul.calls { @for one in all { (line(opened, stage, one, removes, undone)) } }
    }
}

fn line(opened: &Opened, stage: &StageSpec, one: &Participant, removes: bool, undone: &Undone) -> Markup {
    // Members do not read each other's pages; their own stands above.
    let shows = opened.view.sight.sight() != Sight::Participant;
    html! {
        li {
            div {
                h3 { (one.member.name) }
                @if let Joining::Declined { reason, .. } = &one.joining { p { "谢绝理由：" (reason) } }
                @if one.has_joined() && shows { details { summary { "该单位填写的内容" } (read(opened, stage, &one.answers)) } }
                @if removes && !one.has_joined() { (replace(opened, one, undone)) }
            }
            div {
                span.tag.good[one.has_joined()].bad[matches!(one.joining, Joining::Declined { .. })] { (one.joining.label()) }
            }
        }
    }
}

/// For the lead: another in the place of one that did not join, or nobody.
fn replace(opened: &Opened, one: &Participant, undone: &Undone) -> Markup {
    let own = one.member.organisation.as_str();
    let typed = undone.replacing.as_ref().filter(|(organisation, _)| organisation == own).map(|(_, typed)| typed.as_str());
    let error = typed.and_then(|_| undone.errors.iter().find(|error| error.path == "other")).map(|error| error.message.as_str());
    let field = format!("other-{own}");
    html! {
        details open[typed.is_some() || matches!(one.joining, Joining::Declined { .. })] {
            summary { "换成其他单位或者移出" span.hidden { "：" (one.member.name) } }
            form method="post" action=(format!("/files/{}/join", opened.id())) novalidate {
                (session::token_field())
                input type="hidden" name=(RECORD) value=(opened.view.version);
                input type="hidden" name="organisation" value=(own);
                div.field.wrong[error.is_some()] {
                    label for=(field) { "换成的单位" }
                    p.hint { "与营业执照一致的全称，或者统一社会信用代码；该单位须已在平台注册。" }
                    (crate::components::field::message(&field, error))
                    input #(field) type="text" name="other" value=(typed.unwrap_or_default()) autocomplete="off" maxlength="200";
                }
                button type="submit" name="do" value="replace" { "换成该单位" }
                " " button.second type="submit" name="do" value="remove" { "移出，不再补充" }
            }
        }
    }
}
