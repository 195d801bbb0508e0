//! The digest that a content is stored under.

use std::fmt;
use std::str::FromStr;

use sm3::{Digest as _, Sm3};

/// Characters of a digest.
const CHARACTERS: usize = 64;

/// SM3 of a content, in hexadecimal: the name of a file, so nothing else can be one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digest(String);

/// The text is no digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("不是有效的文件摘要")]
pub struct DigestError;

impl Digest {
    /// Of a content that was hashed piece by piece.
    pub(super) fn of(hash: Sm3) -> Self {
        Self(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder and the name below it: 256 folders keep each small.
    pub(super) fn parts(&self) -> (&str, &str) {
        self.0.split_at(2)
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Digest {
    type Err = DigestError;

    fn from_str(text: &str) -> Result<Self, DigestError> {
        let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        let whole = text.len() == CHARACTERS && text.bytes().all(is_digit);
        if whole { Ok(Self(text.to_owned())) } else { Err(DigestError) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_digest_is_one() {
        let digest = "ab".repeat(32);
        assert_eq!(digest.parse::<Digest>().map(|digest| digest.parts().0.to_owned()), Ok("ab".to_owned()));
        for text in ["", "ab", "../../../../etc/passwd", &"AB".repeat(32), &"ab".repeat(33), &format!("/{}", "a".repeat(63))] {
            assert_eq!(text.parse::<Digest>(), Err(DigestError), "{text}");
        }
    }
}
