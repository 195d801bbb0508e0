//! Beginning a file.

use policy::pack::Pack;
use records::Noun as _;
use records::access::Acting;
use records::account::Role;
use records::application::{Application, Situation};
use records::batch::Batch;
use records::organisation::Organisation;
use standards::calendar::Calendar;
use store::{ApplicationFilter, ApplicationSort, Commit, Expected, Page};

use super::{index, load, prefill};
use crate::desk::{Desk, only};
use crate::on_file::{self, demand};
use crate::{ServiceError, compiled_once};
use records::Refusal;

/// How often it is looked again where somebody else of the organisation was quicker; then that file is opened.
const TRIES: usize = 8;

/// Begins a file of the person's organisation in a batch, or opens the one it has under way; answers its id.
#[compiled_once]
pub async fn start(desk: &Desk<'_>, acting: &Acting, batch: &str) -> Result<String, ServiceError> {
    let batch = demand::<Batch>(desk.store, batch).await?.state;
    only(acting.is(Role::Handler) && acting.may_enter(&batch.programme, &batch.procedure, desk.today()))?;
    let pack = desk.pack(&batch.programme, &batch.version)?.clone();
    only(pack.procedure(&batch.procedure).is_some_and(|procedure| acting.kind.actor() == Some(procedure.applicant)))?;
    let several = pack.procedure(&batch.procedure).is_some_and(|procedure| procedure.several);
    for _ in 0..TRIES {
        if let Some(id) = if several { None } else { under_way(desk, acting, &batch).await? } {
            return Ok(id);
        }
        match begin(desk, acting, &pack, &batch, several).await {
            Err(ServiceError::Conflict) => {}
            done => return done,
        }
    }
    Err(ServiceError::Conflict)
}

/// Begins a file; where one at a time is allowed, none must be under way when it is written.
async fn begin(desk: &Desk<'_>, acting: &Acting, pack: &Pack, batch: &Batch, several: bool) -> Result<String, ServiceError> {
    let applicant = demand::<Organisation>(desk.store, acting.organisation.as_str()).await?.state;
    let knowing = load::knowing(desk, pack, applicant.clone(), batch.clone(), None).await?;
    let (id, by) = (desk.edge.id(), acting.by());
    let at = Situation { pack, calendar: Calendar::national(), now: desk.edge.now, by: &by, knowing: &knowing };
    let events = Application::start(id.as_str().into(), &batch.procedure, &at)?;
    let file = Application::fold_all(None, &events).ok_or(ServiceError::Broken)?;
    let index = index::index(&file, pack, &applicant, desk.edge.now);
    let changes = vec![on_file::change_with(&id, 0, &events, &file, index)?];
    let expected = if several { Vec::new() } else { vec![alone(acting, batch)] };
    let (programme, who) = (batch.programme.clone(), on_file::who(&by));
    desk.store.commit(&Commit { programme, at_unix_ms: desk.edge.now.0, who, changes, expected, ..Commit::default() }).await?;
    match prefill::prefill(desk, acting, &file, pack, &applicant).await {
        // A colleague who began at the same moment was led here and has saved something already: that stays.
        Ok(()) | Err(ServiceError::Conflict) => Ok(id),
        Err(error) => Err(error),
    }
}

/// Why this person may not begin a file in a batch now; none: may.
pub fn may_start(desk: &Desk<'_>, acting: &Acting, batch: &Batch) -> Option<Refusal> {
    let pack = desk.pack(&batch.programme, &batch.version).ok()?;
    let procedure = pack.procedure(&batch.procedure)?;
    if acting.kind.actor() != Some(procedure.applicant) {
        return Some(Refusal::by(procedure.clause.clone(), format!("“{}”由{}申报。", procedure.label, procedure.applicant.label())));
    }
    if !acting.is(Role::Handler) {
        return Some(Refusal::new("请由本单位经办人填报。"));
    }
    batch.accepts(desk.today()).err()
}

/// The states of a file that is not finished.
const UNDER_WAY: [&str; 5] = ["preparing", "to_correct", "in_review", "in_publicity", "paying"];

/// The same as [`under_way`] finds, asked again when the file is written: of two that begin at once one finds the other.
fn alone(acting: &Acting, batch: &Batch) -> Expected {
    let (procedure, applicant) = (batch.procedure.clone(), acting.organisation.to_string());
    Expected::NoApplication { procedure, applicant, states: UNDER_WAY.map(str::to_owned).to_vec() }
}

/// The file this organisation has not finished in a procedure: one at a time, whatever the batch.
async fn under_way(desk: &Desk<'_>, acting: &Acting, batch: &Batch) -> Result<Option<String>, ServiceError> {
    let filter = ApplicationFilter {
        programme: Some(batch.programme.clone()),
        procedure: Some(batch.procedure.clone()),
        applicant: Some(acting.organisation.to_string()),
        states: UNDER_WAY.map(str::to_owned).to_vec(),
        ..ApplicationFilter::default()
    };
    let found = desk.store.applications(&filter, ApplicationSort::Newest, Page::first(1)).await?;
    Ok(found.rows.into_iter().next().map(|row| row.id))
}
