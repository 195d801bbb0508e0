//! Texts that are kept: what a page or a paper says changes only on purpose.

use std::path::Path;

/// Holds a text against the kept one; with `WRITE_SNAPSHOTS` it is kept instead.
///
/// # Panics
/// If they differ, with the first lines that do.
pub fn compare(kept: &Path, made: &str) {
    if std::env::var_os("WRITE_SNAPSHOTS").is_some() {
        std::fs::create_dir_all(kept.parent().unwrap_or(kept)).unwrap_or_else(|error| panic!("{}: {error}", kept.display()));
        std::fs::write(kept, made).unwrap_or_else(|error| panic!("{}: {error}", kept.display()));
    }
    let was = std::fs::read_to_string(kept).unwrap_or_default();
    let differs = was.lines().zip(made.lines()).find(|(was, made)| was != made);
    assert!(was == made, "{} differs from what is kept: {differs:?}", kept.display());
}
