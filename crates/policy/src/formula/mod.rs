//! Formulas: one-liners over named facts and a closed list of operations. No loops, text, floats or user functions.

mod lex;
mod parse;

pub(crate) use lex::{Token, lex};
pub use parse::parse;

use crate::exact::Exact;
use standards::date::Date;
use std::ops::Range;

/// A formula, or a part of one, with its byte span in the text it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expr {
    /// What it is.
    pub node: Node,
    /// Where it stands.
    pub span: Range<usize>,
}

/// What a literal number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A bare number, or one with a counter (家, 个月 …).
    Plain,
    /// `%`.
    Share,
    /// 元, 万元, 亿元: the number is in fen.
    Money,
    /// 分: marks.
    Score,
}

/// Comparison operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compare {
    /// `=`
    Equal,
    /// `!=`
    Differs,
    /// `<`
    Below,
    /// `<=`
    AtMost,
    /// `>`
    Above,
    /// `>=`
    AtLeast,
}

impl Compare {
    /// What holds where this does not.
    #[must_use]
    pub fn contrary(self) -> Self {
        match self {
            Self::Equal => Self::Differs,
            Self::Differs => Self::Equal,
            Self::Below => Self::AtLeast,
            Self::AtMost => Self::Above,
            Self::Above => Self::AtMost,
            Self::AtLeast => Self::Below,
        }
    }
}

/// Arithmetic operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arithmetic {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

/// What is made of a row kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    /// The sum of a column.
    Sum,
    /// How many rows.
    Count,
    /// Whether any row is so.
    Any,
    /// Whether all rows are so.
    All,
}

/// The forms a formula can take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// A number with its unit.
    Number(Exact, Unit),
    /// A date.
    Date(Date),
    /// A word of a choice, in quotes.
    Word(String),
    /// `yes` or `no`.
    YesNo(bool),
    /// A fact or value.
    Name(String),
    /// `not x`.
    Not(Box<Expr>),
    /// `a and b`.
    And(Box<Expr>, Box<Expr>),
    /// `a or b`.
    Or(Box<Expr>, Box<Expr>),
    /// `a < b` and its kin.
    Compare(Compare, Box<Expr>, Box<Expr>),
    /// `a + b` and its kin.
    Arithmetic(Arithmetic, Box<Expr>, Box<Expr>),
    /// `x in ['a', 'b']`.
    In(Box<Expr>, Vec<Expr>),
    /// `name(a, b, …)`.
    Call(String, Vec<Expr>),
    /// `sum(invoice.counted where …)`; the column is missing for `count`, `any`, `all`.
    Rows {
        /// What is made of the rows.
        fold: Fold,
        /// `invoice.counted`, or the row kind alone.
        of: String,
        /// Only rows for which this holds; for `any` and `all` the test itself.
        filter: Option<Box<Expr>>,
    },
    /// `table(key, …).column`.
    Lookup {
        /// Table id.
        table: String,
        /// Keys in the table's order.
        keys: Vec<Expr>,
        /// Column id.
        column: String,
    },
}

/// A formula that cannot be read: byte offset, what is wrong, a way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// Byte offset in the formula.
    pub offset: usize,
    /// What is wrong, in Chinese.
    pub message: String,
    /// What would mend it.
    pub suggestion: Option<String>,
}

impl SyntaxError {
    fn new(offset: usize, message: impl Into<String>) -> Self {
        Self { offset, message: message.into(), suggestion: None }
    }

    fn suggest(mut self, suggestion: impl Into<String>) -> Self {
        self.suggestion = Some(suggestion.into());
        self
    }
}
