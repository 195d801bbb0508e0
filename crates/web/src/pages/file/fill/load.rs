//! From what a use case answers to what a page shows.

use policy::pack::{FieldKind, Form, Pack, Work};
use policy::spec::StageSpec;
use records::access::{Acting, Sight};
use records::account::Role;
use records::application::{Application, Correction, Phase, Progress, StageWord, stage_words};
use records::ids::PaperId;
use service::application::{FileView, Workable};
use service::paper::Paper;
use service::{Page, organisation};

use super::Head;
use super::steps::Steps;
use super::tasks::{Gathers, Task, Tasks};
use crate::errors::Error;
use crate::sheet::{Holder, Note, own_fields};
use crate::site::Site;

/// Holders of a standing offered in a list; more than these are searched for by nobody.
const HOLDERS_MAX: i64 = 1_000;

/// The head of a file's pages.
pub(super) fn head(view: &FileView) -> Head<'_> {
    let procedure = view.pack.procedure(&view.application.procedure).map_or("", |procedure| procedure.label.as_str());
    Head { file: view.application.id.as_str(), pack: &view.pack, procedure, correction: correction(&view.application) }
}

/// The check code of what was filed, for the applicant, where an office receives it on paper too; it stands on what is
/// printed, so that only the paper tells it to the office.
pub(super) fn check_code(view: &FileView) -> Option<String> {
    let file = &view.application;
    let printed = view.pack.stages_of(&file.procedure).iter().any(|stage| stage.paper_code);
    let shown = printed && file.submitted_at.is_some() && view.sight.sight() == Sight::Applicant;
    shown.then(|| records::check_code::check_code(&file.filed))
}

fn correction(application: &Application) -> Option<&Correction> {
    match &application.phase {
        Phase::Correcting(correction) => Some(correction),
        _ => None,
    }
}

/// What is to be corrected, beside its field.
pub(super) fn notes(application: &Application) -> Vec<Note> {
    let points = correction(application).into_iter().flat_map(|correction| &correction.points);
    let note = |point: &records::application::Point| Note {
        path: point.path.clone(),
        label: "需补正".to_owned(),
        text: point.message.clone(),
        clause: point.clause.clone(),
    };
    points.map(note).collect()
}

/// The stage being filled in, if it is the one of that id, and what the person may do in it.
pub(super) fn filling<'v>(view: &'v FileView, stage: &str) -> Result<(&'v StageSpec, &'v Workable), Error> {
    let is_filled = |work: &&Workable| view.pack.stage(&work.stage).is_some_and(|stage| stage.work == Some(Work::Fill));
    let work = view.works.iter().find(is_filled).filter(|work| work.stage == stage).ok_or(Error::NoPage)?;
    Ok((view.pack.stage(stage).ok_or(Error::NoPage)?, work))
}

/// When a stage was handed to its certifier.
pub(super) fn prepared_at(application: &Application, stage: &str) -> Option<String> {
    match application.stages.get(stage).map(|state| &state.progress) {
        Some(Progress::Prepared { at, .. }) => Some(at.text()),
        _ => None,
    }
}

/// When a stage was done.
pub(super) fn done_at(application: &Application, stage: &str) -> Option<String> {
    match application.stages.get(stage).map(|state| &state.progress) {
        Some(Progress::Done { at, .. }) => Some(at.text()),
        _ => None,
    }
}

/// Who may be chosen in the forms.
pub(super) async fn holders(site: &Site, pack: &Pack, forms: &[&Form]) -> Result<Vec<Holder>, Error> {
    let mut all = Vec::new();
    for standing in standings(forms) {
        let listed = organisation::holders(&site.desk(), &pack.id, standing, Page::first(HOLDERS_MAX)).await?;
        all.extend(listed.rows.into_iter().map(|row| Holder { standing: standing.to_owned(), id: row.id, name: row.name }));
    }
    Ok(all)
}

fn standings<'f>(forms: &[&'f Form]) -> Vec<&'f str> {
    let fields = forms.iter().flat_map(|form| &form.sections).flat_map(own_fields);
    let mut all: Vec<&str> = fields
        .filter_map(|field| match &field.kind {
            FieldKind::Provider { standing } => Some(standing.as_str()),
            _ => None,
        })
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The papers of each slot of a stage by the slot's name.
pub(super) fn by_slot<'v>(
    pack: &'v Pack,
    stage: &StageSpec,
    chosen: &std::collections::BTreeMap<String, Vec<PaperId>>,
    known: &[Paper],
) -> Vec<(&'v str, Vec<Paper>)> {
    let materials = stage.materials.iter().filter_map(|slot| pack.material(slot));
    materials.map(|material| (material.spec.label.as_str(), in_slot(&material.spec.id, chosen, known))).collect()
}

/// The papers of one slot.
pub(super) fn in_slot(slot: &str, chosen: &std::collections::BTreeMap<String, Vec<PaperId>>, known: &[Paper]) -> Vec<Paper> {
    let ids = chosen.get(slot).map_or(&[][..], Vec::as_slice);
    ids.iter().filter_map(|id| known.iter().find(|paper| paper.id == id.as_str())).cloned().collect()
}

/// The list of what is to do.
pub(super) fn tasks<'v>(view: &'v FileView, acting: &Acting) -> Tasks<'v> {
    let (pack, application) = (&view.pack, &view.application);
    let preparing = application.phase == Phase::Preparing;
    let own = view.sight.sight() == Sight::Applicant && acting.mandate.is_none() && acting.is(Role::Certifier);
    let may_withdraw = own && !application.has_ended() && application.decision.is_none();
    let words = stage_words(pack, application);
    Tasks {
        head: head(view),
        number: application.number.as_deref(),
        check_code: check_code(view),
        word: application.word().label(),
        deadline_on: preparing.then_some(view.batch.deadline_on),
        tasks: words.iter().map(|(stage, word)| task(view, stage, *word, &words)).collect(),
        quoted: &view.quoted,
        withdraws: may_withdraw.then_some(view.version),
    }
}

fn task<'v>(view: &'v FileView, stage: &'v StageSpec, word: StageWord, words: &[(&StageSpec, StageWord)]) -> Task<'v> {
    let state = view.application.stages.get(&stage.id);
    Task {
        label: &stage.label,
        does: &stage.does,
        actor: stage.actor.label(),
        clause: stage.clause.value().joined(),
        word,
        why: (word == StageWord::Blocked).then(|| why(stage, words)),
        due_on: state.filter(|state| state.is_open() && !view.application.has_ended()).and_then(|state| state.due_on),
        links: links(view, stage, word),
        gathers: gathers(view, stage),
    }
}

fn gathers<'v>(view: &'v FileView, stage: &StageSpec) -> Option<Gathers<'v>> {
    view.works.iter().find(|work| work.stage == stage.id && work.handles && stage.work == Some(Work::Fill))?;
    let from = &view.pack.procedure(&view.application.procedure)?.gathers.as_ref()?.from;
    let action = format!("/files/{}/fill/{}/gather", view.application.id, stage.id);
    Some(Gathers { from: &view.pack.procedure(from)?.label, action, version: view.draft.as_ref().map_or(0, |(version, _)| *version) })
}

fn why(stage: &StageSpec, words: &[(&StageSpec, StageWord)]) -> String {
    let open = |(other, word): &&(&StageSpec, StageWord)| {
        stage.after.iter().any(|after| after.value() == &other.id) && !matches!(word, StageWord::Done | StageWord::Skipped)
    };
    let open: Vec<String> = words.iter().filter(open).map(|(other, _)| format!("“{}”", other.label)).collect();
    if open.is_empty() { "前面的环节办结后开始".to_owned() } else { format!("{}办结后开始", open.join("、")) }
}

/// Whether the person, of a bureau that is the applicant, now works on this stage as an office does.
fn official(view: &FileView, stage: &StageSpec) -> bool {
    stage.work != Some(Work::Fill)
        && view.sight.sight() == Sight::Applicant
        && view.works.iter().any(|work| work.stage == stage.id && (work.handles || work.signs))
}

fn links(view: &FileView, stage: &StageSpec, word: StageWord) -> Vec<(&'static str, String)> {
    if stage.work == Some(Work::Join) {
        let members = !view.application.participants.is_empty();
        return members.then(|| ("查看参与单位", format!("/files/{}/join", view.application.id))).into_iter().collect();
    }
    let Some(work) = stage.work.filter(|work| *work == Work::Fill).and(view.works.iter().find(|work| work.stage == stage.id)) else {
        if official(view, stage) {
            return vec![("办理", format!("/files/{}", view.application.id))];
        }
        let filed = stage.work == Some(Work::Fill) && word == StageWord::Done && view.application.number.is_some();
        let receipt = || ("查看回执", format!("/files/{}/fill/{}/receipt", view.application.id, stage.id));
        let contents = || ("查看申报内容", format!("/files/{}/filed", view.application.id));
        return if filed { vec![contents(), receipt()] } else { Vec::new() };
    };
    let steps = Steps::of(&view.pack, view.application.id.as_str(), stage);
    let fills = work.handles.then(|| ("填写", steps.first()));
    let signs = (work.signs && word == StageWord::ToSign).then(|| ("签发", format!("{}/sign", steps.base())));
    fills.into_iter().chain(signs).collect()
}
