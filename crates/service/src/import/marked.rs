//! A copy of what was sent, with what is wrong marked in its cells.

use papers::sheet_in::{Problem, marked_copy};
use records::Refusal;
use records::access::Acting;
use tokio::task::spawn_blocking;

use super::templates::dress;
use super::{LIMITS, Table, Target};
use crate::desk::Desk;
use crate::{ServiceError, compiled_once};

/// The copy as a workbook, with the drop-downs and notes of its template; what was typed anew stands in it.
///
/// # Errors
/// The person may not take such a table in; a refusal when the file cannot be read again.
#[compiled_once]
pub async fn marked(
    desk: &Desk<'_>,
    acting: &Acting,
    target: &Target,
    table: &Table,
    problems: Vec<Problem>,
) -> Result<Vec<u8>, ServiceError> {
    target.only(desk, acting).await?;
    let (dress, table, made_on) = (dress(desk, acting, target).await?, table.clone(), desk.today());
    let made = spawn_blocking(move || marked_copy(&table.name, &table.bytes, LIMITS, &table.corrections, &problems, &dress, made_on)).await;
    made.map_err(|_| ServiceError::Broken)?.map_err(|error| Refusal::new(format!("{error}。")).into())
}
