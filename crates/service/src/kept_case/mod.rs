//! Kept cases: the secret in the link, keeping under it, opening by it, forgetting in time.

mod forget;
mod keep;
mod open;
mod token;

pub use forget::forget;
pub use keep::keep;
pub use open::open;
pub use token::{TOKEN_BYTES, TOKEN_CHARACTERS, Token, TokenError};
