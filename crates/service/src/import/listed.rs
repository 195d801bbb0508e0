//! Tables that were taken in.

use records::Noun as _;
use records::access::{Acting, may_conduct};
use records::import::Import;

use crate::ServiceError;
use crate::desk::{Desk, only};
use crate::on_file::PLATFORM;

/// Records read at once.
const AT_ONCE: i64 = 500;

/// Whether somebody may take tables in.
pub fn may_import(acting: &Acting) -> bool {
    may_conduct(acting, &acting.place)
}

/// What the person's office has taken in, the last first. An office takes in some dozens a year.
///
/// # Errors
/// The person may take in nothing.
pub async fn listed(desk: &Desk<'_>, acting: &Acting) -> Result<Vec<Import>, ServiceError> {
    only(may_import(acting))?;
    let (mut after, mut all) = (String::new(), Vec::new());
    loop {
        let records = desk.store.records_of(PLATFORM, Import::NOUN, &after, AT_ONCE).await?;
        let Some(last) = records.last() else { break };
        after.clone_from(&last.id);
        for record in &records {
            let import: Import = serde_json::from_str(&record.state).map_err(|_| ServiceError::Broken)?;
            all.extend((import.organisation == acting.organisation).then_some(import));
        }
    }
    all.reverse();
    Ok(all)
}
