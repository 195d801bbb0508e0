//! Exact numbers without bounds, and how a pack writes them.

use super::calendar;
use num_bigint::BigInt;
use num_rational::Ratio;
use policy::exact::Exact;

/// A number in base units: fen, days, an option's index, 0 or 1, or itself.
pub type Number = Ratio<BigInt>;
/// A number, or not known.
pub type Known = Option<Number>;

/// A whole number.
pub fn whole(value: i64) -> Number {
    Number::from_integer(value.into())
}

/// `value / scale`.
pub fn scaled(value: i64, scale: i64) -> Number {
    Number::new(value.into(), scale.into())
}

/// A literal of a formula.
pub fn literal(exact: Exact) -> Number {
    let scale = i64::try_from(exact.denominator()).expect("a literal's denominator fits");
    scaled(exact.scaled(scale).expect("a literal fits"), scale)
}

/// 0 or 1.
pub fn yes(is: bool) -> Number {
    whole(i64::from(is))
}

/// A number as written in a pack; words of choices are found by `word`.
pub fn read(text: &str, word: impl Fn(&str) -> Option<i64>) -> Number {
    let text = text.trim();
    if let Some(id) = text.strip_prefix('\'') {
        return whole(word(id.trim_end_matches('\'')).unwrap_or_else(|| panic!("no option {text}")));
    }
    match text {
        "yes" | "true" => return yes(true),
        "no" | "false" => return yes(false),
        _ => {}
    }
    let date: Vec<i64> = text.split('-').filter_map(|part| part.parse().ok()).collect();
    if let ([year, month, day], 10) = (date.as_slice(), text.len()) {
        return whole(calendar::day_of(*year, *month, *day));
    }
    for (unit, fen) in [("亿元", 10_000_000_000), ("万元", 1_000_000), ("元", 100), ("分", 1)] {
        if let Some(number) = text.strip_suffix(unit) {
            return decimal(number) * whole(fen);
        }
    }
    match text.strip_suffix('%') {
        Some(percent) => decimal(percent) / whole(100),
        None => decimal(text),
    }
}

fn decimal(text: &str) -> Number {
    if let Some((above, below)) = text.split_once('/') {
        return decimal(above) / decimal(below);
    }
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits: BigInt = format!("{whole}{part}").parse().unwrap_or_else(|_| panic!("no number: {text}"));
    Number::new(digits, BigInt::from(10).pow(part.len() as u32))
}
