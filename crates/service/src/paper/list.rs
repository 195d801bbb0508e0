//! The papers of one's own organisation.

use records::moment::By;
use store::{Paper, Store};

use super::{only, owner};
use crate::{ServiceError, compiled_once};

/// Papers of one list.
pub const LIST_MOST: usize = 100;

/// Some papers of an organisation, newest first.
#[derive(Clone, Debug)]
pub struct List {
    /// At most [`LIST_MOST`].
    pub papers: Vec<Paper>,
    /// How many there are.
    pub of: i64,
    /// Bytes of all of them.
    pub bytes: i64,
}

/// One list of an organisation's papers, `page` counted from 0; under a mandate, of those uploaded by oneself.
///
/// # Errors
/// Nobody is signed in.
#[compiled_once]
pub async fn list_of_organisation(store: &Store, by: &By, page: usize) -> Result<List, ServiceError> {
    let owner = owner(by)?;
    let skip = i64::try_from(page.saturating_mul(LIST_MOST)).unwrap_or(i64::MAX);
    let papers = store.papers_of(owner, only(by), skip, LIST_MOST as i64).await?;
    let weight = store.paper_weight(owner, only(by)).await?;
    Ok(List { papers, of: weight.papers, bytes: weight.bytes })
}
