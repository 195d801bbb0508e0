//! Beginning a file.

use records::Noun as _;
use records::access::Acting;
use records::account::Role;
use records::application::{Application, Situation};
use records::batch::Batch;
use records::organisation::Organisation;
use standards::calendar::Calendar;
use store::{ApplicationFilter, ApplicationSort, Commit, Page};

use super::{index, load, prefill};
use crate::ServiceError;
use crate::desk::{Desk, only};
use crate::on_file::{self, demand};
use records::Refusal;

/// Begins a file of the person's organisation in a batch, or opens the one it has begun there; answers its id.
pub async fn start(desk: &Desk<'_>, acting: &Acting, batch: &str) -> Result<String, ServiceError> {
    let batch = demand::<Batch>(desk.store, batch).await?.state;
    only(acting.is(Role::Handler) && acting.may_enter(&batch.programme, &batch.procedure, desk.today()))?;
    let pack = desk.pack(&batch.programme, &batch.version)?.clone();
    let several = pack.procedure(&batch.procedure).is_some_and(|procedure| procedure.several);
    if let Some(id) = if several { None } else { under_way(desk, acting, &batch).await? } {
        return Ok(id);
    }
    let applicant = demand::<Organisation>(desk.store, acting.organisation.as_str()).await?.state;
    let knowing = load::knowing(desk, &pack, applicant.clone(), batch.clone(), None).await?;
    let (id, by) = (desk.edge.id(), acting.by());
    let at = Situation { pack: &pack, calendar: Calendar::national(), now: desk.edge.now, by: &by, knowing: &knowing };
    let events = Application::start(id.as_str().into(), &batch.procedure, &at)?;
    let file = Application::fold_all(None, &events).ok_or(ServiceError::Broken)?;
    let index = index::index(&file, &pack, &applicant, desk.edge.now);
    let change = on_file::change_with(&id, 0, &events, &file, index)?;
    let who = on_file::who(&by);
    let commit =
        Commit { programme: batch.programme.clone(), at_unix_ms: desk.edge.now.0, who, changes: vec![change], ..Commit::default() };
    desk.store.commit(&commit).await?;
    prefill::prefill(desk, acting, &file, &pack, &applicant).await?;
    Ok(id)
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

/// The file this organisation has not finished in a procedure: one at a time, whatever the batch.
async fn under_way(desk: &Desk<'_>, acting: &Acting, batch: &Batch) -> Result<Option<String>, ServiceError> {
    let states = ["preparing", "to_correct", "in_review", "in_publicity", "paying"];
    let filter = ApplicationFilter {
        programme: Some(batch.programme.clone()),
        procedure: Some(batch.procedure.clone()),
        applicant: Some(acting.organisation.to_string()),
        states: states.map(str::to_owned).to_vec(),
        ..ApplicationFilter::default()
    };
    let found = desk.store.applications(&filter, ApplicationSort::Newest, Page::first(1)).await?;
    Ok(found.rows.into_iter().next().map(|row| row.id))
}
