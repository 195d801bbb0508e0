//! What was filled in, for the certifier: sign and submit, or give it back.

use axum::response::Html;
use maud::{Markup, html};
use records::{FieldError, Refusal};
use service::paper::Paper;

use super::{Head, check};
use crate::components::{field, layout};
use crate::session;
use crate::sheet::{Sheet, view};

/// The certifier's page.
#[derive(Clone, Debug)]
pub(crate) struct SignPage<'a> {
    /// The file.
    pub(crate) head: Head<'a>,
    /// The stage's name.
    pub(crate) stage: &'a str,
    /// Where it is posted to.
    pub(crate) action: String,
    /// All forms with what was handed to the certifier.
    pub(crate) sheet: Sheet<'a>,
    /// Papers by the name of their slot.
    pub(crate) papers: Vec<(&'a str, Vec<Paper>)>,
    /// The version of the file.
    pub(crate) version: i64,
    /// When it was handed over; none: nothing waits.
    pub(crate) prepared_at: Option<String>,
    /// What is wrong with what the certifier said.
    pub(crate) errors: &'a [FieldError],
    /// Why it was not signed.
    pub(crate) refused: Option<Refusal>,
    /// What the certifier wrote.
    pub(crate) note: &'a str,
}

/// The page.
pub(crate) fn page(page: &SignPage) -> Html<String> {
    let title = format!("签发：{}", page.stage);
    let main = html! {
        (layout::error_summary(page.errors))
        @if let Some(refused) = &page.refused { (page.head.refused(refused)) }
        h1 { (title) }
        @match &page.prepared_at {
            Some(at) => p.lead { "经办人于" (at) "提交签发。请核对全部内容，签发后即正式提交。" },
            None => div.notice { p { "没有等待签发的内容，请先由经办人填报并提交签发。" } },
        }
        (view(&page.sheet))
        (check::papers(&page.papers))
        @if page.prepared_at.is_some() { (decide(page)) }
    };
    page.head.page(&title, main)
}

fn decide(page: &SignPage) -> Markup {
    let error = page.errors.iter().find(|error| error.path == "note").map(|error| error.message.as_str());
    html! {
        form method="post" action=(page.action) novalidate {
            (session::token_field())
            input type="hidden" name="version" value=(page.version);
            p { button type="submit" name="do" value="sign" { "签发并提交" } }
            details open[error.is_some()] {
                summary { "退回经办人修改" }
                div.field.wrong[error.is_some()] {
                    label for="note" { "需要修改的内容" }
                    (field::message("note", error))
                    textarea #note name="note" rows="4" { "\n" (page.note) }
                }
                button.second type="submit" name="do" value="give-back" { "退回修改" }
            }
        }
    }
}
