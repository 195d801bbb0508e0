//! The library as it is on record: packs that were opened stand beside those of the program, after a restart too.

use std::collections::BTreeMap;

use policy::library::{Library, in_order};
use policy::problem::Problem;
use records::pack_version::{PackStanding, PackVersion};
use store::Store;

use super::list::all;
use crate::{ServiceError, compiled_once};

/// An opened pack that could not be loaded, `id@version`, and why.
pub type Unshelved = (String, Vec<Problem>);

/// Adds every opened pack that the library does not have, those that others use first. Another process may have opened them,
/// so it is done at the start and at each upkeep. A version that the program brings with other content gives way: files have
/// been begun under the one on record.
#[compiled_once]
pub async fn shelve_opened(store: &Store, library: &Library) -> Result<Vec<Unshelved>, ServiceError> {
    let opened = all(store).await?.into_iter().filter(|pack| matches!(pack.standing, PackStanding::Opened { .. }));
    let missing = opened.filter(|pack| {
        let known = library.now().loaded(&pack.programme, &pack.version);
        known.is_none_or(|known| *known.files != pack.files)
    });
    let folders: BTreeMap<_, _> = missing.map(|pack: PackVersion| (PackVersion::id(&pack.programme, &pack.version), pack.files)).collect();
    let (mut waiting, mut failed) = (in_order(folders), Vec::new());
    // A version may amend one that comes later by name: as long as some find their place, the others are tried again.
    loop {
        let before = waiting.len();
        failed.clear();
        waiting.retain(|(id, files)| library.shelve(files).map_err(|problems| failed.push((id.clone(), problems))).is_err());
        if waiting.is_empty() || waiting.len() == before {
            return Ok(failed);
        }
    }
}
