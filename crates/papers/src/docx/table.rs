//! Grids with merged cells.

use std::fmt::Write as _;

use super::run::{self, Stand};
use super::twips;
use crate::paper::{Cell, CellKind, EDGE_MPT, Face, Paragraph, Placed, Row, SIDE_MPT, Signatures, Table, shares};

/// Writes a grid as wide as the line.
pub(super) fn add(out: &mut String, table: &Table, width: i32) {
    let widths = shares(&table.widths, width);
    open(out, width, "single", SIDE_MPT);
    grid(out, &widths);
    let placed = table.placed().unwrap_or_default();
    let together = together(table, &placed);
    for (number, row) in table.rows.iter().enumerate() {
        out.push_str("<w:tr>");
        row_properties(out, table, row, number);
        add_cells(out, table, &widths, &placed, number, together[number]);
        out.push_str("</w:tr>");
    }
    out.push_str("</w:tbl>");
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

fn row_properties(out: &mut String, table: &Table, row: &Row, number: usize) {
    let height = i32::from(row.min_lines.max(1)) * table.size.look(Face::Fang).leading_mpt + 2 * EDGE_MPT;
    out.push_str("<w:trPr>");
    if !is_long(row) {
        out.push_str("<w:cantSplit/>");
    }
    let _ = write!(out, "<w:trHeight w:val=\"{}\" w:hRule=\"atLeast\"/>", twips(height));
    if number < table.head_rows {
        out.push_str("<w:tblHeader/>");
    }
    out.push_str("</w:trPr>");
}

/// A row that may not fit on one page.
fn is_long(row: &Row) -> bool {
    const LONG_CHARS: usize = 600;
    const LONG_LINES: usize = 20;
    row.cells.iter().any(|cell| {
        let chars: usize = cell.paragraphs.iter().map(|paragraph| paragraph.text().chars().count()).sum();
        chars > LONG_CHARS || cell.paragraphs.len() > LONG_LINES
    })
}

/// Rows on one page with the next: those of small merged cells but the last.
fn together(table: &Table, placed: &[Placed<'_>]) -> Vec<bool> {
    const SMALL_ROWS: usize = 8;
    let mut together = vec![false; table.rows.len()];
    for one in placed.iter().filter(|one| one.cell.down <= SMALL_ROWS) {
        together[one.row..one.row + one.cell.down - 1].fill(true);
    }
    together
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
            run::paragraph(out, &Paragraph::default(), table.size.look(Face::Fang), Stand::default());
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
