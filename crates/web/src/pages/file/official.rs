//! What stands in an official's draft beside the pack's own forms.

use policy::pack::{Pack, Question};
use policy::spec::StageSpec;
use records::answers::Answers;
pub(super) use service::application::paper_path;

use super::opened::Opened;
use super::work::NOTE;
use super::{audit, judge, paper_code};
use crate::components::slot;
use crate::forms::FieldError;
use crate::pages::paper::upload::Posted;
use crate::sheet::Note;
use crate::words;

/// Takes the note, the judgements and the lower amounts of a stage from what was sent.
pub(super) fn take(stage: &StageSpec, pairs: &[(String, String)], typed: &mut Answers) {
    let paths = judge::paths(stage).chain(audit::paths(stage)).chain([NOTE.to_owned()]).chain(paper_code::path(stage));
    for path in paths {
        let text = pairs.iter().find(|(name, _)| *name == path).map_or("", |(_, text)| text);
        typed.set(&path, &text.replace("\r\n", "\n"));
    }
}

/// Takes the papers of a stage; says what was not taken.
pub(super) fn take_papers(stage: &StageSpec, posted: &Posted, typed: &mut Answers) -> Vec<FieldError> {
    let mut errors = Vec::new();
    for slot in &stage.materials {
        let path = paper_path(slot.value());
        let chosen = slot::chosen(&path, posted);
        typed.set(&path, &chosen.ids.join(","));
        errors.extend(chosen.errors);
    }
    errors
}

/// What the applicant answered to the questions and scenarios, to stand beside the official's own answers.
pub(super) fn self_answers(opened: &Opened) -> Vec<Note> {
    let (pack, filed) = (opened.pack(), &opened.view.application.filed);
    let Some(assessment) = &pack.assessment else { return Vec::new() };
    let note =
        |id: &str, text: String| Note { path: format!("evidence.{id}"), label: "企业自评".to_owned(), text, clause: String::new() };
    let questions = assessment.questions.iter().filter_map(|question| Some(note(&question.id, answer(pack, filed, question)?)));
    let scenarios = assessment.scenarios.iter().filter_map(|scenario| {
        let level = filed.text(&pack.inputs[0][scenario.input].id()).parse::<u8>().ok()?;
        Some(note(&scenario.id, with_evidence(filed, &scenario.id, words::scenario_level(pack, level))))
    });
    questions.chain(scenarios).collect()
}

fn answer(pack: &Pack, filed: &Answers, question: &Question) -> Option<String> {
    let chosen = filed.text(&pack.inputs[0][question.input].id());
    let labels =
        question.options.iter().filter(|(word, _)| chosen.split(',').any(|one| one == word.id)).map(|(word, _)| word.label.clone());
    let figures = question.figures.iter().map(|figure| &pack.inputs[0][*figure]).filter(|input| !filed.text(&input.id()).is_empty());
    let figures = figures.map(|input| format!("{}{}{}", input.label, filed.text(&input.id()), input.unit.as_deref().unwrap_or_default()));
    let parts: Vec<String> = labels.chain(figures).collect();
    (!parts.is_empty()).then(|| with_evidence(filed, &question.id, parts.join("、")))
}

fn with_evidence(filed: &Answers, id: &str, said: String) -> String {
    match filed.text(&format!("evidence.{id}")) {
        "" => said,
        evidence => format!("{said}（佐证：{evidence}）"),
    }
}
