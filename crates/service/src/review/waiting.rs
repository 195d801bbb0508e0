//! Where files wait for experts, or for a bureau's word on their scores.

use policy::pack::Work;
use records::access::Acting;
use records::organisation::OrganisationKind;
use store::{Assignee, InboxFilter, InboxItem, Page};

use crate::desk::{Desk, only};
use crate::on_file::place_path;
use crate::{ServiceError, compiled_once};

/// A stage in which experts score, with what waits there for the bureau.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The programme.
    pub programme: String,
    /// Its title.
    pub title: String,
    /// The procedure's name.
    pub procedure: String,
    /// The stage.
    pub stage: String,
    /// Its name.
    pub label: String,
    /// Files that wait for the bureau: without all their experts, or with scores far apart.
    pub files: i64,
    /// Sheets that experts have not handed in.
    pub sheets: i64,
}

/// Every stage of every programme in which experts score.
#[compiled_once]
pub async fn waiting(desk: &Desk<'_>, acting: &Acting) -> Result<Vec<Waiting>, ServiceError> {
    only(matches!(acting.kind, OrganisationKind::CityBureau | OrganisationKind::RegionBureau))?;
    let mut all = Vec::new();
    for pack in desk.library.packs() {
        for stage in pack.stages.iter().filter(|stage| stage.work == Some(Work::Review)) {
            let count = async |actor: OrganisationKind| {
                let filter = filter(acting, actor, &pack.id, &stage.id);
                desk.store.inbox(&filter, Page::first(1)).await.map(|found| found.total)
            };
            let procedure = stage.of.as_ref().and_then(|of| pack.procedure(of.value()));
            all.push(Waiting {
                programme: pack.id.clone(),
                title: pack.title.clone(),
                procedure: procedure.map_or(String::new(), |procedure| procedure.label.clone()),
                stage: stage.id.clone(),
                label: stage.label.clone(),
                files: count(OrganisationKind::CityBureau).await?,
                sheets: count(OrganisationKind::Expert).await?,
            });
        }
    }
    Ok(all)
}

/// The files of a stage that wait for the bureau.
pub(super) async fn of_stage(desk: &Desk<'_>, acting: &Acting, programme: &str, stage: &str) -> Result<Vec<InboxItem>, ServiceError> {
    let filter = filter(acting, OrganisationKind::CityBureau, programme, stage);
    Ok(desk.store.inbox(&filter, Page::first(Page::SIZE_MAX)).await?.rows)
}

fn filter(acting: &Acting, actor: OrganisationKind, programme: &str, stage: &str) -> InboxFilter {
    InboxFilter {
        actors: vec![actor.as_str().to_owned()],
        assignee: Assignee::Any,
        programme: Some(programme.to_owned()),
        stage: Some(stage.to_owned()),
        place_path: Some(place_path(&acting.place)),
        ..InboxFilter::default()
    }
}
