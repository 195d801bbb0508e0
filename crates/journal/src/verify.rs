//! Whether a chain is whole. Entries pass by one at a time, so a journal of any length is verified in little memory.

use crate::entry::{Entry, hash};
use crate::{Broken, Damage, Head, canonical};

/// Verifies the chain of one programme and returns where it ends.
///
/// # Errors
/// The first place where it does not hold. Entries cut off from the end show only in [`verify_to`].
pub fn verify(programme: &str, entries: impl IntoIterator<Item = Entry>) -> Result<Head, Broken> {
    run(Verifier::new(programme), entries)
}

/// Verifies a chain against a head that was published: the chain must contain it, and may have grown since.
///
/// # Errors
/// The first place where it does not hold.
pub fn verify_to(published: &Head, entries: impl IntoIterator<Item = Entry>) -> Result<Head, Broken> {
    run(Verifier::to(published.clone()), entries)
}

fn run(mut verifier: Verifier, entries: impl IntoIterator<Item = Entry>) -> Result<Head, Broken> {
    for entry in entries {
        verifier.push(&entry)?;
    }
    verifier.finish()
}

/// Verifies entries that are pushed as they come, for callers that wait between them.
#[derive(Clone, Debug)]
pub struct Verifier {
    head: Head,
    published: Option<Head>,
    /// The number of an entry that came too early: the next one shows whether those between are missing or late.
    early: Option<i64>,
}

impl Verifier {
    /// At the beginning of a programme's chain.
    pub fn new(programme: &str) -> Self {
        Self { head: Head::genesis(programme), published: None, early: None }
    }

    /// At the beginning of the chain that `published` is a head of.
    pub fn to(published: Head) -> Self {
        Self { head: Head::genesis(&published.programme), published: Some(published), early: None }
    }

    /// Takes the next entry. After an error the verifier has said all it can.
    ///
    /// # Errors
    /// What is wrong at this entry, or at the one before if that came too early.
    pub fn push(&mut self, entry: &Entry) -> Result<(), Broken> {
        let expected = self.head.length + 1;
        if let Some(early) = self.early {
            let late = entry.seq == expected;
            let what = if late { Damage::Reordered { later: early } } else { Damage::Removed { until: early - 1 } };
            return Err(Broken { seq: expected, what });
        }
        self.check(entry, expected).map_err(|what| Broken { seq: expected, what })?;
        if entry.seq > expected {
            self.early = Some(entry.seq);
            return Ok(());
        }
        self.head.length = entry.seq;
        self.head.hash.clone_from(&entry.hash);
        self.compare_with_published()
    }

    /// The order matters: an entry that was changed says nothing reliable about its own number.
    fn check(&self, entry: &Entry, expected: i64) -> Result<(), Damage> {
        if hash(entry) != entry.hash || !is_canonical(&entry.event) {
            return Err(Damage::Changed);
        }
        if entry.programme != self.head.programme {
            return Err(Damage::Foreign { programme: entry.programme.clone() });
        }
        if entry.seq < expected {
            return Err(Damage::Inserted { numbered: entry.seq });
        }
        if entry.seq == expected && entry.previous != self.head.hash {
            return Err(Damage::Unlinked);
        }
        Ok(())
    }

    fn compare_with_published(&self) -> Result<(), Broken> {
        match &self.published {
            Some(published) if published.length == self.head.length && published.hash != self.head.hash => {
                Err(Broken { seq: self.head.length, what: Damage::Rewritten })
            }
            _ => Ok(()),
        }
    }

    /// Where the chain ends.
    ///
    /// # Errors
    /// A gap before the last entry, or an end before the published one.
    pub fn finish(self) -> Result<Head, Broken> {
        let seq = self.head.length + 1;
        if let Some(early) = self.early {
            return Err(Broken { seq, what: Damage::Removed { until: early - 1 } });
        }
        match self.published {
            Some(Head { length, .. }) if length >= seq => Err(Broken { seq, what: Damage::Cut { length } }),
            _ => Ok(self.head),
        }
    }
}

/// An event is hashed as it stands. Were it not one JSON value in canonical form, two entries could share a hash, and
/// an outsider who writes the line anew would get another one.
fn is_canonical(event: &str) -> bool {
    let value = serde_json::from_str(event);
    value.is_ok_and(|value| canonical(&value).is_ok_and(|text| text == event))
}
