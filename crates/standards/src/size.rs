//! Size classes of enterprises (《中小企业划型标准规定》工信部联企业〔2011〕300号).
//!
//! Every industry is judged by one or two figures. For each figure the class is the highest whose lower
//! bound it reaches ("以上"含本数、"以下"不含本数); the enterprise is of the lowest of these classes, so
//! that one figure short of a bound is enough to fall below it. Exactly 1000 staff and 400 million yuan of
//! revenue are a large industrial enterprise (第七条). Local rules that word it differently belong in
//! packs.

use std::fmt;

use serde::{Deserialize, Serialize};

pub use crate::size_table::SizeIndustry;
use crate::size_table::bounds;
use crate::words::money;

/// A size class, the smallest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SizeClass {
    /// 微型
    Micro,
    /// 小型
    Small,
    /// 中型
    Medium,
    /// 大型
    Large,
}

impl SizeClass {
    /// The Chinese name, `微型` to `大型`.
    pub fn label(self) -> &'static str {
        match self {
            Self::Micro => "微型",
            Self::Small => "小型",
            Self::Medium => "中型",
            Self::Large => "大型",
        }
    }

    /// Whether the enterprise is a 中小微企业, anything but large.
    pub fn is_sme(self) -> bool {
        self < Self::Large
    }
}

/// A figure an enterprise is judged by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SizeMeasure {
    /// 从业人员, in persons.
    Staff,
    /// 营业收入, in fen.
    Revenue,
    /// 资产总额, in fen.
    Assets,
}

impl SizeMeasure {
    /// The Chinese name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Staff => "从业人员",
            Self::Revenue => "营业收入",
            Self::Assets => "资产总额",
        }
    }

    fn shown(self, figure: i64) -> String {
        match self {
            Self::Staff => format!("{figure}人"),
            _ => money(figure),
        }
    }
}

/// What is known of an enterprise; a figure that is not known is `None`, never nought.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SizeFacts {
    /// Staff, in persons.
    pub staff: Option<u32>,
    /// Revenue of the year, in fen.
    pub revenue_fen: Option<i64>,
    /// Total assets, in fen.
    pub assets_fen: Option<i64>,
}

impl SizeFacts {
    fn figure(&self, measure: SizeMeasure) -> Option<i64> {
        match measure {
            SizeMeasure::Staff => self.staff.map(i64::from),
            SizeMeasure::Revenue => self.revenue_fen,
            SizeMeasure::Assets => self.assets_fen,
        }
    }
}

/// One figure against the bounds it lies between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SizeReason {
    /// Which figure.
    pub measure: SizeMeasure,
    /// The figure, in persons or fen.
    pub figure: i64,
    /// The highest class whose bound the figure reaches.
    pub class: SizeClass,
    /// The bound it reaches (included); none for micro.
    pub at_least: Option<i64>,
    /// The bound it does not reach (excluded); none for large.
    pub below: Option<i64>,
}

/// The class of an enterprise, or what must be known to tell it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SizeOutcome {
    /// The class holds, whatever figures may still be unknown.
    Settled {
        /// The class.
        class: SizeClass,
        /// Each known figure and what it says.
        reasons: Vec<SizeReason>,
    },
    /// The class depends on figures not known.
    Missing {
        /// The figures to ask for.
        measures: Vec<SizeMeasure>,
        /// The class it cannot exceed after the figures that are known.
        at_most: SizeClass,
        /// Each known figure and what it says.
        reasons: Vec<SizeReason>,
    },
}

impl SizeOutcome {
    /// The class when it is settled.
    pub fn class(&self) -> Option<SizeClass> {
        match self {
            Self::Settled { class, .. } => Some(*class),
            Self::Missing { .. } => None,
        }
    }

    /// Each known figure and what it says.
    pub fn reasons(&self) -> &[SizeReason] {
        match self {
            Self::Settled { reasons, .. } | Self::Missing { reasons, .. } => reasons,
        }
    }

    /// Whether it is a 中小微企业: no when large, none when the missing figures could make it so.
    pub fn is_sme(&self) -> Option<bool> {
        match self {
            Self::Settled { class, .. } => Some(class.is_sme()),
            Self::Missing { at_most, .. } => at_most.is_sme().then_some(true),
        }
    }
}

/// The size class of an enterprise of an industry. A figure missing matters only when it could still
/// lower the class: one figure that makes the enterprise micro settles it.
pub fn size_class(industry: SizeIndustry, facts: &SizeFacts) -> SizeOutcome {
    let (mut reasons, mut measures) = (Vec::new(), Vec::new());
    for (measure, floors) in bounds(industry) {
        match facts.figure(measure) {
            Some(figure) => reasons.push(judged(measure, figure, floors)),
            None => measures.push(measure),
        }
    }
    let class = reasons.iter().map(|reason| reason.class).min().unwrap_or(SizeClass::Large);
    match measures.is_empty() || class == SizeClass::Micro {
        true => SizeOutcome::Settled { class, reasons },
        false => SizeOutcome::Missing { measures, at_most: class, reasons },
    }
}

fn judged(measure: SizeMeasure, figure: i64, floors: [i64; 3]) -> SizeReason {
    let [small, medium, large] = floors;
    let (class, at_least, below) = match figure {
        _ if figure >= large => (SizeClass::Large, Some(large), None),
        _ if figure >= medium => (SizeClass::Medium, Some(medium), Some(large)),
        _ if figure >= small => (SizeClass::Small, Some(small), Some(medium)),
        _ => (SizeClass::Micro, None, Some(small)),
    };
    SizeReason { measure, figure, class, at_least, below }
}

impl fmt::Display for SizeReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |figure| self.measure.shown(figure);
        write!(f, "{}{}", self.measure.label(), shown(self.figure))?;
        if let Some(bound) = self.at_least {
            write!(f, "，达到{}（以上含本数）", shown(bound))?;
        }
        if let Some(bound) = self.below {
            write!(f, "，不足{}（以下不含本数）", shown(bound))?;
        }
        write!(f, "，属{}", self.class.label())
    }
}

#[cfg(test)]
#[path = "size_tests.rs"]
mod tests;
