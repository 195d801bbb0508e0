//! Which characters the codes of a font mean.

use std::collections::HashMap;

use super::PdfError;
use super::file::{File, in_dict};
use super::object::{Lexer, Object};

/// Most codes of one font.
const MAX_CODES: usize = 70_000;

/// How the bytes of a text are read.
#[derive(Clone, Debug)]
pub(super) enum Font {
    /// By the font's own table; codes are of this many bytes.
    Mapped { wide: usize, codes: HashMap<u32, String> },
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
    pub(super) fn of(file: &File<'_>, font: &Object) -> Result<Self, PdfError> {
        let composite = file.value(font, "Subtype").name() == Some("Type0");
        if let Some(Object::Reference(number)) = in_dict(file.get(font), "ToUnicode") {
            let codes = mapped(&file.stream(*number)?);
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
                let code = |piece: &[u8]| piece.iter().fold(0u32, |code, byte| code << 8 | u32::from(*byte));
                bytes.chunks(*wide).filter_map(|piece| codes.get(&code(piece))).map(String::as_str).collect()
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

/// The table of a font: single codes (`bfchar`) and ranges (`bfrange`).
fn mapped(table: &[u8]) -> HashMap<u32, String> {
    let (mut codes, mut lexer, mut operands, mut left) = (HashMap::new(), Lexer::new(table, 0), Vec::new(), MAX_CODES);
    while lexer.at < table.len() && left > 0 {
        match lexer.object() {
            Some(Object::Word(word)) => {
                match word.as_str() {
                    "endbfchar" => operands.chunks_exact(2).for_each(|pair| single(&mut codes, pair)),
                    "endbfrange" => operands.chunks_exact(3).for_each(|triple| range(&mut codes, &mut left, triple)),
                    _ => {}
                }
                operands.clear();
            }
            Some(operand) if operands.len() < MAX_CODES => operands.push(operand),
            _ => {}
        }
    }
    codes
}

fn single(codes: &mut HashMap<u32, String>, pair: &[Object]) {
    if let [Object::Text(code), Object::Text(text)] = pair {
        codes.insert(value(code), utf_16(text));
    }
}

fn range(codes: &mut HashMap<u32, String>, left: &mut usize, triple: &[Object]) {
    let [Object::Text(from), Object::Text(to), target] = triple else { return };
    let (from, to) = (value(from), value(to));
    for (step, code) in (from..=to).take(*left).enumerate() {
        *left -= 1;
        let text = match target {
            Object::Text(text) => stepped(text, step as u32),
            Object::Array(all) => match all.get(step) {
                Some(Object::Text(text)) => utf_16(text),
                _ => return,
            },
            _ => return,
        };
        codes.insert(code, text);
    }
}

/// The text of the first code with its last character so many further.
fn stepped(text: &[u8], step: u32) -> String {
    let mut all: Vec<char> = utf_16(text).chars().take(8).collect();
    if let Some(last) = all.last_mut() {
        *last = char::from_u32(u32::from(*last).saturating_add(step)).unwrap_or(' ');
    }
    all.into_iter().collect()
}

fn value(code: &[u8]) -> u32 {
    code.iter().take(4).fold(0, |value, byte| value << 8 | u32::from(*byte))
}
