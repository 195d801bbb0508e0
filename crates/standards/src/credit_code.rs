//! Unified social credit codes of organisations (GB 32100-2015).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use crate::registration::RegistrationKind;
use crate::text::{half_width, without_spaces};

/// The 31 characters of the standard: no I, O, S, V, Z.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
/// 3^(i-1) mod 31 for the first 17 places.
const WEIGHTS: [u32; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
/// Weights of the first eight characters of an organisation code (GB 11714).
const ORGANISATION_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// A unified social credit code whose 18 characters and check character hold.
///
/// That a code holds does not mean the organisation exists; only the register can tell.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CreditCode([u8; 18]);

/// Why a text is no unified social credit code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CreditCodeError {
    /// There are not 18 characters.
    #[error("统一社会信用代码应为{expected}位，现有{found}位，请对照营业执照补齐或删去多余的字符")]
    WrongLength {
        /// How many characters there should be.
        expected: usize,
        /// How many there are, spaces not counted.
        found: usize,
    },
    /// A character is not among the 31 of the standard.
    #[error(
        "统一社会信用代码第{position}位“{found}”不在规定的字符之内{}，请对照营业执照改正",
        hint(*suggestion)
    )]
    NotInAlphabet {
        /// Place of the character, from 1.
        position: usize,
        /// The character.
        found: char,
        /// The character it was probably mistaken for.
        suggestion: Option<char>,
    },
    /// Places 3 to 8, the registering authority's division, hold something else than a digit.
    #[error("统一社会信用代码第{position}位“{found}”应为数字（第3至8位是登记机关的区划代码），请对照营业执照改正")]
    NotADigit {
        /// Place of the character, from 1.
        position: usize,
        /// The character.
        found: char,
    },
    /// The check character does not follow from the 17 before it; any of the 18 may be the wrong one.
    #[error(
        "统一社会信用代码校验位不符：至少有一位写错，请对照营业执照逐位核对，不要只改末位（末位现为“{found}”，按前17位推算为“{expected}”，仅供核对）"
    )]
    WrongCheckCharacter {
        /// What the 17 characters before would give, as a hint to check again only.
        expected: char,
        /// What stands in place 18.
        found: char,
    },
}

fn hint(suggestion: Option<char>) -> String {
    match suggestion {
        Some(c) => format!("（字母 I、O、S、V、Z 不使用，可能是“{c}”）"),
        None => "（只用数字和除 I、O、S、V、Z 以外的大写字母）".to_owned(),
    }
}

impl CreditCode {
    /// Reads a code; lower case, full-width characters and spaces anywhere are put right first.
    ///
    /// # Errors
    /// [`CreditCodeError`]: a character outside the alphabet, then a wrong length, then a letter among
    /// the digits of the division, then the check character.
    pub fn parse(text: &str) -> Result<CreditCode, CreditCodeError> {
        let places = normalised(text, 18)?;
        let mut code = [0; 18];
        code.copy_from_slice(&places);
        let expected = check_character(&code[..17]);
        if code[17] != expected {
            let found = char::from(code[17]);
            return Err(CreditCodeError::WrongCheckCharacter { expected: char::from(expected), found });
        }
        Ok(CreditCode(code))
    }

    /// The code that begins with these 17 characters, for making test data. Use `000000` as the
    /// division so as not to hit a real organisation.
    ///
    /// # Errors
    /// [`CreditCodeError`] as for [`CreditCode::parse`], for 17 characters.
    pub fn with_check_character(first17: &str) -> Result<CreditCode, CreditCodeError> {
        let places = normalised(first17, 17)?;
        let mut code = [0; 18];
        code[..17].copy_from_slice(&places);
        code[17] = check_character(&places);
        Ok(CreditCode(code))
    }

    /// The 18 characters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// What the organisation is registered as. The meaning of the first two characters beyond
    /// market-supervision registration (9x) is to be checked against the original of the standard.
    pub fn registration_kind(&self) -> RegistrationKind {
        RegistrationKind::of(self.0[0], self.0[1])
    }

    /// Whether it is an individual business (prefix 92), which has no legal personality.
    pub fn is_individual_business(&self) -> bool {
        self.registration_kind() == RegistrationKind::IndividualBusiness
    }

    /// Places 3 to 8: the division (GB/T 2260) of the authority that first registered the
    /// organisation. Not its present address: the code stays when the organisation moves.
    pub fn registering_division(&self) -> &str {
        &self.as_str()[2..8]
    }

    /// Places 9 to 17: the organisation code.
    pub fn organisation_code(&self) -> &str {
        &self.as_str()[8..17]
    }

    /// Whether the organisation code's own check character (GB 11714, mod 11, X for 10, 0 for 11)
    /// holds. Not fatal: the code's own check is the one above; this one only asks for a second look.
    pub fn organisation_code_holds(&self) -> bool {
        let sum: u32 = ORGANISATION_WEIGHTS.iter().zip(&self.0[8..16]).map(|(w, c)| w * base36(*c)).sum();
        let expected = match 11 - sum % 11 {
            10 => b'X',
            11 => b'0',
            digit => b'0' + digit as u8,
        };
        self.0[16] == expected
    }
}

/// The characters in upper case without spaces, exactly so many and all of them allowed.
fn normalised(text: &str, expected: usize) -> Result<Vec<u8>, CreditCodeError> {
    let text = without_spaces(&half_width(text)).to_ascii_uppercase();
    let misfit = text.chars().enumerate().find(|(_, c)| value_of(*c).is_none());
    if let Some((index, found)) = misfit {
        let suggestion = look_alike(found);
        return Err(CreditCodeError::NotInAlphabet { position: index + 1, found, suggestion });
    }
    if text.len() != expected {
        return Err(CreditCodeError::WrongLength { expected, found: text.len() });
    }
    let letter = text.chars().enumerate().skip(2).take(6).find(|(_, c)| !c.is_ascii_digit());
    match letter {
        Some((index, found)) => Err(CreditCodeError::NotADigit { position: index + 1, found }),
        None => Ok(text.into_bytes()),
    }
}

fn value_of(c: char) -> Option<u32> {
    ALPHABET.iter().position(|a| char::from(*a) == c).map(|value| value as u32)
}

fn look_alike(found: char) -> Option<char> {
    match found {
        'O' | '〇' | '○' => Some('0'),
        'I' | '|' | '!' => Some('1'),
        'S' | '$' => Some('5'),
        'Z' => Some('2'),
        'V' => Some('U'),
        _ => None,
    }
}

fn check_character(first17: &[u8]) -> u8 {
    let values = first17.iter().map(|c| value_of(char::from(*c)).unwrap_or_default());
    let sum: u32 = values.zip(WEIGHTS).map(|(value, weight)| value * weight).sum();
    ALPHABET[((31 - sum % 31) % 31) as usize]
}

fn base36(c: u8) -> u32 {
    char::from(c).to_digit(36).unwrap_or_default()
}

impl fmt::Display for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for CreditCode {
    type Err = CreditCodeError;

    fn from_str(text: &str) -> Result<CreditCode, CreditCodeError> {
        CreditCode::parse(text)
    }
}

impl TryFrom<String> for CreditCode {
    type Error = CreditCodeError;

    fn try_from(text: String) -> Result<CreditCode, CreditCodeError> {
        CreditCode::parse(&text)
    }
}

impl From<CreditCode> for String {
    fn from(code: CreditCode) -> String {
        code.as_str().to_owned()
    }
}

#[cfg(test)]
#[path = "credit_code_tests.rs"]
mod tests;
