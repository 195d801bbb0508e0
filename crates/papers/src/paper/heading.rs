//! Headings and their numbers.

use serde::{Deserialize, Serialize};

/// How deep a heading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Level {
    /// 一、
    One,
    /// （一）
    Two,
    /// 1.
    Three,
    /// （1）
    Four,
}

impl Level {
    /// The number of the n-th heading at this depth.
    #[must_use]
    pub fn number(self, n: u8) -> String {
        match self {
            Self::One => format!("{}、", numeral(n)),
            Self::Two => format!("（{}）", numeral(n)),
            Self::Three => format!("{n}."),
            Self::Four => format!("（{n}）"),
        }
    }
}

/// 一 to 九十九; beyond, digits.
fn numeral(n: u8) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let ones = DIGITS[usize::from(n % 10)];
    match n / 10 {
        0 if n > 0 => ones.to_owned(),
        1 => format!("十{ones}"),
        tens @ 2..=9 => format!("{}十{ones}", DIGITS[usize::from(tens)]),
        _ => n.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_numbered_as_official_papers_number_them() {
        for (level, n, number) in [
            (Level::One, 1, "一、"),
            (Level::One, 10, "十、"),
            (Level::Two, 12, "（十二）"),
            (Level::Two, 20, "（二十）"),
            (Level::One, 99, "九十九、"),
            (Level::Three, 3, "3."),
            (Level::Four, 14, "（14）"),
        ] {
            assert_eq!(level.number(n), number);
        }
    }
}
