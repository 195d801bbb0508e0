//! Cells that were merged: all but the first of them are empty, which is seldom what was meant.

use std::io::Cursor;
use std::ops::RangeInclusive;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Reader as _, Xlsx};

/// The merged cells of the first sheet that span several rows: rows from 1, columns from 0. A file that is no workbook has none;
/// that it cannot be read is said by whoever reads it.
pub fn merged(bytes: &[u8]) -> Vec<(RangeInclusive<usize>, RangeInclusive<usize>)> {
    // As for its cells: a place beyond all bounds makes calamine panic in a build that checks.
    catch_unwind(AssertUnwindSafe(|| found(bytes))).ok().flatten().unwrap_or_default()
}

fn found(bytes: &[u8]) -> Option<Vec<(RangeInclusive<usize>, RangeInclusive<usize>)>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).ok()?;
    let sheet = book.sheet_names().into_iter().next()?;
    let all = book.merge_cells_by_sheet_name(&sheet).ok()?;
    let several = all.into_iter().filter(|one| one.start.0 < one.end.0);
    Some(several.map(|one| (one.start.0 as usize + 1..=one.end.0 as usize + 1, one.start.1 as usize..=one.end.1 as usize)).collect())
}
