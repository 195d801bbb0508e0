//! Invoices: which application counts which, each at most once in the whole system, and what was read of their files.

use sqlx::AnyConnection;

use crate::row::{self, row};
use crate::sql::Sql;
use crate::{BODY_MAX_BYTES, Store, StoreError, compiled_once, limits};

/// How well a claim is founded; a proven one takes the place of a stated one, and nothing that of one that was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// The number was typed, or stands on a file that does not name the applicant.
    Stated,
    /// An e-invoice among the papers names the applicant's code on the side that the form says the applicant is.
    Proven,
    /// The application was decided.
    Counted,
}

impl Grade {
    /// As it stands in the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Proven => "proven",
            Self::Counted => "counted",
        }
    }
}

/// An invoice that an application counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvoiceUse {
    /// 20 digits, or code and number of an older invoice.
    pub number: String,
    /// The other number of the same invoice, used as well, or empty: a digital one printed on paper has both.
    pub also: String,
    /// How well that is founded.
    pub grade: Grade,
}

row! {"invoice_claim" by "number",
    /// That an application counts an invoice.
    pub struct InvoiceClaim {
        /// 20 digits, or code and number of an older invoice.
        pub number: String,
        /// The application that counts it.
        pub application: String,
        /// A [`Grade`].
        pub grade: String,
        /// The application that said so before on the number alone and cannot be decided while this claim stands; or empty.
        pub displaced: String,
    }
}

impl InvoiceClaim {
    /// Whether an application with an e-invoice of its own takes it over.
    pub fn yields(&self) -> bool {
        self.grade == Grade::Stated.as_str()
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
pub(super) async fn claim(connection: &mut AnyConnection, application: &str, invoices: &[InvoiceUse]) -> Result<(), StoreError> {
    let numbers: Vec<String> = invoices.iter().map(|invoice| invoice.number.clone()).collect();
    pass_on(connection, application, &numbers).await?;
    let mut sql = row::delete::<InvoiceClaim>();
    sql.and("application = ?", application);
    without(&mut sql, &numbers);
    sql.execute(connection).await?;
    for invoice in invoices {
        one(connection, application, invoice).await?;
    }
    Ok(())
}

/// An application that counts an invoice no longer gives it to the one it had displaced, and waits for none that it counts no longer.
async fn pass_on(connection: &mut AnyConnection, application: &str, kept: &[String]) -> Result<(), StoreError> {
    let mut sql = Sql::new("UPDATE invoice_claim SET application = CASE WHEN application = ");
    sql.bind(application);
    sql.push(" THEN displaced ELSE application END, grade = CASE WHEN application = ");
    sql.bind(application);
    sql.push(" THEN 'stated' ELSE grade END, displaced = '' WHERE displaced <> ''");
    sql.and("(application = ?", application);
    sql.push(" OR displaced = ");
    sql.bind(application);
    sql.push(")");
    without(&mut sql, kept);
    sql.execute(connection).await?;
    Ok(())
}

fn without<'a>(sql: &mut Sql<'a>, numbers: &'a [String]) {
    if !numbers.is_empty() {
        sql.push(" AND number NOT IN ");
        sql.list(numbers);
    }
}

async fn one(connection: &mut AnyConnection, application: &str, invoice: &InvoiceUse) -> Result<(), StoreError> {
    let (number, grade) = (invoice.number.clone(), invoice.grade.as_str().to_owned());
    let claim = InvoiceClaim { number, application: application.to_owned(), grade, displaced: String::new() };
    let mut sql = row::insert(&claim)?;
    // Written over by its own application, or by one that proves what this one only says, so that the row of any other answers nothing.
    sql.push(
        " ON CONFLICT (number) DO UPDATE SET application = excluded.application, grade = excluded.grade, displaced = CASE \
         WHEN invoice_claim.application = excluded.application THEN invoice_claim.displaced ELSE invoice_claim.application END \
         WHERE invoice_claim.application = excluded.application OR (invoice_claim.grade = 'stated' AND excluded.grade = 'proven' \
         AND invoice_claim.displaced IN ('', excluded.application))",
    );
    if sql.execute(connection).await? > 0 {
        return Ok(());
    }
    let number = claim.number;
    let waiting = waits(connection, application, &number).await? || waits_too(connection, application, invoice).await?;
    match (waiting, invoice.grade) {
        // Whoever was displaced goes on with its file; only its decision waits.
        (true, Grade::Stated | Grade::Proven) => Ok(()),
        (true, Grade::Counted) => Err(StoreError::InvoiceContested { number }),
        (false, _) => Err(StoreError::InvoiceTaken { number }),
    }
}

/// Whether an application was displaced from an invoice and still says that it counts it.
async fn waits(connection: &mut AnyConnection, application: &str, number: &str) -> Result<bool, StoreError> {
    let mut sql = Sql::new("UPDATE invoice_claim SET displaced = displaced WHERE 1 = 1");
    sql.and("number = ?", number);
    sql.and("displaced = ?", application);
    Ok(sql.execute(connection).await? > 0)
}

/// An application that was displaced from an invoice under its other number waits for it under this one too, which the same application
/// has: a number that was left out at first makes no second use.
async fn waits_too(connection: &mut AnyConnection, application: &str, invoice: &InvoiceUse) -> Result<bool, StoreError> {
    if invoice.also.is_empty() {
        return Ok(false);
    }
    let mut sql = Sql::new("UPDATE invoice_claim SET displaced = ");
    sql.bind(application);
    sql.push(" WHERE displaced = ''");
    sql.and("number = ?", &invoice.number);
    sql.push(" AND application IN (SELECT application FROM invoice_claim WHERE 1 = 1");
    sql.and("number = ?", &invoice.also);
    sql.and("displaced = ?", application);
    sql.push(")");
    Ok(sql.execute(connection).await? > 0)
}

impl Store {
    /// Which of these invoices are counted, and by which application. At most [`CLAIMS_ASKED_MAX`] numbers are looked at.
    #[compiled_once]
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
    #[compiled_once]
    pub async fn invoice_readings(&self, digests: &[String]) -> Result<Vec<InvoiceReading>, StoreError> {
        if digests.is_empty() {
            return Ok(Vec::new());
        }
        let mut sql = row::select::<InvoiceReading>();
        sql.and_in("digest", &digests[..digests.len().min(CLAIMS_ASKED_MAX)]);
        row::all(self.pool.reader(), &sql).await
    }

    /// Keeps what was read of a content; another reading of the same takes its place.
    #[compiled_once]
    pub async fn put_invoice_reading(&self, reading: &InvoiceReading) -> Result<(), StoreError> {
        limits::check("body", &reading.body, BODY_MAX_BYTES)?;
        let mut connection = self.pool.writer().acquire().await?;
        row::replace(&mut connection, reading).await
    }
}

/// Most numbers of one question: as many as a form has rows.
pub const CLAIMS_ASKED_MAX: usize = 2_000;
