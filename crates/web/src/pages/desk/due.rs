//! How much time is left, in words.

use maud::{Markup, html};
use records::Moment;
use standards::Date;

/// 还剩3天（2026-01-23）; never by colour alone.
pub(crate) fn words(due_at_ms: Option<i64>, today: Date) -> Markup {
    let day = due_at_ms.map(|due| Moment(due).day());
    html! {
        @match day {
            Some(day) => { span.tag.bad[day < today] { (left(day, today)) } " " span.quiet { (day) } },
            None => span.quiet { "未定时限" },
        }
    }
}

/// 已逾期2天, 今天到期, 还剩3天
pub(crate) fn left(day: Date, today: Date) -> String {
    match day.days() - today.days() {
        0 => "今天到期".to_owned(),
        days @ ..0 => format!("已逾期{}天", -days),
        days => format!("还剩{days}天"),
    }
}

/// 已等待3天, 今天进入
pub(super) fn waited(since: Date, today: Date) -> String {
    match today.days() - since.days() {
        ..=0 => "今天进入".to_owned(),
        days => format!("已等待{days}天"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_said() {
        let date = |text: &str| Date::parse(text).unwrap();
        for (day, said) in [("2026-01-18", "已逾期2天"), ("2026-01-20", "今天到期"), ("2026-01-23", "还剩3天")] {
            assert_eq!(left(date(day), date("2026-01-20")), said);
        }
        for (day, said) in [("2026-01-20", "今天进入"), ("2026-01-19", "已等待1天"), ("2025-01-20", "已等待365天")] {
            assert_eq!(waited(date(day), date("2026-01-20")), said);
        }
        let text = words(Some(Moment::end_of(date("2026-01-19")).0), date("2026-01-20")).into_string();
        assert!(text.contains("已逾期1天") && text.contains("2026-01-19"), "{text}");
    }
}
