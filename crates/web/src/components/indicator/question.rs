//! One scored question: options, or the figures the answer follows from with options as a way out.

use maud::{Markup, html};
use policy::pack::{Assessment, Pack, Question};
use policy::spec::QuestionKind;

use super::plan;
use crate::components::clause::cites;
use crate::components::field::{self, Choice, Group, Line};
use crate::forms::{Filled, suffix};

/// The question at this place of the form, with what a page puts under it.
pub(super) fn question(pack: &Pack, assessment: &Assessment, filled: &Filled, at: usize, under: &Markup) -> Markup {
    let question = &assessment.questions[at];
    if question.figures.is_empty() {
        return html! { div.question { (choice(pack, assessment, filled, at)) (under) } };
    }
    html! {
        fieldset.question {
            legend { (legend(question)) }
            (help(pack, assessment, at))
            (figures(pack, assessment, filled, at))
            (fallback(pack, filled, question))
            (under)
        }
    }
}

fn choice(pack: &Pack, assessment: &Assessment, filled: &Filled, at: usize) -> Markup {
    let question = &assessment.questions[at];
    let path = pack.inputs[0][question.input].id();
    let group = Group {
        path: &path,
        legend: legend(question),
        help: help(pack, assessment, at),
        several: question.kind == QuestionKind::Multi,
        choices: choices(question),
    };
    field::group(filled, &group)
}

fn legend(question: &Question) -> Markup {
    html! {
        h4 { span.index { (question.number) "." } " " (question.label) }
        span.asked { (question.text) }
    }
}

fn help(pack: &Pack, assessment: &Assessment, at: usize) -> Markup {
    let question = &assessment.questions[at];
    let full = assessment.variants.first().map(|variant| variant.marks[at].1.text());
    html! {
        p.hint {
            @match question.kind {
                QuestionKind::Multi => "可多选，",
                QuestionKind::Single => "单选，",
                QuestionKind::Ratio | QuestionKind::Trend => "填写数据后自动判定，",
            }
            @if let Some(full) = full { "满分" (full) "分。" }
            (cites(pack, &question.clause))
        }
        @if let Some(hint) = &question.hint { p.hint { (hint) } }
    }
}

fn choices(question: &Question) -> Vec<Choice> {
    let choice =
        |(word, alone): &(policy::pack::Word, bool)| Choice { value: word.id.clone(), label: html! { (word.label) }, alone: *alone };
    question.options.iter().map(choice).collect()
}

fn figures(pack: &Pack, assessment: &Assessment, filled: &Filled, at: usize) -> Markup {
    html! {
        div.figures {
            @for figure in plan::asked_here(assessment, at) { (figure_line(pack, filled, figure)) }
        }
        @let elsewhere = plan::asked_elsewhere(assessment, at);
        @if !elsewhere.is_empty() {
            p.hint {
                "本题还用到"
                @for (at, (figure, question)) in elsewhere.iter().enumerate() {
                    @if at > 0 { "、" }
                    @let input = &pack.inputs[0][*figure];
                    a href=(format!("#{}", field::id(&input.id()))) { "第" (question.number) "题的“" (input.label) "”" }
                }
                "，不必重复填写。"
            }
        }
    }
}

fn figure_line(pack: &Pack, filled: &Filled, figure: usize) -> Markup {
    let input = &pack.inputs[0][figure];
    let path = input.id();
    let unit = suffix(pack, &path);
    field::line(filled, &Line { path: &path, label: &input.label, hint: input.hint.as_deref(), unit })
}

/// The options themselves, folded away: most people have the figures, and figures can be checked.
fn fallback(pack: &Pack, filled: &Filled, question: &Question) -> Markup {
    let path = pack.inputs[0][question.input].id();
    let used = !filled.typed.text(&path).is_empty() || filled.error(&path).is_some();
    let by_figures = Choice { value: String::new(), label: html! { "按上面填写的数据判定" }, alone: false };
    let group = Group {
        path: &path,
        legend: html! { span.hidden { (question.label) "：" } "直接选择" },
        help: html! {},
        several: false,
        choices: std::iter::once(by_figures).chain(choices(question)).collect(),
    };
    html! {
        details.fallback open[used] {
            summary { "暂不掌握数据时直接选择" }
            (field::group(filled, &group))
        }
    }
}
