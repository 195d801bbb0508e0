//! Entries as lines of a file, and back.

use crate::entry::{self, Entry, Members};
use crate::{JournalError, canonical};
use std::io::{self, BufRead, Read as _, Write};

/// How long a line may be: an event of the largest form, and what stands around it.
pub const LINE_MAX_BYTES: u64 = 8 * 1024 * 1024;

/// An entry as a line, without its end.
pub fn line(entry: &Entry) -> String {
    entry::text(entry, Some((&entry.previous, &entry.hash)))
}

/// The entry that a line (without its end) holds.
///
/// # Errors
/// A line that [`line()`] would not have written: there is no second way to write an entry, so no byte of a file can
/// change unseen.
pub fn parse(text: &str) -> Result<Entry, JournalError> {
    parse_numbered(text, 1)
}

/// Writes entries as lines.
///
/// # Errors
/// Whatever the writer says.
pub fn export<'a>(entries: impl IntoIterator<Item = &'a Entry>, to: &mut impl Write) -> io::Result<()> {
    entries.into_iter().try_for_each(|entry| writeln!(to, "{}", line(entry)))
}

/// Reads entries from lines, one at a time.
pub fn import(mut from: impl BufRead) -> impl Iterator<Item = Result<Entry, JournalError>> {
    let mut numbers = 1..;
    std::iter::from_fn(move || {
        let number = numbers.next()?;
        match next_line(&mut from, number) {
            Ok(None) => None,
            Ok(Some(text)) => Some(parse_numbered(&text, number)),
            Err(error) => Some(Err(error)),
        }
    })
}

fn next_line(from: &mut impl BufRead, number: usize) -> Result<Option<String>, JournalError> {
    let mut bytes = Vec::new();
    from.by_ref().take(LINE_MAX_BYTES).read_until(b'\n', &mut bytes)?;
    if bytes.is_empty() {
        return Ok(None);
    }
    // A last line without its end was cut off in the middle, or is about to be.
    if bytes.pop() != Some(b'\n') {
        return Err(not_a_line(number, "没有以换行结束，或超过长度上限"));
    }
    String::from_utf8(bytes).map(Some).map_err(|_| not_a_line(number, "不是 UTF-8 文本"))
}

fn parse_numbered(text: &str, number: usize) -> Result<Entry, JournalError> {
    let members: Members = serde_json::from_str(text).map_err(|error| not_a_line(number, &error.to_string()))?;
    let entry = from_members(members)?;
    if line(&entry) != text {
        return Err(not_a_line(number, "写法不规范"));
    }
    Ok(entry)
}

fn from_members(members: Members) -> Result<Entry, JournalError> {
    let event = canonical(&members.event)?;
    let Members { account, at_unix_ms, hash, id, mandate, noun, organisation, previous, programme, seq, version, .. } = members;
    Ok(Entry { programme, seq, at_unix_ms, account, organisation, mandate, noun, id, version, event, previous, hash })
}

fn not_a_line(number: usize, why: &str) -> JournalError {
    JournalError::Line { number, why: why.to_owned() }
}
