//! Everything that was filled in, to check before it is handed to the certifier.

use axum::response::Html;
use maud::{Markup, html};
use records::{FieldError, Refusal};
use service::paper::Paper;

use super::Head;
use super::steps::{Step, Steps};
use crate::components::slot;
use crate::session;
use crate::sheet::{Sheet, view};

/// The page on which answers are checked.
#[derive(Clone, Debug)]
pub(crate) struct CheckPage<'a> {
    /// The file.
    pub(crate) head: Head<'a>,
    /// The pages it is the last of.
    pub(crate) steps: &'a Steps<'a>,
    /// All forms with their answers.
    pub(crate) sheet: Sheet<'a>,
    /// Papers by the name of their slot.
    pub(crate) papers: Vec<(&'a str, Vec<Paper>)>,
    /// What is missing or wrong.
    pub(crate) problems: &'a [FieldError],
    /// Why it was not handed in, if somebody just tried and it was for no field.
    pub(crate) refused: Option<Refusal>,
    /// The version of the file it is handed in at.
    pub(crate) version: i64,
    /// Whether it waits for the certifier already.
    pub(crate) prepared: bool,
}

/// The page.
pub(crate) fn page(view: &CheckPage) -> Html<String> {
    let main = html! {
        div.filling {
            (view.steps.nav(&Step::Check))
            div {
                @if let Some(refused) = &view.refused { (view.head.refused(refused)) }
                h1 { "核对并提交" }
                (problems(view))
                (answers(&view.sheet))
                (papers(&view.papers))
                (hand_in(view))
            }
        }
    };
    view.head.page("核对并提交", main)
}

/// Each line leads to the page on which it is mended.
fn problems(view: &CheckPage) -> Markup {
    html! {
        @if !view.problems.is_empty() {
            div.error-summary #errors tabindex="-1" aria-labelledby="errors-title" {
                h2 #errors-title { "提交前还有" (view.problems.len()) "处需要填写或修改，已填写的内容均已保留" }
                @for (page, problems) in view.steps.by_page(view.problems) {
                    @if !page.is_empty() { h3 { (page) "（" (problems.len()) "处）" } }
                    ul {
                        @for (problem, address) in &problems {
                            li { @if address.is_empty() { (problem.message) } @else { a href=(address) { (problem.message) } } }
                        }
                    }
                }
            }
        }
    }
}

fn answers(sheet: &Sheet) -> Markup {
    view(sheet)
}

/// Papers by slot.
pub(crate) fn papers(all: &[(&str, Vec<Paper>)]) -> Markup {
    html! {
        @if !all.is_empty() {
            section {
                h2 { "材料" }
                dl.facts {
                    @for (label, papers) in all {
                        dt { (label) }
                        dd {
                            @if papers.is_empty() { "未上传" }
                            @for paper in papers { p { (slot::link(paper, "/papers")) " " (slot::state(paper)) } }
                        }
                    }
                }
            }
        }
    }
}

fn hand_in(view: &CheckPage) -> Markup {
    html! {
        @if view.problems.is_empty() {
            @if view.prepared {
                div.notice { p { "已交签发人，待签发。修改了填报内容的，请重新提交签发。" } }
            }
            form method="post" action=(view.steps.address(&Step::Check)) {
                (session::token_field())
                input type="hidden" name="version" value=(view.version);
                p { "提交后由本单位签发人核对签发，签发后正式提交。填报人和签发人应为两人。" }
                button type="submit" { @if view.prepared { "重新提交签发" } @else { "提交签发" } }
            }
        }
    }
}
