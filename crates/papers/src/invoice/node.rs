//! XML as a small tree, within limits: no document type, no entity but the five of XML and characters by number.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::InvoiceError;

/// Deepest element.
const MAX_DEPTH: usize = 32;
/// Most elements: an invoice of two thousand lines has fewer.
const MAX_NODES: usize = 60_000;

/// An element.
#[derive(Debug, Default)]
pub(super) struct Node {
    /// Its name without prefix.
    pub(super) name: String,
    /// Its attributes: names without prefix, and values.
    pub(super) attributes: Vec<(String, String)>,
    /// Its own text, parts joined.
    pub(super) text: String,
    /// What stands in it.
    pub(super) children: Vec<Node>,
}

impl Node {
    /// The first element of a name at any depth, itself included.
    pub(super) fn find(&self, name: &str) -> Option<&Node> {
        if self.name == name {
            return Some(self);
        }
        self.children.iter().find_map(|child| child.find(name))
    }

    /// Every element of a name at any depth, itself included.
    pub(super) fn all<'n>(&'n self, name: &str, found: &mut Vec<&'n Node>) {
        if self.name == name {
            found.push(self);
        }
        self.children.iter().for_each(|child| child.all(name, found));
    }

    /// The text of the first element of a name.
    pub(super) fn text_of(&self, name: &str) -> Option<&str> {
        self.find(name).map(|found| found.text.trim()).filter(|text| !text.is_empty())
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// The tree of a file, its root element under a nameless node.
///
/// # Errors
/// What is wrong with the file.
pub(super) fn parse(bytes: &[u8]) -> Result<Node, InvoiceError> {
    let text = decoded(bytes)?;
    let mut reader = Reader::from_str(&text);
    let (mut open, mut count) = (vec![Node::default()], 0);
    loop {
        let at = reader.buffer_position();
        let broken = || InvoiceError::BrokenXml { at };
        match reader.read_event().map_err(|_| broken())? {
            Event::Start(start) => {
                count += 1;
                open.push(element(&start).ok_or_else(broken)?);
            }
            Event::Empty(start) => {
                count += 1;
                let node = element(&start).ok_or_else(broken)?;
                open.last_mut().ok_or_else(broken)?.children.push(node);
            }
            Event::End(_) => close(&mut open).ok_or_else(broken)?,
            Event::Text(text) => open.last_mut().ok_or_else(broken)?.text.push_str(&text.xml10_content()),
            Event::CData(text) => open.last_mut().ok_or_else(broken)?.text.push_str(&text.xml10_content()),
            Event::GeneralRef(name) => open.last_mut().ok_or_else(broken)?.text.push(entity(&name)?),
            Event::DocType(_) => return Err(InvoiceError::Doctype),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
        if open.len() > MAX_DEPTH || count > MAX_NODES {
            return Err(InvoiceError::Nested);
        }
    }
    let broken = InvoiceError::BrokenXml { at: reader.buffer_position() };
    let root = open.pop().filter(|root| open.is_empty() && root.children.len() == 1 && root.text.trim().is_empty());
    root.ok_or(broken)
}

fn close(open: &mut Vec<Node>) -> Option<()> {
    let node = open.pop()?;
    open.last_mut()?.children.push(node);
    Some(())
}

fn element(start: &BytesStart<'_>) -> Option<Node> {
    let mut node = Node { name: local(start.name().as_ref()), ..Node::default() };
    for attribute in start.attributes() {
        let attribute = attribute.ok()?;
        // An entity of the file's own is none of the five, so this fails on it.
        let value = quick_xml::escape::unescape(&attribute.value).ok()?.into_owned();
        node.attributes.push((local(attribute.key.as_ref()), value));
    }
    Some(node)
}

/// Some makers write an empty prefix, `<:InvoiceNo>`.
fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or_default().to_owned()
}

fn entity(name: &BytesRef<'_>) -> Result<char, InvoiceError> {
    if let Ok(Some(character)) = name.resolve_char_ref() {
        return Ok(character);
    }
    match name.xml10_content().as_ref() {
        "amp" => Ok('&'),
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        _ => Err(InvoiceError::Doctype),
    }
}

/// UTF-8, UTF-16 by its mark, or GB18030, whatever the file says of itself.
fn decoded(bytes: &[u8]) -> Result<Cow<'_, str>, InvoiceError> {
    let (text, _, wrong) = match bytes {
        [0xff, 0xfe, ..] => encoding_rs::UTF_16LE.decode(bytes),
        [0xfe, 0xff, ..] => encoding_rs::UTF_16BE.decode(bytes),
        _ if std::str::from_utf8(bytes).is_ok() => encoding_rs::UTF_8.decode(bytes),
        _ => encoding_rs::GB18030.decode(bytes),
    };
    if wrong { Err(InvoiceError::Encoding) } else { Ok(text) }
}
