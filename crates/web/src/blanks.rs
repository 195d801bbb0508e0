//! Papers that are the same for everybody, set once: empty forms of open versions.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use axum::body::Bytes;

/// Papers kept at most; one has about 100 KiB.
const PAPERS_MAX: usize = 200;

/// What was set, by what it is.
#[derive(Debug, Default)]
pub(crate) struct Blanks(Mutex<BTreeMap<String, Bytes>>);

impl Blanks {
    /// What was set under a key.
    pub(crate) fn get(&self, key: &str) -> Option<Bytes> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    /// Keeps a paper; forgets all of them when there are too many, which setting them anew makes good.
    pub(crate) fn keep(&self, key: String, paper: Bytes) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= PAPERS_MAX {
            kept.clear();
        }
        kept.insert(key, paper);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_bounded() {
        let blanks = Blanks::default();
        (0..=PAPERS_MAX).for_each(|at| blanks.keep(at.to_string(), Bytes::from_static(b"x")));
        assert!(blanks.get("0").is_none() && blanks.get(&PAPERS_MAX.to_string()).is_some());
    }
}
