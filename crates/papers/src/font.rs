//! Fonts a PDF embeds: free ones, handed in as bytes; whoever calls finds them on the machine.
//!
//! Invariant: a character without a glyph is an error that names it. There are no empty boxes.

use ttf_parser::{Permissions, name_id};

use crate::paper::{Face, PaperError};

/// The Debian package with all families that are needed, and with the rare characters of names.
pub const INSTALL: &str = "fonts-noto-cjk";
/// The files of that package that the faces are taken from.
pub const FILES: [&str; 3] = ["NotoSerifCJK-Regular.ttc", "NotoSerifCJK-Bold.ttc", "NotoSansCJK-Bold.ttc"];

const HEAVY: u16 = 600;

/// Free families that a face is drawn in, the preferred first, and whether in their heavy weight.
fn families(face: Face) -> (&'static [&'static str], bool) {
    const SERIF: &[&str] = &["Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC"];
    const SANS: &[&str] = &["Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC"];
    const KAI: &[&str] = &["LXGW WenKai GB", "LXGW WenKai", "AR PL UKai CN", "Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC"];
    match face {
        Face::Fang => (SERIF, false),
        Face::Song => (SERIF, true),
        Face::Hei => (SANS, true),
        Face::Kai => (KAI, false),
    }
}

/// Fonts at hand.
#[derive(Debug)]
pub struct Fonts {
    files: Vec<Vec<u8>>,
    known: Vec<Known>,
    /// For each face of [`Face::ALL`] all known fonts, the preferred first.
    order: [Vec<usize>; 4],
}

/// A font in one of the files.
#[derive(Debug)]
struct Known {
    file: usize,
    index: u32,
    family: String,
    heavy: bool,
}

impl Fonts {
    /// Takes the fonts that papers use out of font files or collections, such as [`FILES`].
    ///
    /// # Errors
    /// [`PaperError::FontFile`] for what is no font, [`PaperError::NoFont`] where a face has none.
    pub fn read(files: Vec<Vec<u8>>) -> Result<Self, PaperError> {
        let mut known = Vec::new();
        for (file, bytes) in files.iter().enumerate() {
            for index in 0..ttf_parser::fonts_in_collection(bytes).unwrap_or(1) {
                known.extend(read(bytes, file, index)?);
            }
        }
        let mut order = [const { Vec::new() }; 4];
        for face in Face::ALL {
            order[face as usize] = ordered(face, &known)?;
        }
        Ok(Self { files, known, order })
    }

    /// Characters no font at hand has.
    ///
    /// # Errors
    /// [`PaperError::FontFile`] if a font broke since it was read, which cannot be.
    pub fn missing(&self, text: &str) -> Result<Vec<char>, PaperError> {
        let faces = self.faces()?;
        let lacks =
            |character: &char| !is_invisible(*character) && !faces.iter().any(|face| face.glyph_index(drawn_as(*character)).is_some());
        Ok(crate::paper::printable(text).filter(|character| *character != '\n').filter(lacks).collect())
    }

    /// All fonts, in the order that [`Fonts::order`] counts in.
    pub(crate) fn faces(&self) -> Result<Vec<ttf_parser::Face<'_>>, PaperError> {
        let parse = |known: &Known| ttf_parser::Face::parse(&self.files[known.file], known.index).map_err(|_| PaperError::FontFile);
        self.known.iter().map(parse).collect()
    }

    /// All fonts for a face, the preferred first.
    pub(crate) fn order(&self, face: Face) -> &[usize] {
        &self.order[face as usize]
    }

    /// File and index of a font.
    pub(crate) fn source(&self, font: usize) -> (&[u8], u32) {
        let known = &self.known[font];
        (&self.files[known.file], known.index)
    }
}

/// The font, if a face is drawn in its family and its makers allow to embed it.
fn read(bytes: &[u8], file: usize, index: u32) -> Result<Option<Known>, PaperError> {
    let face = ttf_parser::Face::parse(bytes, index).map_err(|_| PaperError::FontFile)?;
    let wanted = |family: &String| Face::ALL.iter().any(|face| families(*face).0.contains(&family.as_str()));
    let mut names = face.names().into_iter().filter(|name| [name_id::FAMILY, name_id::TYPOGRAPHIC_FAMILY].contains(&name.name_id));
    let family = names.find_map(|name| name.to_string().filter(wanted));
    let allowed = face.permissions() != Some(Permissions::Restricted) && face.is_subsetting_allowed();
    Ok(family.filter(|_| allowed).map(|family| Known { file, index, family, heavy: face.weight().to_number() >= HEAVY }))
}

fn ordered(face: Face, known: &[Known]) -> Result<Vec<usize>, PaperError> {
    let (families, heavy) = families(face);
    let preference = |known: &Known| families.iter().position(|family| *family == known.family && known.heavy == heavy);
    let mut order: Vec<usize> = (0..known.len()).collect();
    order.sort_by_key(|font| preference(&known[*font]).unwrap_or(usize::MAX));
    match order.first() {
        Some(first) if preference(&known[*first]).is_some() => Ok(order),
        _ => Err(PaperError::NoFont { families: families.to_vec(), install: INSTALL }),
    }
}

/// Characters that show nothing by themselves: joiners, marks of direction, selectors of a variant.
pub(crate) fn is_invisible(character: char) -> bool {
    matches!(
        u32::from(character),
        0xad | 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x2064 | 0xfe00..=0xfe0f | 0xfeff | 0xe0100..=0xe01ef
    )
}

/// Boxes to tick are drawn as a square, whatever stands in it on top.
pub(crate) fn drawn_as(character: char) -> char {
    if matches!(character, '☐' | '☑' | '☒') { '□' } else { character }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_to_install_is_named() {
        let error = Fonts::read(Vec::new()).unwrap_err();
        assert_eq!(error.to_string(), "缺少字体（Noto Serif CJK SC、Source Han Serif SC、Noto Serif SC），请安装 fonts-noto-cjk");
        assert!(matches!(Fonts::read(vec![b"no font".to_vec()]), Err(PaperError::FontFile)));
    }
}
