//! What a file is by its content, and whether it can be taken as a material (申报材料).
//!
//! An own list of first bytes and not the `infer` crate: seven types are taken, and `infer` takes an OFD for a plain archive,
//! knows no macros and no open passwords, and guesses at HTML and XML. What is refused gets a sentence of its own, so that
//! whoever uploads it knows what to do instead.
//!
//! Nothing of a file is run, shown or followed here: XML is held against its rules and has no document type, archives are unpacked to
//! nowhere.

mod magic;
mod name;
mod office;
mod refused;
mod xml;

use std::io::{Read, Seek, SeekFrom};

pub use name::{NAME_MAX_CHARS, plain};
pub use office::Limits;
pub use refused::Refused;

/// Bytes that are looked at before an archive is opened; an XML file has its first element within them.
const HEAD_BYTES: u64 = 64 * 1024;

/// The types that are taken: what reviewers can open anywhere and an archive can keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileType {
    /// Documents, scans, e-invoices.
    Pdf,
    /// Screenshots.
    Png,
    /// Photographs and scans.
    Jpeg,
    /// Word documents without macros.
    Docx,
    /// Excel tables without macros.
    Xlsx,
    /// Documents by GB/T 33190, e-invoices among them.
    Ofd,
    /// E-invoices as data.
    Xml,
}

impl FileType {
    /// Every type.
    pub const ALL: [Self; 7] = [Self::Pdf, Self::Png, Self::Jpeg, Self::Docx, Self::Xlsx, Self::Ofd, Self::Xml];

    /// The type by its media type.
    pub fn of_media_type(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.media_type() == text)
    }

    /// As HTTP names it.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Ofd => "application/ofd",
            Self::Xml => "application/xml",
        }
    }

    /// The endings a name may have, the usual one first.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Png => &["png"],
            Self::Jpeg => &["jpg", "jpeg", "jpe", "jfif"],
            Self::Docx => &["docx"],
            Self::Xlsx => &["xlsx"],
            Self::Ofd => &["ofd"],
            Self::Xml => &["xml"],
        }
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Png => "PNG 图片",
            Self::Jpeg => "JPG 图片",
            Self::Docx => "Word 文档",
            Self::Xlsx => "Excel 表格",
            Self::Ofd => "OFD",
            Self::Xml => "XML 文件",
        }
    }

    /// Whether it is a picture.
    pub fn is_picture(self) -> bool {
        matches!(self, Self::Png | Self::Jpeg)
    }

    /// Whether every browser shows it by itself; all others are downloaded.
    pub fn is_shown(self) -> bool {
        self.is_picture() || self == Self::Pdf
    }
}

/// The type of a file, by its content; the ending of its name has to say the same.
///
/// A picture under another picture's ending is taken, for telephones and chat programs name them so and nobody can rename a
/// file there; [`plain`] gives it the right one.
///
/// # Errors
/// What is wrong and what to do.
pub fn sniff<R: Read + Seek>(name: &str, file: &mut R) -> Result<FileType, Refused> {
    sniff_within(name, file, &Limits::MATERIAL)
}

/// As [`sniff`], with other limits on what an archive may unpack to.
///
/// # Errors
/// What is wrong and what to do.
pub fn sniff_within<R: Read + Seek>(name: &str, file: &mut R, limits: &Limits) -> Result<FileType, Refused> {
    let mut head = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.by_ref().take(HEAD_BYTES).read_to_end(&mut head)?;
    let ending = name::ending(name);
    let found = match magic::of(&head)? {
        magic::Kind::Is(found) => found,
        magic::Kind::Zip => office::inspect(file, &ending, limits)?,
        magic::Kind::Compound => return Err(office::compound(file, &ending)),
        magic::Kind::Markup => {
            let found = xml::inspect(&head)?;
            xml::check_whole(file, limits.xml_bytes)?;
            found
        }
        magic::Kind::Unknown => return Err(Refused::Unknown),
    };
    agrees(found, &ending)?;
    Ok(found)
}

fn agrees(found: FileType, ending: &str) -> Result<(), Refused> {
    let is = |one: FileType| one.endings().contains(&ending);
    let picture = found.is_picture() && FileType::ALL.into_iter().any(|one| one.is_picture() && is(one));
    if ending.is_empty() || is(found) || picture {
        return Ok(());
    }
    Err(Refused::Mismatch { ending: ending.to_owned(), found: found.label(), right: found.endings()[0] })
}

#[cfg(test)]
mod tests;
