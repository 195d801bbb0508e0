//! A chain that grows.

use crate::entry::{Entry, Unchained, hash};
use crate::{JournalError, canonical};

/// What the first entry names as the hash before it.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The end of a chain: all that is needed to go on with it, or to know it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The programme whose chain it is.
    pub programme: String,
    /// How many entries the chain has; the last one's `seq`.
    pub length: i64,
    /// The last entry's hash, [`GENESIS`] if there is none.
    pub hash: String,
}

impl Head {
    /// The head of a chain without entries.
    pub fn genesis(programme: &str) -> Self {
        Self { programme: programme.to_owned(), length: 0, hash: GENESIS.to_owned() }
    }
}

/// A chain that entries are appended to.
#[derive(Clone, Debug)]
pub struct Chain {
    head: Head,
}

impl Chain {
    /// The chain that ends in `head`.
    pub fn resume(head: Head) -> Self {
        Self { head }
    }

    /// Where the chain ends now.
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// Gives an entry its place, links it to the one before and hashes it.
    ///
    /// # Errors
    /// An event that has no canonical form. The chain stays as it was.
    pub fn append(&mut self, new: Unchained<'_>) -> Result<Entry, JournalError> {
        let mut entry = self.placed(new, canonical(new.event)?);
        entry.hash = hash(&entry);
        self.head.length = entry.seq;
        self.head.hash.clone_from(&entry.hash);
        Ok(entry)
    }

    fn placed(&self, new: Unchained<'_>, event: String) -> Entry {
        Entry {
            programme: self.head.programme.clone(),
            seq: self.head.length + 1,
            at_unix_ms: new.at_unix_ms,
            account: new.account.to_owned(),
            organisation: new.organisation.to_owned(),
            mandate: new.mandate.map(str::to_owned),
            noun: new.noun.to_owned(),
            id: new.id.to_owned(),
            version: new.version,
            event,
            previous: self.head.hash.clone(),
            hash: String::new(),
        }
    }
}
