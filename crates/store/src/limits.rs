//! Limits on every text before it is written, because neither engine sets one that is the same.

use crate::StoreError;

/// How long a name may be: a token's hash, a programme, a pack version.
pub const NAME_MAX_BYTES: usize = 200;

/// How long one entry's event may be, as canonical JSON: the answers of the largest form, many times over.
pub const EVENT_MAX_BYTES: usize = 1024 * 1024;

/// How long one record's state may be, as JSON.
pub const STATE_MAX_BYTES: usize = 4 * 1024 * 1024;

/// How long one draft may be, as JSON.
pub const DRAFT_MAX_BYTES: usize = 1024 * 1024;

/// How long a line of prose of a list row may be: a title, a subject, an address.
pub const LINE_MAX_BYTES: usize = 2_000;

/// How long the name of an organisation may be.
pub const ORGANISATION_NAME_MAX_BYTES: usize = 600;

/// How long the text of a list row that a search looks into may be. With this and the limit of
/// names, an entry of the widest index stays below the 2,704 bytes that PostgreSQL takes.
pub const SEARCH_MAX_BYTES: usize = 1_000;

/// How long the body of a notice or of a message to the outside may be.
pub const BODY_MAX_BYTES: usize = 64 * 1024;

/// Refuses a name that is too long.
pub(crate) fn check_name(column: &'static str, text: &str) -> Result<(), StoreError> {
    check(column, text, NAME_MAX_BYTES)
}

/// Refuses a text that is too long for its column of a list row.
pub(crate) fn check_column(column: &'static str, text: &str) -> Result<(), StoreError> {
    let max_bytes = match column {
        "body" => BODY_MAX_BYTES,
        "label" | "last_error" | "link" | "scenarios" | "subject" | "target" | "title" => LINE_MAX_BYTES,
        "name" | "name_key" | "applicant_name" => ORGANISATION_NAME_MAX_BYTES,
        "search" => SEARCH_MAX_BYTES,
        _ => NAME_MAX_BYTES,
    };
    check(column, text, max_bytes)
}

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
