//! What checking a condition said, as an item of a list.

use maud::{Markup, html};
use policy::outcome::{Finding, FindingStatus};
use policy::pack::Pack;

use super::clause::cites;
use super::reason;

/// A finding with what to do about it, its clauses and its reasons; `judged` stands behind its name.
pub(crate) fn item(pack: &Pack, finding: &Finding, judged: &Markup) -> Markup {
    let class = match finding.status {
        FindingStatus::Met => "tag good",
        FindingStatus::Failed => "tag bad",
        FindingStatus::Person | FindingStatus::Unknown => "tag",
    };
    html! {
        li {
            p { (finding.label) " " span class=(class) { (finding.status.label()) } }
            (judged)
            @if !finding.fix.is_empty() && finding.status == FindingStatus::Failed { p.quiet { (finding.fix) } }
            p.quiet { (cites(pack, &finding.clause)) }
            (reason::why(pack, &finding.reasons))
        }
    }
}
