//! The table of the size standard: its industries and their bounds (《中小企业划型标准规定》第四条).

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::size::SizeMeasure;

/// Fen in ten thousand yuan, the unit of the standard's money bounds.
pub(crate) const WAN: i64 = 1_000_000;

static TABLE: LazyLock<HashMap<SizeIndustry, Row>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../data/size-classes.toml")).expect("a test reads size-classes.toml");
    file.row.into_iter().map(|row| (row.industry, row)).collect()
});

/// An industry of the standard, one per row of its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SizeIndustry {
    /// 农、林、牧、渔业
    Agriculture,
    /// 工业 (采矿、制造、电力热力燃气及水)
    Industry,
    /// 建筑业
    Construction,
    /// 批发业
    Wholesale,
    /// 零售业
    Retail,
    /// 交通运输业 (不含铁路运输)
    Transport,
    /// 仓储业
    Warehousing,
    /// 邮政业
    Post,
    /// 住宿业
    Accommodation,
    /// 餐饮业
    Catering,
    /// 信息传输业
    InformationTransmission,
    /// 软件和信息技术服务业
    SoftwareServices,
    /// 房地产开发经营
    RealEstate,
    /// 物业管理
    PropertyManagement,
    /// 租赁和商务服务业
    LeasingBusiness,
    /// 其他未列明行业
    Other,
}

impl SizeIndustry {
    /// Every industry, in the order of the standard.
    pub const ALL: [SizeIndustry; 16] = [
        Self::Agriculture,
        Self::Industry,
        Self::Construction,
        Self::Wholesale,
        Self::Retail,
        Self::Transport,
        Self::Warehousing,
        Self::Post,
        Self::Accommodation,
        Self::Catering,
        Self::InformationTransmission,
        Self::SoftwareServices,
        Self::RealEstate,
        Self::PropertyManagement,
        Self::LeasingBusiness,
        Self::Other,
    ];

    /// The Chinese name as in the standard.
    pub fn label(self) -> &'static str {
        TABLE.get(&self).map(|row| row.name.as_str()).unwrap_or_default()
    }

    /// The figures the industry is judged by.
    pub fn measures(self) -> impl Iterator<Item = SizeMeasure> {
        bounds(self).map(|(measure, _)| measure)
    }
}

/// The lower bounds of small, medium and large for each figure of an industry, in persons or fen.
pub(crate) fn bounds(industry: SizeIndustry) -> impl Iterator<Item = (SizeMeasure, [i64; 3])> {
    let row = TABLE.get(&industry);
    let of = |pick: fn(&Row) -> Option<[i64; 3]>| row.and_then(pick);
    let money = |floors: [i64; 3]| floors.map(|wan| wan * WAN);
    [
        (SizeMeasure::Staff, of(|row| row.staff)),
        (SizeMeasure::Revenue, of(|row| row.revenue).map(money)),
        (SizeMeasure::Assets, of(|row| row.assets).map(money)),
    ]
    .into_iter()
    .filter_map(|(measure, floors)| Some((measure, floors?)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    row: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    industry: SizeIndustry,
    name: String,
    staff: Option<[i64; 3]>,
    revenue: Option<[i64; 3]>,
    assets: Option<[i64; 3]>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_every_industry() {
        assert_eq!(TABLE.len(), SizeIndustry::ALL.len());
        for industry in SizeIndustry::ALL {
            assert!(!industry.label().is_empty(), "{industry:?}");
            assert!((1..=2).contains(&industry.measures().count()), "{industry:?}");
            for (measure, [small, medium, large]) in bounds(industry) {
                assert!(0 < small && small < medium && medium < large, "{industry:?} {measure:?}");
            }
        }
    }
}
