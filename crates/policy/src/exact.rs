//! Exact rationals for what a pack's author writes: shares, weights, amounts, limits.
//!
//! They exist while a pack is loaded; the compiled program holds integers over fixed denominators.

use std::cmp::Ordering;

/// A reduced fraction with a positive denominator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Exact {
    num: i128,
    den: i128,
}

impl Exact {
    /// Zero.
    pub const ZERO: Exact = Exact { num: 0, den: 1 };
    /// One.
    pub const ONE: Exact = Exact { num: 1, den: 1 };

    /// `num / den` reduced; `None` for a zero denominator.
    pub fn new(num: i128, den: i128) -> Option<Self> {
        if den == 0 {
            return None;
        }
        let by = gcd(num.unsigned_abs(), den.unsigned_abs()) as i128 * den.signum();
        Some(Self { num: num / by, den: den / by })
    }

    /// A whole number.
    pub fn whole(num: i64) -> Self {
        Self { num: num.into(), den: 1 }
    }

    /// Reads `12`, `12.5`, `-3` or `2/37`; at most 18 digits before and 9 after the point.
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once('/') {
            Some((num, den)) => Self::decimal(num)?.divided(Self::decimal(den)?),
            None => Self::decimal(text),
        }
    }

    fn decimal(text: &str) -> Option<Self> {
        let text = text.trim();
        let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let numeric = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
        let dangling = digits.ends_with('.') || whole.is_empty();
        if dangling || whole.len() > 18 || part.len() > 9 || !numeric(whole) || !numeric(part) {
            return None;
        }
        let num: i128 = format!("{whole}{part}").parse().ok()?;
        Self::new(sign * num, 10i128.checked_pow(part.len() as u32)?)
    }

    /// The product; `None` when it leaves 128 bits.
    pub fn times(self, other: Self) -> Option<Self> {
        Self::new(self.num.checked_mul(other.num)?, self.den.checked_mul(other.den)?)
    }

    /// The quotient; `None` for a zero divisor or beyond 128 bits.
    pub fn divided(self, other: Self) -> Option<Self> {
        Self::new(self.num.checked_mul(other.den)?, self.den.checked_mul(other.num)?)
    }

    /// The sum; `None` beyond 128 bits.
    pub fn plus(self, other: Self) -> Option<Self> {
        let left = self.num.checked_mul(other.den)?;
        let right = other.num.checked_mul(self.den)?;
        Self::new(left.checked_add(right)?, self.den.checked_mul(other.den)?)
    }

    /// The denominator in lowest terms.
    pub fn denominator(self) -> i128 {
        self.den
    }

    /// `self × scale` where that is a whole number within `i64`.
    pub fn scaled(self, scale: i64) -> Option<i64> {
        let num = self.num.checked_mul(scale.into())?;
        (num % self.den == 0).then(|| i64::try_from(num / self.den).ok())?
    }

    /// Exact decimal text (`46.5`), or `2/37` where no decimal is exact.
    pub fn text(self) -> String {
        let mut den = self.den;
        let mut places = 0u32;
        while den % 10 == 0 || den % 2 == 0 || den % 5 == 0 {
            den /= if den % 10 == 0 {
                10
            } else if den % 2 == 0 {
                2
            } else {
                5
            };
            places += 1;
        }
        let scaled = 10i128.checked_pow(places).and_then(|scale| self.num.checked_mul(scale / self.den));
        match scaled.filter(|_| den == 1) {
            Some(scaled) => decimal(scaled, places),
            None => format!("{}/{}", self.num, self.den),
        }
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        // Literals have at most 27 digits in all, so the products stay within 128 bits for any pair a pack can write.
        self.num.saturating_mul(other.den).cmp(&other.num.saturating_mul(self.den))
    }
}

fn decimal(scaled: i128, places: u32) -> String {
    let sign = if scaled < 0 { "-" } else { "" };
    let digits = format!("{:0width$}", scaled.unsigned_abs(), width = places as usize + 1);
    let (whole, part) = digits.split_at(digits.len() - places as usize);
    let part = part.trim_end_matches('0');
    if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

fn gcd(a: u128, b: u128) -> u128 {
    if b == 0 { a.max(1) } else { gcd(b, a % b) }
}

/// The least common multiple of positive denominators, `None` above `limit`.
pub fn common_denominator(all: impl IntoIterator<Item = Exact>, limit: i64) -> Option<i64> {
    all.into_iter().try_fold(1i64, |lcm, exact| {
        let den = exact.denominator();
        let wide = i128::from(lcm) / gcd(lcm.unsigned_abs().into(), den.unsigned_abs()) as i128 * den;
        i64::try_from(wide).ok().filter(|lcm| *lcm <= limit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(Exact::parse(text).map(Exact::text).as_deref(), expected, "{text}");
    }

    #[test]
    fn reads_and_prints_exactly() {
        check("12", Some("12"));
        check("12.50", Some("12.5"));
        check("-0.125", Some("-0.125"));
        check("2/37", Some("2/37"));
        check("1/8", Some("0.125"));
        check("70/100", Some("0.7"));
        check("", None);
        check("1.", None);
        check(".5", None);
        check("1/0", None);
        check("1e3", None);
        check("1/2/3", None);
        check("1/576460752303423488", Some("1/576460752303423488"));
    }

    #[test]
    fn scales_only_when_whole() {
        assert_eq!(Exact::parse("0.7").and_then(|share| share.scaled(10)), Some(7));
        assert_eq!(Exact::parse("0.75").and_then(|share| share.scaled(10)), None);
    }
}
