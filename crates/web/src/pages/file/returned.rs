//! 退回补正: point by point what is wrong, by which clause, and until when.

use axum::extract::State;
use axum::response::{Html, IntoResponse as _, Response};
use maud::{Markup, html};
use policy::limit_due;
use policy::pack::{Work, limit_words};
use policy::spec::StageSpec;
use records::application::Point;
use records::{FieldError, Refusal};
use service::application;
use standards::Date;
use standards::calendar::Calendar;

use super::newer;
use super::opened::Opened;
use super::points::{Target, clauses, targets};
use super::work::{RECORD, handled};
use crate::components::clause::cites;
use crate::components::entry::select;
use crate::components::form::{Fields, Form, area, date, go};
use crate::errors::Error;
use crate::extract::Names;
use crate::pages::desk::Wished;
use crate::session::{self, Sent, Signed};
use crate::site::Shared;

/// Points of a form that opens, and that a button adds.
const POINTS_FIRST: usize = 3;
/// Points of one return.
const POINTS_MAX: usize = 60;

/// `GET …/return?path=`
pub(super) async fn show(
    State(site): State<Shared>,
    Signed { session, .. }: Signed,
    Names(id, stage): Names,
    wished: Wished,
) -> Result<Response, Error> {
    let opened = Opened::load(&site, &session, &id, &wished).await?;
    match handled(&opened, &stage, Work::Check)? {
        Ok(spec) => {
            let due = due_on(&opened, spec).map(|day| day.to_string()).unwrap_or_default();
            let first = wished.get("path").unwrap_or_default().to_owned();
            let form = Form::with([("due_on", due), ("point.0.path", first)]);
            Ok(page(&opened, spec, &form, POINTS_FIRST, None).into_response())
        }
        Err(elsewhere) => Ok(elsewhere),
    }
}

/// The day the pack's limit ends on; none in a year without working days.
fn due_on(opened: &Opened, stage: &StageSpec) -> Option<Date> {
    limit_due(stage.correction.as_ref()?, opened.site.edge().now.day(), Calendar::national()).ok()
}

/// `POST …/return`
pub(super) async fn send(State(site): State<Shared>, Names(id, stage): Names, wished: Wished, sent: Sent) -> Result<Response, Error> {
    let opened = Opened::load(&site, &sent.session, &id, &wished).await?;
    let spec = opened.worked_on(&stage)?;
    let count = sent.text("points").parse().unwrap_or(POINTS_FIRST).clamp(1, POINTS_MAX);
    if sent.text("do") == "add" {
        return Ok(page(&opened, spec, &again(&sent.fields), (count + POINTS_FIRST).min(POINTS_MAX), None).into_response());
    }
    let done = match read(&opened, spec, &sent, count) {
        Ok((points, due)) => {
            let version = sent.text(RECORD).parse().unwrap_or(0);
            application::return_for_correction(&site.desk(), sent.session.acting(), &id, version, &stage, points, due).await
        }
        Err(errors) => Err(Refusal::fields(errors).into()),
    };
    let Err(error) = done else { return Ok(go(&opened.done("returned"))) };
    let form = Form::again(sent.fields, error)?;
    let newer = if form.is_conflict() { Some(newer::newer(&opened).await?) } else { None };
    Ok(form.answer(page(&opened, spec, &form, count, newer)))
}

fn again(fields: &Fields) -> Form {
    Form::with(fields.iter().map(|(name, text)| (name.as_str(), text.clone())))
}

/// The points as typed; one with nothing typed is none.
fn read(opened: &Opened, stage: &StageSpec, sent: &Sent, count: usize) -> Result<(Vec<Point>, Option<Date>), Vec<FieldError>> {
    let (all, mut points, mut errors) = (targets(opened), Vec::new(), Vec::new());
    for at in 0..count {
        let text = |part: &str| sent.text(&format!("point.{at}.{part}")).trim().to_owned();
        let (path, message) = (text("path"), text("message"));
        match (path.is_empty(), message.is_empty()) {
            (true, true) => {}
            (false, true) => {
                errors.push(FieldError::new(format!("point.{at}.message"), format!("请写明第{}项存在的问题和补正要求。", at + 1)))
            }
            _ => points.push(Point { clause: clause(stage, &all, &path, text("clause")), path, message }),
        }
    }
    let due = match sent.text("due_on").trim() {
        "" => None,
        text => Date::parse(text).map_err(|error| errors.push(FieldError::new("due_on", format!("{error}。")))).ok(),
    };
    if errors.is_empty() { Ok((points, due)) } else { Err(errors) }
}

/// The clause chosen, else that of what the point is about, else that of the correction itself.
fn clause(stage: &StageSpec, all: &[Target], path: &str, chosen: String) -> String {
    let own = || all.iter().find(|target| target.path == path).map(|target| target.clause.clone()).filter(|clause| !clause.is_empty());
    let limit = || stage.correction.as_ref().map(|limit| limit.clause.joined());
    Some(chosen).filter(|clause| !clause.is_empty()).or_else(own).or_else(limit).unwrap_or_else(|| stage.clause.joined())
}

fn page(opened: &Opened, stage: &StageSpec, form: &Form, count: usize, newer: Option<Markup>) -> Html<String> {
    let all = targets(opened);
    let clauses: Vec<_> = clauses(opened, stage, &all).into_iter().map(|(id, words)| (String::new(), id, words)).collect();
    let choices: Vec<_> = all.iter().map(|target| (target.group.clone(), target.path.clone(), target.label.clone())).collect();
    let body = html! {
        @if let Some(newer) = newer { (newer) } @else { (form.summary(Some(opened.pack()))) }
        h1 { (opened.about("退回补正")) }
        p.lead { (opened.procedure()) "，" (stage.label) }
        @if let Some(limit) = &stage.correction {
            p { "补正期限规定为" (limit_words(limit)) "。 " (cites(opened.pack(), &limit.clause.joined())) }
        }
        form method="post" action=(opened.act(&stage.id, "return")) {
            (session::token_field())
            button.hidden type="submit" name="do" value="return" tabindex="-1" aria-hidden="true" { "退回补正" }
            input type="hidden" name=(RECORD) value=(opened.view.version);
            input type="hidden" name="points" value=(count);
            div.points #points tabindex="-1" { @for at in 0..count { (point(form, at, &choices, &clauses)) } }
            p { button.second type="submit" name="do" value="add" { "增加补正项" } }
            (date(form, "due_on", "补正期限（含当日）", Some("默认按规定期限计算；可以另行指定，但不能早于规定期限。")))
            div.decide {
                button type="submit" name="do" value="return" { "退回申报单位补正" }
                a.button.second href=(opened.act(&stage.id, "check")) { "返回审核" }
            }
        }
    };
    opened.page("退回补正", &body)
}

fn point(form: &Form, at: usize, choices: &[(String, String, String)], clauses: &[(String, String, String)]) -> Markup {
    let path = |part: &str| format!("point.{at}.{part}");
    html! {
        fieldset.question {
            legend { "补正项" (at + 1) }
            (select(&form.typed, &path("path"), "需要补正的内容或者材料", Some("不选的，视为对整个申报件提出。"), choices))
            (area(form, &path("message"), "存在的问题和补正要求", None, 2))
            (select(&form.typed, &path("clause"), "依据", Some("不选的，按所选内容对应的条款。"), clauses))
        }
    }
}
