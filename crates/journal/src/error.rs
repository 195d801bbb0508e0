//! What can be wrong with an entry, a line or a chain.

use std::fmt;
use std::io;

/// Why something is no part of a journal.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// A number that is not an integer of 64 bits. Programs disagree on how to write others.
    #[error("台账中只能记整数，不能记 {0}")]
    Fraction(String),

    /// A value nests deeper than [`DEPTH_MAX`](crate::DEPTH_MAX).
    #[error("内容嵌套过深")]
    TooDeep,

    /// A line is not an entry in the form that this crate writes.
    #[error("第 {number} 行不是规范的台账记录：{why}")]
    Line {
        /// The line, from 1.
        number: usize,
        /// What was found.
        why: String,
    },

    /// The lines cannot be read.
    #[error("无法读取台账文件")]
    Read(#[from] io::Error),

    /// The chain does not hold.
    #[error(transparent)]
    Broken(#[from] Broken),
}

/// Where a chain first does not hold, and how.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("第 {seq} 条：{what}")]
pub struct Broken {
    /// The place in the chain, from 1.
    pub seq: i64,
    /// What is wrong there.
    pub what: Damage,
}

/// How a chain does not hold at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Damage {
    /// The entry there is not what was hashed when it was written.
    Changed,
    /// The entries from there up to this one, it included, are missing.
    Removed {
        /// The last that is missing.
        until: i64,
    },
    /// An entry numbered like an earlier one stands after it.
    Inserted {
        /// The number it bears.
        numbered: i64,
    },
    /// A later entry stands there, and the right one after it.
    Reordered {
        /// The number of the later entry.
        later: i64,
    },
    /// The entry there is whole, but was written after another entry than the one that stands before it.
    Unlinked,
    /// The entry there belongs to the chain of another programme.
    Foreign {
        /// That programme.
        programme: String,
    },
    /// The chain up to there is whole, but is not the one whose head was published.
    Rewritten,
    /// The chain ends before there, and its published head says it went on.
    Cut {
        /// The published length.
        length: i64,
    },
}

impl fmt::Display for Damage {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed => write!(out, "内容与其摘要不符，已被改动"),
            Self::Removed { until } => write!(out, "自此至第 {until} 条缺失"),
            Self::Inserted { numbered } => write!(out, "此处多出一条编号为 {numbered} 的记录"),
            Self::Reordered { later } => write!(out, "次序被改，第 {later} 条排到了它前面"),
            Self::Unlinked => write!(out, "与前一条不衔接，前一条被替换、插入或删除"),
            Self::Foreign { programme } => write!(out, "属于另一项目“{programme}”"),
            Self::Rewritten => write!(out, "与公布的链头不符，此前的记录曾被整体重写"),
            Self::Cut { length } => write!(out, "自此缺失，公布的链头为 {length} 条"),
        }
    }
}
