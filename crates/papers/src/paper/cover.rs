//! Covers: a first page with the title and a few lines.

use serde::{Deserialize, Serialize};

use super::{BODY, COVER, Paper, Paragraph, Sheet, Span, TITLE};

/// A first page with the title, a few lines to fill in, and a foot.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cover {
    /// Label and value; an empty value leaves a line to write on.
    pub entries: Vec<(String, String)>,
    /// At the bottom, such as the day.
    pub foot: Option<String>,
}

/// Characters of a cover's line.
const LINE_CHARS: i32 = 24;

/// Label and value of a cover, every value as long unless its label leaves less room.
pub(crate) fn cover_line(label: &str, value: &str) -> Paragraph {
    const CHARS: usize = 16;
    let room = usize::try_from(LINE_CHARS - 1 - count(label)).unwrap_or_default().min(CHARS);
    let missing = room.saturating_sub(value.chars().count());
    let value = format!("{value}{}", "\u{3000}".repeat(missing));
    Paragraph { left_chars: 3, ..vec![Span::plain(format!("{label}：")), Span::filled(&value, room)].into() }
}

/// Space above the title, above the lines and above the foot of a cover, so that it fills its page and no more, in thousandths
/// of a point.
pub(crate) fn cover_spaces(paper: &Paper, cover: &Cover, sheet: Sheet) -> [i32; 3] {
    let [width, height] = sheet.room_um().map(|um| um * 72 / 25_400 * 1_000);
    let lines = |text: &str, chars: i32| text.split('\n').map(|line| (count(line) - 1).max(0) / chars + 1).sum::<i32>();
    let title = lines(&paper.title, width / TITLE.size_mpt) * TITLE.leading_mpt;
    let entries: i32 = cover.entries.iter().map(|(label, value)| lines(&format!("{label}：{value}"), LINE_CHARS) * COVER.leading_mpt).sum();
    let others = i32::from(paper.annex.is_some()) + i32::from(paper.number.is_some()) + 2;
    let left = (height - title - entries - others * BODY.leading_mpt).max(0);
    [left * 35 / 100, left * 25 / 100, left * 35 / 100]
}

fn count(line: &str) -> i32 {
    i32::try_from(line.chars().count()).unwrap_or(i32::MAX)
}
