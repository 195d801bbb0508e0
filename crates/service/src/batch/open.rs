//! Opening, extending and closing a call.

use std::sync::Arc;

use policy::case::Draft;
use policy::library::VersionError;
use policy::pack::{Pack, Source};
use records::access::{Acting, may_conduct, may_conduct_programme};
use records::batch::{Batch, BatchEvent, Opening, unsaid};
use records::{FieldError, Noun as _, Refusal};
use standards::Date;
use store::{BatchFilter, Commit, Expected};

use crate::desk::{Desk, day, days, only};
use crate::on_file::{self, OnFile, demand};
use crate::{ServiceError, compiled_once};

/// What a notice says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calling {
    /// The programme.
    pub programme: String,
    /// The procedure.
    pub procedure: String,
    /// What it is called.
    pub label: String,
    /// What the notice says.
    pub notice: String,
    /// First day, as typed.
    pub opens_on: String,
    /// Last day, as typed.
    pub deadline_on: String,
}

impl Calling {
    fn days(&self) -> Result<(Date, Date), Refusal> {
        days(("opens_on", "开始日期", &self.opens_on), ("deadline_on", "截止日期", &self.deadline_on))
    }

    /// What is empty or cannot be read, all at once.
    pub fn unread(&self) -> Vec<FieldError> {
        let days = self.days().err().map_or_else(Vec::new, |refusal| refusal.errors);
        unsaid(&self.label, &self.notice).into_iter().chain(days).collect()
    }
}

/// How often a call is opened again where another one of the procedure was quicker to its number.
const TRIES: usize = 8;

/// Opens a call under the version of a programme's pack that governs it; answers its id. Of two opened at once the second is the one after.
#[compiled_once]
pub async fn open(desk: &Desk<'_>, acting: &Acting, calling: &Calling) -> Result<String, ServiceError> {
    for _ in 0..TRIES {
        match open_now(desk, acting, calling).await {
            Err(ServiceError::Conflict) => {}
            done => return done,
        }
    }
    Err(ServiceError::Conflict)
}

async fn open_now(desk: &Desk<'_>, acting: &Acting, calling: &Calling) -> Result<String, ServiceError> {
    only(may_conduct(acting, &acting.place))?;
    let errors = calling.unread();
    if !errors.is_empty() {
        return Err(Refusal::fields(errors).into());
    }
    let newest = desk.newest(&calling.programme)?;
    only(may_conduct_programme(acting, newest))?;
    newest.procedure(&calling.procedure).ok_or(ServiceError::NotFound)?;
    let (opens_on, deadline_on) = calling.days()?;
    let filter = BatchFilter { programme: Some(newest.id.clone()), procedure: Some(calling.procedure.clone()), ..BatchFilter::default() };
    let before = desk.store.batches(&filter).await?.len();
    let pack = governing(desk, newest, before + 1, deadline_on)?;
    pack.procedure(&calling.procedure).ok_or(ServiceError::NotFound)?;
    let opening = Opening {
        programme: pack.id.clone(),
        version: pack.version.clone(),
        procedure: calling.procedure.clone(),
        label: calling.label.trim().to_owned(),
        number: u32::try_from(before + 1).unwrap_or(u32::MAX),
        notice: calling.notice.trim().to_owned(),
        opens_on,
        deadline_on,
        place: acting.place.clone(),
    };
    let id = desk.edge.id();
    let events = Batch::open(id.as_str().into(), opening, desk.today())?;
    let expected = vec![Expected::Batches { procedure: calling.procedure.clone(), count: before }];
    save(desk, acting, &id, None, &events, expected).await?;
    Ok(id)
}

/// The version whose batch or deadline this call is; the newest where that is divided by something only a file knows.
fn governing<'d>(desk: &'d Desk<'_>, newest: &'d Arc<Pack>, number: usize, deadline_on: Date) -> Result<&'d Arc<Pack>, ServiceError> {
    let facts = |pack: &Pack| {
        let mut draft = Draft::new(pack);
        for known in pack.known.iter().filter(|known| known.kind == 0) {
            let text = match known.source {
                Source::BatchNumber => number.to_string(),
                Source::BatchDeadlineOn => deadline_on.to_string(),
                _ => continue,
            };
            // A fact of another type than its source stays unknown, as it does in a file.
            let _ = draft.set(pack, &pack.inputs[0][known.input].id(), &text);
        }
        draft.facts()
    };
    match desk.library.governing(&newest.id, None, facts) {
        Ok(pack) => Ok(pack),
        Err(VersionError::NotGoverned) => {
            let message = format!("“{}”没有适用于第{number}批的政策版本，请联系平台管理加载新的版本。", newest.title);
            Err(Refusal::new(message).into())
        }
        Err(_) => Ok(newest),
    }
}

/// A call for whoever conducts it; that there is one is no secret.
///
/// # Errors
/// There is none of this id, or the person does not conduct it.
async fn conducted(desk: &Desk<'_>, acting: &Acting, id: &str) -> Result<OnFile<Batch>, ServiceError> {
    let batch = demand::<Batch>(desk.store, id).await?;
    only(may_conduct(acting, &batch.state.place))?;
    Ok(batch)
}

/// Lets those through who may extend or close a call.
///
/// # Errors
/// The person may not, or there is none of this id.
#[compiled_once]
pub async fn may_end(desk: &Desk<'_>, acting: &Acting, id: &str) -> Result<(), ServiceError> {
    conducted(desk, acting, id).await.map(drop)
}

/// Moves the last day of a call back, to a day as typed.
#[compiled_once]
pub async fn extend(desk: &Desk<'_>, acting: &Acting, id: &str, deadline_on: &str, reason: &str) -> Result<(), ServiceError> {
    let batch = conducted(desk, acting, id).await?;
    let deadline_on = day(("deadline_on", "截止日期", deadline_on)).map_err(|error| Refusal::fields(vec![error]))?;
    let events = batch.state.extend(deadline_on, reason)?;
    save(desk, acting, id, Some(&batch), &events, Vec::new()).await
}

/// Ends a call early.
#[compiled_once]
pub async fn close(desk: &Desk<'_>, acting: &Acting, id: &str, reason: &str) -> Result<(), ServiceError> {
    let batch = conducted(desk, acting, id).await?;
    let events = batch.state.close(desk.today(), reason)?;
    save(desk, acting, id, Some(&batch), &events, Vec::new()).await
}

async fn save(
    desk: &Desk<'_>,
    acting: &Acting,
    id: &str,
    before: Option<&OnFile<Batch>>,
    events: &[BatchEvent],
    expected: Vec<Expected>,
) -> Result<(), ServiceError> {
    let after = Batch::fold_all(before.map(|before| before.state.clone()), events).ok_or(ServiceError::Broken)?;
    let (change, who) = (on_file::change(id, before, events)?, on_file::who(&acting.by()));
    let commit =
        Commit { programme: after.programme, at_unix_ms: desk.edge.now.0, who, changes: vec![change], expected, ..Commit::default() };
    desk.store.commit(&commit).await?;
    Ok(())
}
