//! Several files in one, packed while it is sent: nothing but the piece at hand is held.

use std::io::Write;

use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, StreamWriter};

use crate::paper::PaperError;

/// A ZIP that is being written.
pub struct Archive<W: Write>(zip::ZipWriter<StreamWriter<W>>);

impl<W: Write> Archive<W> {
    /// An empty one.
    pub fn new(to: W) -> Self {
        Self(zip::ZipWriter::new_stream(to))
    }

    /// Begins a file; `packed` where packing makes it smaller, which it does not for PDF and pictures.
    ///
    /// # Errors
    /// [`PaperError::Zip`] if the name is there already or nothing can be written.
    pub fn begin(&mut self, name: &str, packed: bool) -> Result<(), PaperError> {
        let method = if packed { CompressionMethod::Deflated } else { CompressionMethod::Stored };
        // DOS time begins in 1980: the same file whenever it is made
        let options = SimpleFileOptions::default().compression_method(method).last_modified_time(zip::DateTime::default());
        Ok(self.0.start_file(name, options)?)
    }

    /// Writes a piece of the file that was begun last.
    ///
    /// # Errors
    /// [`PaperError::Io`] if nothing can be written.
    pub fn write(&mut self, piece: &[u8]) -> Result<(), PaperError> {
        Ok(self.0.write_all(piece)?)
    }

    /// Ends it.
    ///
    /// # Errors
    /// [`PaperError::Zip`] if nothing can be written.
    pub fn finish(self) -> Result<(), PaperError> {
        self.0.finish()?;
        Ok(())
    }
}
