//! What a copy of somebody's table is given of the template: drop-downs and notes where its columns are recognised, heads that stay in
//! sight, the sheet that explains it.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

use super::{Corrections, Line, Lined, Reading, Template, lined, lined_columns, read_columns, template_out};
use crate::table::{Limits, TableError};

/// What a table was meant to be.
#[derive(Clone, Debug)]
pub enum Dress {
    /// Rows of these columns.
    Columns(Template),
    /// A questionnaire, a line a question.
    Lines(Lined),
}

/// Where the columns of a table stand, and the keys of its lines by row.
pub(super) struct Measured {
    pub(super) reading: Reading,
    keys: BTreeMap<usize, String>,
}

impl Dress {
    /// Finds the heads of a table.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(super) fn measured(&self, file: (&str, &[u8], Limits), corrections: &Corrections) -> Result<Measured, TableError> {
        let own = match self {
            Self::Columns(template) => template.clone(),
            Self::Lines(book) => lined_columns(&book.label),
        };
        let mut keys = BTreeMap::new();
        let reading = read_columns(file.0, file.1, file.2, &own, corrections, &mut |row| {
            if matches!(self, Self::Lines(_)) && !row.raw("key").is_empty() {
                keys.insert(row.number, row.raw("key").to_owned());
            }
        })?;
        Ok(Measured { reading, keys })
    }

    /// Dresses the sheet; nothing where no heads were found.
    pub(super) fn put_on(&self, sheet: &mut Worksheet, measured: &Measured) -> Result<(), XlsxError> {
        let Some(head) = row(measured.reading.head_row) else { return Ok(()) };
        sheet.set_freeze_panes(head + 1, 0)?;
        match self {
            Self::Columns(template) => columns(sheet, template, &measured.reading.places, head),
            Self::Lines(book) => lines(sheet, &book.lines, measured),
        }
    }

    /// The sheets that go with it.
    pub(super) fn more(&self, book: &mut Workbook) -> Result<(), XlsxError> {
        match self {
            Self::Columns(template) => {
                template_out::explained(book.add_worksheet(), template)?;
                template_out::Words::of(template).write(book)
            }
            Self::Lines(own) => {
                lined::said(book.add_worksheet(), &own.notes)?;
                lined::Words::of(&own.lines).write(book)
            }
        }
    }
}

/// A row as the writer counts it, from 0.
fn row(number: usize) -> Option<u32> {
    number.checked_sub(1).and_then(|row| u32::try_from(row).ok())
}

fn columns(sheet: &mut Worksheet, template: &Template, places: &[Option<usize>], head: u32) -> Result<(), XlsxError> {
    let words = template_out::Words::of(template);
    for (column, place) in template.columns.iter().zip(places) {
        if let Some(place) = place.and_then(|place| u16::try_from(place).ok()) {
            template_out::beside(sheet, head, place, column)?;
            template_out::body(sheet, place, column, &words, head + 1)?;
        }
    }
    Ok(())
}

/// Lines are known again by their keys; the column of those is hidden as it was.
fn lines(sheet: &mut Worksheet, lines: &[Line], measured: &Measured) -> Result<(), XlsxError> {
    let place = |at: usize| measured.reading.places.get(at).copied().flatten().and_then(|place| u16::try_from(place).ok());
    for (at, width) in lined::WIDTHS.into_iter().enumerate() {
        if let Some(place) = place(at) {
            sheet.set_column_width(place, f64::from(width))?;
        }
    }
    if let Some(keys) = place(usize::from(lined::KEY)) {
        sheet.set_column_hidden(keys)?;
    }
    let (Some(answer), words) = (place(usize::from(lined::ANSWER)), lined::Words::of(lines)) else { return Ok(()) };
    let by_key: BTreeMap<&str, &Line> = lines.iter().map(|line| (line.key.as_str(), line)).collect();
    for (number, key) in &measured.keys {
        let list = by_key.get(key.as_str()).map(|line| words.list(line)).transpose()?.flatten();
        if let (Some(row), Some(list)) = (row(*number), list) {
            sheet.add_data_validation(row, answer, row, answer, &list)?;
        }
    }
    Ok(())
}
