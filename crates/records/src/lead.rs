//! 牵头: a role of which an organisation has one live file in a batch. The record is written in the commit of the file that
//! takes the role, so of two files handed in at once one finds it changed.

use serde::{Deserialize, Serialize};

use crate::Noun;
use crate::ids::{ApplicationId, BatchId, OrganisationId};

/// Who leads what in a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lead {
    /// The batch.
    pub batch: BatchId,
    /// Who leads.
    pub organisation: OrganisationId,
    /// The file; none after it gave the role up.
    pub application: Option<ApplicationId>,
}

/// What happens to a lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum LeadEvent {
    /// A file took the role.
    Taken {
        /// The batch.
        batch: BatchId,
        /// Who leads.
        organisation: OrganisationId,
        /// The file.
        application: ApplicationId,
    },
    /// The file was changed so that it has the role no longer.
    Released,
}

impl Lead {
    /// The id of the record of an organisation in a batch.
    pub fn id(batch: &BatchId, organisation: &OrganisationId) -> String {
        format!("{batch}/{organisation}")
    }
}

impl Noun for Lead {
    type Event = LeadEvent;
    const NOUN: &'static str = "lead";

    fn fold(state: Option<Self>, event: &LeadEvent) -> Option<Self> {
        match event.clone() {
            LeadEvent::Taken { batch, organisation, application } => Some(Self { batch, organisation, application: Some(application) }),
            LeadEvent::Released => state.map(|lead| Self { application: None, ..lead }),
        }
    }
}
