//! Tables of shares and caps, and the awards that follow from them.

use maud::{Markup, html};
use policy::pack::{Pack, Table};
use policy::program::Type;
use policy::spec::StackMode;

use super::key;
use crate::components::clause::{cell_here, cites_here};
use crate::components::layout;

/// The pack's tables and awards.
pub(super) fn amounts(pack: &Pack) -> Option<Markup> {
    let all = html! {
        @for award in &pack.awards {
            p { strong { (award.label) } " " (cites_here(pack, &award.clause)) }
        }
        @for (at, table) in pack.tables.iter().enumerate() { (one_table(pack, table, &key::types(pack, at))) }
        @if !pack.stacks.is_empty() { (stacks(pack)) }
    };
    (!pack.tables.is_empty() || !pack.awards.is_empty()).then_some(all)
}

fn one_table(pack: &Pack, table: &Table, types: &[Type]) -> Markup {
    let rows_cite = table.rows.iter().any(|(_, clause)| !clause.is_empty() && *clause != table.clause);
    let markup = html! {
        table {
            caption { (table.label) " " (cites_here(pack, &table.clause)) }
            thead {
                tr {
                    @for (_, label) in &table.heads { th scope="col" { (label) } }
                    @if rows_cite { th scope="col" { "依据" } }
                }
            }
            tbody {
                @for (cells, clause) in &table.rows {
                    tr {
                        @for (at, cell) in cells.iter().enumerate() {
                            @let said = if at < types.len() { key::words(pack, types[at], cell) } else { cell.clone() };
                            @if at == 0 { th scope="row" { (said) } } @else { td { (said) } }
                        }
                        @if rows_cite { (cell_here(pack, if clause.is_empty() { &table.clause } else { clause })) }
                    }
                }
            }
        }
    };
    layout::wide(&table.label, &markup)
}

fn stacks(pack: &Pack) -> Markup {
    html! {
        h3 { "多项补贴如何合计" }
        ul {
            @for stack in &pack.stacks {
                @let names: Vec<&str> = stack.awards.iter().map(|at| pack.awards[*at].label.as_str()).collect();
                li { (names.join("、")) "：" (mode(stack.mode)) " " (cites_here(pack, &stack.clause)) }
            }
        }
    }
}

fn mode(mode: StackMode) -> &'static str {
    match mode {
        StackMode::Sum => "各项相加。",
        StackMode::Best => "从优就高，不重复享受。",
        StackMode::Exclude => "只能申请其中一项。",
        StackMode::TopUp => "按较高一项补足差额。",
    }
}
