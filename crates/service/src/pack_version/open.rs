//! Opening a loaded pack, or taking it back.

use records::Refusal;
use records::access::{Acting, may_load_packs, may_open_packs};
use records::pack_version::{PackVersion, PackVersionEvent};

use super::load::examined;
use crate::desk::{Desk, only};
use crate::on_file::{self, OnFile, commit, demand};
use crate::{ServiceError, compiled_once};

/// Opens a loaded version for use: calls can be opened under it at once. `on_version` is the record's version that was
/// looked at; another one means that the pack was loaded again in between.
///
/// # Errors
/// The person who loaded it would open it, or the library has changed so that it does not fit any more.
#[compiled_once]
pub async fn open(desk: &Desk<'_>, acting: &Acting, programme: &str, version: &str, on_version: i64) -> Result<(), ServiceError> {
    only(may_open_packs(acting))?;
    let id = PackVersion::id(programme, version);
    let pack = demand::<PackVersion>(desk.store, &id).await?;
    if pack.version != on_version {
        return Err(ServiceError::Conflict);
    }
    let events = pack.state.open(&acting.account, desk.edge.now)?;
    if examined(desk, pack.state.files.clone()).await?.is_err() {
        return Err(
            Refusal::new("该政策包加载以后，平台上的其他政策包有变化，现在不能与它们一起使用。请重新上传，按列出的问题修改。").into()
        );
    }
    save(desk, acting, &id, Some(&pack), &events).await?;
    // Once it is on record it is open; what could fail now was tried just before, and the next upkeep tries again.
    let _ = desk.library.shelve(&pack.state.files);
    Ok(())
}

/// Takes a loaded version back before it is opened.
///
/// # Errors
/// It is open, or no reason is given.
#[compiled_once]
pub async fn withdraw(desk: &Desk<'_>, acting: &Acting, programme: &str, version: &str, reason: &str) -> Result<(), ServiceError> {
    only(may_load_packs(acting))?;
    let id = PackVersion::id(programme, version);
    let pack = demand::<PackVersion>(desk.store, &id).await?;
    let events = pack.state.withdraw(reason, desk.edge.now)?;
    save(desk, acting, &id, Some(&pack), &events).await
}

pub(super) async fn save(
    desk: &Desk<'_>,
    acting: &Acting,
    id: &str,
    before: Option<&OnFile<PackVersion>>,
    events: &[PackVersionEvent],
) -> Result<(), ServiceError> {
    let change = on_file::change(id, before, events)?;
    desk.store.commit(&commit(acting.by(), desk.edge.now, vec![change])).await?;
    Ok(())
}
