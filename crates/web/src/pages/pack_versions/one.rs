//! One version: what checking says, what differs from the version before it, and opening it.

use axum::response::Html;
use maud::{Markup, html};
use policy::library::Library;
use policy::pack::Pack;
use records::access::{Acting, may_load_packs, may_open_packs};
use service::pack_version::{Examined, Found, PackStanding, PackVersion};

use super::{address, faults, way};
use crate::components::form::{Form, area};
use crate::components::{clause, layout};
use crate::extract::Asked;
use crate::session::token_field;

/// The page of a version.
pub(super) struct Page<'a> {
    pub(super) library: &'a Library,
    pub(super) acting: &'a Acting,
    pub(super) programme: &'a str,
    pub(super) version: &'a str,
    pub(super) found: &'a Found,
    pub(super) form: &'a Form,
    pub(super) done: Option<&'a str>,
}

/// What has just been done, from the address.
pub(super) fn done(asked: &Asked) -> Option<&'static str> {
    let all = [
        ("loaded", "已加载，全部规则和案例检查通过。请核对内容、试填表单，再由另一人开放。"),
        ("open", "已开放，主管部门可以按本版发布申报通知。"),
        ("withdraw", "已撤下。"),
    ];
    all.into_iter().find(|(name, _)| asked.get(name).is_some()).map(|(_, said)| said)
}

/// The page.
pub(super) fn page(page: &Page) -> Html<String> {
    let title = match (&page.found.examined, &page.found.record) {
        (Ok(examined), _) => examined.loaded.pack.title.clone(),
        (Err(_), Some((_, record))) => record.title.clone(),
        (Err(_), None) => page.programme.to_owned(),
    };
    let main = html! {
        h1 { (title) "（" (page.version) "版）" }
        @if let Some(done) = page.done { div.notice role="status" { p { (done) } } }
        (page.form.summary(None))
        (facts(page))
        @match &page.found.examined {
            Ok(examined) => { (ways(page, &examined.loaded.pack)) (deciding(page)) (checked(examined)) },
            Err(all) => div.notice.bad {
                h2 { "按平台现在的政策包检查，有" (all.len()) "处问题，不能开放" }
                (faults::faults(all))
            },
        }
    };
    layout::page(&format!("{title}（{}版）", page.version), way(page.acting), main)
}

fn facts(page: &Page) -> Markup {
    let record = page.found.record.as_ref().map(|(_, record)| record);
    html! {
        dl.facts {
            dt { "政策包" } dd { code { (page.programme) "@" (page.version) } }
            dt { "状态" } dd { (standing(record)) }
            @if let Some(record) = record {
                dt { "加载时间" } dd { (record.loaded_at.text()) @if record.loaded_by == page.acting.account { "，由您加载" } }
                dt { "内容摘要" } dd { code { (record.digest) } }
                dt { "文件" } dd { (record.files.len()) "个" }
            }
        }
    }
}

fn standing(record: Option<&PackVersion>) -> Markup {
    html! {
        @match record.map(|record| &record.standing) {
            None => { span.tag.good { "已开放" } " 随程序提供" },
            Some(PackStanding::Opened { at, .. }) => { span.tag.good { "已开放" } " " (at.text()) "起可以使用，内容不再改动" },
            Some(standing @ PackStanding::Loaded) => span.tag { (standing.label()) },
            Some(standing @ PackStanding::Withdrawn { reason, .. }) => { span.tag.bad { (standing.label()) } " " (reason) },
        }
    }
}

/// Where to look further.
fn ways(page: &Page, pack: &Pack) -> Markup {
    let base = address(page.programme, page.version);
    let others: Vec<&str> =
        page.library.versions(page.programme).map(|other| other.version.as_str()).filter(|other| *other != page.version).collect();
    html! {
        section aria-labelledby="look" {
            h2 #look { "核对" }
            ul.actions {
                li { a.button.second href=(clause::page(pack)) { "查看条件、标准、流程和原文" } }
                @if pack.procedures.iter().any(|procedure| !pack.stages_of(&procedure.id).is_empty()) {
                    li { a.button.second href=(format!("{base}/walk")) { "试填表单" } }
                }
                @for other in others.iter().rev() {
                    li { a.button.second href=(format!("{base}/difference?from={other}")) { "与" (other) "版的不同" } }
                }
            }
            @if others.is_empty() { p.quiet { "这是本政策的第一个版本。" } }
        }
    }
}

/// Opening it or taking it back, for whoever may.
fn deciding(page: &Page) -> Markup {
    let Some((on_version, record)) = page.found.record.as_ref().filter(|(_, record)| record.standing == PackStanding::Loaded) else {
        return html! {};
    };
    let base = address(page.programme, page.version);
    html! {
        @if may_open_packs(page.acting) {
            section aria-labelledby="open" {
                h2 #open { "开放" }
                p { "开放后，主管部门可以按本版发布申报通知，条件、标准和测算同时对外公开。开放后内容不能改动，也不能撤下。" }
                @if record.loaded_by == page.acting.account {
                    p.notice { "加载和开放应为两人。本包由您加载，请由另一名平台管理员或者主管部门签发人核对后开放。" }
                } @else {
                    form method="post" action=(format!("{base}/open")) {
                        (token_field())
                        input type="hidden" name="open.version" value=(on_version);
                        button type="submit" { "核对无误，开放" }
                    }
                }
            }
        }
        @if may_load_packs(page.acting) {
            section aria-labelledby="withdraw" {
                h2 #withdraw { "撤下" }
                p { "需要修改的，改好后重新上传同一版本即可替换；不再需要的，在这里撤下。" }
                form method="post" action=(format!("{base}/withdraw")) {
                    (token_field())
                    (area(page.form, "withdraw.reason", "撤下理由", None, 2))
                    button.second type="submit" { "撤下" }
                }
            }
        }
    }
}

fn checked(examined: &Examined) -> Markup {
    html! {
        section aria-labelledby="checked" {
            h2 #checked { "检查结果" }
            p { "规则全部通过检查，" (examined.cases.len()) "个案例的结果与写明的一致。" }
            details.findings {
                summary { "案例（" (examined.cases.len()) "个）" }
                ul { @for case in &examined.cases { li { (case.title) " " span.quiet { code { (case.file) } } } } }
            }
            @if !examined.untried.is_empty() {
                details.findings open {
                    summary { "没有案例用到的规则（" (examined.untried.len()) "处）" }
                    p.quiet { "不影响开放。建议补充案例，以免写错的数字没有人发现。" }
                    ul { @for gap in &examined.untried { li { (gap) } } }
                }
            }
        }
    }
}
