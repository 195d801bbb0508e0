//! Cells that are merged over several rows.
//!
//! A spreadsheet keeps the value in the first cell only, but whoever merged the cells sees it beside each of the rows, and means it:
//! the batch, the unit, the day of a group. So each row has it. Figures are the exception: an amount beside three rows may be the
//! amount of each or of all, and to count it three times is worse than to ask; there [`MERGED`] stands, which is read as nothing.

use std::ops::RangeInclusive;

use quick_xml::events::Event;
use standards::words::parse_amount;

use super::package::{Part, broken};
use super::place::{nowhere, place};
use crate::budget::Budget;
use crate::table::{MAX_COLUMNS, MERGED, TableError};
use crate::xml_in::{attributes, local};

/// What is held of a merge, in bytes.
const MERGE_COST: u64 = 64;

/// Cells of one column that are merged, from a row to a row.
#[derive(Clone, Copy, Debug)]
struct Merge {
    from: usize,
    to: usize,
    column: usize,
}

/// The merges of a sheet, passed from above.
#[derive(Debug, Default)]
pub(super) struct Merges {
    /// Those that are to come, the last first.
    ahead: Vec<Merge>,
    /// By column: to which row what text goes.
    open: Vec<Option<(usize, String)>>,
}

impl Merges {
    /// Those of a sheet; they stand below its cells.
    pub(super) fn read(xml: &mut Part<'_, '_>, budget: &Budget) -> Result<Self, TableError> {
        let mut ahead = Vec::new();
        loop {
            match xml.event().map_err(|_| broken())? {
                Event::Start(start) if local(start.name().as_ref()) == "mergeCell" => {
                    budget.charge(MERGE_COST).map_err(|_| broken())?;
                    let [range] = attributes(&start, ["ref"]).map_err(|_| broken())?;
                    ahead.extend(merge(&range.unwrap_or_default())?);
                }
                Event::Eof => break,
                _ => {}
            }
        }
        ahead.sort_by_key(|merge| std::cmp::Reverse(merge.from));
        Ok(Self { ahead, open: vec![None; MAX_COLUMNS] })
    }

    /// Each by its rows from 1 and its first column from 0, from above.
    pub(super) fn all(&self) -> impl Iterator<Item = (RangeInclusive<usize>, usize)> {
        self.ahead.iter().rev().map(|merge| (merge.from..=merge.to, merge.column))
    }

    /// Completes a row. One without a cell of its own stays empty: a merge may go on below the table.
    pub(super) fn spread(&mut self, number: usize, row: &mut Vec<String>) {
        if row.iter().all(String::is_empty) {
            return;
        }
        while let Some(merge) = self.ahead.pop_if(|merge| merge.from <= number) {
            let text = row.get(merge.column).filter(|text| merge.from == number && !text.is_empty());
            self.open[merge.column] = text.map(|text| (merge.to, spoken(text)));
        }
        for (column, open) in self.open.iter_mut().enumerate() {
            let Some((to, text)) = open else { continue };
            if *to < number {
                *open = None;
                continue;
            }
            if row.len() <= column {
                row.resize(column + 1, String::new());
            }
            if row[column].is_empty() {
                row[column].clone_from(text);
            }
        }
    }
}

/// What goes on over the rows of a merge.
fn spoken(text: &str) -> String {
    let figure = parse_amount(text.trim_end_matches('%')).is_ok() || text.parse::<f64>().is_ok();
    if figure { MERGED.to_owned() } else { text.to_owned() }
}

/// A range, if it is of several rows: to the right nothing goes on, a title is no value of every column.
fn merge(range: &str) -> Result<Option<Merge>, TableError> {
    let (from, to) = range.split_once(':').unwrap_or((range, range));
    let (from, to) = (place(from).ok_or_else(nowhere)?, place(to).ok_or_else(nowhere)?);
    Ok((from.0 < to.0 && from.1 < MAX_COLUMNS).then_some(Merge { from: from.0, to: to.0, column: from.1 }))
}
