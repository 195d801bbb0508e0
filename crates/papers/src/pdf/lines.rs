//! From glyphs to lines: as many on each as fit, then moved to their places.

use super::glyph::Glyph;
use crate::kinsoku::{is_space, is_wide, may_break};
use crate::paper::Align;

/// A line with the place of every glyph from the left edge of its column.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub glyphs: Vec<Glyph>,
    pub xs_mpt: Vec<i32>,
}

/// The column that lines stand in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    /// Left edge of all lines.
    pub left_mpt: i32,
    /// Right edge of all lines.
    pub right_mpt: i32,
    /// How much further in the first begins.
    pub first_mpt: i32,
    /// Where they stand.
    pub align: Align,
}

/// Breaks the glyphs of one line of text into lines of a column.
pub(super) fn set(glyphs: &[Glyph], column: Column) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut rest = glyphs;
    loop {
        let first_mpt = if lines.is_empty() { column.first_mpt } else { 0 };
        let column = Column { left_mpt: column.left_mpt + first_mpt, ..column };
        let (line, after) = rest.split_at(length(rest, column.right_mpt - column.left_mpt));
        lines.push(placed(line, column, after.is_empty()));
        if after.is_empty() {
            return lines;
        }
        rest = after;
    }
}

/// How many glyphs the next line takes: at least one, all if they fit, else up to the last place to break.
fn length(glyphs: &[Glyph], room_mpt: i32) -> usize {
    let mut width_mpt = 0;
    let mut last_break = None;
    for (place, glyph) in glyphs.iter().enumerate() {
        if place > 0 && !glyph.joined && may_break(glyphs[place - 1].character, glyph.character) {
            last_break = Some(place);
        }
        width_mpt += glyph.advance_mpt;
        if width_mpt > room_mpt && place > 0 && !is_space(glyph.character) {
            return last_break.unwrap_or(place);
        }
    }
    glyphs.len()
}

/// Puts a line where its paragraph stands; only lines before the last are stretched to both edges.
fn placed(glyphs: &[Glyph], column: Column, is_last: bool) -> Line {
    let visible = glyphs.iter().rposition(|glyph| !is_space(glyph.character)).map_or(0, |last| last + 1);
    let used: i32 = glyphs[..visible].iter().map(|glyph| glyph.advance_mpt).sum();
    let slack = (column.right_mpt - column.left_mpt - used).max(0);
    let gap = if column.align == Align::Both && !is_last { stretch(&glyphs[..visible], slack) } else { 0 };
    let mut x = column.left_mpt
        + match column.align {
            Align::Left | Align::Both => 0,
            Align::Centre => slack / 2,
            Align::Right => slack,
        };
    let mut xs_mpt = Vec::with_capacity(glyphs.len());
    for (place, glyph) in glyphs.iter().enumerate() {
        xs_mpt.push(x);
        x += glyph.advance_mpt;
        if glyphs.get(place + 1).is_some_and(|next| gives_way(glyph, next)) {
            x += gap;
        }
    }
    Line { glyphs: glyphs.to_vec(), xs_mpt }
}

/// What each place that gives way takes of the slack; a line with few of them stays as it is.
fn stretch(glyphs: &[Glyph], slack_mpt: i32) -> i32 {
    let places = glyphs.windows(2).filter(|two| gives_way(&two[0], &two[1])).count();
    let gap = i32::try_from(places).ok().and_then(|places| slack_mpt.checked_div(places)).unwrap_or_default();
    if glyphs.first().is_some_and(|glyph| gap > glyph.size_mpt / 2) { 0 } else { gap }
}

fn gives_way(one: &Glyph, next: &Glyph) -> bool {
    is_space(one.character) || is_wide(one.character) || is_wide(next.character)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::glyph::Shape;

    const SIZE_MPT: i32 = 16_000;

    fn glyphs(text: &str) -> Vec<Glyph> {
        let glyph = |character: char| {
            let width = if is_wide(character) { 1_000 } else { 500 };
            let shape = Shape { font: 0, id: 0, width, spoken: false, over: None };
            Glyph { character, shape, size_mpt: SIZE_MPT, advance_mpt: width * SIZE_MPT / 1_000, underlined: false, joined: false }
        };
        text.chars().map(glyph).collect()
    }

    fn check(text: &str, chars: i32, align: Align, expected: &str) {
        let right_mpt = chars * SIZE_MPT;
        let lines = set(&glyphs(text), Column { left_mpt: 0, right_mpt, first_mpt: 0, align });
        let said: Vec<String> = lines.iter().map(|line| line.glyphs.iter().map(|glyph| glyph.character).collect()).collect();
        assert_eq!(said.join("|"), expected);
        for (line, place) in lines.iter().zip(1..) {
            let end = line.glyphs.iter().zip(&line.xs_mpt).rev().find(|(glyph, _)| !is_space(glyph.character));
            let end = end.map_or(0, |(glyph, x)| x + glyph.advance_mpt);
            assert!(end <= right_mpt, "{text}: line {place} ends at {end}");
            let is_full = align == Align::Both && place < lines.len();
            assert!(!is_full || right_mpt - end < SIZE_MPT, "{text}: line {place} ends at {end}");
        }
    }

    #[test]
    fn lines_hold_what_fits_and_begin_and_end_as_they_may() {
        check("", 4, Align::Left, "");
        check("一二三四五六", 4, Align::Both, "一二三四|五六");
        check("一二三四，五六", 4, Align::Both, "一二三|四，五六");
        check("一二三（四五）六", 4, Align::Both, "一二三|（四五）|六");
        check("一二 abc 三", 4, Align::Left, "一二 abc |三");
        check("一二三abcdefg", 4, Align::Left, "一二三|abcdefg");
        check("abcdefghijkl", 4, Align::Right, "abcdefgh|ijkl");
        check("一二三     四", 3, Align::Centre, "一二三     |四");
        check("，，，，，，", 4, Align::Left, "，，，，|，，");
    }
}
