//! Which words of a text changed: the longest common run of words, letters and figures kept whole.

use serde::Serialize;

/// Longest product of word counts that is compared word by word; beyond it the text counts as replaced.
const MAX_CELLS: usize = 4_000_000;

/// What became of a passage, or of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// In both.
    Same,
    /// Only in the old version.
    Removed,
    /// Only in the new version.
    Added,
    /// In both, but different.
    Changed,
}

/// A passage of a text that was compared: in both, removed or added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// What became of it.
    pub how: How,
    /// The passage.
    pub text: String,
}

/// The passages of two texts in order, removed before added.
pub fn marks(old: &str, new: &str) -> Vec<Mark> {
    let (a, b) = (words(old), words(new));
    let mut out = Marks::default();
    let mut kept = common(&a, &b);
    kept.push((a.len(), b.len()));
    let (mut i, mut j) = (0, 0);
    for (x, y) in kept {
        out.push(How::Removed, &a[i..x]);
        out.push(How::Added, &b[j..y]);
        out.push(How::Same, a.get(x..=x).unwrap_or_default());
        (i, j) = (x + 1, y + 1);
    }
    out.done()
}

/// The passages as one text: 最高〔－20〕〔＋30〕万元.
pub fn marked(marks: &[Mark]) -> String {
    let one = |mark: &Mark| match mark.how {
        How::Removed => format!("〔－{}〕", mark.text),
        How::Added => format!("〔＋{}〕", mark.text),
        How::Same | How::Changed => mark.text.clone(),
    };
    marks.iter().map(one).collect()
}

/// Words: runs of letters, digits and their signs; every other character by itself.
fn words(text: &str) -> Vec<&str> {
    let joins = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '%' | '_');
    let mut all: Vec<&str> = Vec::new();
    let mut start = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let end = at + letter.len_utf8();
        if !(joins(letter) && letters.peek().is_some_and(|(_, next)| joins(*next))) {
            all.push(&text[start..end]);
            start = end;
        }
    }
    all
}

/// Pairs of positions of the longest common subsequence.
fn common(a: &[&str], b: &[&str]) -> Vec<(usize, usize)> {
    let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let tail = a[head..].iter().rev().zip(b[head..].iter().rev()).take_while(|(x, y)| x == y).count();
    let (x, y) = (&a[head..a.len() - tail], &b[head..b.len() - tail]);
    let middle = lengths(x, y).map_or(Vec::new(), |lengths| walk(x, y, &lengths));
    let first = (0..head).map(|at| (at, at));
    let last = (0..tail).rev().map(|back| (a.len() - 1 - back, b.len() - 1 - back));
    first.chain(middle.into_iter().map(|(i, j)| (i + head, j + head))).chain(last).collect()
}

/// Length of the longest common subsequence from each pair of positions on, row by row.
fn lengths(a: &[&str], b: &[&str]) -> Option<Vec<u32>> {
    let width = b.len() + 1;
    ((a.len() + 1) * width <= MAX_CELLS).then(|| {
        let mut table = vec![0; (a.len() + 1) * width];
        for i in (0..a.len()).rev() {
            for j in (0..b.len()).rev() {
                let at = i * width + j;
                table[at] = if a[i] == b[j] { table[at + width + 1] + 1 } else { table[at + width].max(table[at + 1]) };
            }
        }
        table
    })
}

fn walk(a: &[&str], b: &[&str], lengths: &[u32]) -> Vec<(usize, usize)> {
    let (width, mut i, mut j) = (b.len() + 1, 0, 0);
    let mut pairs = Vec::new();
    while i < a.len() && j < b.len() {
        let at = i * width + j;
        if a[i] == b[j] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if lengths[at + width] >= lengths[at + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// Passages being joined; a single character between two changes counts as changed with them, which reads better.
#[derive(Default)]
struct Marks {
    all: Vec<(String, String, String)>,
}

impl Marks {
    /// Each entry is what was removed, what was added, and what follows unchanged.
    fn push(&mut self, how: How, words: &[&str]) {
        if words.is_empty() {
            return;
        }
        let fresh = self.all.last().is_none_or(|(.., same)| how != How::Same && !same.is_empty());
        if fresh {
            self.all.push(Default::default());
        }
        let Some(last) = self.all.last_mut() else { return };
        let to = match how {
            How::Removed => &mut last.0,
            How::Added => &mut last.1,
            How::Same | How::Changed => &mut last.2,
        };
        to.push_str(&words.concat());
    }

    fn done(self) -> Vec<Mark> {
        let mut joined: Vec<(String, String, String)> = Vec::new();
        for (removed, added, same) in self.all {
            match joined.last_mut().filter(|last| last.2.chars().count() == 1 && !(last.0.is_empty() && last.1.is_empty())) {
                Some(last) => {
                    let between = std::mem::replace(&mut last.2, same);
                    last.0.push_str(&format!("{between}{removed}"));
                    last.1.push_str(&format!("{between}{added}"));
                }
                None => joined.push((removed, added, same)),
            }
        }
        let parts = joined.into_iter().flat_map(|(removed, added, same)| [(How::Removed, removed), (How::Added, added), (How::Same, same)]);
        parts.filter(|(_, text)| !text.is_empty()).map(|(how, text)| Mark { how, text }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(old: &str, new: &str, expected: &str) {
        assert_eq!(marked(&marks(old, new)), expected);
    }

    #[test]
    fn changed_words_are_marked() {
        check("最高20万元。", "最高30万元。", "最高〔－20〕〔＋30〕万元。");
        check("比例为30%", "比例为25.5%", "比例为〔－30%〕〔＋25.5%〕");
        check("申报截止", "申报期截止", "申报〔＋期〕截止");
        check("企业、机构均可申报", "企业可申报", "企业〔－、机构均〕可申报");
        check("2026年6月30日", "2026年7月31日", "2026年〔－6月30〕〔＋7月31〕日");
        check("", "新增", "〔＋新增〕");
        check("取消", "", "〔－取消〕");
        check("不变", "不变", "不变");
        check("甲", "乙", "〔－甲〕〔＋乙〕");
    }

    #[test]
    fn the_marks_hold_both_texts() {
        let texts = ["", "甲乙丙", "min(a, 20万元) + b", "甲 乙\n丙丁", "a.b_c 30%", "丙乙甲甲乙丙"];
        let side = |marks: &[Mark], left_out: How| {
            marks.iter().filter(|mark| mark.how != left_out).map(|mark| mark.text.as_str()).collect::<String>()
        };
        for (old, new) in texts.iter().flat_map(|old| texts.iter().map(move |new| (old, new))) {
            let found = marks(old, new);
            assert_eq!(side(&found, How::Added), *old);
            assert_eq!(side(&found, How::Removed), *new);
        }
    }
}
