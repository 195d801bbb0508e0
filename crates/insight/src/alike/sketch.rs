//! Sketches of texts: the smallest hash of their character triples in each of many bins. Texts that agree in all bins of
//! some band are compared in full, the others are not.

use std::collections::{BTreeSet, HashMap};

use super::thousandths;

/// Characters of a shingle.
const SHINGLE: usize = 3;
/// Bins of a sketch.
const BINS: usize = 192;
/// Bins of a band: 64 bands of 3. Of texts that share half of their triples (1 - 1/8)^64, one pair in five thousand, is
/// missed; of texts that share a hundredth one in fifteen thousand is compared in vain.
const BAND: usize = 3;

/// What a text is made of.
#[derive(Clone, Debug)]
pub(super) struct Shingles {
    /// Hashes of its character triples, each once, in order.
    hashes: Vec<u64>,
    /// The smallest in each bin; empty bins take from the next one that has any.
    sketch: Vec<u64>,
}

impl Shingles {
    /// The triples of a text without its whitespace.
    pub(super) fn of(text: &str) -> Self {
        let chars: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
        let mut hashes: Vec<u64> = chars.windows(SHINGLE).map(hash).collect();
        hashes.sort_unstable();
        hashes.dedup();
        let sketch = sketch(&hashes);
        Self { hashes, sketch }
    }

    /// Triples that both have, of all that either has, in thousandths.
    pub(super) fn jaccard(&self, other: &Self) -> u32 {
        let (mut one, mut two, mut shared) = (0, 0, 0);
        while one < self.hashes.len() && two < other.hashes.len() {
            match self.hashes[one].cmp(&other.hashes[two]) {
                std::cmp::Ordering::Less => one += 1,
                std::cmp::Ordering::Greater => two += 1,
                std::cmp::Ordering::Equal => (one, two, shared) = (one + 1, two + 1, shared + 1),
            }
        }
        thousandths(shared, self.hashes.len() + other.hashes.len() - shared)
    }
}

/// One hash of three characters: each has 21 bits of a word, which is then mixed (splitmix64).
fn hash(chars: &[char]) -> u64 {
    let word = chars.iter().fold(0_u64, |word, &c| (word << 21) | u64::from(c));
    let word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    word ^ (word >> 31)
}

fn sketch(hashes: &[u64]) -> Vec<u64> {
    if hashes.is_empty() {
        return Vec::new();
    }
    let mut bins: Vec<Option<u64>> = vec![None; BINS];
    for &hash in hashes {
        let bin = usize::try_from(hash % BINS as u64).unwrap_or(0);
        bins[bin] = Some(bins[bin].map_or(hash, |least| least.min(hash)));
    }
    let filled = |bin: usize| (0..BINS).find_map(|step| bins[(bin + step) % BINS].map(|hash| hash.rotate_left(step as u32)));
    (0..BINS).map(|bin| filled(bin).unwrap_or(0)).collect()
}

/// Pairs that agree in a band.
pub(super) fn candidates(all: &[Shingles]) -> BTreeSet<(usize, usize)> {
    let mut found = BTreeSet::new();
    for band in 0..BINS / BAND {
        let mut same: HashMap<&[u64], Vec<usize>> = HashMap::new();
        for (at, shingles) in all.iter().enumerate().filter(|(_, shingles)| !shingles.sketch.is_empty()) {
            same.entry(&shingles.sketch[band * BAND..(band + 1) * BAND]).or_default().push(at);
        }
        for files in same.values() {
            for (place, one) in files.iter().enumerate() {
                found.extend(files[place + 1..].iter().map(|other| (*one, *other)));
            }
        }
    }
    found
}
