//! What the world outside gives a use case: the time, random bytes, the site's own address.

use records::{Moment, ids};

use crate::kept_case::{TOKEN_BYTES, Token};

/// Read at the edge, once a request, and passed in.
#[derive(Clone, Copy, Debug)]
pub struct Edge<'a> {
    /// Now.
    pub now: Moment,
    /// Fills the slice from the operating system's random source.
    pub random: fn(&mut [u8]),
    /// Scheme and host of the site without a slash at the end, for links in letters. It is configured and never taken
    /// from a request, whose `Host` anybody can write.
    pub origin: &'a str,
}

impl Edge<'_> {
    /// A fresh secret for a link or a cookie.
    pub fn token(&self) -> Token {
        Token::from_random(self.bytes::<TOKEN_BYTES>())
    }

    /// The text of a fresh identifier.
    pub fn id(&self) -> String {
        ids::fresh(self.now.0, self.bytes())
    }

    /// Random bytes.
    pub(crate) fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.random)(&mut bytes);
        bytes
    }
}
