//! The first page: who are you, what do you want to do.

use axum::extract::State;
use axum::response::Html;
use maud::{Markup, html};
use policy::library::Library;
use policy::pack::Pack;
use records::batch::Batch;
use service::identity::SignedIn;
use service::{PublicityRow, batch, publicity};
use standards::Date;

use super::conduct::{calls, notices, today};
use super::simulation;
use crate::KEPT_DAYS;
use crate::components::{field, layout, person};
use crate::errors::Error;
use crate::session::Visitor;
use crate::site::{Shared, Site};
use crate::words;

/// Publicities shown on the first page.
const PUBLICITIES_MAX: usize = 5;

/// `GET /`
pub(crate) async fn show(State(site): State<Shared>, visitor: Visitor) -> Result<Html<String>, Error> {
    let calls = batch::calls(&site.desk(), None).await?;
    let running = running(&site).await?;
    let news = html! {
        (entries(&visitor))
        (open_calls(&site, &calls))
        (publicities(site.library(), &running, today(&site)))
    };
    Ok(layout::page("首页", &[], body(site.library(), &news)))
}

/// The publicities whose days are not over, the last begun first. Days of the form 2026-01-20 sort as they follow each other.
async fn running(site: &Site) -> Result<Vec<PublicityRow>, Error> {
    let today = today(site).to_string();
    let mut rows = publicity::publicities(&site.desk(), None).await?;
    rows.retain(|row| row.starts_on <= today && today <= row.ends_on);
    rows.truncate(PUBLICITIES_MAX);
    Ok(rows)
}

/// The way in, or on for who is in.
fn entries(visitor: &Visitor) -> Markup {
    let start = |signed_in: &SignedIn| signed_in.session().map_or("我的办件", |session| person::start(session.acting().kind));
    html! {
        ul.actions {
            @if let Some(signed_in) = &visitor.signed_in { li { a.button href="/home" { (start(signed_in)) } } }
            @else {
                li { a.button href="/sign-in?next=/home" { "登录办理" } }
                li { a.button.second href="/register" { "企业和服务商注册" } }
            }
        }
    }
}

fn open_calls(site: &Site, open: &[Batch]) -> Markup {
    html! {
        section aria-labelledby="calls" {
            h2 #calls { "申报通知" }
            @if open.is_empty() { p { "目前没有正在受理的申报通知。" } }
            @else {
                (calls::cards(site.library(), open, today(site)))
                p.quiet { "剩余天数按" (words::moment(site.now())) "（北京时间）计算。" }
            }
        }
    }
}

fn publicities(library: &Library, running: &[PublicityRow], today: Date) -> Markup {
    html! {
        section aria-labelledby="publicity" {
            h2 #publicity { "公示" }
            @if running.is_empty() { p { "目前没有正在进行的公示。" a href="/publicity" { "查看以往的公示" } } }
            @else { (notices::rows(library, running, today)) p { a href="/publicity" { "全部公示" } } }
        }
    }
}

fn body(library: &Library, news: &Markup) -> Markup {
    let packs: Vec<&Pack> = library.packs().map(AsRef::as_ref).filter(|pack| offers_something(pack)).collect();
    html! {
        div.hero {
            h1 { (layout::welcome()) }
            p.lead { "查政策、自评数字化水平、测算奖补金额。无需登录；每个结果都写明依据的条款和计算过程。" }
        }
        (news)
        (roles(library, &packs))
        (programmes(&packs))
        (reopen())
    }
}

/// Whether there is something to do under a pack; one that only lends others its tables is reached through them.
fn offers_something(pack: &Pack) -> bool {
    pack.assessment.is_some() || !pack.conditions.is_empty() || !pack.awards.is_empty()
}

fn roles(library: &Library, packs: &[&Pack]) -> Markup {
    let only = only_paying(packs);
    let programme = |part: &str| only.map_or("#programmes".to_owned(), |pack| format!("/programmes/{}{part}", pack.id));
    html! {
        section aria-labelledby="roles" {
            h2 #roles { "您要办什么" }
            div.cards {
                (enterprise(only))
                div.card {
                    h3 { "我是数字化服务商" }
                    ul {
                        li { a href=(programme("#costs")) { "查看哪些投入计入、哪些不计" } }
                        li { a href=(programme("#stages")) { "查看办理流程和时限" } }
                        li { a href="/products" { "查看已发布的数字化产品" } }
                    }
                }
                div.card {
                    h3 { "我在主管部门或评测、审核机构工作" }
                    ul {
                        li { a href=(programme("#text")) { "查看政策原文和条款" } }
                        li { a href=(programme("#readings")) { "查看条文理解说明" } }
                        li { a href="#reopen" { "核对企业出具的自评或测算结果" } }
                        (simulations(library, packs))
                    }
                }
            }
        }
    }
}

/// Where changed rules can be tried, by programme.
fn simulations(library: &Library, packs: &[&Pack]) -> Markup {
    let offered: Vec<&&Pack> = packs.iter().filter(|pack| simulation::offered(library, pack)).collect();
    html! {
        @if !offered.is_empty() {
            li {
                "测算规则调整对资金的影响："
                ul { @for pack in offered { li { a href=(format!("/programmes/{}/simulation", pack.id)) { (pack.title) } } } }
            }
        }
    }
}

/// The programme that pays, while there is only one; with several, visitors choose first.
fn only_paying<'a>(packs: &[&'a Pack]) -> Option<&'a Pack> {
    let mut paying = packs.iter().filter(|pack| !pack.awards.is_empty());
    paying.next().filter(|_| paying.next().is_none()).copied()
}

fn enterprise(only: Option<&Pack>) -> Markup {
    let address = |has: bool, part: &str| match only {
        Some(pack) if has => format!("/programmes/{}{part}", pack.id),
        _ => "#programmes".to_owned(),
    };
    let assesses = only.is_some_and(|pack| pack.assessment.is_some());
    let calculates = only.is_some_and(|pack| pack.calculator.is_some());
    html! {
        div.card {
            h3 { "我是企业" }
            ul {
                li { a href=(address(assesses, "/assessment")) { "自评数字化水平" } }
                li { a href=(address(calculates, "/calculator")) { "测算奖补金额" } }
                li { a href=(address(true, "")) { "查看申报条件、材料和流程" } }
                li { a href="#reopen" { "打开已保存的结果" } }
                li { a href="/products" { "查找数字化产品和解决方案" } }
            }
        }
    }
}

fn programmes(packs: &[&Pack]) -> Markup {
    html! {
        section aria-labelledby="programmes" {
            h2 #programmes { "政策项目" }
            @for pack in packs { (programme(pack)) }
        }
    }
}

fn programme(pack: &Pack) -> Markup {
    let base = format!("/programmes/{}", pack.id);
    html! {
        div.programme {
            div {
                h3 { a href=(base) { (pack.title) } }
                p.quiet { (pack.authority) " · " (pack.version) "版" }
            }
            ul.actions {
                @if pack.assessment.is_some() {
                    li { a.button href=(format!("{base}/assessment")) { "自评估" span.hidden { "：" (pack.title) } } }
                }
                @if let Some(calculator) = &pack.calculator {
                    li { a.button href=(format!("{base}/calculator")) { (calculator.label) span.hidden { "：" (pack.title) } } }
                }
                li { a.button.second href=(base) { "政策与流程" span.hidden { "：" (pack.title) } } }
            }
        }
    }
}

/// How to open a kept result.
fn reopen() -> Markup {
    html! {
        section aria-labelledby="reopen" {
            h2 #reopen { "打开已保存的结果" }
            p { "每次自评或测算完成后都会得到一个链接，凭链接可以再次查看和修改。结果自生成之日起保存" (KEPT_DAYS) "天。" }
            (reopen_form("", None))
        }
    }
}

/// The form that opens a kept result by its link.
pub(crate) fn reopen_form(typed: &str, error: Option<&str>) -> Markup {
    html! {
        form.inline method="post" action="/results" {
            div.field.wrong[error.is_some()] {
                label for="link" { "结果链接" }
                (field::message("link", error))
                input #link name="link" type="text" autocomplete="off" spellcheck="false" value=(typed)
                    aria-describedby=[error.map(|_| "link-error")] aria-invalid=[error.map(|_| "true")];
            }
            button type="submit" { "打开" }
        }
    }
}
