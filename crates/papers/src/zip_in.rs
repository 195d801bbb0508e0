//! Archives from outside: known to be small and of one reading before anything in them is read.

use std::io::{self, Read, Seek, SeekFrom};

use zip::ZipArchive;
use zip::result::ZipError;

/// Every entry of an archive's directory begins so.
const DIRECTORY_ENTRY: &[u8; 4] = b"PK\x01\x02";

/// Why an archive is not opened.
#[derive(Debug)]
pub(crate) enum Unopened {
    /// More entries than asked for.
    Entries,
    /// No archive, a damaged one, or one that two programs may read in two ways: two entries of one name or in one place.
    Broken(ZipError),
    /// The disk failed, not the file.
    Read(io::Error),
}

/// Opens an archive of so many entries at most.
pub(crate) fn open<R: Read + Seek>(mut file: R, most: usize) -> Result<ZipArchive<R>, Unopened> {
    // The directory is counted before it is read: whatever it says of itself, it cannot hold more.
    if count(&mut file, DIRECTORY_ENTRY).map_err(Unopened::Read)? > most {
        return Err(Unopened::Entries);
    }
    let mut archive = ZipArchive::new(file).map_err(Unopened::Broken)?;
    // Entries that share bytes are read once for each, whatever the file's own size is.
    if archive.has_duplicate_names() || archive.has_overlapping_entries().map_err(Unopened::Broken)? {
        return Err(Unopened::Broken(ZipError::InvalidArchive("two entries in one place".into())));
    }
    Ok(archive)
}

/// How often a word stands in a file. More entries than words cannot be read from it, whichever of its directories a
/// program takes.
pub(crate) fn count<R: Read + Seek>(file: &mut R, word: &[u8]) -> Result<usize, io::Error> {
    file.seek(SeekFrom::Start(0))?;
    let (mut found, mut piece) = (0, Vec::new());
    loop {
        let carried = piece.len().min(word.len() - 1);
        piece.drain(..piece.len() - carried);
        if file.by_ref().take(256 << 10).read_to_end(&mut piece)? == 0 {
            return Ok(found);
        }
        found += piece.windows(word.len()).filter(|here| here[0] == word[0] && *here == word).count();
    }
}
