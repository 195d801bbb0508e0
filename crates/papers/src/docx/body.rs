//! The document: blocks one after the other, then the set-up of its pages.

use std::fmt::Write as _;

use super::run::{self, Stand};
use super::{foot, picture, styles, table, twips_um};
use crate::paper::{
    ANNEX, Align, BODY, Block, COVER, Cover, Face, Look, Orientation, Paper, Paragraph, Picture, Sheet, Signatures, TITLE, Table, TextSize,
    cover_line, cover_spaces, heading_look,
};

/// Space after a grid or picture.
const AFTER: Look = Look { face: Face::Fang, size_mpt: 5_000, leading_mpt: 10_000, tracking_mpt: 0 };
/// As good as nothing, where the format wants a paragraph.
const NOTHING: Look = Look { face: Face::Fang, size_mpt: 1_000, leading_mpt: 1_000, tracking_mpt: 0 };

/// The text of the part, and the pictures it names by their number from 1.
pub(super) fn document(paper: &Paper) -> (String, Vec<&Picture>) {
    let mut body = Body { out: String::new(), pictures: Vec::new(), sheet: paper.orientation.sheet(), new_page: false, is_last: false };
    body.opening(paper);
    for (place, block) in paper.blocks.iter().enumerate() {
        let keep_next = matches!(paper.blocks.get(place + 1), Some(Block::Signatures(_)));
        body.is_last = place + 1 == paper.blocks.len();
        body.add(block, Stand { keep_next, ..Stand::default() });
    }
    section(&mut body.out, paper, body.sheet);
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let text = format!("<w:document xmlns:w=\"{}\" xmlns:r=\"{office}\"><w:body>{}</w:body></w:document>", run::NAMESPACE, body.out);
    (text, body.pictures)
}

struct Body<'a> {
    out: String,
    pictures: Vec<&'a Picture>,
    sheet: Sheet,
    /// The next paragraph begins a page.
    new_page: bool,
    /// Nothing follows: what the format wants after a grid must not take a page of its own.
    is_last: bool,
}

impl<'a> Body<'a> {
    fn opening(&mut self, paper: &Paper) {
        if let Some(annex) = &paper.annex {
            self.paragraph(&Paragraph::flush(annex), ANNEX, Stand::default());
        }
        let sheet = self.sheet;
        let spaces_mpt = paper.cover.as_ref().map(|cover| cover_spaces(paper, cover, sheet));
        let before_mpt = spaces_mpt.map_or(0, |[above, ..]| above);
        if paper.annex.is_some() && paper.cover.is_none() {
            self.paragraph(&Paragraph::default(), BODY, Stand::default());
        }
        let stand = Stand { style: Some(styles::TITLE_STYLE), before_mpt, ..Stand::default() };
        self.paragraph(&Paragraph::centred(&paper.title), TITLE, stand);
        if let Some(number) = &paper.number {
            self.paragraph(&Paragraph::centred(number), BODY, Stand::default());
        }
        match (&paper.cover, spaces_mpt) {
            (Some(cover), Some([_, lines, foot])) => self.cover(cover, lines, foot),
            _ => self.paragraph(&Paragraph::default(), BODY, Stand::default()),
        }
    }

    fn cover(&mut self, cover: &Cover, mut before_mpt: i32, foot_mpt: i32) {
        for (label, value) in &cover.entries {
            self.paragraph(&cover_line(label, value), COVER, Stand { before_mpt, ..Stand::default() });
            before_mpt = 0;
        }
        let foot = Paragraph::centred(cover.foot.as_deref().unwrap_or_default());
        self.paragraph(&foot, BODY, Stand { before_mpt: foot_mpt, ..Stand::default() });
        self.new_page = true;
    }

    fn paragraph(&mut self, paragraph: &Paragraph, look: Look, stand: Stand) {
        let new_page = std::mem::take(&mut self.new_page);
        run::paragraph(&mut self.out, paragraph, look, Stand { new_page, ..stand });
    }

    /// Grids cannot begin a page by themselves.
    fn turn_page(&mut self) {
        if self.new_page {
            self.paragraph(&Paragraph::default(), NOTHING, Stand::default());
        }
    }

    fn add(&mut self, block: &'a Block, stand: Stand) {
        match block {
            Block::Heading { level, text } => {
                let stand = Stand { style: Some(styles::HEADINGS[*level as usize]), keep_next: true, ..stand };
                self.paragraph(&Paragraph { first_chars: 2, ..Paragraph::flush(text) }, heading_look(*level), stand);
            }
            Block::Paragraph(paragraph) => self.paragraph(paragraph, BODY, stand),
            Block::Table(table) => self.table(table, stand),
            Block::Signatures(signatures) => self.signatures(signatures),
            Block::Picture(picture) => self.picture(picture),
            Block::Attached(attached) => self.caption(&attached.description),
            Block::Space { lines } => (0..*lines).for_each(|_| self.paragraph(&Paragraph::default(), BODY, stand)),
            Block::PageBreak => self.new_page = true,
        }
    }

    fn line_width(&self) -> i32 {
        twips_um(self.sheet.room_um()[0])
    }

    fn table(&mut self, table: &Table, stand: Stand) {
        if let Some(caption) = &table.caption {
            let look = Look { face: Face::Hei, size_mpt: 14_000, leading_mpt: 24_000, tracking_mpt: 0 };
            self.paragraph(&Paragraph::centred(caption), look, Stand { keep_next: true, ..Stand::default() });
        }
        self.turn_page();
        table::add(&mut self.out, table, self.sheet.room_um());
        self.after(stand);
    }

    fn after(&mut self, stand: Stand) {
        self.paragraph(&Paragraph::default(), if self.is_last { NOTHING } else { AFTER }, stand);
    }

    fn signatures(&mut self, signatures: &Signatures) {
        let keep_next = Stand { keep_next: true, ..Stand::default() };
        self.paragraph(&Paragraph::default(), BODY, keep_next);
        if !signatures.places.is_empty() {
            let width = self.line_width();
            table::add_places(&mut self.out, signatures, width);
        }
        self.paragraph(&Paragraph::right(signatures.day_line(), 4), BODY, Stand::default());
    }

    fn picture(&mut self, picture: &'a Picture) {
        self.pictures.push(picture);
        let run = picture::run(self.pictures.len(), picture, self.sheet.room_um());
        let new_page = std::mem::take(&mut self.new_page);
        let stand = Stand { keep_next: true, grows: true, new_page, ..Stand::default() };
        run::holding(&mut self.out, Align::Centre, &run, BODY, stand);
        self.caption(&picture.description);
    }

    fn caption(&mut self, words: &str) {
        let look = TextSize::SmallFour.look(Face::Fang);
        self.paragraph(&Paragraph::centred(words), look, Stand::default());
        self.after(Stand::default());
    }
}

fn section(out: &mut String, paper: &Paper, sheet: Sheet) {
    out.push_str("<w:sectPr>");
    for (kind, id) in [("default", foot::ODD), ("even", foot::EVEN), ("first", foot::FIRST)] {
        let _ = write!(out, "<w:footerReference w:type=\"{kind}\" r:id=\"{id}\"/>");
    }
    let turned = if paper.orientation == Orientation::Landscape { " w:orient=\"landscape\"" } else { "" };
    let _ = write!(out, "<w:pgSz w:w=\"{}\" w:h=\"{}\"{turned}/>", twips_um(sheet.width_um), twips_um(sheet.height_um));
    let [above, right, below, left] = sheet.margins_um.map(twips_um);
    let foot = twips_um(foot::distance_um(paper, sheet.margins_um[2]));
    let _ = write!(
        out,
        "<w:pgMar w:top=\"{above}\" w:right=\"{right}\" w:bottom=\"{below}\" w:left=\"{left}\" w:header=\"851\" w:footer=\"{foot}\" w:gutter=\"0\"/>"
    );
    if paper.cover.is_some() {
        out.push_str("<w:titlePg/>");
    }
    out.push_str("</w:sectPr>");
}
