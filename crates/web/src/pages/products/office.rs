//! Products as bureaus look after them: those of the providers of their place, in the catalogue or not, and taking one out of it.

use axum::extract::State;
use axum::response::{Html, Response};
use maud::{Markup, html};
use records::access::Acting;
use records::product::{Product, ProductState};
use service::product::{self, Scenario, Shown};
use service::{Listed, Page, ServiceError};
use standards::text::percent_encoded;

use super::{unknown, words};
use crate::components::form::{Form, go, line};
use crate::components::{layout, pages, said};
use crate::errors::Error;
use crate::extract::{Asked, Name};
use crate::session::{Sent, Signed, token_field};
use crate::site::{Shared, Site};

/// Where the list stands, and what it is called.
const ADDRESS: &str = "/conduct/products";
const TITLE: &str = "产品目录";
const WAY: [(&str, &str); 2] = [("工作台", "/desk"), (TITLE, ADDRESS)];

/// `GET /conduct/products`, narrowed by `?search=` and `?page=`.
pub(super) async fn list(State(site): State<Shared>, signed: Signed, asked: Asked) -> Result<Html<String>, Error> {
    let (acting, page) = (signed.session.acting(), pages::asked(asked.get("page")));
    let search = asked.get("search").unwrap_or_default().trim();
    let listed = product::overseen(&site.desk(), acting, search, page).await.map_err(unknown)?;
    let main = html! {
        h1 { (TITLE) }
        p.lead { "本地区和本地区项目的服务商发布的数字化产品。在架的产品所有人可以在" a href="/products" { "数字化产品目录" } "中查到。" }
        (narrowed(search))
        p { "共" (listed.total) "个产品" }
        @if listed.rows.is_empty() { p { "没有符合条件的产品。" } } @else { (rows(&listed, &product::scenarios(site.library()), search, page)) }
    };
    Ok(layout::page(TITLE, &WAY[..1], main))
}

fn narrowed(search: &str) -> Markup {
    html! {
        form.inline method="get" action=(ADDRESS) role="search" {
            div.field { label for="search" { "产品或者服务商" } input #search name="search" type="text" value=(search) autocomplete="off"; }
            button type="submit" { "查询" }
        }
    }
}

fn rows(listed: &Listed<Shown>, scenarios: &[Scenario], search: &str, page: Page) -> Markup {
    html! {
        ul.calls { @for shown in &listed.rows { li { (card(shown, scenarios)) } } }
        (pages::turn(page, listed.total, &format!("{ADDRESS}?search={}&", percent_encoded(search, ""))))
    }
}

fn card(shown: &Shown, scenarios: &[Scenario]) -> Markup {
    let product = &shown.product;
    html! {
        div {
            h3 { a href=(format!("{ADDRESS}/{}", product.id)) { (product.offer.name) } }
            p.quiet { (shown.provider.name) }
            p { (words::line(&product.offer)) }
            (words::tags(&product.offer, scenarios))
        }
        p { span.tag.good[product.is_listed()] { (product.state.label()) } }
    }
}

/// `GET /conduct/products/{id}`
pub(super) async fn show(State(site): State<Shared>, signed: Signed, Name(id): Name, asked: Asked) -> Result<Html<String>, Error> {
    let said = (asked.get("said") == Some("down")).then_some("产品已下架，目录中不再显示，已通知服务商。");
    one(&site, signed.session.acting(), &id, None, said).await
}

/// `POST /conduct/products/{id}/take-down`
pub(super) async fn take_down(State(site): State<Shared>, Name(id): Name, sent: Sent) -> Result<Response, Error> {
    let version = sent.text("version").parse().unwrap_or(0);
    match product::take_down(&site.desk(), sent.session.acting(), &id, Some(version), sent.text("reason")).await {
        Ok(()) => Ok(go(&format!("{ADDRESS}/{id}?said=down"))),
        Err(ServiceError::NotFound | ServiceError::Forbidden) => Err(Error::NoPage),
        Err(error) => {
            let form = Form::again(sent.fields, error)?;
            Ok(form.answer(one(&site, sent.session.acting(), &id, Some(&form), None).await?))
        }
    }
}

async fn one(site: &Site, acting: &Acting, id: &str, form: Option<&Form>, said: Option<&str>) -> Result<Html<String>, Error> {
    let (version, shown) = product::overseen_one(&site.desk(), acting, id).await.map_err(unknown)?;
    let (offer, scenarios) = (&shown.product.offer, product::scenarios(site.library()));
    let main = html! {
        div.narrow {
            h1 { (offer.name) }
            @if let Some(said) = said { div.notice role="status" { p { (said) } } }
            @if let Some(form) = form { (form.summary(None)) }
            (state(&shown.product))
            @if !offer.summary.is_empty() { p { (offer.summary) } }
            dl.facts {
                dt { "服务商" } dd { (shown.provider.name) }
                dt { "所在地区" } dd { (said::place(&shown.provider.place)) }
                (words::facts(offer, &scenarios))
            }
            @if shown.product.is_listed() && product::may_take_down(acting) { (taking_down(&shown.product, version, form)) }
        }
    };
    Ok(layout::page(&offer.name, &WAY, main))
}

fn state(product: &Product) -> Markup {
    let (since_on, reason) = match &product.state {
        ProductState::Listed { since_on } => (since_on, ""),
        ProductState::Withdrawn { since_on, reason } | ProductState::TakenDown { since_on, reason, .. } => (since_on, reason.as_str()),
    };
    html! {
        p {
            span.tag.good[product.is_listed()] { (product.state.label()) } " 自" (since_on.chinese()) "起。"
            @if !reason.is_empty() { "原因：" (reason.trim_end_matches('。')) "。" }
            @if product.is_listed() { a href=(format!("/products/{}", product.id)) { "查看公开页面" } }
        }
    }
}

fn taking_down(product: &Product, version: i64, form: Option<&Form>) -> Markup {
    let none = Form::default();
    let hint = "写明哪里不实或者不符合要求、怎样更正，最多200个字；服务商可以看到。";
    html! {
        h2 { "下架" }
        p { "产品信息不实或者不符合要求的，可以下架。下架后公开目录中不再显示，服务商更正后可以恢复上架，届时通知本单位。" }
        form method="post" action=(format!("{ADDRESS}/{}/take-down", product.id)) novalidate {
            (token_field())
            input type="hidden" name="version" value=(version);
            (line(form.unwrap_or(&none), "reason", "下架原因", Some(hint)))
            button.second type="submit" { "下架该产品" }
        }
    }
}
