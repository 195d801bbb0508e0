//! 名额: the places taken under one key of a quota. Every approval that takes one changes this record in the same
//! transaction, so that of two approvals at once the second is decided on what the first left.
//!
//! Invariant: never more places (or distinct values) than the quota has at the moment of taking.

use std::collections::BTreeSet;

use policy::claim::Claim;
use policy::pack::{Pack, Quota};
use policy::receipt::digest;
use serde::{Deserialize, Serialize};

use crate::ids::{AllotmentId, ApplicationId};
use crate::{Moment, Noun, Refusal};

/// The places of one quota under one key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allotment {
    /// Identifier; it follows from the other three.
    pub id: AllotmentId,
    /// The programme.
    pub programme: String,
    /// The quota.
    pub quota: String,
    /// The facts counted by.
    pub key: Vec<String>,
    /// The same in words.
    pub words: String,
    /// Who holds a place, the first to take one first.
    pub places: Vec<Place>,
}

/// A place that a file holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The file.
    pub application: ApplicationId,
    /// Its 受理编号.
    pub number: String,
    /// Who applies.
    pub holder: String,
    /// Where distinct values are counted: the value and its words.
    pub value: Option<(String, String)>,
    /// Where it stands in the declared order, in words.
    pub order: Vec<String>,
    /// When it was taken.
    pub at: Moment,
}

/// What happens to places.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum AllotmentEvent {
    /// Somebody asked for a place under this key for the first time.
    Opened {
        /// As it stands from now on.
        allotment: Box<Allotment>,
    },
    /// A file took a place.
    Taken {
        /// It.
        place: Place,
    },
    /// A file gave its place back: it was refused or withdrawn, or is counted elsewhere now.
    Released {
        /// The file.
        application: ApplicationId,
    },
}

impl Allotment {
    /// The identifier of a key of a quota.
    pub fn id_of(programme: &str, quota: &str, key: &[String]) -> AllotmentId {
        let parts: Vec<&str> = [programme, quota].into_iter().chain(key.iter().map(String::as_str)).collect();
        digest(&parts.join("\u{1f}"))[..32].into()
    }

    /// Without any place taken.
    pub fn new(programme: &str, quota: &Quota, claim: &Claim) -> Self {
        let (quota, key) = (quota.spec.id.clone(), claim.key.clone());
        let id = Self::id_of(programme, &quota, &key);
        Self { id, programme: programme.to_owned(), quota, key, words: claim.words.clone(), places: Vec::new() }
    }

    /// The place a file holds.
    pub fn place(&self, application: &ApplicationId) -> Option<&Place> {
        self.places.iter().find(|place| place.application == *application)
    }

    /// How many are used: distinct values where those are counted, else places.
    pub fn used(&self) -> usize {
        let values: BTreeSet<&str> = self.places.iter().filter_map(|place| place.value.as_ref()).map(|(value, _)| value.as_str()).collect();
        values.len() + self.places.iter().filter(|place| place.value.is_none()).count()
    }

    /// Whether one more with this value is within the limit.
    pub fn admits(&self, limit: u32, value: Option<&str>) -> bool {
        let same = |place: &Place| matches!((&place.value, value), (Some((known, _)), Some(value)) if known == value);
        self.places.iter().any(same) || self.used() < limit as usize
    }

    /// Takes a place for a file that holds none.
    ///
    /// # Errors
    /// None is left; the refusal names the clause, who holds them, and by which order.
    pub fn take(&self, pack: &Pack, quota: &Quota, place: Place) -> Result<Vec<AllotmentEvent>, Refusal> {
        let limit = quota.spec.at_most.unwrap_or(u32::MAX);
        match self.admits(limit, place.value.as_ref().map(|(value, _)| value.as_str())) {
            true => Ok(vec![AllotmentEvent::Taken { place }]),
            false => Err(Refusal::by(quota.spec.clause.joined(), self.full(pack, quota, limit))),
        }
    }

    /// Gives a file's place back.
    pub fn release(&self, application: &ApplicationId) -> Vec<AllotmentEvent> {
        let held = self.place(application);
        held.map(|place| AllotmentEvent::Released { application: place.application.clone() }).into_iter().collect()
    }

    fn full(&self, pack: &Pack, quota: &Quota, limit: u32) -> String {
        let holders: Vec<String> = self.places.iter().map(Place::said).collect();
        let of = if self.words.is_empty() { String::new() } else { format!("（{}）", self.words) };
        let order = policy::claim::order_words(pack, quota).join("，");
        let order = if order.is_empty() { String::new() } else { format!("排序依据：{order}。") };
        format!(
            "不能通过：超出名额。{}{of}最多{limit}个，已占用{}个：{}。{order}请调整推荐的申报件，或者按所列条款不予通过。",
            quota.spec.label,
            self.used(),
            holders.join("；"),
        )
    }
}

impl Place {
    /// Who holds it, for what, and where it stands in the order.
    pub fn said(&self) -> String {
        let value = self.value.as_ref().map(|(_, words)| words.as_str()).into_iter();
        let parts: Vec<&str> = value.chain(self.order.iter().map(String::as_str)).chain([self.number.as_str()]).collect();
        format!("{}（{}）", self.holder, parts.join("，"))
    }
}

impl Noun for Allotment {
    type Event = AllotmentEvent;
    const NOUN: &'static str = "allotment";

    fn fold(state: Option<Self>, event: &AllotmentEvent) -> Option<Self> {
        Some(match (state, event.clone()) {
            (None, AllotmentEvent::Opened { allotment }) => *allotment,
            (Some(state), AllotmentEvent::Opened { .. }) => state,
            (state, AllotmentEvent::Taken { place }) => {
                let mut state = state?;
                state.places.retain(|known| known.application != place.application);
                state.places.push(place);
                state
            }
            (state, AllotmentEvent::Released { application }) => {
                let mut state = state?;
                state.places.retain(|known| known.application != application);
                state
            }
        })
    }
}
