//! Places under quotas follow from the file: whatever changes it takes and gives back places in the same commit.

use std::collections::BTreeMap;

use records::Noun as _;
use records::allotment::{Allotment, AllotmentEvent};
use records::application::{Application, ApplicationEvent, Claimed};
use records::ids::AllotmentId;
use records::moment::By;
use store::Change;

use super::FileAt;
use crate::ServiceError;
use crate::desk::Desk;
use crate::on_file::{self, OnFile};

/// The events of a file with those that say which places it holds after them, and the changes of those places.
///
/// # Errors
/// A place is to be taken and none is left.
pub(super) async fn with_places(
    desk: &Desk<'_>,
    file: &FileAt,
    by: &By,
    events: &[ApplicationEvent],
) -> Result<(Vec<ApplicationEvent>, Vec<Change>), ServiceError> {
    let mut events = events.to_vec();
    if !events.iter().any(moves) || file.pack.quotas_of(&file.state().procedure).is_empty() {
        return Ok((events, Vec::new()));
    }
    let after = Application::fold_all(Some(file.state().clone()), &events).ok_or(ServiceError::Broken)?;
    let claims = after.claims(&file.at(desk, by))?;
    let mut changes = given_back(desk, &after, &claims).await?;
    for claimed in &claims {
        changes.extend(taken(desk, file, &after, claimed).await?);
    }
    let places: BTreeMap<String, AllotmentId> =
        claims.iter().map(|claimed| (claimed.quota.spec.id.clone(), claimed.allotment.clone())).collect();
    if places != after.places {
        events.push(ApplicationEvent::PlacesHeld { places, at: desk.edge.now });
    }
    Ok((events, changes))
}

/// Whether an event can change which places a file ought to hold. What merely happens to a file (it is published, listed,
/// paid) moves none, even where the applicant has been renamed since.
fn moves(event: &ApplicationEvent) -> bool {
    use ApplicationEvent as E;
    matches!(
        event,
        E::Signed { .. } | E::Approved { .. } | E::Assessed { .. } | E::Audited { .. } | E::Refused { .. } | E::Withdrawn { .. }
    )
}

/// Places under keys that the file is no longer counted under.
async fn given_back(desk: &Desk<'_>, after: &Application, claims: &[Claimed<'_>]) -> Result<Vec<Change>, ServiceError> {
    let mut changes = Vec::new();
    for id in after.places.values().filter(|id| claims.iter().all(|claimed| claimed.allotment != **id)) {
        let held = on_file::demand::<Allotment>(desk.store, id.as_str()).await?;
        let events = held.state.release(&after.id);
        if !events.is_empty() {
            changes.push(on_file::change(id.as_str(), Some(&held), &events)?);
        }
    }
    Ok(changes)
}

/// The place of a claim, taken unless the file holds it already; one it holds for another value is given back first.
async fn taken(desk: &Desk<'_>, file: &FileAt, after: &Application, claimed: &Claimed<'_>) -> Result<Option<Change>, ServiceError> {
    let id = claimed.allotment.as_str();
    let known: Option<OnFile<Allotment>> = on_file::load(desk.store, id).await?;
    let fresh = Allotment::new(&after.programme, claimed.quota, &claimed.claim);
    let mut events = Vec::new();
    if known.is_none() {
        events.push(AllotmentEvent::Opened { allotment: Box::new(fresh.clone()) });
    }
    let mut allotment = known.as_ref().map_or(fresh, |known| known.state.clone());
    match allotment.place(&after.id) {
        Some(place) if place.value == claimed.place.value => return Ok(None),
        _ => events.extend(allotment.release(&after.id)),
    }
    allotment = Allotment::fold_all(known.as_ref().map(|known| known.state.clone()), &events).ok_or(ServiceError::Broken)?;
    events.extend(allotment.take(&file.pack, claimed.quota, claimed.place.clone())?);
    Ok(Some(on_file::change(id, known.as_ref(), &events)?))
}
