//! Blocks one after the other down the pages.

use pdf_writer::types::StructRole;

use super::glyph::Shaper;
use super::lines::{self, Column, Line};
use super::page::{Area, Mark, Page, What};
use super::pieces;
use super::tree::{ROOT, Tree};
use crate::font::Fonts;
use crate::paper::{BODY, Block, Level, Look, Paper, PaperError, Paragraph, Picture, heading_look};

/// Pages as they fill.
pub(super) struct Flow<'a> {
    pub shaper: Shaper<'a>,
    pub area: Area,
    pub pages: Vec<Page>,
    pub tree: Tree,
    pub pictures: Vec<&'a Picture>,
    /// How far the last page is full.
    pub y_mpt: i32,
    /// What waits for what it must share a page with.
    held: Vec<Unit>,
}

/// Something that no page break divides.
pub(super) struct Unit {
    pub height_mpt: i32,
    /// Places count from its top.
    pub marks: Vec<Mark>,
    /// On one page with the next.
    pub keep_next: bool,
}

impl Unit {
    pub fn space(height_mpt: i32, keep_next: bool) -> Self {
        Self { height_mpt, marks: Vec::new(), keep_next }
    }
}

/// From the top of a line to its baseline: the square of the character in the middle.
pub(super) fn baseline(look: Look) -> i32 {
    (look.leading_mpt - look.size_mpt) / 2 + look.size_mpt * 88 / 100
}

/// The structure of a heading.
fn heading_role(level: Level) -> StructRole {
    match level {
        Level::One => StructRole::H2,
        Level::Two => StructRole::H3,
        Level::Three => StructRole::H4,
        Level::Four => StructRole::H5,
    }
}

impl<'a> Flow<'a> {
    pub fn new(paper: &'a Paper, fonts: &'a Fonts) -> Result<Self, PaperError> {
        let area = Area::of(paper.orientation.sheet());
        let (shaper, pages, held) = (Shaper::new(fonts)?, vec![Page::default()], Vec::new());
        Ok(Self { shaper, area, pages, tree: Tree::new(), pictures: Vec::new(), y_mpt: area.top_mpt, held })
    }

    /// Adds blocks and closes the last page.
    pub fn blocks(&mut self, blocks: &'a [Block]) -> Result<(), PaperError> {
        for (place, block) in blocks.iter().enumerate() {
            let keep_next = matches!(blocks.get(place + 1), Some(Block::Signatures(_)));
            self.block(block, keep_next)?;
        }
        self.release();
        Ok(())
    }

    fn block(&mut self, block: &'a Block, keep_next: bool) -> Result<(), PaperError> {
        match block {
            Block::Heading { level, text } => {
                let paragraph = Paragraph { first_chars: 2, ..Paragraph::flush(text) };
                self.paragraph(&paragraph, heading_look(*level), heading_role(*level), true)
            }
            Block::Paragraph(paragraph) => self.paragraph(paragraph, BODY, StructRole::P, keep_next),
            Block::Table(table) => super::grid::add(self, table),
            Block::Signatures(signatures) => pieces::add_signatures(self, signatures),
            Block::Picture(picture) => pieces::add_picture(self, picture),
            Block::Attached(attached) => pieces::add_caption(self, &attached.description),
            Block::Space { lines } => {
                (0..*lines).for_each(|_| self.put(Unit::space(BODY.leading_mpt, keep_next)));
                Ok(())
            }
            Block::PageBreak => {
                self.release();
                self.turn();
                Ok(())
            }
        }
    }

    /// Adds a paragraph; its first two and last two lines stay together.
    pub fn paragraph(&mut self, paragraph: &Paragraph, look: Look, role: StructRole, keep_next: bool) -> Result<(), PaperError> {
        let node = self.tree.add_plain(ROOT, role);
        let lines = self.lines(paragraph, look, self.area.left_mpt, self.area.right_mpt)?;
        let count = lines.len();
        for (place, line) in lines.into_iter().enumerate() {
            let is_last = place + 1 == count;
            let keep_next = if is_last { keep_next } else { place == 0 || place + 2 == count };
            let mark = Mark { node: Some(node), x_mpt: 0, y_mpt: baseline(look), what: What::Words(line) };
            self.put(Unit { height_mpt: look.leading_mpt, marks: vec![mark], keep_next });
        }
        Ok(())
    }

    /// The lines of a paragraph between two edges.
    pub fn lines(&mut self, paragraph: &Paragraph, look: Look, left_mpt: i32, right_mpt: i32) -> Result<Vec<Line>, PaperError> {
        let character = look.size_mpt + look.tracking_mpt;
        let of = |chars: u8| i32::from(chars) * character;
        let mut column = Column {
            left_mpt: left_mpt + of(paragraph.left_chars),
            right_mpt: right_mpt - of(paragraph.right_chars),
            first_mpt: of(paragraph.first_chars),
            align: paragraph.align,
        };
        let mut all = Vec::new();
        for line in self.shaper.lines(&paragraph.spans, look)? {
            all.extend(lines::set(&line, column));
            column.first_mpt = 0;
        }
        Ok(all)
    }

    /// Adds something that no page break divides.
    pub fn put(&mut self, unit: Unit) {
        let waits = unit.keep_next;
        self.held.push(unit);
        if !waits {
            self.release();
        }
    }

    /// How high what waits is.
    pub fn held_mpt(&self) -> i32 {
        self.held.iter().map(|unit| unit.height_mpt).sum()
    }

    /// Puts what waits onto the page, or together onto the next; apart only if no page is long enough.
    pub fn release(&mut self) {
        self.make_room(self.held_mpt());
        for unit in std::mem::take(&mut self.held) {
            if self.y_mpt + unit.height_mpt > self.area.bottom_mpt {
                self.turn_if_used();
            }
            let top = self.y_mpt;
            let marks = unit.marks.into_iter().map(|mark| Mark { y_mpt: mark.y_mpt + top, ..mark });
            self.page().marks.extend(marks);
            self.y_mpt += unit.height_mpt;
        }
    }

    /// Turns the page if so much does not fit on this one but would on another.
    pub fn make_room(&mut self, height_mpt: i32) {
        if self.y_mpt + height_mpt > self.area.bottom_mpt && height_mpt <= self.area.bottom_mpt - self.area.top_mpt {
            self.turn_if_used();
        }
    }

    fn turn_if_used(&mut self) {
        if self.y_mpt > self.area.top_mpt {
            self.turn();
        }
    }

    /// Begins a page.
    pub fn turn(&mut self) {
        self.pages.push(Page::default());
        self.y_mpt = self.area.top_mpt;
    }

    /// The last page.
    pub fn page(&mut self) -> &mut Page {
        if self.pages.is_empty() {
            self.pages.push(Page::default());
        }
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }
}
