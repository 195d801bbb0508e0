//! The signature by which a receiver knows that a call is the platform's, whole and fresh.
//!
//! HMAC (RFC 2104) over SM3, the hash of the journal and of every link: government systems have to use the national
//! algorithms, and receivers have it in OpenSSL (`openssl dgst -sm3 -hmac`), BouncyCastle and Python's `hmac`. The header
//! begins with the algorithm, so that another can stand beside it one day.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sm3::Sm3;

/// The header with the id of a call; the same when it comes again.
pub const ID_HEADER: &str = "webhook-id";
/// The header with the Unix seconds at which a call was sent. A receiver refuses one that is more than minutes old.
pub const TIMESTAMP_HEADER: &str = "webhook-timestamp";
/// The header with `sm3=` and the signature in hexadecimal.
pub const SIGNATURE_HEADER: &str = "webhook-signature";

/// The value of the signature's header: over id, timestamp and body, with a dot between.
pub fn signature(secret: &str, id: &str, unix_s: i64, body: &str) -> String {
    // A key of any length is taken: longer ones are hashed first.
    let Ok(mut mac) = Hmac::<Sm3>::new_from_slice(secret.as_bytes()) else { return String::new() };
    mac.update(format!("{id}.{unix_s}.{body}").as_bytes());
    let code = mac.finalize().into_bytes();
    let hex: String = code.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sm3={hex}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `printf '%s' 'p/7/0.1768869900.{"event":"file.paid"}' | openssl dgst -sm3 -hmac szw_secret`
    #[test]
    fn openssl_says_the_same() {
        let signed = signature("szw_secret", "p/7/0", 1_768_869_900, r#"{"event":"file.paid"}"#);
        assert_eq!(signed, "sm3=d46d69a556b646b5aa4c66be39243fc0ddd1e9e41f3409448cfa4dba2f0a2221");
    }
}
