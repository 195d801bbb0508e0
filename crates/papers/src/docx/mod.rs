//! A paper as DOCX: the few parts of Office Open XML (ISO/IEC 29500, transitional) that a paper needs, written directly.
//!
//! Invariant: the same paper gives the same bytes; no clock, no random id.

mod body;
mod foot;
mod parts;
mod picture;
mod run;
mod styles;
mod table;

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;

use crate::paper::{Paper, PaperError};

/// How it is called when it is sent.
pub const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// The paper as the bytes of a DOCX file.
///
/// # Errors
/// [`PaperError::Table`] as every rendering; [`PaperError::Zip`] and [`PaperError::Io`] if it cannot be packed.
pub fn docx(paper: &Paper) -> Result<Vec<u8>, PaperError> {
    paper.proven()?;
    let (document, pictures) = body::document(paper);
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts::parts(paper, &document, &pictures) {
        add(&mut zip, name, text.as_bytes())?;
    }
    for (number, picture) in (1..).zip(pictures) {
        add(&mut zip, &picture::path(number, picture), picture.bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

fn add(zip: &mut zip::ZipWriter<Cursor<Vec<u8>>>, name: &str, bytes: &[u8]) -> Result<(), PaperError> {
    // DOS time begins in 1980: the same file whenever it is made
    zip.start_file(name, SimpleFileOptions::default().last_modified_time(zip::DateTime::default()))?;
    Ok(zip.write_all(bytes)?)
}

/// A twentieth of a point.
const TWIP_MPT: i32 = 50;

/// Twentieths of a point from micrometres.
fn twips_um(um: i32) -> i32 {
    // 1440 to an inch of 25,400 µm
    um * 72 / 1_270
}

/// Twentieths of a point from thousandths of one.
fn twips(mpt: i32) -> i32 {
    mpt.div_euclid(TWIP_MPT)
}
