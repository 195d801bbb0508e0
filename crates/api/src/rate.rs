//! How often one client may call: a token bucket each, in memory.
//!
//! Like that of the pages it limits what one machine can take up and is no access control. It counts tokens where pages count
//! addresses, so that the systems of one city behind one address do not starve each other.

use std::collections::HashMap;

/// Buckets kept at most.
const CLIENTS_MAX: usize = 50_000;
/// Parts of one call, so that a second refills a whole number.
const UNIT: i64 = 60;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Limit {
    /// Calls of one token.
    Token,
    /// Calls without a token of one address.
    Public,
    /// Tokens shown from one address that do not count: somebody guesses.
    Failed,
    /// Objections from one address: each goes on record.
    Object,
}

impl Limit {
    /// At once, and coming back in a minute.
    fn size(self) -> (i64, i64) {
        match self {
            Self::Token => (600, 600),
            Self::Public => (240, 120),
            Self::Failed => (30, 10),
            Self::Object => (10, 2),
        }
    }

    fn full(self) -> i64 {
        self.size().0 * UNIT
    }
}

#[derive(Clone, Copy, Debug)]
struct Bucket {
    left: i64,
    at_s: i64,
}

/// All buckets.
#[derive(Debug, Default)]
pub(crate) struct Rate {
    buckets: HashMap<(String, Limit), Bucket>,
}

impl Rate {
    /// Takes one; `false` when none is left.
    pub(crate) fn take(&mut self, client: &str, limit: Limit, now_s: i64) -> bool {
        self.make_room(now_s);
        let bucket = self.buckets.entry((client.to_owned(), limit)).or_insert(Bucket { left: limit.full(), at_s: now_s });
        *bucket = refilled(*bucket, limit, now_s);
        let enough = bucket.left >= UNIT;
        bucket.left -= if enough { UNIT } else { 0 };
        enough
    }

    /// Whether one is left.
    pub(crate) fn may(&self, client: &str, limit: Limit, now_s: i64) -> bool {
        let bucket = self.buckets.get(&(client.to_owned(), limit));
        bucket.is_none_or(|bucket| refilled(*bucket, limit, now_s).left >= UNIT)
    }

    /// Forgets clients whose bucket is full again; if that is not enough, everybody.
    fn make_room(&mut self, now_s: i64) {
        if self.buckets.len() < CLIENTS_MAX {
            return;
        }
        self.buckets.retain(|(_, limit), bucket| refilled(*bucket, *limit, now_s).left < limit.full());
        if self.buckets.len() >= CLIENTS_MAX {
            self.buckets.clear();
        }
    }
}

fn refilled(bucket: Bucket, limit: Limit, now_s: i64) -> Bucket {
    let passed = now_s.saturating_sub(bucket.at_s).max(0);
    let left = bucket.left.saturating_add(passed.saturating_mul(limit.size().1)).min(limit.full());
    Bucket { left, at_s: now_s }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_then_a_trickle() {
        let mut rate = Rate::default();
        assert_eq!((0..100).filter(|_| rate.take("a", Limit::Failed, 0)).count(), 30);
        assert!(!rate.may("a", Limit::Failed, 5) && rate.may("a", Limit::Failed, 6));
        assert!(rate.take("a", Limit::Failed, 6) && !rate.take("a", Limit::Failed, 6));
        assert!(rate.may("b", Limit::Failed, 6) && rate.take("a", Limit::Public, 6));
    }

    #[test]
    fn the_map_stays_bounded() {
        let mut rate = Rate::default();
        (0..CLIENTS_MAX + 10).for_each(|client| assert!(rate.take(&client.to_string(), Limit::Token, 0)));
        assert!(rate.buckets.len() <= CLIENTS_MAX);
    }
}
