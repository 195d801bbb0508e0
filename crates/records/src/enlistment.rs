//! 名录登记: a standing that an office entered from a list it keeps, and that nobody applied for on the platform.

use serde::{Deserialize, Serialize};
use standards::date::Date;

use crate::Noun;
use crate::ids::{ImportId, OrganisationId};

/// An organisation on a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enlistment {
    /// The programme.
    pub programme: String,
    /// The procedure whose standing it is.
    pub procedure: String,
    /// Who is on the list.
    pub organisation: OrganisationId,
    /// Since when.
    pub since_on: Date,
    /// The year or batch of the list, as the office calls it; may be empty.
    #[serde(default)]
    pub batch: String,
    /// The notice by which it was listed; may be empty.
    #[serde(default)]
    pub basis: String,
    /// The table it was entered from last.
    pub import: ImportId,
}

impl Enlistment {
    /// What it is filed under: one of each organisation in each list.
    pub fn id(programme: &str, procedure: &str, organisation: &OrganisationId) -> String {
        format!("{programme}/{procedure}/{organisation}")
    }

    /// Whether two say the same of an organisation, whatever tables they came from.
    pub fn says_the_same(&self, other: &Self) -> bool {
        let said = |one: &Self| (one.since_on, one.batch.clone(), one.basis.clone());
        said(self) == said(other)
    }
}

/// What happens to an entry of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum EnlistmentEvent {
    /// It was entered, or entered anew with something corrected.
    Entered {
        /// All that is said.
        entry: Enlistment,
    },
}

impl Noun for Enlistment {
    type Event = EnlistmentEvent;
    const NOUN: &'static str = "enlistment";

    fn fold(_: Option<Self>, event: &EnlistmentEvent) -> Option<Self> {
        let EnlistmentEvent::Entered { entry } = event;
        Some(entry.clone())
    }
}
