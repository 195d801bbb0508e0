//! 校验码: the office that receives the paper enters the code printed on it. The page never shows the right one, so that it
//! can only come from the paper.

use maud::{Markup, html};
use policy::spec::StageSpec;

use super::work::Working;
use crate::components::clause::cites;
use crate::components::field::message;

/// Where the code stands.
pub(super) const PATH: &str = "paper_code";

/// The path, where a stage receives a paper.
pub(super) fn path(stage: &StageSpec) -> Option<String> {
    stage.paper_code.then(|| PATH.to_owned())
}

/// The field, where a stage receives a paper.
pub(super) fn field(working: &Working) -> Markup {
    let error = working.error(PATH);
    html! {
        @if working.stage.paper_code {
            div.field.wrong[error.is_some()] {
                label for=(PATH) { "纸质材料上的校验码 " span.must { "必填" } }
                p.hint { "按收到的纸质材料上打印的校验码填写，如ABCD-2345；与线上数据不符的不能通过。" (cites(working.opened.pack(), &working.stage.clause.joined())) }
                (message(PATH, error))
                input #(PATH) type="text" name=(PATH) value=(working.typed.text(PATH)) autocomplete="off" maxlength="20";
            }
        }
    }
}
