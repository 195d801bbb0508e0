//! Citations as they are printed.

use super::Pack;
use crate::clauses::{self, Citation, Clause, Document, Part};

/// A document and the citations into it, each with its place there.
type Cited<'p, 'c> = (&'p Document, Vec<(usize, &'c str, &'p Clause)>);

impl Pack {
    /// The clause a citation points at, with its document. `None` for a citation that does not exist.
    pub fn clause(&self, citation: &str) -> Option<(&Document, &Clause)> {
        let parsed = Citation::parse(citation);
        if !parsed.pack.is_empty() && parsed.pack != self.id {
            let used = self.used.iter().find(|used| used.id == parsed.pack)?;
            return clauses::find(&used.documents, &parsed);
        }
        clauses::find(&self.documents, &parsed)
    }

    /// A citation as printed: 《申报指南》1.3; §0 is what stands before the first number (引言).
    pub fn cite(&self, citation: &str) -> String {
        match self.clause(citation) {
            Some((document, clause)) => format!("{}{}", document.short, clause.printed()),
            None => citation.to_owned(),
        }
    }

    /// Several citations, joined as reasons keep them, each with its words in a list: every clause once, those of one document
    /// together in the order of its text, the document named with the first of them.
    pub fn cites<'c>(&self, citations: &'c str) -> Vec<(&'c str, String)> {
        let (mut documents, mut unknown): (Vec<Cited>, Vec<(&str, String)>) = (Vec::new(), Vec::new());
        for citation in citations.split('、').filter(|citation| !citation.is_empty()) {
            match self.clause(citation) {
                Some((document, clause)) => add(&mut documents, document, (place(document, clause), citation, clause)),
                None => unknown.push((citation, citation.to_owned())),
            }
        }
        documents.into_iter().flat_map(printed).chain(unknown).collect()
    }

    /// The same as one text: 《申报指南》3.2、3.3、《工作方案》26.
    pub fn cite_all(&self, citations: &str) -> String {
        self.cites(citations).into_iter().map(|(_, words)| words).collect::<Vec<_>>().join("、")
    }
}

fn add<'p, 'c>(documents: &mut Vec<Cited<'p, 'c>>, document: &'p Document, cited: (usize, &'c str, &'p Clause)) {
    let known = documents.iter_mut().find(|(known, _)| std::ptr::eq(*known, document));
    match known {
        Some((_, clauses)) if clauses.iter().any(|(place, ..)| *place == cited.0) => {}
        Some((_, clauses)) => clauses.push(cited),
        None => documents.push((document, vec![cited])),
    }
}

/// Where a clause stands in its document.
fn place(document: &Document, clause: &Clause) -> usize {
    let is = |part: &Part| matches!(part, Part::Clause(known) if known.id == clause.id);
    document.parts.iter().position(is).unwrap_or_default()
}

fn printed<'c>((document, mut clauses): Cited<'_, 'c>) -> Vec<(&'c str, String)> {
    clauses.sort_by_key(|(place, ..)| *place);
    let name = |at: usize| if at == 0 { document.short.as_str() } else { "" };
    let words = |(at, (_, citation, clause)): (usize, (usize, &'c str, &Clause))| (citation, format!("{}{}", name(at), clause.printed()));
    clauses.into_iter().enumerate().map(words).collect()
}
