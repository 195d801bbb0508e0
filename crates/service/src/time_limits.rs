//! What time itself does: corrections past their day end a file, publicities past theirs let files pass.

use records::moment::By;

use crate::application::{self, commit_file};
use crate::desk::Desk;
use crate::{Action, Actor, ServiceError, authorise};

/// Tasks looked at in one go.
const AT_ONCE: i64 = 500;

/// What passed time limits did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Elapsed {
    /// Files ended because a correction was not handed in.
    pub lapsed: usize,
    /// Files whose publicity ended.
    pub passed: usize,
}

/// Carries out what the passing of time means, as the packs say. Doing it twice does nothing more.
pub async fn elapse(desk: &Desk<'_>) -> Result<Elapsed, ServiceError> {
    authorise(Actor::Upkeep, Action::Upkeep)?;
    let mut lapsed = 0;
    for task in desk.store.tasks_due_before(desk.edge.now.0, AT_ONCE).await? {
        lapsed += usize::from(lapse(desk, &task.application).await?);
    }
    let passed = crate::publicity::finish(desk).await?;
    Ok(Elapsed { lapsed, passed })
}

async fn lapse(desk: &Desk<'_>, id: &str) -> Result<bool, ServiceError> {
    let file = application::file(desk, id, None).await?;
    let by = By::upkeep();
    let events = file.state().lapse(&file.at(desk, &by));
    commit_file(desk, &file, &by, &events, Vec::new()).await?;
    Ok(!events.is_empty())
}
