//! Numbers of invoices: fully digitalised ones of 20 digits, older ones of a code and a number, and digital ones printed on paper
//! (数电纸票), which have both.
//!
//! The numbers carry no check digit, so only year and province can be held against other facts. Whether
//! an invoice exists is for a person to look up with the tax administration.

use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::date::Date;
use crate::text::half_width;

static PROVINCES: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../data/invoice-provinces.toml")).expect("a test reads invoice-provinces.toml");
    file.province
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    province: HashMap<String, String>,
}

/// The number of an invoice, without spaces.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum InvoiceNumber {
    /// 数电票: year (2), province (2), channel (1), sequence (15).
    Digital(String),
    /// Older invoices: a code of 10 (special, on paper) or 12 digits (electronic, ordinary) and a number
    /// of 8.
    Coded {
        /// 发票代码
        code: String,
        /// 发票号码
        number: String,
    },
    /// 数电纸票: a digital invoice printed on a numbered form. Either number alone is the same invoice.
    Printed {
        /// 数电票号码
        digits: String,
        /// 发票代码
        code: String,
        /// 发票号码
        number: String,
    },
}

/// Why a text is no invoice number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvoiceNumberError {
    /// A character that is no digit.
    #[error("发票号码第{position}位“{found}”不是数字，请对照发票改正")]
    NotADigit {
        /// Place of the character, from 1, spaces not counted.
        position: usize,
        /// The character.
        found: char,
    },
    /// Eight digits alone: the number of an older invoice without its code.
    #[error("只填了8位发票号码，旧版发票还需在前面填写10位或12位发票代码")]
    CodeMissing,
    /// Neither 20 digits, nor a code of 10 or 12 and a number of 8.
    #[error(
        "发票号码现有{found}位数字；数电票应为20位，旧版发票应为10位或12位代码加8位号码，数电纸票两种号码都填的中间用“/”分开，请补齐或删去多余的数字"
    )]
    WrongLength {
        /// How many digits there are.
        found: usize,
    },
    /// The province code is not known.
    #[error("发票号码中的地区代码“{code}”不存在，请对照发票改正")]
    UnknownProvince {
        /// The two digits.
        code: String,
    },
}

impl InvoiceNumber {
    /// Reads `25152000000012345678`, or an older code and number written together or parted by a space,
    /// a comma or a dash; full-width digits and spaces are put right first.
    ///
    /// Twenty digits that begin with 0 or 1 are an older code of 12 and its number: digital invoices
    /// began in 2021. Both numbers of a 数电纸票 are read in either order with a sign or a space between them.
    ///
    /// # Errors
    /// [`InvoiceNumberError`]: a character that is no digit, a wrong length, an unknown province.
    pub fn parse(text: &str) -> Result<InvoiceNumber, InvoiceNumberError> {
        let plain = half_width(text);
        match both(&plain) {
            Some(printed) => Ok(printed),
            None => Self::one(&plain),
        }
    }

    /// One number alone.
    fn one(plain: &str) -> Result<InvoiceNumber, InvoiceNumberError> {
        let digits: String = plain.chars().filter(|c| !is_gap(*c)).collect();
        if let Some((index, found)) = digits.chars().enumerate().find(|(_, c)| !c.is_ascii_digit()) {
            return Err(InvoiceNumberError::NotADigit { position: index + 1, found });
        }
        let number = match digits.len() {
            20 if digits.starts_with(['0', '1']) => coded(&digits),
            20 => InvoiceNumber::Digital(digits),
            18 => coded(&digits),
            8 => return Err(InvoiceNumberError::CodeMissing),
            found => return Err(InvoiceNumberError::WrongLength { found }),
        };
        number.with_known_province()
    }

    /// Reads an older invoice's code and number from two fields.
    ///
    /// # Errors
    /// As [`InvoiceNumber::parse`].
    pub fn from_code_and_number(code: &str, number: &str) -> Result<InvoiceNumber, InvoiceNumberError> {
        InvoiceNumber::parse(&format!("{code} {number}"))
    }

    /// The one invoice that two numbers of a paper say: a digital one and that of its form. None where they are two of a kind and differ.
    pub fn with(&self, other: &InvoiceNumber) -> Option<InvoiceNumber> {
        use InvoiceNumber::{Coded, Digital, Printed};
        match (self, other) {
            (one, other) if one == other => Some(one.clone()),
            (Digital(digits), Coded { code, number }) | (Coded { code, number }, Digital(digits)) => {
                Some(Printed { digits: digits.clone(), code: code.clone(), number: number.clone() })
            }
            (Printed { .. }, Digital(_) | Coded { .. }) if self.is_same(other) => Some(self.clone()),
            (Digital(_) | Coded { .. }, Printed { .. }) if self.is_same(other) => Some(other.clone()),
            _ => None,
        }
    }

    /// Whether both are numbers of one invoice: they have a key in common.
    pub fn is_same(&self, other: &InvoiceNumber) -> bool {
        self.keys().iter().any(|key| other.keys().contains(key))
    }

    fn with_known_province(self) -> Result<InvoiceNumber, InvoiceNumberError> {
        match self.province_name() {
            Some(_) => Ok(self),
            None => Err(InvoiceNumberError::UnknownProvince { code: self.province_code().to_owned() }),
        }
    }

    /// Whether it is a fully digitalised invoice, which has no copies (联次).
    pub fn is_digital(&self) -> bool {
        matches!(self, Self::Digital(_) | Self::Printed { .. })
    }

    /// The year in the number: of issue for a digital invoice, of printing or allotment for an older one.
    pub fn year(&self) -> i32 {
        let digits = match self {
            Self::Digital(digits) | Self::Printed { digits, .. } => &digits[..2],
            Self::Coded { code, .. } if code.len() == 12 => &code[5..7],
            Self::Coded { code, .. } => &code[4..6],
        };
        digits.parse().map_or(2000, |year: i32| 2000 + year)
    }

    /// The two digits of the province, or of the city with its own plan (计划单列市).
    pub fn province_code(&self) -> &str {
        match self {
            Self::Digital(digits) | Self::Printed { digits, .. } => &digits[2..4],
            Self::Coded { code, .. } if code.len() == 12 => &code[1..3],
            Self::Coded { code, .. } => &code[..2],
        }
    }

    /// The name of the province or city; always known for a number that was read.
    pub fn province_name(&self) -> Option<&'static str> {
        PROVINCES.get(self.province_code()).map(String::as_str)
    }

    /// Whether the number fits a date of issue: the same year for a digital invoice, the same or a later
    /// year for an older one, which may be used up after the year it was printed in.
    pub fn year_matches(&self, issued: Date) -> bool {
        match self {
            Self::Digital(_) | Self::Printed { .. } => issued.year() == self.year(),
            Self::Coded { .. } => issued.year() >= self.year(),
        }
    }

    /// The texts that papers of the same invoice share: the 20 digits, or code and number; of a 数电纸票 both, in their order.
    pub fn keys(&self) -> Vec<String> {
        match self {
            Self::Digital(digits) => vec![digits.clone()],
            Self::Coded { code, number } => vec![format!("{code}{number}")],
            Self::Printed { digits, code, number } => {
                let mut keys = vec![digits.clone(), format!("{code}{number}")];
                keys.sort();
                keys
            }
        }
    }
}

/// Both numbers of a 数电纸票, in either order; some sign or space parts them.
fn both(plain: &str) -> Option<InvoiceNumber> {
    let parts = |one: char| is_gap(one) || SIGNS.contains(&one);
    let groups: Vec<&str> = plain.split(parts).filter(|group| !group.is_empty()).collect();
    if !(2..=GROUPS_AT_MOST).contains(&groups.len()) {
        return None;
    }
    let printed = |at: usize| {
        let one = InvoiceNumber::one(&groups[..at].concat()).ok()?;
        one.with(&InvoiceNumber::one(&groups[at..].concat()).ok()?)
    };
    (1..groups.len()).find_map(printed)
}

/// Signs that part two numbers, besides those that may stand within one.
const SIGNS: [char; 6] = ['/', '(', ')', ';', '、', ':'];
/// Groups of digits that two numbers are looked for in.
const GROUPS_AT_MOST: usize = 10;

fn coded(digits: &str) -> InvoiceNumber {
    let (code, number) = digits.split_at(digits.len() - 8);
    InvoiceNumber::Coded { code: code.to_owned(), number: number.to_owned() }
}

fn is_gap(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '-' | ',' | '\u{feff}' | '\u{200b}')
}

impl fmt::Display for InvoiceNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Digital(digits) => f.write_str(digits),
            Self::Coded { code, number } => write!(f, "{code} {number}"),
            Self::Printed { digits, code, number } => write!(f, "{digits}（{code} {number}）"),
        }
    }
}

impl std::str::FromStr for InvoiceNumber {
    type Err = InvoiceNumberError;

    fn from_str(text: &str) -> Result<InvoiceNumber, InvoiceNumberError> {
        InvoiceNumber::parse(text)
    }
}

impl TryFrom<String> for InvoiceNumber {
    type Error = InvoiceNumberError;

    fn try_from(text: String) -> Result<InvoiceNumber, InvoiceNumberError> {
        InvoiceNumber::parse(&text)
    }
}

impl From<InvoiceNumber> for String {
    fn from(number: InvoiceNumber) -> String {
        number.to_string()
    }
}

#[cfg(test)]
#[path = "invoice_number_tests.rs"]
mod tests;
