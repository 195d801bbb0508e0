//! Files that are alike: consortia with nearly the same members, and texts with nearly the same words.
//!
//! Invariant: every share that is reported is exact, over whole sets. Sketches only choose what is compared: two texts
//! that share half of their character triples are missed about once in five thousand times, more alike ones hardly ever. A
//! person judges what two alike files mean.

mod member;
mod passage;
mod sketch;

pub use passage::{Passage, passages};

use std::collections::BTreeSet;

use sketch::Shingles;

/// A file to compare.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// Its id.
    pub id: String,
    /// Its members, by whatever identifies them.
    pub members: Vec<String>,
    /// What it says.
    pub text: String,
}

/// From which shares on two files are reported, in thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thresholds {
    /// Members that both have, of all that either has.
    pub members: u32,
    /// Character triples that both texts have, of all that either has.
    pub text: u32,
}

/// Two files that are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Index of the first file.
    pub one: usize,
    /// Index of the second file, larger.
    pub other: usize,
    /// Members that both have, of all that either has, in thousandths.
    pub members: u32,
    /// Character triples that both have, of all that either has, in thousandths.
    pub text: u32,
}

impl Pair {
    /// Whether both members and text reach their thresholds.
    pub fn in_both(&self, at: Thresholds) -> bool {
        self.members >= at.members && self.text >= at.text
    }
}

/// Every pair that reaches a threshold: alike in both first, then the higher shares.
pub fn alike(files: &[Compared], at: Thresholds) -> Vec<Pair> {
    let shingles: Vec<Shingles> = files.iter().map(|file| Shingles::of(&file.text)).collect();
    let shared = member::shared(files);
    let mut found: BTreeSet<(usize, usize)> = shared.keys().copied().collect();
    found.extend(sketch::candidates(&shingles));
    let pair = |(one, other): (usize, usize)| {
        let members = member::jaccard(files, (one, other), shared.get(&(one, other)).copied().unwrap_or(0));
        let text = shingles[one].jaccard(&shingles[other]);
        (members >= at.members.max(1) || text >= at.text.max(1)).then_some(Pair { one, other, members, text })
    };
    let mut pairs: Vec<Pair> = found.into_iter().filter_map(pair).collect();
    pairs.sort_by_key(|pair| (!pair.in_both(at), std::cmp::Reverse(pair.members + pair.text), pair.one, pair.other));
    pairs
}

/// A share in thousandths, rounded down; nothing of nothing is nothing.
fn thousandths(part: usize, whole: usize) -> u32 {
    u32::try_from(part * 1_000 / whole.max(1)).unwrap_or(1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HALF: Thresholds = Thresholds { members: 500, text: 500 };

    fn file(id: &str, members: &[&str], text: &str) -> Compared {
        Compared { id: id.into(), members: members.iter().map(|one| (*one).to_owned()).collect(), text: text.into() }
    }

    /// Characters that follow from a seed, as good as random.
    fn prose(seed: u64, chars: usize) -> String {
        let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            char::from_u32(0x4E00 + u32::try_from(state % 3_000).unwrap()).unwrap()
        };
        (0..chars).map(|_| next()).collect()
    }

    #[test]
    fn shares_are_exact() {
        let check = |one: &Compared, other: &Compared, expected: Option<(u32, u32)>| {
            let pairs = alike(&[one.clone(), other.clone()], HALF);
            assert_eq!(pairs.first().map(|pair| (pair.members, pair.text)), expected, "{} {}", one.id, other.id);
        };
        let text = prose(1, 400);
        let a = file("a", &["甲", "乙", "丙", "丁"], &text);
        check(&a, &file("same", &["丁", "丙", "乙", "甲"], &text), Some((1_000, 1_000)));
        check(&a, &file("spaced", &[], &format!(" {}\n{}", &text[..300], &text[300..])), Some((0, 1_000)));
        check(&a, &file("three of five", &["甲", "乙", "丙", "戊"], &prose(2, 400)), Some((600, 0)));
        check(&a, &file("two of six", &["甲", "乙", "戊", "己"], &prose(2, 400)), None);
        check(&a, &file("twice the same", &["甲", "甲", "乙", "丙", "丁"], ""), Some((1_000, 0)));
        check(&file("nothing", &[], ""), &file("nothing either", &[], ""), None);
    }

    #[test]
    fn alike_in_both_comes_first() {
        let text = prose(3, 300);
        let files =
            [file("a", &["甲", "乙"], &text), file("b", &["丙"], &text), file("c", &["甲", "乙"], &format!("{text}{}", prose(4, 100)))];
        let pairs = alike(&files, HALF);
        assert_eq!(pairs.iter().map(|pair| (pair.one, pair.other)).collect::<Vec<_>>(), [(0, 2), (0, 1), (1, 2)]);
        assert!(pairs[0].in_both(HALF) && !pairs[1].in_both(HALF));
    }

    /// Against every pair compared with every other.
    #[test]
    fn what_is_alike_is_found() {
        let mut files = Vec::new();
        for at in 0..60_u64 {
            let (base, own) = (prose(at / 3, 300), prose(1_000 + at, 300));
            let kept = [300, 240, 220][usize::try_from(at % 3).unwrap()];
            let text: String = base.chars().take(kept).chain(own.chars().take(300 - kept)).collect();
            files.push(file(&at.to_string(), &[], &text));
        }
        let shingles: Vec<Shingles> = files.iter().map(|file| Shingles::of(&file.text)).collect();
        let mut slow = Vec::new();
        for one in 0..files.len() {
            slow.extend((one + 1..files.len()).filter(|other| shingles[one].jaccard(&shingles[*other]) >= 500).map(|other| (one, other)));
        }
        let mut fast: Vec<_> = alike(&files, HALF).into_iter().map(|pair| (pair.one, pair.other)).collect();
        fast.sort_unstable();
        assert!(slow.len() >= 40, "{}", slow.len());
        assert_eq!(fast, slow);
    }

    #[test]
    fn two_thousand_files_take_seconds_and_few_comparisons() {
        let mut files: Vec<Compared> = (0..2_000_u64).map(|at| file(&at.to_string(), &[], &prose(at, 2_000))).collect();
        for at in 0..50 {
            files[1_000 + at].text = files[at].text.chars().take(1_700).chain(prose(9_000 + at as u64, 300).chars()).collect();
        }
        let shingles: Vec<Shingles> = files.iter().map(|file| Shingles::of(&file.text)).collect();
        let compared = sketch::candidates(&shingles).len();
        assert!(compared < 1_000, "{compared} of two million pairs are compared");
        assert_eq!(alike(&files, HALF).len(), 50);
    }
}
