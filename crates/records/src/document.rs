//! 文书: a paper that was issued, with the code by which anybody can check it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::ids::DocumentId;
use crate::moment::By;
use crate::{Moment, Noun};

/// Characters of a check code: 60 bits, which nobody hits by trying.
pub const CODE_CHARS: usize = 12;
/// No letter that is read as a figure or as another letter.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// 校验码: what is printed on a paper and typed to check it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CheckCode(String);

impl CheckCode {
    /// The code of a digest in hexadecimal: five bits a character, as many as there are.
    pub fn of_digest(digest: &str) -> Self {
        let bits = digest.bytes().filter_map(|byte| char::from(byte).to_digit(16)).take(CODE_CHARS * 5 / 4);
        let number = bits.fold(0_u64, |number, bits| number << 4 | u64::from(bits));
        let letter = |place: usize| char::from(ALPHABET[(number >> (5 * place) & 31) as usize]);
        Self((0..CODE_CHARS).rev().map(letter).collect())
    }

    /// A code as somebody typed it: spaces, hyphens and small letters make no difference, nor O for 0 and I or L for 1.
    pub fn parse(typed: &str) -> Option<Self> {
        let half = standards::text::half_width(typed);
        let letters = half.chars().filter(|letter| !letter.is_whitespace() && !matches!(letter, '-' | '－' | '—' | '–'));
        let code: String = letters.map(|letter| read_as(letter.to_ascii_uppercase())).collect();
        let known = |byte: u8| ALPHABET.contains(&byte);
        (code.len() == CODE_CHARS && code.bytes().all(known)).then_some(Self(code))
    }

    /// The code without hyphens, as it is kept.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CheckCode {
    /// As it is printed: three groups of four.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}", &self.0[..4], &self.0[4..8], &self.0[8..])
    }
}

fn read_as(letter: char) -> char {
    match letter {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    }
}

/// The record a paper was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// What kind of record, as the journal has it.
    pub noun: String,
    /// Which of them.
    pub id: String,
}

/// A paper that was issued. Its content is kept beside it; here stands what proves it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Identifier.
    pub id: DocumentId,
    /// The programme, whose chain it stands in.
    pub programme: String,
    /// What it was made from.
    pub about: About,
    /// What paper it is.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// Its check code.
    pub code: CheckCode,
    /// SM3 of its words.
    pub digest: String,
    /// SM3 of its content, byte by byte as it is kept; none for papers from before, whose words alone prove them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// The journal's head when it was made; printed on it.
    pub head: String,
    /// When.
    pub at: Moment,
    /// By whom.
    pub by: By,
}

/// What happens to an issued paper: nothing but that it is issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum DocumentEvent {
    /// It was issued.
    Issued {
        /// As it stands for ever.
        document: Box<Document>,
    },
}

impl Noun for Document {
    type Event = DocumentEvent;
    const NOUN: &'static str = "document";

    fn fold(state: Option<Self>, event: &DocumentEvent) -> Option<Self> {
        let DocumentEvent::Issued { document } = event;
        state.or_else(|| Some(document.as_ref().clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_it_is_printed() {
        let code = CheckCode::of_digest("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
        assert_eq!(code.to_string(), "CV3Z-1X32-XVPX");
        for typed in ["CV3Z-1X32-XVPX", "cv3zix32xvpx", " CV3Z lX32　XVPX ", "ＣＶ３Ｚ－１Ｘ３２－ＸＶＰＸ"] {
            assert_eq!(CheckCode::parse(typed), Some(code.clone()), "{typed}");
        }
        for wrong in ["", "CV3Z-1X32", "CV3Z-1X32-XVPXX", "CV3Z-1X32-XVPU", "校验码"] {
            assert_eq!(CheckCode::parse(wrong), None, "{wrong}");
        }
    }
}
