//! XML read event by event: what readers of office files share. No document type is followed, no entity but the five of XML is known.

use std::borrow::Cow;
use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// Not well-formed, or with an entity of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Malformed;

/// The events of a part; an empty element is one that ends at once.
pub(crate) struct Xml<R> {
    reader: Reader<R>,
    buffer: Vec<u8>,
}

impl<R: BufRead> Xml<R> {
    pub(crate) fn new(source: R) -> Self {
        let mut reader = Reader::from_reader(source);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, buffer: Vec::new() }
    }

    /// The next event; [`Event::Eof`] at the end.
    pub(crate) fn event(&mut self) -> Result<Event<'_>, Malformed> {
        self.buffer.clear();
        self.reader.read_event_into(&mut self.buffer).map_err(|_| Malformed)
    }
}

/// The text of a whole file: UTF-8, UTF-16 by its mark, or GB18030, whatever the file says of itself. None where it is none of them.
pub(crate) fn decoded(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let (text, _, wrong) = match bytes {
        [0xff, 0xfe, ..] => encoding_rs::UTF_16LE.decode(bytes),
        [0xfe, 0xff, ..] => encoding_rs::UTF_16BE.decode(bytes),
        _ if std::str::from_utf8(bytes).is_ok() => encoding_rs::UTF_8.decode(bytes),
        _ => encoding_rs::GB18030.decode(bytes),
    };
    (!wrong).then_some(text)
}

/// A name without its prefix. Some makers write an empty prefix, `<:InvoiceNo>`.
pub(crate) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or_default()
}

/// The values of some attributes by their names without prefix, the first of each name.
pub(crate) fn attributes<'s, const N: usize>(start: &'s BytesStart<'_>, names: [&str; N]) -> Result<[Option<Cow<'s, str>>; N], Malformed> {
    let mut found = [const { None }; N];
    // Without checks: they compare every attribute with every other.
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute.map_err(|_| Malformed)?;
        let name = local(attribute.key.as_ref());
        let Some(at) = names.iter().position(|wanted| *wanted == name).filter(|at| found[*at].is_none()) else { continue };
        let value = match attribute.value {
            Cow::Borrowed(value) => unescape(value).map_err(|_| Malformed)?,
            Cow::Owned(value) => Cow::Owned(unescape(&value).map_err(|_| Malformed)?.into_owned()),
        };
        found[at] = Some(value);
    }
    Ok(found)
}

/// Adds what an event says in words, if it does.
pub(crate) fn push_text(event: &Event<'_>, text: &mut String) -> Result<(), Malformed> {
    match event {
        Event::Text(words) => text.push_str(&words.xml10_content()),
        Event::CData(words) => text.push_str(&words.xml10_content()),
        Event::GeneralRef(name) => text.push(entity(name).ok_or(Malformed)?),
        _ => {}
    }
    Ok(())
}

/// The character of one of the five entities, or of a number.
pub(crate) fn entity(name: &BytesRef<'_>) -> Option<char> {
    if let Ok(Some(character)) = name.resolve_char_ref() {
        return Some(character);
    }
    match name.xml10_content().as_ref() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}
