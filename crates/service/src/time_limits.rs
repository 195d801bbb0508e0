//! What time itself does: corrections past their day end a file, publicities past theirs let files pass.

use records::application::FileWord;
use records::moment::By;
use store::ApplicationFilter;

use crate::application::{self, commit_file};
use crate::desk::Desk;
use crate::{Action, Actor, ServiceError, authorise, compiled_once};

/// Files looked at in one go.
const AT_ONCE: i64 = 500;

/// What passed time limits did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Elapsed {
    /// Files ended because a correction was not handed in.
    pub lapsed: usize,
    /// Files whose publicity ended.
    pub passed: usize,
}

/// Carries out what the passing of time means, as the packs say. Doing it twice does nothing more. A file that somebody
/// works on in the same moment, or whose pack is not at hand, waits for the next time and holds up no other.
#[compiled_once]
pub async fn elapse(desk: &Desk<'_>) -> Result<Elapsed, ServiceError> {
    authorise(Actor::Upkeep, Action::Upkeep)?;
    Ok(Elapsed { lapsed: lapse_all(desk).await?, passed: crate::publicity::finish(desk).await? })
}

async fn lapse_all(desk: &Desk<'_>) -> Result<usize, ServiceError> {
    let states = vec![FileWord::ToCorrect.as_str().to_owned()];
    let overdue = ApplicationFilter { states, overdue_before_ms: Some(desk.edge.now.0), ..ApplicationFilter::default() };
    let (mut lapsed, mut after) = (0, String::new());
    loop {
        let rows = desk.store.applications_after(&overdue, &after, AT_ONCE).await?;
        let Some(last) = rows.last() else { return Ok(lapsed) };
        after.clone_from(&last.id);
        for row in &rows {
            lapsed += usize::from(unless_busy(lapse(desk, &row.id).await)?.unwrap_or(false));
        }
    }
}

/// None for what can be tried again later.
pub(crate) fn unless_busy<T>(done: Result<T, ServiceError>) -> Result<Option<T>, ServiceError> {
    match done {
        Ok(done) => Ok(Some(done)),
        Err(ServiceError::Conflict | ServiceError::Refused(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

async fn lapse(desk: &Desk<'_>, id: &str) -> Result<bool, ServiceError> {
    let file = application::file(desk, id, None).await?;
    let by = By::upkeep();
    let events = file.state().lapse(&file.at(desk, &by));
    commit_file(desk, &file, &by, &events, Vec::new()).await?;
    Ok(!events.is_empty())
}
