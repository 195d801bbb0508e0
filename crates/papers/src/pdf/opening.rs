//! The top of a paper: annex, title, number; or a cover.

use pdf_writer::types::StructRole;

use super::flow::{Flow, Unit};
use crate::docx::cover_line;
use crate::paper::{ANNEX, BODY, COVER, Cover, Paper, PaperError, Paragraph, TITLE};

/// Space above the title, above the lines and above the foot of a cover.
const COVER_SPACES_MPT: [i32; 3] = [160_000, 120_000, 140_000];

/// Adds it.
pub(super) fn add(flow: &mut Flow<'_>, paper: &Paper) -> Result<(), PaperError> {
    if let Some(annex) = &paper.annex {
        flow.paragraph(&Paragraph::flush(annex), ANNEX, StructRole::P, true)?;
    }
    if paper.cover.is_some() {
        space(flow, COVER_SPACES_MPT[0]);
    }
    flow.paragraph(&Paragraph::centred(&paper.title), TITLE, StructRole::H1, true)?;
    if let Some(number) = &paper.number {
        flow.paragraph(&Paragraph::centred(number), BODY, StructRole::P, true)?;
    }
    match &paper.cover {
        Some(cover) => add_cover(flow, cover)?,
        None => space(flow, BODY.leading_mpt),
    }
    Ok(())
}

fn space(flow: &mut Flow<'_>, height_mpt: i32) {
    flow.put(Unit { height_mpt, marks: Vec::new(), keep_next: true });
}

fn add_cover(flow: &mut Flow<'_>, cover: &Cover) -> Result<(), PaperError> {
    space(flow, COVER_SPACES_MPT[1]);
    for (label, value) in &cover.entries {
        flow.paragraph(&cover_line(label, value), COVER, StructRole::P, true)?;
    }
    space(flow, COVER_SPACES_MPT[2]);
    let foot = Paragraph::centred(cover.foot.as_deref().unwrap_or_default());
    flow.paragraph(&foot, BODY, StructRole::P, false)?;
    flow.turn();
    Ok(())
}
