//! Notices inside the platform. Whoever acts under a mandate reads none of the enterprise's: they tell of everything it does.

use records::access::Acting;
use store::{Listed, Notice, Page, Reader};

use crate::ServiceError;
use crate::desk::{Desk, not_mandated};

fn reader(acting: &Acting) -> Reader {
    Reader { organisation: acting.organisation.to_string(), account: acting.account.to_string() }
}

/// What a person was told, the last first.
pub async fn notices(desk: &Desk<'_>, acting: &Acting, page: Page) -> Result<Listed<Notice>, ServiceError> {
    not_mandated(acting)?;
    Ok(desk.store.notices(&reader(acting), page).await?)
}

/// How much of it is unread.
pub async fn unread(desk: &Desk<'_>, acting: &Acting) -> Result<i64, ServiceError> {
    if acting.mandate.is_some() {
        return Ok(0);
    }
    Ok(desk.store.unread_notices(&reader(acting)).await?)
}

/// Marks everything as read.
pub async fn read_all(desk: &Desk<'_>, acting: &Acting) -> Result<(), ServiceError> {
    not_mandated(acting)?;
    Ok(desk.store.read_all_notices(&reader(acting), desk.edge.now.0).await?)
}
