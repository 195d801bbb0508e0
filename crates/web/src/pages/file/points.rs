//! What a file can be returned for: every field, row and paper of the applicant, with the clauses each follows.

use policy::pack::{Body, Form, Pack, Section};
use policy::spec::StageSpec;

use super::opened::Opened;
use crate::sheet::own_fields;

/// Characters of a clause's text in a list.
const CLAUSE_CHARS: usize = 28;

/// Something a point may be about.
pub(super) struct Target {
    /// The form's section, or that it is a paper.
    pub(super) group: String,
    /// As in errors.
    pub(super) path: String,
    pub(super) label: String,
    /// The clauses it follows.
    pub(super) clause: String,
}

/// Everything a file can be returned for.
pub(super) fn targets(opened: &Opened) -> Vec<Target> {
    let forms = opened.forms();
    let fields = forms.iter().flat_map(|form| form.sections.iter().flat_map(|section| of_section(opened, form, section)));
    fields.chain(materials(opened)).collect()
}

fn first(clauses: [&str; 3]) -> &str {
    clauses.into_iter().find(|clause| !clause.is_empty()).unwrap_or("")
}

fn of_section(opened: &Opened, form: &Form, section: &Section) -> Vec<Target> {
    let group = format!("{}·{}", form.label, section.label);
    let target = |path: &str, label: &str, clause: &str| Target {
        group: group.clone(),
        path: path.to_owned(),
        label: label.to_owned(),
        clause: first([clause, &section.clause, &form.clause]).to_owned(),
    };
    match &section.body {
        Body::Fields(_) => own_fields(section).iter().map(|field| target(&field.path, &field.label, &field.clause)).collect(),
        Body::Rows { kind, .. } => {
            let kind = &opened.pack().kinds[*kind as usize];
            let rows = opened.view.application.filed.rows(&kind.id).iter().enumerate();
            let rows = rows.map(|(at, row)| target(&format!("{}.{}", kind.id, row.id), &format!("{}第{}行", kind.label, at + 1), ""));
            [target(&kind.id, &format!("{}（整表）", kind.label), "")].into_iter().chain(rows).collect()
        }
        Body::Questions { .. } => assessment(opened.pack(), &target, |assessment| {
            assessment
                .questions
                .iter()
                .map(|one| (one.id.clone(), format!("第{}题 {}", one.number, one.label), one.clause.clone()))
                .collect()
        }),
        Body::Scenarios { .. } => assessment(opened.pack(), &target, |assessment| {
            assessment.scenarios.iter().map(|one| (one.id.clone(), one.label.clone(), one.clause.clone())).collect()
        }),
    }
}

type Scored = (String, String, String);

/// Questions and scenarios: remarks stand where their evidence does.
fn assessment(pack: &Pack, target: &dyn Fn(&str, &str, &str) -> Target, of: fn(&policy::pack::Assessment) -> Vec<Scored>) -> Vec<Target> {
    let all = pack.assessment.iter().flat_map(of);
    all.map(|(id, label, clause)| target(&format!("evidence.{id}"), &label, &clause)).collect()
}

fn materials<'o>(opened: &'o Opened) -> impl Iterator<Item = Target> + 'o {
    let file = &opened.view.application;
    let stages = opened.pack().stages_of(&file.procedure).into_iter();
    let filled = stages.filter(|stage| stage.work == Some(policy::pack::Work::Fill));
    let materials = filled.flat_map(|stage| &stage.materials).filter_map(|slot| opened.pack().material(slot.as_str()));
    materials.map(|material| Target {
        group: "材料".to_owned(),
        path: format!("paper.{}", material.spec.id),
        label: material.spec.label.clone(),
        clause: material.spec.clause.joined(),
    })
}

/// The clauses these targets, a stage and its conditions follow, one by one, each with the beginning of its text.
pub(super) fn clauses(opened: &Opened, stage: &StageSpec, targets: &[Target]) -> Vec<(String, String)> {
    let pack = opened.pack();
    let limit = stage.correction.as_ref().map(|limit| limit.clause.joined());
    let conditions = pack.conditions.iter().map(|condition| condition.clause.clone());
    let all = [stage.clause.joined()].into_iter().chain(limit).chain(targets.iter().map(|target| target.clause.clone())).chain(conditions);
    let mut seen: Vec<(String, String)> = Vec::new();
    for joined in all {
        for one in joined.split('、').filter(|one| !one.is_empty()) {
            if seen.iter().all(|(known, _)| known != one) {
                seen.extend(words(pack, one).map(|words| (one.to_owned(), words)));
            }
        }
    }
    seen
}

/// 《申报指南》1.3 企业应当…
fn words(pack: &Pack, clause: &str) -> Option<String> {
    let (_, found) = pack.clause(clause)?;
    let begins: String = found.text.chars().filter(|letter| *letter != '\n').take(CLAUSE_CHARS).collect();
    Some(format!("{} {begins}…", pack.cite(clause)))
}
