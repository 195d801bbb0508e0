//! Papers (材料文件): an organisation uploads a file once and uses it wherever it is asked for.
//!
//! A paper goes from pending to checked when its type is right and the virus scanner, where there is one, found nothing; to
//! attached when an application that quotes it is submitted. What is refused at once leaves nothing behind.

mod attach;
mod files;
mod list;
mod open;
mod reading;
mod remove;
mod scan;
mod upkeep;
mod upload;

pub use attach::attach;
pub use files::Files;
pub use list::{LIST_MOST, List, list_of_organisation};
pub use open::{MaySee, Opened, open_as_owner, open_for_application};
pub use reading::{Reading, readings};
pub use remove::remove;
pub use store::files::{Blob, Blobs, FILE_MAX_BYTES, Scanner};
pub use store::{Paper, PaperState};
pub use upkeep::{Removed, Scanned, clear, scan_waiting};
pub use upload::{ORGANISATION_MAX_BYTES, ORGANISATION_MAX_PAPERS, Upload, Uploaded, begin, upload};

use records::moment::By;
use store::Store;

use crate::{ServiceError, compiled_once};

/// Whose papers these are. Everybody of an organisation uses all of its papers; the journal of an application says who
/// attached them.
fn owner(by: &By) -> Result<&str, ServiceError> {
    let nobody = by.organisation.is_empty() || by.account.is_empty() || by.account == "public";
    if nobody { Err(ServiceError::Forbidden) } else { Ok(&by.organisation) }
}

/// Whose uploads alone are shown: under a mandate those of one's own account. An enterprise that lets a provider fill in
/// one application has not opened its whole file to it.
fn only(by: &By) -> Option<&str> {
    by.mandate.is_some().then_some(by.account.as_str())
}

/// A paper that one may use by oneself; any other is as unknown as one that is not there.
///
/// # Errors
/// There is none of this id.
#[compiled_once]
pub async fn own(store: &Store, by: &By, id: &str) -> Result<Paper, ServiceError> {
    let owner = owner(by)?;
    let mine = |paper: &Paper| paper.organisation == owner && only(by).is_none_or(|account| paper.uploaded_by == account);
    store.paper(id).await?.filter(mine).ok_or(ServiceError::NotFound)
}
