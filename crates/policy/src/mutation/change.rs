//! Small changes to a text of a pack: a number by its smallest unit, an operator, a word of a list.

use crate::exact::Exact;
use crate::formula::{Token, Unit, lex};
use crate::spec::InputType;
use standards::date::Date;
use std::ops::Range;

/// One change inside a formula: the bytes it replaces and what stands there instead.
pub(super) struct Change {
    pub span: Range<usize>,
    pub new: String,
}

/// A text one smallest unit of its type up and down; nothing below 0.
pub(super) fn nudged(ty: InputType, text: &str) -> Vec<String> {
    let text = text.trim();
    match ty {
        InputType::Date => date(text),
        InputType::YesNo => flipped(text).map(str::to_owned).into_iter().collect(),
        InputType::Money => money(text),
        InputType::Share if text.ends_with('%') => stepped(text, 10_000),
        InputType::Share => stepped(text, 1_000_000),
        InputType::Score => stepped(text, 10_000),
        InputType::Decimal => stepped(text, 1_000),
        InputType::Count | InputType::Level => stepped(text, 1),
        InputType::Choice | InputType::Party => Vec::new(),
    }
}

fn date(text: &str) -> Vec<String> {
    let Ok(date) = Date::parse(text) else { return Vec::new() };
    [date.days() - 1, date.days() + 1].into_iter().filter_map(Date::from_days).map(|date| date.to_string()).collect()
}

fn flipped(text: &str) -> Option<&'static str> {
    match text {
        "yes" | "true" | "是" => Some("no"),
        "no" | "false" | "否" => Some("yes"),
        _ => None,
    }
}

fn money(text: &str) -> Vec<String> {
    let units = [("亿元", 100_000_000), ("万元", 10_000), ("元", 1)];
    let yuan = units.iter().find_map(|(unit, yuan)| Exact::parse(text.strip_suffix(unit)?)?.times(Exact::whole(*yuan)));
    yuan.map_or(Vec::new(), |yuan| around(yuan, 100)).into_iter().map(|yuan| format!("{yuan}元")).collect()
}

/// The number a text begins with, one `1/parts` less and more, its unit kept.
fn stepped(text: &str, parts: i64) -> Vec<String> {
    let length = text.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(length);
    Exact::parse(number).map_or(Vec::new(), |number| around(number, parts)).into_iter().map(|number| format!("{number}{unit}")).collect()
}

/// A percentage changed by a whole point instead, for rules whose other numbers are already so fine that a smaller
/// step cannot be held exactly.
pub(super) fn coarser(old: &str, new: &str) -> Option<String> {
    let percent = |text: &str| Exact::parse(text.trim().strip_suffix('%')?);
    let (old, new) = (percent(old)?, percent(new)?);
    let moved = old.plus(Exact::whole(if new < old { -1 } else { 1 }))?;
    (moved >= Exact::ZERO).then(|| format!("{}%", moved.text()))
}

fn around(number: Exact, parts: i64) -> Vec<String> {
    let moved = |sign: i128| number.plus(Exact::new(sign, parts.into())?).filter(|moved| *moved >= Exact::ZERO);
    [-1, 1].into_iter().filter_map(moved).map(Exact::text).collect()
}

/// The words of a list without each one in turn; nothing for a single word.
pub(super) fn shortened(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split(',').collect();
    if words.len() < 2 || !text.contains('\'') {
        return Vec::new();
    }
    let without = |left: usize| words.iter().enumerate().filter(|(at, _)| *at != left).map(|(_, word)| *word).collect::<Vec<_>>().join(",");
    (0..words.len()).map(without).collect()
}

/// Every change of one constant, operator or listed word of a formula.
pub(super) fn in_formula(text: &str) -> Vec<Change> {
    let Ok(tokens) = lex(text) else { return Vec::new() };
    let mut all = Vec::new();
    for (at, (token, span)) in tokens.iter().enumerate() {
        let new = match token {
            Token::Number(exact, unit) => nudged(number_type(*exact, *unit), &text[span.clone()]),
            Token::Date(_) => nudged(InputType::Date, &text[span.clone()]),
            Token::Name(name) => swapped(name).map(str::to_owned).into_iter().collect(),
            Token::Mark(mark) => swapped(mark).map(str::to_owned).into_iter().collect(),
            Token::Word(_) => Vec::new(),
        };
        all.extend(new.into_iter().map(|new| Change { span: span.clone(), new }));
        all.extend(dropped(&tokens, at));
    }
    all
}

fn number_type(exact: Exact, unit: Unit) -> InputType {
    match unit {
        Unit::Money => InputType::Money,
        Unit::Share => InputType::Share,
        Unit::Score => InputType::Score,
        Unit::Plain if exact.denominator() == 1 => InputType::Count,
        Unit::Plain => InputType::Decimal,
    }
}

/// The opposite of an operator; `not` has none and is left out.
fn swapped(word: &str) -> Option<&'static str> {
    const PAIRS: [(&str, &str); 9] = [
        ("<", "<="),
        (">", ">="),
        ("=", "!="),
        ("+", "-"),
        ("and", "or"),
        ("min", "max"),
        ("any", "all"),
        ("yes", "no"),
        ("round_down", "round_up"),
    ];
    match word {
        "not" => return Some(""),
        "round_half_up" => return Some("round_down"),
        _ => {}
    }
    let other = |(a, b): &(&'static str, &'static str)| if word == *a { Some(*b) } else { (word == *b).then_some(*a) };
    PAIRS.iter().find_map(other)
}

/// A word of a list left out together with the comma beside it.
fn dropped(tokens: &[(Token, Range<usize>)], at: usize) -> Option<Change> {
    let mark = |at: usize, wanted: &str| matches!(tokens.get(at), Some((Token::Mark(mark), _)) if *mark == wanted);
    let (Token::Word(_), span) = &tokens[at] else { return None };
    let end = if mark(at + 1, ",") { Some(span.start..tokens.get(at + 2)?.1.start) } else { None };
    let start = at.checked_sub(1).filter(|before| mark(*before, ",") && mark(at + 1, "]")).map(|before| tokens[before].1.start..span.end);
    Some(Change { span: end.or(start)?, new: String::new() })
}

/// A change with the two words around it on either side, as a person finds it again.
pub(super) fn shown(text: &str, change: &Change) -> String {
    let tokens = lex(text).unwrap_or_default();
    let before: Vec<usize> = tokens.iter().filter(|(_, span)| span.end <= change.span.start).map(|(_, span)| span.start).collect();
    let after: Vec<usize> = tokens.iter().filter(|(_, span)| span.start >= change.span.end).map(|(_, span)| span.end).collect();
    let start = before.iter().rev().nth(1).or(before.first()).map_or(change.span.start, |start| *start);
    let end = after.get(1).or(after.last()).map_or(change.span.end, |end| *end);
    let old = &text[start..end];
    format!("{old} → {}{}{}", &text[start..change.span.start], change.new, &text[change.span.end..end])
}

/// The text with the change.
pub(super) fn changed(text: &str, change: &Change) -> String {
    format!("{}{}{}", &text[..change.span.start], change.new, &text[change.span.end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = in_formula(text).iter().map(|change| changed(text, change)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn each_constant_operator_and_word_changes_alone() {
        check("a < 35万元", &["a <= 35万元", "a < 349999.99元", "a < 350000.01元"]);
        check("min(a, 70%)", &["max(a, 70%)", "min(a, 69.9999%)", "min(a, 70.0001%)"]);
        check("d >= 2025-01-01", &["d > 2025-01-01", "d >= 2024-12-31", "d >= 2025-01-02"]);
        check("x in ['a', 'b'] and y", &["x in ['b'] and y", "x in ['a'] and y", "x in ['a', 'b'] or y"]);
        check("x in ['a']", &[]);
        check("n = 0家", &["n != 0家", "n = 1家"]);
        check("not any(a where b)", &[" any(a where b)", "not all(a where b)"]);
        check("round_down(a + b, c)", &["round_up(a + b, c)", "round_down(a - b, c)"]);
        check("s + 0.5", &["s - 0.5", "s + 0.499", "s + 0.501"]);
    }

    #[test]
    fn a_change_is_shown_with_its_neighbours() {
        let text = "a >= 2 and b >= 2 and c";
        let found: Vec<String> = in_formula(text).iter().map(|change| shown(text, change)).collect();
        assert_eq!(found[0], "a >= 2 and → a > 2 and");
        assert_eq!(found[1], "a >= 2 and b → a >= 1 and b");
    }

    #[test]
    fn cells_change_by_the_smallest_unit_of_their_type() {
        assert_eq!(nudged(InputType::Money, "0元"), ["0.01元"]);
        assert_eq!(nudged(InputType::Score, "60分"), ["59.9999分", "60.0001分"]);
        assert_eq!(nudged(InputType::Share, "0.7"), ["0.699999", "0.700001"]);
        assert_eq!(shortened("'a','b','c'"), ["'b','c'", "'a','c'", "'a','b'"]);
        assert_eq!(shortened("'a'"), Vec::<String>::new());
        assert_eq!(coarser("50%", "49.9999%").as_deref(), Some("49%"));
        assert_eq!(coarser("0.5%", "0.4999%"), None);
        assert_eq!(coarser("3", "4"), None);
    }
}
