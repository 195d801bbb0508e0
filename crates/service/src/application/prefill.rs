//! Filled once, quoted everywhere: what an organisation stated in earlier files is where a new one begins.

use policy::pack::{Body, Pack, Word};
use policy::program::{Kind, Type};
use policy::spec::StageSpec;
use records::access::Acting;
use records::answers::{Answers, RowAnswers};
use records::application::{Application, sections_fields};
use records::organisation::Organisation;
use store::{ApplicationFilter, ApplicationSort, Page};

use super::draft::{FillDraft, put};
use super::gather;
use super::join::registered;
use crate::ServiceError;
use crate::desk::Desk;
use crate::on_file::load;

/// Puts a draft beside a fresh file, made from the applicant's earlier files.
pub(super) async fn prefill(
    desk: &Desk<'_>,
    acting: &Acting,
    file: &Application,
    pack: &Pack,
    applicant: &Organisation,
) -> Result<(), ServiceError> {
    let mut draft = earlier(desk, file, pack).await?;
    draft.answers.rows.extend(gather::gathered(desk, file, pack).await?.rows);
    let Some(stage) = pack.stages_of(&file.procedure).into_iter().find(|stage| file.stages.contains_key(&stage.id)) else { return Ok(()) };
    for field in stage.forms.iter().filter_map(|form| pack.form(form)).flat_map(|form| &form.sections).flat_map(sections_fields) {
        if let Some(part) = field.profile.filter(|_| draft.answers.text(&field.path).is_empty()) {
            draft.answers.set(&field.path, &registered(applicant, part));
        }
    }
    begin_rows(pack, stage, &mut draft.answers);
    if draft.answers.is_empty() && draft.papers.is_empty() {
        return Ok(());
    }
    put(desk, acting, file.id.as_str(), &stage.id, 0, &draft).await.map(drop)
}

/// A row for each option where a pack says that a form begins so, unless earlier files have some.
fn begin_rows(pack: &Pack, stage: &StageSpec, answers: &mut Answers) {
    let sections = stage.forms.iter().filter_map(|form| pack.form(form)).flat_map(|form| &form.sections);
    for section in sections {
        let Body::Rows { kind, .. } = &section.body else { continue };
        let known = &pack.kinds[*kind as usize];
        let Some(input) = known.each.map(|each| &pack.inputs[*kind as usize][each]) else { continue };
        let Type::Choice(choice) = input.meta.ty else { continue };
        let one = |(at, option): (usize, &Word)| RowAnswers {
            id: (at + 1).to_string(),
            texts: [(input.name.clone(), option.id.clone())].into(),
            ..RowAnswers::default()
        };
        let options = pack.choices[choice as usize].options.iter().enumerate();
        answers.rows.entry(known.id.clone()).or_insert_with(|| options.map(one).collect());
    }
}

/// What the applicant's last file of each procedure the pack names, and of its own, has for this one.
pub(super) async fn earlier(desk: &Desk<'_>, file: &Application, pack: &Pack) -> Result<FillDraft, ServiceError> {
    let mut draft = FillDraft::default();
    let Some(procedure) = pack.procedure(&file.procedure) else { return Ok(draft) };
    let stages = pack.stages_of(&file.procedure);
    let asked = |slot: &String| stages.iter().any(|stage| stage.materials.iter().any(|material| material.value() == slot));
    for earlier in procedure.prefills.iter().chain([&procedure.id]) {
        if let Some(earlier) = last(desk, file, earlier).await? {
            draft.answers = draft.answers.overlaid(&kept(pack, &file.procedure, &earlier.filed));
            draft.papers.extend(earlier.papers.into_iter().filter(|(slot, _)| asked(slot) && of_invoices(pack).all(|own| own != slot)));
        }
    }
    Ok(draft)
}

/// Only what this procedure's forms ask for; what was promised before must be promised again.
fn kept(pack: &Pack, procedure: &str, filed: &Answers) -> Answers {
    let forms = pack.stages_of(procedure).into_iter().flat_map(|stage| &stage.forms).filter_map(|form| pack.form(form));
    let forms: Vec<_> = forms.collect();
    let promised = |path: &str| forms.iter().flat_map(|form| &form.promises).any(|promise| promise.path == path);
    let once = once(pack);
    let kinds: Vec<&str> = forms
        .iter()
        .flat_map(|form| &form.sections)
        .filter_map(|section| match &section.body {
            Body::Rows { kind, .. } if !once.contains(kind) => Some(pack.kinds[*kind as usize].id.as_str()),
            _ => None,
        })
        .collect();
    let texts = filed.texts.iter().filter(|(path, _)| !promised(path));
    let rows = filed.rows.iter().filter(|(kind, _)| kinds.contains(&kind.as_str()));
    Answers {
        texts: texts.map(|(path, text)| (path.clone(), text.clone())).collect(),
        rows: rows.map(|(kind, rows)| (kind.clone(), rows.clone())).collect(),
    }
}

/// The kinds of rows that count once in the whole system and so stand in one file only: invoices, and what belongs to them.
fn once(pack: &Pack) -> Vec<Kind> {
    let sections = pack.forms.iter().flat_map(|form| &form.sections).filter(|section| section.invoice.is_some());
    let mut kinds: Vec<Kind> =
        sections.filter_map(|section| if let Body::Rows { kind, .. } = section.body { Some(kind) } else { None }).collect();
    let below = |kinds: &[Kind]| {
        (1..pack.kinds.len()).map(|at| at as Kind).find(|at| !kinds.contains(at) && kinds.contains(&pack.kinds[*at as usize].parent))
    };
    while let Some(kind) = below(&kinds) {
        kinds.push(kind);
    }
    kinds
}

/// The materials that hold the files of such rows.
fn of_invoices(pack: &Pack) -> impl Iterator<Item = &String> {
    let sections = pack.forms.iter().flat_map(|form| &form.sections);
    sections.filter_map(|section| section.invoice.as_ref()?.papers.as_ref())
}

/// The numbers of the earlier files that a fresh one quotes.
pub(super) async fn quoted(desk: &Desk<'_>, file: &Application, pack: &Pack) -> Result<Vec<String>, ServiceError> {
    let mut numbers = Vec::new();
    let Some(procedure) = pack.procedure(&file.procedure).filter(|_| file.submitted_at.is_none()) else { return Ok(numbers) };
    for earlier in procedure.prefills.iter().chain([&procedure.id]) {
        numbers.extend(last(desk, file, earlier).await?.and_then(|earlier| earlier.number));
    }
    Ok(numbers)
}

/// The applicant's last file of a procedure that was submitted before this one.
pub(crate) async fn last(desk: &Desk<'_>, file: &Application, procedure: &str) -> Result<Option<Application>, ServiceError> {
    let filter = ApplicationFilter {
        programme: Some(file.programme.clone()),
        procedure: Some(procedure.to_owned()),
        applicant: Some(file.applicant.to_string()),
        ..ApplicationFilter::default()
    };
    let found = desk.store.applications(&filter, ApplicationSort::Newest, Page::first(5)).await?;
    for row in found.rows.into_iter().filter(|row| row.id != file.id.as_str()) {
        let earlier = load::<Application>(desk.store, &row.id).await?;
        let before = |at| file.submitted_at.is_none_or(|own| at <= own);
        if let Some(earlier) = earlier.filter(|earlier| earlier.state.submitted_at.is_some_and(before)) {
            return Ok(Some(earlier.state));
        }
    }
    Ok(None)
}
