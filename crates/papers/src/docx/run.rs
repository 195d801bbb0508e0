//! Runs and paragraphs.

use std::fmt::Write as _;

use super::twips;
use crate::markup::escaped;
use crate::paper::{Align, Face, Look, Paragraph, Span, printable};

/// The main namespace.
pub(super) const NAMESPACE: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// Boxes are in few Chinese fonts; this one comes with the office programs that know it, others fall back.
const BOXES: &str = "MS Gothic";

/// How a paragraph stands besides what it says itself.
#[derive(Clone, Copy, Default)]
pub(super) struct Stand {
    /// Named style; its look is then left to it.
    pub style: Option<&'static str>,
    /// Space above, in thousandths of a point.
    pub before_mpt: i32,
    /// On one page with what follows.
    pub keep_next: bool,
    /// Begins a page.
    pub new_page: bool,
    /// Lines as high as what stands in them: pictures.
    pub grows: bool,
}

/// Writes a paragraph.
pub(super) fn paragraph(out: &mut String, paragraph: &Paragraph, look: Look, stand: Stand) {
    out.push_str("<w:p><w:pPr>");
    properties(out, paragraph, look, stand);
    out.push_str("</w:pPr>");
    for span in &paragraph.spans {
        add_span(out, span, look);
    }
    out.push_str("</w:p>");
}

/// A paragraph of other content than words.
pub(super) fn holding(out: &mut String, align: Align, content: &str, look: Look, stand: Stand) {
    out.push_str("<w:p><w:pPr>");
    properties(out, &Paragraph { align, ..Paragraph::default() }, look, stand);
    let _ = write!(out, "</w:pPr>{content}</w:p>");
}

// the order of these is the schema's
fn properties(out: &mut String, paragraph: &Paragraph, look: Look, stand: Stand) {
    if let Some(style) = stand.style {
        let _ = write!(out, "<w:pStyle w:val=\"{style}\"/>");
    }
    for (name, wanted) in [("keepNext", stand.keep_next), ("pageBreakBefore", stand.new_page)] {
        if wanted {
            let _ = write!(out, "<w:{name}/>");
        }
    }
    let rule = if stand.grows { "auto" } else { "exact" };
    let line = if stand.grows { 240 } else { twips(look.leading_mpt) };
    let _ = write!(out, "<w:spacing w:before=\"{}\" w:after=\"0\" w:line=\"{line}\" w:lineRule=\"{rule}\"/>", twips(stand.before_mpt));
    indent(out, paragraph, look);
    let align = match paragraph.align {
        Align::Left => "left",
        Align::Centre => "center",
        Align::Right => "right",
        Align::Both => "both",
    };
    let _ = write!(out, "<w:jc w:val=\"{align}\"/>");
}

/// In twips and in hundredths of a character, which office programs keep when the size is changed.
fn indent(out: &mut String, paragraph: &Paragraph, look: Look) {
    out.push_str("<w:ind");
    let character = twips(look.size_mpt + look.tracking_mpt);
    for (name, chars) in [("left", paragraph.left_chars), ("right", paragraph.right_chars), ("firstLine", paragraph.first_chars)] {
        let chars = i32::from(chars);
        let _ = write!(out, " w:{name}Chars=\"{}\" w:{name}=\"{}\"", chars * 100, chars * character);
    }
    out.push_str("/>");
}

fn add_span(out: &mut String, span: &Span, look: Look) {
    let look = Look { face: span.face.unwrap_or(look.face), ..look };
    let text: String = printable(&span.text).collect();
    for (line, number) in text.split('\n').zip(0..) {
        if number > 0 {
            out.push_str("<w:r><w:br/></w:r>");
        }
        for (piece, is_box) in pieces(line) {
            add_run(out, piece, look, span.underlined, is_box);
        }
    }
}

/// Cuts a line where boxes to tick begin and end.
fn pieces(line: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut rest = line;
    std::iter::from_fn(move || {
        let is_box = is_box(rest.chars().next()?);
        let end = rest.find(|character| self::is_box(character) != is_box).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some((piece, is_box))
    })
}

fn is_box(character: char) -> bool {
    matches!(character, '☐' | '☑' | '☒')
}

fn add_run(out: &mut String, text: &str, look: Look, underlined: bool, is_box: bool) {
    out.push_str("<w:r><w:rPr>");
    fonts(out, look.face, is_box);
    if look.tracking_mpt != 0 {
        // a twip less than fits exactly: LibreOffice drops the mark at the end of a line that is full to the last twip
        let _ = write!(out, "<w:spacing w:val=\"{}\"/>", twips(look.tracking_mpt) - 1);
    }
    size(out, look);
    if underlined {
        out.push_str("<w:u w:val=\"single\"/>");
    }
    let _ = write!(out, "</w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(text));
}

/// The face, hinted East Asian so that quotation marks are as wide as characters.
pub(super) fn fonts(out: &mut String, face: Face, is_box: bool) {
    let family = if is_box { BOXES } else { face.office_family() };
    let _ =
        write!(out, "<w:rFonts w:hint=\"eastAsia\" w:ascii=\"{family}\" w:hAnsi=\"{family}\" w:eastAsia=\"{family}\" w:cs=\"{family}\"/>");
}

/// Size in half points.
pub(super) fn size(out: &mut String, look: Look) {
    let half_points = look.size_mpt / 500;
    let _ = write!(out, "<w:sz w:val=\"{half_points}\"/><w:szCs w:val=\"{half_points}\"/>");
}
