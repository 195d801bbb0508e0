//! The top of a paper: annex, title, number; or a cover.

use pdf_writer::types::StructRole;

use super::flow::{Flow, Unit};
use crate::paper::{ANNEX, BODY, COVER, Cover, Paper, PaperError, Paragraph, TITLE, cover_line, cover_spaces};

/// Adds it.
pub(super) fn add(flow: &mut Flow<'_>, paper: &Paper) -> Result<(), PaperError> {
    if let Some(annex) = &paper.annex {
        flow.paragraph(&Paragraph::flush(annex), ANNEX, StructRole::P, true)?;
    }
    let spaces_mpt = paper.cover.as_ref().map(|cover| cover_spaces(paper, cover, paper.orientation.sheet()));
    match spaces_mpt {
        Some([above, ..]) => space(flow, above),
        None if paper.annex.is_some() => space(flow, BODY.leading_mpt),
        None => {}
    }
    flow.paragraph(&Paragraph::centred(&paper.title), TITLE, StructRole::H1, true)?;
    if let Some(number) = &paper.number {
        flow.paragraph(&Paragraph::centred(number), BODY, StructRole::P, true)?;
    }
    match (&paper.cover, spaces_mpt) {
        (Some(cover), Some([_, lines, foot])) => add_cover(flow, cover, lines, foot)?,
        _ => space(flow, BODY.leading_mpt),
    }
    Ok(())
}

fn space(flow: &mut Flow<'_>, height_mpt: i32) {
    flow.put(Unit { height_mpt, marks: Vec::new(), keep_next: true });
}

fn add_cover(flow: &mut Flow<'_>, cover: &Cover, lines_mpt: i32, foot_mpt: i32) -> Result<(), PaperError> {
    space(flow, lines_mpt);
    for (label, value) in &cover.entries {
        flow.paragraph(&cover_line(label, value), COVER, StructRole::P, true)?;
    }
    space(flow, foot_mpt);
    let foot = Paragraph::centred(cover.foot.as_deref().unwrap_or_default());
    flow.paragraph(&foot, BODY, StructRole::P, false)?;
    flow.turn();
    Ok(())
}
