//! What a workbook's answers make of a draft, and what is wrong with that.

use std::collections::{BTreeMap, BTreeSet};

use policy::pack::Body;
use records::FieldError;
use records::answers::Answers;
use records::application::{Case, own_field_problem};

use super::ask::{Ask, ticked};
use super::line::Line;
use super::place::Place;
use super::read::{Sheet, Told, about};
use crate::desk::Desk;
use crate::import::Counts;

/// A draft with a workbook's answers in it.
pub(super) struct Applied {
    pub(super) answers: Answers,
    pub(super) counts: Counts,
    /// Rows that are not taken in, and why.
    pub(super) passed: Vec<String>,
}

/// Puts the answers into the draft; what is wrong with them is said in the sheet.
pub(super) fn apply(desk: &Desk<'_>, place: &Place, sheet: &mut Sheet) -> Applied {
    let before = place.case(desk, place.answers());
    let mut passed = Vec::new();
    let known = |told: &Told| place.is_known(&place.lines[told.line], &before);
    let (given, told): (Vec<Told>, Vec<Told>) = std::mem::take(&mut sheet.told).into_iter().partition(known);
    passed.extend(given.iter().map(|told| row(place, told, "由系统填写")));

    let whole = put(&place.lines, place.answers(), &told);
    let case = place.case(desk, &whole);
    // What the form would not show is not taken in.
    let (told, hidden): (Vec<Told>, Vec<Told>) = told.into_iter().partition(|told| place.applies(&place.lines[told.line], &case));
    passed.extend(hidden.iter().map(|told| row(place, told, "按所填内容不适用")));
    let answers = if hidden.is_empty() { whole } else { put(&place.lines, place.answers(), &told) };
    let case = if hidden.is_empty() { case } else { place.case(desk, &answers) };

    for (told, said) in wrong(place, &told, &answers, &case) {
        sheet.wrong(&told, said);
    }
    let counts = counts(place, &told, sheet.answered);
    Applied { answers, counts, passed }
}

fn row(place: &Place, told: &Told, why: &str) -> String {
    format!("第{}行“{}”（{why}）", told.row, place.lines[told.line].question)
}

/// The draft with these answers. What says what stands there already leaves it as it was typed.
pub(super) fn put(lines: &[Line], before: &Answers, told: &[Told]) -> Answers {
    let mut answers = before.clone();
    for one in told {
        let line = &lines[one.line];
        let kept = answers.text(&line.path).to_owned();
        if kept.is_empty() || line.ask.normal(&kept) != one.text {
            answers.set(&line.path, &after(line, &kept, &one.text));
        }
    }
    answers
}

fn after(line: &Line, kept: &str, text: &str) -> String {
    let Ask::Tick { all, own } = &line.ask else { return text.to_owned() };
    let mut named: BTreeSet<String> = ticked(all, kept).into_iter().collect();
    if text == "yes" {
        named.insert(own.clone())
    } else {
        named.remove(own)
    };
    ticked(all, &named.into_iter().collect::<Vec<_>>().join(",")).join(",")
}

fn counts(place: &Place, told: &[Told], rows: usize) -> Counts {
    let mut counts = Counts { rows, ..Counts::default() };
    for one in told {
        let line = &place.lines[one.line];
        let kept = place.answers().text(&line.path);
        let nothing = kept.is_empty() && matches!(line.ask, Ask::Tick { .. }) && one.text == "no";
        match kept {
            _ if nothing => counts.same += 1,
            "" => counts.new += 1,
            kept if line.ask.normal(kept) == one.text => counts.same += 1,
            _ => counts.changed += 1,
        }
    }
    counts
}

/// What the form itself would say is wrong, each at the row that says it.
fn wrong(place: &Place, told: &[Told], answers: &Answers, case: &Case) -> Vec<(Told, (String, String))> {
    let mut spots: BTreeMap<&str, Told> = BTreeMap::new();
    for one in told.iter().rev() {
        // Of the options of one question the first that was ticked is where the question is.
        let ticks = matches!(place.lines[one.line].ask, Ask::Tick { .. });
        if !ticks || one.text == "yes" || !spots.contains_key(place.lines[one.line].path.as_str()) {
            spots.insert(&place.lines[one.line].path, one.clone());
        }
    }
    let errors = case.errors.iter().cloned().chain(contradictions(place, case)).chain(answers.errors());
    let mut found: Vec<(Told, (String, String))> = Vec::new();
    let mut add = |told: &Told, message: &str| {
        let line = &place.lines[told.line];
        if !found.iter().any(|(known, _)| known.row == told.row && known.line == told.line) {
            let what = about(line, message.trim_end_matches('。'));
            found.push((told.clone(), (what, remedy(line))));
        }
    };
    for error in errors {
        if let Some(told) = spots.get(error.path.as_str()) {
            add(told, &error.message);
        }
    }
    for told in spots.values() {
        let line = &place.lines[told.line];
        let text = answers.text(&line.path);
        let field = line.own.as_ref().filter(|_| !text.is_empty());
        if let Some(message) = field.and_then(|field| own_field_problem(&place.file.pack, field, text)) {
            add(told, &message);
        }
    }
    found
}

/// Answers that contradict the figures they follow from, where a form asks for them.
fn contradictions(place: &Place, case: &Case) -> Vec<FieldError> {
    let asks = place.forms.iter().flat_map(|form| &form.sections).any(|section| matches!(section.body, Body::Questions { .. }));
    let all = if asks { case.draft.contradictions(&place.file.pack) } else { Vec::new() };
    all.into_iter().map(|(path, message)| FieldError::new(path, message)).collect()
}

fn remedy(line: &Line) -> String {
    match &line.ask {
        Ask::Figure(Some(_)) => "请填写数字，或者在数字后写明单位，例如 12.5万元".to_owned(),
        Ask::Figure(None) => "请只填数字，单位已写在题目后".to_owned(),
        Ask::Tick { .. } => "请核对本题各行的“是”“否”".to_owned(),
        _ => "请按“说明”一列核对后修改".to_owned(),
    }
}
