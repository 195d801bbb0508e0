//! What was objected, for those who oversee or conduct: each office reads what concerns the files of its place.

use records::access::{Acting, may_conduct, may_oversee};
use records::publicity::Publicity;

use crate::desk::{Desk, known, only};
use crate::on_file::{demand, load_all};
use crate::{ServiceError, compiled_once};

/// A publicity with the objections that a person may read.
///
/// # Errors
/// The person oversees none; [`ServiceError::NotFound`] where none of its files lies in the person's place.
#[compiled_once]
pub async fn overseen(desk: &Desk<'_>, acting: &Acting, id: &str) -> Result<Publicity, ServiceError> {
    only(may_oversee(acting))?;
    demand::<Publicity>(desk.store, id).await?.state.overseen(acting).ok_or(ServiceError::NotFound)
}

/// The publicities that show files of a person's place, the last begun first, each with the objections that the person may read.
///
/// # Errors
/// The person oversees none.
#[compiled_once]
pub async fn all_overseen(desk: &Desk<'_>, acting: &Acting) -> Result<Vec<Publicity>, ServiceError> {
    only(may_oversee(acting))?;
    let ids: Vec<String> = desk.store.publicities(None, &[]).await?.into_iter().map(|row| row.id).collect();
    let mut all: Vec<Publicity> = load_all(desk.store, &ids).await?;
    all.sort_by_cached_key(|one| ids.iter().position(|id| *id == one.id.0));
    Ok(all.into_iter().filter_map(|one| one.overseen(acting)).collect())
}

/// Lets those through who may settle an objection of a publicity; to others it is as unknown as one that nobody made.
///
/// # Errors
/// The person may not.
#[compiled_once]
pub async fn may_settle(desk: &Desk<'_>, acting: &Acting, id: &str, objection: &str) -> Result<(), ServiceError> {
    only(may_conduct(acting, &acting.place))?;
    let publicity = overseen(desk, acting, id).await?;
    known(publicity.objections.iter().any(|one| one.id.as_str() == objection))
}
