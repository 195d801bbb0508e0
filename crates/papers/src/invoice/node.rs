//! XML as a small tree, within limits: no document type, no entity but the five of XML and characters by number.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::InvoiceError;
use crate::budget::Budget;
use crate::xml_in::{decoded, entity, local};

/// Deepest element.
const MAX_DEPTH: usize = 32;
/// What the elements of a file and its unpacked parts may cost together: an invoice of two thousand lines costs a quarter of it.
pub(super) const BUDGET_BYTES: u64 = 32 << 20;
/// What is held of an element, in bytes.
const NODE_COST: u64 = 256;
/// Most attributes of one element: each is compared with every other.
const MAX_ATTRIBUTES: usize = 64;

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

    /// The texts of all elements of a name, those without one left out.
    pub(super) fn texts_of<'n>(&'n self, name: &str) -> impl Iterator<Item = &'n str> {
        let mut found = Vec::new();
        self.all(name, &mut found);
        found.into_iter().map(|node| node.text.trim()).filter(|text| !text.is_empty())
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
pub(super) fn parse(bytes: &[u8], budget: &Budget) -> Result<Node, InvoiceError> {
    let text = decoded(bytes).ok_or(InvoiceError::Encoding)?;
    let mut reader = Reader::from_str(&text);
    let mut open = vec![Node::default()];
    loop {
        let at = reader.buffer_position();
        let broken = || InvoiceError::BrokenXml { at };
        match reader.read_event().map_err(|_| broken())? {
            Event::Start(start) => {
                budget.charge(NODE_COST).map_err(|_| InvoiceError::Nested)?;
                open.push(element(&start).ok_or_else(broken)?);
            }
            Event::Empty(start) => {
                budget.charge(NODE_COST).map_err(|_| InvoiceError::Nested)?;
                let node = element(&start).ok_or_else(broken)?;
                open.last_mut().ok_or_else(broken)?.children.push(node);
            }
            Event::End(_) => close(&mut open).ok_or_else(broken)?,
            Event::Text(text) => open.last_mut().ok_or_else(broken)?.text.push_str(&text.xml10_content()),
            Event::CData(text) => open.last_mut().ok_or_else(broken)?.text.push_str(&text.xml10_content()),
            Event::GeneralRef(name) => open.last_mut().ok_or_else(broken)?.text.push(entity(&name).ok_or(InvoiceError::Doctype)?),
            Event::DocType(_) => return Err(InvoiceError::Doctype),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
        if open.len() > MAX_DEPTH {
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
    let mut node = Node { name: local(start.name().as_ref()).to_owned(), ..Node::default() };
    for attribute in start.attributes() {
        let attribute = attribute.ok().filter(|_| node.attributes.len() < MAX_ATTRIBUTES)?;
        // An entity of the file's own is none of the five, so this fails on it.
        let value = quick_xml::escape::unescape(&attribute.value).ok()?.into_owned();
        node.attributes.push((local(attribute.key.as_ref()).to_owned(), value));
    }
    Some(node)
}
