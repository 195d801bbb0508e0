//! Fonts in the file: only the glyphs that stand in the paper, and what each says when it is copied.

use std::collections::BTreeMap;

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Dict, Filter, Finish as _, Name, Pdf, Rect, Ref, Str};
use subsetter::GlyphRemapper;
use ttf_parser::{GlyphId, RawFace, Tag, name_id};

use super::glyph::Shaper;
use super::write::{Ids, packed};
use crate::font::Fonts;
use crate::paper::PaperError;

const IDENTITY: SystemInfo<'static> = SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };

/// Fonts used so far, and the numbers their glyphs get in the file.
#[derive(Default)]
pub(super) struct Embedded {
    used: BTreeMap<usize, GlyphRemapper>,
}

impl Embedded {
    /// How pages call a font.
    pub fn name(&mut self, font: usize) -> String {
        self.used.entry(font).or_default();
        format!("F{font}")
    }

    /// The two bytes that show a glyph.
    pub fn code(&mut self, font: usize, id: u16) -> [u8; 2] {
        self.used.entry(font).or_default().remap(id).to_be_bytes()
    }

    /// Writes the fonts; gives the object of each by its name.
    pub fn write(&self, pdf: &mut Pdf, ids: &mut Ids, fonts: &Fonts, shaper: &Shaper<'_>) -> Result<Vec<(String, Ref)>, PaperError> {
        self.used.iter().map(|(font, glyphs)| Ok((format!("F{font}"), write_font(pdf, ids, fonts, shaper, *font, glyphs)?))).collect()
    }
}

/// Names the fonts in the resources of pages.
pub(super) fn list(resources: &mut Dict<'_>, fonts: &[(String, Ref)]) {
    for (name, id) in fonts {
        resources.pair(Name(name.as_bytes()), *id);
    }
}

fn write_font(
    pdf: &mut Pdf,
    ids: &mut Ids,
    fonts: &Fonts,
    shaper: &Shaper<'_>,
    font: usize,
    glyphs: &GlyphRemapper,
) -> Result<Ref, PaperError> {
    let face = &shaper.faces()[font];
    let (bytes, index) = fonts.source(font);
    let subset = subsetter::subset(bytes, index, glyphs).map_err(|_| PaperError::FontFile)?;
    let outlines = RawFace::parse(&subset, 0).ok().and_then(|face| face.table(Tag::from_bytes(b"CFF ")));
    let [id, cid, descriptor, file, cmap] = [(); 5].map(|()| ids.next());
    let name = format!("{}+{}", tag(glyphs), postscript_name(face));
    let is_cff = outlines.is_some();
    pdf.type0_font(id).base_font(Name(name.as_bytes())).encoding_predefined(Name(b"Identity-H")).descendant_font(cid).to_unicode(cmap);
    write_widths(pdf, cid, descriptor, face, glyphs, &name, is_cff);
    write_descriptor(pdf, descriptor, file, face, &name, is_cff);
    write_file(pdf, file, outlines.unwrap_or(&subset), is_cff);
    write_cmap(pdf, cmap, shaper, font, glyphs);
    Ok(id)
}

fn write_widths(pdf: &mut Pdf, id: Ref, descriptor: Ref, face: &ttf_parser::Face<'_>, glyphs: &GlyphRemapper, name: &str, is_cff: bool) {
    let mut cid = pdf.cid_font(id);
    cid.subtype(if is_cff { CidFontType::Type0 } else { CidFontType::Type2 });
    cid.base_font(Name(name.as_bytes())).system_info(IDENTITY).font_descriptor(descriptor).default_width(1_000.0);
    if !is_cff {
        cid.cid_to_gid_map_predefined(Name(b"Identity"));
    }
    let per_em = |units: u16| f32::from(units) * 1_000.0 / f32::from(face.units_per_em());
    let width = |old: u16| per_em(face.glyph_hor_advance(GlyphId(old)).unwrap_or_default());
    cid.widths().consecutive(0, glyphs.remapped_gids().map(width));
}

fn write_descriptor(pdf: &mut Pdf, id: Ref, file: Ref, face: &ttf_parser::Face<'_>, name: &str, is_cff: bool) {
    let per_em = |units: i16| f32::from(units) * 1_000.0 / f32::from(face.units_per_em());
    let bounds = face.global_bounding_box();
    let mut descriptor = pdf.font_descriptor(id);
    descriptor.name(Name(name.as_bytes())).flags(FontFlags::SYMBOLIC).italic_angle(0.0).stem_v(80.0);
    descriptor.bbox(Rect::new(per_em(bounds.x_min), per_em(bounds.y_min), per_em(bounds.x_max), per_em(bounds.y_max)));
    descriptor.ascent(per_em(face.ascender())).descent(per_em(face.descender()));
    descriptor.cap_height(per_em(face.capital_height().unwrap_or(face.ascender())));
    if is_cff {
        descriptor.font_file3(file);
    } else {
        descriptor.font_file2(file);
    }
}

fn write_file(pdf: &mut Pdf, id: Ref, bytes: &[u8], is_cff: bool) {
    let packed = packed(bytes);
    let mut stream = pdf.stream(id, &packed);
    stream.filter(Filter::FlateDecode);
    if is_cff {
        stream.pair(Name(b"Subtype"), Name(b"CIDFontType0C"));
    } else {
        stream.pair(Name(b"Length1"), i32::try_from(bytes.len()).unwrap_or(i32::MAX));
    }
    stream.finish();
}

fn write_cmap(pdf: &mut Pdf, id: Ref, shaper: &Shaper<'_>, font: usize, glyphs: &GlyphRemapper) {
    let mut cmap = UnicodeCmap::new(Name(b"Custom"), IDENTITY);
    for (new, old) in (0_u16..).zip(glyphs.remapped_gids()) {
        if let Some(character) = shaper.spoken(font, old) {
            cmap.pair(new, character);
        }
    }
    let text = packed(cmap.finish().as_slice());
    pdf.cmap(id, &text).filter(Filter::FlateDecode);
}

/// Six letters that tell subsets of a font apart, from the glyphs themselves (FNV-1a).
fn tag(glyphs: &GlyphRemapper) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for glyph in glyphs.remapped_gids() {
        hash = (hash ^ u64::from(glyph)).wrapping_mul(0x100_0000_01b3);
    }
    (0..6).map(|place| char::from(b'A' + u8::try_from((hash >> (8 * place)) % 26).unwrap_or_default())).collect()
}

fn postscript_name(face: &ttf_parser::Face<'_>) -> String {
    let names = face.names().into_iter().filter(|name| name.name_id == name_id::POST_SCRIPT_NAME);
    names.filter_map(|name| name.to_string()).next().unwrap_or_else(|| "Font".to_owned())
}
