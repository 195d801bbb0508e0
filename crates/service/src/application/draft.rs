//! Drafts: work saved while it is typed. They are not in the journal, since nobody has said them yet.

use std::collections::BTreeMap;

use policy::pack::Work;
use records::Noun as _;
use records::access::Acting;
use records::account::Role;
use records::answers::Answers;
use records::application::{Application, Filing};
use records::ids::PaperId;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use store::{Draft, DraftKey};

use super::{FileAt, seen};
use crate::desk::{Desk, only};
use crate::{ServiceError, compiled_once};

/// What somebody is filling in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FillDraft {
    /// All answers of the file.
    pub answers: Answers,
    /// Papers by slot.
    pub papers: BTreeMap<String, Vec<PaperId>>,
}

/// A draft and the version it was read at; 0 when nothing was saved yet.
pub type Versioned<T> = (i64, T);

/// What is being filled in at a stage: the saved draft, else what was handed in last.
#[compiled_once]
pub async fn draft(desk: &Desk<'_>, acting: &Acting, id: &str, stage: &str) -> Result<Versioned<FillDraft>, ServiceError> {
    let file = seen(desk, acting, id).await?;
    file.only_worker(desk, acting, stage, Role::Handler).or(file.only_worker(desk, acting, stage, Role::Certifier))?;
    current(desk, &file, stage).await
}

/// Saves what is being filled in; answers the draft's new version.
///
/// # Errors
/// [`ServiceError::Conflict`] if somebody else saved since `version`.
#[compiled_once]
pub async fn save_draft(
    desk: &Desk<'_>,
    acting: &Acting,
    id: &str,
    stage: &str,
    version: i64,
    draft: &FillDraft,
) -> Result<i64, ServiceError> {
    let file = seen(desk, acting, id).await?;
    file.only_worker(desk, acting, stage, Role::Handler)?;
    only(file.stage(stage)?.work == Some(Work::Fill))?;
    put(desk, acting, id, stage, version, draft).await
}

/// What an official is stating at a stage.
#[compiled_once]
pub async fn official_draft(desk: &Desk<'_>, acting: &Acting, id: &str, stage: &str) -> Result<Versioned<Answers>, ServiceError> {
    let file = seen(desk, acting, id).await?;
    file.only_worker(desk, acting, stage, Role::Handler)?;
    only(official(&file, stage)?)?;
    let saved = read::<Answers>(desk, id, stage).await?;
    Ok(saved.unwrap_or_else(|| (0, file.state().stated.get(stage).cloned().unwrap_or_default())))
}

/// Saves what an official is stating.
///
/// # Errors
/// [`ServiceError::Conflict`] if somebody else saved since `version`.
#[compiled_once]
pub async fn save_official_draft(
    desk: &Desk<'_>,
    acting: &Acting,
    id: &str,
    stage: &str,
    version: i64,
    stated: &Answers,
) -> Result<i64, ServiceError> {
    let file = seen(desk, acting, id).await?;
    file.only_worker(desk, acting, stage, Role::Handler)?;
    only(official(&file, stage)?)?;
    put(desk, acting, id, stage, version, stated).await
}

/// Whether a stage is one in which somebody looks at what others filled in; its drafts are of another kind.
fn official(file: &FileAt, stage: &str) -> Result<bool, ServiceError> {
    Ok(matches!(file.stage(stage)?.work, Some(Work::Check | Work::Assess | Work::Audit)))
}

pub(super) async fn current(desk: &Desk<'_>, file: &FileAt, stage: &str) -> Result<Versioned<FillDraft>, ServiceError> {
    let state = file.state();
    let handed_in = || (0, FillDraft { answers: state.filed.clone(), papers: state.papers.clone() });
    Ok(read(desk, state.id.as_str(), stage).await?.unwrap_or_else(handed_in))
}

pub(crate) async fn put<T: Serialize>(
    desk: &Desk<'_>,
    acting: &Acting,
    id: &str,
    stage: &str,
    version: i64,
    body: &T,
) -> Result<i64, ServiceError> {
    let draft = Draft {
        noun: Application::NOUN.to_owned(),
        record_id: id.to_owned(),
        part: stage.to_owned(),
        account: acting.account.to_string(),
        version,
        body: serde_json::to_string(body).map_err(|_| ServiceError::Broken)?,
        at_unix_ms: desk.edge.now.0,
    };
    Ok(desk.store.put_draft(&draft).await?)
}

pub(crate) async fn read<T: DeserializeOwned>(desk: &Desk<'_>, id: &str, stage: &str) -> Result<Option<Versioned<T>>, ServiceError> {
    let saved = desk.store.draft(Application::NOUN, id, stage).await?;
    let read = saved.map(|saved| serde_json::from_str(&saved.body).map(|body| (saved.version, body)));
    read.transpose().map_err(|_| ServiceError::Broken)
}

/// The key of a stage's draft.
pub(crate) fn key(id: &str, stage: &str) -> DraftKey {
    DraftKey { noun: Application::NOUN.to_owned(), record_id: id.to_owned(), part: Some(stage.to_owned()) }
}

impl From<FillDraft> for Filing {
    fn from(draft: FillDraft) -> Self {
        Self { answers: draft.answers, papers: draft.papers, ..Self::default() }
    }
}
