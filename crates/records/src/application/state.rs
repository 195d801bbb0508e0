//! What a file looks like.

use std::collections::BTreeMap;

use policy::pack::Pack;
use policy::receipt::Receipt;
use policy::spec::StageSpec;
use serde::{Deserialize, Serialize};
use standards::date::Date;

use super::{ApplicationEvent, Judgement, Lowered, PaperInvoice, Participant, Point, Reviewer, Score, Settled};
use crate::answers::Answers;
use crate::ids::{AccountId, AllotmentId, ApplicationId, BatchId, OrganisationId, PaperId, PublicityId};
use crate::moment::By;
use crate::{Moment, Noun};

/// A file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Application {
    /// Identifier.
    pub id: ApplicationId,
    /// The programme.
    pub programme: String,
    /// The version of its pack; the file finishes under it.
    pub version: String,
    /// The procedure.
    pub procedure: String,
    /// The batch it was started in.
    pub batch: BatchId,
    /// Who applies.
    pub applicant: OrganisationId,
    /// The place whose bureaus work on it, an id of `standards::division`.
    pub place: String,
    /// The provider it names.
    pub provider: Option<OrganisationId>,
    /// 受理编号, given when it is first submitted.
    pub number: Option<String>,
    /// When it was begun.
    pub started_at: Moment,
    /// When it was first submitted.
    pub submitted_at: Option<Moment>,
    /// What the applicant (and the provider) stated.
    pub filed: Answers,
    /// Papers by slot.
    pub papers: BTreeMap<String, Vec<PaperId>>,
    /// The invoices that were read of the papers when they were handed in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub invoices: Vec<PaperInvoice>,
    /// The members of a consortium, in the order of the lead's form.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub participants: Vec<Participant>,
    /// What officials stated, by stage.
    pub stated: BTreeMap<String, Answers>,
    /// Judgements by condition.
    pub judgements: BTreeMap<String, Judgement>,
    /// Facts settled by an assessment, by path.
    pub settled: BTreeMap<String, Settled>,
    /// Values set lower by an auditor, by value.
    pub lowered: BTreeMap<String, Lowered>,
    /// The stages that have opened.
    pub stages: BTreeMap<String, StageState>,
    /// Stages that returned the file and open again once it is corrected: who was assigned and who declared what stays.
    #[serde(default)]
    pub set_aside: BTreeMap<String, StageState>,
    /// Where it stands.
    pub phase: Phase,
    /// How often it has been returned for correction.
    pub rounds: u32,
    /// What was decided.
    pub decision: Option<Decision>,
    /// The publicity it stood in.
    pub publicity: Option<PublicityId>,
    /// Its publicity has ended without an open objection.
    pub has_passed: bool,
    /// What became of the money.
    pub money: Money,
    /// The places it holds, by quota.
    #[serde(default)]
    pub places: BTreeMap<String, AllotmentId>,
}

/// Where a file stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "phase", rename_all = "snake_case")]
pub enum Phase {
    /// The applicant is still preparing it.
    Preparing,
    /// Somebody else works on it.
    UnderWay,
    /// It was returned for correction.
    Correcting(Correction),
    /// It ended well.
    Concluded {
        /// When.
        at: Moment,
    },
    /// It was refused.
    Refused {
        /// In which stage.
        stage: String,
        /// Why, with the clauses.
        findings: Vec<super::Finding>,
        /// When.
        at: Moment,
    },
    /// The applicant gave it up, or a correction deadline passed.
    Withdrawn {
        /// Why.
        reason: String,
        /// The clauses, where a time limit ended it.
        clause: Option<String>,
        /// When.
        at: Moment,
    },
}

/// A return for correction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The stage that returned it.
    pub stage: String,
    /// The stage in which it is corrected.
    pub fill: String,
    /// What is to be corrected.
    pub points: Vec<Point>,
    /// The last day, included.
    pub due_on: Date,
    /// The clause of the time limit.
    pub clause: String,
    /// How often it has been returned, this time included.
    pub round: u32,
}

/// One stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageState {
    /// When it opened, last.
    pub opened_at: Moment,
    /// The last day, where the pack sets a limit.
    pub due_on: Option<Date>,
    /// Where it stands.
    pub progress: Progress,
    /// The organisation that was assigned to it.
    pub assigned: Option<OrganisationId>,
    /// Declarations of interest, by account; those of earlier assignees stay.
    #[serde(default)]
    pub declarations: Vec<Declaration>,
    /// The experts who were asked to score it, in that order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reviewers: Vec<Reviewer>,
    /// What their scores came to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<Score>,
}

/// How far a stage is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "progress", rename_all = "snake_case")]
pub enum Progress {
    /// Nobody has finished anything.
    Open,
    /// A form is complete and waits for its certifier.
    Prepared {
        /// Who filled it in.
        by: AccountId,
        /// When.
        at: Moment,
    },
    /// It is done.
    Done {
        /// When.
        at: Moment,
        /// Who finished it.
        by: By,
        /// What was written to it; empty if nothing.
        note: String,
        /// It was skipped as not needed.
        #[serde(default)]
        skipped: bool,
    },
}

/// Whether somebody has an interest in the file (利益冲突声明).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declaration {
    /// Who declares.
    pub account: AccountId,
    /// For which organisation.
    pub organisation: OrganisationId,
    /// Whether there is a conflict.
    pub conflict: bool,
    /// What it is.
    pub note: String,
    /// When.
    pub at: Moment,
}

/// What was decided, frozen: it can be made again from the file and the pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Digests of pack, text, facts, and what came out.
    pub receipt: Receipt,
    /// What was frozen to make it again.
    pub inputs: Answers,
    /// When.
    pub at: Moment,
    /// Who decided.
    pub by: By,
}

/// What became of the money of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// It stands on this payment list and nothing has come of it yet.
    pub listed: Option<crate::ids::PaymentListId>,
    /// Paid so far, in fen.
    pub paid_fen: i64,
    /// To be paid back, in fen.
    pub claimed_back_fen: i64,
    /// Paid back so far, in fen.
    pub returned_fen: i64,
    /// Why it is claimed back.
    pub claim: Option<String>,
}

impl StageState {
    /// Whether something is still to do.
    pub fn is_open(&self) -> bool {
        !matches!(self.progress, Progress::Done { .. })
    }
}

impl Application {
    /// Whether nothing more will happen but payments and clawbacks.
    pub fn has_ended(&self) -> bool {
        matches!(self.phase, Phase::Concluded { .. } | Phase::Refused { .. } | Phase::Withdrawn { .. })
    }

    /// The open stages.
    pub fn open_stages(&self) -> impl Iterator<Item = (&str, &StageState)> {
        let ended = self.has_ended();
        self.stages.iter().filter(move |(_, state)| !ended && state.is_open()).map(|(id, state)| (id.as_str(), state))
    }

    /// Every stage that has opened, those that wait for a correction included.
    pub fn begun_stages(&self) -> impl Iterator<Item = &StageState> {
        self.stages.values().chain(self.set_aside.values())
    }

    /// The same as its pack has them.
    pub fn begun_of<'p>(&self, pack: &'p Pack) -> impl Iterator<Item = &'p StageSpec> {
        self.stages.keys().chain(self.set_aside.keys()).filter_map(|id| pack.stage(id))
    }

    /// The award that was decided, in fen.
    pub fn award_fen(&self) -> Option<i64> {
        self.decision.as_ref().and_then(|decision| decision.receipt.award_fen)
    }
}

impl Noun for Application {
    type Event = ApplicationEvent;
    const NOUN: &'static str = "application";

    fn fold(state: Option<Self>, event: &ApplicationEvent) -> Option<Self> {
        super::event::fold(state, event)
    }
}
