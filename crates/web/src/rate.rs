//! How often one client may post: a token bucket per address, in memory.
//!
//! A limit on what one machine can fill the disk with, not an access control: it forgets everything
//! at a restart, and forgets early when very many clients come at once.

use std::collections::HashMap;
use std::net::IpAddr;

/// Buckets kept at most; at 40 bytes each a few megabytes.
const CLIENTS_MAX: usize = 50_000;

/// What is counted, how much of it may come at once, and how fast it comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Limit {
    /// Keeping a case: writes to the disk. Many people of one office share an address.
    Keep,
    /// Live scores: one every change of a form, nothing written.
    Score,
    /// Simulations: a large upload and a second of computing.
    Simulate,
    /// Passwords and codes: what is guessed, and what costs a slow hash. Tries of one account are counted apart.
    SignIn,
    /// Registrations and links of letters: each may send a letter to an address that somebody typed.
    Enter,
    /// Objections to a publicity: anybody may write one, each goes on record.
    Object,
}

impl Limit {
    fn burst(self) -> i64 {
        match self {
            Self::Keep => 60,
            Self::Simulate => 30,
            Self::Score => 240,
            Self::SignIn => 30,
            Self::Enter => 20,
            Self::Object => 10,
        }
    }

    fn per_minute(self) -> i64 {
        match self {
            Self::Keep => 30,
            Self::Simulate => 10,
            Self::Score => 240,
            Self::SignIn => 10,
            Self::Enter => 5,
            Self::Object => 2,
        }
    }
}

/// What is left to one client, in sixtieths, so that a second refills a whole number.
#[derive(Clone, Copy, Debug)]
struct Bucket {
    left: i64,
    at_s: i64,
}

const UNIT: i64 = 60;

/// All buckets.
#[derive(Debug, Default)]
pub(crate) struct Rate {
    buckets: HashMap<(u128, Limit), Bucket>,
}

impl Rate {
    /// Takes one token; `false` when none is left.
    pub(crate) fn take(&mut self, client: u128, limit: Limit, now_s: i64) -> bool {
        self.make_room(now_s);
        let full = Bucket { left: limit.burst() * UNIT, at_s: now_s };
        let bucket = self.buckets.entry((client, limit)).or_insert(full);
        *bucket = refilled(*bucket, limit, now_s);
        let enough = bucket.left >= UNIT;
        if enough {
            bucket.left -= UNIT;
        }
        enough
    }

    /// Forgets clients whose bucket is full again; if that is not enough, everybody. Refusing new
    /// clients instead would let one attacker with many addresses close the site.
    fn make_room(&mut self, now_s: i64) {
        if self.buckets.len() < CLIENTS_MAX {
            return;
        }
        self.buckets.retain(|(_, limit), bucket| refilled(*bucket, *limit, now_s).left < limit.burst() * UNIT);
        if self.buckets.len() >= CLIENTS_MAX {
            self.buckets.clear();
        }
    }
}

fn refilled(bucket: Bucket, limit: Limit, now_s: i64) -> Bucket {
    let passed = now_s.saturating_sub(bucket.at_s).max(0);
    let back = passed.saturating_mul(limit.per_minute());
    let left = bucket.left.saturating_add(back).min(limit.burst() * UNIT);
    Bucket { left, at_s: now_s }
}

/// The client an address stands for: all of a version 4 address, the network half of a version 6
/// one, since a single household holds the other half.
pub(crate) fn client(address: IpAddr) -> u128 {
    match address.to_canonical() {
        IpAddr::V4(four) => u128::from(four.to_bits()),
        IpAddr::V6(six) => six.to_bits() >> 64 << 64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_then_a_trickle() {
        let mut rate = Rate::default();
        let taken = (0..100).filter(|_| rate.take(1, Limit::Keep, 0)).count();
        assert_eq!(taken, 60);
        assert!(!rate.take(1, Limit::Keep, 1), "half a token is none");
        assert!(rate.take(1, Limit::Keep, 2));
        assert!(rate.take(2, Limit::Keep, 2), "another client has its own");
        assert!(rate.take(1, Limit::Score, 2), "another limit is counted apart");
    }

    #[test]
    fn a_clock_that_goes_back_gives_nothing() {
        let mut rate = Rate::default();
        (0..60).for_each(|_| assert!(rate.take(1, Limit::Keep, 1000)));
        assert!(!rate.take(1, Limit::Keep, 0));
    }

    #[test]
    fn the_map_stays_bounded() {
        let mut rate = Rate::default();
        for client in 0..(CLIENTS_MAX as u128 + 10) {
            assert!(rate.take(client, Limit::Keep, 0));
        }
        assert!(rate.buckets.len() <= CLIENTS_MAX);
    }

    #[test]
    fn one_household_is_one_client() {
        let of = |text: &str| client(text.parse().unwrap());
        assert_eq!(of("2001:db8::1"), of("2001:db8::2"));
        assert_ne!(of("2001:db8::1"), of("2001:db8:0:1::1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
        assert_eq!(of("192.0.2.1"), of("::ffff:192.0.2.1"));
    }
}
