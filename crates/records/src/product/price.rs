//! What a product costs.

use serde::{Deserialize, Serialize};
use standards::text::{half_width, without_spaces};
use standards::words::{amount_in_wan, amount_in_yuan};

/// Characters of what a price is for: 套, 年, 用户/年.
pub const PER_MAX_CHARS: usize = 12;
/// From here on amounts are said in 万元, in fen.
const WAN_FEN: i64 = 1_000_000;

/// What a product costs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "price", rename_all = "snake_case")]
pub enum Price {
    /// 面议
    #[default]
    Negotiable,
    /// From so much to so much; both the same where there is one price.
    Range {
        /// At least, in fen.
        from_fen: i64,
        /// At most, in fen.
        to_fen: i64,
        /// For what: 套, 年, 用户/年.
        per: String,
    },
}

/// Why figures are no price, and what to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// The field it concerns: `price_from`, `price_to` or `price_per`.
    pub path: &'static str,
    /// What is wrong.
    pub what: &'static str,
    /// What to do about it.
    pub remedy: &'static str,
}

impl Misfit {
    /// Both as one sentence.
    pub fn sentence(&self) -> String {
        format!("{}，{}。", self.what, self.remedy)
    }
}

impl Price {
    /// A price as it is said: nothing at all is negotiable.
    ///
    /// # Errors
    /// One figure without the other, the higher before the lower, or a figure without what it is for.
    pub fn said(from_fen: Option<i64>, to_fen: Option<i64>, per: &str) -> Result<Self, Misfit> {
        let per = without_spaces(&half_width(per));
        let misfit = |path, what, remedy| Err(Misfit { path, what, remedy });
        match (from_fen, to_fen, per.as_str()) {
            (None, None, "") => Ok(Self::Negotiable),
            (None, None, _) => misfit("price_per", "填写了计价单位，没有填写价格", "请填写最低价格和最高价格；价格面议的，请清空计价单位"),
            (None, Some(_), _) => misfit("price_from", "没有填写最低价格", "请填写最低价格；只有一个价格的，两处填相同的金额"),
            (Some(_), None, _) => misfit("price_to", "没有填写最高价格", "请填写最高价格；只有一个价格的，两处填相同的金额"),
            (Some(from), Some(_), _) if from < 0 => misfit("price_from", "价格小于0", "请填写不小于0的金额"),
            (Some(from), Some(to), _) if to < from => misfit("price_to", "最高价格低于最低价格", "请核对两个价格"),
            (Some(_), Some(_), "") => misfit("price_per", "没有填写计价单位", "请填写按什么计价，例如 套、年、用户/年"),
            (Some(_), Some(_), per) if per.contains('元') => {
                misfit("price_per", "计价单位里写了金额的单位", "请只填写按什么计价，例如 套、年、用户/年；金额的单位写在价格里")
            }
            (Some(_), Some(_), per) if per.chars().count() > PER_MAX_CHARS => {
                misfit("price_per", "计价单位过长", "请填写最多12个字，例如 套、年、用户/年")
            }
            (Some(from_fen), Some(to_fen), per) => Ok(Self::Range { from_fen, to_fen, per: per.to_owned() }),
        }
    }

    /// In words: `面议`, `3万元/套`, `800元至1.2万元/年`.
    pub fn words(&self) -> String {
        match self {
            Self::Negotiable => "面议".to_owned(),
            Self::Range { from_fen, to_fen, per } if from_fen == to_fen => format!("{}/{per}", amount(*from_fen)),
            Self::Range { from_fen, to_fen, per } => format!("{}至{}/{per}", amount(*from_fen), amount(*to_fen)),
        }
    }
}

fn amount(fen: i64) -> String {
    if fen < WAN_FEN { amount_in_yuan(fen) } else { amount_in_wan(fen) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_are_read() {
        let check = |from: Option<i64>, to: Option<i64>, per: &str, expected: Result<&str, &str>| {
            let said = Price::said(from, to, per).map(|price| price.words());
            let said = said.as_ref().map(String::as_str).map_err(|misfit| misfit.path);
            assert_eq!(said, expected, "{from:?} {to:?} {per}");
        };
        check(None, None, "", Ok("面议"));
        check(Some(3_000_000), Some(3_000_000), "套", Ok("3万元/套"));
        check(Some(80_000), Some(1_200_000), "用户/年", Ok("800元至1.2万元/用户/年"));
        check(Some(0), Some(99), "年", Ok("0元至0.99元/年"));
        check(None, None, "套", Err("price_per"));
        check(None, Some(1), "套", Err("price_from"));
        check(Some(1), None, "套", Err("price_to"));
        check(Some(2), Some(1), "套", Err("price_to"));
        check(Some(-1), Some(1), "套", Err("price_from"));
        check(Some(1), Some(2), "", Err("price_per"));
        check(Some(1), Some(2), &"长".repeat(13), Err("price_per"));
        check(Some(1), Some(2), "万元/年", Err("price_per"));
    }

    #[test]
    fn a_misfit_is_a_sentence() {
        let misfit = Price::said(Some(2), Some(1), "套").unwrap_err();
        assert_eq!(misfit.sentence(), "最高价格低于最低价格，请核对两个价格。");
    }
}
