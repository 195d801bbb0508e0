//! Which characters the codes of a font mean.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use super::PdfError;
use super::file::{File, in_dict};
use super::object::{Lexer, Object};
use crate::budget::Budget;

/// Most operands before an operator of a table.
const MAX_OPERANDS: usize = 70_000;
/// Most characters that one code means: a ligature has three.
const MAX_CHARS: usize = 8;
/// What is held of each of the two texts that make a code, in bytes.
const CODE_COST: u64 = 64;

/// Which characters codes mean, by the table (`ToUnicode`) of a font. Fonts of one table share it.
#[derive(Debug, Default)]
pub(super) struct Codes {
    single: HashMap<u32, String>,
    /// By its first code: the last one, and what the first one means.
    ranges: BTreeMap<u32, (u32, String)>,
}

/// The tables that were read, by the numbers of their streams.
pub(super) type Tables = HashMap<u32, Rc<Codes>>;

/// How the bytes of a text are read.
#[derive(Clone, Debug)]
pub(super) enum Font {
    /// By the font's own table; codes are of this many bytes.
    Mapped { wide: usize, codes: Rc<Codes> },
    /// Two bytes, UTF-16.
    Wide,
    /// GBK.
    Gbk,
    /// One byte, as Windows has it.
    Latin,
    /// Glyph numbers that nothing says the meaning of.
    Unknown,
}

impl Font {
    /// The font of a dictionary.
    pub(super) fn of(file: &File<'_>, font: &Object, tables: &mut Tables) -> Result<Self, PdfError> {
        let composite = file.value(font, "Subtype").name() == Some("Type0");
        if let Some(Object::Reference(number)) = in_dict(file.get(font), "ToUnicode") {
            let codes = match tables.get(number) {
                Some(known) => known.clone(),
                None => {
                    let read = Rc::new(Codes::read(&file.stream(*number)?, &file.budget)?);
                    tables.insert(*number, read.clone());
                    read
                }
            };
            if !codes.is_empty() {
                return Ok(Self::Mapped { wide: if composite { 2 } else { 1 }, codes });
            }
        }
        Ok(match file.value(font, "Encoding").name() {
            Some(name) if name.contains("UCS2") || name.contains("UTF16") => Self::Wide,
            Some(name) if name.starts_with("GB") => Self::Gbk,
            _ if composite => Self::Unknown,
            _ => Self::Latin,
        })
    }

    pub(super) fn text(&self, bytes: &[u8]) -> String {
        super::radicals::plain(&self.as_mapped(bytes))
    }

    fn as_mapped(&self, bytes: &[u8]) -> String {
        match self {
            Self::Mapped { wide, codes } => {
                let mut text = String::new();
                bytes.chunks(*wide).for_each(|code| codes.push(value(code), &mut text));
                text
            }
            Self::Wide => utf_16(bytes),
            Self::Gbk => encoding_rs::GBK.decode_without_bom_handling(bytes).0.into_owned(),
            Self::Latin => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
            Self::Unknown => String::new(),
        }
    }
}

fn utf_16(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    char::decode_utf16(units).filter_map(Result::ok).collect()
}

impl Codes {
    /// A table: single codes (`bfchar`) and ranges (`bfrange`).
    fn read(table: &[u8], budget: &Budget) -> Result<Self, PdfError> {
        budget.charge(table.len() as u64)?;
        let (mut codes, mut lexer, mut operands) = (Self::default(), Lexer::new(table, 0), Vec::new());
        while lexer.at < table.len() {
            match lexer.object() {
                Some(Object::Word(word)) => {
                    budget.charge(CODE_COST * operands.len() as u64)?;
                    match word.as_str() {
                        "endbfchar" => operands.chunks_exact(2).for_each(|pair| codes.single(pair)),
                        "endbfrange" => {
                            for triple in operands.chunks_exact(3) {
                                budget.charge(CODE_COST * triple[2].array().len() as u64)?;
                                codes.range(triple);
                            }
                        }
                        _ => {}
                    }
                    operands.clear();
                }
                Some(operand) if operands.len() < MAX_OPERANDS => operands.push(operand),
                _ => {}
            }
        }
        Ok(codes)
    }

    fn is_empty(&self) -> bool {
        self.single.is_empty() && self.ranges.is_empty()
    }

    fn single(&mut self, pair: &[Object]) {
        if let [Object::Text(code), Object::Text(text)] = pair {
            self.single.insert(value(code), short(text));
        }
    }

    fn range(&mut self, triple: &[Object]) {
        let [Object::Text(from), Object::Text(to), target] = triple else { return };
        match target {
            Object::Text(text) => drop(self.ranges.insert(value(from), (value(to), short(text)))),
            Object::Array(all) => {
                for (code, text) in (value(from)..=value(to)).zip(all) {
                    if let Object::Text(text) = text {
                        self.single.insert(code, short(text));
                    }
                }
            }
            _ => {}
        }
    }

    /// Adds what a code means. Within a range that is the text of its first code with the last character so many further.
    fn push(&self, code: u32, text: &mut String) {
        if let Some(known) = self.single.get(&code) {
            text.push_str(known);
            return;
        }
        let Some((from, (_, first))) = self.ranges.range(..=code).next_back().filter(|(_, (to, _))| *to >= code) else { return };
        let mut first = first.chars();
        let last = first.next_back().and_then(|last| char::from_u32(u32::from(last).saturating_add(code - from)));
        text.extend(first.chain(last));
    }
}

/// What a code means, as far as it can mean anything.
fn short(text: &[u8]) -> String {
    utf_16(&text[..text.len().min(MAX_CHARS * 4)]).chars().take(MAX_CHARS).collect()
}

fn value(code: &[u8]) -> u32 {
    code.iter().take(4).fold(0, |value, byte| value << 8 | u32::from(*byte))
}
