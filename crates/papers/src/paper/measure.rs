//! How much room words take, as far as that is known without a font: enough for widths of columns and least heights of rows.
//!
//! Characters are taken a little wider than most fonts draw them, so that what is kept whole here is whole on paper.

use super::{Cell, Look, Paragraph, SIDE_MPT, printable};
use crate::kinsoku::{is_wide, may_break};

/// Words of more characters may break: addresses, digests.
const WHOLE_CHARS: usize = 24;

/// Width of a character in thousandths of its height.
fn width(character: char) -> i32 {
    match character {
        _ if is_wide(character) || !character.is_ascii() => 1_000,
        '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' | 'i' | 'j' | 'l' => 330,
        '-' | '(' | ')' | '[' | ']' | '/' | 'f' | 'r' | 't' | 'I' => 420,
        'm' | 'w' | 'M' | 'W' | '%' | '@' => 960,
        'A'..='Z' => 740,
        _ => 600,
    }
}

fn width_mpt(text: &str, look: Look) -> i32 {
    text.chars().map(|character| width(character) * look.size_mpt / 1_000 + look.tracking_mpt).sum()
}

/// The words of a cell, each line of them.
fn lines_of(cell: &Cell) -> impl Iterator<Item = String> + '_ {
    let text = |paragraph: &Paragraph| printable(&paragraph.text()).collect::<String>();
    cell.paragraphs.iter().flat_map(move |paragraph| text(paragraph).split('\n').map(str::to_owned).collect::<Vec<_>>())
}

/// The longest word that should not be broken, its cell's sides included; days are words too if they are to stay whole.
pub(super) fn longest_mpt(cell: &Cell, look: Look, whole_days: bool) -> i32 {
    let is_short = |word: &&str| word.chars().count() <= WHOLE_CHARS;
    let of = |line: String| words(&line, whole_days).map(str::trim_end).filter(is_short).map(|word| width_mpt(word, look)).max();
    lines_of(cell).filter_map(of).max().unwrap_or_default() + 2 * SIDE_MPT
}

/// Cuts a line wherever it may break; between the year, month and day of a date only if days need not stay whole.
fn words(line: &str, whole_days: bool) -> impl Iterator<Item = &str> {
    let in_a_day = move |one: char, next: char| whole_days && matches!(one, '年' | '月') && next.is_ascii_digit();
    let mut rest = line;
    std::iter::from_fn(move || {
        let mut pairs = rest.char_indices().zip(rest.char_indices().skip(1));
        let end = pairs.find(|((_, one), (_, next))| may_break(*one, *next) && !in_a_day(*one, *next)).map(|(_, (at, _))| at);
        let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
        rest = after;
        (!word.is_empty()).then_some(word)
    })
}

/// About how many lines a cell of that width has.
pub(super) fn lines(cell: &Cell, look: Look, width_mpt: i32) -> i32 {
    let room_mpt = (width_mpt - 2 * SIDE_MPT).max(look.size_mpt);
    let of = |line: String| (self::width_mpt(&line, look) + room_mpt - 1).div_euclid(room_mpt).max(1);
    lines_of(cell).map(of).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::{Face, TextSize};

    #[test]
    fn words_that_no_line_should_break_are_measured() {
        let look = TextSize::SmallFive.look(Face::Fang);
        for (text, expected, days, count) in [
            ("", "", "", 1),
            ("投入", "投‖入", "投‖入", 1),
            ("20250625-FHEPBR", "20250625-FHEPBR", "20250625-FHEPBR", 2),
            ("共35万元", "共‖35万‖元", "共‖35万‖元", 1),
            ("2025年4月15日起", "2025年‖4月‖15日‖起", "2025年4月15日‖起", 2),
        ] {
            let words = |whole_days| self::words(text, whole_days).collect::<Vec<_>>().join("‖");
            assert_eq!((words(false).as_str(), words(true).as_str()), (expected, days));
            assert_eq!(lines(&Cell::value(text), look, 68_000), count, "{text}");
        }
        assert_eq!(longest_mpt(&Cell::value("投入\n2026年"), look, false), 2 * SIDE_MPT + 4 * 5_400 + 9_000);
    }
}
