//! Cells of a grid: their words broken into lines, and drawn as far as a page goes.

use pdf_writer::types::{StructRole, TableHeaderScope};

use super::flow::{Flow, baseline};
use super::lines::Line;
use super::page::{Mark, What};
use super::tree::{NodeId, ROOT, Role};
use crate::paper::{Cell, CellKind, EDGE_MPT, Look, PaperError, Placed, SIDE_MPT, Table, shares, spread};

/// A cell with its lines.
#[derive(Clone)]
pub(super) struct Set {
    pub row: usize,
    /// The row after its last.
    pub end: usize,
    pub left_mpt: i32,
    pub right_mpt: i32,
    pub look: Look,
    pub lines: Vec<(Line, Option<NodeId>)>,
    /// It names rows: said again on every page that they go on.
    pub names: bool,
    /// Lines that stand on earlier pages.
    pub gone: usize,
    /// Where it begins on this page.
    pub top_mpt: i32,
}

impl Set {
    /// What the lines still to come take.
    pub fn need_mpt(&self) -> i32 {
        2 * EDGE_MPT + height(self.lines.len() - self.gone, self.look)
    }

    /// The same at the top of a page; what names rows and is not long begins again.
    pub fn go_on(&mut self, top_mpt: i32, page_mpt: i32) {
        self.top_mpt = top_mpt;
        if self.names && self.gone > 0 && height(self.lines.len(), self.look) < page_mpt / 4 {
            self.gone = 0;
            self.lines.iter_mut().for_each(|(_, node)| *node = None);
        }
    }
}

fn height(lines: usize, look: Look) -> i32 {
    i32::try_from(lines).unwrap_or_default() * look.leading_mpt
}

/// Breaks the words of every cell into lines of its width, row by row.
pub(super) fn set(flow: &mut Flow<'_>, table: &Table) -> Result<Vec<Vec<Set>>, PaperError> {
    let widths = shares(&table.widths, flow.area.right_mpt - flow.area.left_mpt);
    let node = flow.tree.add_plain(ROOT, StructRole::Table);
    let placed = table.placed().map_err(|row| PaperError::Table { number: 1, row })?;
    let mut rows = Vec::with_capacity(table.rows.len());
    for row in 0..table.rows.len() {
        let node = flow.tree.add_plain(node, StructRole::TR);
        let from = placed.partition_point(|one| one.row < row);
        let cells = placed[from..].iter().take_while(|one| one.row == row);
        rows.push(cells.map(|one| set_cell(flow, table, &widths, *one, node)).collect::<Result<_, _>>()?);
    }
    Ok(rows)
}

fn set_cell(flow: &mut Flow<'_>, table: &Table, widths: &[i32], one: Placed<'_>, row: NodeId) -> Result<Set, PaperError> {
    let Placed { cell, column, .. } = one;
    let left_mpt = flow.area.left_mpt + widths[..column].iter().sum::<i32>();
    let right_mpt = left_mpt + widths[column..column + cell.across].iter().sum::<i32>();
    let look = table.size.look(cell.kind.face());
    let node = flow.tree.add(row, role(cell));
    let mut lines = Vec::new();
    for paragraph in &cell.paragraphs {
        let node = if cell.paragraphs.len() == 1 { node } else { flow.tree.add_plain(node, StructRole::P) };
        let words = flow.lines(paragraph, look, left_mpt + SIDE_MPT, right_mpt - SIDE_MPT)?;
        lines.extend(words.into_iter().map(|line| (line, Some(node))));
    }
    let names = cell.kind == CellKind::Label && cell.down > 1;
    Ok(Set { row: one.row, end: one.row + cell.down, left_mpt, right_mpt, look, lines, names, gone: 0, top_mpt: 0 })
}

fn role(cell: &Cell) -> Role {
    let scope = match cell.kind {
        CellKind::Value => None,
        CellKind::Label => Some(TableHeaderScope::Row),
        CellKind::Head => Some(TableHeaderScope::Column),
    };
    Role::Cell { scope, across: cell.across, down: cell.down }
}

/// The least height of each row by what stands in it, merged cells that a page can hold included.
pub(super) fn heights(flow: &Flow<'_>, table: &Table, rows: &[Vec<Set>]) -> Vec<i32> {
    let least = table.rows.iter().map(|row| table.least_mpt(row.min_lines));
    let own = |cells: &Vec<Set>| cells.iter().filter(|cell| cell.end == cell.row + 1).map(Set::need_mpt).max();
    let mut heights: Vec<i32> = rows.iter().zip(least).map(|(cells, least)| own(cells).unwrap_or_default().max(least)).collect();
    let merged = rows.iter().flatten().filter(|cell| cell.end > cell.row + 1).map(|cell| ([cell.row, cell.end], cell.need_mpt()));
    spread(&mut heights, merged.collect(), (flow.area.bottom_mpt - flow.area.top_mpt) / 2);
    heights
}

/// For each row the height of the rows that stay on its page, as merged cells of a third of a page or less do.
pub(super) fn together(flow: &Flow<'_>, heights: &[i32], rows: &[Vec<Set>]) -> Vec<i32> {
    let most = (flow.area.bottom_mpt - flow.area.top_mpt) / 3;
    let height = |cell: &Set| heights[cell.row..cell.end].iter().sum::<i32>().max(cell.need_mpt());
    rows.iter().map(|cells| cells.iter().map(height).filter(|height| *height <= most).max().unwrap_or_default()).collect()
}

/// Draws a cell, or what of it fits above the bottom; a cell drawn whole stands in the middle of its height.
pub(super) fn draw_cell(flow: &mut Flow<'_>, cell: &mut Set, bottom_mpt: i32) {
    let room_mpt = bottom_mpt - cell.top_mpt - 2 * EDGE_MPT;
    let left = cell.lines.len() - cell.gone;
    let fit = usize::try_from(room_mpt / cell.look.leading_mpt).unwrap_or_default().min(left);
    let is_whole = cell.gone == 0 && fit == left;
    let spare_mpt = if is_whole { (room_mpt - height(fit, cell.look)).max(0) / 2 } else { 0 };
    let first_mpt = cell.top_mpt + EDGE_MPT + spare_mpt + baseline(cell.look);
    for (place, (line, node)) in cell.lines[cell.gone..cell.gone + fit].iter().enumerate() {
        let y_mpt = first_mpt + height(place, cell.look);
        flow.page().marks.push(Mark { node: *node, x_mpt: 0, y_mpt, what: What::Words(line.clone()) });
    }
    cell.gone += fit;
    add_rules(flow, [cell.left_mpt, cell.top_mpt, cell.right_mpt, bottom_mpt]);
}

fn add_rules(flow: &mut Flow<'_>, [left, top, right, bottom]: [i32; 4]) {
    if bottom > top {
        let sides = [[left, top, right, top], [left, bottom, right, bottom], [left, top, left, bottom], [right, top, right, bottom]];
        flow.page().rules.extend(sides);
    }
}
