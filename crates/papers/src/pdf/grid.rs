//! Grids down the pages: rows one after the other, merged cells going on where a page ends, heads again on every page.

use pdf_writer::types::StructRole;

use super::cells::{Set, draw_cell, heights, set, together};
use super::flow::{Flow, Unit};
use crate::paper::{Face, Look, PaperError, Paragraph, Table};

/// The least of a high row that is worth beginning at the end of a page.
const WORTH_MPT: i32 = 80_000;

/// Adds a table.
pub(super) fn add(flow: &mut Flow<'_>, table: &Table) -> Result<(), PaperError> {
    if let Some(caption) = &table.caption {
        let look = Look { face: Face::Hei, size_mpt: 14_000, leading_mpt: 24_000, tracking_mpt: 0 };
        flow.paragraph(&Paragraph::centred(caption), look, StructRole::Caption, true)?;
    }
    let table = &table.fitted(flow.area.right_mpt - flow.area.left_mpt);
    let rows = set(flow, table)?;
    let heights = heights(flow, table, &rows);
    let opening = heights.iter().take(table.head_rows + 1).sum::<i32>();
    flow.make_room(flow.held_mpt() + opening);
    flow.release();
    let together = together(flow, &heights, &rows);
    let mut grid = Grid { table, heights, open: Vec::new(), head: Vec::new(), head_edges_mpt: vec![0] };
    for ((row, cells), together_mpt) in rows.into_iter().enumerate().zip(together) {
        grid.add_row(flow, row, cells, together_mpt);
    }
    let height_mpt = 10_000.min(flow.area.bottom_mpt - flow.y_mpt).max(0);
    flow.put(Unit { height_mpt, marks: Vec::new(), keep_next: false });
    Ok(())
}

struct Grid<'t> {
    table: &'t Table,
    /// The least height of each row.
    heights: Vec<i32>,
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
        let mut least_mpt = self.heights[row];
        loop {
            let need_mpt = self.need_mpt(row, flow.y_mpt, least_mpt);
            let left_mpt = flow.area.bottom_mpt - flow.y_mpt;
            if need_mpt.max(together_mpt) <= left_mpt {
                flow.y_mpt += need_mpt;
                self.draw(flow, |cell| cell.end == row + 1);
                return self.open.retain(|cell| cell.end > row + 1);
            }
            let fresh_mpt = flow.area.bottom_mpt - flow.area.top_mpt - self.head_mpt(flow, row);
            let is_high = self.heights[row] > fresh_mpt;
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
        let page_mpt = flow.area.bottom_mpt - flow.area.top_mpt;
        self.open.iter_mut().for_each(|cell| cell.go_on(flow.y_mpt, page_mpt));
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
