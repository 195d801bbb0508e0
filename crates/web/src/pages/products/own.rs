//! A provider's own products: added, changed, taken out of the catalogue and put back.

use axum::extract::State;
use axum::response::{Html, Response};
use maud::{Markup, html};
use records::access::{Acting, may_offer};
use records::product::{Offer, Product};
use service::import::Counts;
use service::product::{self, Offering, Scenario};
use service::{Listed, Page, ServiceError};
use standards::text::percent_encoded;

use super::{form, unknown, words};
use crate::components::form::{Form, go};
use crate::components::{layout, pages};
use crate::errors::Error;
use crate::extract::{Asked, Name};
use crate::forms::with_unit;
use crate::pages::download;
use crate::pages::imports::left_out;
use crate::session::{Sent, Signed};
use crate::site::{Shared, Site};

/// Where the list stands.
pub(crate) const ADDRESS: &str = "/home/products";
/// Counts of a table that was taken in, as the address carries them.
const COUNTS: [&str; 3] = ["new", "changed", "same"];

/// Where one goes after a table of products was taken in.
pub(crate) fn taken_in(counts: &Counts) -> String {
    format!("{ADDRESS}?new={}&changed={}&same={}", counts.new, counts.changed, counts.same)
}

/// `GET /home/products`, narrowed by `?search=` and `?page=`.
pub(super) async fn list(State(site): State<Shared>, signed: Signed, asked: Asked) -> Result<Html<String>, Error> {
    let (acting, page) = (signed.session.acting(), pages::asked(asked.get("page")));
    let search = asked.get("search").unwrap_or_default().trim();
    let listed = product::own(&site.desk(), acting, search, page).await.map_err(unknown)?;
    let main = html! {
        h1 { "产品目录" }
        (done(&asked))
        p.lead { "本单位在平台上发布的数字化产品。在架的产品所有人可以在" a href="/products" { "数字化产品目录" } "中查到。" }
        @if may_offer(acting) {
            ul.actions {
                li { a.button href="/home/products/new" { "新增产品" } }
                li { a.button.second href="/home/products/import" { "从表格导入" } }
            }
        } @else { p { "产品由本单位管理员或者经办人维护。" } }
        (listing(&listed, &product::scenarios(site.library()), search, page))
    };
    Ok(layout::page("产品目录", &[("我的办件", "/home")], main))
}

/// What was done before.
fn done(asked: &Asked) -> Markup {
    let counts = COUNTS.map(|name| asked.get(name).and_then(|text| text.parse::<usize>().ok()));
    html! {
        @if let [Some(new), Some(changed), Some(same)] = counts {
            div.notice role="status" { p { "导入完成：新增" (new) "个，更新" (changed) "个，无变化" (same) "个" (left_out::also(asked.get(left_out::NAME))) "。" } }
        }
    }
}

fn listing(listed: &Listed<Product>, scenarios: &[Scenario], search: &str, page: Page) -> Markup {
    html! {
        @if listed.total > 0 || !search.is_empty() {
            form.inline method="get" action=(ADDRESS) role="search" {
                div.field { label for="search" { "产品名称或者简介" } input #search name="search" type="text" value=(search) autocomplete="off"; }
                button type="submit" { "查询" }
            }
            p { "共" (listed.total) "个产品" }
            ul.calls { @for product in &listed.rows { li { (card(product, scenarios)) } } }
            (pages::turn(page, listed.total, &format!("{ADDRESS}?search={}&", percent_encoded(search, ""))))
            (download::link("/home/products.xlsx"))
        } @else { p { "还没有产品。" } }
    }
}

fn card(product: &Product, scenarios: &[Scenario]) -> Markup {
    html! {
        div {
            h3 { a href=(format!("{ADDRESS}/{}", product.id)) { (product.offer.name) } }
            p { (words::line(&product.offer)) }
            (words::tags(&product.offer, scenarios))
        }
        p { span.tag.good[product.is_listed()] { (product.state.label()) } }
    }
}

/// `GET /home/products/new`
pub(super) async fn new(State(site): State<Shared>, signed: Signed) -> Result<Html<String>, Error> {
    match may_offer(signed.session.acting()) {
        true => Ok(form::new(&product::scenarios(site.library()), &Form::default())),
        false => Err(Error::NoPage),
    }
}

/// `POST /home/products`
pub(super) async fn add(State(site): State<Shared>, sent: Sent) -> Result<Response, Error> {
    let acting = sent.session.acting();
    if !may_offer(acting) {
        return Err(Error::NoPage);
    }
    let added = match offer(&sent) {
        Ok(offer) => product::add(&site.desk(), acting, offer).await,
        Err(error) => Err(error),
    };
    match added {
        Ok(id) => Ok(go(&format!("{ADDRESS}/{id}?said=added"))),
        Err(error) => {
            let form = Form::again(sent.fields, error)?;
            Ok(form.answer(form::new(&product::scenarios(site.library()), &form)))
        }
    }
}

/// `GET /home/products/{id}`
pub(super) async fn show(State(site): State<Shared>, signed: Signed, Name(id): Name, asked: Asked) -> Result<Html<String>, Error> {
    let said = match asked.get("said") {
        Some("added") => Some("产品已发布。"),
        Some("changed") => Some("产品信息已保存。"),
        Some("withdrawn") => Some("产品已下架，目录中不再显示。"),
        Some("back") => Some("产品已恢复上架。"),
        _ => None,
    };
    one(&site, signed.session.acting(), &id, None, said).await
}

/// `POST /home/products/{id}`
pub(super) async fn change(State(site): State<Shared>, Name(id): Name, sent: Sent) -> Result<Response, Error> {
    let changed = match offer(&sent) {
        Ok(offer) => product::change(&site.desk(), sent.session.acting(), &id, version(&sent), offer).await,
        Err(error) => Err(error),
    };
    answered(&site, &id, "changed", sent, changed).await
}

/// `POST /home/products/{id}/withdraw`
pub(super) async fn withdraw(State(site): State<Shared>, Name(id): Name, sent: Sent) -> Result<Response, Error> {
    let done = product::withdraw(&site.desk(), sent.session.acting(), &id, version(&sent), sent.text("reason")).await;
    answered(&site, &id, "withdrawn", sent, done).await
}

/// `POST /home/products/{id}/put-back`
pub(super) async fn put_back(State(site): State<Shared>, Name(id): Name, sent: Sent) -> Result<Response, Error> {
    let done = product::put_back(&site.desk(), sent.session.acting(), &id, version(&sent)).await;
    answered(&site, &id, "back", sent, done).await
}

async fn answered(site: &Site, id: &str, said: &str, sent: Sent, done: Result<(), ServiceError>) -> Result<Response, Error> {
    match done {
        Ok(()) => Ok(go(&format!("{ADDRESS}/{id}?said={said}"))),
        Err(ServiceError::NotFound | ServiceError::Forbidden) => Err(Error::NoPage),
        Err(error) => {
            let form = Form::again(sent.fields, error)?;
            Ok(form.answer(one(site, sent.session.acting(), id, Some(&form), None).await?))
        }
    }
}

async fn one(site: &Site, acting: &Acting, id: &str, form: Option<&Form>, said: Option<&str>) -> Result<Html<String>, Error> {
    let (version, product) = product::own_one(&site.desk(), acting, id).await.map_err(unknown)?;
    let scenarios = product::scenarios(site.library());
    Ok(form::page(&product, version, &scenarios, form, may_offer(acting), said))
}

fn version(sent: &Sent) -> i64 {
    sent.text("version").parse().unwrap_or(0)
}

fn offer(sent: &Sent) -> Result<Offer, ServiceError> {
    let text = |name: &str| sent.text(name).to_owned();
    let offering = Offering {
        name: text("name"),
        kind: text("kind"),
        scenarios: sent.all("scenarios"),
        industries: sent.all("industries"),
        delivery: text("delivery"),
        price_from: with_unit(sent.text("price_from"), Some("元")),
        price_to: with_unit(sent.text("price_to"), Some("元")),
        price_per: text("price_per"),
        summary: text("summary"),
    };
    offering.read()
}
