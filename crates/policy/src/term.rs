//! A formula after its names were resolved: every part knows its register, so reasons can quote its value.

use crate::exact::Exact;
use crate::formula::{Arithmetic, Compare, Fold};
use crate::program::{Kind, Reg, Type};

/// A resolved formula or part of one.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// What it is.
    pub form: Form,
    /// Where its value is.
    pub reg: Reg,
    /// Its type.
    pub ty: Type,
    /// The row kind its register belongs to.
    pub kind: Kind,
}

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Symbol {
    /// A fact: row kind and index.
    Input(Kind, usize),
    /// A value, by index.
    Value(usize),
    /// The result of a recognition, by index.
    Recognition(usize),
    /// Something of the assessment, with its Chinese name.
    Assessed(String),
    /// A value given from outside in a shortened program.
    Given(String),
}

/// The forms of a resolved formula.
#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    /// A literal, in base units: fen, days since 1970-01-01, the option's index, 0 or 1.
    Literal(Exact),
    /// A name.
    Name(Symbol),
    /// `not`.
    Not(Box<Term>),
    /// `and`.
    And(Box<Term>, Box<Term>),
    /// `or`.
    Or(Box<Term>, Box<Term>),
    /// A comparison; its operands are at one scale.
    Compare(Compare, Box<Term>, Box<Term>),
    /// Arithmetic.
    Arithmetic(Arithmetic, Box<Term>, Box<Term>),
    /// One of some words, as labels.
    In(Box<Term>, Vec<String>),
    /// A closed operation by name.
    Call(String, Vec<Term>),
    /// Each part of an amount at the share of its own band of a table.
    Marginal {
        /// Index of the table.
        table: usize,
        /// What is divided among the bands.
        amount: Box<Term>,
    },
    /// Over rows: what, of which kind, the column, the filter.
    Rows(Fold, Kind, Option<Box<Term>>, Option<Box<Term>>),
    /// A table lookup: table index, keys, column's Chinese name and id.
    Lookup {
        /// Index of the table.
        table: usize,
        /// Keys.
        keys: Vec<Term>,
        /// Column id.
        column: String,
        /// Column's Chinese name.
        label: String,
        /// Register: which row of the table (its number of rows: `otherwise`).
        row: Reg,
    },
}

impl Term {
    /// The parts directly below.
    pub fn parts(&self) -> Vec<&Term> {
        match &self.form {
            Form::Literal(_) | Form::Name(_) => vec![],
            Form::Not(a) | Form::In(a, _) | Form::Marginal { amount: a, .. } => vec![a],
            Form::And(a, b) | Form::Or(a, b) | Form::Compare(_, a, b) | Form::Arithmetic(_, a, b) => vec![a, b],
            Form::Call(_, args) => args.iter().collect(),
            Form::Rows(_, _, column, filter) => column.iter().chain(filter).map(AsRef::as_ref).collect(),
            Form::Lookup { keys, .. } => keys.iter().collect(),
        }
    }

    /// This part and all below, outermost first.
    pub fn walk(&self) -> Vec<&Term> {
        let mut all = vec![self];
        self.parts().into_iter().for_each(|part| all.extend(part.walk()));
        all
    }
}

/// A sentence with places for values.
#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    /// Text and values in order.
    pub pieces: Vec<Piece>,
}

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Fixed text.
    Text(String),
    /// A value.
    Value(Term),
}
