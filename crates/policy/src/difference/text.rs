//! Clause by clause: which passages of the texts were added, removed or changed.

use super::marks::{How, Mark, marks};
use crate::clauses::{Citation, Document, Part};
use crate::pack::Pack;
use serde::Serialize;

/// A clause whose text differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TextChange {
    /// Added, removed or changed.
    pub how: How,
    /// The passages in order.
    pub marks: Vec<Mark>,
}

/// A document's passage: its clauses, and under an empty id what stands outside of them.
fn passages(document: &Document) -> Vec<(&str, String)> {
    let outside = document.parts.iter().filter_map(|part| match part {
        Part::Heading(_, text) | Part::Paragraph(text) => Some(text.trim()),
        Part::Clause(_) => None,
    });
    let outside = outside.collect::<Vec<_>>().join("\n");
    let clauses = document.clauses().map(|clause| (clause.id.as_str(), clause.text.trim().to_owned()));
    std::iter::once(("", outside)).chain(clauses).collect()
}

/// Every passage of both versions in the order of the new one, by its printed name, with what changed in it.
pub fn texts(old: &Pack, new: &Pack) -> Vec<(String, Option<TextChange>)> {
    let mut all = Vec::new();
    for document in &new.documents {
        let before = old.documents.iter().find(|before| before.id == document.id);
        let earlier = before.map_or(Vec::new(), passages);
        let now = passages(document);
        for (id, text) in &now {
            let old_text = earlier.iter().find(|(known, _)| known == id).map(|(_, text)| text.as_str());
            all.push((printed(document, id), change(old_text, Some(text))));
        }
        let gone = earlier.iter().filter(|(id, _)| !now.iter().any(|(known, _)| known == id));
        all.extend(gone.map(|(id, text)| (printed(document, id), change(Some(text), None))));
    }
    let gone = old.documents.iter().filter(|document| !new.documents.iter().any(|kept| kept.id == document.id));
    all.extend(
        gone.flat_map(|document| passages(document).into_iter().map(|(id, text)| (printed(document, id), change(Some(&text), None)))),
    );
    all
}

fn printed(document: &Document, id: &str) -> String {
    if id.is_empty() {
        format!("{}（条款以外）", document.short)
    } else {
        format!("{}{}", document.short, crate::clauses::printed(id))
    }
}

fn change(old: Option<&str>, new: Option<&str>) -> Option<TextChange> {
    let (before, after) = (old.unwrap_or_default(), new.unwrap_or_default());
    let how = match (old, new) {
        _ if before == after => return None,
        (None, _) => How::Added,
        (_, None) => How::Removed,
        _ => How::Changed,
    };
    Some(TextChange { how, marks: marks(before, after) })
}

/// A citation as printed in the comparison: under the new version's short title where the document is in both.
pub fn cited(citing: &Pack, new: &Pack, citation: &str) -> String {
    let parsed = Citation::parse(citation);
    let own = parsed.pack.is_empty() || parsed.pack == citing.id;
    match citing.clause(citation) {
        Some((document, clause)) if own => {
            let latest = new.documents.iter().find(|found| found.id == document.id).unwrap_or(document);
            printed(latest, &clause.id)
        }
        _ => citing.cite(citation),
    }
}
