//! Members of a consortium: each works on its own page of a file and on nothing else of it.

use std::collections::BTreeMap;

use policy::pack::{Pack, ProfilePart, Work};
use records::FieldError;
use records::access::{Acting, may_remove_member};
use records::account::Role;
use records::answers::{Answers, RowAnswers};
use records::application::{Application, Participant, sections_fields};
use records::ids::OrganisationId;
use records::organisation::Organisation;

use super::draft::{Versioned, key, put, read};
use super::{FileAt, commit_file, named, seen};
use crate::desk::{Desk, not_mandated, only};
use crate::on_file::demand;
use crate::{ServiceError, compiled_once};

/// What a member is filling in: the saved draft, else what it handed in, else what is known of it.
#[compiled_once]
pub async fn join_draft(desk: &Desk<'_>, acting: &Acting, id: &str, stage: &str) -> Result<Versioned<Answers>, ServiceError> {
    let file = seen(desk, acting, id).await?;
    file.only_worker(desk, acting, stage, Role::Handler).or(file.only_worker(desk, acting, stage, Role::Certifier))?;
    current(desk, &file, acting, stage).await
}

async fn current(desk: &Desk<'_>, file: &FileAt, acting: &Acting, stage: &str) -> Result<Versioned<Answers>, ServiceError> {
    let saved = read::<Answers>(desk, file.state().id.as_str(), &part(acting, stage)).await?;
    match saved {
        Some(saved) => Ok(saved),
        None => Ok((0, begun(desk, file, acting, stage).await?)),
    }
}

/// What a member's page begins with: what it handed in, or what the lead said in its row and what it registered of itself.
async fn begun(desk: &Desk<'_>, file: &FileAt, acting: &Acting, stage: &str) -> Result<Answers, ServiceError> {
    let own = file.state().participant(&acting.organisation).ok_or(ServiceError::Forbidden)?;
    if !own.answers.is_empty() {
        return Ok(own.answers.clone());
    }
    let organisation = demand::<Organisation>(desk.store, acting.organisation.as_str()).await?.state;
    Ok(known_of(file, own, stage, &organisation))
}

fn known_of(file: &FileAt, own: &Participant, stage: &str, organisation: &Organisation) -> Answers {
    let mut answers = Answers::default();
    let Some(spec) = file.pack.stage(stage) else { return answers };
    let mut row = RowAnswers { id: own.row.clone(), ..RowAnswers::default() };
    let kind = file.pack.members_kind(spec).map(|kind| file.pack.kinds[kind as usize].id.clone()).unwrap_or_default();
    let said = file.state().filed.rows(&kind).iter().find(|said| said.id == own.row);
    for field in spec.forms.iter().filter_map(|form| file.pack.form(form)).flat_map(|form| &form.sections).flat_map(sections_fields) {
        let registered = field.profile.map(|part| registered(organisation, part)).unwrap_or_default();
        match field.path.strip_prefix(&format!("{kind}.")) {
            Some(name) => {
                let text = said.and_then(|said| said.texts.get(name)).cloned().unwrap_or(registered);
                if !text.is_empty() {
                    row.texts.insert(name.to_owned(), text);
                }
            }
            None => answers.set(&field.path, &registered),
        }
    }
    answers.rows.insert(kind, vec![row]);
    answers
}

/// What an organisation registered of itself.
pub(super) fn registered(organisation: &Organisation, part: ProfilePart) -> String {
    let profile = &organisation.profile;
    match part {
        ProfilePart::Name => organisation.name.clone(),
        ProfilePart::Code => organisation.credit_code.clone().unwrap_or_default(),
        ProfilePart::Address => profile.address.clone(),
        ProfilePart::LegalRepresentative => profile.legal_representative.clone(),
        ProfilePart::Contact => profile.contact.clone(),
        ProfilePart::Phone => profile.phone.clone(),
    }
}

/// Saves what a member is filling in; answers the draft's new version.
///
/// # Errors
/// [`ServiceError::Conflict`] if a colleague saved since `version`.
#[compiled_once]
pub async fn save_join_draft(
    desk: &Desk<'_>,
    acting: &Acting,
    id: &str,
    stage: &str,
    version: i64,
    answers: &Answers,
) -> Result<i64, ServiceError> {
    let file = seen(desk, acting, id).await?;
    file.only_worker(desk, acting, stage, Role::Handler)?;
    only(file.stage(stage)?.work == Some(Work::Join))?;
    put(desk, acting, id, &part(acting, stage), version, answers).await
}

/// Everything that is missing or wrong on a member's saved page.
#[compiled_once]
pub async fn join_problems(desk: &Desk<'_>, acting: &Acting, id: &str, stage: &str) -> Result<Vec<FieldError>, ServiceError> {
    let file = seen(desk, acting, id).await?;
    file.only_worker(desk, acting, stage, Role::Handler)?;
    let (_, answers) = current(desk, &file, acting, stage).await?;
    let by = acting.by();
    Ok(file.state().page_problems(file.stage(stage)?, &acting.organisation, &answers, &file.at(desk, &by)))
}

/// Hands a member's saved page to its certifier.
#[compiled_once]
pub async fn prepare_join(desk: &Desk<'_>, acting: &Acting, id: &str, version: i64, stage: &str) -> Result<(), ServiceError> {
    let file = seen(desk, acting, id).await?;
    file.only_worker(desk, acting, stage, Role::Handler)?;
    file.looked_at(version)?;
    let (_, answers) = current(desk, &file, acting, stage).await?;
    let by = acting.by();
    let events = file.state().prepare_join(stage, answers, &file.at(desk, &by))?;
    commit_file(desk, &file, &by, &events, vec![key(id, &part(acting, stage))]).await
}

/// A member's certifier signs: it has joined.
#[compiled_once]
pub async fn join(desk: &Desk<'_>, acting: &Acting, id: &str, version: i64, stage: &str) -> Result<(), ServiceError> {
    not_mandated(acting)?;
    let file = seen(desk, acting, id).await?;
    file.only_worker(desk, acting, stage, Role::Certifier)?;
    file.looked_at(version)?;
    let by = acting.by();
    let events = file.state().join(stage, &file.at(desk, &by))?;
    commit_file(desk, &file, &by, &events, Vec::new()).await
}

/// A member declines.
#[compiled_once]
pub async fn decline_join(desk: &Desk<'_>, acting: &Acting, id: &str, version: i64, stage: &str, reason: &str) -> Result<(), ServiceError> {
    not_mandated(acting)?;
    let file = seen(desk, acting, id).await?;
    file.only_worker(desk, acting, stage, Role::Certifier)?;
    file.looked_at(version)?;
    let by = acting.by();
    let events = file.state().decline(stage, reason, &file.at(desk, &by))?;
    commit_file(desk, &file, &by, &events, vec![key(id, &part(acting, stage))]).await
}

/// The lead removes a member that has not joined.
#[compiled_once]
pub async fn remove_member(
    desk: &Desk<'_>,
    acting: &Acting,
    id: &str,
    version: i64,
    stage: &str,
    organisation: &OrganisationId,
) -> Result<(), ServiceError> {
    not_mandated(acting)?;
    let file = seen(desk, acting, id).await?;
    only(may_remove_member(acting, file.state(), desk.today()))?;
    file.looked_at(version)?;
    let by = acting.by();
    let events = file.state().remove_member(stage, organisation, &file.at(desk, &by))?;
    commit_file(desk, &file, &by, &events, Vec::new()).await
}

/// The lead names another member in the place of one that has not joined; it is found by its registered name or code.
#[compiled_once]
pub async fn replace_member(
    desk: &Desk<'_>,
    acting: &Acting,
    id: &str,
    version: i64,
    stage: &str,
    (organisation, other): (&OrganisationId, &str),
) -> Result<(), ServiceError> {
    not_mandated(acting)?;
    let file = seen(desk, acting, id).await?;
    only(may_remove_member(acting, file.state(), desk.today()))?;
    file.looked_at(version)?;
    let (by, other) = (acting.by(), named::member(desk, other).await?);
    let events = file.state().replace_member(stage, organisation, other, &file.at(desk, &by))?;
    commit_file(desk, &file, &by, &events, Vec::new()).await
}

/// Leaves of a file what one of its members may read: who they are, whether they joined, and its own page.
pub(super) fn members_only(file: &mut Application, pack: &Pack, reader: &OrganisationId) {
    let kind = pack.members(&file.procedure).map(|members| pack.kinds[members.kind as usize].id.clone());
    file.filed.texts.clear();
    file.filed.rows.retain(|known, _| Some(known) == kind.as_ref());
    file.participants.iter_mut().filter(|one| one.member.organisation != *reader).for_each(|one| one.answers = Answers::default());
    file.papers = BTreeMap::new();
    file.stated = BTreeMap::new();
    file.judgements = BTreeMap::new();
    file.settled = BTreeMap::new();
    file.lowered = BTreeMap::new();
    file.decision = None;
}

/// The part of a file that a member's drafts are kept under.
fn part(acting: &Acting, stage: &str) -> String {
    format!("{stage}/{}", acting.organisation)
}
