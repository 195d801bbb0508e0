//! One form of a stage, to fill in.

use axum::response::Html;
use maud::{Markup, html};
use policy::pack::Form;
use records::Moment;

use super::Head;
use super::steps::{Step, Steps};
use crate::pages::imports;
use crate::sheet::{Frame, Sheet, frame};

/// A form's page.
#[derive(Clone, Debug)]
pub(crate) struct FormPage<'a> {
    /// The file.
    pub(crate) head: Head<'a>,
    /// The pages it is one of.
    pub(crate) steps: &'a Steps<'a>,
    /// The form.
    pub(crate) form: &'a Form,
    /// It with its answers.
    pub(crate) sheet: Sheet<'a>,
    /// The version of the draft it shows.
    pub(crate) version: i64,
    /// When it was saved, if that was just now.
    pub(crate) saved_at: Option<Moment>,
    /// What else is to be said.
    pub(crate) said: Said,
    /// What a table that was taken in left out, behind what else is said; empty where there is nothing to say.
    pub(crate) left_out: &'a str,
}

/// What else is to be said on a form's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// Nothing.
    Nothing,
    /// It waits for the certifier already.
    Prepared,
    /// Somebody else saved in between; what was typed is shown and not saved.
    Clash,
    /// It was saved just now.
    Saved,
    /// Rows were filled in from files just now.
    Read,
    /// What was answered makes further parts apply.
    More,
}

/// The page.
pub(crate) fn page(view: &FormPage) -> Html<String> {
    let step = Step::Form(view.form);
    let address = view.steps.address(&step);
    let frame_of = Frame { action: &address, version: view.version, saved_at: view.saved_at, saves_itself: true };
    let main = html! {
        div.filling {
            (view.steps.nav(&step))
            div {
                h1 { (view.form.label) }
                (said(view.said, &address))
                (imports::left_out::notice(view.left_out))
                (imports::workbook_links(view.head.pack, &[view.form], &address))
                (imports::links(view.head.pack, view.form, &address))
                (frame(&view.sheet, &frame_of, &buttons(view.steps.before(&step).is_some())))
            }
        }
    };
    view.head.page(&view.form.label, main)
}

fn buttons(has_before: bool) -> Markup {
    html! {
        button type="submit" name="do" value="next" { "保存并继续" }
        @if has_before { button.second type="submit" name="do" value="back" { "保存并返回上一页" } }
    }
}

fn said(said: Said, address: &str) -> Markup {
    html! {
        @match said {
            Said::Nothing | Said::Saved => {},
            Said::Prepared => div.notice { p { "本表已交签发人签发。如有修改，请在“核对并提交”中重新提交签发。" } },
            Said::Read => div.notice role="status" { p { "已按电子发票填写，读到的内容和需要核对的事项写在各行下面。请补填其余各项，核对后继续。" } },
            Said::More => div.notice role="status" { p { "按您填写的内容，本表还需填写新显示的部分。" } },
            Said::Clash => div.notice.bad role="alert" {
                p { "本表已被他人修改。下面是您填写的内容，尚未保存。请"
                    a href=(address) target="_blank" rel="noopener" { "在新标签页打开最新内容" }
                    "核对；再次保存将以本页内容为准。" }
            },
        }
    }
}
