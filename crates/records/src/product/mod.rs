//! 数字化产品: what a provider offers to enterprises: for which business scenarios and industries, how it is delivered, at
//! what price. A catalogue of them is published (002, item 9); it says nothing of how good any of them is.

mod price;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use standards::Date;
use standards::text::{half_width, without_spaces};

use crate::ids::{OrganisationId, ProductId};
use crate::{FieldError, Noun, Refusal};

pub use price::{Misfit, PER_MAX_CHARS, Price};

/// Characters of a product's name.
pub const NAME_MAX_CHARS: usize = 60;
/// Characters of a product's summary.
pub const SUMMARY_MAX_CHARS: usize = 500;
/// Characters of why a product was withdrawn.
pub const REASON_MAX_CHARS: usize = 200;

/// What a product is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProductKind {
    /// 软件产品
    Software,
    /// 云服务（订阅）
    Cloud,
    /// 硬件设备
    Hardware,
    /// 实施服务
    Service,
    /// 解决方案
    Solution,
}

impl ProductKind {
    /// All kinds, in the order of the lists.
    pub const ALL: [Self; 5] = [Self::Software, Self::Cloud, Self::Hardware, Self::Service, Self::Solution];

    /// The word the database and forms hold.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Software => "software",
            Self::Cloud => "cloud",
            Self::Hardware => "hardware",
            Self::Service => "service",
            Self::Solution => "solution",
        }
    }

    /// The kind of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// The Chinese name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Software => "软件产品",
            Self::Cloud => "云服务（订阅）",
            Self::Hardware => "硬件设备",
            Self::Service => "实施服务",
            Self::Solution => "解决方案",
        }
    }
}

/// Where a product runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// 云端部署
    Cloud,
    /// 本地部署
    Local,
    /// 混合部署
    Hybrid,
}

impl Delivery {
    /// All of them, in the order of the lists.
    pub const ALL: [Self; 3] = [Self::Cloud, Self::Local, Self::Hybrid];

    /// The word of forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cloud => "cloud",
            Self::Local => "local",
            Self::Hybrid => "hybrid",
        }
    }

    /// The delivery of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|delivery| delivery.as_str() == word)
    }

    /// The Chinese name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Cloud => "云端部署",
            Self::Local => "本地部署",
            Self::Hybrid => "混合部署",
        }
    }
}

/// What is said of a product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Its name, on one line.
    pub name: String,
    /// What it is.
    pub kind: ProductKind,
    /// The business scenarios it serves, by their ids in the packs; at least one.
    pub scenarios: BTreeSet<String>,
    /// The sub-industries it is made for, by their numbers in `standards::industry`; none: for all.
    #[serde(default)]
    pub industries: BTreeSet<u8>,
    /// Where it runs; none for what does not run, such as a service.
    #[serde(default)]
    pub delivery: Option<Delivery>,
    /// What it costs.
    pub price: Price,
    /// What it does, on one line; may be empty.
    #[serde(default)]
    pub summary: String,
}

impl Offer {
    /// What is wrong with it, field by field.
    pub fn errors(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        let mut line = |path: &str, text: &str, label: &str, max_chars: usize| {
            if text.chars().count() > max_chars {
                errors.push(FieldError::new(path, format!("{label}最多{max_chars}个字，请缩短。")));
            } else if text.chars().any(char::is_control) {
                errors.push(FieldError::new(path, format!("{label}含有看不见的控制字符，请删除后重新填写。")));
            }
        };
        line("name", &self.name, "产品名称", NAME_MAX_CHARS);
        line("summary", &self.summary, "产品简介", SUMMARY_MAX_CHARS);
        if key(&self.name).is_empty() {
            errors.push(FieldError::new("name", "请填写产品名称。"));
        }
        if self.scenarios.is_empty() {
            errors.push(FieldError::new("scenarios", "请至少选择一个适用场景。"));
        }
        errors
    }
}

/// The form in which two names of one provider's products are compared: half-width, small letters, without spaces. Marks
/// stay, since `C` and `C++` are two products.
pub fn key(name: &str) -> String {
    without_spaces(&half_width(name)).to_lowercase()
}

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
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn offer(name: &str) -> Offer {
        Offer {
            name: name.into(),
            kind: ProductKind::Software,
            scenarios: ["design".to_owned()].into(),
            industries: [38].into(),
            delivery: Some(Delivery::Local),
            price: Price::Negotiable,
            summary: String::new(),
        }
    }

    fn added(name: &str) -> Product {
        let events = Product::add("p".into(), "o".into(), offer(name), day("2026-01-20")).unwrap();
        Product::fold_all(None, &events).unwrap()
    }

    #[test]
    fn names_are_compared_whatever_their_width() {
        for (one, other, same) in [
            ("ＥＲＰ 系统", "erp系统", true),
            ("MES 3.0", "ＭＥＳ　３．０", true),
            ("\u{feff}甲\u{200b}乙", "甲乙", true),
            ("C++助手", "C助手", false),
            ("甲-乙", "甲乙", false),
        ] {
            assert_eq!(key(one) == key(other), same, "{one} {other}");
        }
    }

    #[test]
    fn what_is_said_is_checked() {
        let none = Offer { scenarios: BTreeSet::new(), ..offer("甲") };
        for (said, expected) in [
            (offer("甲"), &[][..]),
            (offer(" \u{3000}"), &["name"]),
            (offer(&"长".repeat(61)), &["name"]),
            (offer("甲\u{7}"), &["name"]),
            (none, &["scenarios"]),
            (Offer { summary: "长".repeat(501), ..offer("甲") }, &["summary"]),
        ] {
            let paths: Vec<String> = said.errors().into_iter().map(|error| error.path).collect();
            assert_eq!(paths, expected, "{said:?}");
            assert_eq!(Product::add("p".into(), "o".into(), said, Date::MAX).is_err(), !expected.is_empty());
        }
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

    #[test]
    fn words_are_read_back() {
        assert!(ProductKind::ALL.into_iter().all(|kind| ProductKind::parse(kind.as_str()) == Some(kind)));
        assert!(Delivery::ALL.into_iter().all(|delivery| Delivery::parse(delivery.as_str()) == Some(delivery)));
    }
}
