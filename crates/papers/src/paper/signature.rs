//! Places to sign and seal.

use serde::{Deserialize, Serialize};

/// A place to sign or seal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Who or what, the word for signing or sealing included: 法定代表人（签字）, 单位（盖章）.
    pub label: String,
    /// What stands there already, such as the name of who certified on line.
    pub signed: Option<String>,
}

impl Place {
    /// A place for a hand (签字).
    #[must_use]
    pub fn to_sign(who: &str) -> Self {
        Self { label: format!("{who}（签字）"), signed: None }
    }

    /// A place for a seal (盖章).
    #[must_use]
    pub fn to_seal(who: &str) -> Self {
        Self { label: format!("{who}（盖章）"), signed: None }
    }

    /// What is printed: a seal is stamped over its words, so that nothing follows them.
    #[must_use]
    pub fn line(&self) -> String {
        if self.signed.is_none() && self.label.ends_with("（盖章）") {
            return self.label.clone();
        }
        format!("{}：{}", self.label, self.signed.as_deref().unwrap_or_default())
    }
}

/// Places side by side, and the day below.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signatures {
    /// From left to right; one alone stands in the right half.
    pub places: Vec<Place>,
    /// The day; none leaves room to write it.
    pub day: Option<String>,
}

impl Signatures {
    /// How wide each place is, in any unit; one alone is pushed to the right by an empty one.
    pub(crate) fn columns(&self) -> Vec<(u16, Option<&Place>)> {
        // room after each for a hand or a name
        const ROOM: u16 = 4;
        const LINE: u16 = 28;
        let width = |place: &Place| u16::try_from(place.line().chars().count()).unwrap_or(LINE).min(LINE) + ROOM;
        let places = self.places.iter().map(|place| (width(place), Some(place)));
        let lead = if let [alone] = self.places.as_slice() { LINE.saturating_sub(width(alone)) } else { 0 };
        (lead > 0).then_some((lead, None)).into_iter().chain(places).collect()
    }

    /// The day, or the words to fill one in between.
    #[must_use]
    pub fn day_line(&self) -> String {
        self.day.clone().unwrap_or_else(|| "年\u{3000}\u{3000}月\u{3000}\u{3000}日".to_owned())
    }
}
