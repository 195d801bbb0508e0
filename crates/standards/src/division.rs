//! Administrative divisions (GB/T 2260) of the programmes' regions, and the management units beside them.
//!
//! A development zone is no division and has no code of GB/T 2260, yet documents list it beside the
//! banners, counties and districts; so places are known by an identifier of their own.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::text::squash;

static DIVISIONS: LazyLock<Divisions> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../data/divisions.toml")).expect("a test reads divisions.toml");
    Divisions::new(file)
});

/// What a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DivisionLevel {
    /// 省、自治区、直辖市、特别行政区
    Province,
    /// 地级市、自治州、盟
    Prefecture,
    /// 县、旗、县级市、市辖区
    County,
    /// A development zone or the like, which is no administrative division.
    ManagementUnit,
}

impl DivisionLevel {
    /// The Chinese name of the level.
    pub fn label(self) -> &'static str {
        match self {
            Self::Province => "省级",
            Self::Prefecture => "地级",
            Self::County => "县级",
            Self::ManagementUnit => "管理单元",
        }
    }
}

/// A division or management unit as it stood in a year.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Division {
    /// Identifier that stays when names and codes change, such as `hohhot-saihan`.
    pub id: String,
    /// Full name, `赛罕区`.
    pub name: String,
    /// Name in use, `赛罕`.
    pub short_name: String,
    /// Further spellings.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// What it is.
    pub level: DivisionLevel,
    /// Identifier of the place it belongs to; none for a province.
    pub parent: Option<String>,
    /// Six digits of GB/T 2260; none for a management unit.
    pub code: Option<String>,
    /// Year of the snapshot the row was taken from.
    #[serde(default)]
    pub year: i32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    year: i32,
    division: Vec<Division>,
}

struct Divisions {
    all: Vec<Division>,
    by_id: HashMap<String, usize>,
    /// Every spelling, with and without the places above; a spelling shared by two places is absent.
    by_name: HashMap<String, usize>,
}

impl Divisions {
    fn new(file: File) -> Divisions {
        let mut all = file.division;
        all.iter_mut().for_each(|division| division.year = file.year);
        let ids = all.iter().enumerate().map(|(index, division)| (division.id.clone(), index));
        let codes = all.iter().enumerate().filter_map(|(index, d)| Some((d.code.clone()?, index)));
        let by_id = ids.chain(codes).collect();
        let by_name = spellings(&all);
        Divisions { all, by_id, by_name }
    }
}

fn spellings(all: &[Division]) -> HashMap<String, usize> {
    let mut holders: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, division) in all.iter().enumerate() {
        for spelling in spelled(all, division) {
            let holders = holders.entry(spelling).or_default();
            if !holders.contains(&index) {
                holders.push(index);
            }
        }
    }
    holders.into_iter().filter(|(_, who)| who.len() == 1).map(|(spelling, who)| (spelling, who[0])).collect()
}

/// A division's own spellings, and the same after each spelling of the places above it.
fn spelled(all: &[Division], division: &Division) -> Vec<String> {
    let own = [&division.name, &division.short_name].into_iter().chain(&division.aliases);
    let mut spellings: Vec<String> = own.map(|name| squash(name)).collect();
    let parent = division.parent.as_ref().and_then(|id| all.iter().find(|d| d.id == *id));
    let prefixes = parent.map(|parent| spelled(all, parent)).unwrap_or_default();
    let longer: Vec<String> = prefixes.iter().flat_map(|prefix| spellings.iter().map(move |own| format!("{prefix}{own}"))).collect();
    spellings.extend(longer);
    spellings
}

/// All places, each after the one it belongs to.
pub fn divisions() -> &'static [Division] {
    &DIVISIONS.all
}

/// The place with this identifier or this code of GB/T 2260.
pub fn find(id: &str) -> Option<&'static Division> {
    DIVISIONS.by_id.get(id.trim()).map(|index| &DIVISIONS.all[*index])
}

/// The place with this name: `赛罕区`, `赛罕`, `呼和浩特市赛罕区`, `内蒙古自治区呼和浩特市赛罕区`. None when
/// unknown, and none when two places are called so (`昌吉` is a prefecture and a city).
pub fn find_by_name(name: &str) -> Option<&'static Division> {
    DIVISIONS.by_name.get(&squash(name)).map(|index| &DIVISIONS.all[*index])
}

/// The places directly under one, in the order of the data: divisions by code, then management units.
pub fn children(id: &str) -> impl Iterator<Item = &'static Division> {
    let parent = find(id).map(|division| division.id.as_str());
    divisions().iter().filter(move |division| parent.is_some() && division.parent.as_deref() == parent)
}

/// Whether a place is the ancestor or lies in it at any depth; false when either is unknown.
pub fn is_within(id: &str, ancestor: &str) -> bool {
    let Some(ancestor) = find(ancestor) else {
        return false;
    };
    let mut place = find(id);
    while let Some(division) = place {
        if division.id == ancestor.id {
            return true;
        }
        place = division.parent.as_deref().and_then(find);
    }
    false
}

#[cfg(test)]
#[path = "division_tests.rs"]
mod tests;
