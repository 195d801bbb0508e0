//! List rows: what pages list without reading whole records. Each is made from a record's state and replaced with it, so
//! that it can always be made again: [`difference`] says where one is not what its record says.

mod batch;
mod difference;
mod document;
mod invoice;
mod mandate;
mod organisation;
mod ownerless;
mod participant;
mod payment_list;
mod product;
mod publicity;
mod standing;

use sqlx::AnyConnection;

pub use batch::{BatchFilter, BatchRow};
pub use difference::{Difference, RowFault};
pub use document::{DOCUMENT_MAX_BYTES, DocumentContent, DocumentIndex, DocumentRow};
pub use invoice::{CLAIMS_ASKED_MAX, Grade, InvoiceClaim, InvoiceReading, InvoiceUse};
pub use mandate::{MandateFilter, MandateRow};
pub use organisation::{OrganisationFilter, OrganisationRow};
pub use ownerless::Ownerless;
pub use payment_list::PaymentListRow;
pub use product::{ProductFilter, ProductRow};
pub use publicity::PublicityRow;
pub use standing::{StandingKey, StandingRow};

use crate::account::{self, AccountRow};
use crate::application::ApplicationRow;
use crate::task::{self, TaskRow};
use crate::{StoreError, application, row};

/// The list rows of one record.
#[derive(Debug, Clone, Default)]
pub enum Index {
    /// The record is in no list.
    #[default]
    None,
    /// An application (申报件).
    Application(Box<ApplicationIndex>),
    /// A person's account.
    Account(AccountRow),
    /// An organisation.
    Organisation(OrganisationRow),
    /// A batch (批次).
    Batch(BatchRow),
    /// A mandate (授权代办).
    Mandate(MandateRow),
    /// A publicity period (公示).
    Publicity(PublicityRow),
    /// A payment list (拨付清单).
    PaymentList(PaymentListRow),
    /// A standing that was entered and not applied for (名录登记).
    Standing(StandingRow),
    /// A paper that was issued (文书).
    Document(Box<DocumentIndex>),
    /// What a provider offers (数字化产品).
    Product(ProductRow),
}

/// The list rows of an application.
#[derive(Debug, Clone)]
pub struct ApplicationIndex {
    /// Itself.
    pub row: ApplicationRow,
    /// What is to be done for it now; tasks it had before and that are not among these are gone.
    pub tasks: Vec<TaskRow>,
    /// Organisations that are members of its consortium; those it had before and that are not among these are gone.
    pub participants: Vec<String>,
    /// Standings that its applicant holds by it.
    pub granted: Vec<StandingRow>,
    /// Standings that its applicant holds no longer.
    pub revoked: Vec<StandingKey>,
    /// The invoices it counts, in the order of their numbers; those it counted before and that are not among these are free again.
    pub invoices: Vec<InvoiceUse>,
}

pub(crate) async fn write(connection: &mut AnyConnection, index: &Index) -> Result<(), StoreError> {
    match index {
        Index::None => Ok(()),
        Index::Application(index) => write_application(connection, index).await,
        Index::Account(row) => account::write_memberships(connection, row).await,
        Index::Organisation(row) => organisation::write(connection, row).await,
        Index::Batch(row) => batch::write(connection, row).await,
        Index::Mandate(row) => mandate::write(connection, row).await,
        Index::Publicity(row) => publicity::write(connection, row).await,
        Index::PaymentList(row) => payment_list::write(connection, row).await,
        Index::Standing(row) => row::replace(connection, row).await,
        Index::Document(document) => document::write(connection, document).await,
        Index::Product(row) => row::replace(connection, row).await,
    }
}

async fn write_application(connection: &mut AnyConnection, index: &ApplicationIndex) -> Result<(), StoreError> {
    application::write(connection, &index.row).await?;
    task::write_all(connection, &index.row.id, &index.tasks).await?;
    participant::write_all(connection, &index.row.id, &index.participants).await?;
    for key in &index.revoked {
        standing::revoke(connection, key).await?;
    }
    for row in &index.granted {
        standing::grant(connection, row).await?;
    }
    invoice::claim(connection, &index.row.id, &index.invoices).await?;
    Ok(())
}
