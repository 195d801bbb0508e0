//! A file's experts as a bureau sees them: scores and how far they lie apart, one more expert, a word with its reason.

use axum::extract::State;
use axum::response::{Html, IntoResponse as _, Response};
use insight::assignment::Verdict;
use maud::{Markup, html};
use policy::say::marks;
use service::review::{self, Candidate, Reviewing};

use super::scored::{name, table};
use super::{WAY, unknown};
use crate::components::clause::cites;
use crate::components::form::{Form, area, go, line};
use crate::components::layout;
use crate::errors::Error;
use crate::extract::{Asked, Names};
use crate::session::{Sent, Signed, token_field};
use crate::site::Shared;

const RECORD: &str = "record";

/// `GET …/experts`
pub(super) async fn show(
    State(site): State<Shared>,
    Signed { session, .. }: Signed,
    Names(id, stage): Names,
    asked: Asked,
) -> Result<Response, Error> {
    let view = review::view(&site.desk(), session.acting(), &id, &stage).await.map_err(unknown)?;
    // An expert reads scores on his own sheet.
    if view.verdict.is_none() {
        return Ok(go(&format!("/files/{id}/stages/{stage}/review")));
    }
    Ok(page(&view, &Form::default(), asked.get("done")).into_response())
}

/// `POST …/experts`: asks experts, or settles the score.
pub(super) async fn send(State(site): State<Shared>, Names(id, stage): Names, sent: Sent) -> Result<Response, Error> {
    let (desk, acting, version) = (site.desk(), sent.session.acting(), sent.text(RECORD).parse().unwrap_or_default());
    let moderates = sent.text("do") == "moderate";
    let done = match moderates {
        true => review::moderate(&desk, acting, &id, version, &stage, sent.text("score"), sent.text("reason")).await,
        false => review::ask(&desk, acting, &id, version, &stage, &sent.all("experts")).await,
    };
    match done {
        Ok(()) => Ok(go(&format!("/files/{id}/stages/{stage}/experts?done={}", if moderates { "moderated" } else { "asked" }))),
        Err(error) => {
            let view = review::view(&site.desk(), sent.session.acting(), &id, &stage).await.map_err(unknown)?;
            let form = Form::again(sent.fields, error)?;
            Ok(form.answer(page(&view, &form, None)))
        }
    }
}

fn page(view: &Reviewing, form: &Form, done: Option<&str>) -> Html<String> {
    let stage = view.pack.stage(&view.review.stage);
    let title = stage.map_or("专家评审", |stage| stage.label.as_str());
    let file = format!("/files/{}", view.application.id);
    let body = html! {
        (news(done))
        (form.summary(Some(&view.pack)))
        h1 { (title) }
        p.lead { a href=(file) { (view.applicant.name) } @if let Some(number) = &view.application.number { "，受理编号" (number) } }
        @if let Some(stage) = stage { p { (stage.does) " " (cites(&view.pack, &stage.clause.joined())) } }
        (standing(view))
        @if !view.scored.is_empty() { h2 { "评分" } (table(view)) (employers(view)) }
        @if view.conducts && view.lacks > 0 { (asking(view, form)) }
        @if view.conducts && matches!(view.verdict, Some(Verdict::OneMore | Verdict::Moderation)) { (moderating(view, form)) }
    };
    layout::page(title, &[WAY[0], WAY[1], (&view.applicant.name, &file)], html! { div.desk { (body) } })
}

fn news(done: Option<&str>) -> Markup {
    let said = match done {
        Some("asked") => "已邀请，已通知专家。",
        Some("moderated") => "已裁定得分。",
        _ => return html! {},
    };
    html! { div.notice role="status" { p { (said) } } }
}

/// What follows from the scores that are in.
fn standing(view: &Reviewing) -> Markup {
    let state = view.application.stages.get(&view.review.stage);
    let score = state.and_then(|state| state.score.as_ref());
    let limit = view.review.apart_hundredths.map(marks);
    html! {
        dl.facts {
            dt { "应有专家" } dd { (view.review.reviewers) "人" @if view.lacks > 0 { "，还需邀请" (view.lacks) "人" } }
            @if let Some(limit) = &limit { dt { "评分差距上限" } dd { (limit) } }
            @if let Some(spread) = view.spread {
                dt { "已提交" } dd { (spread.count) "人" }
                dt { "平均分" } dd { (marks(spread.mean)) }
                dt { "最低分和最高分" } dd { (marks(spread.least)) "、" (marks(spread.most)) "，相差" (marks(spread.width())) }
            }
            @if let Some(score) = score {
                dt { "评审得分" } dd { strong { (marks(score.hundredths)) } @if score.without.is_some() { "（偏离最大的一份评分不计入）" } @if let Some(reason) = &score.reason { "。裁定理由：" (reason) } }
            }
        }
        @match view.verdict {
            Some(Verdict::OneMore) if view.conducts => div.notice.bad { p { "专家评分相差超过规定，应当增加一名专家；不能增加的，可以写明理由作出裁定。" } },
            Some(Verdict::Moderation) if view.conducts => div.notice.bad { p { "增加专家后评分仍不能取得一致，请写明理由作出裁定。" } },
            _ => {},
        }
    }
}

fn employers(view: &Reviewing) -> Markup {
    html! {
        details {
            summary { "专家情况" }
            ul { @for (at, one) in view.scored.iter().enumerate() { li { (name(at, one)) "：任职单位" @if one.employer.is_empty() { "未填写" } @else { (one.employer) } "，" (one.asked_at.day()) "邀请" } } }
        }
    }
}

fn action(view: &Reviewing) -> String {
    format!("/files/{}/stages/{}/experts", view.application.id, view.review.stage)
}

fn asking(view: &Reviewing, form: &Form) -> Markup {
    let error = form.typed.error("experts");
    html! {
        section aria-labelledby="ask" {
            h2 #ask { "邀请专家" }
            @if view.candidates.is_empty() { p { "专家库中没有可以邀请的专家。" } } @else {
                form method="post" action=(action(view)) {
                    (token_field())
                    input type="hidden" name=(RECORD) value=(view.version);
                    fieldset.field.wrong[error.is_some()] #experts tabindex="-1" {
                        legend { "选择" (view.lacks) "名专家" }
                        (crate::components::field::message("experts", error))
                        (layout::wide("可以邀请的专家", &candidates(&view.candidates)))
                    }
                    button type="submit" name="do" value="ask" { "邀请所选专家" }
                }
            }
        }
    }
}

fn candidates(all: &[Candidate]) -> Markup {
    html! {
        table.list.stack.tight {
            caption.hidden { "可以邀请的专家" }
            thead { tr { th scope="col" { span.hidden { "选择" } } th scope="col" { "专家" } th scope="col" { "专业领域" } th scope="col" { "任职单位" } th scope="col" { "在手件数" } th scope="col" { "说明" } } }
            tbody {
                @for one in all {
                    tr {
                        td.pick { @if one.reasons.is_empty() { div.option.alone { input #(format!("expert-{}", one.id)) type="checkbox" name="experts" value=(one.id); label for=(format!("expert-{}", one.id)) { span.hidden { "选择" (one.name) } } } } }
                        th scope="row" { (one.name) }
                        td data-label="专业领域" { (one.fields.join("、")) @if one.matched { "（相符）" } }
                        td data-label="任职单位" { (one.employer) }
                        td data-label="在手件数" { (one.load) }
                        td data-label="说明" { @if !one.reasons.is_empty() { "应当回避：" (one.reasons.join("；")) } }
                    }
                }
            }
        }
    }
}

fn moderating(view: &Reviewing, form: &Form) -> Markup {
    html! {
        section aria-labelledby="moderate" {
            h2 #moderate { "裁定得分" }
            form.narrow method="post" action=(action(view)) {
                (token_field())
                input type="hidden" name=(RECORD) value=(view.version);
                @if let Some(spread) = view.spread { (line(form, "score", "得分", Some(&format!("在{}至{}之间，最多两位小数。", marks(spread.least), marks(spread.most))))) }
                (area(form, "reason", "理由", Some("写明复核的情况和裁定的依据。"), 4))
                button type="submit" name="do" value="moderate" { "裁定" }
            }
        }
    }
}
