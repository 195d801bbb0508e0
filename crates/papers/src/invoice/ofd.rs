//! Invoices in OFD (GB/T 33190), in both layouts that are about: the data attached as XML, and tags that say which words of the page are
//! which field. Where neither says a thing, the words of the page are read as those of a PDF are. The number and the total that people see
//! must be those of the data.

use std::collections::HashMap;
use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use super::node::{Node, parse};
use super::raw::Raw;
use super::{Field, InvoiceError, page, xml};
use crate::pdf_in::Run;

/// Most parts of an archive.
const MAX_PARTS: usize = 500;
/// Most bytes of the parts that are read, unpacked.
const MAX_UNPACKED_BYTES: u64 = 16 << 20;
/// What every entry of an archive's directory begins with; the directory is known to be small before it is read.
const DIRECTORY_ENTRY: &[u8] = b"PK\x01\x02";

/// What an OFD says.
pub(super) fn fields(bytes: &[u8]) -> Result<Raw, InvoiceError> {
    let parts = parts(bytes)?;
    let pages: Vec<&Node> = named(&parts, |name| name.ends_with("content.xml")).collect();
    let mut raw = Raw::default();
    for attached in named(&parts, |name| name.contains("attach")) {
        raw.merge(xml::fields(attached));
    }
    let words = words(&pages);
    for tags in named(&parts, |name| name.contains("tag")) {
        raw.merge(xml::fields(&resolved(tags, &words)));
    }
    let seen = page::fields(&pages.iter().flat_map(|page| runs(page)).collect::<Vec<Run>>());
    raw.fill(seen, &[Field::Number, Field::Total]);
    Ok(raw)
}

fn named(parts: &[(String, Node)], fits: impl Fn(&str) -> bool) -> impl Iterator<Item = &Node> {
    parts.iter().filter(move |(name, _)| fits(name)).map(|(_, node)| node)
}

/// Every XML part that may say something, by its name in small letters. One attached file that is no XML tree says nothing.
fn parts(bytes: &[u8]) -> Result<Vec<(String, Node)>, InvoiceError> {
    if bytes.windows(4).filter(|here| here == &DIRECTORY_ENTRY).count() > MAX_PARTS {
        return Err(InvoiceError::Parts(MAX_PARTS));
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| InvoiceError::BrokenOfd)?;
    if archive.has_duplicate_names() || archive.index_for_name("OFD.xml").is_none() {
        return Err(InvoiceError::BrokenOfd);
    }
    let (mut all, mut left) = (Vec::new(), MAX_UNPACKED_BYTES);
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|_| InvoiceError::BrokenOfd)?;
        let name = part.name().map_err(|_| InvoiceError::BrokenOfd)?.to_ascii_lowercase();
        if !name.ends_with(".xml") || !["attach", "tag", "content.xml"].iter().any(|word| name.contains(word)) {
            continue;
        }
        let mut text = Vec::new();
        let read = part.take(left + 1).read_to_end(&mut text).map_err(|_| InvoiceError::BrokenOfd)?;
        left = left.checked_sub(read as u64).ok_or(InvoiceError::Unpacked(MAX_UNPACKED_BYTES >> 20))?;
        match parse(&text) {
            Ok(node) => all.push((name, node)),
            Err(hostile @ (InvoiceError::Doctype | InvoiceError::Nested)) => return Err(hostile),
            Err(_) if name.contains("attach") => {}
            Err(error) => return Err(error),
        }
    }
    Ok(all)
}

/// The words of every text object by its id.
fn words(pages: &[&Node]) -> HashMap<String, String> {
    let mut all = HashMap::new();
    for object in pages.iter().flat_map(|page| objects(page)) {
        if let Some(id) = object.attribute("ID") {
            all.insert(id.to_owned(), codes(object).map(|code| code.text.as_str()).collect());
        }
    }
    all
}

fn objects(page: &Node) -> Vec<&Node> {
    let mut found = Vec::new();
    page.all("TextObject", &mut found);
    found
}

fn codes(object: &Node) -> impl Iterator<Item = &Node> {
    object.children.iter().filter(|child| child.name == "TextCode")
}

/// A tree of tags with the words that its references point at in their place.
fn resolved(tags: &Node, words: &HashMap<String, String>) -> Node {
    let referred = tags.children.iter().filter(|child| child.name == "ObjectRef");
    let text: String = referred.filter_map(|child| words.get(child.text.trim())).map(String::as_str).collect();
    Node {
        name: tags.name.clone(),
        attributes: Vec::new(),
        text: if text.is_empty() { tags.text.clone() } else { text },
        children: tags.children.iter().filter(|child| child.name != "ObjectRef").map(|child| resolved(child, words)).collect(),
    }
}

/// The text of a page where it stands. Millimetres from the top are turned upward, as a PDF counts.
fn runs(page: &Node) -> Vec<Run> {
    let mut all = Vec::new();
    for object in objects(page) {
        let boundary = numbers(object.attribute("Boundary").unwrap_or_default());
        let size = object.attribute("Size").and_then(|size| size.parse().ok()).unwrap_or(3.0);
        for code in codes(object) {
            let at = |name: &str, index: usize| {
                let within = code.attribute(name).and_then(|at| at.parse::<f64>().ok()).unwrap_or(0.0);
                boundary.get(index).copied().unwrap_or(0.0) + within
            };
            all.push(Run { page: 0, x: at("X", 0), y: -at("Y", 1), size, text: code.text.clone() });
        }
    }
    all
}

fn numbers(text: &str) -> Vec<f64> {
    text.split_whitespace().filter_map(|number| number.parse().ok()).collect()
}
