//! What is said of a product, in words.

use maud::{Markup, html};
use records::product::{Delivery, Offer};
use service::product::Scenario;
use standards::industry::sub_industry;

/// The names of the scenarios a product serves, in the order of the list; one that is in no list any more by its id.
pub(super) fn scenarios<'a>(offer: &'a Offer, all: &'a [Scenario]) -> Vec<&'a str> {
    let known = all.iter().filter(|one| offer.scenarios.contains(&one.id)).map(|one| one.label.as_str());
    let gone = offer.scenarios.iter().filter(|id| all.iter().all(|one| one.id != **id)).map(String::as_str);
    known.chain(gone).collect()
}

/// Kind, delivery and price on one line.
pub(super) fn line(offer: &Offer) -> String {
    let delivery = offer.delivery.map_or(String::new(), |delivery| format!("{} · ", delivery.label()));
    format!("{} · {delivery}{}", offer.kind.label(), offer.price.words())
}

/// The scenarios as tags.
pub(super) fn tags(offer: &Offer, all: &[Scenario]) -> Markup {
    html! { p { @for (at, label) in scenarios(offer, all).into_iter().enumerate() { @if at > 0 { " " } span.tag { (label) } } } }
}

/// Everything that is said of it but its name and summary.
pub(super) fn facts(offer: &Offer, all: &[Scenario]) -> Markup {
    let industries: Vec<&str> = offer.industries.iter().filter_map(|number| Some(sub_industry(*number)?.canonical.as_str())).collect();
    html! {
        dt { "产品类型" } dd { (offer.kind.label()) }
        dt { "适用场景" } dd { (scenarios(offer, all).join("、")) }
        dt { "适用行业" } dd { @if industries.is_empty() { "各行业" } @else { (industries.join("；")) } }
        @if let Some(delivery) = offer.delivery.map(Delivery::label) { dt { "部署方式" } dd { (delivery) } }
        dt { "价格" } dd { (offer.price.words()) }
    }
}
