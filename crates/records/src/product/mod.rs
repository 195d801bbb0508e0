//! 数字化产品: what a provider offers to enterprises: for which business scenarios and industries, how it is delivered, at
//! what price. A catalogue of them is published (002, item 9); it says nothing of how good any of them is.

mod offer;
mod price;

use serde::{Deserialize, Serialize};
use standards::Date;

use crate::ids::{OrganisationId, ProductId};
use crate::{FieldError, Noun, Refusal};

pub use offer::{Delivery, NAME_MAX_CHARS, Offer, ProductKind, SUMMARY_MAX_CHARS, key};
pub use price::{Misfit, PER_MAX_CHARS, Price};

/// Characters of why a product was withdrawn.
pub const REASON_MAX_CHARS: usize = 200;

/// Whether enterprises are offered it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ProductState {
    /// 在架
    Listed {
        /// Since when.
        since_on: Date,
    },
    /// 已下架
    Withdrawn {
        /// Since when.
        since_on: Date,
        /// Why; may be empty.
        reason: String,
    },
    /// 主管部门下架: its provider may put it right and list it again.
    TakenDown {
        /// Since when.
        since_on: Date,
        /// Why; never empty.
        reason: String,
        /// The bureau.
        office: OrganisationId,
    },
}

impl ProductState {
    /// The word of the lists.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Listed { .. } => "listed",
            Self::Withdrawn { .. } => "withdrawn",
            Self::TakenDown { .. } => "taken_down",
        }
    }

    /// The Chinese name.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Listed { .. } => "在架",
            Self::Withdrawn { .. } => "已下架",
            Self::TakenDown { .. } => "主管部门下架",
        }
    }
}

/// A product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    /// Identifier.
    pub id: ProductId,
    /// Whose it is; no two products of a provider have the same [`key`].
    pub provider: OrganisationId,
    /// What is said of it.
    pub offer: Offer,
    /// Whether enterprises are offered it.
    pub state: ProductState,
}

impl Product {
    /// Enters a product.
    ///
    /// # Errors
    /// What is wrong with what is said of it.
    pub fn add(id: ProductId, provider: OrganisationId, offer: Offer, today: Date) -> Result<Vec<ProductEvent>, Refusal> {
        sound(&offer)?;
        Ok(vec![ProductEvent::Added { id, provider, offer, on: today }])
    }

    /// Says something else of it, if it differs.
    ///
    /// # Errors
    /// What is wrong with what is said of it.
    pub fn change(&self, offer: Offer) -> Result<Vec<ProductEvent>, Refusal> {
        sound(&offer)?;
        Ok(if offer == self.offer { Vec::new() } else { vec![ProductEvent::Changed { offer }] })
    }

    /// Takes it out of the catalogue.
    ///
    /// # Errors
    /// It is out already, or the reason is too long.
    pub fn withdraw(&self, reason: &str, today: Date) -> Result<Vec<ProductEvent>, Refusal> {
        Ok(vec![ProductEvent::Withdrawn { reason: self.leaving(reason)?, on: today }])
    }

    /// A bureau takes it out of the catalogue.
    ///
    /// # Errors
    /// It is out already, or no reason is given, or one that is too long.
    pub fn take_down(&self, reason: &str, office: OrganisationId, today: Date) -> Result<Vec<ProductEvent>, Refusal> {
        let reason = self.leaving(reason)?;
        if reason.is_empty() {
            return Err(Refusal::fields(vec![FieldError::new("reason", "请填写下架原因，服务商按所填原因更正。")]));
        }
        Ok(vec![ProductEvent::TakenDown { reason, office, on: today }])
    }

    /// Why it leaves the catalogue, on one line.
    fn leaving(&self, reason: &str) -> Result<String, Refusal> {
        let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
        if !self.is_listed() {
            return Err(Refusal::new("该产品已下架。"));
        }
        if reason.chars().count() > REASON_MAX_CHARS {
            return Err(Refusal::fields(vec![FieldError::new("reason", format!("下架原因最多{REASON_MAX_CHARS}个字，请缩短。"))]));
        }
        if reason.chars().any(char::is_control) {
            return Err(Refusal::fields(vec![FieldError::new("reason", "下架原因含有看不见的控制字符，请删除后重新填写。")]));
        }
        Ok(reason)
    }

    /// Puts it back into the catalogue.
    ///
    /// # Errors
    /// It was not taken out.
    pub fn put_back(&self, today: Date) -> Result<Vec<ProductEvent>, Refusal> {
        if self.is_listed() { Err(Refusal::new("该产品没有下架。")) } else { Ok(vec![ProductEvent::PutBack { on: today }]) }
    }

    /// Whether enterprises are offered it.
    pub fn is_listed(&self) -> bool {
        matches!(self.state, ProductState::Listed { .. })
    }
}

fn sound(offer: &Offer) -> Result<(), Refusal> {
    let errors = offer.errors();
    if errors.is_empty() { Ok(()) } else { Err(Refusal::fields(errors)) }
}

/// What happens to a product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum ProductEvent {
    /// It was entered.
    Added {
        /// Identifier.
        id: ProductId,
        /// Whose it is.
        provider: OrganisationId,
        /// What is said of it.
        offer: Offer,
        /// The day.
        on: Date,
    },
    /// Something else is said of it.
    Changed {
        /// All that is said now.
        offer: Offer,
    },
    /// It was taken out of the catalogue.
    Withdrawn {
        /// Why; may be empty.
        reason: String,
        /// The day.
        on: Date,
    },
    /// A bureau took it out of the catalogue.
    TakenDown {
        /// Why.
        reason: String,
        /// The bureau.
        office: OrganisationId,
        /// The day.
        on: Date,
    },
    /// It was put back.
    PutBack {
        /// The day.
        on: Date,
    },
}

impl Noun for Product {
    type Event = ProductEvent;
    const NOUN: &'static str = "product";

    fn fold(state: Option<Self>, event: &ProductEvent) -> Option<Self> {
        use ProductEvent as E;
        Some(match (state, event.clone()) {
            (Some(state), E::Added { .. }) => state,
            (None, E::Added { id, provider, offer, on }) => Self { id, provider, offer, state: ProductState::Listed { since_on: on } },
            (state, E::Changed { offer }) => Self { offer, ..state? },
            (state, E::Withdrawn { reason, on }) => Self { state: ProductState::Withdrawn { since_on: on, reason }, ..state? },
            (state, E::TakenDown { reason, office, on }) => {
                Self { state: ProductState::TakenDown { since_on: on, reason, office }, ..state? }
            }
            (state, E::PutBack { on }) => Self { state: ProductState::Listed { since_on: on }, ..state? },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::offer::tests::offer;
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn added(name: &str) -> Product {
        let events = Product::add("p".into(), "o".into(), offer(name), day("2026-01-20")).unwrap();
        Product::fold_all(None, &events).unwrap()
    }

    #[test]
    fn only_a_sound_offer_is_entered() {
        assert!(Product::add("p".into(), "o".into(), offer(" "), Date::MAX).is_err());
        assert!(added("甲").change(offer(" ")).is_err());
    }

    #[test]
    fn a_product_comes_and_goes() {
        let product = added("甲");
        assert_eq!(product.state, ProductState::Listed { since_on: day("2026-01-20") });
        assert_eq!(product.change(offer("甲")).unwrap(), []);
        assert!(product.put_back(day("2026-01-21")).is_err() && product.withdraw(&"长".repeat(201), day("2026-01-21")).is_err());
        let events = product.withdraw(" 停止 维护\n", day("2026-01-21")).unwrap();
        let gone = Product::fold_all(Some(product), &events).unwrap();
        assert_eq!(gone.state, ProductState::Withdrawn { since_on: day("2026-01-21"), reason: "停止 维护".into() });
        assert!(gone.withdraw("", day("2026-01-22")).is_err());
        let events = gone.put_back(day("2026-01-22")).unwrap();
        let back = Product::fold_all(Some(gone), &events).unwrap();
        assert_eq!(back.state, ProductState::Listed { since_on: day("2026-01-22") });
    }

    #[test]
    fn a_bureau_takes_it_down_with_a_reason() {
        let product = added("甲");
        let down = |product: &Product, reason: &str| product.take_down(reason, "city".into(), day("2026-01-21"));
        for reason in ["", " \n", &"长".repeat(201), "甲\u{7}"] {
            assert!(down(&product, reason).is_err(), "{reason}");
        }
        let gone = Product::fold_all(Some(product.clone()), &down(&product, "价格 不实").unwrap()).unwrap();
        let state = ProductState::TakenDown { since_on: day("2026-01-21"), reason: "价格 不实".into(), office: "city".into() };
        assert_eq!((gone.state.clone(), gone.is_listed()), (state, false));
        assert!(down(&gone, "再次").is_err() && gone.withdraw("", day("2026-01-22")).is_err());
        let corrected = Product::fold_all(Some(gone.clone()), &gone.change(offer("乙")).unwrap()).unwrap();
        assert_eq!(corrected.state, gone.state, "what was put right is listed again by its provider");
        assert!(Product::fold_all(Some(corrected.clone()), &corrected.put_back(day("2026-01-22")).unwrap()).unwrap().is_listed());
    }
}
