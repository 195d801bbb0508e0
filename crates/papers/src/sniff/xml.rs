//! XML up to its first element: enough to tell an invoice from a web page. Entities are never read.

use std::borrow::Cow;

use super::{FileType, Refused};

/// First elements of web pages, by their name in small letters.
const PAGES: &[&str] = &["html", "head", "body", "script", "iframe", "form", "meta", "title", "div", "table", "style"];

/// XML, unless it is a web page, a picture or an office document in XML's clothes.
pub(super) fn inspect(head: &[u8]) -> Result<FileType, Refused> {
    let text = decoded(head);
    let mut rest = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    while let Some((node, after)) = node(rest) {
        match node {
            // Word opens such a file and runs what is in it.
            Node::Instruction(text) if text.contains("mso-application") => return Err(Refused::OldOffice),
            Node::Doctype(name) => root(name)?,
            Node::Element(name) => return root(name).map(|()| FileType::Xml),
            Node::Instruction(_) | Node::Comment => {}
        }
        rest = after.trim_start();
    }
    Err(Refused::Unknown)
}

fn root(name: &str) -> Result<(), Refused> {
    let local = name.rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
    match local.as_str() {
        "svg" => Err(Refused::Svg),
        page if PAGES.contains(&page) => Err(Refused::WebPage),
        _ => Ok(()),
    }
}

/// Tags are ASCII in every encoding that is not UTF-16; what else is in the text does not matter here.
fn decoded(head: &[u8]) -> Cow<'_, str> {
    match head {
        [0xff, 0xfe, ..] => encoding_rs::UTF_16LE.decode(head).0,
        [0xfe, 0xff, ..] => encoding_rs::UTF_16BE.decode(head).0,
        _ => String::from_utf8_lossy(head),
    }
}

enum Node<'t> {
    Instruction(&'t str),
    Comment,
    Doctype(&'t str),
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
    (!name.is_empty()).then_some((Node::Element(name), ""))
}

fn doctype(text: &str) -> Option<(Node<'_>, &str)> {
    let text = text.trim_start();
    let node = Node::Doctype(name(text));
    let end = text.find(['[', '>'])?;
    let after = if text[end..].starts_with('[') { text[end..].split_once(']')?.1.split_once('>')?.1 } else { &text[end + 1..] };
    Some((node, after))
}

fn name(text: &str) -> &str {
    let end = text.find(|one: char| one.is_whitespace() || matches!(one, '>' | '/' | '[' | '<' | '=')).unwrap_or(text.len());
    &text[..end]
}
