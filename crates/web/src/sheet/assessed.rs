//! The pack's scored questions and scenarios as sections of a form.

use maud::{Markup, html};
use policy::case::Draft;
use policy::evaluate::evaluate;
use policy::pack::{Assessment, Question, Scenario};

use super::Sheet;
use super::field::{Drawn, note, own_line};
use crate::components::clause::cell;
use crate::components::indicator::{self, plan};
use crate::components::layout::wide;
use crate::forms::{Filled, Typed};
use crate::words;

/// The path of the evidence of a question or scenario.
pub(super) fn evidence(id: &str) -> String {
    format!("evidence.{id}")
}

/// The questions to answer.
pub(super) fn questions(drawn: &Drawn, with_evidence: bool) -> Markup {
    let sheet = drawn.sheet;
    let Some(assessment) = &sheet.pack.assessment else { return html! {} };
    let filled = filled(sheet, assessment);
    indicator::questions(sheet.pack, assessment, &filled, &|id| under(drawn, id, with_evidence))
}

/// The scenarios to judge.
pub(super) fn scenarios(drawn: &Drawn, with_evidence: bool) -> Markup {
    let sheet = drawn.sheet;
    let Some(assessment) = &sheet.pack.assessment else { return html! {} };
    let filled = filled(sheet, assessment);
    indicator::scenarios(sheet.pack, assessment, &filled, &|id| under(drawn, id, with_evidence))
}

fn under(drawn: &Drawn, id: &str, with_evidence: bool) -> Markup {
    let path = evidence(id);
    html! {
        @for one in drawn.sheet.notes_at(&path) { (note(drawn.sheet.pack, one)) }
        @if with_evidence { (own_line(drawn, &path, "佐证材料索引", "写明材料名称和页码。")) }
    }
}

/// The answers as the components of the self-assessment take them.
fn filled(sheet: &Sheet, assessment: &Assessment) -> Filled {
    let paths = plan::paths(sheet.pack, assessment);
    let pairs: Vec<(String, String)> = paths.iter().map(|path| (path.clone(), sheet.answers.text(path).to_owned())).collect();
    let draft = sheet.case.map_or_else(|| Draft::new(sheet.pack), |case| case.draft.clone());
    Filled { typed: Typed::of(&pairs, &paths), draft, errors: sheet.errors.to_vec() }
}

/// The questions as they were answered, with marks where the case is known.
pub(super) fn read_questions(sheet: &Sheet, with_evidence: bool) -> Markup {
    let Some(assessment) = &sheet.pack.assessment else { return html! {} };
    let outcome = sheet.case.map(|case| evaluate(sheet.pack, &case.draft.facts()));
    let marks = outcome.as_ref().and_then(|outcome| outcome.assessed.first()).map_or(&[][..], |first| first.questions.as_slice());
    let mark = |at: usize| marks.get(at).and_then(|question| question.marks.clone()).unwrap_or_default();
    let table = html! {
        table.stack {
            caption.hidden { (assessment.label) }
            thead { tr { th scope="col" { "题目" } th scope="col" { "填写内容" } th.number scope="col" { "得分" } @if with_evidence { th scope="col" { "佐证材料索引" } } th scope="col" { "依据" } } }
            tbody {
                @for (at, question) in assessment.questions.iter().enumerate() {
                    tr {
                        th scope="row" { (question.number) ". " (question.label) }
                        td data-label="填写内容" { (answer(sheet, question)) }
                        td.number data-label="得分" { (mark(at)) }
                        @if with_evidence { td data-label="佐证材料索引" { (read_evidence(sheet, &question.id)) } }
                        (cell(sheet.pack, &question.clause))
                    }
                }
            }
        }
    };
    wide(&assessment.label, &table)
}

fn answer(sheet: &Sheet, question: &Question) -> Markup {
    let chosen = sheet.answers.text(&sheet.pack.inputs[0][question.input].id());
    let labels = question.options.iter().filter(|(word, _)| chosen.split(',').any(|one| one == word.id));
    let labels: Vec<&str> = labels.map(|(word, _)| word.label.as_str()).collect();
    html! {
        @if !labels.is_empty() { p { (labels.join("、")) } } @else if !chosen.is_empty() { p { (chosen) } }
        @for figure in &question.figures {
            @let input = &sheet.pack.inputs[0][*figure];
            @let text = sheet.answers.text(&input.id());
            @if !text.is_empty() { p { (input.label) "：" (text) (input.unit.as_deref().unwrap_or_default()) } }
        }
    }
}

/// A line of evidence with what is said beside it.
fn read_evidence(sheet: &Sheet, id: &str) -> Markup {
    let path = evidence(id);
    html! {
        (sheet.answers.text(&path))
        @for one in sheet.notes_at(&path) { (note(sheet.pack, one)) }
    }
}

/// The scenarios as they were judged.
pub(super) fn read_scenarios(sheet: &Sheet, with_evidence: bool) -> Markup {
    let Some(assessment) = &sheet.pack.assessment else { return html! {} };
    let table = html! {
        table.stack {
            caption.hidden { "应用场景" }
            thead { tr { th scope="col" { "应用场景" } th scope="col" { "等级" } @if with_evidence { th scope="col" { "佐证材料索引" } } th scope="col" { "依据" } } }
            tbody {
                @for scenario in &assessment.scenarios {
                    tr {
                        th scope="row" { (scenario.label) " " span.tag { @if scenario.constraint { "约束性" } @else { "指导性" } } }
                        td data-label="等级" { (level(sheet, scenario)) }
                        @if with_evidence { td data-label="佐证材料索引" { (read_evidence(sheet, &scenario.id)) } }
                        (cell(sheet.pack, &scenario.clause))
                    }
                }
            }
        }
    };
    wide("应用场景", &table)
}

fn level(sheet: &Sheet, scenario: &Scenario) -> String {
    let text = sheet.answers.text(&sheet.pack.inputs[0][scenario.input].id());
    text.parse::<u8>().map_or_else(|_| text.to_owned(), |level| words::scenario_level(sheet.pack, level))
}
