//! Limits on every text before it is written, because neither engine sets one that is the same.

use crate::StoreError;

/// How long a name may be: a token's hash, a programme, a pack version.
pub const NAME_MAX_BYTES: usize = 200;

/// Refuses a text that is too long for its column, or that PostgreSQL could not store.
pub(crate) fn check(column: &'static str, text: &str, max_bytes: usize) -> Result<(), StoreError> {
    if text.len() > max_bytes {
        let bytes = text.len();
        return Err(StoreError::TooLarge { column, bytes, max_bytes });
    }
    if text.contains('\0') {
        return Err(StoreError::Nul { column });
    }
    Ok(())
}
