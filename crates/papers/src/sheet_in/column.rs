//! What a table's columns are, as data.

use std::collections::HashMap;

use standards::Date;
use standards::text::squash;
use standards::words::{AmountError, MAX_FEN, parse_amount};

/// A table that may be taken in.
#[derive(Clone, Debug)]
pub struct Template {
    /// What it is called; the name of its sheet.
    pub label: String,
    /// Its columns in their order.
    pub columns: Vec<Column>,
    /// What is said about it as a whole, a sentence each.
    pub notes: Vec<String>,
}

/// A column.
#[derive(Clone, Debug)]
pub struct Column {
    /// By what name its values are asked for.
    pub name: String,
    /// Its head, without unit.
    pub head: String,
    /// Other heads that mean the same.
    pub also: Vec<String>,
    /// What its cells are.
    pub kind: Kind,
    /// Whether every row must have it.
    pub required: bool,
    /// Whether its head must be there though its cells may be empty.
    pub expected: bool,
    /// What is said about it beside its head.
    pub note: String,
}

impl Column {
    /// A column that may be left empty.
    pub fn new(name: &str, head: &str, kind: Kind) -> Self {
        Self { name: name.to_owned(), head: head.to_owned(), also: Vec::new(), kind, required: false, expected: false, note: String::new() }
    }

    /// The same, to be filled in.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The same, whose head must be there though its cells may be empty.
    #[must_use]
    pub fn expected(mut self) -> Self {
        self.expected = true;
        self
    }

    /// The same, known by other heads too.
    #[must_use]
    pub fn also(mut self, heads: &[&str]) -> Self {
        self.also = heads.iter().map(|head| (*head).to_owned()).collect();
        self
    }

    /// The same with a note.
    #[must_use]
    pub fn note(mut self, note: &str) -> Self {
        note.clone_into(&mut self.note);
        self
    }

    pub(super) fn must_stand(&self) -> bool {
        self.required || self.expected
    }

    /// The head with the unit of its figures, as it is written.
    pub fn full_head(&self) -> String {
        match &self.kind {
            Kind::Money(unit) | Kind::Price(unit) => format!("{}（{}）", self.head, unit.label()),
            Kind::Count { unit, .. } if !unit.is_empty() => format!("{}（{unit}）", self.head),
            _ => self.head.clone(),
        }
    }
}

/// In which unit a figure stands that names none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// 元
    Yuan,
    /// 千元
    QianYuan,
    /// 万元
    WanYuan,
    /// 百万元
    BaiWanYuan,
    /// 亿元
    YiYuan,
}

impl Unit {
    /// Every unit.
    pub const ALL: [Self; 5] = [Self::Yuan, Self::QianYuan, Self::WanYuan, Self::BaiWanYuan, Self::YiYuan];

    /// The Chinese name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Yuan => "元",
            Self::QianYuan => "千元",
            Self::WanYuan => "万元",
            Self::BaiWanYuan => "百万元",
            Self::YiYuan => "亿元",
        }
    }

    /// A figure in this unit, in fen.
    ///
    /// # Errors
    /// [`AmountError`]; it is never rounded.
    pub(super) fn fen(self, figure: &str) -> Result<i64, AmountError> {
        let finer = || AmountError::FinerThanFen { text: figure.chars().take(40).collect() };
        let too_large = || AmountError::TooLarge { text: figure.chars().take(40).collect() };
        match self {
            // A tenth and a hundredfold of what amounts are written in.
            Self::QianYuan => {
                parse_amount(&format!("{figure}万元")).and_then(|fen| if fen % 10 == 0 { Ok(fen / 10) } else { Err(finer()) })
            }
            Self::BaiWanYuan => {
                let fen = parse_amount(&format!("{figure}万元"))?.checked_mul(100);
                fen.filter(|fen| fen.abs() <= MAX_FEN).ok_or_else(too_large)
            }
            unit => parse_amount(&format!("{figure}{}", unit.label())),
        }
    }
}

/// What the cells of a column are.
#[derive(Clone, Debug)]
pub enum Kind {
    /// Words on one line.
    Text {
        /// Characters at most.
        max_chars: usize,
    },
    /// 统一社会信用代码
    CreditCode,
    /// A telephone.
    Phone,
    /// A place without a smaller one (旗县区), of `standards::division`.
    Place,
    /// Money, not below 0. The unit of the head goes before this one, and that of the cell before both.
    Money(Unit),
    /// Money as before, or that it is agreed on case by case (面议).
    Price(Unit),
    /// A share, with its sign: a figure without one counts in hundredths only where its head says so.
    Share,
    /// A day.
    Day {
        /// The last day it may be.
        until: Date,
    },
    /// A whole number.
    Count {
        /// What is counted: 人, 台.
        unit: String,
        /// The largest there can be.
        most: u64,
    },
    /// One of several.
    Choice(Choices),
    /// Some of several, with marks between them.
    Several(Choices),
}

/// One of several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: String,
    /// Other names.
    pub also: Vec<String>,
}

/// What may be chosen, found by each of its names.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    all: Vec<Choice>,
    by_name: HashMap<String, Option<usize>>,
}

impl Choices {
    /// These; a name that two of them share finds neither.
    pub fn new(all: Vec<Choice>) -> Self {
        let mut by_name: HashMap<String, Option<usize>> = HashMap::new();
        for (at, choice) in all.iter().enumerate() {
            for name in [&choice.label, &choice.id].into_iter().chain(&choice.also) {
                let found = by_name.entry(squash(name)).or_insert(Some(at));
                if *found != Some(at) {
                    *found = None;
                }
            }
        }
        Self { all, by_name }
    }

    /// Yes and no.
    pub fn yes_no() -> Self {
        let one = |id: &str, label: &str, also: &str| Choice { id: id.to_owned(), label: label.to_owned(), also: vec![also.to_owned()] };
        Self::new(vec![one("yes", "是", "有"), one("no", "否", "无")])
    }

    /// The one of this name or id.
    pub fn find(&self, name: &str) -> Option<&Choice> {
        self.by_name.get(&squash(name)).copied().flatten().map(|at| &self.all[at])
    }

    /// All of them in order.
    pub fn all(&self) -> &[Choice] {
        &self.all
    }

    /// Their names in order.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(|choice| choice.label.as_str())
    }

    /// The name of an id.
    pub fn label(&self, id: &str) -> Option<&str> {
        self.all.iter().find(|choice| choice.id == id).map(|choice| choice.label.as_str())
    }
}
