//! The foot of every page: its number, outside on either side of a leaf, and the check lines. Nobody reads it as text.

use super::flow::{Flow, baseline};
use super::page::{Mark, What};
use crate::paper::{Align, CHECK, Check, Look, PAGE_NUMBER, Paper, PaperError, Paragraph};

/// From the text to the line of the page number, so that its dash stands 7 mm below.
const GAP_MPT: i32 = 9_800;

/// Adds the feet of all pages; a cover is counted but shows no number.
pub(super) fn add(flow: &mut Flow<'_>, paper: &Paper) -> Result<(), PaperError> {
    let covers = usize::from(paper.cover.is_some());
    for page in 0..flow.pages.len() {
        let y_mpt = flow.area.bottom_mpt + GAP_MPT;
        let number = page + 1;
        if number > covers {
            let align = if number % 2 == 1 { Align::Right } else { Align::Left };
            let line = Paragraph { align, left_chars: 1, right_chars: 1, ..Paragraph::flush(format!("— {number} —")) };
            add_line(flow, page, &line, PAGE_NUMBER, y_mpt)?;
        }
        for (line, place) in paper.check.iter().flat_map(Check::lines).zip(0..) {
            let y_mpt = y_mpt + PAGE_NUMBER.leading_mpt + place * CHECK.leading_mpt;
            add_line(flow, page, &line.into(), CHECK, y_mpt)?;
        }
    }
    Ok(())
}

fn add_line(flow: &mut Flow<'_>, page: usize, paragraph: &Paragraph, look: Look, y_mpt: i32) -> Result<(), PaperError> {
    let lines = flow.lines(paragraph, look, flow.area.left_mpt, flow.area.right_mpt)?;
    for (line, place) in lines.into_iter().zip(0..) {
        let y_mpt = y_mpt + baseline(look) + place * look.leading_mpt;
        flow.pages[page].marks.push(Mark { node: None, x_mpt: 0, y_mpt, what: What::Words(line) });
    }
    Ok(())
}
