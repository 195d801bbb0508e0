//! CSV, UTF-8 with or without its mark, or GB18030.

use crate::table::{TableError, check};
use std::borrow::Cow;

pub fn read(bytes: &[u8], see: &mut dyn FnMut(usize, &[String])) -> Result<(), TableError> {
    let text = decoded(bytes)?;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut cells = Vec::new();
    loop {
        let number = reader.position().line() as usize;
        match reader.read_record(&mut record) {
            Ok(false) => return Ok(()),
            Ok(true) => {}
            Err(error) => return Err(TableError::Csv(number, error.to_string())),
        }
        cells.clear();
        cells.extend(record.iter().map(str::to_owned));
        let number = record.position().map_or(number, |position| position.line() as usize);
        check(number, &cells)?;
        if cells.iter().any(|cell| !cell.is_empty()) {
            see(number, &cells);
        }
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
