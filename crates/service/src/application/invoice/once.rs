//! One invoice counts once in the whole system.

use std::collections::BTreeSet;

use records::application::Filing;
use records::{FieldError, Refusal};
use standards::InvoiceNumber;

use super::super::FileAt;
use super::contest::Standing;
use super::every;
use super::orphan::{Orphan, orphans};
use super::sums::too_much;
use crate::ServiceError;
use crate::desk::Desk;
use crate::error::{invoice_taken, invoice_taken_on_paper};

/// What keeps a filing from being handed in: an invoice that another file counts, typed or on paper; a row with another number than its
/// file; rows that say more than their invoice.
pub(in crate::application) async fn problems(
    desk: &Desk<'_>,
    file: &FileAt,
    stage: &str,
    filing: &Filing,
) -> Result<Vec<FieldError>, ServiceError> {
    let all = every(desk, file, filing).await?;
    let standing = Standing::of(desk, file, filing, &all).await?;
    let (taken, answers, mut errors) = (standing.taken(), &filing.answers, Vec::new());
    let asked = records::application::InvoiceRows::of(&file.pack, file.stage(stage)?);
    let here = |kind: &str| asked.iter().any(|rows| rows.kind == kind);
    for of in all.iter().filter(|of| here(of.rows.kind)) {
        let rows = &of.rows;
        let own = answers.rows(rows.kind).iter().filter_map(|row| Some((row, rows.number(row)?)));
        let used = own.filter(|(_, number)| is_taken(&taken, number));
        errors.extend(used.map(|(row, number)| FieldError::new(rows.path(row, &rows.columns.number), invoice_taken(&number.to_string()))));
        let beyond = too_much(rows, answers, &of.read).into_iter();
        errors.extend(beyond.map(|(row, text)| FieldError::new(rows.path(row, &rows.columns.number), text)));
    }
    let orphans = orphans(&all, answers).into_iter().filter(|orphan| here(orphan.rows.kind));
    errors.extend(orphans.filter_map(|orphan| without_row(&orphan, is_taken(&taken, orphan.number))));
    Ok(errors)
}

/// Whether another file counts an invoice under either of its numbers.
fn is_taken(taken: &BTreeSet<&str>, number: &InvoiceNumber) -> bool {
    number.keys().iter().any(|key| taken.contains(key.as_str()))
}

/// A file whose invoice another application counts goes, whatever the rows say; one beside another number is put right.
fn without_row(orphan: &Orphan<'_>, taken: bool) -> Option<FieldError> {
    let slot = orphan.rows.columns.papers.as_deref().unwrap_or_default();
    if taken {
        let text = invoice_taken_on_paper(&orphan.read.paper.name, &orphan.number.to_string());
        return Some(FieldError::new(format!("paper.{slot}"), text));
    }
    orphan.row.map(|row| FieldError::new(orphan.rows.path(row, &orphan.rows.columns.number), orphan.other_number(row)))
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
