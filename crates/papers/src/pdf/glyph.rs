//! From characters to glyphs with their widths.

use std::collections::HashMap;

use ttf_parser::GlyphId;

use crate::font::{Fonts, INSTALL, drawn_as, is_invisible};
use crate::paper::{Face, Look, PaperError, Span, printable};

/// A character as it is drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyph {
    pub character: char,
    pub shape: Shape,
    /// Height of its type.
    pub size_mpt: i32,
    /// To the next character.
    pub advance_mpt: i32,
    /// A line under it.
    pub underlined: bool,
    /// No line ends before it.
    pub joined: bool,
}

/// Which glyph of which font.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    pub font: usize,
    pub id: u16,
    /// Width in thousandths of its height.
    pub width: i32,
    /// What copying it must give, where the glyph alone would give another character.
    pub spoken: bool,
    /// Drawn over it: the tick in a box, and how far in, in thousandths.
    pub over: Option<(u16, i32)>,
}

/// Finds glyphs.
pub(super) struct Shaper<'a> {
    fonts: &'a Fonts,
    faces: Vec<ttf_parser::Face<'a>>,
    found: HashMap<(Face, char), Shape>,
    /// What each glyph gives when copied: the first character that used it.
    spoken: HashMap<(usize, u16), char>,
}

impl<'a> Shaper<'a> {
    pub fn new(fonts: &'a Fonts) -> Result<Self, PaperError> {
        Ok(Self { fonts, faces: fonts.faces()?, found: HashMap::new(), spoken: HashMap::new() })
    }

    /// The glyphs of passages, each line by itself.
    pub fn lines(&mut self, spans: &[Span], look: Look) -> Result<Vec<Vec<Glyph>>, PaperError> {
        let mut lines = vec![Vec::new()];
        for span in spans {
            let look = Look { face: span.face.unwrap_or(look.face), ..look };
            let from = lines.last().map_or(0, Vec::len);
            let mut last = None;
            for character in printable(&span.text) {
                match (character, lines.last_mut()) {
                    ('\n', _) => lines.push(Vec::new()),
                    (_, Some(line)) => self.push(line, character, last, look, span.underlined)?,
                    (_, None) => {}
                }
                last = Some(character);
            }
            if let Some(line) = lines.last_mut().filter(|_| span.whole) {
                line.iter_mut().skip(from + 1).for_each(|glyph| glyph.joined = true);
            }
        }
        Ok(lines)
    }

    fn push(
        &mut self,
        line: &mut Vec<Glyph>,
        character: char,
        before: Option<char>,
        look: Look,
        underlined: bool,
    ) -> Result<(), PaperError> {
        if is_invisible(character) {
            self.vary(line, before, character);
            return Ok(());
        }
        let shape = self.shape(look.face, character)?;
        let advance_mpt = shape.width * look.size_mpt / 1_000 + look.tracking_mpt;
        line.push(Glyph { character, shape, size_mpt: look.size_mpt, advance_mpt, underlined, joined: false });
        Ok(())
    }

    /// A selector after a character asks for a variant of its glyph, drawn if the font has it.
    fn vary(&self, line: &mut [Glyph], before: Option<char>, selector: char) {
        let (Some(glyph), Some(character)) = (line.last_mut(), before) else { return };
        if let Some(variant) = self.faces[glyph.shape.font].glyph_variation_index(character, selector) {
            glyph.shape.spoken |= variant.0 != glyph.shape.id;
            glyph.shape.id = variant.0;
        }
    }

    fn shape(&mut self, face: Face, character: char) -> Result<Shape, PaperError> {
        if let Some(shape) = self.found.get(&(face, character)) {
            return Ok(*shape);
        }
        let drawn = drawn_as(character);
        let order = self.fonts.order(face);
        let found = order.iter().find_map(|font| Some((*font, self.faces[*font].glyph_index(drawn)?)));
        let (font, id) = found.ok_or(PaperError::NoGlyph { character, install: INSTALL })?;
        let width = self.width(font, id);
        let says = *self.spoken.entry((font, id.0)).or_insert(drawn);
        let over = self.over(font, character, width);
        let shape = Shape { font, id: id.0, width, spoken: says != character, over };
        self.found.insert((face, character), shape);
        Ok(shape)
    }

    fn width(&self, font: usize, id: GlyphId) -> i32 {
        let face = &self.faces[font];
        let units = i32::from(face.glyph_hor_advance(id).unwrap_or_default());
        units * 1_000 / i32::from(face.units_per_em()).max(1)
    }

    /// The mark in a ticked box, in the middle of it.
    fn over(&mut self, font: usize, character: char, width: i32) -> Option<(u16, i32)> {
        let mark = match character {
            '☑' => '✓',
            '☒' => '×',
            _ => return None,
        };
        let id = self.faces[font].glyph_index(mark)?;
        self.spoken.entry((font, id.0)).or_insert(mark);
        Some((id.0, (width - self.width(font, id)) / 2))
    }

    /// Fonts, for embedding.
    pub fn faces(&self) -> &[ttf_parser::Face<'a>] {
        &self.faces
    }

    /// What a glyph gives when copied.
    pub fn spoken(&self, font: usize, id: u16) -> Option<char> {
        self.spoken.get(&(font, id)).copied()
    }
}
