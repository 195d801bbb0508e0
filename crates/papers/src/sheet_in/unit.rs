//! In which unit figures stand: in the brackets of a head, or in a line above the table.

use standards::text::{half_width, squash};

use super::Unit;

/// What a head says of the figures below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Figures {
    /// They are money in this unit.
    Money(Unit),
    /// They are hundredths.
    Percent,
}

/// Whether a head says that its figures are hundredths: `（%）`, `（单位：％）`, `（百分比）`.
pub(super) fn in_hundredths(head: &str) -> bool {
    let head = half_width(head);
    let within = head.trim_end().strip_suffix(')').and_then(|head| head.rsplit_once('('));
    head.contains('%') || within.is_some_and(|(_, within)| within.contains("百分"))
}

/// What stands before or after a unit and says nothing more.
const BESIDE: [&str; 7] = ["计量单位", "金额单位", "货币单位", "单位", "币种", "金额", "人民币"];
/// What words of money end with.
const MONEY: [char; 3] = ['元', '圆', '币'];
/// What stands before a unit above a table.
const MARK: &str = "单位:";

/// The unit of money that a head or a question names in its brackets.
pub fn unit(head: &str) -> Option<Unit> {
    match Named::head(head)? {
        Named::Unit(unit) => Some(unit),
        Named::Unknown(_) => None,
    }
}

/// What a text names as a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// A unit.
    Unit(Unit),
    /// Money in a unit that is not known here: to read it as another would be wrong by any factor.
    Unknown(String),
}

impl Named {
    /// The unit in the brackets at the end of a head: `（单位：万元）`, `(元)`, `（不含税，千元）`.
    pub(super) fn head(head: &str) -> Option<Self> {
        let head = half_width(head);
        let (_, within) = head.trim_end().strip_suffix(')')?.rsplit_once('(')?;
        Self::of(within)
    }

    /// The unit in a line above a table: `单位：元`, `金额单位：人民币万元`. Those who report are 单位 too, but no money.
    pub(super) fn above(line: &str) -> Option<Self> {
        let line = half_width(line).replace("人民币", "");
        let after = line.match_indices(MARK).map(|(at, _)| line[at + MARK.len()..].trim_start());
        let words = after.filter_map(|rest| rest.split([' ', '\t', '\n', ')']).next());
        words.filter_map(Self::of).next()
    }

    /// The first unit among words.
    fn of(words: &str) -> Option<Self> {
        words.split([',', '、', ';', '/', ' ', ':']).map(squash).find_map(|word| Self::word(&word))
    }

    fn word(word: &str) -> Option<Self> {
        let mut bare = word;
        for beside in BESIDE {
            bare = bare.strip_prefix(beside).unwrap_or(bare);
            bare = bare.strip_suffix(beside).unwrap_or(bare);
        }
        let unit =
            Unit::ALL.into_iter().find(|unit| bare == unit.label() || (*unit != Unit::Yuan && unit.label().trim_end_matches('元') == bare));
        match unit {
            Some(unit) => Some(Self::Unit(unit)),
            None if bare == "圆" => Some(Self::Unit(Unit::Yuan)),
            None => bare.ends_with(MONEY).then(|| Self::Unknown(bare.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_read_in_heads() {
        let unit = |unit| Some(Named::Unit(unit));
        for (head, expected) in [
            ("营业收入", None),
            ("营业收入（元）", unit(Unit::Yuan)),
            ("营业收入(单位:元)", unit(Unit::Yuan)),
            ("营业收入（单位：元）", unit(Unit::Yuan)),
            ("营业收入（人民币元）", unit(Unit::Yuan)),
            ("营业收入 ( 单位： 人民币 万元 ) ", unit(Unit::WanYuan)),
            ("营业收入（万元人民币）", unit(Unit::WanYuan)),
            ("营业收入（千元）", unit(Unit::QianYuan)),
            ("营业收入（百万元）", unit(Unit::BaiWanYuan)),
            ("营业收入（亿元）", unit(Unit::YiYuan)),
            ("营业收入（亿）", unit(Unit::YiYuan)),
            ("营业收入（不含税，万元）", unit(Unit::WanYuan)),
            ("营业收入（元/年）", unit(Unit::Yuan)),
            ("营业收入（不含税）", None),
            ("营业收入（人民币）", None),
            ("统一社会信用代码（18位）", None),
            ("营业收入（美元）", Some(Named::Unknown("美元".into()))),
            ("营业收入（单位：十万元）", Some(Named::Unknown("十万元".into()))),
        ] {
            assert_eq!(Named::head(head), expected, "{head}");
        }
    }

    #[test]
    fn heads_may_name_the_sign() {
        for (head, expected) in [
            ("研发占比", false),
            ("研发占比（%）", true),
            ("研发占比 ( 单位：％ ) ", true),
            ("研发占比（百分比）", true),
            ("研发占比（元）", false),
            ("研发占比%", true),
        ] {
            assert_eq!(in_hundredths(head), expected, "{head}");
        }
    }

    #[test]
    fn units_are_read_above_a_table() {
        let unit = |unit| Some(Named::Unit(unit));
        for (line, expected) in [
            ("企业情况表", None),
            ("单位：元", unit(Unit::Yuan)),
            ("（金额单位：人民币 万元）", unit(Unit::WanYuan)),
            ("（金额单位：人民币万元）", unit(Unit::WanYuan)),
            ("填报单位：青山乳业有限公司   单位： 千元", unit(Unit::QianYuan)),
            ("单位：人、万元", unit(Unit::WanYuan)),
            ("单位：某某有限公司", None),
            ("单位:万美元", Some(Named::Unknown("万美元".into()))),
        ] {
            assert_eq!(Named::above(line), expected, "{line}");
        }
    }
}
