//! Days of the week.

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Weekday {
    /// 星期一
    Monday,
    /// 星期二
    Tuesday,
    /// 星期三
    Wednesday,
    /// 星期四
    Thursday,
    /// 星期五
    Friday,
    /// 星期六
    Saturday,
    /// 星期日
    Sunday,
}

impl Weekday {
    pub(crate) const ALL: [(Weekday, &'static str); 7] = [
        (Weekday::Monday, "星期一"),
        (Weekday::Tuesday, "星期二"),
        (Weekday::Wednesday, "星期三"),
        (Weekday::Thursday, "星期四"),
        (Weekday::Friday, "星期五"),
        (Weekday::Saturday, "星期六"),
        (Weekday::Sunday, "星期日"),
    ];

    /// The Chinese name, `星期一` to `星期日`.
    pub fn label(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// Whether it is Saturday or Sunday; a weekend day can still be a working day, see `calendar`.
    pub fn is_weekend(self) -> bool {
        matches!(self, Weekday::Saturday | Weekday::Sunday)
    }
}
