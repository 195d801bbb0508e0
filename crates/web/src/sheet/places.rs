//! Where the answers of a section stand.

use policy::pack::{Body, Field, FieldKind, Form, Pack, Section};
use policy::program::{Kind, Type};
use policy::spec::QuestionKind;

use super::section::id;
use super::{assessed, table};
use crate::components::indicator::plan;

/// One path, or the names of a row kind.
pub(super) enum Place {
    /// A text; several ticks are joined.
    Text { path: String, several: bool },
    /// Rows of a kind with these names of theirs.
    Rows { kind: String, names: Vec<String> },
}

/// The places of forms. With `shown` only of the sections it names, and of the promises of the forms it names.
pub(super) fn places(pack: &Pack, forms: &[&Form], shown: Option<&[&str]>) -> Vec<Place> {
    let shows = |what: &str| shown.is_none_or(|shown| shown.contains(&what));
    let mut all = Vec::new();
    for form in forms {
        for section in form.sections.iter().filter(|section| shows(&id(form, section))) {
            all.extend(of_section(pack, section));
        }
        if shows(&form.id) {
            all.extend(form.promises.iter().map(|promise| text(promise.path.clone())));
        }
    }
    all
}

/// Whether the field that a message names stands in a form.
pub(crate) fn holds(pack: &Pack, form: &Form, path: &str) -> bool {
    let first = path.split('.').next().unwrap_or_default();
    places(pack, &[form], None).iter().any(|place| match place {
        Place::Text { path: own, .. } => own == path || own.strip_prefix(path).is_some_and(|cell| cell.starts_with('.')),
        Place::Rows { kind, .. } => kind == first,
    })
}

fn text(path: String) -> Place {
    Place::Text { path, several: false }
}

fn of_section(pack: &Pack, section: &Section) -> Vec<Place> {
    match &section.body {
        Body::Fields(fields) => fields.iter().flat_map(|field| of_field(pack, field)).collect(),
        Body::Rows { kind, fields } => vec![of_rows(pack, *kind, fields)],
        Body::Questions { evidence } => of_questions(pack, *evidence),
        Body::Scenarios { evidence } => of_scenarios(pack, *evidence),
    }
}

fn of_field(pack: &Pack, field: &Field) -> Vec<Place> {
    match &field.kind {
        FieldKind::Shown(_) => Vec::new(),
        FieldKind::Table { columns, lines } => {
            let cells = (0..lines.len()).flat_map(|line| columns.iter().map(move |column| table::cell(field, line, column)));
            cells.map(text).collect()
        }
        kind => {
            let several = match kind {
                FieldKind::Choices(_) => true,
                FieldKind::Fact { kind, input } => pack.inputs[*kind as usize][*input].meta.ty == Type::Options,
                _ => false,
            };
            vec![Place::Text { path: field.path.clone(), several }]
        }
    }
}

fn of_rows(pack: &Pack, kind: Kind, fields: &[Field]) -> Place {
    let name = |field: &Field| field.path.split_once('.').map(|(_, name)| name.to_owned());
    Place::Rows { kind: pack.kinds[kind as usize].id.clone(), names: fields.iter().filter_map(name).collect() }
}

fn of_questions(pack: &Pack, with_evidence: bool) -> Vec<Place> {
    let Some(assessment) = &pack.assessment else { return Vec::new() };
    let several = |path: &str| {
        let asks = |question: &&policy::pack::Question| pack.inputs[0][question.input].is(path);
        assessment.questions.iter().find(asks).is_some_and(|question| question.kind == QuestionKind::Multi)
    };
    let answers = plan::question_paths(pack, assessment).into_iter();
    let answers = answers.map(|path| Place::Text { several: several(&path), path });
    let beside = assessment.questions.iter().filter(|_| with_evidence).map(|question| text(assessed::evidence(&question.id)));
    answers.chain(beside).collect()
}

fn of_scenarios(pack: &Pack, with_evidence: bool) -> Vec<Place> {
    let Some(assessment) = &pack.assessment else { return Vec::new() };
    let levels = plan::scenario_paths(pack, assessment).into_iter().map(text);
    let beside = assessment.scenarios.iter().filter(|_| with_evidence).map(|scenario| text(assessed::evidence(&scenario.id)));
    levels.chain(beside).collect()
}
