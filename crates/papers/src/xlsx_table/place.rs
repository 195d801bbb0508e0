//! Where cells are: `C12`, and ranges of them.

use crate::table::TableError;

/// Most rows and columns of a sheet.
const MAX_ROWS: usize = 1_048_576;
const MAX_SHEET_COLUMNS: usize = 16_384;

/// A row from 1 and a column from 0, of `C12`.
pub(super) fn place(text: &str) -> Option<(usize, usize)> {
    let text = text.replace('$', "");
    let (letters, digits) = text.split_at(text.find(|one: char| !one.is_ascii_alphabetic())?);
    let known = (1..=3).contains(&letters.len()) && (1..=7).contains(&digits.len());
    let column = letters.bytes().filter(|_| known).fold(0, |column, one| column * 26 + usize::from(one.to_ascii_uppercase() - b'A') + 1);
    let row = digits.parse().ok().filter(|row| (1..=MAX_ROWS).contains(row))?;
    (1..=MAX_SHEET_COLUMNS).contains(&column).then(|| (row, column - 1))
}

/// The row that a row says it is.
pub(super) fn row(text: &str) -> Option<usize> {
    text.parse().ok().filter(|row| (1..=MAX_ROWS).contains(row))
}

/// A place that no cell can have.
pub(super) fn nowhere() -> TableError {
    TableError::Xlsx("单元格的位置不合规".into())
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn places_are_within_a_sheet() {
        for (text, expected) in [
            ("A1", Some((1, 0))),
            ("$c$12", Some((12, 2))),
            ("XFD1048576", Some((1_048_576, 16_383))),
            ("XFE1", None),
            ("A1048577", None),
            ("A0", None),
            ("A99999999999999999999", None),
            ("AAAAAAAAAAAAAAAA1", None),
            ("A", None),
            ("1", None),
            ("Ａ1", None),
        ] {
            assert_eq!(place(text), expected, "{text}");
        }
    }
}
