//! The form of a product, and what may be done with one.

use axum::response::Html;
use maud::{Markup, html};
use records::product::{Delivery, Offer, Price, Product, ProductKind, ProductState};
use service::product::Scenario;
use standards::industry::sub_industries;

use super::own::ADDRESS;
use super::words;
use crate::components::entry::Typed;
use crate::components::field::{described_by, id, message};
use crate::components::form::{Form, amount, area, line};
use crate::components::layout;
use crate::session::token_field;

/// The field that says which of the page's forms was sent.
const WHICH: &str = "form";
/// The one with everything that is said of the product.
const OFFER: &str = "offer";

const WAY: [(&str, &str); 2] = [("我的办件", "/home"), ("产品目录", ADDRESS)];

/// The page of a product that is to be added.
pub(super) fn new(scenarios: &[Scenario], form: &Form) -> Html<String> {
    let main = html! {
        div.narrow {
            h1 { "新增产品" }
            (form.summary(None))
            form method="post" action=(ADDRESS) novalidate {
                (token_field())
                (fields(form, scenarios))
                div.submit { button type="submit" { "发布" } }
            }
        }
    };
    layout::page("新增产品", &WAY, main)
}

/// The page of a product on file; `form` is what was sent and did not go through.
pub(super) fn page(
    product: &Product,
    version: i64,
    scenarios: &[Scenario],
    form: Option<&Form>,
    may: bool,
    said: Option<&str>,
) -> Html<String> {
    let on_file = opening(&product.offer);
    let shown = form.filter(|form| form.typed.text(WHICH) == OFFER).unwrap_or(&on_file);
    let main = html! {
        div.narrow {
            h1 { (product.offer.name) }
            @if let Some(said) = said { div.notice role="status" { p { (said) } } }
            @if let Some(form) = form { (form.summary(None)) }
            (state(product))
            @if shown.is_conflict() { (changed(&product.offer, scenarios)) }
            @if may {
                form method="post" action=(format!("{ADDRESS}/{}", product.id)) novalidate {
                    (token_field())
                    input type="hidden" name="version" value=(version);
                    input type="hidden" name=(WHICH) value=(OFFER);
                    (fields(shown, scenarios))
                    div.submit { button type="submit" { "保存" } }
                }
                (standing(product, version, form))
            } @else {
                @if !product.offer.summary.is_empty() { p { (product.offer.summary) } }
                dl.facts { (words::facts(&product.offer, scenarios)) }
            }
        }
    };
    layout::page(&product.offer.name, &WAY, main)
}

/// What somebody else wrote meanwhile; what was typed here stands in the form.
fn changed(offer: &Offer, scenarios: &[Scenario]) -> Markup {
    html! {
        div.notice {
            p { "现登记的内容如下，保存后以下面填写的为准：" }
            dl.facts {
                dt { "产品名称" } dd { (offer.name) }
                (words::facts(offer, scenarios))
                @if !offer.summary.is_empty() { dt { "产品简介" } dd { (offer.summary) } }
            }
        }
    }
}

/// Whether it is in the catalogue.
fn state(product: &Product) -> Markup {
    html! {
        @match &product.state {
            ProductState::Listed { since_on } => p {
                span.tag.good { "在架" } " 自" (since_on.chinese()) "起。"
                a href=(format!("/products/{}", product.id)) { "查看公开页面" }
            },
            ProductState::Withdrawn { since_on, reason } => p {
                span.tag { "已下架" } " 自" (since_on.chinese()) "起。" @if !reason.is_empty() { "原因：" (reason) "。" }
            },
            ProductState::TakenDown { since_on, reason, .. } => div.notice {
                p { span.tag { (product.state.label()) } " 自" (since_on.chinese()) "起，目录中不再显示。" }
                p { "原因：" (reason.trim_end_matches('。')) "。" }
                p { "请按下架原因更正并保存，再恢复上架；有异议的，请联系主管部门。" }
            },
        }
    }
}

/// The form as the product on file fills it.
fn opening(offer: &Offer) -> Form {
    let (from, to, per) = match &offer.price {
        Price::Negotiable => (String::new(), String::new(), String::new()),
        Price::Range { from_fen, to_fen, per } => (yuan(*from_fen), yuan(*to_fen), per.clone()),
    };
    let one = [
        ("name", offer.name.clone()),
        ("kind", offer.kind.as_str().to_owned()),
        ("delivery", offer.delivery.map_or("", Delivery::as_str).to_owned()),
        ("price_from", from),
        ("price_to", to),
        ("price_per", per),
        ("summary", offer.summary.clone()),
    ];
    let scenarios = offer.scenarios.iter().map(|id| ("scenarios", id.clone()));
    let industries = offer.industries.iter().map(|number| ("industries", number.to_string()));
    Form::with(one.into_iter().chain(scenarios).chain(industries))
}

/// An amount as it is typed, in 元.
fn yuan(fen: i64) -> String {
    if fen % 100 == 0 { (fen / 100).to_string() } else { format!("{}.{:02}", fen / 100, fen % 100) }
}

fn fields(form: &Form, scenarios: &[Scenario]) -> Markup {
    let typed = &form.typed;
    let kinds = ProductKind::ALL.map(|kind| ("", kind.as_str().to_owned(), kind.label()));
    let deliveries = Delivery::ALL.map(|delivery| ("", delivery.as_str().to_owned(), delivery.label()));
    let deliveries: Vec<_> = deliveries.into_iter().chain([("", String::new(), "不需要部署")]).collect();
    let scenarios: Vec<_> = scenarios.iter().map(|one| (one.group.as_str(), one.id.clone(), one.label.as_str())).collect();
    let unit = "按什么计价，例如 套、年、用户/年。";
    html! {
        (line(form, "name", "产品名称", Some("与合同和发票上的名称一致，最多60个字。")))
        div.picks {
            (picks(typed, "kind", "产品类型", "radio", &kinds))
            (picks(typed, "scenarios", "适用场景", "checkbox", &scenarios))
        }
        (industries(typed))
        div.picks { (picks(typed, "delivery", "部署方式", "radio", &deliveries)) }
        h2 { "价格" }
        p.hint { "价格面议的，三项都不填；只有一个价格的，最低价格和最高价格填相同的金额。也可以写明单位，例如 12.5万元。" }
        (amount(form, "price_from", "最低价格", "元", None))
        (amount(form, "price_to", "最高价格", "元", None))
        (line(form, "price_per", "计价单位", Some(unit)))
        h2 { "简介" }
        (area(form, "summary", "产品简介", Some("用一段话说明产品做什么、适合什么企业，最多500个字。"), 6))
    }
}

/// For which industries: a hundred, so they are folded up and the chosen ones are named beside.
fn industries(typed: &Typed) -> Markup {
    let all: Vec<_> = sub_industries().iter().map(|row| (row.category.as_str(), row.number.to_string(), row.canonical.as_str())).collect();
    let chosen: Vec<&str> = all.iter().filter(|(_, number, _)| typed.ticked("industries", number)).map(|(.., name)| *name).collect();
    html! {
        div {
            details.narrowing open[typed.error("industries").is_some()] {
                summary { "适用行业（" @if chosen.is_empty() { "不选表示适用各行业" } @else { "已选" (chosen.len()) "个" } "）" }
                (picks(typed, "industries", "适用行业", "checkbox", &all))
            }
            @if !chosen.is_empty() { p.hint { "已选：" (chosen.join("；")) } }
        }
    }
}

/// Radio buttons or check boxes side by side, each with group, value and label, under the heads of their groups; the first one has
/// the id that messages lead to.
fn picks(typed: &Typed, path: &str, legend: &str, kind: &str, options: &[(&str, String, &str)]) -> Markup {
    let (own, error) = (id(path), typed.error(path));
    let first = options.first().map(|(_, value, _)| value);
    html! {
        fieldset.wrong[error.is_some()] aria-describedby=[described_by(&own, false, error.is_some())] {
            legend { (legend) }
            (message(&own, error))
            @for group in options.chunk_by(|one, other| one.0 == other.0) {
                @if !group[0].0.is_empty() { p.quiet { (group[0].0) } }
                div.options.short {
                    @for (_, value, label) in group {
                        @let own = if first == Some(value) { own.clone() } else { format!("{own}-{value}") };
                        div.option {
                            input #(own) type=(kind) name=(path) value=(value) checked[typed.ticked(path, value)];
                            label for=(own) { (label) }
                        }
                    }
                }
            }
        }
    }
}

/// Taking it out of the catalogue, or putting it back.
fn standing(product: &Product, version: i64, form: Option<&Form>) -> Markup {
    let address = |what: &str| format!("{ADDRESS}/{}/{what}", product.id);
    let none = Form::default();
    html! {
        @if product.is_listed() {
            h2 { "下架" }
            p { "下架后，目录中不再显示该产品，随时可以恢复。" }
            form method="post" action=(address("withdraw")) {
                (token_field())
                input type="hidden" name="version" value=(version);
                (line(form.unwrap_or(&none), "reason", "下架原因", Some("可以不填。")))
                button.second type="submit" { "下架该产品" }
            }
        } @else {
            h2 { "恢复上架" }
            form method="post" action=(address("put-back")) {
                (token_field())
                input type="hidden" name="version" value=(version);
                button type="submit" { "恢复上架" }
            }
        }
    }
}
