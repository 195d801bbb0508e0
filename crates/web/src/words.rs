//! Words that several pages use: levels, times, amounts.

use policy::pack::Pack;
use standards::Date;
use standards::words::{amount_in_yuan, money as said, money_under_wan};

/// China has one time zone and no summer time.
const BEIJING_S: i64 = 8 * 3600;
const DAY_S: i64 = 86_400;

/// 未定级, or the level's name in the pack's indicator set.
pub(crate) fn level(pack: &Pack, level: u8) -> String {
    const PLAIN: [&str; 5] = ["未定级", "一级", "二级", "三级", "四级"];
    let lines = pack.assessment.iter().flat_map(|assessment| &assessment.lines);
    let named = lines.into_iter().find(|line| line.level == level).map(|line| line.label.as_str());
    let plain = PLAIN.get(usize::from(level)).copied();
    named.or(plain).unwrap_or("未定级").to_owned()
}

/// A scenario's level: 0 is 未开展.
pub(crate) fn scenario_level(pack: &Pack, at: u8) -> String {
    if at == 0 { "未开展".to_owned() } else { level(pack, at) }
}

/// The day of a moment in Beijing, 2026年1月20日.
pub(crate) fn day(unix_s: i64) -> String {
    let days = (unix_s + BEIJING_S).div_euclid(DAY_S);
    i32::try_from(days).ok().and_then(Date::from_days).map_or(String::new(), Date::chinese)
}

/// A moment in Beijing, 2026年1月20日 09:05.
pub(crate) fn moment(unix_s: i64) -> String {
    let minutes = (unix_s + BEIJING_S).rem_euclid(DAY_S) / 60;
    format!("{} {:02}:{:02}", day(unix_s), minutes / 60, minutes % 60)
}

/// The day after which something kept at `unix_s` is gone.
pub(crate) fn kept_until(unix_s: i64) -> String {
    day(unix_s + i64::from(crate::KEPT_DAYS) * DAY_S)
}

/// An amount, or that it is not known yet.
pub(crate) fn money(fen: Option<i64>) -> String {
    fen.map_or_else(|| "待定".to_owned(), said)
}

/// An amount for a table whose head says 万元.
pub(crate) fn wan_figure(fen: Option<i64>) -> String {
    fen.map_or_else(|| "待定".to_owned(), money_under_wan)
}

/// An amount for a column whose head says 元: always with two decimals, so that the points stand below one another.
pub(crate) fn yuan_figure(fen: i64) -> String {
    let figure = amount_in_yuan(fen).replace('元', "");
    if figure.contains('.') { figure } else { format!("{figure}.00") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_beijing_times() {
        assert_eq!(moment(0), "1970年1月1日 08:00");
        assert_eq!(moment(1_768_869_900), "2026年1月20日 08:45");
        assert_eq!(day(1_768_838_399), "2026年1月19日");
        assert_eq!(day(1_768_838_400), "2026年1月20日");
    }

    #[test]
    fn amounts_without_unit() {
        assert_eq!(wan_figure(Some(35_000_000)), "35");
        assert_eq!(wan_figure(Some(27_272_727)), "27.272727");
        assert_eq!(wan_figure(None), "待定");
        assert_eq!(yuan_figure(0), "0.00");
        assert_eq!(yuan_figure(35_000_000), "350,000.00");
        assert_eq!(yuan_figure(20_886_040), "208,860.40");
    }
}
