//! The summary beside the form: score so far, level, what is still open.

use maud::{Markup, html};
use policy::evaluate::evaluate;
use policy::outcome::Assessed;
use policy::pack::{Assessment, Pack};

use crate::forms::Filled;
use crate::words;

/// The summary of a form as it stands.
pub(super) fn panel(pack: &Pack, assessment: &Assessment, filled: &Filled) -> Markup {
    let outcome = evaluate(pack, &filled.draft.facts());
    html! {
        @if let Some(first) = outcome.assessed.first() {
            dl {
                (line("目前得分", html! { span.figure { (first.score_so_far) } " 分" }))
                (line("等级", html! { (level(pack, first)) }))
                (line("未答题目", html! { (open_questions(first)) " 个" }))
                (line("未选场景", html! { (open_scenarios(pack, assessment, filled)) " 个" }))
            }
        }
        @if !filled.errors.is_empty() { p.error { "有" (filled.errors.len()) "处填写有误，未计入。" } }
    }
}

fn line(name: &str, value: Markup) -> Markup {
    html! { div { dt { (name) } dd { (value) } } }
}

fn level(pack: &Pack, first: &Assessed) -> String {
    first.level.map_or_else(|| "填写完整后显示".to_owned(), |level| words::level(pack, level))
}

fn open_questions(first: &Assessed) -> usize {
    first.questions.iter().filter(|question| question.marks.is_none()).count()
}

fn open_scenarios(pack: &Pack, assessment: &Assessment, filled: &Filled) -> usize {
    let open = |input: usize| filled.typed.text(&pack.inputs[0][input].id()).is_empty();
    assessment.scenarios.iter().filter(|scenario| open(scenario.input)).count()
}
