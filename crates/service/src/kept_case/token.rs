//! The secret in the link of a kept case.

use std::fmt;
use std::str::FromStr;

use sm3::{Digest as _, Sm3};

/// Random bytes in a token: 160 bits, so that trying links at a million a second for a century
/// finds nothing among a billion kept cases. Five bytes make eight characters, with none over.
pub const TOKEN_BYTES: usize = 20;

/// Characters of a token as text.
pub const TOKEN_CHARACTERS: usize = TOKEN_BYTES * 8 / 5;

/// Digits and small letters without i, l, o and u, which are taken for 1, 0 and v when a link is
/// read aloud or copied from paper. All of them stand in an address as they are.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// The secret in the link of a kept case: whoever has it can open the case, so it is shown once,
/// in the link, and stored nowhere.
#[derive(Clone, PartialEq, Eq)]
pub struct Token([u8; TOKEN_BYTES]);

/// The text is not a token: not [`TOKEN_CHARACTERS`] long, or with a character outside the
/// alphabet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("链接不完整或有误")]
pub struct TokenError;

impl Token {
    /// A token of bytes from the operating system's random source.
    pub fn from_random(bytes: [u8; TOKEN_BYTES]) -> Self {
        Self(bytes)
    }

    /// What the case is stored under: SM3 of the token's text, in hexadecimal.
    ///
    /// No salt and no slow hash: those protect secrets that people choose, and this one is random.
    pub(crate) fn hash(&self) -> String {
        let digest = Sm3::digest(self.to_string());
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for five in self.0.chunks_exact(5) {
            let bits = five.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
            for shift in (0..40).step_by(5).rev() {
                let character = ALPHABET[(bits >> shift) as usize & 31];
                write!(f, "{}", char::from(character))?;
            }
        }
        Ok(())
    }
}

impl FromStr for Token {
    type Err = TokenError;

    /// Strict: exactly one text per token. Capitals or hyphens are refused, so that a link that
    /// was altered on the way is noticed rather than guessed at.
    fn from_str(text: &str) -> Result<Self, TokenError> {
        if text.len() != TOKEN_CHARACTERS {
            return Err(TokenError);
        }
        let mut bytes = [0; TOKEN_BYTES];
        for (five, eight) in bytes.chunks_exact_mut(5).zip(text.as_bytes().chunks_exact(8)) {
            let bits = eight.iter().try_fold(0_u64, |bits, character| Ok(bits << 5 | value_of(*character)?))?;
            five.copy_from_slice(&bits.to_be_bytes()[3..]);
        }
        Ok(Self(bytes))
    }
}

fn value_of(character: u8) -> Result<u64, TokenError> {
    let place = ALPHABET.iter().position(|known| *known == character);
    place.map(|place| place as u64).ok_or(TokenError)
}

/// Never the secret itself: debug output ends up in logs.
impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const FIRST_BYTES: [u8; TOKEN_BYTES] =
        [0x00, 0x44, 0x32, 0x14, 0xc7, 0x42, 0x54, 0xb6, 0x35, 0xcf, 0x84, 0x65, 0x3a, 0x56, 0xd7, 0xc6, 0x75, 0xbe, 0x77, 0xdf];

    #[test]
    fn text_and_bytes_are_the_same_token() {
        for (bytes, text) in [
            // five bits each, counting up: the whole alphabet
            (FIRST_BYTES, "0123456789abcdefghjkmnpqrstvwxyz"),
            ([0; TOKEN_BYTES], "00000000000000000000000000000000"),
            ([255; TOKEN_BYTES], "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"),
        ] {
            let token = Token::from_random(bytes);
            assert_eq!(token.to_string(), text);
            assert_eq!(text.parse(), Ok(token));
        }
    }

    #[test]
    fn anything_else_is_not_a_token() {
        for text in [
            "",
            "0123456789abcdefghjkmnpqrstvwxy",   // one short
            "0123456789abcdefghjkmnpqrstvwxyz0", // one over
            "0123456789ABCDEFGHJKMNPQRSTVWXYZ",  // capitals
            "i123456789abcdefghjkmnpqrstvwxyz",  // i, l, o, u
            "l123456789abcdefghjkmnpqrstvwxyz",
            "o123456789abcdefghjkmnpqrstvwxyz",
            "u123456789abcdefghjkmnpqrstvwxyz",
            " 123456789abcdefghjkmnpqrstvwxy ", // spaces
            "0123-4567-89ab-cdef-ghjk-mnpq-rs", // hyphens
            "数字化转型试点链接ab",             // 32 bytes, but other ones
        ] {
            assert_eq!(text.parse::<Token>(), Err(TokenError), "{text}");
        }
    }

    #[test]
    fn the_hash_is_sm3_of_the_text() {
        let token = Token::from_random(FIRST_BYTES);
        assert_eq!(token.hash(), SM3_OF_FIRST);
        assert_eq!(token.hash(), token.clone().hash());
        assert_ne!(token.hash(), Token::from_random([0; TOKEN_BYTES]).hash());
    }

    /// `printf 0123456789abcdefghjkmnpqrstvwxyz | openssl dgst -sm3`
    const SM3_OF_FIRST: &str = "2e535699cd9747b599d12913a527a0e0331d06c7965bb7c4c613e81a489d4372";

    #[test]
    fn debug_output_keeps_the_secret() {
        let token = Token::from_random(FIRST_BYTES);
        assert_eq!(format!("{token:?}"), "Token(…)");
    }
}
