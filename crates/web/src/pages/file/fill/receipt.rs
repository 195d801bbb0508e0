//! The receipt of a submission: number, time, what happens next and by when.

use axum::response::Html;
use maud::html;
use standards::Date;

use super::Head;
use crate::components::clause::cites;

/// A receipt.
#[derive(Clone, Debug)]
pub(crate) struct Receipt<'a> {
    /// The file.
    pub(crate) head: Head<'a>,
    /// The stage that was submitted.
    pub(crate) stage: &'a str,
    /// 受理编号
    pub(crate) number: &'a str,
    /// The check code of what was filed, where an office compares it with the paper.
    pub(crate) check_code: Option<String>,
    /// When it was submitted.
    pub(crate) at: String,
    /// Who applies.
    pub(crate) applicant: &'a str,
    /// What happens next.
    pub(crate) next: Vec<Next<'a>>,
}

/// A stage that follows.
#[derive(Clone, Debug)]
pub(crate) struct Next<'a> {
    /// Its name.
    pub(crate) label: &'a str,
    /// What is done.
    pub(crate) does: &'a str,
    /// Who acts.
    pub(crate) actor: &'static str,
    /// By when, where there is a limit.
    pub(crate) due_on: Option<Date>,
    /// The clauses it follows.
    pub(crate) clause: String,
}

/// The page; printed, it is the applicant's receipt.
pub(crate) fn page(view: &Receipt) -> Html<String> {
    let pack = view.head.pack;
    let main = html! {
        div.narrow {
            div.receipt {
                h1 { "已提交" }
                p { "受理编号" }
                p.figure { (view.number) }
                dl.facts {
                    dt { "申报单位" } dd { (view.applicant) }
                    dt { "事项" } dd { (view.head.procedure) "：" (view.stage) }
                    @if let Some(code) = &view.check_code { dt { "校验码" } dd { strong.code { (code) } " 随纸质材料报送，收件单位核对。" } }
                    dt { "提交时间" } dd { (view.at) "（北京时间）" }
                }
            }
            h2 { "接下来" }
            @if view.next.is_empty() { p { "没有需要您办理的事项，办结情况可随时查看。" } }
            ul {
                @for next in &view.next {
                    li {
                        strong { (next.label) } "（" (next.actor) "）：" (next.does)
                        @if let Some(day) = next.due_on { " 应于" (day.chinese()) "前办结。" }
                        " " (cites(pack, &next.clause))
                    }
                }
            }
            p { "需要补正时，系统会发送通知和邮件，一次性告知全部需要补正的内容。" }
            div.actions {
                a.button href=(view.head.tasks()) { "查看办理进度" }
                button.second type="button" data-print hidden { "打印回执" }
            }
        }
    };
    view.head.page("提交回执", main)
}
