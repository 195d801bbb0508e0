//! The list of files and the form for more.

use axum::response::Html;
use maud::{Markup, html};
use papers::sniff::FileType;
use service::paper::{LIST_MOST, List, Paper, PaperState};

use crate::components::{layout, slot};
use crate::session::token_field;
use crate::words;

/// The title of the page, also for those that lead to it.
const TITLE: &str = "我的文件";

/// What has just happened.
pub(super) enum Said {
    /// Nothing.
    Nothing,
    /// So many files were uploaded.
    Added(usize),
    /// A file was removed.
    Removed,
    /// Something was not done; each sentence says what to do.
    Refused {
        /// So many files were uploaded all the same.
        taken: usize,
        /// Why the others were not; empty when no file was chosen.
        refused: Vec<String>,
    },
}

/// The page.
pub(super) fn page(list: &List, page: usize, said: &Said) -> Html<String> {
    let body = html! {
        h1 { (TITLE) }
        p.lead { "文件上传一次，各项申报中都可以选用。随申报件提交的文件留存备查，不能移除。" }
        (news(said))
        (form())
        h2 { "已上传的文件" }
        (table(list))
        (pages(list, page))
    };
    layout::page(TITLE, &[], body)
}

fn news(said: &Said) -> Markup {
    html! {
        @match said {
            Said::Nothing => {},
            Said::Added(files) => div.notice role="status" { p { "已上传" (files) "个文件。" } },
            Said::Removed => div.notice role="status" { p { "已移除。" } },
            Said::Refused { taken, refused } => (problems(*taken, refused)),
        }
    }
}

fn problems(taken: usize, refused: &[String]) -> Markup {
    html! {
        div.error-summary #errors role="alert" tabindex="-1" aria-labelledby="errors-title" {
            h2 #errors-title {
                @if refused.is_empty() { "请先选择要上传的文件" }
                @else if taken > 0 { "其余" (taken) "个文件已上传，以下" (refused.len()) "个没有" }
                @else { "没有完成" }
            }
            ul { @for message in refused { li { (message) } } }
        }
    }
}

fn form() -> Markup {
    html! {
        form method="post" action="/papers" enctype="multipart/form-data" {
            (token_field())
            div.field {
                label for="files" { "上传文件" }
                p.hint #files-hint { (slot::WHAT_IS_TAKEN) "可以一次选择几个。" }
                input #files name="files" type="file" multiple accept=(slot::accept()) aria-describedby="files-hint" required;
            }
            button type="submit" { "上传" }
        }
    }
}

fn table(list: &List) -> Markup {
    if list.papers.is_empty() {
        return html! { p { "还没有文件。" } };
    }
    let table = html! {
        table.stack {
            caption { "共" (list.of) "个文件，" (slot::size(list.bytes)) }
            thead { tr { th scope="col" { "文件" } th scope="col" { "类型" } th.number scope="col" { "大小" } th scope="col" { "上传时间" } th scope="col" { "状态" } th scope="col" { "操作" } } }
            tbody { @for paper in &list.papers { (row(paper)) } }
        }
    };
    layout::wide("已上传的文件", &table)
}

fn row(paper: &Paper) -> Markup {
    let kind = FileType::of_media_type(&paper.media_type).map_or("其他", FileType::label);
    html! {
        tr {
            th scope="row" { (slot::link(paper, "/papers")) }
            td data-label="类型" { (kind) @if let Some(pages) = paper.pages { "，" (pages) "页" } }
            td.number data-label="大小" { (slot::size(paper.bytes)) }
            td data-label="上传时间" { (words::moment(paper.at_unix_ms / 1000)) }
            td data-label="状态" { (slot::state(paper)) }
            td { @if paper.state != PaperState::Attached { (remove(paper)) } }
        }
    }
}

fn remove(paper: &Paper) -> Markup {
    html! {
        form method="post" action=(format!("/papers/{}/remove", paper.id)) {
            (token_field())
            button.second type="submit" { "移除" span.hidden { "“" (paper.name) "”" } }
        }
    }
}

fn pages(list: &List, page: usize) -> Markup {
    let more = (page + 1).saturating_mul(LIST_MOST) < usize::try_from(list.of).unwrap_or(0);
    html! {
        @if page > 0 || more {
            nav.actions aria-label="翻页" {
                @if page > 0 { a href=(format!("/papers?page={page}")) { "上一页" } }
                @if more { a href=(format!("/papers?page={}", page + 2)) { "下一页" } }
            }
        }
    }
}
