//! Settling objections.

use records::FieldError;
use records::Refusal;
use records::access::Acting;
use records::publicity::Publicity;

use super::may_settle;
use crate::application::{self, Together};
use crate::desk::Desk;
use crate::on_file::{self, demand};
use crate::{ServiceError, compiled_once};

/// Settles an objection to a file of the person's place; one that is upheld refuses the file.
///
/// # Errors
/// The person may not, or there is none of this id; a refusal where whether it is right, or the reply, is not said.
#[compiled_once]
pub async fn settle(
    desk: &Desk<'_>,
    acting: &Acting,
    id: &str,
    objection: &str,
    upheld: Option<bool>,
    reply: &str,
) -> Result<(), ServiceError> {
    may_settle(desk, acting, id, objection).await?;
    let upheld = upheld.ok_or_else(|| Refusal::fields(vec![FieldError::new("upheld", "请选择异议是否成立。")]))?;
    let found = demand::<Publicity>(desk.store, id).await?;
    let about = found.state.objections.iter().find(|one| one.id.as_str() == objection).ok_or(ServiceError::NotFound)?;
    let file = application::file(desk, about.application.as_str(), None).await?;
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
