//! Cost before and after by group: a picture and the table that says the same.

use insight::{Group, Simulation, group_chart};
use maud::{Markup, PreEscaped, html};
use standards::words::total_in_wan;

use super::result::signed;
use crate::components::layout;

/// All groupings.
pub(super) fn section(simulation: &Simulation) -> Markup {
    html! {
        @if !simulation.groups.is_empty() {
            section aria-labelledby="groups" {
                h2 #groups { "分组情况" }
                @for groups in simulation.groups.chunk_by(|one, other| one.by == other.by) { (grouping(groups)) }
            }
        }
    }
}

fn grouping(groups: &[Group]) -> Markup {
    let by = groups.first().map_or("", |group| group.by.as_str());
    let caption = format!("按{by}");
    html! {
        h3 { (caption) }
        (layout::wide(&caption, &table(&caption, groups)))
        figure {
            figcaption { span.key.before { "现行" } " " span.key.after { "调整后" } }
            // Written by `insight`, which escapes every name.
            (PreEscaped(group_chart(groups)))
        }
    }
}

fn table(caption: &str, groups: &[Group]) -> Markup {
    html! {
        table.amounts {
            caption.hidden { (caption) }
            thead {
                tr {
                    th scope="col" { "分组" }
                    th.number scope="col" { "件数" }
                    th.number scope="col" { "现行（万元）" }
                    th.number scope="col" { "调整后（万元）" }
                    th.number scope="col" { "增减（万元）" }
                    th.number scope="col" { "增加件数" }
                    th.number scope="col" { "减少件数" }
                }
            }
            tbody { @for group in groups { (line(group)) } }
        }
    }
}

fn line(group: &Group) -> Markup {
    html! {
        tr {
            th scope="row" { (group.word) }
            td.number { (group.cases) }
            td.number { (total_in_wan(group.before_fen)) }
            td.number { (total_in_wan(group.after_fen)) }
            td.number { (signed(group.before_fen, group.after_fen)) }
            td.number { (group.gain) }
            td.number { (group.lose) }
        }
    }
}
