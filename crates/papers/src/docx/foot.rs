//! Feet of pages: the page number, outside on either side of a leaf, and the check lines.

use super::run::{self, Stand};
use super::twips;
use crate::paper::{CHECK, PAGE_NUMBER, Paper, Paragraph};

/// Relation to the foot of odd pages.
pub(super) const ODD: &str = "rFootOdd";
/// Relation to the foot of even pages.
pub(super) const EVEN: &str = "rFootEven";
/// Relation to the foot of a cover.
pub(super) const FIRST: &str = "rFootFirst";

/// The part: the page number at that side, none on a cover; the check lines.
pub(super) fn foot(paper: &Paper, side: Option<&str>) -> String {
    let mut out = format!("<w:ftr xmlns:w=\"{}\">", run::NAMESPACE);
    if let Some(side) = side {
        page_number(&mut out, side);
    } else {
        run::paragraph(&mut out, &Paragraph::default(), PAGE_NUMBER, Stand::default());
    }
    for line in paper.check.iter().flat_map(crate::paper::Check::lines) {
        run::paragraph(&mut out, &Paragraph::flush(line), CHECK, Stand::default());
    }
    out.push_str("</w:ftr>");
    out
}

/// — 1 —, one character in from the edge.
fn page_number(out: &mut String, side: &str) {
    let mut look = String::from("<w:rPr>");
    run::fonts(&mut look, PAGE_NUMBER.face, false);
    run::size(&mut look, PAGE_NUMBER);
    look.push_str("</w:rPr>");
    let text = |text: &str| format!("<w:r>{look}<w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    let field = format!("<w:fldSimple w:instr=\" PAGE \">{}</w:fldSimple>", text("1"));
    let one = twips(PAGE_NUMBER.size_mpt);
    out.push_str("<w:p><w:pPr>");
    out.push_str(&format!("<w:spacing w:line=\"{}\" w:lineRule=\"exact\"/>", twips(PAGE_NUMBER.leading_mpt)));
    out.push_str(&format!("<w:ind w:{side}=\"{one}\"/><w:jc w:val=\"{side}\"/></w:pPr>{}{field}{}</w:p>", text("— "), text(" —")));
}

/// From the edge of the sheet to the foot, so that the number stands 7 mm below the text.
pub(super) fn distance_um(paper: &Paper, below_um: i32) -> i32 {
    const NUMBER_UM: i32 = 7_056 + 3_500;
    const CHECK_UM: i32 = 2 * 3_881;
    let check = if paper.check.is_some() { CHECK_UM } else { 0 };
    below_um - NUMBER_UM - check
}
