//! A copy of what was sent, with what is wrong marked in its cells.

use papers::sheet_in::{Problem, marked_copy};
use records::Refusal;
use standards::Date;
use tokio::task::spawn_blocking;

use super::{LIMITS, Table};
use crate::ServiceError;

/// The copy as a workbook; what was typed anew stands in it.
///
/// # Errors
/// A refusal when the file cannot be read again.
pub async fn marked(table: &Table, problems: Vec<Problem>, made_on: Date) -> Result<Vec<u8>, ServiceError> {
    let table = table.clone();
    let made = spawn_blocking(move || marked_copy(&table.name, &table.bytes, LIMITS, &table.corrections, &problems, made_on)).await;
    made.map_err(|_| ServiceError::Broken)?.map_err(|error| Refusal::new(format!("{error}。")).into())
}
