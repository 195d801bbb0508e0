//! The library as it is on record: packs that were opened stand beside those of the program, after a restart too.

use std::collections::BTreeMap;

use policy::library::{Library, in_order};
use policy::problem::Problem;
use records::pack_version::{PackStanding, PackVersion};
use store::Store;

use super::list::all;
use crate::ServiceError;

/// An opened pack that could not be loaded, `id@version`, and why.
pub type Unshelved = (String, Vec<Problem>);

/// Adds every opened pack that the library does not have, those that others use first. Another process may have opened them,
/// so it is done at the start and at each upkeep. A version that the program brings with other content gives way: files have
/// been begun under the one on record.
pub async fn shelve_opened(store: &Store, library: &Library) -> Result<Vec<Unshelved>, ServiceError> {
    let opened = all(store).await?.into_iter().filter(|pack| matches!(pack.standing, PackStanding::Opened { .. }));
    let missing = opened.filter(|pack| {
        let known = library.now().loaded(&pack.programme, &pack.version);
        known.is_none_or(|known| *known.files != pack.files)
    });
    let folders: BTreeMap<_, _> = missing.map(|pack: PackVersion| (PackVersion::id(&pack.programme, &pack.version), pack.files)).collect();
    let shelved = in_order(folders).into_iter().filter_map(|(id, files)| Some((id, library.shelve(&files).err()?)));
    Ok(shelved.collect())
}
