//! E-invoices (数电票, and older electronic ones) read from XML, OFD and the text of a PDF, and held against themselves and against what
//! a project says of them.
//!
//! Nothing here says that an invoice exists: its number has no check digit, its signature is not verified and no service of the
//! tax administration is asked. [`UNVERIFIED`] stands beside everything that was read.
//!
//! Of the three formats the XML is the invoice itself, the OFD carries it as an attachment or names which words of its page are which,
//! and a PDF is only looked at: fields are found by the words printed before them. A file is refused with a reason or read within
//! limits; what was not found in it is named, never guessed.

mod check;
mod error;
mod field;
mod node;
mod ofd;
mod page;
mod raw;
mod xml;

use serde::{Deserialize, Serialize};
use standards::{Date, InvoiceNumber};

pub use check::{Against, Finding, check};
pub use error::InvoiceError;
pub use field::{Field, Unread};

use crate::budget::Budget;
use crate::pdf_in;
use crate::sniff::FileType;

/// What stands beside everything that was read from a file.
pub const UNVERIFIED: &str = "未经税务机关查验，电子签名未核验";

/// Largest file that is read as an invoice: a real one has some hundred kilobytes.
pub const MAX_FILE_BYTES: usize = 10 << 20;
/// Most lines of goods and services that are kept of one invoice.
pub const MAX_LINES: usize = 2_000;

/// The format an invoice was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// The data file of a 数电票.
    Xml,
    /// GB/T 33190.
    Ofd,
    /// The words of a PDF.
    Pdf,
}

impl Format {
    /// The format of a type of file; none for what holds no invoice as data or text.
    pub fn of(file: FileType) -> Option<Self> {
        match file {
            FileType::Xml => Some(Self::Xml),
            FileType::Ofd => Some(Self::Ofd),
            FileType::Pdf => Some(Self::Pdf),
            _ => None,
        }
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Xml => "XML",
            Self::Ofd => "OFD",
            Self::Pdf => "PDF",
        }
    }
}

/// What kind of invoice it is (票种).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum InvoiceKind {
    /// 增值税专用发票
    Special,
    /// 普通发票
    Ordinary,
}

impl InvoiceKind {
    /// As it stands on the invoice.
    pub fn label(self) -> &'static str {
        match self {
            Self::Special => "增值税专用发票",
            Self::Ordinary => "普通发票",
        }
    }
}

/// One side of an invoice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// 名称
    pub name: Option<String>,
    /// 统一社会信用代码/纳税人识别号, as written.
    pub code: Option<String>,
}

/// A line of goods or services.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// 项目名称
    pub item: String,
    /// 金额 without tax, in fen.
    pub net_fen: Option<i64>,
    /// 税率 as written: `13%`, `免税`.
    pub rate: Option<String>,
    /// 税额 in fen.
    pub tax_fen: Option<i64>,
}

/// What was read of one invoice. Amounts are fen, negative on a red-letter invoice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invoice {
    /// What it was read from.
    pub format: Format,
    /// 票种
    pub kind: Option<InvoiceKind>,
    /// 发票号码
    pub number: Option<InvoiceNumber>,
    /// 开票日期
    pub issued_on: Option<Date>,
    /// 购买方
    pub buyer: Party,
    /// 销售方
    pub seller: Party,
    /// 明细
    pub lines: Vec<Line>,
    /// 合计金额, without tax.
    pub net_fen: Option<i64>,
    /// 合计税额
    pub tax_fen: Option<i64>,
    /// 价税合计
    pub total_fen: Option<i64>,
    /// 价税合计（大写）, as written.
    pub total_words: Option<String>,
    /// 备注
    pub remark: String,
    /// The blue-letter invoice that a red-letter one takes back.
    pub red_of: Option<InvoiceNumber>,
    /// What was not found, or found and not understood.
    pub unread: Vec<Unread>,
    /// What one part of the file says otherwise than another.
    pub contradicted: Vec<Field>,
}

impl Invoice {
    /// Whether it takes another invoice back, wholly or in part (红字发票).
    pub fn is_red(&self) -> bool {
        self.red_of.is_some() || self.total_fen.is_some_and(|total| total < 0)
    }
}

/// Reads an invoice.
///
/// # Errors
/// [`InvoiceError`]: why the file is refused and what to do.
pub fn read(format: Format, bytes: &[u8]) -> Result<Invoice, InvoiceError> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(InvoiceError::TooLarge(MAX_FILE_BYTES >> 20));
    }
    let raw = match format {
        Format::Xml => xml::fields(&node::parse(bytes, &Budget::new(node::BUDGET_BYTES))?),
        Format::Ofd => ofd::fields(bytes)?,
        Format::Pdf => page::fields(&pdf_in::runs(bytes)?),
    };
    raw.invoice(format)
}

#[cfg(test)]
#[path = "../../tests/support/invoices.rs"]
pub(crate) mod fixtures;
#[cfg(test)]
mod tests;
