//! Trees of reasons: what follows from what, each with its clauses.

use maud::{Markup, html};
use policy::pack::Pack;
use policy::reason::Reason;

use super::clause;

/// A quiet 为什么 that opens the tree below a figure.
pub(crate) fn why(pack: &Pack, reason: &Reason) -> Markup {
    html! {
        details.why {
            summary { "为什么" }
            ul.reasons { (node(pack, reason, true)) }
        }
    }
}

fn node(pack: &Pack, reason: &Reason, open: bool) -> Markup {
    html! {
        li {
            @if reason.children.is_empty() {
                span { (reason.text) } " " (clause::cites(pack, &reason.clause))
            } @else {
                details open[open] {
                    summary { (reason.text) }
                    (clause::cites(pack, &reason.clause))
                    ul { @for child in &reason.children { (node(pack, child, false)) } }
                }
            }
        }
    }
}

/// Reasons said outright, e.g. warnings.
pub(crate) fn said(pack: &Pack, reasons: &[Reason]) -> Markup {
    html! {
        @for reason in reasons {
            div.notice {
                p { (reason.text) " " (clause::cites(pack, &reason.clause)) }
                @if !reason.children.is_empty() { (why(pack, reason)) }
            }
        }
    }
}
