//! What is promised with a form.

use maud::{Markup, html};
use policy::pack::Promise;

use super::Sheet;
use crate::components::clause::cites;
use crate::components::field::{id, message};
use crate::components::prose::prose;

/// The answer under a promise's path when it is given.
const GIVEN: &str = "yes";

/// The words with a box to tick.
pub(super) fn promise(sheet: &Sheet, promise: &Promise) -> Markup {
    let (id, error) = (id(&promise.path), sheet.error(&promise.path));
    html! {
        fieldset.field.promise.wrong[error.is_some()] {
            legend { h3 { (promise.label) } }
            (words(sheet, promise))
            (message(&id, error))
            div.option {
                input #(id) type="checkbox" name=(promise.path) value=(GIVEN) checked[given(sheet, promise)];
                label for=(id) { "已阅读并确认上述“" (promise.label) "” " span.must { "必填" } }
            }
        }
    }
}

/// The words, and whether it is given.
pub(super) fn read(sheet: &Sheet, promise: &Promise) -> Markup {
    html! {
        section.promise {
            h3 { (promise.label) }
            (words(sheet, promise))
            p { @if given(sheet, promise) { strong { "已确认" } } @else { "未确认" } }
        }
    }
}

fn words(sheet: &Sheet, promise: &Promise) -> Markup {
    html! {
        div.words { (prose(&promise.text)) }
        p.hint { (cites(sheet.pack, &promise.clause)) }
        @if let Some(signer) = &promise.signer { p.hint { "打印件签字处：" (signer) } }
    }
}

fn given(sheet: &Sheet, promise: &Promise) -> bool {
    sheet.answers.text(&promise.path) == GIVEN
}
