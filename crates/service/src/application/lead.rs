//! The role of which an applicant has one live file in a batch.

use policy::pack::Pack;
use records::Noun as _;
use records::application::{Application, ApplicationEvent, Leading, Phase};
use records::lead::{Lead, LeadEvent};
use records::moment::By;
use store::Change;

use super::FileAt;
use crate::ServiceError;
use crate::desk::Desk;
use crate::on_file::{self, OnFile, load};

/// The record of what the applicant of a file leads in its batch; none where the pack does not limit it.
pub(super) async fn of(desk: &Desk<'_>, pack: &Pack, file: &Application) -> Result<Option<OnFile<Lead>>, ServiceError> {
    match pack.lead(&file.procedure) {
        Some(_) => load(desk.store, &Lead::id(&file.batch, &file.applicant)).await,
        None => Ok(None),
    }
}

/// The file that has the role, while it is live: one that was refused or given up stands in nobody's way.
pub(super) async fn leading(desk: &Desk<'_>, lead: Option<&OnFile<Lead>>) -> Result<Option<Leading>, ServiceError> {
    let Some(id) = lead.and_then(|lead| lead.state.application.as_ref()) else { return Ok(None) };
    let Some(file) = load::<Application>(desk.store, id.as_str()).await? else { return Ok(None) };
    let file = file.state;
    let live = !matches!(file.phase, Phase::Refused { .. } | Phase::Withdrawn { .. });
    Ok(live.then(|| Leading { application: file.id, number: file.number.unwrap_or_default() }))
}

/// What these events of a file change in the record of its applicant's lead: it goes into the same commit, so of two files
/// handed in at once one finds the record changed.
pub(super) fn changed(desk: &Desk<'_>, file: &FileAt, by: &By, events: &[ApplicationEvent]) -> Result<Option<Change>, ServiceError> {
    let before = file.state();
    if file.pack.lead(&before.procedure).is_none() {
        return Ok(None);
    }
    let after = Application::fold_all(Some(before.clone()), events).ok_or(ServiceError::Broken)?;
    let holds = file.lead.as_ref().is_some_and(|lead| lead.state.application.as_ref() == Some(&after.id));
    let event = match (after.leads(&file.at(desk, by)), holds) {
        (true, false) => {
            let (batch, organisation, application) = (after.batch.clone(), after.applicant.clone(), after.id.clone());
            LeadEvent::Taken { batch, organisation, application }
        }
        (false, true) => LeadEvent::Released,
        _ => return Ok(None),
    };
    on_file::change(&Lead::id(&after.batch, &after.applicant), file.lead.as_ref(), &[event]).map(Some)
}
