//! Where contents are and who scans them.

use std::path::Path;

use store::StoreError;
use store::files::{Blobs, Scanner};

/// Made once at the edge and handed to every use case.
#[derive(Clone, Debug)]
pub struct Files {
    /// Where contents are.
    pub blobs: Blobs,
    /// Who looks for viruses.
    pub scanner: Scanner,
}

impl Files {
    /// Contents in a folder, scanned by the clamd at `HOST:PORT` or a socket's path, if one is named.
    ///
    /// # Errors
    /// The folder cannot be created.
    pub fn open(folder: &Path, clamd: Option<&str>) -> Result<Self, StoreError> {
        Ok(Self { blobs: Blobs::on_disk(folder)?, scanner: Scanner::of_setting(clamd) })
    }
}
