//! Calls as everybody may read them.

use records::batch::Batch;
use store::{BatchFilter, BatchRow};

use crate::desk::Desk;
use crate::on_file::demand;
use crate::{ServiceError, compiled_once};

/// The calls of a programme, or of all, the last opened first.
#[compiled_once]
pub async fn batches(desk: &Desk<'_>, programme: Option<&str>) -> Result<Vec<BatchRow>, ServiceError> {
    let filter = BatchFilter { programme: programme.map(str::to_owned), ..BatchFilter::default() };
    Ok(desk.store.batches(&filter).await?)
}

/// One call.
#[compiled_once]
pub async fn batch(desk: &Desk<'_>, id: &str) -> Result<Batch, ServiceError> {
    Ok(demand::<Batch>(desk.store, id).await?.state)
}

/// The calls one may follow today, whole.
#[compiled_once]
pub async fn calls(desk: &Desk<'_>, programme: Option<&str>) -> Result<Vec<Batch>, ServiceError> {
    let today = desk.today().to_string();
    let mut open = Vec::new();
    for row in batches(desk, programme).await? {
        let runs = row.state == "open" && row.closes_on.as_ref().is_none_or(|day| *day >= today);
        if runs {
            open.push(batch(desk, &row.id).await?);
        }
    }
    Ok(open)
}
