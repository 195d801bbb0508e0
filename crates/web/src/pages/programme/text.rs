//! The policy text with an anchor at every clause.

use maud::{Markup, html};
use policy::clauses::{Clause, Document, Part};
use policy::pack::Pack;

use crate::components::clause::anchor;
use crate::components::prose::prose;

/// Every document in full.
pub(super) fn text(pack: &Pack) -> Option<Markup> {
    let all = html! { @for document in &pack.documents { (one_document(document)) } };
    (!pack.documents.is_empty()).then_some(all)
}

fn one_document(document: &Document) -> Markup {
    html! {
        article.document aria-labelledby=(format!("text-{}", document.id)) {
            h3 id=(format!("text-{}", document.id)) { (document.title) }
            @for part in &document.parts {
                @match part {
                    Part::Heading(depth, title) => (heading(document, *depth, title)),
                    Part::Paragraph(text) => (prose(text)),
                    Part::Clause(clause) => (one_clause(document, clause)),
                }
            }
        }
    }
}

/// A heading of the text below our own; the text's title is said already.
fn heading(document: &Document, depth: u8, title: &str) -> Markup {
    html! {
        @match depth {
            1 if title == document.title => {},
            0..=2 => h4 { (title) },
            3 => h5 { (title) },
            _ => h6 { (title) },
        }
    }
}

fn one_clause(document: &Document, clause: &Clause) -> Markup {
    let id = anchor(&document.id, &clause.id);
    html! {
        div.clause #(id) {
            a.number href=(format!("#{id}")) aria-label=(format!("条款{}", clause.printed())) { (clause.printed()) }
            div { (prose(&clause.text)) }
        }
    }
}
