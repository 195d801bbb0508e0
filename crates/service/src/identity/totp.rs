//! The second factor: time-based one-time codes (RFC 6238) from an authenticator on a phone.

use standards::text::{half_width, percent_encoded, without_spaces};
use totp_rs::{Builder, Secret, Totp};

use crate::Edge;

/// 160 bits, as long as the hash, as RFC 4226 recommends.
const SECRET_BYTES: usize = 20;
/// Characters of the secret in base32.
const SECRET_CHARS: usize = SECRET_BYTES * 8 / 5;
/// Clocks may differ by one step of 30 seconds.
const SKEW_STEPS: u16 = 1;
/// The name an authenticator shows above the code.
const ISSUER: &str = "数转";

/// A fresh secret in base32.
pub fn fresh_secret(edge: &Edge<'_>) -> String {
    Secret::from(edge.bytes::<SECRET_BYTES>()).to_base32()
}

/// The step a code belongs to, if it is right about now.
pub(crate) fn step(secret: &str, code: &str, now_ms: i64) -> Option<i64> {
    let code = without_spaces(&half_width(code));
    let now_s = u64::try_from(now_ms / 1000).ok()?;
    i64::try_from(totp(secret)?.check(&code, now_s)?).ok()
}

/// Whether a text is a secret that [`fresh_secret`] can have made.
pub(crate) fn is_secret(text: &str) -> bool {
    text.len() == SECRET_CHARS && totp(text).is_some()
}

/// The address an authenticator reads from a picture.
pub fn otpauth(secret: &str, email: &str) -> String {
    let issuer = percent_encoded(ISSUER, "");
    format!("otpauth://totp/{issuer}:{}?secret={secret}&issuer={issuer}", percent_encoded(email, "@"))
}

fn totp(secret: &str) -> Option<Totp> {
    let secret = Secret::try_from_base32(secret).ok()?;
    Builder::new().with_secret(secret).with_skew(SKEW_STEPS).build().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of RFC 6238's examples, `12345678901234567890`.
    const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    #[test]
    fn codes_are_those_of_the_rfc() {
        for (code, now_s, expected) in [
            ("287082", 59, Some(1)),
            ("２８７ ０８２", 59, Some(1)),
            ("081804", 1_111_111_109, Some(37_037_036)),
            ("050471", 1_111_111_111, Some(37_037_037)),
            ("287082", 89, Some(1)),
            ("287082", 90, None),
            ("287083", 59, None),
            ("", 59, None),
            ("94287082", 59, None),
        ] {
            assert_eq!(step(SECRET, code, now_s * 1000), expected, "{code} {now_s}");
        }
        assert_eq!(step("no secret", "287082", 59_000), None);
    }

    #[test]
    fn a_secret_is_what_was_handed_out() {
        let edge = Edge { now: records::Moment(0), random: |bytes| bytes.fill(0xa5), origin: "" };
        let fresh = fresh_secret(&edge);
        for (text, is) in [(fresh.as_str(), true), (SECRET, true), ("GEZDGNBV", false), (&fresh.to_lowercase(), false), ("", false)] {
            assert_eq!(is_secret(text), is, "{text}");
        }
    }

    #[test]
    fn the_address_is_escaped() {
        assert_eq!(
            otpauth("ABC", "li+x@example.cn"),
            "otpauth://totp/%E6%95%B0%E8%BD%AC:li%2Bx@example.cn?secret=ABC&issuer=%E6%95%B0%E8%BD%AC"
        );
    }
}
