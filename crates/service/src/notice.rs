//! Notices inside the platform. Whoever acts under a mandate reads none of the enterprise's: they tell of everything it does.

use records::access::Acting;
use store::{Listed, Notice, Page, Reader, Told};

use crate::desk::{Desk, not_mandated};
use crate::{ServiceError, compiled_once};

fn reader(acting: &Acting) -> Reader {
    Reader { organisation: acting.organisation.to_string(), account: acting.account.to_string() }
}

/// What a person was told, the last first.
#[compiled_once]
pub async fn notices(desk: &Desk<'_>, acting: &Acting, page: Page) -> Result<Listed<Told>, ServiceError> {
    not_mandated(acting)?;
    Ok(desk.store.notices(&reader(acting), page).await?)
}

/// What an organisation's program was told, the last first, with when somebody first read it: a program reads nothing for people.
#[compiled_once]
pub async fn notices_of_organisation(desk: &Desk<'_>, acting: &Acting, page: Page) -> Result<Listed<Told>, ServiceError> {
    not_mandated(acting)?;
    Ok(desk.store.notices_read_by_anybody(&reader(acting), page).await?)
}

/// How much of it this person has not read.
#[compiled_once]
pub async fn unread(desk: &Desk<'_>, acting: &Acting) -> Result<i64, ServiceError> {
    if acting.mandate.is_some() {
        return Ok(0);
    }
    Ok(desk.store.unread_notices(&reader(acting)).await?)
}

/// Marks one notice as read by this person and answers it, so that its page can be gone to.
#[compiled_once]
pub async fn read(desk: &Desk<'_>, acting: &Acting, id: &str) -> Result<Notice, ServiceError> {
    not_mandated(acting)?;
    let reader = reader(acting);
    let notice = desk.store.notice(&reader, id).await?.ok_or(ServiceError::NotFound)?;
    desk.store.read_notice(&reader, id, desk.edge.now.0).await?;
    Ok(notice)
}

/// Marks everything as read by this person; colleagues read for themselves.
#[compiled_once]
pub async fn read_all(desk: &Desk<'_>, acting: &Acting) -> Result<(), ServiceError> {
    not_mandated(acting)?;
    Ok(desk.store.read_all_notices(&reader(acting), desk.edge.now.0).await?)
}
