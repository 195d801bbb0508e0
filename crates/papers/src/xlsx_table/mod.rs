//! XLSX: the first sheet that is shown, as a person sees it, cell by cell.
//!
//! Own code, and not `calamine` (docs/decisions/0011): that one makes room for as many strings as a file says it has, holds a
//! string, a style and a colour for each that is listed, keeps digits that the file no longer has and passes over a formula that was never
//! computed. Here everything is charged to one budget, and what a person does not see as a value is said to be none.

mod book;
mod cells;
mod look;
mod merges;
mod package;
mod place;
mod strings;
#[cfg(test)]
mod tests;

use std::ops::RangeInclusive;

use book::Book;
use cells::{Cells, Meanings};
use look::Looks;
use merges::Merges;
use package::{Package, broken};
use strings::Strings;

use crate::budget::Budget;
use crate::table::{Limits, MAX_COLUMNS, Rows, TableError, too_wide};

/// How often a sheet is read: once for what is merged in it, once for its cells.
const PASSES: u64 = 2;

pub fn read(bytes: &[u8], rows: &mut Rows) -> Result<(), TableError> {
    let most = rows.limits.unpacked_bytes;
    let budget = Budget::new(most.saturating_mul(PASSES));
    let read = sheet(&mut Package::open(bytes)?, &budget, rows);
    if budget.is_spent() { Err(TableError::Unpacked(most >> 20)) } else { read }
}

/// The cells that are merged over several rows, each by its rows from 1 and its first column from 0. A file that is no workbook has
/// none; that it cannot be read is said by whoever reads it.
pub fn merged(bytes: &[u8], limits: Limits) -> Vec<(RangeInclusive<usize>, usize)> {
    let budget = Budget::new(limits.unpacked_bytes);
    merges(bytes, &budget).map(|merges| merges.all().collect()).unwrap_or_default()
}

fn merges(bytes: &[u8], budget: &Budget) -> Result<Merges, TableError> {
    let mut package = Package::open(bytes)?;
    let book = Book::read(&mut package, budget)?;
    Merges::read(&mut package.part(&book.sheet, budget)?.ok_or_else(broken)?, budget)
}

fn sheet(package: &mut Package<'_>, budget: &Budget, rows: &mut Rows) -> Result<(), TableError> {
    let book = Book::read(package, budget)?;
    let meanings = meanings(package, budget, &book)?;
    let mut merges = Merges::read(&mut package.part(&book.sheet, budget)?.ok_or_else(broken)?, budget)?;
    let mut cells = Cells::new(package.part(&book.sheet, budget)?.ok_or_else(broken)?, &meanings, budget);
    let (mut number, mut row) = (1, Vec::new());
    while let Some(cell) = cells.cell()? {
        if cell.row < number {
            return Err(TableError::Xlsx(format!("第{}行排在第{number}行之后", cell.row)));
        }
        if cell.row > number {
            merges.spread(number, &mut row);
            rows.take(number, &row)?;
            row.clear();
        }
        number = cell.row;
        put(&mut row, number, cell.column, cell.text)?;
    }
    merges.spread(number, &mut row);
    rows.take(number, &row)
}

fn meanings(package: &mut Package<'_>, budget: &Budget, book: &Book) -> Result<Meanings, TableError> {
    let mut meanings = Meanings { from_1904: book.from_1904, ..Meanings::default() };
    if let Some(mut part) = book.strings.as_deref().map(|name| package.part(name, budget)).transpose()?.flatten() {
        meanings.strings = Strings::read(&mut part, budget)?;
    }
    if let Some(mut part) = book.styles.as_deref().map(|name| package.part(name, budget)).transpose()?.flatten() {
        meanings.looks = Looks::read(&mut part, budget)?;
    }
    Ok(meanings)
}

fn put(row: &mut Vec<String>, number: usize, column: usize, text: String) -> Result<(), TableError> {
    if column >= MAX_COLUMNS {
        return if text.is_empty() { Ok(()) } else { Err(too_wide(number)) };
    }
    if row.len() <= column {
        row.resize(column + 1, String::new());
    }
    row[column] = text;
    Ok(())
}
