//! 享受记录: what an organisation has been granted in a programme, file by file. The record is written in the commit of the
//! file that is decided, so of two files decided at once the second finds it changed and is decided again on what is left.

use serde::{Deserialize, Serialize};

use crate::ids::{ApplicationId, OrganisationId};
use crate::{Moment, Noun};

/// What an organisation has been granted in a programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entitlement {
    /// The programme.
    pub programme: String,
    /// Who was granted it.
    pub organisation: OrganisationId,
    /// What, in the order of the decisions.
    pub lines: Vec<Entitled>,
}

/// What one file brought under one award.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entitled {
    /// The file.
    pub application: ApplicationId,
    /// Its number.
    pub number: String,
    /// Id of the award.
    pub award: String,
    /// Chinese name of the award.
    pub label: String,
    /// How much was granted, in fen.
    pub fen: i64,
    /// How much of it came back, in fen.
    #[serde(default)]
    pub returned_fen: i64,
    /// Whether any of the file's money went out.
    #[serde(default)]
    pub paid: bool,
    /// When it was decided.
    pub at: Moment,
}

impl Entitled {
    /// What the organisation has of it, in fen.
    pub fn kept_fen(&self) -> i64 {
        self.fen - self.returned_fen
    }
}

/// What happens to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum EntitlementEvent {
    /// A file was decided.
    Granted {
        /// The programme.
        programme: String,
        /// Who was granted it.
        organisation: OrganisationId,
        /// What, award by award.
        lines: Vec<Entitled>,
    },
    /// Money of a file went out.
    PaidOut {
        /// The file.
        application: ApplicationId,
    },
    /// Money of a file came back.
    CameBack {
        /// The file.
        application: ApplicationId,
        /// How much, in fen.
        fen: i64,
    },
    /// A file ended in vain after it was decided.
    Released {
        /// The file.
        application: ApplicationId,
    },
}

impl Entitlement {
    /// The id of the record of an organisation in a programme.
    pub fn id(programme: &str, organisation: &OrganisationId) -> String {
        format!("{programme}/{organisation}")
    }

    /// Whether a file stands in it.
    pub fn holds(&self, application: &ApplicationId) -> bool {
        self.lines.iter().any(|line| line.application == *application)
    }
}

/// What came back comes off the file's lines in their order, never more than each is.
fn take_back(lines: &mut [Entitled], application: &ApplicationId, mut fen: i64) {
    for line in lines.iter_mut().filter(|line| line.application == *application) {
        let part = fen.min(line.kept_fen());
        line.returned_fen += part;
        fen -= part;
    }
}

impl Noun for Entitlement {
    type Event = EntitlementEvent;
    const NOUN: &'static str = "entitlement";

    fn fold(state: Option<Self>, event: &EntitlementEvent) -> Option<Self> {
        use EntitlementEvent as E;
        if let E::Granted { programme, organisation, lines } = event {
            let fresh = || Self { programme: programme.clone(), organisation: organisation.clone(), lines: Vec::new() };
            let mut state = state.unwrap_or_else(fresh);
            state.lines.extend(lines.clone());
            return Some(state);
        }
        let mut state = state?;
        match event {
            E::Granted { .. } => {}
            E::PaidOut { application } => {
                state.lines.iter_mut().filter(|line| line.application == *application).for_each(|line| line.paid = true);
            }
            E::CameBack { application, fen } => take_back(&mut state.lines, application, *fen),
            E::Released { application } => state.lines.retain(|line| line.application != *application),
        }
        Some(state)
    }
}
