//! What stands in the city's data file.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::products::Offered;

/// Why the data of a city could not be read.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct CityError(#[from] toml::de::Error);

/// A city.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct City {
    pub(crate) programme: String,
    pub(crate) city: String,
    /// Stands before every name, so that nobody takes it for a real one.
    pub(crate) mark: String,
    /// The procedures an enterprise goes through, in order.
    pub(crate) procedures: Vec<String>,
    /// The procedure a provider goes through.
    pub(crate) pool: String,
    pub(crate) notice: String,
    pub(crate) contact: String,
    pub(crate) batch: Vec<Batch>,
    pub(crate) office: Vec<Office>,
    pub(crate) district: Vec<District>,
    pub(crate) providers: Providers,
    pub(crate) product: Vec<Offered>,
    pub(crate) names: Names,
    pub(crate) industry: Vec<Industry>,
    pub(crate) answers: BTreeMap<String, String>,
    pub(crate) row: Vec<Row>,
    pub(crate) profile: Vec<Profile>,
    pub(crate) prose: Prose,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Batch {
    pub(crate) label: String,
    /// First day, counted from today.
    pub(crate) opens: i32,
    /// Last day, counted from today.
    pub(crate) deadline: i32,
    /// Days between two steps of its files.
    pub(crate) round_days: i32,
    pub(crate) path: Vec<Path>,
}

/// How far so many files go.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Path {
    pub(crate) count: usize,
    /// `procedure/stage`: that stage stays open; `end`: to the last.
    pub(crate) until: String,
    pub(crate) twist: Option<Twist>,
}

/// What befalls a file where it stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Twist {
    Returned,
    Lapsed,
    Refused,
    Publicised,
    ClaimedBack,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Office {
    pub(crate) kind: String,
    pub(crate) name: String,
    pub(crate) place: String,
    pub(crate) people: Vec<OfficePerson>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OfficePerson {
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) roles: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct District {
    pub(crate) place: String,
    pub(crate) weight: usize,
    pub(crate) person: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Providers {
    pub(crate) names: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Names {
    pub(crate) first: Vec<String>,
    pub(crate) second: Vec<String>,
    pub(crate) people: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Industry {
    pub(crate) id: String,
    pub(crate) word: String,
    pub(crate) weight: usize,
}

/// A row every project has; `share` is its part of the investment in thousandths.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Row {
    pub(crate) kind: String,
    pub(crate) id: String,
    pub(crate) parent: Option<String>,
    pub(crate) share: Option<i64>,
    #[serde(default)]
    pub(crate) texts: BTreeMap<String, String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Profile {
    pub(crate) level: u8,
    pub(crate) weight: usize,
    pub(crate) answers: BTreeMap<String, String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Prose {
    pub(crate) paragraphs: Vec<String>,
    pub(crate) cell: Vec<String>,
    pub(crate) evidence: Vec<String>,
}

impl City {
    /// The city that comes with the program.
    ///
    /// # Errors
    /// Never for the file as it is; a test reads it.
    pub fn own() -> Result<Self, CityError> {
        Self::from_toml(include_str!("../data/city.toml"))
    }

    /// A city from its data.
    ///
    /// # Errors
    /// The text is no such file.
    pub fn from_toml(text: &str) -> Result<Self, CityError> {
        Ok(toml::from_str(text)?)
    }

    /// The same city with at most so many enterprises on each path, for tests.
    #[must_use]
    pub fn thinned(mut self, most: usize) -> Self {
        self.batch.iter_mut().flat_map(|batch| &mut batch.path).for_each(|path| path.count = path.count.min(most));
        self
    }

    /// How many enterprises there are.
    pub fn enterprises(&self) -> usize {
        self.batch.iter().flat_map(|batch| &batch.path).map(|path| path.count).sum()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_city_has_three_batches_and_350_enterprises() {
        let city = City::own().unwrap();
        assert_eq!((city.batch.len(), city.industry.len(), city.enterprises()), (3, 6, 350));
    }
}
