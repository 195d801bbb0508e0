//! Grids with merged cells.

use std::fmt::Write as _;

use super::run::{self, Stand};
use super::{TWIP_MPT, twips, twips_um};
use crate::paper::{Cell, CellKind, EDGE_MPT, Face, Paragraph, Placed, SIDE_MPT, Signatures, Table, shares};

/// Writes a grid as wide as the line, on sheets with that much room.
pub(super) fn add(out: &mut String, table: &Table, room_um: [i32; 2]) {
    let [width, page_mpt] = [twips_um(room_um[0]), twips_um(room_um[1]) * TWIP_MPT];
    let table = &table.fitted(width * TWIP_MPT);
    let widths = shares(&table.widths, width);
    open(out, width, "single", SIDE_MPT);
    grid(out, &widths);
    let placed = table.placed().unwrap_or_default();
    let rows = rows(table, &placed, &widths, page_mpt);
    for (number, row) in rows.iter().enumerate() {
        out.push_str("<w:tr>");
        row_properties(out, row, number < table.head_rows);
        add_cells(out, table, &widths, &placed, number, row.keep_next);
        out.push_str("</w:tr>");
    }
    out.push_str("</w:tbl>");
}

/// How a row stands.
struct Stands {
    /// Its least height.
    least_mpt: i32,
    /// It may not fit on one page.
    is_long: bool,
    /// On one page with the next.
    keep_next: bool,
}

/// How rows stand, by about how high they are. Rows of a merged cell stay together as far as a page is worth it: LibreOffice
/// cuts off words of a cell that goes on behind the end of a page.
fn rows(table: &Table, placed: &[Placed<'_>], widths: &[i32], page_mpt: i32) -> Vec<Stands> {
    let widths_mpt: Vec<i32> = widths.iter().map(|width| width * TWIP_MPT).collect();
    let heights = table.heights(placed, &widths_mpt, page_mpt * 4 / 5);
    let stands = |least_mpt: &i32| Stands { least_mpt: *least_mpt, is_long: *least_mpt > page_mpt / 2, keep_next: false };
    let mut all: Vec<Stands> = heights.iter().map(stands).collect();
    for one in placed.iter().filter(|one| one.cell.down > 1) {
        let height_mpt: i32 = heights[one.row..one.row + one.cell.down].iter().sum();
        let runs_over = table.about_mpt(one, &widths_mpt) > heights[one.row];
        if height_mpt < page_mpt / 3 || runs_over && height_mpt < page_mpt * 4 / 5 {
            all[one.row..one.row + one.cell.down - 1].iter_mut().for_each(|row| row.keep_next = true);
        }
    }
    all
}

fn open(out: &mut String, width: i32, border: &str, side_mpt: i32) {
    let _ = write!(out, "<w:tbl><w:tblPr><w:tblW w:w=\"{width}\" w:type=\"dxa\"/><w:jc w:val=\"center\"/><w:tblBorders>");
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        let _ = write!(out, "<w:{side} w:val=\"{border}\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>");
    }
    out.push_str("</w:tblBorders><w:tblLayout w:type=\"fixed\"/><w:tblCellMar>");
    for (side, mpt) in [("top", EDGE_MPT), ("left", side_mpt), ("bottom", EDGE_MPT), ("right", side_mpt)] {
        let _ = write!(out, "<w:{side} w:w=\"{}\" w:type=\"dxa\"/>", twips(mpt));
    }
    out.push_str("</w:tblCellMar></w:tblPr>");
}

fn grid(out: &mut String, widths: &[i32]) {
    out.push_str("<w:tblGrid>");
    for width in widths {
        let _ = write!(out, "<w:gridCol w:w=\"{width}\"/>");
    }
    out.push_str("</w:tblGrid>");
}

fn row_properties(out: &mut String, row: &Stands, is_head: bool) {
    out.push_str("<w:trPr>");
    if !row.is_long {
        out.push_str("<w:cantSplit/>");
    }
    let _ = write!(out, "<w:trHeight w:val=\"{}\" w:hRule=\"atLeast\"/>", twips(row.least_mpt));
    if is_head {
        out.push_str("<w:tblHeader/>");
    }
    out.push_str("</w:trPr>");
}

/// The cells of a row, those merged from above as empty ones that go on.
fn add_cells(out: &mut String, table: &Table, widths: &[i32], placed: &[Placed<'_>], row: usize, keep_next: bool) {
    let here = |one: &&Placed<'_>| one.row <= row && row < one.row + one.cell.down;
    let mut cells: Vec<&Placed<'_>> = placed.iter().filter(here).collect();
    cells.sort_by_key(|one| one.column);
    for one in cells {
        let width = widths[one.column..one.column + one.cell.across].iter().sum();
        cell_properties(out, one.cell, width, one.row == row);
        if one.row == row {
            add_paragraphs(out, table, one.cell, keep_next);
        } else {
            // whether a row stays with the next is read from its first cell
            run::paragraph(out, &Paragraph::default(), table.size.look(Face::Fang), Stand { keep_next, ..Stand::default() });
        }
        out.push_str("</w:tc>");
    }
}

fn cell_properties(out: &mut String, cell: &Cell, width: i32, begins: bool) {
    let _ = write!(out, "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>");
    if cell.across > 1 {
        let _ = write!(out, "<w:gridSpan w:val=\"{}\"/>", cell.across);
    }
    if cell.down > 1 {
        out.push_str(if begins { "<w:vMerge w:val=\"restart\"/>" } else { "<w:vMerge/>" });
    }
    out.push_str("<w:vAlign w:val=\"center\"/></w:tcPr>");
}

fn add_paragraphs(out: &mut String, table: &Table, cell: &Cell, keep_next: bool) {
    let look = table.size.look(cell.kind.face());
    let stand = Stand { keep_next: keep_next || cell.kind == CellKind::Head, ..Stand::default() };
    for paragraph in &cell.paragraphs {
        run::paragraph(out, paragraph, look, stand);
    }
    if cell.paragraphs.is_empty() {
        run::paragraph(out, &Paragraph::default(), look, stand);
    }
}

/// Places to sign side by side, a grid without lines.
pub(super) fn add_places(out: &mut String, signatures: &Signatures, width: i32) {
    let columns = signatures.columns();
    let widths = shares(&columns.iter().map(|(share, _)| *share).collect::<Vec<_>>(), width);
    open(out, width, "nil", 0);
    grid(out, &widths);
    out.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
    for ((_, place), width) in columns.iter().zip(&widths) {
        cell_properties(out, &Cell::value(""), *width, true);
        let line = place.map(crate::paper::Place::line).unwrap_or_default();
        let stand = Stand { keep_next: true, ..Stand::default() };
        run::paragraph(out, &line.into(), crate::paper::BODY, stand);
        out.push_str("</w:tc>");
    }
    out.push_str("</w:tr></w:tbl>");
}
