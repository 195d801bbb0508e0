//! A draw by a published seed that anybody can repeat.
//!
//! The pool is put in the order of its identifiers' UTF-8 bytes. Numbers come from SM3 (GB/T 32905-2016): the seed, a line
//! feed and a counter in decimal, from 1, are hashed, and the first eight bytes of the digest, the highest first, are the
//! number. To choose one of `m` evenly, numbers from `2^64 - 2^64 mod m` on are thrown away and the next counter is used;
//! of others the remainder by `m` is taken. The place chosen changes places with the first that is not yet drawn, and so on
//! among the rest. In Python:
//!
//! ```text
//! import hashlib
//!
//! def draw(pool, count, seed):
//!     pool, counter = sorted(pool, key=lambda name: name.encode()), 0
//!     for at in range(count):
//!         m = len(pool) - at
//!         while True:
//!             counter += 1
//!             digest = hashlib.new("sm3", f"{seed}\n{counter}".encode()).digest()
//!             number = int.from_bytes(digest[:8], "big")
//!             if number < 2**64 - 2**64 % m:
//!                 break
//!         chosen = at + number % m
//!         pool[at], pool[chosen] = pool[chosen], pool[at]
//!     return pool[:count]
//! ```
//!
//! A seed that one person can pick proves nothing: it should be made of what nobody could know when the pool was closed,
//! such as the numbers of a public lottery of a later day.

use super::AssignmentError;
use sm3::{Digest as _, Sm3};

/// Chooses `count` of a pool, in the order they were drawn.
///
/// # Errors
/// The pool is too small, or has an identifier twice.
pub fn draw(pool: &[String], count: usize, seed: &str) -> Result<Vec<String>, AssignmentError> {
    if count > pool.len() {
        return Err(AssignmentError::PoolTooSmall { pool: pool.len(), count });
    }
    let mut pool = pool.to_vec();
    pool.sort_unstable();
    if let Some(twice) = pool.windows(2).find(|two| two[0] == two[1]) {
        return Err(AssignmentError::Twice(twice[0].clone()));
    }
    let mut numbers = Numbers { seed, counter: 0 };
    for at in 0..count {
        let chosen = at + numbers.below((pool.len() - at) as u64) as usize;
        pool.swap(at, chosen);
    }
    pool.truncate(count);
    Ok(pool)
}

struct Numbers<'a> {
    seed: &'a str,
    counter: u64,
}

impl Numbers<'_> {
    fn next(&mut self) -> u64 {
        self.counter += 1;
        let digest = Sm3::digest(format!("{}\n{}", self.seed, self.counter));
        digest.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
    }

    /// Every number below `below` (at least 1) is equally likely.
    fn below(&mut self, below: u64) -> u64 {
        let thrown_away = (u64::MAX % below + 1) % below;
        loop {
            let number = self.next();
            if number <= u64::MAX - thrown_away {
                return number % below;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pool(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    /// Made by the lines of Python in the head of this file.
    #[test]
    fn the_draw_is_that_of_the_python() {
        let twelve: Vec<String> = (1..=12).map(|number| format!("专家{number:02}")).collect();
        let seed = "2026-11-30 双色球 03 11 14 22 27 31 + 09";
        for (pool, count, seed, expected) in [
            (twelve.clone(), 5, seed, "03 01 02 04 12"),
            (twelve, 12, "", "01 02 05 08 04 06 07 09 11 03 10 12"),
            (pool(&["b", "a", "c"]), 2, "seed", "b a"),
        ] {
            let drawn = draw(&pool, count, seed).unwrap().join(" ").replace("专家", "");
            assert_eq!(drawn, expected, "{seed}");
        }
    }

    /// With `m` just above half of all numbers about every second one is thrown away.
    #[test]
    fn numbers_that_would_favour_somebody_are_thrown_away() {
        let mut numbers = Numbers { seed: "seed", counter: 0 };
        let drawn = [(); 3].map(|()| (numbers.below((1 << 63) + 1), numbers.counter));
        assert_eq!(drawn, [(3_379_401_772_265_924_753, 3), (4_661_959_319_168_097_281, 4), (3_820_386_484_181_800_093, 6)]);
    }

    #[test]
    fn the_order_of_the_pool_does_not_matter() {
        let (forth, back) = (pool(&["a", "b", "c", "d"]), pool(&["d", "c", "b", "a"]));
        assert_eq!(draw(&forth, 3, "x"), draw(&back, 3, "x"));
    }

    #[test]
    fn what_cannot_be_drawn_is_said() {
        assert_eq!(draw(&pool(&["a"]), 2, "x"), Err(AssignmentError::PoolTooSmall { pool: 1, count: 2 }));
        assert_eq!(draw(&pool(&["a", "a"]), 1, "x"), Err(AssignmentError::Twice("a".into())));
        assert_eq!(draw(&[], 0, "x"), Ok(vec![]));
    }

    #[test]
    fn nobody_is_favoured() {
        let three = pool(&["a", "b", "c"]);
        let mut first = [0; 3];
        for seed in 0..3_000 {
            let drawn = draw(&three, 1, &seed.to_string()).unwrap();
            first[three.iter().position(|name| *name == drawn[0]).unwrap()] += 1;
        }
        assert!(first.iter().all(|times| (900..1_100).contains(times)), "{first:?}");
    }
}
