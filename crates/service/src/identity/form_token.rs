//! What a form carries to show that it came from a page of this site.

use sm3::{Digest as _, Sm3};

use crate::kept_case::Token;

/// The text for the forms of a browser that keeps this secret in a cookie. It follows from the secret but does not give
/// it away, so that a page that leaks, say in a print, is worth nothing.
pub fn form_token(secret: &Token) -> String {
    let digest = Sm3::digest(format!("form {secret}"));
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
