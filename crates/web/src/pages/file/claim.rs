//! 追回: money that was paid and must come back, and what came.

use axum::extract::State;
use axum::response::{Html, IntoResponse as _, Response};
use maud::{Markup, html};
use records::access::may_prepare_payment;
use service::{ServiceError, application};
use standards::words::parse_amount;

use super::newer;
use super::opened::Opened;
use super::work::RECORD;
use crate::components::entry::select;
use crate::components::form::{Form, amount, area, go};
use crate::errors::Error;
use crate::extract::Name;
use crate::forms::with_unit;
use crate::pages::desk::Wished;
use crate::session::{self, Sent, Signed};
use crate::site::Shared;

/// What is done with the money.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Does {
    Claim,
    Repay,
}

impl Does {
    fn address(self, opened: &Opened) -> String {
        format!("/files/{}/{}", opened.id(), if self == Self::Claim { "claim" } else { "repay" })
    }

    fn title(self) -> &'static str {
        if self == Self::Claim { "追回资金" } else { "登记退回" }
    }
}

/// `GET /files/{id}/claim`
pub(super) async fn show(State(site): State<Shared>, signed: Signed, name: Name, wished: Wished) -> Result<Response, Error> {
    opens(&site, &signed, &name.0, &wished, Does::Claim).await
}

/// `GET /files/{id}/repay`
pub(super) async fn show_repay(State(site): State<Shared>, signed: Signed, name: Name, wished: Wished) -> Result<Response, Error> {
    opens(&site, &signed, &name.0, &wished, Does::Repay).await
}

async fn opens(site: &Shared, signed: &Signed, id: &str, wished: &Wished, does: Does) -> Result<Response, Error> {
    let opened = Opened::load(site, &signed.session, id, wished).await?;
    let acting = signed.session.acting();
    if !may_prepare_payment(acting) || !acting.covers(&opened.view.application.place) {
        return Err(Error::NoPage);
    }
    Ok(page(&opened, does, &Form::default(), None).into_response())
}

/// `POST /files/{id}/claim`
pub(super) async fn send(State(site): State<Shared>, Name(id): Name, wished: Wished, sent: Sent) -> Result<Response, Error> {
    let (fen, unread) = read(&sent);
    let (reason, clause) = (sent.text("reason"), sent.text("clause"));
    let done = application::claim_back(&site.desk(), sent.session.acting(), &id, version(&sent), fen, reason, clause).await;
    let done = done.map_err(|error| with_unread(error, unread));
    answer(&site, &id, &wished, sent, Does::Claim, done).await
}

/// `POST /files/{id}/repay`
pub(super) async fn send_repay(State(site): State<Shared>, Name(id): Name, wished: Wished, sent: Sent) -> Result<Response, Error> {
    let (fen, unread) = read(&sent);
    let done = application::repay(&site.desk(), sent.session.acting(), &id, version(&sent), fen, sent.text("note")).await;
    let done = done.map_err(|error| with_unread(error, unread));
    answer(&site, &id, &wished, sent, Does::Repay, done).await
}

fn version(sent: &Sent) -> i64 {
    sent.text(RECORD).parse().unwrap_or(0)
}

/// The amount; one that cannot be read is 0, which no rule accepts, and what is wrong with it.
fn read(sent: &Sent) -> (i64, Option<String>) {
    match sent.text("amount").trim() {
        "" => (0, Some("请填写金额。".to_owned())),
        typed => match parse_amount(&with_unit(typed, Some("元"))) {
            Ok(fen) => (fen, None),
            Err(error) => (0, Some(format!("{error}。"))),
        },
    }
}

/// What was wrong all in all, with what cannot be read in its own words.
fn with_unread(error: ServiceError, unread: Option<String>) -> ServiceError {
    match (error, unread) {
        (ServiceError::Refused(mut refusal), Some(unread)) => {
            refusal.errors.iter_mut().filter(|error| error.path == "amount").for_each(|error| error.message.clone_from(&unread));
            refusal.into()
        }
        (error, _) => error,
    }
}

async fn answer(
    site: &Shared,
    id: &str,
    wished: &Wished,
    sent: Sent,
    does: Does,
    done: Result<(), ServiceError>,
) -> Result<Response, Error> {
    let opened = Opened::load(site, &sent.session, id, wished).await?;
    let Err(error) = done else { return Ok(go(&opened.done(if does == Does::Claim { "claimed" } else { "repaid" }))) };
    let form = Form::again(sent.fields, error)?;
    let newer = if form.is_conflict() { Some(newer::newer(&opened).await?) } else { None };
    Ok(form.answer(page(&opened, does, &form, newer)))
}

fn page(opened: &Opened, does: Does, form: &Form, newer: Option<Markup>) -> Html<String> {
    let money = &opened.view.application.money;
    let body = html! {
        @if let Some(newer) = newer { (newer) } @else { (form.summary(Some(opened.pack()))) }
        h1 { (opened.about(does.title())) }
        p.lead { (opened.procedure()) }
        dl.facts {
            dt { "已拨付" } dd { (policy::say::money(money.paid_fen)) }
            dt { "已要求追回" } dd { (policy::say::money(money.claimed_back_fen)) }
            dt { "已退回" } dd { (policy::say::money(money.returned_fen)) }
            @if let Some(claim) = &money.claim { dt { "追回理由" } dd { (claim) } }
        }
        form method="post" action=(does.address(opened)) {
            (session::token_field())
            input type="hidden" name=(RECORD) value=(opened.view.version);
            @if does == Does::Claim { (claiming(opened, form)) } @else { (repaying(form)) }
            button type="submit" { (does.title()) } " "
            a.button.second href=(opened.address()) { "返回申报件" }
        }
    };
    opened.page(does.title(), &body)
}

fn claiming(opened: &Opened, form: &Form) -> Markup {
    html! {
        (amount(form, "amount", "追回金额", "元", None))
        (area(form, "reason", "追回理由", Some("写明查明的事实。"), 3))
        (select(&form.typed, "clause", "依据", None, &clauses(opened)))
    }
}

fn repaying(form: &Form) -> Markup {
    html! {
        (amount(form, "amount", "本次退回金额", "元", None))
        (area(form, "note", "说明（选填）", Some("如到账日期、凭证号。"), 2))
    }
}

/// Every clause of the pack's own documents: claims rest on what no stage cites.
fn clauses(opened: &Opened) -> Vec<(String, String, String)> {
    let documents = opened.pack().documents.iter();
    let all = documents.flat_map(|document| document.clauses().map(move |clause| (document, clause)));
    let begins = |text: &str| text.chars().filter(|letter| *letter != '\n').take(28).collect::<String>();
    all.map(|(document, clause)| {
        (document.short.clone(), format!("{}:{}", document.id, clause.id), format!("{} {}…", clause.printed(), begins(&clause.text)))
    })
    .collect()
}
