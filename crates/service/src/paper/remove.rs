//! Remove a paper from the file.

use records::Refusal;
use records::moment::By;
use store::Store;

use super::own;
use crate::{ServiceError, compiled_once};

/// Removes a paper that no submitted application quotes. Its content goes with the next upkeep, unless another
/// organisation has the same.
///
/// # Errors
/// There is none of this id, or it is attached.
#[compiled_once]
pub async fn remove(store: &Store, by: &By, id: &str) -> Result<(), ServiceError> {
    let paper = own(store, by, id).await?;
    let removed = store.remove_paper(&paper.organisation, id).await?;
    if removed { Ok(()) } else { Err(Refusal::new("该文件已随申报件提交，须留存备查，不能移除。").into()) }
}
