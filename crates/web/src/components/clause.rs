//! Citations as links to the clause in the programme's text.

use maud::{Markup, html};
use policy::clauses::Citation;
use policy::pack::Pack;

/// Where a clause stands on its programme's page.
pub(crate) fn anchor(document: &str, clause: &str) -> String {
    format!("{document}-{clause}")
}

/// Address of the page of this version of a pack.
pub(crate) fn page(pack: &Pack) -> String {
    format!("/programmes/{}?version={}", pack.id, pack.version)
}

/// 依据：《申报指南》1.3、2.1 — each linked to its text. Nothing for no clause.
pub(crate) fn cites(pack: &Pack, clauses: &str) -> Markup {
    links(pack, clauses, false)
}

/// The same on the page that holds the pack's own text.
pub(crate) fn cites_here(pack: &Pack, clauses: &str) -> Markup {
    links(pack, clauses, true)
}

fn links(pack: &Pack, clauses: &str, here: bool) -> Markup {
    html! { @if !clauses.is_empty() { span.cites { "依据：" (list(pack, clauses, here)) } } }
}

/// The links alone, for a column whose head says 依据.
pub(crate) fn cell(pack: &Pack, clauses: &str) -> Markup {
    html! { td.cites { (list(pack, clauses, false)) } }
}

/// The same on the page that holds the pack's own text.
pub(crate) fn cell_here(pack: &Pack, clauses: &str) -> Markup {
    html! { td.cites { (list(pack, clauses, true)) } }
}

fn list(pack: &Pack, clauses: &str, here: bool) -> Markup {
    html! {
        @for (at, (clause, words)) in pack.cites(clauses).iter().enumerate() {
            @if at > 0 { "、" }
            (link(pack, clause, words, here))
        }
    }
}

/// A clause in a list; where the list named its document before, those who hear the link alone hear it named again.
fn link(pack: &Pack, clause: &str, words: &str, here: bool) -> Markup {
    let whole = pack.cite(clause);
    html! {
        @match address(pack, clause, here) {
            Some(address) => a href=(address) aria-label=[(whole != words).then_some(whole)] { (words) },
            None => (words),
        }
    }
}

fn address(pack: &Pack, citation: &str, here: bool) -> Option<String> {
    let (document, clause) = pack.clause(citation)?;
    let anchor = anchor(&document.id, &clause.id);
    let owner = owner(pack, citation);
    let own = owner.id == pack.id;
    Some(if here && own { format!("#{anchor}") } else { format!("{}#{anchor}", page(owner)) })
}

/// The pack whose text a citation points into.
fn owner<'a>(pack: &'a Pack, citation: &str) -> &'a Pack {
    let id = Citation::parse(citation).pack;
    pack.used.iter().find(|used| used.id == id).map_or(pack, AsRef::as_ref)
}
