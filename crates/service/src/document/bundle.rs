//! Several papers and files in one ZIP, made piece by piece while it is sent.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use papers::Archive;
use papers::paper::Paper;
use store::files::{Blob, Digest};

use super::pictures::with_pictures;
use super::press::{Press, broken};
use crate::paper::Files;
use crate::saved_name::harmless;
use crate::{ServiceError, compiled_once};

/// What is packed, in order.
enum Item {
    Paper(String, Box<Paper>),
    Text(String, String),
    Upload(String, String),
}

/// A ZIP that is made while it is sent.
pub struct Bundle {
    /// What it is called, without ending.
    pub name: String,
    press: Press,
    files: Option<Files>,
    waiting: VecDeque<Item>,
    current: Option<Blob>,
    written: Written,
    archive: Option<Archive<Written>>,
}

/// What was packed and not sent yet.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Write for Written {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(piece);
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Written {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Bundle {
    /// An empty one.
    pub(super) fn new(name: String, press: Press) -> Self {
        let written = Written::default();
        let archive = Some(Archive::new(written.clone()));
        Self { name, press, files: None, waiting: VecDeque::new(), current: None, written, archive }
    }

    /// Where uploaded files are.
    pub(super) fn with_files(self, files: &Files) -> Self {
        Self { files: Some(files.clone()), ..self }
    }

    /// With a paper, as PDF.
    pub(super) fn paper(&mut self, name: &str, paper: Paper) {
        self.waiting.push_back(Item::Paper(format!("{}.pdf", harmless(name)), Box::new(paper)));
    }

    /// With a text.
    pub(super) fn text(&mut self, name: &str, text: String) {
        self.waiting.push_back(Item::Text(name.to_owned(), text));
    }

    /// With an uploaded file, by its digest.
    pub(super) fn upload(&mut self, name: &str, digest: &str) {
        self.waiting.push_back(Item::Upload(name.to_owned(), digest.to_owned()));
    }

    /// The next piece; none at the end.
    ///
    /// # Errors
    /// A font lacks a character, the disk fails, or a file is gone.
    #[compiled_once]
    pub async fn piece(&mut self) -> Result<Option<Vec<u8>>, ServiceError> {
        loop {
            let piece = self.written.take();
            if !piece.is_empty() {
                return Ok(Some(piece));
            }
            let Some(mut archive) = self.archive.take() else { return Ok(None) };
            if self.step(&mut archive).await? {
                self.archive = Some(archive);
            } else {
                archive.finish().map_err(broken)?;
            }
        }
    }

    /// One step on; no more at the end.
    async fn step(&mut self, archive: &mut Archive<Written>) -> Result<bool, ServiceError> {
        if let Some(blob) = &mut self.current {
            match blob.piece().await? {
                Some(piece) => archive.write(&piece).map_err(broken)?,
                None => self.current = None,
            }
            return Ok(true);
        }
        match self.waiting.pop_front() {
            None => return Ok(false),
            Some(Item::Text(name, text)) => add(archive, &name, true, text.as_bytes())?,
            Some(Item::Paper(name, paper)) => {
                let paper = match &self.files {
                    Some(files) => with_pictures(files, *paper).await?,
                    None => *paper,
                };
                add(archive, &name, false, &self.press.pdf(&paper)?)?;
            }
            Some(Item::Upload(name, digest)) => {
                archive.begin(&name, false).map_err(broken)?;
                self.current = Some(self.blob(&digest).await?);
            }
        }
        Ok(true)
    }

    async fn blob(&self, digest: &str) -> Result<Blob, ServiceError> {
        let files = self.files.as_ref().ok_or(ServiceError::Broken)?;
        let digest: Digest = digest.parse().map_err(|_| ServiceError::Broken)?;
        files.blobs.open(&digest).await?.ok_or(ServiceError::Broken)
    }
}

fn add(archive: &mut Archive<Written>, name: &str, packed: bool, bytes: &[u8]) -> Result<(), ServiceError> {
    archive.begin(name, packed).map_err(broken)?;
    archive.write(bytes).map_err(broken)
}
