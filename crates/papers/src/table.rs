//! A table file: what it may be, how large, and what is wrong with it.

use crate::{csv_table, xlsx_table};

/// Largest table file.
pub const MAX_FILE_BYTES: usize = 512 * 1024 * 1024;
/// Most columns of a table.
pub const MAX_COLUMNS: usize = 256;
/// Longest cell.
pub const MAX_CELL_BYTES: usize = 4 * 1024;
/// Stands in a cell that is merged with a figure above it, which may be its own or that of all rows together.
pub(crate) const MERGED: &str = "（与上方单元格合并）";
/// What stands before a formula that was never computed; a text may begin with `=` of its own.
pub(crate) const FORMULA: &str = "公式 =";

/// How large a table may be, where less than any table is wanted: a page open to everybody takes less than a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub file_bytes: usize,
    /// Bytes of the parts of a spreadsheet that are read.
    pub unpacked_bytes: u64,
    /// Rows below the head.
    pub rows: usize,
}

impl Limits {
    /// As large as this crate reads at all.
    pub const MOST: Self = Self { file_bytes: MAX_FILE_BYTES, unpacked_bytes: u64::MAX, rows: usize::MAX };
}

/// A table that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// Neither CSV nor XLSX by its name.
    #[error("不支持的文件类型“{0}”，请使用 .csv 或 .xlsx")]
    Kind(String),
    /// Larger than [`Limits::file_bytes`], here in MiB.
    #[error("文件超过{0}兆字节")]
    TooLarge(usize),
    /// A spreadsheet that unpacks to more than [`Limits::unpacked_bytes`], here in MiB.
    #[error("表格展开后超过{0}兆字节，请删去多余的工作表和格式，或者另存为 CSV UTF-8")]
    Unpacked(u64),
    /// More rows than [`Limits::rows`].
    #[error("表格超过{0}行")]
    Rows(usize),
    /// A cell longer than [`MAX_CELL_BYTES`].
    #[error("{column}{row}单元格的内容超过4千字节，请缩短后重新上传")]
    LongCell {
        /// Row, from 1.
        row: usize,
        /// Letters of the column.
        column: String,
    },
    /// More than [`MAX_COLUMNS`] columns.
    #[error("第{row}行{what}")]
    Oversized {
        /// Row, from 1.
        row: usize,
        /// What is too large.
        what: &'static str,
    },
    /// The text is neither UTF-8 nor GB18030.
    #[error("文件不是 UTF-8 或 GB18030 编码的文本，请用表格软件另存为 CSV UTF-8")]
    Encoding,
    /// A CSV row that cannot be split.
    #[error("第{0}行不是合规的 CSV：{1}")]
    Csv(usize, String),
    /// A spreadsheet that cannot be opened.
    #[error("无法打开表格：{0}")]
    Xlsx(String),
}

/// Hands every row to `row` with its number from 1, the head first; empty rows are passed over.
///
/// # Errors
/// The first thing that cannot be read.
pub fn read(name: &str, bytes: &[u8], row: &mut dyn FnMut(usize, &[String])) -> Result<(), TableError> {
    read_within(name, bytes, Limits::MOST, row)
}

/// As [`read`], refusing what is beyond `limits`.
///
/// # Errors
/// The first thing that cannot be read.
pub fn read_within(name: &str, bytes: &[u8], limits: Limits, row: &mut dyn FnMut(usize, &[String])) -> Result<(), TableError> {
    if bytes.len() > limits.file_bytes {
        return Err(TableError::TooLarge(limits.file_bytes >> 20));
    }
    let mut rows = Rows { limits, seen: 0, see: row };
    match name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).as_deref() {
        Some("csv") => csv_table::read(bytes, &mut rows),
        Some("xlsx") => xlsx_table::read(bytes, &mut rows),
        _ => Err(TableError::Kind(name.to_owned())),
    }
}

/// Where rows go, within limits.
pub(crate) struct Rows<'a> {
    pub(crate) limits: Limits,
    seen: usize,
    see: &'a mut dyn FnMut(usize, &[String]),
}

impl Rows<'_> {
    /// Hands on a row, unless it is empty or beyond the limits.
    pub(crate) fn take(&mut self, number: usize, cells: &[String]) -> Result<(), TableError> {
        check(number, cells)?;
        if cells.iter().all(String::is_empty) {
            return Ok(());
        }
        // The head is no row.
        if self.seen > self.limits.rows {
            return Err(TableError::Rows(self.limits.rows));
        }
        self.seen += 1;
        (self.see)(number, cells);
        Ok(())
    }
}

/// Refuses a row beyond the limits of any table.
fn check(number: usize, cells: &[String]) -> Result<(), TableError> {
    if cells.len() > MAX_COLUMNS {
        return Err(too_wide(number));
    }
    match cells.iter().position(|cell| cell.len() > MAX_CELL_BYTES) {
        Some(at) => Err(TableError::LongCell { row: number, column: column_name(at) }),
        None => Ok(()),
    }
}

/// A row of more than [`MAX_COLUMNS`] columns.
pub(crate) fn too_wide(row: usize) -> TableError {
    TableError::Oversized { row, what: "的列数超过256" }
}

/// The letters of a column from 0: A, B, … Z, AA.
pub fn column_name(mut index: usize) -> String {
    let mut name = String::new();
    loop {
        name.insert(0, (b'A' + (index % 26) as u8) as char);
        if index < 26 {
            return name;
        }
        index = index / 26 - 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(name: &str, bytes: &[u8]) -> Result<Vec<String>, String> {
        let mut all = Vec::new();
        read(name, bytes, &mut |number, cells| all.push(format!("{number}:{}", cells.join("|")))).map_err(|error| error.to_string())?;
        Ok(all)
    }

    #[test]
    fn csv_is_read_in_both_encodings() {
        let expected = vec!["1:编号|金额".to_owned(), "3:甲,乙|1万元".to_owned()];
        let text = "编号,金额\r\n\r\n\"甲,乙\", 1万元 \r\n";
        assert_eq!(rows("a.csv", text.as_bytes()).unwrap(), expected);
        assert_eq!(rows("a.CSV", &[b"\xef\xbb\xbf", text.as_bytes()].concat()).unwrap(), expected);
        assert_eq!(rows("a.csv", &encoding_rs::GB18030.encode(text).0).unwrap(), expected);
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        assert!(rows("a.doc", b"").unwrap_err().contains("不支持的文件类型"));
        assert!(rows("a.xlsx", b"not a zip").unwrap_err().contains("无法打开表格"));
        assert!(rows("a.csv", ",".repeat(300).as_bytes()).unwrap_err().contains("列数超过256"));
    }

    #[test]
    fn narrower_limits_hold() {
        let limits = Limits { file_bytes: 1 << 20, unpacked_bytes: 1 << 20, rows: 2 };
        let read = |bytes: &[u8]| read_within("a.csv", bytes, limits, &mut |_, _| {}).map_err(|error| error.to_string());
        assert_eq!(read("甲\n1\n\n2\n".as_bytes()), Ok(()));
        assert_eq!(read("甲\n1\n2\n3\n".as_bytes()), Err("表格超过2行".to_owned()));
        assert_eq!(read(&vec![b'1'; (1 << 20) + 1]), Err("文件超过1兆字节".to_owned()));
    }

    #[test]
    fn columns_have_letters() {
        assert_eq!([0, 25, 26, 51, 701, 702].map(column_name), ["A", "Z", "AA", "AZ", "ZZ", "AAA"]);
    }
}
