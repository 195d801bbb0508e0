//! What is wrong with a pack, file by file and line by line, so that whoever wrote it finds the place at once.

use maud::{Markup, html};
use service::pack_version::Fault;

use crate::components::layout;

/// Faults shown; whoever has more mends these first.
const SHOWN_MAX: usize = 200;

/// All of them.
pub(super) fn faults(all: &[Fault]) -> Markup {
    let table = html! {
        table.stack {
            caption.hidden { "政策包的问题" }
            thead { tr { th scope="col" { "文件" } th.number scope="col" { "行" } th scope="col" { "问题" } th scope="col" { "怎么改" } } }
            tbody { @for fault in all.iter().take(SHOWN_MAX) { (line(fault)) } }
        }
    };
    html! {
        (layout::wide("政策包的问题", &table))
        @if all.len() > SHOWN_MAX { p.quiet { "另有" (all.len() - SHOWN_MAX) "处，改好以上各处后再次上传时列出。" } }
    }
}

fn line(fault: &Fault) -> Markup {
    html! {
        tr {
            th scope="row" { code { (if fault.file.is_empty() { "（整个包）" } else { &fault.file }) } }
            td.number data-label="行" { @if fault.line > 0 { (fault.line) } @else { "—" } }
            td data-label="问题" {
                p { (fault.message) @if let Some(clause) = &fault.clause { "（条款" (clause) "）" } }
                @if !fault.text.is_empty() { p.quiet { code { (fault.text) } } }
            }
            td data-label="怎么改" { (fault.suggestion.as_deref().unwrap_or("")) }
        }
    }
}
