//! What the rules say of a file's conditions, with what officials judged of them.

use maud::{Markup, html};
use policy::outcome::{Finding, FindingStatus, Outcome};

use super::opened::Opened;
use crate::components::finding;

/// What stands in the way first, then what is open, then what is met.
const ORDER: [(FindingStatus, &str); 4] = [
    (FindingStatus::Failed, "不符合"),
    (FindingStatus::Unknown, "待补充信息"),
    (FindingStatus::Person, "待人工核实"),
    (FindingStatus::Met, "符合"),
];

/// All conditions, grouped by where they stand.
pub(super) fn findings(opened: &Opened) -> Markup {
    findings_of(opened, opened.view.outcome.as_ref())
}

/// The same, from an outcome that what is typed just now comes to.
pub(super) fn findings_of(opened: &Opened, outcome: Option<&Outcome>) -> Markup {
    let Some(outcome) = outcome else { return html! {} };
    html! {
        section aria-labelledby="findings" {
            h2 #findings { "申报条件核查" }
            p.quiet { "由系统按申报内容和各环节核实情况计算，供核查参考；人工核实的条件以核实结论为准。" }
            @for (status, title) in ORDER { (group(opened, &outcome.findings, status, title)) }
        }
    }
}

fn group(opened: &Opened, all: &[Finding], status: FindingStatus, title: &str) -> Markup {
    let own: Vec<&Finding> = all.iter().filter(|finding| finding.status == status).collect();
    html! {
        @if !own.is_empty() {
            details.findings open[status != FindingStatus::Met] {
                summary { (title) "（" (own.len()) "条）" }
                ul.rules { @for finding in own { (one(opened, finding)) } }
            }
        }
    }
}

fn one(opened: &Opened, found: &Finding) -> Markup {
    let judged = html! {
        @if let Some(judged) = opened.view.application.judgements.get(&found.id) {
            p { "核实结论：" @if judged.holds { "符合" } @else { "不符合" } "。" (judged.note) }
        }
    };
    finding::item(opened.pack(), found, &judged)
}
