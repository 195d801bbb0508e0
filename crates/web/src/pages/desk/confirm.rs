//! Approving several files at once is confirmed by name first: each is a decision.

use axum::response::Html;
use maud::{Markup, html};
use service::InboxItem;

use super::bulk::number;
use super::filters::Filters;
use super::tabs;
use crate::components::layout;
use crate::session::{Sent, token_field};

/// The files that are about to be approved.
pub(super) fn page(sent: &Sent, filters: &Filters, waiting: &[InboxItem]) -> Html<String> {
    let picks = sent.all("pick");
    let title = format!("确认通过以下{}件", picks.len());
    let chosen = |pick: &String| waiting.iter().find(|item| *pick == format!("{} {}", item.application.id, item.task.stage));
    let chosen: Vec<&InboxItem> = picks.iter().filter_map(chosen).collect();
    let body = html! {
        (layout::wide(&title, &table(&chosen)))
        form method="post" action=(format!("/desk/bulk?{}", filters.query())) {
            (token_field())
            input type="hidden" name="confirmed" value="1";
            input type="hidden" name="note" value=(sent.text("note"));
            @for pick in &picks { input type="hidden" name="pick" value=(pick); }
            p { "审核意见：" @if sent.text("note").is_empty() { "（无）" } @else { (sent.text("note")) } }
            div.actions {
                button type="submit" name="do" value="approve" { "确认通过" }
                a.button.second href=(format!("/desk?{}", filters.query())) { "返回待办" }
            }
        }
    };
    tabs::page_in(&sent.session, &title, None, &body)
}

fn table(chosen: &[&InboxItem]) -> Markup {
    html! {
        table.list.stack.tight.brief {
            caption.hidden { "所选申报件" }
            thead { tr { th scope="col" { "申报单位" } th scope="col" { "受理编号" } th scope="col" { "环节" } } }
            tbody {
                @for item in chosen {
                    tr {
                        th scope="row" { (item.application.applicant_name) }
                        td data-label="受理编号" { (number(&item.application)) }
                        td data-label="环节" { (item.task.title) }
                    }
                }
            }
        }
    }
}
