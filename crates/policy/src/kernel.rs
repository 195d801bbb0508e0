//! One function for what an operation does to one row; both executors use it.
//!
//! A value is known, not known, or too large to hold. Nothing panics and nothing wraps: sums and products that
//! interval analysis could not prove safe are computed in 128 bits and become [`State::TooLarge`] where they don't fit.

use crate::program::{Op, Reg, Rounding, Tables};
use standards::date::Date;

/// Whether a value can be used.
pub const KNOWN: u8 = 0;
/// A fact it depends on has not been given.
pub const UNKNOWN: u8 = 1;
/// It does not fit 64 bits.
pub const TOO_LARGE: u8 = 2;

/// A register's content: 0 where it is not known, so that equal contents are equal bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Val {
    /// The number.
    pub v: i64,
    /// [`KNOWN`], [`UNKNOWN`] or [`TOO_LARGE`].
    pub s: u8,
}

impl Val {
    /// A value not known.
    pub const UNKNOWN: Val = Val { v: 0, s: UNKNOWN };

    /// A known value.
    #[inline(always)]
    pub const fn known(v: i64) -> Self {
        Self { v, s: KNOWN }
    }

    /// The number, if known.
    pub fn get(self) -> Option<i64> {
        (self.s == KNOWN).then_some(self.v)
    }

    #[inline(always)]
    fn lost(s: u8) -> Self {
        Self { v: 0, s }
    }

    #[inline(always)]
    fn wide(v: i128) -> Self {
        i64::try_from(v).map_or(Self::lost(TOO_LARGE), Self::known)
    }
}

/// What `op` gives for one row whose operands `at` fetches. `Input`, `Sum` and `Up` are the executors' own.
#[inline(always)]
pub fn eval(op: Op, proven: bool, tables: &Tables, at: impl Fn(Reg) -> Val) -> Val {
    match op {
        Op::Const(v) => Val::known(v),
        Op::Add(a, b) => strict2(at(a), at(b), |a, b| add(a, b, proven)),
        Op::Sub(a, b) => strict2(at(a), at(b), |a, b| sub(a, b, proven)),
        Op::Mul(a, b) => strict2(at(a), at(b), |a, b| mul(a, b, proven)),
        Op::Times(a, by) => strict1(at(a), |a| mul(a, by, proven)),
        Op::Min(a, b) => strict2(at(a), at(b), |a, b| Val::known(a.min(b))),
        Op::Max(a, b) => strict2(at(a), at(b), |a, b| Val::known(a.max(b))),
        Op::Below(a, b) => strict2(at(a), at(b), |a, b| yes(a < b)),
        Op::AtMost(a, b) => strict2(at(a), at(b), |a, b| yes(a <= b)),
        Op::Equal(a, b) => strict2(at(a), at(b), |a, b| yes(a == b)),
        Op::And(a, b) => and(at(a), at(b)),
        Op::Or(a, b) => not(and(not(at(a)), not(at(b)))),
        Op::Not(a) => not(at(a)),
        Op::Select(c, a, b) => select(at(c), at(a), at(b)),
        Op::OneOf(a, mask) => strict1(at(a), |a| yes(mask >> (a & 63) & 1 == 1)),
        Op::Pick(a, id) => strict1(at(a), |a| Val::known(tables.picks[id as usize].at(a))),
        Op::Slot(a, id) => strict1(at(a), |a| Val::known(slot(&tables.axes[id as usize], a))),
        Op::Quotient(a, by, how) => strict1(at(a), |a| Val::known(quotient(a, by, how))),
        Op::Prorate(a, p, w) => strict2(at(p), at(w), |p, w| strict1(at(a), |a| prorate(a, p, w))),
        Op::AddMonths(a, n) => strict1(at(a), |a| Val::known(add_months(a, n))),
        Op::Months(a, b) => strict2(at(a), at(b), |a, b| Val::known(months(a, b))),
        Op::Year(a) => strict1(at(a), |a| Val::known(i64::from(date(a).year()))),
        Op::Known(a) => given(at(a), |a| a.s == KNOWN),
        Op::Holds(a) => given(at(a), |a| a == Val::known(1)),
        Op::FirstKnown(a, b) => {
            if at(a).s == UNKNOWN {
                at(b)
            } else {
                at(a)
            }
        }
        Op::Marks(a, id) => strict1(at(a), |a| Val::known(marks(&tables.picks[id as usize].gives, a))),
        Op::Band(p, w, id) => strict2(at(p), at(w), |p, w| band(&tables.bands[id as usize], p, w)),
        Op::Trend(a, b, c, d) => strict2(at(a), at(b), |a, b| strict2(at(c), at(d), |c, d| trend(a, b, c, d))),
        Op::Marginal(a, id) => strict1(at(a), |a| marginal(&tables.marginals[id as usize], a)),
        Op::Input(_) | Op::Sum(_) | Op::Up(_) => Val::UNKNOWN,
    }
}

#[inline(always)]
fn strict1(a: Val, f: impl FnOnce(i64) -> Val) -> Val {
    if a.s == KNOWN { f(a.v) } else { a }
}

#[inline(always)]
fn strict2(a: Val, b: Val, f: impl FnOnce(i64, i64) -> Val) -> Val {
    let s = a.s.max(b.s);
    if s == KNOWN { f(a.v, b.v) } else { Val::lost(s) }
}

/// What asks whether a value is known must not take "too large" for "not given".
#[inline(always)]
fn given(a: Val, f: impl FnOnce(Val) -> bool) -> Val {
    if a.s == TOO_LARGE { a } else { yes(f(a)) }
}

#[inline(always)]
fn yes(is: bool) -> Val {
    Val::known(is.into())
}

#[inline(always)]
fn add(a: i64, b: i64, proven: bool) -> Val {
    if proven { Val::known(a.wrapping_add(b)) } else { Val::wide(i128::from(a) + i128::from(b)) }
}

#[inline(always)]
fn sub(a: i64, b: i64, proven: bool) -> Val {
    if proven { Val::known(a.wrapping_sub(b)) } else { Val::wide(i128::from(a) - i128::from(b)) }
}

#[inline(always)]
fn mul(a: i64, b: i64, proven: bool) -> Val {
    if proven { Val::known(a.wrapping_mul(b)) } else { Val::wide(i128::from(a) * i128::from(b)) }
}

/// Adds one row to a running sum.
#[inline(always)]
pub fn sum(total: Val, row: Val) -> Val {
    strict2(total, row, |a, b| add(a, b, false))
}

#[inline(always)]
fn and(a: Val, b: Val) -> Val {
    match (a, b) {
        (Val { v: 0, s: KNOWN }, _) | (_, Val { v: 0, s: KNOWN }) => yes(false),
        _ => strict2(a, b, |_, _| yes(true)),
    }
}

#[inline(always)]
fn not(a: Val) -> Val {
    strict1(a, |a| yes(a == 0))
}

#[inline(always)]
fn select(condition: Val, then: Val, otherwise: Val) -> Val {
    match condition.s {
        KNOWN if condition.v != 0 => then,
        KNOWN => otherwise,
        s if then == otherwise && s == UNKNOWN => then,
        s => Val::lost(s),
    }
}

#[inline(always)]
pub(crate) fn slot(starts: &[i64], value: i64) -> i64 {
    starts.partition_point(|start| *start <= value) as i64 - 1
}

#[inline(always)]
pub(crate) fn quotient(a: i64, by: i64, how: Rounding) -> i64 {
    let (down, rest) = (a.div_euclid(by), a.rem_euclid(by));
    match how {
        Rounding::Down => down,
        Rounding::Up => down + i64::from(rest > 0),
        Rounding::HalfUp => down + i64::from(rest >= by - rest),
    }
}

fn prorate(amount: i64, part: i64, whole: i64) -> Val {
    if whole <= 0 {
        return Val::UNKNOWN;
    }
    let part = part.clamp(0, whole);
    Val::wide((i128::from(amount) * i128::from(part)).div_euclid(whole.into()))
}

fn date(days: i64) -> Date {
    Date::from_days(days.clamp(MIN_DAY, MAX_DAY) as i32).unwrap_or(Date::MIN)
}

/// 1900-01-01.
pub const MIN_DAY: i64 = -25_567;
/// 2199-12-31.
pub const MAX_DAY: i64 = 84_005;

fn add_months(days: i64, n: i32) -> i64 {
    i64::from(date(days).add_months(n).days()).clamp(MIN_DAY, MAX_DAY)
}

fn months(from: i64, to: i64) -> i64 {
    date(from).whole_months_until(date(to)).max(0).into()
}

#[inline(always)]
pub(crate) fn marks(gives: &[i64], options: i64) -> i64 {
    gives.iter().enumerate().map(|(bit, marks)| marks * (options >> bit & 1)).sum()
}

fn band(bands: &[(i64, i64, bool)], part: i64, whole: i64) -> Val {
    if whole <= 0 || part < 0 {
        return Val::UNKNOWN;
    }
    let (part, whole) = (i128::from(part), i128::from(whole));
    let inside = |(num, den, closed): &(i64, i64, bool)| {
        let (left, right) = (part * i128::from(*den), whole * i128::from(*num));
        left < right || (*closed && left == right)
    };
    bands.iter().position(inside).map_or(Val::UNKNOWN, |at| Val::known(at as i64))
}

fn trend(now: i64, now_base: i64, before: i64, before_base: i64) -> Val {
    if now_base <= 0 || before_base <= 0 {
        return Val::UNKNOWN;
    }
    let (left, right) = (i128::from(now) * i128::from(before_base), i128::from(before) * i128::from(now_base));
    Val::known(1 + left.cmp(&right) as i64)
}

fn marginal(bands: &[(i64, i64)], value: i64) -> Val {
    let part = |(at, (start, share)): (usize, &(i64, i64))| {
        let end = bands.get(at + 1).map_or(i64::MAX, |(next, _)| *next);
        (i128::from(value.min(end)) - i128::from(*start)).max(0) * i128::from(*share)
    };
    Val::wide(bands.iter().enumerate().map(part).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotients_round_as_named() {
        for (a, by, down, up, half) in [(7, 2, 3, 4, 4), (-7, 2, -4, -3, -3), (6, 3, 2, 2, 2), (10, 4, 2, 3, 3), (9, 4, 2, 3, 2)] {
            assert_eq!(quotient(a, by, Rounding::Down), down, "{a}/{by}");
            assert_eq!(quotient(a, by, Rounding::Up), up, "{a}/{by}");
            assert_eq!(quotient(a, by, Rounding::HalfUp), half, "{a}/{by}");
        }
    }

    #[test]
    fn no_and_unknown_is_no() {
        let (no, known, unknown) = (yes(false), yes(true), Val::UNKNOWN);
        assert_eq!(and(no, unknown), no);
        assert_eq!(and(unknown, no), no);
        assert_eq!(and(known, unknown), unknown);
        assert_eq!(not(unknown), unknown);
    }

    #[test]
    fn too_large_is_said_and_does_not_wrap() {
        assert_eq!(add(i64::MAX, 1, false), Val { v: 0, s: TOO_LARGE });
        assert_eq!(mul(i64::MAX, 2, false), Val { v: 0, s: TOO_LARGE });
        assert_eq!(prorate(i64::MAX, 2, 1), Val::known(i64::MAX));
        assert_eq!(prorate(-10, 1, 3), Val::known(-4));
        assert_eq!(prorate(10, -1, 3), Val::known(0));
        let too_large = Val { v: 0, s: TOO_LARGE };
        for op in [Op::Known(0), Op::Holds(0), Op::FirstKnown(0, 1)] {
            let operand = |reg| if reg == 0 { too_large } else { yes(true) };
            assert_eq!(eval(op, true, &Tables::default(), operand), too_large, "{op:?}");
        }
    }

    #[test]
    fn marginal_bands_take_each_part_at_its_share() {
        let bands = [(0, 10), (100, 5), (200, 1)];
        assert_eq!(marginal(&bands, 50), Val::known(500));
        assert_eq!(marginal(&bands, 250), Val::known(1000 + 500 + 50));
        assert_eq!(marginal(&bands, -5), Val::known(0));
    }

    #[test]
    fn a_band_is_decided_before_rounding() {
        let bands = [(1, 10, true), (2, 5, true), (1, 1, true)];
        assert_eq!(band(&bands, 1, 10), Val::known(0));
        assert_eq!(band(&bands, 39_999, 100_000), Val::known(1));
        assert_eq!(band(&bands, 40_001, 100_000), Val::known(2));
        assert_eq!(band(&[(1, 10, false), (1, 1, true)], 1, 10), Val::known(1));
        assert_eq!(band(&bands, 1, 0), Val::UNKNOWN);
        assert_eq!(band(&bands, 11, 10), Val::UNKNOWN);
    }
}
