//! Invoices in OFD (GB/T 33190), in both layouts that are about: the data attached as XML, and tags that say which words of the page are
//! which field. Where neither says a thing, the words of the page are read as those of a PDF are. The number, the day, the amounts and the
//! codes that people see must be those of the data.

use std::collections::HashMap;
use std::io::{Cursor, Read as _};

use super::node::{BUDGET_BYTES, Node, parse};
use super::raw::{MAX_REMARK_CHARS, Raw};
use super::{Field, InvoiceError, page, xml};
use crate::budget::Budget;
use crate::pdf_in::Run;
use crate::zip_in::{self, Unopened};

/// Most parts of an archive.
const MAX_PARTS: usize = 500;
/// What the words of the page must say as the data does.
const HELD: [Field; 9] = [
    Field::Code,
    Field::Number,
    Field::FormNumber,
    Field::IssuedOn,
    Field::BuyerCode,
    Field::SellerCode,
    Field::Net,
    Field::Tax,
    Field::Total,
];

/// What an OFD says.
pub(super) fn fields(bytes: &[u8]) -> Result<Raw, InvoiceError> {
    let budget = Budget::new(BUDGET_BYTES);
    let parts = parts(bytes, &budget)?;
    let pages: Vec<&Node> = named(&parts, |name| name.ends_with("content.xml")).collect();
    let mut raw = Raw::default();
    for attached in named(&parts, |name| name.contains("attach")) {
        raw.merge(xml::fields(attached));
    }
    let words = words(&pages);
    for tags in named(&parts, |name| name.contains("tag")) {
        raw.merge(xml::fields(&resolved(tags, &words, &budget)?));
    }
    let seen = page::fields(&pages.iter().flat_map(|page| runs(page)).collect::<Vec<Run>>());
    raw.fill(seen, &HELD);
    Ok(raw)
}

fn named(parts: &[(String, Node)], fits: impl Fn(&str) -> bool) -> impl Iterator<Item = &Node> {
    parts.iter().filter(move |(name, _)| fits(name)).map(|(_, node)| node)
}

/// Every XML part that may say something, by its name in small letters. One attached file that is no XML tree says nothing.
fn parts(bytes: &[u8], budget: &Budget) -> Result<Vec<(String, Node)>, InvoiceError> {
    let mut archive = zip_in::open(Cursor::new(bytes), MAX_PARTS).map_err(|error| match error {
        Unopened::Entries => InvoiceError::Parts(MAX_PARTS),
        Unopened::Broken(_) | Unopened::Read(_) => InvoiceError::BrokenOfd,
    })?;
    if archive.index_for_name("OFD.xml").is_none() {
        return Err(InvoiceError::BrokenOfd);
    }
    let mut all = Vec::new();
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|_| InvoiceError::BrokenOfd)?;
        let name = part.name().map_err(|_| InvoiceError::BrokenOfd)?.to_ascii_lowercase();
        if !name.ends_with(".xml") || !["attach", "tag", "content.xml"].iter().any(|word| name.contains(word)) {
            continue;
        }
        let mut text = Vec::new();
        let unpacked = budget.reader(part).read_to_end(&mut text);
        unpacked.map_err(|_| if budget.is_spent() { InvoiceError::Unpacked(BUDGET_BYTES >> 20) } else { InvoiceError::BrokenOfd })?;
        match parse(&text, budget) {
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
            all.insert(id.to_owned(), codes(object).flat_map(|code| code.text.chars()).take(MAX_REMARK_CHARS).collect());
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

/// A tree of tags with the words that its references point at in their place. Many may point at the same words.
fn resolved(tags: &Node, words: &HashMap<String, String>, budget: &Budget) -> Result<Node, InvoiceError> {
    let referred = tags.children.iter().filter(|child| child.name == "ObjectRef");
    let said = referred.filter_map(|child| words.get(child.text.trim())).flat_map(|words| words.chars());
    let mut text: String = said.take(MAX_REMARK_CHARS).collect();
    if text.is_empty() {
        text.clone_from(&tags.text);
    }
    budget.charge(text.len() as u64).map_err(|_| InvoiceError::Nested)?;
    let others = tags.children.iter().filter(|child| child.name != "ObjectRef");
    let children = others.map(|child| resolved(child, words, budget)).collect::<Result<_, _>>()?;
    Ok(Node { name: tags.name.clone(), attributes: Vec::new(), text, children })
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
