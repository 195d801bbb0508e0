//! Grids with merged cells.

use serde::{Deserialize, Serialize};

use super::Cell;
use super::look::{Face, Look};

/// Left and right of what stands in a cell, in thousandths of a point.
pub(crate) const SIDE_MPT: i32 = 4_000;
/// Above and below it.
pub(crate) const EDGE_MPT: i32 = 3_000;

/// Size of the type in a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum TextSize {
    /// 小四.
    #[default]
    SmallFour,
    /// 五号.
    Five,
    /// 小五, for wide tables.
    SmallFive,
    /// 六号, where nothing else keeps the figures of many columns whole.
    Six,
}

impl TextSize {
    /// How it looks in that face.
    #[must_use]
    pub(crate) fn look(self, face: Face) -> Look {
        let (size_mpt, leading_mpt) = match self {
            Self::SmallFour => (12_000, 18_000),
            Self::Five => (10_500, 15_750),
            Self::SmallFive => (9_000, 13_500),
            Self::Six => (7_500, 11_250),
        };
        Look { face, size_mpt, leading_mpt, tracking_mpt: 0 }
    }

    /// This and the smaller ones, falling.
    pub(crate) fn and_smaller(self) -> impl Iterator<Item = Self> {
        [Self::SmallFour, Self::Five, Self::SmallFive, Self::Six].into_iter().skip_while(move |size| *size != self)
    }
}

/// A grid.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Above it, such as 表1 项目实施成效.
    pub caption: Option<String>,
    /// Widths of its columns in any unit; together they fill the line. A column is made wider for a figure or number that
    /// would break, at the cost of the others.
    pub widths: Vec<u16>,
    /// How many of its first rows are its head, repeated on every page.
    pub head_rows: usize,
    /// Its rows.
    pub rows: Vec<Row>,
    /// Size of its type.
    pub size: TextSize,
}

/// A row: the cells that begin in it, from left to right. Columns taken by a cell from above are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Its cells.
    pub cells: Vec<Cell>,
    /// At least as high as so many lines: room to write by hand.
    pub min_lines: u8,
}

impl From<Vec<Cell>> for Row {
    fn from(cells: Vec<Cell>) -> Self {
        Self { cells, min_lines: 1 }
    }
}

/// A cell and where it stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Placed<'a> {
    pub cell: &'a Cell,
    pub row: usize,
    pub column: usize,
}

impl Table {
    /// Where every cell stands, row by row; else the number from 1 of the first row that does not fit.
    pub(crate) fn placed(&self) -> Result<Vec<Placed<'_>>, usize> {
        // rows that each column is still taken for by a cell from above
        let mut taken = vec![0_usize; self.widths.len()];
        let mut all = Vec::new();
        for (row, cells) in self.rows.iter().map(|row| &row.cells).enumerate() {
            self.place_row(row, cells, &mut taken, &mut all).ok_or(row + 1)?;
        }
        if self.head_rows > self.rows.len() || taken.iter().any(|rows| *rows > 0) { Err(self.rows.len()) } else { Ok(all) }
    }

    fn place_row<'a>(&'a self, row: usize, cells: &'a [Cell], taken: &mut [usize], all: &mut Vec<Placed<'a>>) -> Option<()> {
        let mut cells = cells.iter();
        let mut column = 0;
        while column < taken.len() {
            if taken[column] == 0 {
                let cell = cells.next()?;
                let span = taken.get_mut(column..column + cell.across).filter(|span| span.iter().all(|rows| *rows == 0))?;
                if cell.across == 0 || cell.down == 0 || row < self.head_rows && row + cell.down > self.head_rows {
                    return None;
                }
                span.fill(cell.down);
                all.push(Placed { cell, row, column });
            }
            column += 1;
        }
        taken.iter_mut().for_each(|rows| *rows -= 1);
        cells.next().is_none().then_some(())
    }
}

/// Divides a width, the remainders where they fall, so that the parts make the whole.
pub(crate) fn shares(widths: &[u16], whole: i32) -> Vec<i32> {
    let all: i64 = widths.iter().map(|width| i64::from(*width)).sum::<i64>().max(1);
    let edge = |sum: i64| i32::try_from(i64::from(whole) * sum / all).unwrap_or(whole);
    let mut sum = 0;
    let mut share = |width: &u16| {
        let from = edge(sum);
        sum += i64::from(*width);
        edge(sum) - from
    };
    widths.iter().map(&mut share).collect()
}

/// Labels beside values, two pairs on a line or one.
#[derive(Clone, Debug)]
pub struct Pairs {
    table: Table,
}

impl Default for Pairs {
    fn default() -> Self {
        Self { table: Table { widths: vec![24, 32, 16, 28], ..Table::default() } }
    }
}

impl Pairs {
    /// One pair on a line.
    #[must_use]
    pub fn one(self, label: &str, value: impl Into<String>) -> Self {
        self.cells(label, Cell::value(value))
    }

    /// One pair on a line, its value any cell.
    #[must_use]
    pub fn cells(mut self, label: &str, value: Cell) -> Self {
        self.table.rows.push(vec![Cell::label(label), value.across(3)].into());
        self
    }

    /// Two pairs on a line.
    #[must_use]
    pub fn two(mut self, left: (&str, &str), right: (&str, &str)) -> Self {
        let cells = [left, right].into_iter().flat_map(|(label, value)| [Cell::label(label), Cell::value(value)]);
        self.table.rows.push(cells.collect::<Vec<_>>().into());
        self
    }

    /// The grid.
    #[must_use]
    pub fn table(self) -> Table {
        self.table
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rows: Vec<Vec<Cell>>, head_rows: usize, expected: Result<&str, usize>) {
        let table = Table { widths: vec![1; 3], head_rows, rows: rows.into_iter().map(Row::from).collect(), ..Table::default() };
        let placed = table.placed().map(|all| all.iter().map(|one| format!("{}{} ", one.row, one.column)).collect::<String>());
        assert_eq!(placed.as_ref().map(|all| all.trim_end()), expected.as_ref().map(|all| *all));
    }

    #[test]
    fn cells_stand_where_those_from_above_leave_room() {
        let cell = || Cell::value("");
        check(vec![vec![cell().down(2), cell().across(2)], vec![cell(), cell()]], 1, Err(1));
        check(vec![vec![cell().down(2), cell().across(2)], vec![cell(), cell()]], 0, Ok("00 01 11 12"));
        check(vec![vec![cell(), cell().down(2), cell()], vec![cell(), cell()]], 2, Ok("00 01 02 10 12"));
        check(vec![vec![cell().across(3)], vec![cell(), cell()]], 0, Err(2));
        check(vec![vec![cell(), cell(), cell(), cell()]], 0, Err(1));
        check(vec![vec![cell().across(2), cell().across(2)]], 0, Err(1));
        check(vec![vec![cell(), cell().down(2), cell()], vec![cell().across(2), cell()]], 0, Err(2));
        check(vec![vec![cell(), cell(), cell().down(2)]], 0, Err(1));
        check(vec![vec![cell().across(0), cell(), cell(), cell()]], 0, Err(1));
        check(vec![], 1, Err(0));
        check(vec![], 0, Ok(""));
    }
}
