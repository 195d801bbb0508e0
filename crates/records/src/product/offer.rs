//! What is said of a product: what it is, what it serves, where it runs, what it costs.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use standards::text::{half_width, without_spaces};

use super::Price;
use crate::FieldError;

/// Characters of a product's name.
pub const NAME_MAX_CHARS: usize = 60;
/// Characters of a product's summary.
pub const SUMMARY_MAX_CHARS: usize = 500;

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

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::product) fn offer(name: &str) -> Offer {
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
        }
    }

    #[test]
    fn words_are_read_back() {
        assert!(ProductKind::ALL.into_iter().all(|kind| ProductKind::parse(kind.as_str()) == Some(kind)));
        assert!(Delivery::ALL.into_iter().all(|delivery| Delivery::parse(delivery.as_str()) == Some(delivery)));
    }
}
