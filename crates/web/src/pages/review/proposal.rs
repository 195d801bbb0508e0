//! Assigning experts to all files that wait at a stage: what to ask for, what comes of it, and its confirmation.

use axum::extract::State;
use axum::response::{Html, Response};
use insight::assignment::Proof;
use maud::{Markup, html};
use service::ServiceError;
use service::application::ManyOutcome;
use service::identity::Session;
use service::review::{self, Proposal, Proposed, Waiting, Wish};

use super::{WAY, unknown};
use crate::components::form::{Form, line, wrong};
use crate::components::layout;
use crate::errors::Error;
use crate::extract::Names;
use crate::pages::desk::Wished;
use crate::session::{Sent, Signed, token_field};
use crate::site::{Shared, Site};

/// Files of one expert at a time, unless the bureau says otherwise.
const LOAD_MAX: &str = "20";

/// `GET /reviews/{programme}/{stage}`: the form, and below it the proposal once it was asked for.
pub(super) async fn show(
    State(site): State<Shared>,
    Signed { session, .. }: Signed,
    Names(programme, stage): Names,
    wished: Wished,
) -> Result<Response, Error> {
    let waiting = stage_of(&site, &session, &programme, &stage).await?;
    let fields = ["seed", "draw", "load_max"].map(|name| (name, wished.get(name).unwrap_or_default().to_owned()));
    if wished.get("load_max").is_none() {
        let form = Form::with([("load_max", LOAD_MAX.to_owned())]);
        return Ok(form.answer(page(&waiting, &form, None, &[])));
    }
    let form = Form::with(fields.clone());
    match proposed(&site, &session, &waiting, |name| wished.get(name).unwrap_or_default()).await {
        Ok(proposal) => Ok(form.answer(page(&waiting, &form, Some(&proposal), &[]))),
        Err(error) => {
            let fields = fields.map(|(name, text)| (name.to_owned(), text)).to_vec();
            let form = Form::again(fields, error)?;
            Ok(form.answer(page(&waiting, &form, None, &[])))
        }
    }
}

/// `POST /reviews/{programme}/{stage}`: confirms what was looked at.
pub(super) async fn send(State(site): State<Shared>, Names(programme, stage): Names, sent: Sent) -> Result<Response, Error> {
    let waiting = stage_of(&site, &sent.session, &programme, &stage).await?;
    let done = match wish(&waiting, |name| sent.text(name)) {
        Ok(wish) => review::confirm(&site.desk(), sent.session.acting(), &wish, sent.text("digest")).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(outcomes) => {
            let waiting = stage_of(&site, &sent.session, &programme, &stage).await?;
            let form = Form::with([("load_max", sent.text("load_max").to_owned())]);
            Ok(form.answer(page(&waiting, &form, None, &outcomes)))
        }
        Err(error) => {
            let proposal = proposed(&site, &sent.session, &waiting, |name| sent.text(name)).await.ok();
            let form = Form::again(sent.fields, error)?;
            Ok(form.answer(page(&waiting, &form, proposal.as_ref(), &[])))
        }
    }
}

async fn stage_of(site: &Site, session: &Session, programme: &str, stage: &str) -> Result<Waiting, Error> {
    let all = review::waiting(&site.desk(), session.acting()).await.map_err(unknown)?;
    all.into_iter().find(|row| row.programme == programme && row.stage == stage).ok_or(Error::NoPage)
}

async fn proposed<'t>(site: &Site, session: &Session, waiting: &Waiting, text: impl Fn(&str) -> &'t str) -> Result<Proposal, ServiceError> {
    review::propose(&site.desk(), session.acting(), &wish(waiting, text)?).await
}

fn wish<'t>(waiting: &Waiting, text: impl Fn(&str) -> &'t str) -> Result<Wish, ServiceError> {
    let number = |name: &str| text(name).trim().parse::<usize>().ok().filter(|number| (1..=1_000).contains(number));
    let load_max = number("load_max").ok_or_else(|| wrong("load_max", "请填写每名专家最多评审的件数，如20。"))?;
    let draw = match text("draw").trim() {
        "" => None,
        _ => Some(number("draw").ok_or_else(|| wrong("draw", "请填写抽取的人数，如15；不抽取的留空。"))?),
    };
    let (programme, stage) = (waiting.programme.clone(), waiting.stage.clone());
    Ok(Wish { programme, stage, seed: text("seed").trim().to_owned(), draw, load_max })
}

fn page(waiting: &Waiting, form: &Form, proposal: Option<&Proposal>, outcomes: &[ManyOutcome]) -> Html<String> {
    let title = format!("{}：分配专家", waiting.label);
    let main = html! {
        h1 { (title) }
        p.lead { (waiting.procedure) "，" (waiting.title) "。待分配或者裁定" (waiting.files) "件。" }
        (done(outcomes))
        (form.summary(None))
        (asking(waiting, form))
        @if let Some(proposal) = proposal { (shown(waiting, form, proposal)) }
    };
    layout::page(&title, &WAY, main)
}

fn asking(waiting: &Waiting, form: &Form) -> Markup {
    html! {
        form.narrow method="get" action=(address(waiting)) {
            (line(form, "load_max", "每名专家最多同时评审的件数", Some("已受邀而未评分的计入。")))
            (line(form, "draw", "抽取专家人数（选填）", Some("从专家库中抽取这些人参加评审；不填的，全部专家参加。")))
            (line(form, "seed", "抽取种子（选填）", Some("填写事先公布、任何人都不能预知的号码，如指定日期的彩票开奖号码；任何人都可以用它重做一次抽取。")))
            div.submit { button type="submit" { "生成分配方案" } }
        }
    }
}

fn address(waiting: &Waiting) -> String {
    format!("/reviews/{}/{}", waiting.programme, waiting.stage)
}

fn done(outcomes: &[ManyOutcome]) -> Markup {
    let refused: Vec<&ManyOutcome> = outcomes.iter().filter(|outcome| outcome.refused.is_some()).collect();
    html! {
        @if !outcomes.is_empty() {
            div.notice role="status" {
                p { "已为" (outcomes.len() - refused.len()) "件分配专家，已通知专家。" }
                @if !refused.is_empty() {
                    p { (refused.len()) "件未能分配：" }
                    ul { @for one in refused { li { a href=(format!("/files/{}", one.application)) { "查看申报件" } "　" (one.refused.as_deref().unwrap_or_default()) } } }
                }
            }
        }
    }
}

fn shown(waiting: &Waiting, form: &Form, proposal: &Proposal) -> Markup {
    let complete = proposal.files.iter().filter(|file| file.short.is_none()).count();
    html! {
        section aria-labelledby="proposal" {
            h2 #proposal { "分配方案" }
            @if proposal.files.is_empty() { p { "目前没有需要分配专家的申报件。" } } @else {
                p {
                    "共" (proposal.files.len()) "件，专家库" (proposal.pool) "人，参加分配" (proposal.experts.len()) "人；安排" (proposal.value.placed) "人次，其中领域相符" (proposal.value.matched) "人次。"
                    @match &proposal.proof {
                        Proof::Optimal { changes } => { "已证明没有更好的方案（核对了" (changes) "处可能的调整）。" },
                        Proof::Open(why) => { "未能证明这是最好的方案：" (why) "。" },
                    }
                }
                @if proposal.left_over > 0 { p { "一次最多分配" (proposal.files.len()) "件，其余" (proposal.left_over) "件请在确认后再分配。" } }
                @if !proposal.shortage.is_empty() {
                    div.notice.bad { p { strong { "有" (proposal.files.len() - complete) "件不能配齐专家，确认时不分配。" } } ul { @for said in &proposal.shortage { li { (said) } } } }
                }
                (layout::wide("分配方案", &files(&proposal.files)))
                (layout::wide("专家负荷", &loads(proposal)))
                @if let Some(lots) = &proposal.lots { (super::draw::proposed(lots)) }
                @if complete > 0 { (confirming(waiting, form, proposal, complete)) }
            }
        }
    }
}

fn files(files: &[Proposed]) -> Markup {
    html! {
        table.list.stack.tight {
            caption.hidden { "分配方案" }
            thead { tr { th scope="col" { "申报单位" } th scope="col" { "受理编号" } th scope="col" { "领域" } th scope="col" { "专家" } th scope="col" { "说明" } } }
            tbody {
                @for file in files {
                    tr {
                        th scope="row" { a href=(format!("/files/{}", file.id)) { (file.applicant) } }
                        td data-label="受理编号" { (file.number) }
                        td data-label="领域" { @if file.field.is_empty() { "—" } @else { (file.field) } }
                        td data-label="专家" { @for (at, expert) in file.experts.iter().enumerate() { @if at > 0 { "、" } (expert.name) @if expert.matched { "（领域相符）" } } }
                        td data-label="说明" { @match &file.short { Some(short) => (short), None => { "配齐" (file.needs) "人" } } }
                    }
                }
            }
        }
    }
}

fn loads(proposal: &Proposal) -> Markup {
    html! {
        details {
            summary { "参加分配的专家和负荷（" (proposal.experts.len()) "人）" }
            table.list.stack.tight {
                caption.hidden { "专家负荷" }
                thead { tr { th scope="col" { "专家" } th scope="col" { "专业领域" } th scope="col" { "目前件数" } th scope="col" { "分配后件数" } } }
                tbody {
                    @for expert in &proposal.experts {
                        tr { th scope="row" { (expert.name) } td data-label="专业领域" { (expert.fields.join("、")) } td data-label="目前件数" { (expert.before) } td data-label="分配后件数" { (expert.after) } }
                    }
                }
            }
        }
    }
}

fn confirming(waiting: &Waiting, form: &Form, proposal: &Proposal, complete: usize) -> Markup {
    html! {
        form method="post" action=(address(waiting)) {
            (token_field())
            @for name in ["seed", "draw", "load_max"] { input type="hidden" name=(name) value=(form.typed.text(name)); }
            input type="hidden" name="digest" value=(proposal.digest);
            button type="submit" { "确认分配" (complete) "件" }
        }
    }
}
