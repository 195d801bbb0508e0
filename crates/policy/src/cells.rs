//! Key cells of printed tables, read again: which values a row is for, and where it begins and ends.

use crate::compile::read_cell;
use crate::exact::Exact;
use crate::pack::Word;
use crate::program::Type;

/// A bound and whether it is closed; `None` is unbounded.
pub(crate) type Bound = Option<(Exact, bool)>;

/// From one bound to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Range {
    pub from: Bound,
    pub to: Bound,
}

impl Range {
    /// Whether a value lies inside.
    pub fn holds(&self, value: Exact) -> bool {
        let above = self.from.is_none_or(|(from, closed)| value > from || (closed && value == from));
        above && self.to.is_none_or(|(to, closed)| value < to || (closed && value == to))
    }
}

/// The ranges of a key cell; none for `otherwise`.
pub(crate) fn ranges(text: &str, ty: Type, words: &[Word]) -> Vec<Range> {
    let value = |text: &str| read_cell(ty, text, words).ok();
    if text == "*" {
        return vec![Range { from: None, to: None }];
    }
    if let Some((open, from, to, close)) = bounds(text) {
        let from = value(from).map(|from| (from, open == '['));
        return vec![Range { from, to: value(to).map(|to| (to, close == ']')) }];
    }
    let only = |text: &str| value(text).map(|value| Range { from: Some((value, true)), to: Some((value, true)) });
    text.split([',', '、']).filter_map(only).collect()
}

/// `[20%,40%)` as its marks and bounds.
pub(crate) fn bounds(text: &str) -> Option<(char, &str, &str, char)> {
    let (open, close) = (text.chars().next()?, text.chars().next_back()?);
    let marked = matches!(open, '[' | '(') && matches!(close, ']' | ')') && text.len() > 1;
    let (from, to) = marked.then(|| text[1..text.len() - 1].split_once(','))??;
    Some((open, from.trim(), to.trim(), close))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, inside: &[i64], outside: &[i64]) {
        let ranges = ranges(text, Type::Count, &[]);
        let holds = |value: &i64| ranges.iter().any(|range| range.holds(Exact::whole(*value)));
        assert!(inside.iter().all(holds), "{text} inside");
        assert!(!outside.iter().any(holds), "{text} outside");
    }

    #[test]
    fn a_cell_is_for_the_values_it_names() {
        check("[3,)", &[3, 4], &[2]);
        check("(3,5]", &[4, 5], &[3, 6]);
        check("(,5)", &[0, 4], &[5]);
        check("2,4", &[2, 4], &[3]);
        check("*", &[0, 9], &[]);
        check("其他", &[], &[0]);
    }
}
