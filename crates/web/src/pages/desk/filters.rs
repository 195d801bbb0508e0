//! What a list is narrowed to, as it stands in the address: whoever has the address has the list.

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use service::application::Wanted;
use standards::Date;
use standards::text::percent_encoded;

use crate::errors::Error;

/// The filters an address may carry.
const KEYS: [&str; 10] = ["programme", "procedure", "stage", "state", "place", "level", "batch", "q", "overdue", "due_on"];
/// Characters of one filter.
const TEXT_MAX_CHARS: usize = 100;

/// Everything that stands after the question mark, in order; a name may stand there several times.
pub(crate) struct Wished(pub(crate) Vec<(String, String)>);

impl<S: Send + Sync> FromRequestParts<S> for Wished {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        let query = Query::<Vec<(String, String)>>::from_request_parts(parts, state).await;
        query.map(|Query(pairs)| Self(pairs)).map_err(|_| Error::NoPage)
    }
}

impl Wished {
    /// The first text under a name.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(found, _)| found == name).map(|(_, text)| text.as_str())
    }

    /// All texts under a name.
    pub(crate) fn all(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(found, _)| found == name).map(|(_, text)| text.as_str()).collect()
    }
}

/// The filters of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filters(Vec<(String, String)>);

impl Filters {
    /// The filters among some pairs.
    pub(crate) fn of(pairs: &[(String, String)]) -> Self {
        let first = |key: &&str| pairs.iter().find(|(name, text)| name == key && !text.trim().is_empty());
        let short = |text: &str| text.trim().chars().take(TEXT_MAX_CHARS).collect::<String>();
        Self(KEYS.iter().filter_map(first).map(|(name, text)| (name.clone(), short(text))).collect())
    }

    /// The text of a filter; empty when it is not set.
    pub(crate) fn get(&self, key: &str) -> &str {
        self.0.iter().find(|(name, _)| name == key).map_or("", |(_, text)| text.as_str())
    }

    /// Each filter that is set.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, text)| (key.as_str(), text.as_str()))
    }

    /// Whether nothing is narrowed.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What stands after the question mark.
    pub(crate) fn query(&self) -> String {
        query(&self.0)
    }

    /// The same with one filter set.
    pub(crate) fn with(&self, key: &str, text: &str) -> Self {
        let others = self.0.iter().filter(|(name, _)| name != key).cloned();
        Self::of(&others.chain([(key.to_owned(), text.to_owned())]).collect::<Vec<_>>())
    }

    /// What the use cases narrow by.
    pub(crate) fn wanted(&self) -> Wanted {
        let text = |key: &str| Some(self.get(key).to_owned()).filter(|text| !text.is_empty());
        Wanted {
            programme: text("programme"),
            procedure: text("procedure"),
            states: text("state").into_iter().collect(),
            stage: text("stage"),
            batch: text("batch"),
            place: text("place"),
            search: text("q"),
            overdue: !self.get("overdue").is_empty(),
            level: self.get("level").parse().ok(),
            due_on: Date::parse(self.get("due_on")).ok(),
            ..Wanted::default()
        }
    }
}

/// Pairs as they stand after the question mark.
pub(crate) fn query(pairs: &[(String, String)]) -> String {
    pairs.iter().map(|(name, text)| format!("{}={}", percent_encoded(name, "/"), percent_encoded(text, "/"))).collect::<Vec<_>>().join("&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(all: &[(&str, &str)]) -> Vec<(String, String)> {
        all.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn an_address_keeps_its_filters_and_nothing_else() {
        let filters = Filters::of(&pairs(&[("q", " 某 公司"), ("x", "1"), ("stage", ""), ("overdue", "1"), ("q", "第二")]));
        assert_eq!(filters.query(), "q=%E6%9F%90%20%E5%85%AC%E5%8F%B8&overdue=1");
        let wanted = filters.with("q", "").with("due_on", "2026-01-20").wanted();
        assert_eq!((wanted.search, wanted.overdue, wanted.due_on), (None, true, Date::parse("2026-01-20").ok()));
        assert!(Filters::of(&[]).is_empty());
    }
}
