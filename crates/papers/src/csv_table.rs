//! CSV, UTF-8 with or without its mark, or GB18030.

use crate::table::{Rows, TableError};
use std::borrow::Cow;

pub fn read(bytes: &[u8], rows: &mut Rows) -> Result<(), TableError> {
    let text = decoded(bytes)?;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut cells = Vec::new();
    let mut lines = Lines { text: text.as_bytes(), counted: 0, line: 1 };
    loop {
        let number = lines.next_after(reader.position().byte() as usize);
        match reader.read_record(&mut record) {
            Ok(false) => return Ok(()),
            Ok(true) => {}
            Err(error) => return Err(TableError::Csv(number, error.to_string())),
        }
        cells.clear();
        cells.extend(record.iter().map(str::to_owned));
        rows.take(number, &cells)?;
    }
}

/// Counts lines up to each record: the reader itself counts neither the second half of a `\r\n` nor empty lines in time.
struct Lines<'t> {
    text: &'t [u8],
    counted: usize,
    line: usize,
}

impl Lines<'_> {
    /// The line of the first record at or after a byte.
    fn next_after(&mut self, byte: usize) -> usize {
        let rest = self.text.get(byte..).unwrap_or_default();
        let start = byte + rest.iter().take_while(|letter| matches!(letter, b'\r' | b'\n')).count();
        let passed = self.text.get(self.counted..start).unwrap_or_default();
        self.line += passed.iter().filter(|letter| **letter == b'\n').count();
        self.counted = start.max(self.counted);
        self.line
    }
}

fn decoded(bytes: &[u8]) -> Result<Cow<'_, str>, TableError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Cow::Borrowed(text));
    }
    let (text, malformed) = encoding_rs::GB18030.decode_without_bom_handling(bytes);
    if malformed { Err(TableError::Encoding) } else { Ok(text) }
}
