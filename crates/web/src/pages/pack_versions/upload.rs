//! An archive as it is sent: its form's token first, then its bytes, held in memory within a limit.

use std::time::Duration;

use axum::extract::multipart::{Field, Multipart, MultipartError, MultipartRejection};
use axum::http::StatusCode;
use service::pack_version::ARCHIVE_MAX_BYTES;
use tokio::time::timeout;

use crate::errors::Error;
use crate::session::{Signed, TOKEN_FIELD};

/// The largest post: an archive and what stands around it in the form.
pub(super) const UPLOAD_MAX_BYTES: usize = ARCHIVE_MAX_BYTES + (64 << 10);
/// The name of the file field.
pub(super) const ARCHIVE: &str = "archive";
/// Fields in the form, the archive among them.
const FIELDS_MAX: usize = 10;
/// How long an archive may take to arrive.
const ARRIVES_WITHIN: Duration = Duration::from_secs(60);

/// The archive; none when no file was chosen.
///
/// # Errors
/// It is larger than [`ARCHIVE_MAX_BYTES`], comes too slowly, or from no form of this browser.
pub(super) async fn read(signed: &Signed, sent: Result<Multipart, MultipartRejection>) -> Result<Option<Vec<u8>>, Error> {
    let multipart = sent.map_err(|_| Error::Unreadable)?;
    timeout(ARRIVES_WITHIN, fields(signed, multipart)).await.map_err(|_| Error::Unreadable)?
}

async fn fields(signed: &Signed, mut multipart: Multipart) -> Result<Option<Vec<u8>>, Error> {
    let (mut demanded, mut archive) = (Err(Error::StaleForm), None);
    for _ in 0..FIELDS_MAX {
        let Some(field) = multipart.next_field().await.map_err(refused)? else {
            return demanded.map(|()| archive);
        };
        match field.name().unwrap_or_default() {
            TOKEN_FIELD => demanded = signed.visitor.demand(&String::from_utf8_lossy(&bytes(field).await?)),
            ARCHIVE => {
                // Nothing is read of a file before its form is known to be ours.
                std::mem::replace(&mut demanded, Ok(()))?;
                archive = Some(bytes(field).await?).filter(|bytes| !bytes.is_empty());
            }
            _ => {}
        }
    }
    Err(Error::TooLarge)
}

async fn bytes(mut field: Field<'_>) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    while let Some(piece) = field.chunk().await.map_err(refused)? {
        if bytes.len() + piece.len() > ARCHIVE_MAX_BYTES {
            return Err(Error::TooLarge);
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

fn refused(error: MultipartError) -> Error {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE { Error::TooLarge } else { Error::Unreadable }
}
