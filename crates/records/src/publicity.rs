//! 公示: results shown to the public for a time, and what the public says to them (异议).

use std::collections::BTreeSet;

use policy::limit_due;
use policy::spec::LimitSpec;
use serde::{Deserialize, Serialize};
use standards::calendar::Calendar;
use standards::date::Date;

use crate::access::{Acting, may_oversee};
use crate::ids::{ApplicationId, ObjectionId, PublicityId};
use crate::moment::By;
use crate::{FieldError, Moment, Noun, Refusal};

/// Characters of an objection or a reply.
pub const OBJECTION_MAX_CHARS: usize = 4_000;

/// A publicity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publicity {
    /// Identifier.
    pub id: PublicityId,
    /// The programme.
    pub programme: String,
    /// The version of its pack.
    pub version: String,
    /// The procedure.
    pub procedure: String,
    /// Its heading.
    pub title: String,
    /// First day.
    pub starts_on: Date,
    /// Last day, included.
    pub ends_on: Date,
    /// Where and how to object.
    pub contact: String,
    /// What is shown, in the order of the notice.
    pub items: Vec<PublicityItem>,
    /// The journal's head when it was made; printed on the notice.
    pub head: String,
    /// What the public said.
    pub objections: Vec<Objection>,
    /// The files that have passed.
    pub passed: Vec<ApplicationId>,
}

/// One result shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicityItem {
    /// The file.
    pub application: ApplicationId,
    /// Its number.
    pub number: String,
    /// Who applied.
    pub name: String,
    /// Where it lies, as the notice says it.
    pub place: String,
    /// The same as an id of `standards::division`: whose overseers read what is objected to it.
    #[serde(default)]
    pub division: String,
    /// The level reached, if one was assessed.
    pub level: Option<u8>,
    /// Recognised cost in fen, if money is granted.
    pub recognised_fen: Option<i64>,
    /// The award in fen, if money is granted.
    pub award_fen: Option<i64>,
}

/// An objection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objection {
    /// Identifier; the objector asks for the outcome by it.
    pub id: ObjectionId,
    /// What it is about.
    pub application: ApplicationId,
    /// Who objects.
    pub name: String,
    /// How to reach the person.
    pub contact: String,
    /// What is said.
    pub text: String,
    /// When.
    pub at: Moment,
    /// What became of it.
    pub outcome: Option<ObjectionOutcome>,
}

/// What became of an objection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectionOutcome {
    /// It was right.
    pub upheld: bool,
    /// What was found.
    pub reply: String,
    /// When.
    pub at: Moment,
    /// Who settled it.
    pub by: By,
}

/// What an objector writes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Objecting {
    /// The file it is about.
    pub application: String,
    /// Who objects.
    pub name: String,
    /// How to reach the person.
    pub contact: String,
    /// What is said.
    pub text: String,
}

/// What happens to a publicity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum PublicityEvent {
    /// It was put up.
    Opened {
        /// As it stands from now on.
        publicity: Box<Publicity>,
    },
    /// Somebody objected.
    Objected {
        /// The objection, without outcome.
        objection: Objection,
    },
    /// An objection was settled.
    Settled {
        /// Which.
        objection: ObjectionId,
        /// How.
        outcome: ObjectionOutcome,
    },
    /// Files passed: the time was over and no objection to them was open.
    Passed {
        /// Which.
        applications: Vec<ApplicationId>,
    },
}

impl Publicity {
    /// Puts results up; `publicity` has no objections yet.
    ///
    /// # Errors
    /// It shows nothing, has no heading or contact, or its days make no time, or less than the policy's `limit`.
    pub fn open(publicity: Publicity, limit: Option<&LimitSpec>, calendar: &Calendar, today: Date) -> Result<Vec<PublicityEvent>, Refusal> {
        let wrong = [
            (publicity.items.is_empty(), "items", "请选择需要公示的申报件。"),
            (publicity.title.trim().is_empty(), "title", "请填写公示标题。"),
            (publicity.contact.trim().is_empty(), "contact", "请填写受理异议的单位、电话。"),
            (publicity.starts_on < today, "starts_on", "公示开始日期不能早于今天。"),
            (publicity.ends_on < publicity.starts_on, "ends_on", "公示截止日期不能早于开始日期。"),
        ];
        let errors: Vec<FieldError> =
            wrong.into_iter().filter(|(is, ..)| *is).map(|(_, path, message)| FieldError::new(path, message)).collect();
        if !errors.is_empty() {
            return Err(Refusal::fields(errors));
        }
        publicity.lasts(limit, calendar)?;
        Ok(vec![PublicityEvent::Opened { publicity: Box::new(publicity) }])
    }

    /// Fails for one that ends before the days the policy sets are over.
    fn lasts(&self, limit: Option<&LimitSpec>, calendar: &Calendar) -> Result<(), Refusal> {
        let Some(limit) = limit else { return Ok(()) };
        let wrong =
            |message: String| Refusal { clause: Some(limit.clause.joined()), ..Refusal::fields(vec![FieldError::new("ends_on", message)]) };
        let earliest = limit_due(limit, self.starts_on, calendar).map_err(|error| wrong(format!("{error}。")))?;
        if self.ends_on < earliest {
            return Err(wrong(format!("公示天数不够，截止日期不能早于{}。", earliest.chinese())));
        }
        Ok(())
    }

    /// Whether it is shown as running that day.
    pub fn runs(&self, day: Date) -> bool {
        self.starts_on <= day && day <= self.ends_on
    }

    /// Takes an objection.
    ///
    /// # Errors
    /// The publicity does not run, the file is not in it, or something is not said.
    pub fn object(&self, id: ObjectionId, objecting: Objecting, now: Moment) -> Result<Vec<PublicityEvent>, Refusal> {
        if !self.runs(now.day()) {
            return Err(Refusal::new(format!("异议应在公示期内提出，公示期为{}至{}。", self.starts_on.chinese(), self.ends_on.chinese())));
        }
        let long = objecting.text.chars().count() > OBJECTION_MAX_CHARS;
        let wrong = [
            (self.item(&objecting.application).is_none(), "application", "请选择异议所针对的单位。"),
            (objecting.name.trim().is_empty(), "name", "请填写姓名或者单位名称。"),
            (objecting.contact.trim().is_empty(), "contact", "请填写联系方式，以便核实和答复。"),
            (objecting.text.trim().is_empty(), "text", "请写明异议的事实和理由。"),
            (long, "text", "异议内容过长，请控制在4000字以内。"),
        ];
        let errors: Vec<FieldError> =
            wrong.into_iter().filter(|(is, ..)| *is).map(|(_, path, message)| FieldError::new(path, message)).collect();
        if !errors.is_empty() {
            return Err(Refusal::fields(errors));
        }
        let Objecting { application, name, contact, text } = objecting;
        let objection = Objection { id, application: application.into(), name, contact, text, at: now, outcome: None };
        Ok(vec![PublicityEvent::Objected { objection }])
    }

    /// Settles an objection.
    ///
    /// # Errors
    /// There is none open of that id, or no reply is written.
    pub fn settle(&self, objection: &ObjectionId, upheld: bool, reply: &str, now: Moment, by: &By) -> Result<Vec<PublicityEvent>, Refusal> {
        let open = self.objections.iter().any(|one| one.id == *objection && one.outcome.is_none());
        if !open {
            return Err(Refusal::new("该异议不存在或者已办结。"));
        }
        if reply.trim().is_empty() {
            return Err(Refusal::fields(vec![FieldError::new("reply", "请写明核实情况和处理结论。")]));
        }
        let outcome = ObjectionOutcome { upheld, reply: reply.trim().into(), at: now, by: by.clone() };
        Ok(vec![PublicityEvent::Settled { objection: objection.clone(), outcome }])
    }

    /// The files whose time is over: no objection to them was upheld and, where an objection `holds`, none is open; and
    /// they have not passed yet.
    pub fn passing(&self, today: Date, holds: bool) -> Vec<ApplicationId> {
        if today <= self.ends_on {
            return Vec::new();
        }
        let open = |id: &ApplicationId| holds && self.open_objections(id) > 0;
        let held = |id: &ApplicationId| open(id) || self.is_upheld(id);
        let files = self.items.iter().map(|item| &item.application);
        files.filter(|id| !held(id) && !self.passed.contains(id)).cloned().collect()
    }

    /// Objections to a file that are still open.
    pub fn open_objections(&self, application: &ApplicationId) -> usize {
        self.objections.iter().filter(|one| one.application == *application && one.outcome.is_none()).count()
    }

    /// Whether an objection to a file was right.
    pub fn is_upheld(&self, application: &ApplicationId) -> bool {
        let upheld = |one: &Objection| one.outcome.as_ref().is_some_and(|outcome| outcome.upheld);
        self.objections.iter().any(|one| one.application == *application && upheld(one))
    }

    /// Whether nothing more comes of it: every file has passed or was refused after an objection.
    pub fn is_finished(&self) -> bool {
        self.items.iter().all(|item| self.passed.contains(&item.application) || self.is_upheld(&item.application))
    }

    /// The publicity with no more of what was objected than somebody may read: what concerns the files of their place. None for somebody in
    /// whose place none of its files lies.
    pub fn overseen(mut self, acting: &Acting) -> Option<Self> {
        let own: BTreeSet<ApplicationId> =
            self.items.iter().filter(|item| acting.covers(&item.division)).map(|item| item.application.clone()).collect();
        self.objections.retain(|one| own.contains(&one.application));
        (may_oversee(acting) && !own.is_empty()).then_some(self)
    }

    /// Objections that nobody has settled.
    pub fn open_in_all(&self) -> usize {
        self.objections.iter().filter(|one| one.outcome.is_none()).count()
    }

    fn item(&self, application: &str) -> Option<&PublicityItem> {
        self.items.iter().find(|item| item.application.as_str() == application)
    }
}

impl Noun for Publicity {
    type Event = PublicityEvent;
    const NOUN: &'static str = "publicity";

    fn fold(state: Option<Self>, event: &PublicityEvent) -> Option<Self> {
        use PublicityEvent as E;
        let Some(mut publicity) = state else {
            return if let E::Opened { publicity } = event { Some((**publicity).clone()) } else { None };
        };
        match event.clone() {
            E::Opened { .. } => {}
            E::Objected { objection } => publicity.objections.push(objection),
            E::Settled { objection, outcome } => {
                let known = publicity.objections.iter_mut().find(|one| one.id == objection);
                known.into_iter().for_each(|one| one.outcome = Some(outcome.clone()));
            }
            E::Passed { applications } => publicity.passed.extend(applications),
        }
        Some(publicity)
    }
}
