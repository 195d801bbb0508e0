//! Which field is asked where: each figure once, at the first question that needs it.

use policy::pack::{Assessment, Pack, Question};

/// The paths of all fields in the order of the form.
pub(crate) fn paths(pack: &Pack, assessment: &Assessment) -> Vec<String> {
    let mut all = question_paths(pack, assessment);
    all.extend(scenario_paths(pack, assessment));
    all
}

/// The paths of the questions and their figures.
pub(crate) fn question_paths(pack: &Pack, assessment: &Assessment) -> Vec<String> {
    let path = |input: usize| pack.inputs[0][input].id();
    let mut all = Vec::new();
    for (at, question) in assessment.questions.iter().enumerate() {
        all.extend(asked_here(assessment, at).into_iter().map(path));
        all.push(path(question.input));
    }
    all
}

/// The paths of the scenarios.
pub(crate) fn scenario_paths(pack: &Pack, assessment: &Assessment) -> Vec<String> {
    assessment.scenarios.iter().map(|scenario| pack.inputs[0][scenario.input].id()).collect()
}

/// The figures asked at the question at this place.
pub(super) fn asked_here(assessment: &Assessment, at: usize) -> Vec<usize> {
    let mut here = Vec::new();
    for figure in &assessment.questions[at].figures {
        if asked_before(assessment, at, *figure).is_none() && !here.contains(figure) {
            here.push(*figure);
        }
    }
    here
}

/// The figures a question needs that earlier questions ask for, each with that question.
pub(super) fn asked_elsewhere(assessment: &Assessment, at: usize) -> Vec<(usize, &Question)> {
    let figures = assessment.questions[at].figures.iter();
    let mut seen = Vec::new();
    let before = figures.filter_map(|figure| Some((*figure, asked_before(assessment, at, *figure)?)));
    before.for_each(|(figure, question)| {
        if !seen.iter().any(|(known, _)| *known == figure) {
            seen.push((figure, question));
        }
    });
    seen
}

fn asked_before(assessment: &Assessment, at: usize, figure: usize) -> Option<&Question> {
    assessment.questions[..at].iter().find(|question| question.figures.contains(&figure))
}
