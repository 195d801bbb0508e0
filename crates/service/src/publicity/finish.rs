//! What follows when the days of a publicity are over.

use policy::pack::Work;
use policy::spec::ObjectionEffect;
use records::moment::By;
use records::publicity::{Publicity, PublicityEvent};

use crate::application::{self, Together};
use crate::desk::Desk;
use crate::on_file::{self, demand};
use crate::time_limits::unless_busy;
use crate::{Action, Actor, ServiceError, authorise, compiled_once};

/// Lets every file pass whose publicity is over and to which no objection is open; answers how many. Files pass in one
/// step with the publicity's own entry, so that neither is ever seen without the other.
#[compiled_once]
pub async fn finish(desk: &Desk<'_>) -> Result<usize, ServiceError> {
    authorise(Actor::Upkeep, Action::Upkeep)?;
    let mut passed = 0;
    for row in desk.store.publicities(None, &["open".to_owned()]).await? {
        passed += unless_busy(finish_one(desk, &row.id).await)?.unwrap_or(0);
    }
    Ok(passed)
}

async fn finish_one(desk: &Desk<'_>, id: &str) -> Result<usize, ServiceError> {
    let found = demand::<Publicity>(desk.store, id).await?;
    let holds = holds(desk, &found.state)?;
    let passing = found.state.passing(desk.today(), holds);
    if passing.is_empty() {
        return Ok(0);
    }
    let by = By::upkeep();
    let events = [PublicityEvent::Passed { applications: passing.clone() }];
    let mut all = Together::default();
    all.add(on_file::change(id, Some(&found), &events)?);
    for application in &passing {
        let file = application::file(desk, application.as_str(), None).await?;
        if !file.state().has_ended() {
            let events = file.state().pass(&file.at(desk, &by))?;
            all.add_file(desk, &file, &by, &events).await?;
        }
    }
    all.commit(desk, &found.state.programme, &by).await?;
    Ok(passing.len())
}

/// Whether an open objection holds a file back: as the stage says, and where it says nothing it does.
fn holds(desk: &Desk<'_>, publicity: &Publicity) -> Result<bool, ServiceError> {
    let pack = desk.pack(&publicity.programme, &publicity.version)?;
    let stage = pack.stages_of(&publicity.procedure).into_iter().find(|stage| stage.work == Some(Work::Publicise));
    Ok(stage.and_then(|stage| stage.objection) != Some(ObjectionEffect::Recorded))
}
