//! A form with files, read piece by piece: each file goes on record as it comes, so that nothing that is wrong elsewhere in
//! the form makes anybody upload it again.

use std::time::Duration;

use axum::extract::multipart::{Field, Multipart, MultipartError, MultipartRejection};
use axum::http::StatusCode;
use records::moment::By;
use serde_json::json;
use service::{ServiceError, paper};
use tokio::time::timeout;

use crate::errors::Error;
use crate::forms::FieldError;
use crate::session::{Signed, TOKEN_FIELD};
use crate::site::Site;

/// The largest post with files: four of the largest, and what is typed beside them.
pub(crate) const UPLOAD_MAX_BYTES: usize = 4 * paper::FILE_MAX_BYTES as usize + TEXTS_MAX_BYTES;
/// Fields in one post; the largest form has a few hundred.
const FIELDS_MAX: usize = 5_000;
/// Files in one post.
const FILES_MAX: usize = 50;
/// Bytes of everything typed in one post.
const TEXTS_MAX_BYTES: usize = 2 << 20;
/// How long the next piece may take to come.
const PIECE_WITHIN: Duration = Duration::from_secs(60);

/// A file that came, and what became of it.
#[derive(Debug)]
pub(crate) struct Arrived {
    /// The field it came in.
    pub(crate) field: String,
    /// Its name as it was sent.
    pub(crate) name: String,
    /// The paper, or a sentence that says what to do.
    pub(crate) outcome: Result<paper::Paper, String>,
}

/// A form as it was sent.
#[derive(Debug, Default)]
pub(crate) struct Posted {
    /// What was typed.
    pub(crate) pairs: Vec<(String, String)>,
    /// The files, each on record or refused.
    pub(crate) files: Vec<Arrived>,
}

impl Posted {
    /// The files of a field, as papers and as errors of that field.
    pub(crate) fn files_of(&self, field: &str) -> (Vec<&paper::Paper>, Vec<FieldError>) {
        let (mut papers, mut errors) = (Vec::new(), Vec::new());
        for sent in self.files.iter().filter(|sent| sent.field == field) {
            match &sent.outcome {
                Ok(paper) => papers.push(paper),
                Err(message) => errors.push(FieldError::new(field, named(&sent.name, message))),
            }
        }
        (papers, errors)
    }

    /// What was refused, each under its name.
    pub(crate) fn refused(&self) -> Vec<String> {
        self.files.iter().filter_map(|sent| Some(named(&sent.name, sent.outcome.as_ref().err()?))).collect()
    }

    /// How many files are on record.
    pub(crate) fn taken(&self) -> usize {
        self.files.iter().filter(|sent| sent.outcome.is_ok()).count()
    }

    /// The files for a script.
    pub(crate) fn json(&self) -> String {
        let one = |sent: &Arrived| match &sent.outcome {
            Ok(paper) => json!({ "field": sent.field, "id": paper.id, "name": paper.name, "bytes": paper.bytes }),
            Err(message) => json!({ "field": sent.field, "name": sent.name, "refused": message }),
        };
        json!({ "files": self.files.iter().map(one).collect::<Vec<_>>() }).to_string()
    }
}

fn named(name: &str, message: &str) -> String {
    format!("“{name}”：{message}")
}

/// Reads the whole form. Its token comes before its files, for these are kept as they come.
///
/// # Errors
/// The form is larger than any, or no form of this browser; the database or the disk fails. Files that came before are on
/// record.
pub(crate) async fn read(site: &Site, signed: &Signed, multipart: Result<Multipart, MultipartRejection>) -> Result<Posted, Error> {
    let mut multipart = multipart.map_err(|_| Error::Unreadable)?;
    let (mut posted, mut left, by) = (Posted::default(), TEXTS_MAX_BYTES, signed.session.by());
    let mut demanded = Err(Error::StaleForm);
    while let Some(field) = in_time(multipart.next_field()).await? {
        if posted.pairs.len() >= FIELDS_MAX || posted.files.len() >= FILES_MAX {
            return Err(Error::TooLarge);
        }
        let name = field.name().unwrap_or_default().to_owned();
        if field.file_name().is_some() {
            std::mem::replace(&mut demanded, Ok(()))?;
            let arrived = file(site, &by, field).await?;
            posted.files.extend(arrived.map(|(file, outcome)| Arrived { field: name, name: file, outcome }));
            continue;
        }
        let text = text(field, &mut left).await?;
        if name == TOKEN_FIELD {
            demanded = signed.visitor.demand(&text);
        } else {
            posted.pairs.push((name, text));
        }
    }
    demanded.map(|()| posted)
}

async fn in_time<T>(coming: impl Future<Output = Result<T, MultipartError>>) -> Result<T, Error> {
    timeout(PIECE_WITHIN, coming).await.map_err(|_| Error::Unreadable)?.map_err(refused)
}

fn refused(error: MultipartError) -> Error {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE { Error::TooLarge } else { Error::Unreadable }
}

/// A file field without a chosen file is sent too, without a name.
async fn file(site: &Site, by: &By, mut field: Field<'_>) -> Result<Option<(String, Result<paper::Paper, String>)>, Error> {
    let name = field.file_name().unwrap_or_default().to_owned();
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default().trim().to_owned();
    if name.is_empty() {
        return Ok(None);
    }
    let mut begun = paper::begin(site.store(), site.files(), by, &name).await;
    while let Some(piece) = in_time(field.chunk()).await? {
        if let Ok(upload) = &mut begun {
            upload.write(&piece).await?;
        }
    }
    let uploaded = match begun {
        Ok(upload) => paper::upload(site.store(), site.files(), &site.edge(), by, upload).await,
        Err(error) => Err(error),
    };
    match uploaded {
        Ok(uploaded) => Ok(Some((name, Ok(uploaded.paper)))),
        Err(ServiceError::Refused(refusal)) => Ok(Some((name, Err(refusal.message)))),
        Err(error) => Err(error.into()),
    }
}

async fn text(mut field: Field<'_>, left: &mut usize) -> Result<String, Error> {
    let mut bytes = Vec::new();
    while let Some(piece) = in_time(field.chunk()).await? {
        *left = left.checked_sub(piece.len()).ok_or(Error::TooLarge)?;
        bytes.extend_from_slice(&piece);
    }
    String::from_utf8(bytes).map_err(|_| Error::Unreadable)
}
