//! Settling objections.

use records::access::{Acting, may_conduct};
use records::publicity::Publicity;

use crate::ServiceError;
use crate::application::{self, Together};
use crate::desk::{Desk, only};
use crate::on_file::{self, demand};

/// Settles an objection; one that is upheld refuses the file it is about.
pub async fn settle(desk: &Desk<'_>, acting: &Acting, id: &str, objection: &str, upheld: bool, reply: &str) -> Result<(), ServiceError> {
    only(may_conduct(acting, &acting.place))?;
    let found = demand::<Publicity>(desk.store, id).await?;
    let about = found.state.objections.iter().find(|one| one.id.as_str() == objection).ok_or(ServiceError::NotFound)?;
    let file = application::file(desk, about.application.as_str(), None).await?;
    only(acting.covers(&file.state().place))?;
    let by = acting.by();
    let events = found.state.settle(&objection.into(), upheld, reply, desk.edge.now, &by)?;
    let mut all = Together::default();
    all.add(on_file::change(id, Some(&found), &events)?);
    // A file that has ended meanwhile, by another objection or because it was withdrawn, stays as it is.
    if upheld && !file.state().has_ended() {
        let events = file.state().refuse_after_objection(reply, &file.at(desk, &by))?;
        all.add_file(desk, &file, &by, &events).await?;
    }
    all.commit(desk, &found.state.programme, &by).await
}
