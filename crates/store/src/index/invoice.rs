//! Invoices: which application counts which, each at most once in the whole system, and what was read of their files.

use sqlx::AnyConnection;

use crate::row::{self, row};
use crate::{BODY_MAX_BYTES, Store, StoreError, limits};

row! {"invoice_claim" by "number",
    /// That an application counts an invoice.
    pub struct InvoiceClaim {
        /// 20 digits, or code and number of an older invoice.
        pub number: String,
        /// The application that counts it.
        pub application: String,
    }
}

row! {"invoice_reading" by "digest",
    /// What was read of a file that may be an e-invoice.
    pub struct InvoiceReading {
        /// The digest of its content.
        pub digest: String,
        /// The invoice, or why there is none, as JSON.
        pub body: String,
    }
}

/// Makes these the invoices an application counts: claims what is new, gives back what it counted before. Numbers come in order, so two
/// that claim the same ones wait for each other only one way; programmes have chains of their own, and this is what all of them share.
pub(super) async fn claim(connection: &mut AnyConnection, application: &str, numbers: &[String]) -> Result<(), StoreError> {
    let mut sql = row::delete::<InvoiceClaim>();
    sql.and("application = ?", application);
    if !numbers.is_empty() {
        sql.push(" AND number NOT IN ");
        sql.list(numbers);
    }
    sql.execute(connection).await?;
    for number in numbers {
        one(connection, application, number).await?;
    }
    Ok(())
}

async fn one(connection: &mut AnyConnection, application: &str, number: &str) -> Result<(), StoreError> {
    let claim = InvoiceClaim { number: number.to_owned(), application: application.to_owned() };
    let mut sql = row::insert(&claim)?;
    // Written over by its own application only, so that the row of another answers nothing.
    sql.push(
        " ON CONFLICT (number) DO UPDATE SET application = excluded.application WHERE invoice_claim.application = excluded.application",
    );
    if sql.execute(connection).await? == 0 {
        return Err(StoreError::InvoiceTaken { number: number.to_owned() });
    }
    Ok(())
}

impl Store {
    /// Which of these invoices are counted, and by which application. At most [`CLAIMS_ASKED_MAX`] numbers are looked at.
    pub async fn invoice_claims(&self, numbers: &[String]) -> Result<Vec<InvoiceClaim>, StoreError> {
        if numbers.is_empty() {
            return Ok(Vec::new());
        }
        let mut sql = row::select::<InvoiceClaim>();
        sql.and_in("number", &numbers[..numbers.len().min(CLAIMS_ASKED_MAX)]);
        sql.push(" ORDER BY number");
        row::all(self.pool.reader(), &sql).await
    }

    /// What was read of these contents.
    pub async fn invoice_readings(&self, digests: &[String]) -> Result<Vec<InvoiceReading>, StoreError> {
        if digests.is_empty() {
            return Ok(Vec::new());
        }
        let mut sql = row::select::<InvoiceReading>();
        sql.and_in("digest", &digests[..digests.len().min(CLAIMS_ASKED_MAX)]);
        row::all(self.pool.reader(), &sql).await
    }

    /// Keeps what was read of a content; another reading of the same takes its place.
    pub async fn put_invoice_reading(&self, reading: &InvoiceReading) -> Result<(), StoreError> {
        limits::check("body", &reading.body, BODY_MAX_BYTES)?;
        let mut connection = self.pool.writer().acquire().await?;
        row::replace(&mut connection, reading).await
    }
}

/// Most numbers of one question: as many as a form has rows.
pub const CLAIMS_ASKED_MAX: usize = 2_000;
