//! Claim an organisation that an office entered from a table and that nobody acts for yet: whoever registers for it under its
//! code and name becomes its first person, and finds what is on file of it.

use records::organisation::{Organisation, OrganisationEvent};
use standards::text::squash;
use store::{Change, OrganisationRow, Store};

use super::register::{Joining, Pending, demand_new_code};
use crate::ServiceError;
use crate::on_file::{change, demand};

/// Leads a registration to the organisation that is there already, or sees to it that there is none.
///
/// # Errors
/// A refusal where somebody acts for it, or where kind or name are others.
pub(super) async fn claim_or_new(store: &Store, pending: &mut Pending) -> Result<(), ServiceError> {
    let code = pending.organisation.credit_code.as_deref();
    let found = match code {
        Some(code) => store.organisation_of_code(code).await?,
        None => None,
    };
    match found.filter(|found| is(found, &pending.organisation)) {
        Some(found) if nobody_acts(store, &found.id).await? => {
            pending.opening.organisation.clone_from(&found.id);
            pending.organisation.id = found.id;
            pending.organisation.place = found.place;
            pending.organisation.claimed = true;
            Ok(())
        }
        _ => demand_new_code(store, code).await,
    }
}

fn is(found: &OrganisationRow, joining: &Joining) -> bool {
    found.kind == joining.kind.as_str() && found.state == "active" && squash(&found.name) == squash(&joining.name)
}

async fn nobody_acts(store: &Store, id: &str) -> Result<bool, ServiceError> {
    Ok(store.with_people(&[id.to_owned()]).await?.is_empty())
}

/// What the claim changes. Of two claims at the same time the second meets another version and fails.
///
/// # Errors
/// A refusal where somebody acts for it by now.
pub(super) async fn change_of(store: &Store, joining: &Joining) -> Result<Change, ServiceError> {
    if !nobody_acts(store, &joining.id).await? {
        demand_new_code(store, joining.credit_code.as_deref()).await?;
    }
    let found = demand::<Organisation>(store, &joining.id).await?;
    change(&joining.id, Some(&found), &[OrganisationEvent::Claimed])
}
