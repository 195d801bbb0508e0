//! The page of a programme: conditions, amounts, what counts, materials, stages, readings, text.

mod amounts;
pub(crate) mod blank;
mod drawing;
mod indicators;
pub(crate) mod key;
mod official;
mod procedure;
mod readings;
mod rules;
mod text;

use crate::components::{clause, layout};
use crate::errors::Error;
use crate::extract::{Asked, Name};
use crate::pages::simulation;
use crate::session::Visitor;
use crate::site::{Shared, Site};
pub(crate) use official::download as official_table;

use axum::extract::State;
use axum::response::Html;
use maud::{Markup, html};
use policy::pack::{Applies, Pack};
use policy::program::Type;
use service::identity::SignedIn;
use service::{ServiceError, pack_version};
use standards::Date;
use std::sync::Arc;

/// `GET /programmes/{id}`, or an older version with `?version=`.
/// Who may look at packs before they are open sees those too: clauses cited in a trial lead here.
pub(crate) async fn show(State(site): State<Shared>, visitor: Visitor, Name(id): Name, asked: Asked) -> Result<Html<String>, Error> {
    let asked = asked.get("version");
    if let Some(pack) = not_open(&site, &visitor, &id, asked).await? {
        let main = html! { div.notice { p { "本版尚未开放，只供核对。" } } (body(&pack, &pack, false)) };
        return Ok(layout::page(&pack.title, &[], main));
    }
    let current = site.programme(&id)?;
    let pack = match asked {
        Some(version) => site.library().version(&id, version).ok_or(Error::NoProgramme)?,
        None => current,
    };
    let simulated = simulation::offered(site.library(), pack);
    Ok(layout::page(&pack.title, &[], body(pack, current, simulated)))
}

/// A version that was loaded and is not open, for those who may look at it.
async fn not_open(site: &Site, visitor: &Visitor, id: &str, version: Option<&str>) -> Result<Option<Arc<Pack>>, Error> {
    let Some(version) = version.filter(|version| site.library().version(id, version).is_none()) else { return Ok(None) };
    let Some(session) = visitor.signed_in.as_ref().and_then(SignedIn::session) else { return Ok(None) };
    match pack_version::compiled(&site.desk(), session.acting(), id, version).await {
        Ok(loaded) => Ok(Some(loaded.pack.clone())),
        Err(ServiceError::Forbidden | ServiceError::NotFound) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// A part of the page; none when the pack says nothing of it.
struct Section {
    id: &'static str,
    title: &'static str,
    content: Option<Markup>,
}

fn sections(pack: &Pack) -> Vec<Section> {
    let section = |id, title, content| Section { id, title, content };
    let all = [
        section("conditions", "申报条件", rules::conditions(pack)),
        section("amounts", "补贴标准", amounts::amounts(pack)),
        section("costs", "哪些投入计入", rules::recognition(pack)),
        section("indicators", "评测指标", indicators::indicators(pack)),
        section("materials", "申报材料", procedure::materials(pack)),
        section("blanks", "空白表格", blank::forms(pack)),
        section("tables", "表样下载", official::tables(pack)),
        section("stages", "办理流程", procedure::stages(pack)),
        section("readings", "条文理解说明", readings::readings(pack)),
        section("text", "政策原文", text::text(pack)),
    ];
    all.into_iter().filter(|section| section.content.is_some()).collect()
}

fn body(pack: &Pack, current: &Pack, simulated: bool) -> Markup {
    let sections = sections(pack);
    html! {
        div.with-contents {
            div.content {
                h1 { (pack.title) }
                (facts(pack))
                @if pack.version != current.version { (older(current)) }
                (actions(pack, simulated.then(|| simulation_address(pack, current))))
                @for section in &sections {
                    section aria-labelledby=(section.id) {
                        h2 #(section.id) { (section.title) }
                        @if let Some(content) = &section.content { (content) }
                    }
                }
            }
            (contents(&sections))
        }
    }
}

fn facts(pack: &Pack) -> Markup {
    html! {
        dl.facts {
            dt { "发布单位" } dd { (pack.authority) }
            dt { "政策版本" } dd { (pack.version) "版" }
            @if let Some(applies) = &pack.applies { dt { "适用范围" } dd { (scope(pack, applies)) } }
            dt { "政策文本" }
            dd {
                ul.plain {
                    @for document in &pack.documents {
                        li { a href=(format!("#text-{}", document.id)) { (document.title) } }
                    }
                }
            }
            @if !pack.used.is_empty() {
                dt { "引用的政策" }
                dd { ul.plain { @for used in &pack.used { li { a href=(clause::page(used)) { (used.title) } } } } }
            }
        }
    }
}

/// 申报日期自2024年7月1日起（含当日）、2026年7月1日前
fn scope(pack: &Pack, applies: &Applies) -> String {
    let input = &pack.inputs[0][applies.input];
    let said = |value: i64| match input.meta.ty {
        Type::Date => i32::try_from(value).ok().and_then(Date::from_days).map_or(value.to_string(), Date::chinese),
        _ => value.to_string(),
    };
    let from = applies.from.map(|from| format!("自{}起（含）", said(from)));
    let until = applies.until.map(|until| format!("{}前（不含）", said(until)));
    let bounds: Vec<String> = from.into_iter().chain(until).collect();
    format!("{}{}", input.label, bounds.join("、"))
}

fn older(current: &Pack) -> Markup {
    html! {
        div.notice {
            p {
                "这是较早的版本，供核对以往结果使用。"
                a href=(format!("/programmes/{}", current.id)) { "查看现行的" (current.version) "版" }
            }
        }
    }
}

fn actions(pack: &Pack, simulation: Option<String>) -> Markup {
    let base = format!("/programmes/{}", pack.id);
    html! {
        ul.actions {
            @if pack.assessment.is_some() { li { a.button href=(format!("{base}/assessment")) { "自评数字化水平" } } }
            @if let Some(calculator) = &pack.calculator {
                li { a.button href=(format!("{base}/calculator")) { (calculator.label) } }
            }
            @if let Some(address) = simulation { li { a.button.second href=(address) { "规则调整测算" } } }
            li { button.second type="button" data-print hidden { "打印本页" } }
        }
    }
}

/// Of an older version with the version in it.
fn simulation_address(pack: &Pack, current: &Pack) -> String {
    let version = if pack.version == current.version { String::new() } else { format!("?version={}", pack.version) };
    format!("/programmes/{}/simulation{version}", pack.id)
}

fn contents(sections: &[Section]) -> Markup {
    html! {
        nav.contents aria-label="本页目录" {
            p { "本页目录" }
            ol { @for section in sections { li { a href=(format!("#{}", section.id)) { (section.title) } } } }
        }
    }
}
