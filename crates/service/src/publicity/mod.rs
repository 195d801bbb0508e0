//! 公示: results shown to the public, objections, and what follows.

mod finish;
mod object;
mod open;
mod settle;

pub use finish::finish;
pub use object::{object, outcome};
pub use open::{Announcing, candidates, open};
pub use settle::settle;

use records::Noun as _;
use records::publicity::{Publicity, PublicityEvent};
use store::{Change, Index, PublicityRow};

use crate::ServiceError;
use crate::desk::Desk;
use crate::on_file::{self, OnFile, demand};

/// All publicities, the last begun first; everybody may read them.
pub async fn publicities(desk: &Desk<'_>, programme: Option<&str>) -> Result<Vec<PublicityRow>, ServiceError> {
    Ok(desk.store.publicities(programme, &[]).await?)
}

/// One publicity with its version.
pub async fn publicity(desk: &Desk<'_>, id: &str) -> Result<(i64, Publicity), ServiceError> {
    let found = demand::<Publicity>(desk.store, id).await?;
    Ok((found.version, found.state))
}

/// The change that events make to a publicity.
fn changed(id: &str, before: Option<&OnFile<Publicity>>, events: &[PublicityEvent]) -> Result<Change, ServiceError> {
    let after = Publicity::fold_all(before.map(|before| before.state.clone()), events).ok_or(ServiceError::Broken)?;
    let index = Index::Publicity(row(&after));
    on_file::change_with(id, before.map_or(0, |before| before.version), events, &after, index)
}

fn row(publicity: &Publicity) -> PublicityRow {
    PublicityRow {
        id: publicity.id.to_string(),
        programme: publicity.programme.clone(),
        procedure: publicity.procedure.clone(),
        label: publicity.title.clone(),
        state: if publicity.is_finished() { "finished" } else { "open" }.to_owned(),
        starts_on: publicity.starts_on.to_string(),
        ends_on: publicity.ends_on.to_string(),
    }
}
