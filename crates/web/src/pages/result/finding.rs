//! Conditions with what checking them said, those that need something done first.

use maud::{Markup, html};
use policy::outcome::{Finding, FindingStatus};
use policy::pack::Pack;

use crate::components::clause::cites;
use crate::components::reason;
use crate::pages::calculator::columns::{self, Column, Row};

/// What is shown first: what stands in the way, then what is open, then what is met.
const ORDER: [(FindingStatus, &str); 4] = [
    (FindingStatus::Failed, "不符合的条件"),
    (FindingStatus::Unknown, "尚未填写的条件"),
    (FindingStatus::Person, "由审核人员核实的条件"),
    (FindingStatus::Met, "符合的条件"),
];

/// All conditions, grouped by where they stand.
pub(super) fn section(pack: &Pack, columns: &[Column]) -> Markup {
    let rows = columns::findings(columns);
    html! {
        @if !rows.is_empty() {
            section aria-labelledby="findings" {
                h2 #findings { "申报条件核对" }
                @for (status, title) in ORDER { (group(pack, &rows, status, title)) }
            }
        }
    }
}

/// What stands in the way, and what to do about it, before anything else.
pub(super) fn refusal(pack: &Pack, columns: &[Column]) -> Markup {
    let rows = columns::findings(columns);
    let failed: Vec<&Finding> = rows.iter().map(|row| row.finding).filter(|finding| finding.status == FindingStatus::Failed).collect();
    html! {
        @if !failed.is_empty() {
            div.notice.bad {
                p { strong { "按填写的情况，有" (failed.len()) "条不符合，不予补贴。请先办理：" } }
                ul { @for finding in failed { li { (finding.label) "：" (finding.fix) " " (cites(pack, &finding.clause)) } } }
            }
        }
    }
}

fn group(pack: &Pack, rows: &[Row], status: FindingStatus, title: &str) -> Markup {
    let rows: Vec<&Row> = rows.iter().filter(|row| row.finding.status == status).collect();
    let open = matches!(status, FindingStatus::Failed);
    html! {
        @if !rows.is_empty() {
            details.findings open[open] {
                summary { (title) "（" (rows.len()) "条）" }
                ul.rules { @for row in rows { (one(pack, row)) } }
            }
        }
    }
}

fn one(pack: &Pack, row: &Row) -> Markup {
    html! {
        li {
            (status(row.finding))
            @if !row.finding.fix.is_empty() { p { (row.finding.fix) } }
            @for (label, other) in &row.differs { p { (label) "：" (other.status.label()) "。" (other.fix) } }
            p.quiet { (cites(pack, &row.finding.clause)) }
            (reason::why(pack, &row.finding.reasons))
        }
    }
}

fn status(finding: &Finding) -> Markup {
    let class = match finding.status {
        FindingStatus::Met => "tag good",
        FindingStatus::Failed => "tag bad",
        FindingStatus::Person | FindingStatus::Unknown => "tag",
    };
    html! { p { strong { (finding.label) } " " span class=(class) { (finding.status.label()) } } }
}
