//! What follows when the days of a publicity are over.

use records::Noun as _;
use records::application::Application;
use records::moment::By;
use records::publicity::{Publicity, PublicityEvent};

use super::{changed, commit};
use crate::application;
use crate::desk::Desk;
use crate::on_file::demand;
use crate::{Action, Actor, ServiceError, authorise};

/// Lets every file pass whose publicity is over and to which no objection is open; answers how many. Files pass in one
/// step with the publicity's own entry, so that neither is ever seen without the other.
pub async fn finish(desk: &Desk<'_>) -> Result<usize, ServiceError> {
    authorise(Actor::Upkeep, Action::Upkeep)?;
    let mut passed = 0;
    for row in desk.store.publicities(None, &["open".to_owned()]).await? {
        passed += finish_one(desk, &row.id).await?;
    }
    Ok(passed)
}

async fn finish_one(desk: &Desk<'_>, id: &str) -> Result<usize, ServiceError> {
    let found = demand::<Publicity>(desk.store, id).await?;
    let passing = found.state.passing(desk.today());
    if passing.is_empty() {
        return Ok(0);
    }
    let by = By::upkeep();
    let events = [PublicityEvent::Passed { applications: passing.clone() }];
    let mut changes = vec![changed(id, Some(&found), &events)?];
    for application in &passing {
        let file = application::file(desk, application.as_str(), None).await?;
        if !file.state().has_ended() {
            let events = file.state().pass(&file.at(desk, &by))?;
            debug_assert!(Application::fold_all(Some(file.state().clone()), &events).is_some());
            changes.push(application::changed(desk, &file, &events)?);
        }
    }
    commit(desk, &found.state.programme, &by, changes).await?;
    Ok(passing.len())
}
