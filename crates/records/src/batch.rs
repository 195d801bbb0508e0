//! 批次: a call to apply, as a notice opens it.

use serde::{Deserialize, Serialize};
use standards::date::Date;
use standards::division::is_within;

use crate::ids::BatchId;
use crate::{FieldError, Noun, Refusal};

/// A call to apply under one procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    /// Identifier.
    pub id: BatchId,
    /// The programme.
    pub programme: String,
    /// The version of its pack; files of the batch stay under it.
    pub version: String,
    /// The procedure.
    pub procedure: String,
    /// What it is called: 第一批.
    pub label: String,
    /// Counted within the procedure, from 1.
    pub number: u32,
    /// What the notice says.
    pub notice: String,
    /// First day to apply.
    pub opens_on: Date,
    /// Last day to apply, included.
    pub deadline_on: Date,
    /// The place of the bureau that called, an id of `standards::division`.
    pub place: String,
    /// The day it was closed early, and why.
    pub closed: Option<(Date, String)>,
}

/// What a call is to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// The programme.
    pub programme: String,
    /// The version of its pack.
    pub version: String,
    /// The procedure.
    pub procedure: String,
    /// What it is called.
    pub label: String,
    /// Counted within the procedure, from 1.
    pub number: u32,
    /// What the notice says.
    pub notice: String,
    /// First day to apply.
    pub opens_on: Date,
    /// Last day to apply, included.
    pub deadline_on: Date,
    /// The place of the bureau that calls.
    pub place: String,
}

/// What happens to a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum BatchEvent {
    /// The notice was given.
    Opened {
        /// As it stands from now on.
        batch: Box<Batch>,
    },
    /// The last day was moved back; never forward, since people plan by it.
    Extended {
        /// New last day.
        deadline_on: Date,
        /// Why.
        reason: String,
    },
    /// It takes no more applications.
    Closed {
        /// That day.
        on: Date,
        /// Why.
        reason: String,
    },
}

impl Batch {
    /// Opens a call.
    ///
    /// # Errors
    /// A field is empty, or the last day lies before the first or in the past.
    pub fn open(id: BatchId, opening: Opening, today: Date) -> Result<Vec<BatchEvent>, Refusal> {
        let errors = opening.errors(today);
        if !errors.is_empty() {
            return Err(Refusal::fields(errors));
        }
        let Opening { programme, version, procedure, label, number, notice, opens_on, deadline_on, place } = opening;
        let batch = Box::new(Self { id, programme, version, procedure, label, number, notice, opens_on, deadline_on, place, closed: None });
        Ok(vec![BatchEvent::Opened { batch }])
    }

    /// Moves the last day back.
    ///
    /// # Errors
    /// The call was closed, it would come earlier, or no reason is given.
    pub fn extend(&self, deadline_on: Date, reason: &str) -> Result<Vec<BatchEvent>, Refusal> {
        if self.closed.is_some() {
            return Err(Refusal::new("该批次已结束，不能延期。"));
        }
        if deadline_on <= self.deadline_on {
            return Err(Refusal::fields(vec![FieldError::new("deadline_on", "截止日期只能延后，不能提前。")]));
        }
        let reason = reasoned(reason)?;
        Ok(vec![BatchEvent::Extended { deadline_on, reason }])
    }

    /// Ends it early.
    ///
    /// # Errors
    /// It has ended, or no reason is given.
    pub fn close(&self, today: Date, reason: &str) -> Result<Vec<BatchEvent>, Refusal> {
        if self.closed.is_some() {
            return Err(Refusal::new("该批次已结束。"));
        }
        let reason = reasoned(reason)?;
        Ok(vec![BatchEvent::Closed { on: today, reason }])
    }

    /// The place whose bureaus work on an applicant's file: its own, or for one from elsewhere that of the call.
    pub fn place_of(&self, applicant: &str) -> String {
        if is_within(applicant, &self.place) { applicant.to_owned() } else { self.place.clone() }
    }

    /// Whether one may apply that day, and if not why.
    ///
    /// # Errors
    /// The batch has not begun, is past its deadline, or was closed.
    pub fn accepts(&self, today: Date) -> Result<(), Refusal> {
        match &self.closed {
            Some((on, _)) => Err(Refusal::new(format!("“{}”已于{}结束，请等候下一批通知。", self.label, on.chinese()))),
            None if today < self.opens_on => {
                Err(Refusal::new(format!("“{}”自{}起受理，届时再提交。", self.label, self.opens_on.chinese())))
            }
            None if today > self.deadline_on => {
                Err(Refusal::new(format!("“{}”已于{}截止，请等候下一批通知。", self.label, self.deadline_on.chinese())))
            }
            None => Ok(()),
        }
    }
}

fn reasoned(reason: &str) -> Result<String, Refusal> {
    match reason.trim() {
        "" => Err(Refusal::fields(vec![FieldError::new("reason", "请写明理由。")])),
        reason => Ok(reason.to_owned()),
    }
}

impl Opening {
    fn errors(&self, today: Date) -> Vec<FieldError> {
        let wrong = [
            (self.deadline_on < self.opens_on, "deadline_on", "截止日期不能早于开始日期。"),
            (self.deadline_on < today, "deadline_on", "截止日期已过，请填写今天或以后的日期。"),
        ];
        let wrong = wrong.into_iter().filter(|(is, ..)| *is).map(|(_, path, message)| FieldError::new(path, message));
        unsaid(&self.label, &self.notice).into_iter().chain(wrong).collect()
    }
}

/// What a notice leaves empty.
pub fn unsaid(label: &str, notice: &str) -> Vec<FieldError> {
    let wrong = [(label, "label", "请填写批次名称，如“第一批”。"), (notice, "notice", "请填写通知内容：申报要求和提交方式。")];
    wrong.into_iter().filter(|(text, ..)| text.trim().is_empty()).map(|(_, path, message)| FieldError::new(path, message)).collect()
}

impl Noun for Batch {
    type Event = BatchEvent;
    const NOUN: &'static str = "batch";

    fn fold(state: Option<Self>, event: &BatchEvent) -> Option<Self> {
        Some(match (state, event.clone()) {
            (None, BatchEvent::Opened { batch }) => *batch,
            (Some(state), BatchEvent::Opened { .. }) => state,
            (state, BatchEvent::Extended { deadline_on, .. }) => Self { deadline_on, ..state? },
            (state, BatchEvent::Closed { on, reason }) => Self { closed: Some((on, reason)), ..state? },
        })
    }
}
