//! Named styles: what a person sees in the list of styles, and the outline.

use std::fmt::Write as _;

use super::{run, twips};
use crate::paper::{BODY, HEADING, Look, TITLE};

/// Styles of the headings by level.
pub(super) const HEADINGS: [&str; 4] = ["Heading1", "Heading2", "Heading3", "Heading4"];
/// Style of the title.
pub(super) const TITLE_STYLE: &str = "Title";

/// The part.
pub(super) fn styles() -> String {
    let mut out = format!("<w:styles xmlns:w=\"{}\"><w:docDefaults><w:rPrDefault>", run::NAMESPACE);
    look(&mut out, BODY);
    out.push_str("</w:rPrDefault><w:pPrDefault/></w:docDefaults>");
    style(&mut out, "Normal", "Normal", BODY, None);
    style(&mut out, TITLE_STYLE, "Title", TITLE, None);
    for (level, (id, heading)) in HEADINGS.iter().zip(HEADING).enumerate() {
        style(&mut out, id, &format!("heading {}", level + 1), heading, Some(level));
    }
    out.push_str("</w:styles>");
    out
}

fn look(out: &mut String, look: Look) {
    out.push_str("<w:rPr>");
    run::fonts(out, look.face, false);
    run::size(out, look);
    out.push_str("<w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:rPr>");
}

fn style(out: &mut String, id: &str, name: &str, of: Look, outline: Option<usize>) {
    let is_default = if id == "Normal" { " w:default=\"1\"" } else { "" };
    let _ = write!(out, "<w:style w:type=\"paragraph\"{is_default} w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>");
    if id != "Normal" {
        out.push_str("<w:basedOn w:val=\"Normal\"/><w:next w:val=\"Normal\"/>");
    }
    out.push_str("<w:qFormat/><w:pPr>");
    if outline.is_some() {
        out.push_str("<w:keepNext/>");
    }
    // no mark hangs over the edge and no space grows between Chinese and figures: the grid of characters holds
    out.push_str("<w:overflowPunct w:val=\"0\"/><w:autoSpaceDE w:val=\"0\"/><w:autoSpaceDN w:val=\"0\"/>");
    let _ = write!(out, "<w:spacing w:line=\"{}\" w:lineRule=\"exact\"/>", twips(of.leading_mpt));
    if let Some(level) = outline {
        let _ = write!(out, "<w:outlineLvl w:val=\"{level}\"/>");
    }
    out.push_str("</w:pPr>");
    look(out, of);
    out.push_str("</w:style>");
}
