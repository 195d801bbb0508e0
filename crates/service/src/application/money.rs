//! Claiming money back.

use records::access::{Acting, may_prepare_payment};

use super::{commit_file, seen};
use crate::desk::{Desk, only};
use crate::{ServiceError, compiled_once};

/// Claims money back (追回), citing a clause.
#[compiled_once]
pub async fn claim_back(
    desk: &Desk<'_>,
    acting: &Acting,
    id: &str,
    version: i64,
    fen: i64,
    reason: &str,
    clause: &str,
) -> Result<(), ServiceError> {
    let file = seen(desk, acting, id).await?;
    only(may_prepare_payment(acting) && acting.covers(&file.state().place))?;
    file.looked_at(version)?;
    let by = acting.by();
    let events = file.state().claim_back(fen, reason, clause, &file.at(desk, &by))?;
    commit_file(desk, &file, &by, &events, Vec::new()).await
}

/// Records that claimed money came back.
#[compiled_once]
pub async fn repay(desk: &Desk<'_>, acting: &Acting, id: &str, version: i64, fen: i64, note: &str) -> Result<(), ServiceError> {
    let file = seen(desk, acting, id).await?;
    only(may_prepare_payment(acting) && acting.covers(&file.state().place))?;
    file.looked_at(version)?;
    let by = acting.by();
    let events = file.state().repay(fen, note, &file.at(desk, &by))?;
    commit_file(desk, &file, &by, &events, Vec::new()).await
}
