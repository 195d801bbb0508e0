//! The catalogue as everybody reads it.

use axum::extract::State;
use axum::response::Html;
use maud::{Markup, html};
use records::product::ProductKind;
use service::product::{self, Scenario, Shown, Wanted};
use service::{Listed, Page};
use standards::text::percent_encoded;

use super::{unknown, words};
use crate::components::{layout, pages, said};
use crate::errors::Error;
use crate::extract::{Asked, Name};
use crate::pages::download;
use crate::site::{Shared, Site};

/// What the pages are called.
const TITLE: &str = "数字化产品目录";
/// Other products of the same provider shown beside one.
const OTHERS: i64 = 10;

/// `GET /products`, narrowed by `?search=`, `?scenario=`, `?kind=` and `?page=`.
pub(super) async fn list(State(site): State<Shared>, asked: Asked) -> Result<Html<String>, Error> {
    let (wanted, page) = (wanted(&asked), pages::asked(asked.get("page")));
    let listed = product::catalogue(&site.desk(), &wanted, page).await?;
    Ok(layout::page(TITLE, &[], listing(&site, &listed, &wanted, page)))
}

/// What an address asks for.
pub(super) fn wanted(asked: &Asked) -> Wanted {
    let text = |name: &str| asked.get(name).unwrap_or_default().trim().to_owned();
    Wanted { search: text("search"), scenario: Some(text("scenario")).filter(|id| !id.is_empty()), kind: ProductKind::parse(&text("kind")) }
}

/// The same as part of an address.
fn query(wanted: &Wanted) -> String {
    let (scenario, kind) = (wanted.scenario.as_deref().unwrap_or_default(), wanted.kind.map_or("", ProductKind::as_str));
    format!("search={}&scenario={}&kind={kind}", percent_encoded(&wanted.search, ""), percent_encoded(scenario, ""))
}

fn listing(site: &Site, listed: &Listed<Shown>, wanted: &Wanted, page: Page) -> Markup {
    let scenarios = product::scenarios(site.library());
    html! {
        h1 { (TITLE) }
        p.lead { "按应用场景查找数字化服务商提供的产品和解决方案。产品信息由服务商填写并负责，列入目录不代表推荐。" }
        (search(wanted, &scenarios))
        p { "共" (listed.total) "个产品" }
        @if listed.rows.is_empty() { p { "没有符合条件的产品。" a href="/products" { "查看全部产品" } } }
        @else {
            ul.calls { @for shown in &listed.rows { li { (card(shown, &scenarios)) } } }
            (pages::turn(page, listed.total, &format!("/products?{}&", query(wanted))))
            (download::link(&format!("/products.xlsx?{}", query(wanted))))
        }
        p.quiet { "服务商登录后，在“我的办件”的“产品目录”中发布产品。" }
    }
}

fn search(wanted: &Wanted, scenarios: &[Scenario]) -> Markup {
    let chosen = |id: &str| wanted.scenario.as_deref() == Some(id);
    html! {
        form.inline method="get" action="/products" role="search" {
            div.field { label for="search" { "产品或者服务商" } input #search name="search" type="text" value=(wanted.search) autocomplete="off"; }
            div.field {
                label for="scenario" { "适用场景" }
                select #scenario name="scenario" {
                    option value="" { "全部" }
                    @for group in scenarios.chunk_by(|one, other| one.group == other.group) {
                        optgroup label=(group[0].group) { @for one in group { option value=(one.id) selected[chosen(&one.id)] { (one.label) } } }
                    }
                }
            }
            div.field {
                label for="kind" { "产品类型" }
                select #kind name="kind" {
                    option value="" { "全部" }
                    @for kind in ProductKind::ALL { option value=(kind.as_str()) selected[wanted.kind == Some(kind)] { (kind.label()) } }
                }
            }
            button type="submit" { "查询" }
        }
    }
}

fn card(shown: &Shown, scenarios: &[Scenario]) -> Markup {
    let offer = &shown.product.offer;
    html! {
        div {
            h3 { a href=(format!("/products/{}", shown.product.id)) { (offer.name) } }
            p.quiet { (shown.provider.name) }
            p { (words::line(offer)) }
            (words::tags(offer, scenarios))
        }
    }
}

/// `GET /products/{id}`
pub(super) async fn show(State(site): State<Shared>, Name(id): Name) -> Result<Html<String>, Error> {
    let shown = product::offered(&site.desk(), &id).await.map_err(unknown)?;
    let others = product::of_provider(&site.desk(), &shown.provider.id, Page::first(OTHERS + 1)).await?;
    let scenarios = product::scenarios(site.library());
    let offer = &shown.product.offer;
    let main = html! {
        h1 { (offer.name) }
        p.lead { (shown.provider.name) }
        @if !offer.summary.is_empty() { p { (offer.summary) } }
        dl.facts { (words::facts(offer, &scenarios)) }
        h2 { "服务商" }
        (provider(&shown))
        p.quiet { "产品信息由服务商填写并负责，列入目录不代表推荐。" }
        (more(&shown, &others))
    };
    Ok(layout::page(&offer.name, &[(TITLE, "/products")], main))
}

fn provider(shown: &Shown) -> Markup {
    let row = &shown.provider;
    html! {
        dl.facts {
            dt { "名称" } dd { (row.name) }
            @if let Some(code) = &row.credit_code { dt { "统一社会信用代码" } dd { (code) } }
            dt { "所在地区" } dd { (said::place(&row.place)) }
        }
    }
}

/// What else the provider offers.
fn more(shown: &Shown, others: &Listed<records::product::Product>) -> Markup {
    let rest: Vec<_> = others.rows.iter().filter(|other| other.id != shown.product.id).collect();
    let all = shown.provider.credit_code.as_deref().unwrap_or(&shown.provider.name);
    html! {
        @if !rest.is_empty() {
            h2 { "该服务商的其他产品" }
            ul {
                @for other in rest.iter().take(usize::try_from(OTHERS).unwrap_or(0)) {
                    li { a href=(format!("/products/{}", other.id)) { (other.offer.name) } " " span.quiet { (words::line(&other.offer)) } }
                }
            }
            @if others.total > OTHERS + 1 { p { a href=(format!("/products?search={}", percent_encoded(all, ""))) { "查看该服务商的全部产品" } } }
        }
    }
}
