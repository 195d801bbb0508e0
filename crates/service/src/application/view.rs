//! A file as a page shows it.

use std::collections::BTreeMap;
use std::sync::Arc;

use policy::granted::evaluate_within;
use policy::outcome::Outcome;
use policy::pack::{Grants, Pack};
use records::access::{Acting, MaySee, Sight, may_assign, may_see, may_work};
use records::account::Role;
use records::application::{Application, Case, build};
use records::batch::Batch;
use records::entitlement::Entitled;
use records::organisation::Organisation;

use super::draft::{Versioned, current};
use super::{FillDraft, join, prefill, seen};
use crate::desk::Desk;
use crate::on_file::load;
use crate::{ServiceError, compiled_once};

/// A file, what the rules say of it, and what this person may do with it.
pub struct FileView {
    /// The version of the record; every command that follows names it.
    pub version: i64,
    /// The file.
    pub application: Application,
    /// Its pack.
    pub pack: Arc<Pack>,
    /// Who applies.
    pub applicant: Organisation,
    /// The provider it names.
    pub provider: Option<Organisation>,
    /// The names of the organisations assigned to its stages, by stage.
    pub assigned: BTreeMap<String, String>,
    /// Its batch.
    pub batch: Batch,
    /// How the person was let in.
    pub sight: MaySee,
    /// The case it makes now; for the applicant with what is being filled in.
    pub case: Case,
    /// What the applicant has been granted in other files, by programme, where the pack looks at it.
    pub entitled: BTreeMap<String, Vec<Entitled>>,
    /// What the rules say, where the procedure grants money.
    pub outcome: Option<Outcome>,
    /// The open stages and what the person may do in each.
    pub works: Vec<Workable>,
    /// Whether the person may assign third parties.
    pub may_assign: bool,
    /// The draft of the stage that is being filled in, for those who fill it in.
    pub draft: Option<Versioned<FillDraft>>,
    /// The numbers of the earlier files that the draft began with, until it is submitted, for those who fill it in.
    pub quoted: Vec<String>,
}

/// An open stage and what a person may do in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workable {
    /// The stage.
    pub stage: String,
    /// The person may fill in, check, assess or audit.
    pub handles: bool,
    /// The person may sign.
    pub signs: bool,
    /// A third party is assigned but this person has not declared an interest yet.
    pub must_declare: bool,
}

/// Opens a file for somebody who may see it.
#[compiled_once]
pub async fn open(desk: &Desk<'_>, acting: &Acting, id: &str) -> Result<FileView, ServiceError> {
    let mut file = seen(desk, acting, id).await?;
    let sight = may_see(acting, file.state(), &file.pack, desk.today()).ok_or(ServiceError::NotFound)?;
    let works = works(desk, acting, &file.on_file.state, &file.pack);
    if sight.sight() == Sight::Participant {
        join::members_only(&mut file.on_file.state, &file.pack, &acting.organisation);
    }
    let filling = works.iter().find(|work| file.pack.stage(&work.stage).is_some_and(|stage| stage.work == Some(policy::pack::Work::Fill)));
    let draft = match filling {
        Some(work) => Some(current(desk, &file, &work.stage).await?),
        None => None,
    };
    let quoted = match &draft {
        Some(_) => prefill::quoted(desk, file.state(), &file.pack).await?,
        None => Vec::new(),
    };
    let mut shown = file.on_file.state.clone();
    if let Some((_, draft)) = &draft {
        shown.filed = draft.answers.clone();
        file.look_up(desk, &draft.answers).await?;
    }
    let case = build(&file.pack, &shown, &file.knowing, desk.edge.now);
    let money = file.pack.procedure(&shown.procedure).is_some_and(|procedure| procedure.grants == Grants::Award);
    let checked = file.pack.stages_of(&shown.procedure).iter().any(|stage| !stage.checks.is_empty());
    let outcome = ((money || checked) && sight.sight() != Sight::Participant)
        .then(|| evaluate_within(&file.pack, &case.draft.facts(), &shown.procedure));
    let provider = match &shown.provider {
        Some(provider) => load::<Organisation>(desk.store, provider.as_str()).await?.map(|found| found.state),
        None => None,
    };
    let assigned = assigned(desk, &shown).await?;
    Ok(FileView {
        version: file.on_file.version,
        may_assign: may_assign(acting, &file.on_file.state),
        application: file.on_file.state,
        pack: file.pack,
        applicant: file.knowing.applicant,
        entitled: file.knowing.entitled,
        provider,
        assigned,
        batch: file.knowing.batch,
        sight,
        case,
        outcome,
        works,
        draft,
        quoted,
    })
}

async fn assigned(desk: &Desk<'_>, file: &Application) -> Result<BTreeMap<String, String>, ServiceError> {
    let mut names = BTreeMap::new();
    for (stage, state) in &file.stages {
        if let Some(organisation) = &state.assigned {
            let found = load::<Organisation>(desk.store, organisation.as_str()).await?;
            names.extend(found.map(|found| (stage.clone(), found.state.name)));
        }
    }
    Ok(names)
}

fn works(desk: &Desk<'_>, acting: &Acting, file: &Application, pack: &Pack) -> Vec<Workable> {
    let today = desk.today();
    let may = |stage: &str, role: Role| pack.stage(stage).is_some_and(|stage| may_work(acting, file, stage, role, pack, today));
    let open = file.open_stages().map(|(stage, state)| Workable {
        stage: stage.to_owned(),
        handles: may(stage, Role::Handler),
        signs: acting.mandate.is_none() && may(stage, Role::Certifier),
        must_declare: (state.assigned.as_ref() == Some(&acting.organisation) || state.reviewer(&acting.organisation).is_some())
            && !file.has_declared(stage, acting.account.as_str()),
    });
    open.filter(|work| work.handles || work.signs).collect()
}
