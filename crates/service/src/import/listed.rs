//! Tables that were taken in.

use records::Noun as _;
use records::access::{Acting, may_approve_payment, may_conduct, may_prepare_payment};
use records::import::Import;

use crate::desk::{Desk, only};
use crate::on_file::PLATFORM;
use crate::{ServiceError, compiled_once};

/// Records read at once.
const AT_ONCE: i64 = 500;

/// Whether somebody may take tables in.
pub fn may_import(acting: &Acting) -> bool {
    may_conduct(acting, &acting.place)
}

/// Whether somebody may read what their office has taken in: who takes tables in, and everybody of the office that pays, which takes in what
/// the bank did.
pub fn may_list(acting: &Acting) -> bool {
    may_import(acting) || pays(acting)
}

fn pays(acting: &Acting) -> bool {
    may_prepare_payment(acting) || may_approve_payment(acting)
}

/// What the person's office has taken in, the last first. An office takes in some dozens a year.
///
/// # Errors
/// The person may take in nothing.
#[compiled_once]
pub async fn listed(desk: &Desk<'_>, acting: &Acting) -> Result<Vec<Import>, ServiceError> {
    only(may_list(acting))?;
    let mut all = Vec::new();
    for chain in chains(desk, acting) {
        all.extend(of_chain(desk, acting, &chain).await?);
    }
    all.sort_by(|one, other| (other.at, &other.id).cmp(&(one.at, &one.id)));
    Ok(all)
}

/// Where it stands: what the bank did beside the payments it is about, everything else on the platform's chain.
fn chains(desk: &Desk<'_>, acting: &Acting) -> Vec<String> {
    if pays(acting) { desk.library.packs().map(|pack| pack.id.clone()).collect() } else { vec![PLATFORM.to_owned()] }
}

async fn of_chain(desk: &Desk<'_>, acting: &Acting, chain: &str) -> Result<Vec<Import>, ServiceError> {
    let (mut after, mut all) = (String::new(), Vec::new());
    loop {
        let records = desk.store.records_of(chain, Import::NOUN, &after, AT_ONCE).await?;
        let Some(last) = records.last() else { return Ok(all) };
        after.clone_from(&last.id);
        for record in &records {
            let import: Import = serde_json::from_str(&record.state).map_err(|_| ServiceError::Broken)?;
            all.extend((import.organisation == acting.organisation).then_some(import));
        }
    }
}
