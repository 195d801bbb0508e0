//! Grids down the pages: rows one after the other, merged cells going on where a page ends, heads again on every page.

use pdf_writer::types::{StructRole, TableHeaderScope};

use super::flow::{Flow, Unit, baseline};
use super::lines::Line;
use super::page::{Mark, What};
use super::tree::{NodeId, ROOT, Role};
use crate::paper::{Cell, CellKind, EDGE_MPT, Face, Look, PaperError, Paragraph, Placed, SIDE_MPT, Table, shares};

/// The least of a high row that is worth beginning at the end of a page.
const WORTH_MPT: i32 = 80_000;

/// A cell with its lines.
#[derive(Clone)]
struct Set {
    row: usize,
    /// The row after its last.
    end: usize,
    left_mpt: i32,
    right_mpt: i32,
    look: Look,
    lines: Vec<(Line, Option<NodeId>)>,
    /// Lines that stand on earlier pages.
    gone: usize,
    /// Where it begins on this page.
    top_mpt: i32,
}

impl Set {
    /// What the lines still to come take.
    fn need_mpt(&self) -> i32 {
        2 * EDGE_MPT + height(self.lines.len() - self.gone, self.look)
    }
}

fn height(lines: usize, look: Look) -> i32 {
    i32::try_from(lines).unwrap_or_default() * look.leading_mpt
}

/// Adds a table.
pub(super) fn add(flow: &mut Flow<'_>, table: &Table) -> Result<(), PaperError> {
    if let Some(caption) = &table.caption {
        let look = Look { face: Face::Hei, size_mpt: 14_000, leading_mpt: 24_000, tracking_mpt: 0 };
        flow.paragraph(&Paragraph::centred(caption), look, StructRole::Caption, true)?;
    }
    let rows = set(flow, table)?;
    let opening = rows.iter().take(table.head_rows + 1).enumerate().map(|(row, cells)| row_mpt(table, row, cells)).sum::<i32>();
    flow.make_room(flow.held_mpt() + opening);
    flow.release();
    let together = together(flow, table, &rows);
    let mut grid = Grid { table, open: Vec::new(), head: Vec::new(), head_edges_mpt: vec![0] };
    for ((row, cells), together_mpt) in rows.into_iter().enumerate().zip(together) {
        grid.add_row(flow, row, cells, together_mpt);
    }
    let height_mpt = 10_000.min(flow.area.bottom_mpt - flow.y_mpt).max(0);
    flow.put(Unit { height_mpt, marks: Vec::new(), keep_next: false });
    Ok(())
}

/// Breaks the words of every cell into lines of its width, row by row.
fn set(flow: &mut Flow<'_>, table: &Table) -> Result<Vec<Vec<Set>>, PaperError> {
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
    Ok(Set { row: one.row, end: one.row + cell.down, left_mpt, right_mpt, look, lines, gone: 0, top_mpt: 0 })
}

fn role(cell: &Cell) -> Role {
    let scope = match cell.kind {
        CellKind::Value => None,
        CellKind::Label => Some(TableHeaderScope::Row),
        CellKind::Head => Some(TableHeaderScope::Column),
    };
    Role::Cell { scope, across: cell.across, down: cell.down }
}

/// How high a row is by its least height and the cells that begin and end in it.
fn row_mpt(table: &Table, row: usize, cells: &[Set]) -> i32 {
    let own = cells.iter().filter(|cell| cell.row == row && cell.end == row + 1).map(Set::need_mpt);
    own.max().unwrap_or_default().max(least_mpt(table, row))
}

fn least_mpt(table: &Table, row: usize) -> i32 {
    2 * EDGE_MPT + height(usize::from(table.rows[row].min_lines.max(1)), table.size.look(Face::Fang))
}

/// For each row the height of the rows that stay on its page, as merged cells of a third of a page or less do.
fn together(flow: &Flow<'_>, table: &Table, rows: &[Vec<Set>]) -> Vec<i32> {
    let most = (flow.area.bottom_mpt - flow.area.top_mpt) / 3;
    let heights: Vec<i32> = rows.iter().enumerate().map(|(row, cells)| row_mpt(table, row, cells)).collect();
    let height = |cell: &Set| heights[cell.row..cell.end].iter().sum::<i32>().max(cell.need_mpt());
    rows.iter().map(|cells| cells.iter().map(height).filter(|height| *height <= most).max().unwrap_or_default()).collect()
}

struct Grid<'t> {
    table: &'t Table,
    /// Cells of the rows so far that are not drawn to their end.
    open: Vec<Set>,
    /// Cells of the head, to draw again.
    head: Vec<Set>,
    /// Where the head's rows ended, from its top.
    head_edges_mpt: Vec<i32>,
}

impl Grid<'_> {
    fn add_row(&mut self, flow: &mut Flow<'_>, row: usize, cells: Vec<Set>, together_mpt: i32) {
        let top_mpt = flow.y_mpt;
        if row < self.table.head_rows {
            self.head.extend(cells.iter().cloned());
        }
        self.open.extend(cells.into_iter().map(|cell| Set { top_mpt, ..cell }));
        self.fill_row(flow, row, together_mpt);
        if row < self.table.head_rows {
            let before = self.head_edges_mpt.last().copied().unwrap_or_default();
            self.head_edges_mpt.push(before + (flow.y_mpt - top_mpt).max(0));
        }
    }

    /// Draws a row, on as many pages as it needs.
    fn fill_row(&mut self, flow: &mut Flow<'_>, row: usize, together_mpt: i32) {
        let mut least_mpt = least_mpt(self.table, row);
        loop {
            let need_mpt = self.need_mpt(row, flow.y_mpt, least_mpt);
            let left_mpt = flow.area.bottom_mpt - flow.y_mpt;
            if need_mpt.max(together_mpt) <= left_mpt {
                flow.y_mpt += need_mpt;
                self.draw(flow, |cell| cell.end == row + 1);
                return self.open.retain(|cell| cell.end > row + 1);
            }
            let fresh_mpt = flow.area.bottom_mpt - flow.area.top_mpt - self.head_mpt(flow, row);
            let is_high = row_mpt(self.table, row, &self.open) > fresh_mpt;
            if left_mpt >= fresh_mpt || is_high && left_mpt > WORTH_MPT {
                // no page is long enough: what fits stays here
                flow.y_mpt = flow.area.bottom_mpt;
                self.draw(flow, |_| true);
                least_mpt = 0;
            } else {
                self.draw(flow, |cell| cell.row < row);
            }
            self.turn(flow, row);
        }
    }

    /// How much higher a row must make the grid for all cells that end in it.
    fn need_mpt(&self, row: usize, y_mpt: i32, least_mpt: i32) -> i32 {
        let ending = self.open.iter().filter(|cell| cell.end == row + 1);
        ending.map(|cell| cell.need_mpt() - (y_mpt - cell.top_mpt)).max().unwrap_or_default().max(least_mpt)
    }

    /// Draws the chosen open cells down to here.
    fn draw(&mut self, flow: &mut Flow<'_>, chosen: impl Fn(&Set) -> bool) {
        let bottom_mpt = flow.y_mpt;
        for cell in self.open.iter_mut().filter(|cell| chosen(cell)) {
            draw_cell(flow, cell, bottom_mpt);
        }
    }

    /// Begins a page, with the head if a row of the body goes on there.
    fn turn(&mut self, flow: &mut Flow<'_>, row: usize) {
        let has_head = self.head_mpt(flow, row) > 0;
        flow.turn();
        if has_head {
            self.repeat_head(flow);
        }
        self.open.iter_mut().for_each(|cell| cell.top_mpt = flow.y_mpt);
    }

    /// Height of the head that a row has above it on a new page; a head that takes most of a page is not repeated.
    fn head_mpt(&self, flow: &Flow<'_>, row: usize) -> i32 {
        let head_mpt = self.head_edges_mpt.last().copied().unwrap_or_default();
        let is_small = head_mpt < (flow.area.bottom_mpt - flow.area.top_mpt) / 2;
        if is_small && row >= self.table.head_rows { head_mpt } else { 0 }
    }

    fn repeat_head(&mut self, flow: &mut Flow<'_>) {
        let top_mpt = flow.y_mpt;
        for cell in &self.head {
            let lines = cell.lines.iter().map(|(line, _)| (line.clone(), None)).collect();
            let mut again = Set { lines, top_mpt: top_mpt + self.head_edges_mpt[cell.row], ..*cell };
            draw_cell(flow, &mut again, top_mpt + self.head_edges_mpt[cell.end]);
        }
        flow.y_mpt = top_mpt + self.head_edges_mpt[self.table.head_rows];
    }
}

/// Draws a cell, or what of it fits above the bottom; a cell drawn whole stands in the middle of its height.
fn draw_cell(flow: &mut Flow<'_>, cell: &mut Set, bottom_mpt: i32) {
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
