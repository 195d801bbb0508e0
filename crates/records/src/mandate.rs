//! 授权代办: an enterprise lets a provider's clerks fill in its papers, for named procedures and a time. A mandate never
//! lets anybody sign.

use serde::{Deserialize, Serialize};
use standards::date::Date;

use crate::ids::{MandateId, OrganisationId};
use crate::{FieldError, Noun, Refusal};

/// How long a mandate may last.
pub const MANDATE_MAX_DAYS: i32 = 366;

/// What an enterprise lets a provider do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mandate {
    /// Identifier.
    pub id: MandateId,
    /// Who grants it.
    pub enterprise: OrganisationId,
    /// Who may act.
    pub provider: OrganisationId,
    /// Under which programme.
    pub programme: String,
    /// In which procedures.
    pub procedures: Vec<String>,
    /// First day.
    pub from_on: Date,
    /// Last day, included.
    pub until_on: Date,
    /// The day it was withdrawn.
    pub withdrawn_on: Option<Date>,
}

/// What a mandate is to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Granting {
    /// Who grants it.
    pub enterprise: OrganisationId,
    /// Who may act.
    pub provider: OrganisationId,
    /// Under which programme.
    pub programme: String,
    /// In which procedures.
    pub procedures: Vec<String>,
    /// First day.
    pub from_on: Date,
    /// Last day, included.
    pub until_on: Date,
}

/// What happens to a mandate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum MandateEvent {
    /// It was granted.
    Granted {
        /// Identifier.
        id: MandateId,
        /// Who grants it.
        enterprise: OrganisationId,
        /// Who may act.
        provider: OrganisationId,
        /// Under which programme.
        programme: String,
        /// In which procedures.
        procedures: Vec<String>,
        /// First day.
        from_on: Date,
        /// Last day, included.
        until_on: Date,
    },
    /// It was withdrawn.
    Withdrawn {
        /// That day.
        on: Date,
    },
}

impl Mandate {
    /// Grants a mandate.
    ///
    /// # Errors
    /// No procedure is named, or the days make no time of at most [`MANDATE_MAX_DAYS`].
    pub fn grant(id: MandateId, granting: Granting, today: Date) -> Result<Vec<MandateEvent>, Refusal> {
        let errors = granting.errors(today);
        if !errors.is_empty() {
            return Err(Refusal::fields(errors));
        }
        let Granting { enterprise, provider, programme, procedures, from_on, until_on } = granting;
        Ok(vec![MandateEvent::Granted { id, enterprise, provider, programme, procedures, from_on, until_on }])
    }

    /// Withdraws it from this day on.
    ///
    /// # Errors
    /// It was withdrawn before.
    pub fn withdraw(&self, today: Date) -> Result<Vec<MandateEvent>, Refusal> {
        match self.withdrawn_on {
            Some(_) => Err(Refusal::new("该授权已撤回。")),
            None => Ok(vec![MandateEvent::Withdrawn { on: today }]),
        }
    }

    /// Whether it lets the provider work on a procedure that day.
    pub fn covers(&self, programme: &str, procedure: &str, day: Date) -> bool {
        let named = self.programme == programme && self.procedures.iter().any(|known| known == procedure);
        named && self.holds(day)
    }

    /// Whether it is in force that day.
    pub fn holds(&self, day: Date) -> bool {
        self.withdrawn_on.is_none() && self.from_on <= day && day <= self.until_on
    }
}

impl Granting {
    fn errors(&self, today: Date) -> Vec<FieldError> {
        let wrong = [
            (self.procedures.is_empty(), "procedures", "请选择授权代办的事项。"),
            (self.until_on < self.from_on, "until_on", "授权的截止日期不能早于开始日期。"),
            (self.until_on < today, "until_on", "授权的截止日期已过，请填写今天或以后的日期。"),
            (
                self.until_on.days() - self.from_on.days() > MANDATE_MAX_DAYS,
                "until_on",
                "一次授权最长一年，请缩短期限，到期后可以再次授权。",
            ),
        ];
        wrong.into_iter().filter(|(is, ..)| *is).map(|(_, path, message)| FieldError::new(path, message)).collect()
    }
}

impl Noun for Mandate {
    type Event = MandateEvent;
    const NOUN: &'static str = "mandate";

    fn fold(state: Option<Self>, event: &MandateEvent) -> Option<Self> {
        use MandateEvent as E;
        Some(match (state, event.clone()) {
            (Some(state), E::Granted { .. }) => state,
            (None, E::Granted { id, enterprise, provider, programme, procedures, from_on, until_on }) => {
                Self { id, enterprise, provider, programme, procedures, from_on, until_on, withdrawn_on: None }
            }
            (state, E::Withdrawn { on }) => Self { withdrawn_on: Some(on), ..state? },
        })
    }
}
