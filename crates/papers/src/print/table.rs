//! Grids of a page to print.

use std::fmt::Write as _;

use super::{add_paragraph, lines};
use crate::markup::unless_one;
use crate::paper::{Cell, CellKind, Row, Table, TextSize, shares};

pub(super) fn add(out: &mut String, table: &Table) {
    let class = match table.size {
        TextSize::SmallFour => "small-four",
        TextSize::Five => "five",
        TextSize::SmallFive => "small-five",
        TextSize::Six => "six",
    };
    let _ = writeln!(out, "<table class=\"{class}\">");
    if let Some(caption) = &table.caption {
        let _ = writeln!(out, "<caption>{}</caption>", lines(caption));
    }
    add_columns(out, &table.widths);
    let (head, body) = table.rows.split_at(table.head_rows);
    add_rows(out, "thead", head);
    add_rows(out, "tbody", body);
    out.push_str("</table>\n");
}

fn add_columns(out: &mut String, widths: &[u16]) {
    const TENTHS_OF_PERCENT: i32 = 1_000;
    out.push_str("<colgroup>");
    for share in shares(widths, TENTHS_OF_PERCENT) {
        let _ = write!(out, "<col width=\"{}.{}%\">", share / 10, share % 10);
    }
    out.push_str("</colgroup>\n");
}

fn add_rows(out: &mut String, part: &str, rows: &[Row]) {
    if rows.is_empty() {
        return;
    }
    let _ = writeln!(out, "<{part}>");
    for row in rows {
        let high = if row.min_lines > 1 { format!(" class=\"lines-{}\"", row.min_lines.min(12)) } else { String::new() };
        let _ = writeln!(out, "<tr{high}>");
        row.cells.iter().for_each(|cell| add_cell(out, cell));
        out.push_str("</tr>\n");
    }
    let _ = writeln!(out, "</{part}>");
}

fn add_cell(out: &mut String, cell: &Cell) {
    let (tag, scope) = match cell.kind {
        CellKind::Head => ("th", " scope=\"col\""),
        CellKind::Label => ("th", " scope=\"row\""),
        CellKind::Value => ("td", ""),
    };
    let _ = write!(out, "<{tag}{scope}");
    unless_one(out, "colspan", cell.across);
    unless_one(out, "rowspan", cell.down);
    out.push('>');
    cell.paragraphs.iter().for_each(|paragraph| add_paragraph(out, paragraph));
    let _ = writeln!(out, "</{tag}>");
}
