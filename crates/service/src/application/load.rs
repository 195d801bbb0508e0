//! A file with everything its commands are decided in.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use policy::pack::{Pack, Source};
use records::application::{Application, Knowing, Situation, squeezed};
use records::batch::Batch;
use records::moment::By;
use records::organisation::Organisation;
use standards::calendar::Calendar;
use standards::text::squash;
use store::{OrganisationFilter, Page};

use crate::desk::Desk;
use crate::on_file::{OnFile, demand};
use crate::{ServiceError, on_file};

/// A file, its pack, and what the platform knows around it.
pub(crate) struct FileAt {
    pub(crate) on_file: OnFile<Application>,
    pub(crate) pack: Arc<Pack>,
    pub(crate) knowing: Knowing,
}

/// The file of an id. With a version, that and no other: whoever looked at an older one must look again.
pub(crate) async fn file(desk: &Desk<'_>, id: &str, version: Option<i64>) -> Result<FileAt, ServiceError> {
    let on_file: OnFile<Application> = demand(desk.store, id).await?;
    if version.is_some_and(|version| version != on_file.version) {
        return Err(ServiceError::Conflict);
    }
    let pack = desk.pack(&on_file.state.programme, &on_file.state.version)?.clone();
    let batch = demand::<Batch>(desk.store, on_file.state.batch.as_str()).await?.state;
    let applicant = demand::<Organisation>(desk.store, on_file.state.applicant.as_str()).await?.state;
    let knowing = knowing(desk, &pack, applicant, batch, Some(&on_file.state)).await?;
    Ok(FileAt { on_file, pack, knowing })
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
    let holders = match application {
        Some(application) => holders(desk, pack, application).await?,
        None => BTreeMap::new(),
    };
    Ok(Knowing { applicant, standings, holders, batch })
}

/// Which of the parties a file names hold the standings its pack asks about.
pub(crate) async fn holders(
    desk: &Desk<'_>,
    pack: &Pack,
    application: &Application,
) -> Result<BTreeMap<String, BTreeSet<String>>, ServiceError> {
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for known in &pack.known {
        let Source::Standing { procedure, of: Some((kind, input)) } = &known.source else { continue };
        let input = &pack.inputs[*kind as usize][*input];
        for name in named(pack, application, *kind, &input.id(), &input.name) {
            if holds(desk, &pack.id, procedure, &name).await? {
                all.entry(procedure.clone()).or_default().insert(squeezed(&name));
            }
        }
    }
    Ok(all)
}

/// Whether some organisation of that name holds a standing; spaces and the width of brackets make no difference,
/// as nowhere when parties are compared.
async fn holds(desk: &Desk<'_>, programme: &str, procedure: &str, name: &str) -> Result<bool, ServiceError> {
    if squash(name).is_empty() {
        return Ok(false);
    }
    let filter = OrganisationFilter {
        holding: Some((programme.to_owned(), procedure.to_owned())),
        search: Some(squash(name)),
        ..OrganisationFilter::default()
    };
    let found = desk.store.organisations(&filter, Page::first(Page::SIZE_MAX)).await?;
    Ok(found.rows.iter().any(|row| squeezed(&row.name) == squeezed(name)))
}

fn named(pack: &Pack, application: &Application, kind: u8, path: &str, name: &str) -> BTreeSet<String> {
    let rows = application.filed.rows(&pack.kinds[kind as usize].id).iter().filter_map(|row| row.texts.get(name));
    let one = application.filed.texts.get(path).filter(|_| kind == 0);
    rows.chain(one).map(|name| name.trim().to_owned()).collect()
}

impl FileAt {
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
        acting: &records::access::Acting,
        stage: &str,
        role: records::account::Role,
    ) -> Result<(), ServiceError> {
        let stage = self.stage(stage)?;
        crate::desk::only(records::access::may_work(acting, self.state(), stage, role, &self.pack, desk.today()))
    }
}

/// The path of the place of a file.
pub(crate) fn place_path(application: &Application) -> String {
    on_file::place_path(&application.place)
}
