//! Archives that are office documents, looked into within limits.

use std::io::{Read, Seek, SeekFrom, copy, sink};

use zip::ZipArchive;
use zip::result::ZipError;

use super::{FileType, Refused};

/// How much an office file may hold.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Parts in the archive.
    pub parts: usize,
    /// Bytes of all parts unpacked.
    pub unpacked_bytes: u64,
}

impl Limits {
    /// Of a material: a document of a thousand pages, each with its picture, stays below; unpacking it takes about a second.
    pub const MATERIAL: Self = Self { parts: 10_000, unpacked_bytes: 256 << 20 };
}

/// What says of an office file which kind it is.
const CONTENT_TYPES: &str = "[Content_Types].xml";
const CONTENT_TYPES_MAX_BYTES: u64 = 1 << 20;
/// Words of the content types that mean macros, in small letters.
const MACROS: &[&str] = &["macroenabled", "vbaproject", "macrosheet"];
/// Every entry of an archive's directory begins so.
pub(crate) const DIRECTORY_ENTRY: &[u8; 4] = b"PK\x01\x02";
/// Endings of old office files and of encrypted ones.
const COMPOUND: &[&str] = &["doc", "dot", "xls", "xlt", "ppt", "wps", "et", "dps", "docx", "xlsx", "pptx", "docm", "xlsm"];

/// The type of an archive, every part of it unpacked to nowhere.
pub(super) fn inspect<R: Read + Seek>(file: &mut R, ending: &str, limits: &Limits) -> Result<FileType, Refused> {
    if count(file, DIRECTORY_ENTRY)? > limits.parts {
        return Err(Refused::Parts(limits.parts));
    }
    let mut archive = ZipArchive::new(file).map_err(broken)?;
    // Two programs may read two different parts under one name.
    if archive.has_duplicate_names() {
        return Err(Refused::Broken);
    }
    let found = kind(&mut archive, ending)?;
    check_unpacked(&mut archive, limits.unpacked_bytes)?;
    Ok(found)
}

/// Why a compound file is refused.
pub(super) fn compound<R: Read + Seek>(file: &mut R, ending: &str) -> Refused {
    let encrypted: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    match count(file, &encrypted) {
        Err(error) => Refused::Read(error),
        Ok(1..) => Refused::Encrypted,
        Ok(0) if COMPOUND.contains(&ending) => Refused::OldOffice,
        Ok(0) if ending == "msi" => Refused::Executable,
        Ok(0) => Refused::Unknown,
    }
}

/// How often a word stands in a file. More entries than words cannot be read from it, whichever of its directories a
/// program takes; so an archive's directory is known to be small before it is read.
pub(crate) fn count<R: Read + Seek>(file: &mut R, word: &[u8]) -> Result<usize, std::io::Error> {
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

fn kind<R: Read + Seek>(archive: &mut ZipArchive<R>, ending: &str) -> Result<FileType, Refused> {
    let has = |part: &str| archive.index_for_name(part).is_some();
    if has(CONTENT_TYPES) {
        return microsoft(archive);
    }
    if has("OFD.xml") {
        return Ok(FileType::Ofd);
    }
    if has("META-INF/MANIFEST.MF") || has("AndroidManifest.xml") {
        return Err(Refused::Executable);
    }
    let promised = FileType::ALL.into_iter().any(|one| one.endings().contains(&ending));
    Err(if promised { Refused::Broken } else { Refused::Archive })
}

fn microsoft<R: Read + Seek>(archive: &mut ZipArchive<R>) -> Result<FileType, Refused> {
    let mut types = Vec::new();
    archive.by_name(CONTENT_TYPES).map_err(broken)?.take(CONTENT_TYPES_MAX_BYTES).read_to_end(&mut types).map_err(|_| Refused::Broken)?;
    let types = String::from_utf8_lossy(&types).to_ascii_lowercase();
    let project = archive.file_names_raw().any(|name| name.to_ascii_lowercase().ends_with(b"vbaproject.bin"));
    if project || MACROS.iter().any(|word| types.contains(word)) {
        return Err(Refused::Macros);
    }
    if types.contains("wordprocessingml.document.main+xml") {
        Ok(FileType::Docx)
    } else if types.contains("spreadsheetml.sheet.main+xml") {
        Ok(FileType::Xlsx)
    } else if types.contains("presentationml") {
        Err(Refused::Slides)
    } else {
        Err(Refused::Unknown)
    }
}

/// What an archive says of its own size need not be true; a part that does not match its sum is broken.
fn check_unpacked<R: Read + Seek>(archive: &mut ZipArchive<R>, most: u64) -> Result<(), Refused> {
    let mut left = most;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(broken)?;
        let unpacked = copy(&mut part.take(left + 1), &mut sink()).map_err(|_| Refused::Broken)?;
        left = left.checked_sub(unpacked).ok_or(Refused::Unpacked(most >> 20))?;
    }
    Ok(())
}

fn broken(error: ZipError) -> Refused {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Refused::Encrypted,
        _ => Refused::Broken,
    }
}
