//! Letters that did not arrive, for the administrator.

use records::access::Acting;
use records::account::Role;
use records::organisation::OrganisationKind;
use store::{OutboxKind, OutboxRow};

use crate::desk::{Desk, only};
use crate::{ServiceError, compiled_once};

/// Letters listed at most.
pub const FAILED_MAX: usize = 200;

/// The letters that were given up, the latest first; at most [`FAILED_MAX`].
#[compiled_once]
pub async fn failed(desk: &Desk<'_>, acting: &Acting) -> Result<Vec<OutboxRow>, ServiceError> {
    only(acting.kind == OrganisationKind::Administrator && acting.is(Role::Manager))?;
    let failed = desk.store.outbox("failed", FAILED_MAX as i64).await?;
    Ok(failed.into_iter().filter(|row| row.kind == OutboxKind::Mail.as_str()).collect())
}
