//! The names that papers of a file say: who acted in it, and whom its answers name.

use std::collections::{BTreeMap, BTreeSet};

use policy::pack::{Field, FieldKind, Pack};
use records::account::Account;
use records::application::{Progress, sections_fields};
use records::moment::By;
use records::organisation::Organisation;

use crate::ServiceError;
use crate::application::FileView;
use crate::desk::Desk;
use crate::on_file::load_all;

/// Names of those whom the papers of a file speak of, by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// People.
    pub people: BTreeMap<String, String>,
    /// Organisations.
    pub organisations: BTreeMap<String, String>,
}

/// The names of those who finished the stages of a file, and of the organisations that its answers name.
pub async fn names(desk: &Desk<'_>, view: &FileView) -> Result<Names, ServiceError> {
    let (mut people, mut organisations) = (BTreeSet::new(), BTreeSet::new());
    for by in done(view) {
        people.insert(by.account.clone());
        organisations.insert(by.organisation.clone());
    }
    organisations.extend(answered(view));
    let people = load_all::<Account>(desk.store, &Vec::from_iter(people)).await?;
    let organisations = load_all::<Organisation>(desk.store, &Vec::from_iter(organisations)).await?;
    Ok(Names {
        people: people.into_iter().map(|one| (one.id.to_string(), one.name)).collect(),
        organisations: organisations.into_iter().map(|one| (one.id.to_string(), one.name)).collect(),
    })
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
