//! The papers of something on its page: what can be issued, and what was.

use std::collections::BTreeMap;

use maud::{Markup, html};
use records::Moment;
use records::document::CheckCode;
use service::DocumentRow;
use service::document::DocumentKind;

use crate::components::layout::wide;
use crate::session::token_field;

/// What issuing is called: 出具 by an office, 生成打印件 by those whose file it is.
struct Verb {
    /// On the button.
    button: &'static str,
    /// When it was done last.
    last: &'static str,
    /// It was never done.
    never: &'static str,
    /// What is said above the table.
    about: &'static str,
    /// There is nothing to do it with.
    nothing: &'static str,
}

const OF_OFFICE: Verb = Verb {
    button: "出具",
    last: "最近出具",
    never: "尚未出具",
    about: "出具的文书带有校验码，内容与出具时一致；内容没有变化的，不重复出具。",
    nothing: "现在没有可以出具的文书。",
};
const OF_APPLICANT: Verb = Verb {
    button: "生成打印件",
    last: "最近生成",
    never: "尚未生成",
    about: "打印件带有校验码，内容与生成时一致；内容没有变化的，不重复生成。",
    nothing: "现在没有可以打印的文书。",
};

/// The papers a file has, each with the last that was issued and the button that issues it.
pub(crate) fn offered(
    file: &str,
    offered: &[(DocumentKind, String)],
    issued: &[DocumentRow],
    tables: &[(String, String)],
    office: bool,
) -> Markup {
    let verb = if office { OF_OFFICE } else { OF_APPLICANT };
    let last: BTreeMap<&str, &DocumentRow> = issued.iter().rev().map(|row| (row.kind.as_str(), row)).collect();
    let table = html! {
        table.list.stack {
            caption.hidden { "文书" }
            thead { tr { th scope="col" { "文书" } th scope="col" { (verb.last) } th scope="col" { "办理" } } }
            tbody {
                @for (kind, title) in offered {
                    tr {
                        th scope="row" { (title) }
                        td data-label=(verb.last) { @match last.get(kind.word().as_str()) { Some(row) => (links(row)), None => (verb.never) } }
                        td data-label="办理" { (button(&format!("/files/{file}/documents/{}", kind.word()), verb.button, title)) }
                    }
                }
            }
        }
    };
    html! {
        section aria-labelledby="documents" {
            h2 #documents { "文书" }
            p.quiet { (verb.about) }
            @if offered.is_empty() { p { (verb.nothing) } } @else { (wide("文书", &table)) }
            @if !tables.is_empty() {
                h3 { "附表" }
                p.quiet { "按文件印发的表样，填入本申报件现在的内容，不带校验码；盖章报送以" (verb.button) "的文书为准。" }
                (super::tables(&format!("/files/{file}"), tables))
            }
        }
    }
}

fn button(address: &str, verb: &str, title: &str) -> Markup {
    html! {
        form method="post" action=(address) {
            (token_field())
            button.second type="submit" { (verb) span.hidden { "：" (title) } }
        }
    }
}

/// The last one that was issued, with its files.
fn links(row: &DocumentRow) -> Markup {
    html! {
        a href=(format!("/documents/{}", row.id)) { (Moment(row.issued_at_ms).text()) }
        " " a href=(format!("/documents/{}/paper.pdf", row.id)) { "PDF" }
        " " a href=(format!("/documents/{}/paper.docx", row.id)) { "Word" }
    }
}

/// Papers that were issued, without a button.
pub(crate) fn issued(rows: &[DocumentRow]) -> Markup {
    html! {
        @if !rows.is_empty() {
            ul.plain {
                @for row in rows {
                    li { (row.title) "，" (links(row)) "，校验码 " code { (CheckCode::parse(&row.code).map(|code| code.to_string()).unwrap_or_default()) } }
                }
            }
        }
    }
}
