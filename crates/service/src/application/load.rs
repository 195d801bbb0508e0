//! A file with everything its commands are decided in.

use std::sync::Arc;

use policy::pack::Pack;
use records::access::{Acting, may_see};
use records::answers::Answers;
use records::application::{Application, Knowing, Situation};
use records::batch::Batch;
use records::lead::Lead;
use records::moment::By;
use records::organisation::Organisation;
use standards::calendar::Calendar;

use super::{entitlement, lead, named};
use crate::desk::Desk;
use crate::on_file::{OnFile, demand};
use crate::{ServiceError, compiled_once, on_file};

/// A file, its pack, and what the platform knows around it.
pub(crate) struct FileAt {
    pub(crate) on_file: OnFile<Application>,
    pub(crate) pack: Arc<Pack>,
    pub(crate) knowing: Knowing,
    /// The record of what its applicant leads in its batch, where the pack limits that.
    pub(crate) lead: Option<OnFile<Lead>>,
    /// What its applicant has been granted in other files.
    pub(crate) granted: entitlement::Granted,
}

/// The file of an id, for somebody who may see it: to everybody else it is as unknown as one that does not exist. Which version was looked
/// at is asked by [`FileAt::looked_at`], after who may do what is to be done.
pub(crate) async fn seen(desk: &Desk<'_>, acting: &Acting, id: &str) -> Result<FileAt, ServiceError> {
    with_all(desk, visible(desk, acting, id).await?).await
}

/// Lets those through who may see a file, before anything that was sent about it is read; to others it is as unknown as one that is not there.
///
/// # Errors
/// The person may not see it, or there is none of this id.
#[compiled_once]
pub async fn may_open(desk: &Desk<'_>, acting: &Acting, id: &str) -> Result<(), ServiceError> {
    visible(desk, acting, id).await.map(drop)
}

async fn visible(desk: &Desk<'_>, acting: &Acting, id: &str) -> Result<OnFile<Application>, ServiceError> {
    let on_file: OnFile<Application> = demand(desk.store, id).await?;
    let pack = desk.pack(&on_file.state.programme, &on_file.state.version)?;
    may_see(acting, &on_file.state, pack, desk.today()).ok_or(ServiceError::NotFound)?;
    Ok(on_file)
}

/// The file of an id, where it is not somebody's own wish that leads to it. With a version, that and no other: whoever looked at an older
/// one must look again.
pub(crate) async fn file(desk: &Desk<'_>, id: &str, version: Option<i64>) -> Result<FileAt, ServiceError> {
    let file = with_all(desk, demand(desk.store, id).await?).await?;
    file.looked_at(version)?;
    Ok(file)
}

async fn with_all(desk: &Desk<'_>, on_file: OnFile<Application>) -> Result<FileAt, ServiceError> {
    let pack = desk.pack(&on_file.state.programme, &on_file.state.version)?.clone();
    let batch = demand::<Batch>(desk.store, on_file.state.batch.as_str()).await?.state;
    let applicant = demand::<Organisation>(desk.store, on_file.state.applicant.as_str()).await?.state;
    let mut knowing = knowing(desk, &pack, applicant, batch, Some(&on_file.state)).await?;
    let lead = lead::of(desk, &pack, &on_file.state).await?;
    knowing.leading = lead::leading(desk, lead.as_ref()).await?;
    let state = &on_file.state;
    let granted = entitlement::of(desk, &pack, &state.applicant, &state.id).await?;
    knowing.entitled = granted.lines.clone();
    Ok(FileAt { on_file, pack, knowing, lead, granted })
}

/// What the platform knows of an applicant in a batch; the names a file asks about are looked up.
pub(crate) async fn knowing(
    desk: &Desk<'_>,
    pack: &Pack,
    applicant: Organisation,
    batch: Batch,
    application: Option<&Application>,
) -> Result<Knowing, ServiceError> {
    let held = desk.store.standings(applicant.id.as_str()).await?;
    let standings = held.into_iter().filter(|row| row.programme == pack.id).map(|row| row.procedure).collect();
    let mut knowing = Knowing { standings, ..Knowing::of(applicant, batch) };
    if let Some(application) = application {
        named::look_up(desk, pack, application, &mut knowing).await?;
    }
    Ok(knowing)
}

impl FileAt {
    /// Fails for whoever looked at another version than this one and must look again; none: whichever it is. Asked after who may, so that
    /// to nobody else it tells that the file has changed.
    pub(crate) fn looked_at(&self, version: impl Into<Option<i64>>) -> Result<(), ServiceError> {
        if version.into().is_some_and(|version| version != self.on_file.version) { Err(ServiceError::Conflict) } else { Ok(()) }
    }

    /// Looks up again what the names in these answers stand for.
    pub(crate) async fn look_up(&mut self, desk: &Desk<'_>, answers: &Answers) -> Result<(), ServiceError> {
        let filed = Application { filed: answers.clone(), ..self.on_file.state.clone() };
        named::look_up(desk, &self.pack, &filed, &mut self.knowing).await
    }

    /// What a command is decided in.
    pub(crate) fn at<'a>(&'a self, desk: &Desk<'_>, by: &'a By) -> Situation<'a> {
        Situation { pack: &self.pack, calendar: Calendar::national(), now: desk.edge.now, by, knowing: &self.knowing }
    }

    /// The file itself.
    pub(crate) fn state(&self) -> &Application {
        &self.on_file.state
    }

    /// A stage of its pack.
    pub(crate) fn stage(&self, id: &str) -> Result<&policy::spec::StageSpec, ServiceError> {
        self.pack.stage(id).ok_or(ServiceError::NotFound)
    }

    /// Fails for a person who may not work on a stage in a role.
    pub(crate) fn only_worker(
        &self,
        desk: &Desk<'_>,
        acting: &Acting,
        stage: &str,
        role: records::account::Role,
    ) -> Result<(), ServiceError> {
        let stage = self.stage(stage)?;
        crate::desk::only(records::access::may_work(acting, self.state(), stage, role, &self.pack, desk.today()))
    }

    /// The same for whoever looked at a version. Of two of an office who had the file before them the second is told to look again, and not
    /// that it may not: the file has gone on from its stage meanwhile.
    pub(crate) fn only_worker_of(
        &self,
        desk: &Desk<'_>,
        acting: &Acting,
        stage: &str,
        role: records::account::Role,
        version: impl Into<Option<i64>>,
    ) -> Result<(), ServiceError> {
        let (works, looked_at) = (self.only_worker(desk, acting, stage, role), self.looked_at(version));
        let own = acting.is(role) && acting.kind.actor() == Some(self.stage(stage)?.actor);
        if works.is_err() && !own { works } else { looked_at.and(works) }
    }
}

/// The path of the place of a file.
pub(crate) fn place_path(application: &Application) -> String {
    on_file::place_path(&application.place)
}
