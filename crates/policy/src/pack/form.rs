//! Forms of a loaded pack.

use crate::program::{Kind, Reg};
use crate::spec::{FieldPrintSpec, FormPrintSpec, SectionPrintSpec};
use crate::term::Term;

pub use crate::spec::{InvoiceSide, ProfilePart};

/// A form as it is filled in.
#[derive(Clone, Debug)]
pub struct Form {
    /// Id.
    pub id: String,
    /// Chinese title.
    pub label: String,
    /// The clauses it follows.
    pub clause: String,
    /// Which reading it takes.
    pub reading: Option<String>,
    /// Shown above it.
    pub note: Option<String>,
    /// Its parts in order.
    pub sections: Vec<Section>,
    /// What is promised with it.
    pub promises: Vec<Promise>,
    /// How it is printed.
    pub print: FormPrintSpec,
}

/// A part of a form.
#[derive(Clone, Debug)]
pub struct Section {
    /// Id, unique in its form.
    pub id: String,
    /// Chinese title.
    pub label: String,
    /// The clauses it follows; empty if none.
    pub clause: String,
    /// Help shown above it.
    pub hint: Option<String>,
    /// Only then shown and asked for.
    pub when: Option<Term>,
    /// Rows: the input of their kind that names the member organisation each row is.
    pub members: Option<usize>,
    /// What stands in it.
    pub body: Body,
    /// The form or material whose pages a line of evidence means that names no uploaded material.
    pub evidence_in: Option<String>,
    /// Its rows are invoices.
    pub invoice: Option<InvoiceColumns>,
    /// How it is printed.
    pub print: SectionPrintSpec,
}

/// Which facts of a row say what of an invoice: names without their row kind.
#[derive(Clone, Debug)]
pub struct InvoiceColumns {
    /// 发票号码
    pub number: String,
    /// 开票日期
    pub issued_on: Option<String>,
    /// 购买方
    pub buyer: Option<String>,
    /// 销售方
    pub seller: Option<String>,
    /// Which side the applicant is.
    pub applicant_is: InvoiceSide,
    /// 不含税金额
    pub net: Option<String>,
    /// 税额
    pub tax: Option<String>,
    /// 价税合计
    pub total: Option<String>,
    /// The material slot of their files.
    pub papers: Option<String>,
    /// The first day on which one counts.
    pub from: Option<Term>,
    /// The last.
    pub until: Option<Term>,
}

/// What stands in a section.
#[derive(Clone, Debug)]
pub enum Body {
    /// Fields of the case.
    Fields(Vec<Field>),
    /// Rows of one kind, the same fields for each.
    Rows {
        /// The row kind.
        kind: Kind,
        /// Facts of that kind, each a [`FieldKind::Fact`].
        fields: Vec<Field>,
    },
    /// The pack's scored questions, with their figures.
    Questions {
        /// Beside each question a line for its evidence, path `evidence.<question id>`.
        evidence: bool,
    },
    /// The pack's business scenarios.
    Scenarios {
        /// Beside each scenario a line for its evidence, path `evidence.<scenario id>`.
        evidence: bool,
    },
}

/// A field of a form.
#[derive(Clone, Debug)]
pub struct Field {
    /// Where its answer stands: a fact's `group.name`, or `form.field`.
    pub path: String,
    /// Chinese name.
    pub label: String,
    /// Help shown beside it.
    pub hint: Option<String>,
    /// Unit shown after it.
    pub unit: Option<String>,
    /// The clauses it follows; empty if none.
    pub clause: String,
    /// Must be filled in.
    pub required: bool,
    /// What the organisation registered of itself that it begins with.
    pub profile: Option<ProfilePart>,
    /// What may stand in it.
    pub kind: FieldKind,
    /// How it is printed.
    pub print: FieldPrintSpec,
}

/// What may stand in a field. Characters are counted by [`crate::text_chars`].
#[derive(Clone, Debug)]
pub enum FieldKind {
    /// A fact of the pack, read by its declared type.
    Fact {
        /// The row kind; 0 the case.
        kind: Kind,
        /// Index among the kind's inputs.
        input: usize,
    },
    /// One line.
    Text {
        /// At most so many characters.
        max_chars: u32,
    },
    /// Several lines.
    LongText {
        /// At least so many characters; 0: no minimum.
        min_chars: u32,
        /// At most so many characters.
        max_chars: u32,
        /// The case input (a count) its characters add to; several fields may share one.
        counts: Option<usize>,
    },
    /// A calendar date.
    Date,
    /// A year and month.
    Month,
    /// Money.
    Money,
    /// A share.
    Share,
    /// A whole number.
    Count,
    /// Any other quantity.
    Decimal,
    /// 是/否.
    YesNo,
    /// One word of the choice with this index.
    Choice(usize),
    /// Any words of the choice with this index.
    Choices(usize),
    /// A telephone number.
    Phone,
    /// An address for electronic mail.
    Email,
    /// A unified social credit code.
    CreditCode,
    /// Fixed lines and columns; a cell's path is `form.field.<line index>.<column id>`.
    Table {
        /// Columns in order.
        columns: Vec<Column>,
        /// Names of the lines in order.
        lines: Vec<String>,
    },
    /// An organisation that holds a standing.
    Provider {
        /// The procedure that grants it.
        standing: String,
    },
    /// Marks with at most two decimals, never below 0.
    Score {
        /// The most that can be given, in hundredths of a mark.
        full_hundredths: i64,
    },
    /// Nothing to fill in: what the case's register holds.
    Shown(Reg),
}

/// A column of a table to fill in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Id.
    pub id: String,
    /// Chinese name.
    pub label: String,
}

/// What is promised with a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// `form.promise`; given, the answer is `yes`.
    pub path: String,
    /// Chinese name.
    pub label: String,
    /// The clauses it follows.
    pub clause: String,
    /// The words.
    pub text: String,
    /// Whose signature stands under the printed form; several are parted by `；`.
    pub signer: Option<String>,
    /// The words on paper where they name an answer, with [`crate::blanks`].
    pub print: Option<String>,
}
