//! One invoice counts once in the whole system.

use policy::pack::Grants;
use records::application::{Filing, InvoiceRows, invoices_of};
use records::{FieldError, Refusal};

use super::super::FileAt;
use super::on_paper;
use super::sums::too_much;
use crate::ServiceError;
use crate::desk::Desk;
use crate::error::invoice_taken;

/// What keeps a filing from being handed in: an invoice that another file counts, and rows that say more than their invoice.
pub(in crate::application) async fn problems(
    desk: &Desk<'_>,
    file: &FileAt,
    stage: &str,
    filing: &Filing,
) -> Result<Vec<FieldError>, ServiceError> {
    let mut errors = Vec::new();
    let taken = taken(desk, file, filing).await?;
    for rows in InvoiceRows::of(&file.pack, file.stage(stage)?) {
        for row in filing.answers.rows(rows.kind) {
            if let Some(number) = rows.number(row).filter(|number| taken.contains(&number.dedup_key())) {
                errors.push(FieldError::new(rows.path(row, &rows.columns.number), invoice_taken(&number.to_string())));
            }
        }
        let read = on_paper(desk, &rows, filing).await?;
        let beyond = too_much(&rows, &filing.answers, &read).into_iter();
        errors.extend(beyond.map(|(row, text)| FieldError::new(rows.path(row, &rows.columns.number), text)));
    }
    Ok(errors)
}

/// Refuses what [`problems`] finds. That nobody is quicker only the commit can tell.
pub(in crate::application) async fn not_used_twice(
    desk: &Desk<'_>,
    file: &FileAt,
    stage: &str,
    filing: &Filing,
) -> Result<(), ServiceError> {
    let errors = problems(desk, file, stage, filing).await?;
    if errors.is_empty() { Ok(()) } else { Err(Refusal::fields(errors).into()) }
}

/// The numbers of a filing that another file counts, where this one would count them.
async fn taken(desk: &Desk<'_>, file: &FileAt, filing: &Filing) -> Result<Vec<String>, ServiceError> {
    let state = file.state();
    let pays = file.pack.procedure(&state.procedure).is_some_and(|procedure| procedure.grants == Grants::Award);
    if !pays {
        return Ok(Vec::new());
    }
    let numbers = invoices_of(&file.pack, &state.procedure, &filing.answers);
    let claims = desk.store.invoice_claims(&numbers).await?;
    Ok(claims.into_iter().filter(|claim| claim.application != state.id.as_str()).map(|claim| claim.number).collect())
}
