//! First bytes.

use super::{FileType, Refused};

/// What the first bytes say.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// One of the types that are taken.
    Is(FileType),
    /// An archive: an office file, or refused.
    Zip,
    /// A compound file: an old office file, or an encrypted one.
    Compound,
    /// Text that begins with `<`.
    Markup,
    /// Anything else.
    Unknown,
}

/// First bytes of what can be taken.
const TAKEN: &[(&[u8], Kind)] = &[
    (b"\x89PNG\r\n\x1a\n", Kind::Is(FileType::Png)),
    (b"\xff\xd8\xff", Kind::Is(FileType::Jpeg)),
    (b"PK\x03\x04", Kind::Zip),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind::Compound),
];

/// First bytes of programs: Windows, Linux, macOS (four byte orders, Java's class files among them), scripts, shortcuts.
const PROGRAMS: &[&[u8]] = &[
    b"MZ",
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"#!",
    b"L\0\0\0\x01\x14\x02\0",
];

/// First bytes of archives; `PK\5\6` is one without entries.
const ARCHIVES: &[&[u8]] =
    &[b"PK\x05\x06", b"PK\x07\x08", b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd"];

/// First bytes of pictures that are not taken. TIFF has two byte orders.
const PICTURES: &[(&[u8], &str)] = &[(b"GIF8", "GIF"), (b"BM", "BMP"), (b"II*\0", "TIFF"), (b"MM\0*", "TIFF")];

/// Brands of HEIF, what some telephones write by default.
const HEIF: &[&[u8]] = &[b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"heis", b"avif"];

/// What a file is by its first bytes.
pub(super) fn of(head: &[u8]) -> Result<Kind, Refused> {
    if head.is_empty() {
        return Err(Refused::Empty);
    }
    let begins = |with: &&[u8]| head.starts_with(with);
    if PROGRAMS.iter().any(begins) {
        return Err(Refused::Executable);
    }
    if ARCHIVES.iter().any(begins) {
        return Err(Refused::Archive);
    }
    if let Some(picture) = picture(head) {
        return Err(Refused::Picture(picture));
    }
    let taken = TAKEN.iter().find(|(with, _)| begins(with));
    Ok(match taken {
        Some((_, Kind::Is(found))) => Kind::Is(*found),
        Some((_, Kind::Zip)) => Kind::Zip,
        Some(_) => Kind::Compound,
        None => text(head),
    })
}

fn picture(head: &[u8]) -> Option<&'static str> {
    if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") {
        return Some("WebP");
    }
    let brand = head.get(8..12).unwrap_or_default();
    if head.get(4..8) == Some(b"ftyp") && HEIF.contains(&brand) {
        return Some("HEIC");
    }
    PICTURES.iter().find(|(with, _)| head.starts_with(with)).map(|(_, name)| *name)
}

/// A PDF may have blanks before its head, and so may markup; both a byte order mark.
fn text(head: &[u8]) -> Kind {
    let utf_16 = [&b"\xff\xfe<\0"[..], b"\xfe\xff\0<"].iter().any(|with| head.starts_with(with));
    let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    if start.starts_with(b"%PDF-") {
        Kind::Is(FileType::Pdf)
    } else if utf_16 || start.starts_with(b"<") {
        Kind::Markup
    } else {
        Kind::Unknown
    }
}
