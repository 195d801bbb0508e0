//! XML: its first element tells an invoice from a web page; then the whole file is held against the rules of XML once. No entity is
//! ever read, no document type followed.

use std::borrow::Cow;
use std::io::{Read, Seek, SeekFrom};

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

use super::{FileType, Refused};
use crate::xml_in::{self, entity};

/// First elements of web pages, by their name in small letters.
const PAGES: &[&str] = &["html", "head", "body", "script", "iframe", "form", "meta", "title", "div", "table", "style"];
/// Most attributes of one element: each is compared with every other.
const MAX_ATTRIBUTES: usize = 256;

/// What a document type declaration holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doctype {
    /// A name, perhaps the place of a definition.
    Bare,
    /// Declarations of its own.
    Own,
}

/// What begins a file of markup before its first element, if that much of it can be read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Prolog {
    /// Nothing, or no markup.
    Unread,
    /// Instructions and comments.
    Plain,
    /// A document type.
    Declared(Doctype),
}

/// The prolog of a part.
pub(super) fn prolog(head: &[u8]) -> Prolog {
    let text = decoded(head);
    let mut rest = start_of(&text);
    while let Some((node, after)) = node(rest) {
        match node {
            Node::Doctype(_, doctype) => return Prolog::Declared(doctype),
            Node::Element(_) => return Prolog::Plain,
            Node::Instruction(_) | Node::Comment => rest = after.trim_start(),
        }
    }
    Prolog::Unread
}

/// XML, unless it is a web page, a picture or an office document in XML's clothes, or declares a document type.
pub(super) fn inspect(head: &[u8]) -> Result<FileType, Refused> {
    let text = decoded(head);
    let mut rest = start_of(&text);
    while let Some((node, after)) = node(rest) {
        match node {
            // Word opens such a file and runs what is in it.
            Node::Instruction(text) if text.contains("mso-application") => return Err(Refused::OldOffice),
            Node::Doctype(name, _) => return root(name).and(Err(Refused::Doctype)),
            Node::Element(name) => return root(name).map(|()| FileType::Xml),
            Node::Instruction(_) | Node::Comment => {}
        }
        rest = after.trim_start();
    }
    Err(Refused::Unknown)
}

/// Whether a whole file is well-formed, with no entity but those of XML.
pub(super) fn check_whole<R: Read + Seek>(file: &mut R, most: u64) -> Result<(), Refused> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.by_ref().take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(Refused::LargeXml(most >> 20));
    }
    let text = xml_in::decoded(&bytes).ok_or(Refused::BrokenXml)?;
    well_formed(&text)
}

/// One element with all others in it, each closed, and nothing but blanks beside it.
fn well_formed(text: &str) -> Result<(), Refused> {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let (mut depth, mut roots) = (0_u64, 0_u64);
    loop {
        match reader.read_event().map_err(|_| Refused::BrokenXml)? {
            Event::DocType(_) => return Err(Refused::Doctype),
            Event::GeneralRef(name) if entity(&name).is_none() => return Err(Refused::Doctype),
            Event::Start(start) => {
                check_attributes(&start)?;
                roots += u64::from(depth == 0);
                depth += 1;
            }
            Event::Empty(start) => {
                check_attributes(&start)?;
                roots += u64::from(depth == 0);
            }
            Event::End(_) => depth = depth.checked_sub(1).ok_or(Refused::BrokenXml)?,
            Event::Text(words) if depth == 0 && !words.xml10_content().trim().is_empty() => return Err(Refused::BrokenXml),
            Event::CData(_) | Event::GeneralRef(_) if depth == 0 => return Err(Refused::BrokenXml),
            Event::Eof if depth == 0 && roots == 1 => return Ok(()),
            Event::Eof => return Err(Refused::BrokenXml),
            _ => {}
        }
    }
}

/// Each named once, its value in quotes and without entities of the file's own.
fn check_attributes(start: &BytesStart<'_>) -> Result<(), Refused> {
    for (at, attribute) in start.attributes().enumerate() {
        let attribute = attribute.ok().filter(|_| at < MAX_ATTRIBUTES).ok_or(Refused::BrokenXml)?;
        unescape(&attribute.value).map_err(|_| Refused::BrokenXml)?;
    }
    Ok(())
}

fn root(name: &str) -> Result<(), Refused> {
    let local = name.rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
    match local.as_str() {
        "svg" => Err(Refused::Svg),
        page if PAGES.contains(&page) => Err(Refused::WebPage),
        _ => Ok(()),
    }
}

fn start_of(text: &str) -> &str {
    text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n'])
}

/// Tags are ASCII in every encoding that is not UTF-16, which some programs know without its mark; what else is in the text does not
/// matter here.
fn decoded(head: &[u8]) -> Cow<'_, str> {
    match head {
        [0xff, 0xfe, ..] | [b'<', 0, ..] => encoding_rs::UTF_16LE.decode(head).0,
        [0xfe, 0xff, ..] | [0, b'<', ..] => encoding_rs::UTF_16BE.decode(head).0,
        _ => String::from_utf8_lossy(head),
    }
}

enum Node<'t> {
    Instruction(&'t str),
    Comment,
    Doctype(&'t str, Doctype),
    Element(&'t str),
}

/// The node at the beginning of a text, and what follows it.
fn node(text: &str) -> Option<(Node<'_>, &str)> {
    let inner = text.strip_prefix('<')?;
    if let Some(inner) = inner.strip_prefix('?') {
        return inner.split_once("?>").map(|(text, after)| (Node::Instruction(text), after));
    }
    if let Some(inner) = inner.strip_prefix("!--") {
        return inner.split_once("-->").map(|(_, after)| (Node::Comment, after));
    }
    if inner.get(..8).is_some_and(|word| word.eq_ignore_ascii_case("!doctype")) {
        return doctype(&inner[8..]);
    }
    let name = name(inner);
    let begins = |one: char| one.is_alphabetic() || matches!(one, '_' | ':' | '\u{fffd}');
    name.starts_with(begins).then_some((Node::Element(name), ""))
}

fn doctype(text: &str) -> Option<(Node<'_>, &str)> {
    let text = text.trim_start();
    let end = text.find(['[', '>'])?;
    let is_own = text[end..].starts_with('[');
    let node = Node::Doctype(name(text), if is_own { Doctype::Own } else { Doctype::Bare });
    let after = if is_own { text[end..].split_once(']')?.1.split_once('>')?.1 } else { &text[end + 1..] };
    Some((node, after))
}

fn name(text: &str) -> &str {
    let end = text.find(|one: char| one.is_whitespace() || matches!(one, '>' | '/' | '[' | '<' | '=')).unwrap_or(text.len());
    &text[..end]
}
