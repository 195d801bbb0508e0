//! Audit of what was spent.

use std::collections::BTreeMap;

use records::access::Acting;
use records::account::Role;
use records::application::Official;

use super::check::attach;
use super::draft::key;
use super::{commit_file, seen};
use crate::desk::Desk;
use crate::{ServiceError, compiled_once};

/// What an auditor states.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Audit {
    /// Facts the stage asks for, judgements, papers.
    pub official: Official,
    /// By value: the lower amount as typed, and the reason.
    pub lower: BTreeMap<String, (String, String)>,
}

/// Records an audit.
#[compiled_once]
pub async fn audit(desk: &Desk<'_>, acting: &Acting, id: &str, version: i64, stage: &str, audit: Audit) -> Result<(), ServiceError> {
    let file = seen(desk, acting, id).await?;
    file.only_worker_of(desk, acting, stage, Role::Handler, version)?;
    let by = acting.by();
    attach(desk, acting, &audit.official).await?;
    let events = file.state().audit(stage, audit.official, &audit.lower, &file.at(desk, &by))?;
    commit_file(desk, &file, &by, &events, vec![key(id, stage)]).await
}
