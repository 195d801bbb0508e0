//! The form element around a sheet: saved by itself while somebody types, by a button without scripts.

use maud::{Markup, html};
use records::Moment;

use super::{Sheet, fields};
use crate::assets;
use crate::components::layout;
use crate::session;

/// The field that holds the version a page was made from.
pub(super) const VERSION: &str = "version";

/// Where a sheet is sent, and what was saved before.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame<'a> {
    /// Where it is posted to.
    pub(crate) action: &'a str,
    /// The version it was made from.
    pub(crate) version: i64,
    /// When it was saved last.
    pub(crate) saved_at: Option<Moment>,
    /// Whether it saves itself to `{action}/draft`.
    pub(crate) saves_itself: bool,
}

/// The sheet in its form, with the page's own buttons at the end.
pub(crate) fn frame(sheet: &Sheet, frame: &Frame, buttons: &Markup) -> Markup {
    let draft = frame.saves_itself.then(|| format!("{}/draft", frame.action));
    html! {
        (layout::error_summary(sheet.errors))
        form.sheet method="post" action=(frame.action) data-draft=[draft] novalidate {
            // The enter key presses the first button of a form; it must not be one that removes a row.
            button.hidden type="submit" name="do" value="save" tabindex="-1" aria-hidden="true" { "保存草稿" }
            (session::token_field())
            input type="hidden" name=(VERSION) value=(frame.version);
            (fields(sheet))
            div.submit {
                @if frame.saves_itself { (saved(frame)) }
                div.actions {
                    (buttons)
                    @if frame.saves_itself { button.second type="submit" name="do" value="save" { "保存草稿" } }
                }
            }
        }
        script type="module" src=(assets::sheet()) {}
    }
}

fn saved(frame: &Frame) -> Markup {
    html! {
        p.saved role="status" aria-live="polite" data-saved {
            @match frame.saved_at {
                Some(at) => { "已保存 " (at.text()) },
                None if frame.version > 0 => "已保存草稿，修改后自动保存",
                None => "修改后自动保存",
            }
        }
    }
}
