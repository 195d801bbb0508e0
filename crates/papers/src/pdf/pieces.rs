//! Signatures and pictures.

use pdf_writer::types::StructRole;

use super::flow::{Flow, Unit, baseline};
use super::lines::Line;
use super::page::{Area, Mark, What, mpt};
use super::tree::{NodeId, ROOT, Role};
use crate::paper::{Align, BODY, Face, Look, PaperError, Paragraph, Picture, Signatures, TextSize, shares};

/// Adds places to sign, side by side, and the day; all on one page.
pub(super) fn add_signatures(flow: &mut Flow<'_>, signatures: &Signatures) -> Result<(), PaperError> {
    flow.put(Unit::space(BODY.leading_mpt, true));
    let Area { left_mpt, right_mpt, .. } = flow.area;
    let widths: Vec<u16> = signatures.columns().iter().map(|(share, _)| *share).collect();
    let mut left = left_mpt;
    let mut columns: Vec<Vec<Mark>> = Vec::new();
    for (width, (_, place)) in shares(&widths, right_mpt - left_mpt).into_iter().zip(signatures.columns()) {
        if let Some(place) = place {
            let node = flow.tree.add_plain(ROOT, StructRole::P);
            columns.push(stacked(flow.lines(&place.line().into(), BODY, left, left + width)?, node, BODY));
        }
        left += width;
    }
    let lines = columns.iter().map(Vec::len).max().unwrap_or_default();
    let height_mpt = i32::try_from(lines).unwrap_or_default() * BODY.leading_mpt;
    flow.put(Unit { height_mpt, marks: columns.into_iter().flatten().collect(), keep_next: true });
    flow.paragraph(&Paragraph::right(signatures.day_line(), 4), BODY, StructRole::P, false)
}

/// Adds a picture and its words.
pub(super) fn add_picture<'a>(flow: &mut Flow<'a>, picture: &'a Picture) -> Result<(), PaperError> {
    const GAP_MPT: i32 = 4_000;
    let look = TextSize::SmallFour.look(Face::Fang);
    let room = [flow.area.right_mpt - flow.area.left_mpt, flow.area.bottom_mpt - flow.area.top_mpt - 4 * look.leading_mpt];
    let size_mpt = picture.size_um(room.map(um)).map(mpt);
    let number = flow.pictures.len();
    flow.pictures.push(picture);
    let node = flow.tree.add(ROOT, Role::Figure(picture.description.clone()));
    let x_mpt = flow.area.left_mpt + (room[0] - size_mpt[0]) / 2;
    let mark = Mark { node: Some(node), x_mpt, y_mpt: GAP_MPT, what: What::Picture { number, size_mpt } };
    flow.put(Unit { height_mpt: size_mpt[1] + 2 * GAP_MPT, marks: vec![mark], keep_next: true });
    add_caption(flow, &picture.description)
}

/// Adds the words of a picture.
pub(super) fn add_caption(flow: &mut Flow<'_>, words: &str) -> Result<(), PaperError> {
    let look = TextSize::SmallFour.look(Face::Fang);
    flow.paragraph(&Paragraph { align: Align::Centre, ..Paragraph::flush(words) }, look, StructRole::Caption, false)?;
    flow.put(Unit::space(10_000, false));
    Ok(())
}

/// Lines one below the other from the top of their unit.
fn stacked(lines: Vec<Line>, node: NodeId, look: Look) -> Vec<Mark> {
    let mark = |(line, place): (Line, i32)| {
        let y_mpt = place * look.leading_mpt + baseline(look);
        Mark { node: Some(node), x_mpt: 0, y_mpt, what: What::Words(line) }
    };
    lines.into_iter().zip(0..).map(mark).collect()
}

/// Micrometres from thousandths of a point.
fn um(mpt: i32) -> i32 {
    i32::try_from(i64::from(mpt) * 127 / 360).unwrap_or(i32::MAX)
}
