//! A sheet while an expert fills it in: kept for that expert alone, gone when it is handed in.

use records::access::Acting;
use records::account::Role;
use records::answers::Answers;

use crate::application::draft::{put, read};
use crate::application::seen;
use crate::desk::Desk;
use crate::{ServiceError, compiled_once};

/// The saved sheet of an expert and its version; 0 when nothing was saved yet.
#[compiled_once]
pub async fn sheet_draft(desk: &Desk<'_>, acting: &Acting, id: &str, stage: &str) -> Result<(i64, Answers), ServiceError> {
    let file = seen(desk, acting, id).await?;
    file.only_worker(desk, acting, stage, Role::Handler)?;
    Ok(read(desk, id, &part(acting, stage)).await?.unwrap_or_default())
}

/// Saves an expert's sheet; answers its new version.
///
/// # Errors
/// [`ServiceError::Conflict`] if it was saved elsewhere since `version`; [`ServiceError::NotFound`] where nobody reviews.
#[compiled_once]
pub async fn save_sheet_draft(
    desk: &Desk<'_>,
    acting: &Acting,
    id: &str,
    stage: &str,
    version: i64,
    typed: &Answers,
) -> Result<i64, ServiceError> {
    let file = seen(desk, acting, id).await?;
    file.only_worker(desk, acting, stage, Role::Handler)?;
    file.pack.review(stage).ok_or(ServiceError::NotFound)?;
    put(desk, acting, id, &part(acting, stage), version, typed).await
}

/// Each expert of a stage has a draft of his own.
pub(super) fn part(acting: &Acting, stage: &str) -> String {
    format!("{stage}/{}", acting.organisation)
}
