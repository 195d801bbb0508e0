//! A form with a file, read piece by piece within its limits.

use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::http::StatusCode;

use super::compute::LIMITS;
use crate::errors::Error;

/// The name of the file field.
pub(super) const CASES: &str = "cases";
/// Fields in one post; a table of rules has at most a few hundred cells.
const FIELDS_MAX: usize = 2_000;
/// Bytes of one typed text.
const TEXT_MAX_BYTES: usize = 2_000;
/// Characters of a file's name that are shown.
const NAME_MAX_CHARS: usize = 100;

/// A table as it was sent.
pub(super) struct File {
    /// Its name without folders.
    pub(super) name: String,
    /// Its content; nothing when it is too large.
    pub(super) bytes: Vec<u8>,
    /// Whether it is larger than [`LIMITS`].
    pub(super) too_large: bool,
}

/// A form as it was sent.
#[derive(Default)]
pub(super) struct Posted {
    /// What was typed.
    pub(super) pairs: Vec<(String, String)>,
    /// The table, if one was chosen.
    pub(super) file: Option<File>,
}

/// Reads the whole form.
///
/// # Errors
/// The form is larger than any, or no form at all.
pub(super) async fn read(mut multipart: Multipart) -> Result<Posted, Error> {
    let mut posted = Posted::default();
    while let Some(field) = multipart.next_field().await.map_err(refused)? {
        if posted.pairs.len() >= FIELDS_MAX {
            return Err(Error::TooLarge);
        }
        match field.name().unwrap_or_default().to_owned() {
            name if name == CASES => posted.file = file(field).await?,
            name => posted.pairs.push((name, text(field).await?)),
        }
    }
    Ok(posted)
}

fn refused(error: MultipartError) -> Error {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE { Error::TooLarge } else { Error::Unreadable }
}

/// A file field without a chosen file is sent too, without a name.
async fn file(mut field: Field<'_>) -> Result<Option<File>, Error> {
    let name = plain(field.file_name().unwrap_or_default());
    let mut file = File { name, bytes: Vec::new(), too_large: false };
    while let Some(chunk) = field.chunk().await.map_err(refused)? {
        if file.bytes.len() + chunk.len() > LIMITS.file_bytes {
            file.too_large = true;
        }
        if file.too_large {
            file.bytes = Vec::new();
        } else {
            file.bytes.extend_from_slice(&chunk);
        }
    }
    Ok((!file.name.is_empty()).then_some(file))
}

/// A file's name without the folders some browsers send before it; of a long one the end, which has its kind.
fn plain(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default().trim();
    name.chars().skip(name.chars().count().saturating_sub(NAME_MAX_CHARS)).collect()
}

async fn text(mut field: Field<'_>) -> Result<String, Error> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(refused)? {
        if bytes.len() + chunk.len() > TEXT_MAX_BYTES {
            return Err(Error::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes).map_err(|_| Error::Unreadable)
}

#[cfg(test)]
mod tests {
    #[test]
    fn file_names_are_plain() {
        assert_eq!(super::plain("C:\\表\\申报件.csv"), "申报件.csv");
        assert_eq!(super::plain("../x/y.xlsx "), "y.xlsx");
        assert!(super::plain(&format!("{}.csv", "长".repeat(300))).ends_with("长.csv"));
    }
}
