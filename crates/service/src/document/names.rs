//! The names that papers of a file say: who acted in it, and whom its answers name.

use std::collections::{BTreeMap, BTreeSet};

use policy::pack::{Field, FieldKind, Pack};
use policy::spec::StageSpec;
use records::account::Account;
use records::application::{Progress, sections_fields};
use records::moment::By;
use records::organisation::Organisation;
use standards::Date;

use crate::application::{FileView, last_file};
use crate::desk::Desk;
use crate::on_file::load_all;
use crate::{ServiceError, compiled_once};

/// Names of those whom the papers of a file speak of, by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// People.
    pub people: BTreeMap<String, String>,
    /// Organisations.
    pub organisations: BTreeMap<String, String>,
    /// By form, who signed the forms that the file's forms are printed with and that were handed in elsewhere, and when.
    pub elsewhere: BTreeMap<String, (String, Date)>,
}

/// The names of those who finished the stages of a file, and of the organisations that its answers name.
#[compiled_once]
pub async fn names(desk: &Desk<'_>, view: &FileView) -> Result<Names, ServiceError> {
    let (mut people, mut organisations) = (BTreeSet::new(), BTreeSet::new());
    for by in done(view) {
        people.insert(by.account.clone());
        organisations.insert(by.organisation.clone());
    }
    organisations.extend(answered(view));
    let mut names = of(desk, people, organisations).await?;
    names.elsewhere = elsewhere(desk, view).await?;
    Ok(names)
}

async fn of(desk: &Desk<'_>, people: BTreeSet<String>, organisations: BTreeSet<String>) -> Result<Names, ServiceError> {
    let people = load_all::<Account>(desk.store, &Vec::from_iter(people)).await?;
    let organisations = load_all::<Organisation>(desk.store, &Vec::from_iter(organisations)).await?;
    Ok(Names {
        people: people.into_iter().map(|one| (one.id.to_string(), one.name)).collect(),
        organisations: organisations.into_iter().map(|one| (one.id.to_string(), one.name)).collect(),
        elsewhere: BTreeMap::new(),
    })
}

/// Who signed the forms that the file's forms are printed with and that were handed in with the applicant's earlier files: a
/// provider's promise is made in the filing of the project.
async fn elsewhere(desk: &Desk<'_>, view: &FileView) -> Result<BTreeMap<String, (String, Date)>, ServiceError> {
    let mut all = BTreeMap::new();
    let forms = view.pack.stages_of(&view.application.procedure).into_iter().flat_map(|stage| &stage.forms);
    for other in forms.filter_map(|form| view.pack.form(form.value())).flat_map(|form| &form.print.others) {
        if let Some(by) = signed_elsewhere(desk, view, other).await? {
            all.insert(other.value().clone(), by);
        }
    }
    Ok(all)
}

async fn signed_elsewhere(desk: &Desk<'_>, view: &FileView, form: &str) -> Result<Option<(String, Date)>, ServiceError> {
    let has = |stage: &&StageSpec| stage.forms.iter().any(|known| known.value() == form);
    let stage = view.pack.procedures.iter().flat_map(|procedure| view.pack.stages_of(&procedure.id)).find(has);
    let Some((stage, procedure)) = stage.and_then(|stage| Some((stage, stage.of.as_ref()?.value()))) else { return Ok(None) };
    let own = *procedure == view.application.procedure;
    let Some(file) = last_file(desk, &view.application, procedure).await?.filter(|_| !own) else { return Ok(None) };
    let Some(Progress::Done { at, by, skipped: false, .. }) = file.stages.get(&stage.id).map(|state| &state.progress) else {
        return Ok(None);
    };
    let known = of(desk, [by.account.clone()].into(), [by.organisation.clone()].into()).await?;
    let name = |names: &BTreeMap<String, String>, id: &str| names.get(id).cloned().unwrap_or_default();
    let who = format!("{} {}", name(&known.organisations, &by.organisation), name(&known.people, &by.account));
    Ok(Some((who.trim().to_owned(), at.day())))
}

fn done(view: &FileView) -> impl Iterator<Item = &By> {
    let states = view.application.stages.values();
    states.filter_map(|state| if let Progress::Done { by, .. } = &state.progress { Some(by) } else { None })
}

/// The organisations that are answered by their ids: in what was filed or is being filled in, what was stated, on members' pages.
fn answered(view: &FileView) -> Vec<String> {
    let file = &view.application;
    let drafted = view.draft.iter().map(|(_, draft)| &draft.answers);
    let pages = file.participants.iter().map(|one| &one.answers);
    let all: Vec<_> = drafted.chain([&file.filed]).chain(file.stated.values()).chain(pages).collect();
    let named = organisation_fields(&view.pack).flat_map(|field| all.iter().map(|answers| answers.text(&field.path).trim()));
    named.filter(|id| !id.is_empty()).map(str::to_owned).collect()
}

/// The fields that are answered by the id of an organisation.
fn organisation_fields(pack: &Pack) -> impl Iterator<Item = &Field> {
    let fields = pack.forms.iter().flat_map(|form| &form.sections).flat_map(sections_fields);
    fields.filter(|field| matches!(field.kind, FieldKind::Provider { .. }))
}
