//! Passages that two texts share: as long as they can be, none within another.

use std::collections::HashMap;
use std::ops::Range;

/// A passage that stands in both texts, by the bytes of each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Where in the first text.
    pub one: Range<usize>,
    /// Where in the second.
    pub other: Range<usize>,
}

/// Every passage of at least `least` characters that the second text shares with the first, in the second one's order.
/// Where it stands several times in the first text, the place that shares most counts.
pub fn passages(one: &str, other: &str, least: usize) -> Vec<Passage> {
    let (first, second) = (Chars::of(one), Chars::of(other));
    let least = least.max(1);
    let mut places: HashMap<&[char], Vec<usize>> = HashMap::new();
    for (at, window) in first.chars.windows(least).enumerate() {
        places.entry(window).or_default().push(at);
    }
    let (mut found, mut at) = (Vec::new(), 0);
    while at + least <= second.chars.len() {
        let starts = places.get(&second.chars[at..at + least]).map_or(&[][..], Vec::as_slice);
        let longest = starts
            .iter()
            .map(|&start| (common(&first.chars[start..], &second.chars[at..]), start))
            .max_by_key(|(length, start)| (*length, std::cmp::Reverse(*start)));
        let Some((length, start)) = longest else {
            at += 1;
            continue;
        };
        found.push(Passage { one: first.bytes(start, length), other: second.bytes(at, length) });
        at += length;
    }
    found
}

fn common(one: &[char], other: &[char]) -> usize {
    one.iter().zip(other).take_while(|(one, other)| one == other).count()
}

/// The characters of a text and where each begins.
struct Chars {
    chars: Vec<char>,
    starts: Vec<usize>,
}

impl Chars {
    fn of(text: &str) -> Self {
        let starts = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        Self { chars: text.chars().collect(), starts }
    }

    fn bytes(&self, start: usize, length: usize) -> Range<usize> {
        self.starts[start]..self.starts[start + length]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passages_are_as_long_as_they_can_be() {
        let check = |one: &str, other: &str, least: usize, expected: &[&str]| {
            let found = passages(one, other, least);
            for passage in &found {
                assert_eq!(one[passage.one.clone()], other[passage.other.clone()]);
            }
            assert_eq!(found.iter().map(|passage| &other[passage.other.clone()]).collect::<Vec<_>>(), expected, "{one} {other}");
        };
        check("牵头单位建成协同平台", "我们建成协同平台并推广", 4, &["建成协同平台"]);
        check("甲乙丙丁戊", "甲乙丙丁戊", 3, &["甲乙丙丁戊"]);
        check("甲乙丙，丁戊己", "丁戊己；甲乙丙", 3, &["丁戊己", "甲乙丙"]);
        check("甲乙丙甲乙丙丁", "甲乙丙丁", 3, &["甲乙丙丁"]);
        check("甲乙", "甲乙", 3, &[]);
        check("", "", 0, &[]);
    }
}
