//! Whether a budget holds, and how likely not, when the portfolio is a weighted sample.

use crate::portfolio::WEIGHT_SCALE;
use serde::Serialize;

/// A budget and what becomes of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Budget {
    /// The budget, in fen.
    pub budget_fen: i64,
    /// Under the rules as they are.
    pub before: Over,
    /// Under the changed rules.
    pub after: Over,
}

/// Whether the cost is over a budget.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Over {
    /// The portfolio is everybody: it is or it isn't.
    Certain(bool),
    /// The portfolio is a sample: how likely, in thousandths, by the normal approximation of the weighted total.
    Likely {
        /// Probability in thousandths.
        permille: u16,
        /// Standard error of the estimated total, in fen.
        standard_error_fen: i64,
    },
}

/// Compares weighted amounts (fen, weight in thousandths) with a budget.
pub fn over(budget_fen: i64, amounts: impl Iterator<Item = (i64, i64)> + Clone, is_sample: bool) -> Over {
    let scale = WEIGHT_SCALE as f64;
    let total: i128 = amounts.clone().map(|(fen, weight)| i128::from(fen) * i128::from(weight)).sum();
    let cases = amounts.clone().count();
    if !is_sample || cases < 2 {
        return Over::Certain(total > i128::from(budget_fen) * i128::from(WEIGHT_SCALE));
    }
    let (n, total) = (cases as f64, total as f64 / scale);
    let spread: f64 = amounts.map(|(fen, weight)| (fen as f64 * weight as f64 / scale - total / n).powi(2)).sum();
    let error = (spread * n / (n - 1.0)).sqrt();
    let probability = if error == 0.0 { f64::from(total > budget_fen as f64) } else { above((budget_fen as f64 - total) / error) };
    Over::Likely { permille: (probability * 1000.0).round() as u16, standard_error_fen: error.round() as i64 }
}

/// The part of a standard normal above `z` (Abramowitz and Stegun 26.2.17, error below 7.5e-8).
fn above(z: f64) -> f64 {
    let t = 1.0 / (1.0 + 0.231_641_9 * z.abs());
    let series = [0.319_381_530, -0.356_563_782, 1.781_477_937, -1.821_255_978, 1.330_274_429];
    let tail = series.iter().rev().fold(0.0, |sum, factor| (sum + factor) * t) * (-z * z / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
    if z >= 0.0 { tail } else { 1.0 - tail }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_normal_tail_is_right() {
        for (z, expected) in [(0.0, 0.5), (1.0, 0.158_655), (-1.0, 0.841_345), (1.96, 0.024_998), (3.0, 0.001_350)] {
            assert!((above(z) - expected).abs() < 1e-5, "{z}");
        }
    }

    #[test]
    fn everybody_is_certain_and_a_sample_is_not() {
        let amounts = [(100, 1000), (300, 1000)];
        assert_eq!(over(400, amounts.into_iter(), false), Over::Certain(false));
        assert_eq!(over(399, amounts.into_iter(), false), Over::Certain(true));
        assert_eq!(over(400, amounts.into_iter(), true), Over::Likely { permille: 500, standard_error_fen: 200 });
    }
}
