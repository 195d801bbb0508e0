//! Archives that are office documents, looked into within limits.

use std::io::{BufReader, Read, Seek, copy, sink};

use quick_xml::events::Event;
use zip::ZipArchive;
use zip::result::ZipError;

use super::xml::{self, Doctype, Prolog};
use super::{FileType, HEAD_BYTES, Refused};
use crate::budget::Budget;
use crate::xml_in::{Malformed, Xml, attributes};
use crate::zip_in::{self, Unopened, count};

/// How much a file may hold that is looked through.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Parts in the archive.
    pub parts: usize,
    /// Bytes of all parts unpacked.
    pub unpacked_bytes: u64,
    /// Bytes of an XML file, which is held whole to be checked.
    pub xml_bytes: u64,
}

impl Limits {
    /// Of a material: a document of a thousand pages, each with its picture, stays below; unpacking it takes about a second. An
    /// e-invoice as data has some hundred kilobytes.
    pub const MATERIAL: Self = Self { parts: 10_000, unpacked_bytes: 256 << 20, xml_bytes: 16 << 20 };
}

/// What says of an office file which kind it is.
const CONTENT_TYPES: &str = "[Content_Types].xml";
const CONTENT_TYPES_MAX_BYTES: u64 = 1 << 20;
/// Words of the content types that mean macros, in small letters.
const MACROS: &[&str] = &["macroenabled", "vbaproject", "macrosheet"];
/// Content types of the main parts, in small letters.
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
const EXCEL: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
const SLIDES: &str = "application/vnd.openxmlformats-officedocument.presentationml.";
/// Endings of parts that are XML.
const XML: &[&str] = &[".xml", ".rels"];
/// Endings of parts that are web pages or drawings.
const PAGES: &[&str] = &[".svg", ".htm", ".html", ".xhtml"];
/// Endings of old office files and of encrypted ones.
const COMPOUND: &[&str] = &["doc", "dot", "xls", "xlt", "ppt", "wps", "et", "dps", "docx", "xlsx", "pptx", "docm", "xlsm"];

/// The type of an archive, every part of it unpacked to nowhere.
pub(super) fn inspect<R: Read + Seek>(file: &mut R, ending: &str, limits: &Limits) -> Result<FileType, Refused> {
    let mut archive = zip_in::open(file, limits.parts).map_err(|error| match error {
        Unopened::Entries => Refused::Parts(limits.parts),
        Unopened::Broken(error) => broken(error),
        Unopened::Read(error) => Refused::Read(error),
    })?;
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
    // Names of parts are the same in small letters: two programs may read two different lists of types.
    let named = |word: &str| archive.file_names_raw().filter(|name| name.to_ascii_lowercase().ends_with(word.as_bytes())).count();
    let (lists, projects) = (named("[content_types].xml"), named("vbaproject.bin"));
    let types = content_types(archive)?;
    if projects > 0 || types.iter().any(|kind| MACROS.iter().any(|word| kind.contains(word))) {
        return Err(Refused::Macros);
    }
    let has = |wanted: &str| types.iter().any(|kind| kind == wanted);
    match (has(WORD), has(EXCEL)) {
        _ if lists > 1 => Err(Refused::Broken),
        (true, _) => Ok(FileType::Docx),
        (_, true) => Ok(FileType::Xlsx),
        _ if types.iter().any(|kind| kind.starts_with(SLIDES)) => Err(Refused::Slides),
        _ => Err(Refused::Unknown),
    }
}

/// The types that an office file says its parts are of, in small letters. A list that cannot be read to its end says nothing.
fn content_types<R: Read + Seek>(archive: &mut ZipArchive<R>) -> Result<Vec<String>, Refused> {
    let budget = Budget::new(CONTENT_TYPES_MAX_BYTES);
    let part = archive.by_name(CONTENT_TYPES).map_err(broken)?;
    let (mut xml, mut types) = (Xml::new(BufReader::new(budget.reader(part))), Vec::new());
    let mut next = || -> Result<bool, Malformed> {
        match xml.event()? {
            Event::Start(start) => {
                let [kind] = attributes(&start, ["ContentType"])?;
                types.extend(kind.map(|kind| kind.trim().to_ascii_lowercase()));
                Ok(true)
            }
            event => Ok(!matches!(event, Event::Eof)),
        }
    };
    while next().map_err(|_| Refused::Broken)? {}
    Ok(types)
}

/// What an archive says of its own size need not be true; a part that does not match its sum is broken.
fn check_unpacked<R: Read + Seek>(archive: &mut ZipArchive<R>, most: u64) -> Result<(), Refused> {
    let budget = Budget::new(most);
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(broken)?;
        let name = part.name().map_err(broken)?.to_ascii_lowercase();
        let (mut unpacked, mut head) = (budget.reader(part), Vec::new());
        let read = unpacked.by_ref().take(HEAD_BYTES).read_to_end(&mut head).and_then(|_| copy(&mut unpacked, &mut sink()));
        read.map_err(|_| if budget.is_spent() { Refused::Unpacked(most >> 20) } else { Refused::Broken })?;
        check_part(&name, &head)?;
    }
    Ok(())
}

/// A part that is markup must not declare a document type: whatever opens the file follows it. Web pages and drawings inside a document
/// name theirs by habit; entities of their own they have no more than others.
fn check_part(name: &str, head: &[u8]) -> Result<(), Refused> {
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    match xml::prolog(head) {
        Prolog::Declared(Doctype::Bare) if ends(PAGES) => Ok(()),
        Prolog::Declared(_) => Err(Refused::Doctype),
        Prolog::Unread if ends(XML) && !head.trim_ascii().is_empty() => Err(Refused::Broken),
        Prolog::Plain | Prolog::Unread => Ok(()),
    }
}

fn broken(error: ZipError) -> Refused {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Refused::Encrypted,
        _ => Refused::Broken,
    }
}
