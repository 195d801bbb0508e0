//! What several scores of one file say together. Scores are whole hundredths of a mark.

/// How scores lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spread {
    /// How many there are.
    pub count: usize,
    /// The lowest.
    pub least: i64,
    /// The highest.
    pub most: i64,
    /// The mean, to the nearest hundredth, half upwards.
    pub mean: i64,
}

impl Spread {
    /// How far the highest lies above the lowest.
    pub fn width(&self) -> i64 {
        self.most - self.least
    }

    /// Whether they lie farther apart than a limit.
    pub fn is_apart(&self, limit: i64) -> bool {
        self.width() > limit
    }
}

/// What follows from the scores of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Not everybody asked has scored.
    Waiting,
    /// They agree on a score.
    Agreed {
        /// The mean of those that count.
        score: i64,
        /// The score that lies off, where one was asked for in addition, by its place.
        without: Option<usize>,
    },
    /// They lie too far apart: one more is asked.
    OneMore,
    /// They still do after one more: a person decides, with reasons.
    Moderation,
}

/// How scores lie; none without scores.
pub fn spread(scores: &[i64]) -> Option<Spread> {
    let (least, most) = (scores.iter().min()?, scores.iter().max()?);
    Some(Spread { count: scores.len(), least: *least, most: *most, mean: mean(scores) })
}

fn mean(scores: &[i64]) -> i64 {
    let count = scores.len().max(1) as i64;
    (2 * scores.iter().sum::<i64>() + count).div_euclid(2 * count)
}

/// What follows when `wanted` scores were asked for and a limit says when they lie too far apart.
///
/// Within the limit the mean of all counts. Beyond it one more is asked; then those `wanted` count that lie closest
/// together, if they keep within the limit and no others lie as close. Otherwise a person decides.
pub fn settle(scores: &[i64], wanted: usize, limit: Option<i64>) -> Verdict {
    let Some(all) = spread(scores).filter(|all| all.count >= wanted.max(1)) else { return Verdict::Waiting };
    match limit {
        Some(limit) if all.is_apart(limit) => match all.count > wanted {
            false => Verdict::OneMore,
            true => closest(scores, wanted, limit),
        },
        _ => Verdict::Agreed { score: all.mean, without: None },
    }
}

fn closest(scores: &[i64], wanted: usize, limit: i64) -> Verdict {
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by_key(|at| scores[*at]);
    let windows: Vec<(i64, &[usize])> =
        order.windows(wanted.max(1)).map(|some| (scores[some[some.len() - 1]] - scores[some[0]], some)).collect();
    let Some(least) = windows.iter().map(|(width, _)| *width).min() else { return Verdict::Moderation };
    let mut best = windows.iter().filter(|(width, _)| *width == least);
    match (best.next(), best.next()) {
        (Some((width, some)), None) if *width <= limit && scores.len() == wanted + 1 => {
            let counted: Vec<i64> = some.iter().map(|at| scores[*at]).collect();
            Verdict::Agreed { score: mean(&counted), without: order.iter().find(|at| !some.contains(at)).copied() }
        }
        _ => Verdict::Moderation,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(scores: &[i64]) -> Vec<i64> {
        scores.iter().map(|score| score * 100).collect()
    }

    #[test]
    fn scores_are_settled_by_the_rule() {
        use Verdict as V;
        let agreed = |score, without| V::Agreed { score, without };
        for (scores, wanted, limit, expected) in [
            (&[][..], 0, Some(20), V::Waiting),
            (&[80, 90], 3, Some(20), V::Waiting),
            (&[80, 90, 100], 3, Some(20), agreed(9_000, None)),
            (&[79, 90, 100], 3, Some(20), V::OneMore),
            (&[79, 90, 100], 3, None, agreed(8_967, None)),
            (&[40, 80], 2, Some(20), V::OneMore),
            (&[40, 80, 90], 2, Some(20), agreed(8_500, Some(0))),
            (&[80, 40, 90], 2, Some(20), agreed(8_500, Some(1))),
            (&[40, 60, 80], 2, Some(20), V::Moderation),
            (&[10, 50, 100], 2, Some(20), V::Moderation),
            (&[70, 75, 72], 2, Some(20), agreed(7_233, None)),
            (&[60, 90, 91, 92], 3, Some(20), agreed(9_100, Some(0))),
            (&[0, 100, 100, 100], 2, Some(20), V::Moderation),
        ] {
            let limit = limit.map(|limit| limit * 100);
            assert_eq!(settle(&marks(scores), wanted, limit), expected, "{scores:?}");
        }
    }

    #[test]
    fn the_mean_is_rounded_half_up() {
        assert_eq!(spread(&[1, 2]).map(|all| (all.mean, all.width())), Some((2, 1)));
        assert_eq!(spread(&[1, 1, 2]).map(|all| all.mean), Some(1));
        assert_eq!(spread(&[]), None);
    }
}
