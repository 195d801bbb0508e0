//! Objections by the public.

use records::moment::By;
use records::publicity::{Objecting, Objection, Publicity};

use crate::application::Together;
use crate::desk::Desk;
use crate::on_file::{self, demand};
use crate::{ServiceError, compiled_once};

/// How often an objection is taken down again where somebody else's came at the same moment.
const TRIES: usize = 64;

/// Takes an objection from anybody; answers its id, by which the objector asks for the outcome.
#[compiled_once]
pub async fn object(desk: &Desk<'_>, id: &str, objecting: Objecting) -> Result<String, ServiceError> {
    for _ in 0..TRIES {
        match object_now(desk, id, objecting.clone()).await {
            Err(ServiceError::Conflict) => {}
            done => return done,
        }
    }
    Err(ServiceError::Conflict)
}

async fn object_now(desk: &Desk<'_>, id: &str, objecting: Objecting) -> Result<String, ServiceError> {
    let found = demand::<Publicity>(desk.store, id).await?;
    let objection = desk.edge.id();
    let events = found.state.object(objection.as_str().into(), objecting, desk.edge.now)?;
    let by = By { account: "public".into(), organisation: "public".into(), mandate: None };
    let mut all = Together::default();
    all.add(on_file::change(id, Some(&found), &events)?);
    all.commit(desk, &found.state.programme, &by).await?;
    Ok(objection)
}

/// What became of an objection, for whoever knows its id.
#[compiled_once]
pub async fn outcome(desk: &Desk<'_>, publicity: &str, objection: &str) -> Result<Objection, ServiceError> {
    let found = demand::<Publicity>(desk.store, publicity).await?.state;
    found.objections.into_iter().find(|one| one.id.as_str() == objection).ok_or(ServiceError::NotFound)
}
