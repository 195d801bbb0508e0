//! The papers a file quotes, for everybody who may look at the file.

use records::access::{Acting, Sight, may_see};
use records::application::Application;
use store::Paper;

use super::{FileAt, seen};
use crate::desk::Desk;
use crate::paper::{Files, MaySee, Opened, open_for_application};
use crate::{ServiceError, compiled_once};

/// What is known of the papers a file quotes, by slot as they stand there.
#[compiled_once]
pub async fn papers(desk: &Desk<'_>, acting: &Acting, id: &str) -> Result<Vec<Paper>, ServiceError> {
    let file = seen(desk, acting, id).await?;
    may_read(desk, acting, &file)?;
    let mut found = Vec::new();
    for paper in quoted(file.state()) {
        found.extend(desk.store.paper(paper).await?);
    }
    Ok(found)
}

/// Opens one of them.
#[compiled_once]
pub async fn open_paper(desk: &Desk<'_>, files: &Files, acting: &Acting, id: &str, paper: &str) -> Result<Opened, ServiceError> {
    let file = seen(desk, acting, id).await?;
    may_read(desk, acting, &file)?;
    if !quoted(file.state()).any(|known| known == paper) {
        return Err(ServiceError::NotFound);
    }
    open_for_application(desk.store, files, &MaySee::quoted(paper)).await
}

fn quoted(file: &Application) -> impl Iterator<Item = &str> {
    file.papers.values().flatten().map(|paper| paper.as_str())
}

/// Members read their own pages and not what the lead handed in.
fn may_read(desk: &Desk<'_>, acting: &Acting, file: &FileAt) -> Result<(), ServiceError> {
    let sight = may_see(acting, file.state(), &file.pack, desk.today()).ok_or(ServiceError::NotFound)?.sight();
    if sight == Sight::Participant { Err(ServiceError::NotFound) } else { Ok(()) }
}
