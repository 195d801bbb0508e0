//! 与申报一致: what an official has not stated yet, as the applicant filed it. Only what the stage asks for, and only where an official wants it.

use std::collections::{BTreeMap, BTreeSet};

use policy::pack::{Pack, RowKind};
use policy::spec::StageSpec;

use super::Asked;
use crate::answers::{Answers, RowAnswers};

/// What the applicant filed of what a stage asks for and nobody has stated in it: texts, and texts of the applicant's rows. A question goes
/// with its figures: where any of it is stated, the rest of it is left to whoever stated it. What is said in evidence is the applicant's own.
pub fn unstated(pack: &Pack, stage: &StageSpec, filed: &Answers, stated: &Answers) -> Answers {
    let mut left = Asked::of(pack, stage).keep(filed);
    let begun = begun_questions(pack, stated);
    left.texts
        .retain(|path, text| !text.is_empty() && stated.text(path).is_empty() && !begun.contains(path) && !path.starts_with("evidence."));
    for (kind, rows) in &mut left.rows {
        rows.iter_mut().for_each(|row| without(row, stated.rows(kind)));
        rows.retain(|row| !row.texts.is_empty());
    }
    left.rows.retain(|_, rows| !rows.is_empty());
    left
}

/// The row kinds a stage asks about whose first row may stand for the others: the applicant filed several, and something is asked of each that
/// the applicant did not file.
pub fn alike_kinds<'p>(pack: &'p Pack, stage: &StageSpec, filed: &Answers) -> Vec<&'p RowKind> {
    let several = |kind: &&RowKind| filed.rows(&kind.id).len() > 1 && !own_names(stage, &kind.id, filed).is_empty();
    pack.kinds.iter().skip(1).filter(several).collect()
}

/// What is stated of the first row of a kind, for each row of which it is not stated yet. What the applicant filed of its rows differs from row
/// to row and is left alone.
pub fn like_first(stage: &StageSpec, kind: &str, filed: &Answers, stated: &Answers) -> Answers {
    let Some((first, others)) = filed.rows(kind).split_first() else { return Answers::default() };
    let names = own_names(stage, kind, filed);
    let Some(pattern) = stated.rows(kind).iter().find(|row| row.id == first.id) else { return Answers::default() };
    let texts: BTreeMap<String, String> =
        pattern.texts.iter().filter(|(name, _)| names.contains(name.as_str())).map(|(name, text)| (name.clone(), text.clone())).collect();
    let mut rows: Vec<RowAnswers> = others.iter().map(|row| RowAnswers { texts: texts.clone(), ..row.clone() }).collect();
    rows.iter_mut().for_each(|row| without(row, stated.rows(kind)));
    rows.retain(|row| !row.texts.is_empty());
    Answers { rows: BTreeMap::from([(kind.to_owned(), rows)]), ..Answers::default() }
}

/// What a stage asks of each row of a kind and the applicant filed of none.
fn own_names<'s>(stage: &'s StageSpec, kind: &str, filed: &Answers) -> BTreeSet<&'s str> {
    let asked = stage.asks.iter().filter_map(|ask| ask.as_str().strip_prefix(kind)?.strip_prefix('.'));
    asked.filter(|name| filed.rows(kind).iter().all(|row| row.texts.get(*name).is_none_or(String::is_empty))).collect()
}

/// How many answers there are, each text of a row by itself.
pub fn count(answers: &Answers) -> usize {
    answers.texts.len() + answers.rows.values().flatten().map(|row| row.texts.len()).sum::<usize>()
}

fn without(row: &mut RowAnswers, stated: &[RowAnswers]) {
    let own = stated.iter().find(|known| known.id == row.id);
    row.texts.retain(|name, text| !text.is_empty() && own.and_then(|own| own.texts.get(name)).is_none_or(String::is_empty));
}

/// The paths of questions of which something is stated.
fn begun_questions(pack: &Pack, stated: &Answers) -> BTreeSet<String> {
    let questions = pack.assessment.iter().flat_map(|assessment| &assessment.questions);
    let paths = questions.map(|question| -> Vec<String> {
        question.figures.iter().chain([&question.input]).map(|input| pack.inputs[0][*input].id()).collect()
    });
    paths.filter(|paths| paths.iter().any(|path| !stated.text(path).is_empty())).flatten().collect()
}
