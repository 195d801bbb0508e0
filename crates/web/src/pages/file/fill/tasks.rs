//! What is to do with a file: its stages, where each stands, why one cannot begin yet.

use axum::response::Html;
use maud::{Markup, html};
use records::application::StageWord;
use standards::Date;

use super::Head;
use crate::components::clause::cites;
use crate::session;

/// The list of what is to do.
#[derive(Clone, Debug)]
pub(crate) struct Tasks<'a> {
    /// The file.
    pub(crate) head: Head<'a>,
    /// Its number, once it has one.
    pub(crate) number: Option<&'a str>,
    /// The check code of what was filed, where an office compares it with the paper.
    pub(crate) check_code: Option<String>,
    /// Where the whole stands, in a word.
    pub(crate) word: &'static str,
    /// The last day to submit, while it is being prepared.
    pub(crate) deadline_on: Option<Date>,
    /// The stages in order.
    pub(crate) tasks: Vec<Task<'a>>,
    /// The numbers of the earlier files it began with.
    pub(crate) quoted: &'a [String],
    /// The version to withdraw it at, for those who may.
    pub(crate) withdraws: Option<i64>,
}

/// One stage.
#[derive(Clone, Debug)]
pub(crate) struct Task<'a> {
    /// Its name.
    pub(crate) label: &'a str,
    /// What is done.
    pub(crate) does: &'a str,
    /// Who acts.
    pub(crate) actor: &'static str,
    /// The clauses it follows.
    pub(crate) clause: String,
    /// Where it stands.
    pub(crate) word: StageWord,
    /// Why it cannot begin.
    pub(crate) why: Option<String>,
    /// The last day for it.
    pub(crate) due_on: Option<Date>,
    /// What this person can do, and where.
    pub(crate) links: Vec<(&'static str, String)>,
    /// Where what others filed can be taken in anew: whose files, and the version of the draft.
    pub(crate) gathers: Option<Gathers<'a>>,
}

/// What others filed that a stage takes in.
#[derive(Clone, Debug)]
pub(crate) struct Gathers<'a> {
    /// The procedure of their files.
    pub(crate) from: &'a str,
    /// Where to send it.
    pub(crate) action: String,
    /// The version of the draft.
    pub(crate) version: i64,
}

/// The page; `before` stands above the list, `after` below it.
pub(crate) fn page(view: &Tasks, before: &Markup, after: &Markup) -> Html<String> {
    let head = &view.head;
    let main = html! {
        h1 { (head.procedure) }
        p {
            span.tag { (view.word) }
            @if let Some(number) = view.number { " 受理编号：" (number) }
            @if let Some(code) = &view.check_code { " 纸质材料校验码：" strong.code { (code) } }
            @if let Some(day) = view.deadline_on { " 请于" (day.chinese()) "前提交" }
        }
        @if !view.quoted.is_empty() { p.notice { "已引用" (view.quoted.join("、")) "的填报内容，请逐项核对、修改。" } }
        (head.corrections())
        (before)
        h2 { "办理环节" }
        ol.tasks { @for task in &view.tasks { li { (line(head, task)) } } }
        (after)
        @if let Some(version) = view.withdraws { (withdraw(head, version)) }
    };
    let programme = format!("/programmes/{}", head.pack.id);
    crate::components::layout::page(head.procedure, &[(&head.pack.title, &programme)], main)
}

fn line(head: &Head, task: &Task) -> Markup {
    let good = matches!(task.word, StageWord::Done | StageWord::Skipped);
    html! {
        div.what {
            h3 { (task.label) }
            p { (task.does) " " span.quiet { "（" (task.actor) "）" } " " (cites(head.pack, &task.clause)) }
            @if let Some(why) = &task.why { p.quiet { (why) } }
            @if let Some(day) = task.due_on { p.quiet { "应于" (day.chinese()) "前办结" } }
        }
        div {
            span.tag.good[good].bad[task.word == StageWord::ToCorrect] { (task.word.label()) }
            @for (at, (label, address)) in task.links.iter().enumerate() {
                " " a.button[at == 0 && !good] href=(address) { (label) span.hidden { "“" (task.label) "”" } }
            }
            @if let Some(gathers) = &task.gathers { (gather(gathers)) }
        }
    }
}

fn gather(gathers: &Gathers) -> Markup {
    html! {
        details {
            summary { "重新汇总" }
            form method="post" action=(gathers.action) {
                (session::token_field())
                input type="hidden" name="version" value=(gathers.version);
                p { "按“" (gathers.from) "”中已办结的最新内容重新汇总，表中现有的各行由汇总结果替换。" }
                button.second type="submit" { "重新汇总" }
            }
        }
    }
}

fn withdraw(head: &Head, version: i64) -> Markup {
    html! {
        details {
            summary { "不再申报" }
            form method="post" action=(format!("/files/{}/withdraw", head.file)) {
                (session::token_field())
                input type="hidden" name="version" value=(version);
                p { "撤回后本申报件终止，不能恢复；需要时可以在受理期内重新申报。" }
                div.field {
                    label for="reason" { "撤回原因" }
                    input #reason type="text" name="reason" autocomplete="off";
                }
                button.second type="submit" { "撤回申报" }
            }
        }
    }
}
