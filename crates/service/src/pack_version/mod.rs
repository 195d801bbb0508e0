//! 政策包版本: packs that come while the program runs. They are checked whole before anything is kept; what is open stands in
//! the library beside the packs that travel with the program.

mod examine;
mod list;
mod load;
mod open;
mod shelve;
mod walk;

pub use examine::{Examined, Fault, Unfit, examine};
pub use list::{Found, compiled, pack_version, pack_versions};
pub use load::{ARCHIVE_MAX_BYTES, FILES_MAX, Loaded, PACK_MAX_BYTES, load};
pub use open::{open, withdraw};
pub use records::pack_version::{PackStanding, PackVersion};
pub use shelve::{Unshelved, shelve_opened};
pub use walk::{Walk, walk};
