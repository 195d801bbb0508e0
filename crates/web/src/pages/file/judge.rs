//! Conditions that only a person can judge: 符合 or 不符合, and on what it rests.

use std::collections::BTreeMap;

use maud::{Markup, html};
use policy::evaluate::Evaluation;
use policy::pack::{Condition, Test};
use policy::spec::StageSpec;
use records::answers::Answers;
use records::application::Judgement;
use service::application::{judge_note_path as note_path, judge_path as path};

use super::work::Working;
use crate::components::clause::cites;
use crate::components::field::{id, message};

/// Where the judgements of a stage stand.
pub(super) fn paths(stage: &StageSpec) -> impl Iterator<Item = String> {
    stage.judges.iter().flat_map(|judged| [path(judged.as_str()), note_path(judged.as_str())])
}

/// What was judged: only what was decided either way.
pub(super) fn judgements(stage: &StageSpec, typed: &Answers) -> BTreeMap<String, Judgement> {
    let judgement = |id: &str| {
        let holds = match typed.text(&path(id)) {
            "yes" => true,
            "no" => false,
            _ => return None,
        };
        Some((id.to_owned(), Judgement { holds, note: typed.text(&note_path(id)).trim().to_owned() }))
    };
    stage.judges.iter().filter_map(|judged| judgement(judged.as_str())).collect()
}

/// The conditions a stage judges.
pub(super) fn fields(working: &Working) -> Markup {
    let conditions = &working.opened.pack().conditions;
    let judged: Vec<&Condition> =
        working.stage.judges.iter().filter_map(|id| conditions.iter().find(|condition| condition.id == id.as_str())).collect();
    html! {
        @if !judged.is_empty() {
            section aria-labelledby="judges" {
                h2 #judges { "人工核实的条件" }
                @for condition in judged {
                    @if applies(working, condition) { (field(working, condition)) }
                    @else { p { (condition.label) " " span.tag { "不适用" } " " (cites(working.opened.pack(), &condition.clause)) } }
                }
            }
        }
    }
}

/// A condition that is known not to apply is not judged.
fn applies(working: &Working, condition: &Condition) -> bool {
    let Some(when) = &condition.when else { return true };
    let facts = working.case().draft.facts();
    Evaluation::new(working.opened.pack(), &facts).get(when.reg) != Some(0)
}

fn field(working: &Working, condition: &Condition) -> Markup {
    let (path, note) = (path(&condition.id), note_path(&condition.id));
    let (own, typed, error) = (id(&path), working.typed.text(&path), working.error(&path));
    let evidence = match &condition.test {
        Test::Person(_, evidence) => evidence.as_str(),
        Test::Formula(_) => "",
    };
    html! {
        fieldset.question.wrong[error.is_some()] {
            legend { (condition.label) " " span.must { "必填" } }
            @if !evidence.is_empty() { p.hint { "需核实：" (evidence) } }
            p.hint { (cites(working.opened.pack(), &condition.clause)) }
            (message(&own, error))
            div.options.short {
                @for (at, (value, label)) in [("yes", "符合"), ("no", "不符合")].into_iter().enumerate() {
                    @let option = if at == 0 { own.clone() } else { format!("{own}-{at}") };
                    div.option {
                        input #(option) type="radio" name=(path) value=(value) checked[typed == value];
                        label for=(option) { (label) }
                    }
                }
            }
            div.field {
                label for=(id(&note)) { "核实依据" }
                textarea #(id(&note)) name=(note) rows="2" { "\n" (working.typed.text(&note)) }
            }
        }
    }
}
