//! The papers of a draft, and what a draft still lacks.

use std::collections::BTreeMap;

use records::FieldError;
use records::access::Acting;
use records::account::Role;
use records::application::Filing;
use records::ids::PaperId;
use store::Paper;

use super::draft::{current, put};
use super::{FileAt, FillDraft, seen};
use crate::desk::Desk;
use crate::{ServiceError, compiled_once};

/// How often papers are put on top of answers that somebody saved in the same moment.
const TRIES: usize = 4;

/// What is known of the papers in the draft of a stage.
#[compiled_once]
pub async fn draft_papers(desk: &Desk<'_>, acting: &Acting, id: &str, stage: &str) -> Result<Vec<Paper>, ServiceError> {
    let file = seen(desk, acting, id).await?;
    file.only_worker(desk, acting, stage, Role::Handler)?;
    let (_, draft) = current(desk, &file, stage).await?;
    let mut found = Vec::new();
    for paper in draft.papers.values().flatten() {
        found.extend(desk.store.paper(paper.as_str()).await?);
    }
    Ok(found)
}

/// Puts papers into slots of a draft and leaves everything else in it as it was last saved. A paper that is neither one's
/// own nor stood there before is left out: ids come from browsers.
#[compiled_once]
pub async fn save_papers(
    desk: &Desk<'_>,
    acting: &Acting,
    id: &str,
    stage: &str,
    slots: &BTreeMap<String, Vec<PaperId>>,
) -> Result<(), ServiceError> {
    let file = seen(desk, acting, id).await?;
    file.only_worker(desk, acting, stage, Role::Handler)?;
    for _ in 1..TRIES {
        match once(desk, acting, &file, stage, slots).await {
            Err(ServiceError::Conflict) => {}
            done => return done,
        }
    }
    once(desk, acting, &file, stage, slots).await
}

async fn once(
    desk: &Desk<'_>,
    acting: &Acting,
    file: &FileAt,
    stage: &str,
    slots: &BTreeMap<String, Vec<PaperId>>,
) -> Result<(), ServiceError> {
    let (version, mut draft) = current(desk, file, stage).await?;
    for (slot, papers) in slots {
        let mut kept = Vec::new();
        for paper in papers {
            if stood(&draft, paper) || own(desk, acting, paper).await? {
                kept.push(paper.clone());
            }
        }
        draft.papers.insert(slot.clone(), kept);
    }
    draft.papers.retain(|_, papers| !papers.is_empty());
    put(desk, acting, file.state().id.as_str(), stage, version, &draft).await.map(drop)
}

pub(super) fn stood(draft: &FillDraft, paper: &PaperId) -> bool {
    draft.papers.values().flatten().any(|known| known == paper)
}

/// Under a mandate only what one uploaded oneself, as in 我的文件.
pub(super) async fn own(desk: &Desk<'_>, acting: &Acting, paper: &PaperId) -> Result<bool, ServiceError> {
    let found = desk.store.paper(paper.as_str()).await?;
    Ok(found.is_some_and(|found| {
        let mine = acting.mandate.is_none() || found.uploaded_by == acting.account.as_str();
        mine && found.organisation == acting.organisation.as_str()
    }))
}

/// Everything that is missing or wrong in the saved draft of a stage; empty when it can be handed in.
#[compiled_once]
pub async fn problems(desk: &Desk<'_>, acting: &Acting, id: &str, stage: &str) -> Result<Vec<FieldError>, ServiceError> {
    let mut file = seen(desk, acting, id).await?;
    file.only_worker(desk, acting, stage, Role::Handler)?;
    let (_, draft) = current(desk, &file, stage).await?;
    let filing = Filing::from(draft);
    file.look_up(desk, &filing.answers).await?;
    let by = acting.by();
    let mut problems = records::application::problems(&file.at(desk, &by), file.state(), file.stage(stage)?, &filing);
    problems.extend(super::invoice::problems(desk, &file, stage, &filing).await?);
    Ok(problems)
}
