//! The texts of an invoice as its file has them, before they are understood.

use std::collections::BTreeMap;

use standards::text::{half_width, without_spaces};
use standards::words::parse_amount;
use standards::{Date, InvoiceNumber};

use super::{Field, Format, Invoice, InvoiceError, InvoiceKind, Line, MAX_LINES, Party, Unread};

/// Longest text that is kept of a field, in characters.
pub(super) const MAX_CHARS: usize = 200;
/// Longest remark that is kept, in characters.
pub(super) const MAX_REMARK_CHARS: usize = 2_000;
/// What stands before the number of the invoice that a red one takes back.
const RED_MARKS: [&str; 3] = ["被红冲蓝字", "对应正数发票", "对应蓝字发票"];

/// What a file says, field by field.
#[derive(Debug, Default)]
pub(super) struct Raw {
    texts: BTreeMap<Field, String>,
    /// Where the file says a field again and otherwise.
    contradicted: Vec<Field>,
    pub(super) lines: Vec<RawLine>,
    pub(super) remark: String,
}

/// A line as the file has it.
#[derive(Debug, Default)]
pub(super) struct RawLine {
    pub(super) item: String,
    pub(super) net: String,
    pub(super) rate: String,
    pub(super) tax: String,
}

impl Raw {
    /// Puts a text in; one that says otherwise than an earlier one is a contradiction, and the earlier one stays.
    pub(super) fn put(&mut self, field: Field, text: &str) {
        let text: String = text.trim().chars().take(MAX_CHARS).collect();
        if text.is_empty() {
            return;
        }
        let field = if field == Field::Number && is_form_number(&text) { Field::FormNumber } else { field };
        match self.texts.get(&field) {
            None => drop(self.texts.insert(field, text)),
            Some(known) if same(field, known, &text) || self.contradicted.contains(&field) => {}
            Some(_) => self.contradicted.push(field),
        }
    }

    pub(super) fn has(&self, field: Field) -> bool {
        self.texts.contains_key(&field)
    }

    /// Takes over what another part of the same file says.
    pub(super) fn merge(&mut self, other: Raw) {
        for (field, text) in other.texts {
            self.put(field, &text);
        }
        if self.lines.is_empty() {
            self.lines = other.lines;
        }
        if self.remark.is_empty() {
            self.remark = other.remark;
        }
    }

    /// Takes over what is missing, and holds some fields against what is there.
    pub(super) fn fill(&mut self, mut other: Raw, held: &[Field]) {
        other.texts.retain(|field, _| held.contains(field) || !self.has(*field));
        self.merge(other);
    }

    pub(super) fn invoice(mut self, format: Format) -> Result<Invoice, InvoiceError> {
        if !self.has(Field::Number) && !self.has(Field::FormNumber) && !self.has(Field::Total) {
            return Err(InvoiceError::NotAnInvoice);
        }
        let mut unread = Vec::new();
        let number = self.number(&mut unread);
        let issued_on = self.parsed(Field::IssuedOn, day, &mut unread);
        let buyer = self.party(Field::BuyerName, Field::BuyerCode, &mut unread);
        let seller = self.party(Field::SellerName, Field::SellerCode, &mut unread);
        let net_fen = self.parsed(Field::Net, money, &mut unread);
        let tax_fen = self.parsed(Field::Tax, money, &mut unread);
        let total_fen = self.parsed(Field::Total, money, &mut unread);
        let kind = self.parsed(Field::Kind, kind, &mut unread);
        if self.lines.is_empty() {
            unread.push(Unread { field: Field::Lines, why: None });
        }
        Ok(Invoice {
            format,
            kind,
            number,
            issued_on,
            buyer,
            seller,
            lines: self.lines.iter().take(MAX_LINES).map(line).collect(),
            net_fen,
            tax_fen,
            total_fen,
            total_words: self.texts.remove(&Field::TotalWords),
            red_of: red_of(&self.remark),
            remark: self.remark.chars().take(MAX_REMARK_CHARS).collect(),
            unread,
            contradicted: self.contradicted,
        })
    }

    /// Older invoices have a code and a number of eight digits, 数电纸票 have those and 20 digits; files of some makers repeat the 20 digits
    /// in both, or part them among both.
    fn number(&mut self, unread: &mut Vec<Unread>) -> Option<InvoiceNumber> {
        let Some(of_form) = self.texts.get(&Field::FormNumber).cloned() else {
            return self.parsed(Field::Number, |text| said(InvoiceNumber::parse(text)), unread);
        };
        let code = self.texts.get(&Field::Code).filter(|code| matches!(code.trim().len(), 10 | 12));
        let of_form = code.map_or_else(|| InvoiceNumber::parse(&of_form), |code| InvoiceNumber::from_code_and_number(code, &of_form));
        if !self.has(Field::Number) {
            return said(of_form).map_err(|why| unread.push(Unread { field: Field::Number, why: Some(why) })).ok();
        }
        let own = self.parsed(Field::Number, |text| said(InvoiceNumber::parse(text)), unread)?;
        let both = of_form.ok().and_then(|of_form| own.with(&of_form));
        if both.is_none() && !self.contradicted.contains(&Field::Number) {
            self.contradicted.push(Field::Number);
        }
        Some(both.unwrap_or(own))
    }

    fn party(&self, name: Field, code: Field, unread: &mut Vec<Unread>) -> Party {
        let text = |text: &str| Ok(text.to_owned());
        let name = self.parsed(name, text, unread);
        Party { name, code: self.parsed(code, |text| Ok(half_width(&without_spaces(text)).to_ascii_uppercase()), unread) }
    }

    fn parsed<T>(&self, field: Field, read: impl Fn(&str) -> Result<T, String>, unread: &mut Vec<Unread>) -> Option<T> {
        let why = match self.texts.get(&field).map(|text| read(text)) {
            Some(Ok(value)) => return Some(value),
            Some(Err(why)) => Some(why),
            None => None,
        };
        unread.push(Unread { field, why });
        None
    }
}

/// Whether a number has eight digits.
fn is_form_number(text: &str) -> bool {
    let plain = without_spaces(&half_width(text));
    plain.len() == 8 && plain.bytes().all(|one| one.is_ascii_digit())
}

fn said<T, E: std::fmt::Display>(result: Result<T, E>) -> Result<T, String> {
    result.map_err(|error| error.to_string())
}

/// `2026-01-20 10:11:12`, `2026-01-20T10:11:12`, `20260120` and what people write; the hour is not kept.
fn day(text: &str) -> Result<Date, String> {
    let day = text.split(['T', ' ']).next().unwrap_or_default();
    if day.len() == 8 && day.bytes().all(|one| one.is_ascii_digit()) {
        return said(Date::parse(&format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..])));
    }
    said(Date::parse(day)).or_else(|_| said(Date::parse(&without_spaces(text))))
}

fn money(text: &str) -> Result<i64, String> {
    said(parse_amount(&without_spaces(text)))
}

fn kind(text: &str) -> Result<InvoiceKind, String> {
    match text.trim() {
        "01" => Ok(InvoiceKind::Special),
        "02" => Ok(InvoiceKind::Ordinary),
        text if text.contains("专用") => Ok(InvoiceKind::Special),
        text if text.contains("普通") => Ok(InvoiceKind::Ordinary),
        text => Err(format!("“{text}”")),
    }
}

fn line(raw: &RawLine) -> Line {
    let some = |text: &str| Some(text.trim().chars().take(MAX_CHARS).collect::<String>()).filter(|text| !text.is_empty());
    Line {
        item: some(&raw.item).unwrap_or_default(),
        net_fen: money(&raw.net).ok().filter(|_| !raw.net.trim().is_empty()),
        rate: some(&raw.rate),
        tax_fen: money(&raw.tax).ok().filter(|_| !raw.tax.trim().is_empty()),
    }
}

/// Whether two parts of a file say the same: amounts, days and numbers by value, names by their characters.
fn same(field: Field, left: &str, right: &str) -> bool {
    use standards::text::squash;
    match field {
        Field::Net | Field::Tax | Field::Total => money(left).is_ok_and(|left| money(right).is_ok_and(|right| left == right)),
        Field::IssuedOn => day(left).is_ok_and(|left| day(right).is_ok_and(|right| left == right)),
        Field::Kind => kind(left).is_ok_and(|left| kind(right).is_ok_and(|right| left == right)),
        _ => squash(left) == squash(right),
    }
}

/// The number after the words that name the invoice taken back.
fn red_of(remark: &str) -> Option<InvoiceNumber> {
    let remark = half_width(remark);
    let at = RED_MARKS.iter().find_map(|mark| remark.find(mark).map(|at| at + mark.len()))?;
    let groups: Vec<&str> = remark[at..].split(|one: char| !one.is_ascii_digit()).filter(|group| group.len() >= 8).take(2).collect();
    let own = groups.first().and_then(|number| InvoiceNumber::parse(number).ok());
    own.or_else(|| InvoiceNumber::from_code_and_number(groups.first()?, groups.get(1)?).ok())
}
