//! 公示: results shown to the public, objections, and what follows.

mod finish;
mod object;
mod open;
mod oversee;
mod settle;

pub use finish::finish;
pub use object::{object, outcome};
pub use open::{Announcing, candidates, open};
pub use oversee::{all_overseen, may_settle, overseen};
pub use settle::settle;

use records::publicity::Publicity;
use store::PublicityRow;

use crate::desk::Desk;
use crate::on_file::demand;
use crate::{ServiceError, compiled_once};

/// All publicities, the last begun first; everybody may read them.
#[compiled_once]
pub async fn publicities(desk: &Desk<'_>, programme: Option<&str>) -> Result<Vec<PublicityRow>, ServiceError> {
    Ok(desk.store.publicities(programme, &[]).await?)
}

/// One publicity with its version.
#[compiled_once]
pub async fn publicity(desk: &Desk<'_>, id: &str) -> Result<(i64, Publicity), ServiceError> {
    let found = demand::<Publicity>(desk.store, id).await?;
    Ok((found.version, found.state))
}
