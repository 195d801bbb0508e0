//! What happens to a file.

use std::collections::BTreeMap;

use policy::receipt::Receipt;
use serde::{Deserialize, Serialize};
use standards::date::Date;

use super::{
    Application, Correction, Decision, Declaration, Finding, Joining, Judgement, Lowered, Member, Money, Official, PaperInvoice, Phase,
    Progress, Reviewer, Score, ScoredSheet, Settled, StageState,
};
use crate::Moment;
use crate::answers::Answers;
use crate::ids::{AllotmentId, ApplicationId, BatchId, OrganisationId, PaperId, PaymentListId, PublicityId};
use crate::moment::By;

/// What happens to a file. Each carries when and by whom, so that the file's own history needs nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[allow(missing_docs, reason = "the fields are those of the state")]
pub enum ApplicationEvent {
    /// It was begun.
    Started {
        id: ApplicationId,
        programme: String,
        version: String,
        procedure: String,
        batch: BatchId,
        applicant: OrganisationId,
        place: String,
        at: Moment,
        by: By,
    },
    /// A stage opened.
    StageOpened { stage: String, due_on: Option<Date>, at: Moment },
    /// A form was filled in and waits for its certifier.
    Prepared {
        stage: String,
        answers: Answers,
        papers: BTreeMap<String, Vec<PaperId>>,
        provider: Option<OrganisationId>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        invoices: Vec<PaperInvoice>,
        at: Moment,
        by: By,
    },
    /// The certifier gave it back to the person who filled it in.
    GivenBack { stage: String, note: String, at: Moment, by: By },
    /// The certifier signed.
    Signed { stage: String, number: Option<String>, at: Moment, by: By },
    /// These members are named now, each with its row; those named no longer are members no longer.
    Invited { members: Vec<(String, Member)>, at: Moment, by: By },
    /// A member's page was filled in and waits for its certifier.
    JoinPrepared { stage: String, answers: Answers, at: Moment, by: By },
    /// A member joined.
    Joined { stage: String, at: Moment, by: By },
    /// A member declined.
    JoinDeclined { stage: String, reason: String, at: Moment, by: By },
    /// The lead removed a member; `kind` is that of its row.
    MemberRemoved { stage: String, organisation: OrganisationId, kind: String, at: Moment, by: By },
    /// The lead named `member` in the row of one that did not join; `kind` and `name` are the row's and its field's.
    MemberReplaced { stage: String, organisation: OrganisationId, member: Member, kind: String, name: String, at: Moment, by: By },
    /// An organisation was assigned to a stage.
    Assigned { stage: String, organisation: OrganisationId, at: Moment, by: By },
    /// Somebody declared an interest or that there is none; with one, the assignment ends.
    Declared { stage: String, declaration: Declaration, by: By },
    /// A stage approved.
    Approved { stage: String, official: Official, at: Moment, by: By },
    /// A stage was skipped as not needed.
    Skipped { stage: String, note: String, at: Moment, by: By },
    /// It was returned for correction.
    Returned { correction: Correction, at: Moment, by: By },
    /// It was refused.
    Refused { stage: String, findings: Vec<Finding>, judgements: BTreeMap<String, Judgement>, at: Moment, by: By },
    /// An assessment was made.
    Assessed { stage: String, official: Official, fact: Option<String>, settled: Settled, at: Moment, by: By },
    /// The cost was audited.
    Audited { stage: String, official: Official, lowered: BTreeMap<String, Lowered>, recognised_fen: Option<i64>, at: Moment, by: By },
    /// Experts were asked to score it; `lots` are those of the draw they came from, `seed` is all that was kept of it before.
    ReviewersAssigned {
        stage: String,
        experts: Vec<OrganisationId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        seed: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lots: Option<super::Lots>,
        at: Moment,
        by: By,
    },
    /// An expert handed in a sheet.
    Reviewed { stage: String, expert: OrganisationId, answers: Answers, total_hundredths: i64, at: Moment, by: By },
    /// The experts' scores agree on one.
    ReviewSettled { stage: String, score: Score, at: Moment, by: By },
    /// They lie too far apart, and a bureau settled one with a reason.
    Moderated { stage: String, score: Score, at: Moment, by: By },
    /// The award was decided and its inputs frozen.
    Decided { receipt: Receipt, inputs: Answers, at: Moment, by: By },
    /// It stands in a publicity.
    Publicised { stage: String, publicity: PublicityId, at: Moment, by: By },
    /// Its publicity ended without an open objection.
    Passed { stage: String, at: Moment, by: By },
    /// It stands on a payment list.
    Listed { list: PaymentListId, at: Moment, by: By },
    /// It came off a payment list unpaid.
    Unlisted { reason: String, at: Moment, by: By },
    /// It was paid.
    Paid { stage: String, fen: i64, at: Moment, by: By },
    /// Money is claimed back.
    ClaimedBack { fen: i64, reason: String, clause: Option<String>, at: Moment, by: By },
    /// Money came back.
    Repaid { fen: i64, note: String, at: Moment, by: By },
    /// The places it holds under quotas are these from now on.
    PlacesHeld { places: BTreeMap<String, AllotmentId>, at: Moment },
    /// It ended well.
    Concluded { at: Moment },
    /// It ended without a result: given up, or a correction deadline passed.
    Withdrawn { reason: String, clause: Option<String>, at: Moment, by: By },
}

impl ApplicationEvent {
    /// When it happened.
    pub fn at(&self) -> Moment {
        use ApplicationEvent as E;
        match self {
            E::Declared { declaration, .. } => declaration.at,
            E::Started { at, .. } | E::StageOpened { at, .. } | E::Prepared { at, .. } | E::GivenBack { at, .. } | E::Signed { at, .. } => {
                *at
            }
            E::Assigned { at, .. } | E::Approved { at, .. } | E::Skipped { at, .. } | E::Returned { at, .. } | E::Refused { at, .. } => *at,
            E::Assessed { at, .. } | E::Audited { at, .. } | E::Decided { at, .. } | E::Publicised { at, .. } | E::Passed { at, .. } => *at,
            E::Listed { at, .. } | E::Unlisted { at, .. } | E::Paid { at, .. } | E::ClaimedBack { at, .. } | E::Repaid { at, .. } => *at,
            E::ReviewersAssigned { at, .. } | E::Reviewed { at, .. } | E::ReviewSettled { at, .. } | E::Moderated { at, .. } => *at,
            E::Concluded { at } | E::Withdrawn { at, .. } | E::PlacesHeld { at, .. } => *at,
            E::Invited { at, .. } | E::JoinPrepared { at, .. } | E::Joined { at, .. } => *at,
            E::JoinDeclined { at, .. } | E::MemberRemoved { at, .. } | E::MemberReplaced { at, .. } => *at,
        }
    }
}

pub(super) fn fold(state: Option<Application>, event: &ApplicationEvent) -> Option<Application> {
    use ApplicationEvent as E;
    let Some(mut file) = state else { return started(event.clone()) };
    match event.clone() {
        E::Started { .. } => {}
        E::StageOpened { stage, due_on, at } => file.opened(stage, due_on, at),
        E::Prepared { stage, answers, papers, provider, invoices, at, by } => {
            file.invoices = invoices;
            file.prepared(&stage, answers, papers, provider, at, &by);
        }
        E::GivenBack { stage, .. } => file.progress(&stage, Progress::Open),
        E::Signed { stage, number, at, by } => file.signed(&stage, number, at, by),
        E::Invited { members, .. } => file.invite(members),
        E::JoinPrepared { answers, at, by, .. } => {
            let joining = Joining::Prepared { by: by.account.as_str().into(), at };
            file.said_by(&by.organisation, Some(answers), joining);
        }
        E::Joined { stage, at, by } => {
            file.said_by(&by.organisation, None, Joining::Joined { at });
            file.joined(&stage, at, by);
        }
        E::JoinDeclined { reason, at, by, .. } => file.said_by(&by.organisation, None, Joining::Declined { reason, at }),
        E::MemberRemoved { stage, organisation, kind, at, by } => {
            file.removed(&organisation, &kind);
            file.joined(&stage, at, by);
        }
        E::MemberReplaced { organisation, member, kind, name, .. } => file.replaced(&organisation, member, &kind, &name),
        E::Assigned { stage, organisation, .. } => file.assigned(&stage, Some(organisation)),
        E::Declared { stage, declaration, .. } => file.declared(&stage, declaration),
        E::Approved { stage, official, at, by } => file.done(&stage, official, at, by),
        E::Skipped { stage, note, at, by } => file.progress(&stage, Progress::Done { at, by, note, skipped: true }),
        E::Returned { correction, at, .. } => file.returned(correction, at),
        E::Refused { stage, findings, judgements, at, .. } => {
            file.judgements.extend(judgements);
            file.phase = Phase::Refused { stage, findings, at };
        }
        E::Assessed { stage, official, fact, settled, at, by } => {
            file.settled.insert(fact.unwrap_or_else(|| stage.clone()), settled);
            file.done(&stage, official, at, by);
        }
        E::Audited { stage, official, lowered, at, by, .. } => {
            file.lowered.retain(|_, before| before.stage != stage);
            file.lowered.extend(lowered);
            file.done(&stage, official, at, by);
        }
        E::ReviewersAssigned { stage, experts, at, .. } => file.reviewers(&stage, experts, at),
        E::Reviewed { stage, expert, answers, total_hundredths, at, by } => {
            file.reviewed(&stage, &expert, ScoredSheet { answers, total_hundredths, at, by: by.account.as_str().into() });
        }
        E::ReviewSettled { stage, score, at, by } | E::Moderated { stage, score, at, by } => file.scored(&stage, score, at, by),
        E::Decided { receipt, inputs, at, by } => file.decision = Some(Decision { receipt, inputs, at, by }),
        E::Publicised { publicity, .. } => file.publicity = Some(publicity),
        E::Passed { stage, at, by } => {
            file.has_passed = true;
            file.progress(&stage, Progress::Done { at, by, note: String::new(), skipped: false });
        }
        E::Listed { list, .. } => file.money.listed = Some(list),
        E::Unlisted { .. } => file.money.listed = None,
        E::Paid { stage, fen, at, by } => {
            file.money.listed = None;
            file.money.paid_fen += fen;
            file.progress(&stage, Progress::Done { at, by, note: String::new(), skipped: false });
        }
        E::ClaimedBack { fen, reason, .. } => {
            file.money.claimed_back_fen += fen;
            file.money.claim = Some(reason);
        }
        E::Repaid { fen, .. } => file.money.returned_fen += fen,
        E::PlacesHeld { places, .. } => file.places = places,
        E::Concluded { at } => file.phase = Phase::Concluded { at },
        E::Withdrawn { reason, clause, at, .. } => file.phase = Phase::Withdrawn { reason, clause, at },
    }
    Some(file)
}

fn started(event: ApplicationEvent) -> Option<Application> {
    let ApplicationEvent::Started { id, programme, version, procedure, batch, applicant, place, at, .. } = event else { return None };
    Some(Application {
        id,
        programme,
        version,
        procedure,
        batch,
        applicant,
        place,
        provider: None,
        number: None,
        started_at: at,
        submitted_at: None,
        filed: Answers::default(),
        papers: BTreeMap::new(),
        invoices: Vec::new(),
        participants: Vec::new(),
        stated: BTreeMap::new(),
        judgements: BTreeMap::new(),
        settled: BTreeMap::new(),
        lowered: BTreeMap::new(),
        stages: BTreeMap::new(),
        set_aside: BTreeMap::new(),
        phase: Phase::Preparing,
        rounds: 0,
        decision: None,
        publicity: None,
        has_passed: false,
        money: Money::default(),
        places: BTreeMap::new(),
    })
}

impl Application {
    fn opened(&mut self, stage: String, due_on: Option<Date>, at: Moment) {
        let fresh = StageState {
            opened_at: at,
            due_on,
            progress: Progress::Open,
            assigned: None,
            declarations: Vec::new(),
            reviewers: Vec::new(),
            score: None,
        };
        let before = self.set_aside.remove(&stage).unwrap_or(fresh);
        let state = self.stages.entry(stage).or_insert(before);
        (state.opened_at, state.due_on, state.progress) = (at, due_on, Progress::Open);
    }

    fn progress(&mut self, stage: &str, progress: Progress) {
        if let Some(state) = self.stages.get_mut(stage) {
            state.progress = progress;
        }
    }

    fn prepared(
        &mut self,
        stage: &str,
        answers: Answers,
        papers: BTreeMap<String, Vec<PaperId>>,
        provider: Option<OrganisationId>,
        at: Moment,
        by: &By,
    ) {
        self.filed = answers;
        self.papers = papers;
        self.provider = provider.or(self.provider.take());
        self.progress(stage, Progress::Prepared { by: by.account.as_str().into(), at });
    }

    fn signed(&mut self, stage: &str, number: Option<String>, at: Moment, by: By) {
        self.number = self.number.take().or(number);
        self.submitted_at = self.submitted_at.or(Some(at));
        if !matches!(&self.phase, Phase::Correcting(correction) if correction.fill != stage) {
            self.phase = Phase::UnderWay;
        }
        self.progress(stage, Progress::Done { at, by, note: String::new(), skipped: false });
    }

    /// The stage in which members join is done when nobody is still to join.
    fn joined(&mut self, stage: &str, at: Moment, by: By) {
        if self.all_joined() {
            self.progress(stage, Progress::Done { at, by, note: String::new(), skipped: false });
        }
    }

    fn assigned(&mut self, stage: &str, organisation: Option<OrganisationId>) {
        if let Some(state) = self.stages.get_mut(stage) {
            state.assigned = organisation;
        }
    }

    fn declared(&mut self, stage: &str, declaration: Declaration) {
        if let Some(state) = self.stages.get_mut(stage) {
            if declaration.conflict {
                state.assigned = None;
                state.reviewers.retain(|reviewer| reviewer.expert != declaration.organisation);
            }
            state.declarations.push(declaration);
        }
    }

    fn reviewers(&mut self, stage: &str, experts: Vec<OrganisationId>, asked_at: Moment) {
        if let Some(state) = self.stages.get_mut(stage) {
            state.reviewers.extend(experts.into_iter().map(|expert| Reviewer { expert, asked_at, sheet: None }));
        }
    }

    fn reviewed(&mut self, stage: &str, expert: &OrganisationId, sheet: ScoredSheet) {
        let reviewers = self.stages.get_mut(stage).map(|state| &mut state.reviewers);
        if let Some(reviewer) = reviewers.into_iter().flatten().find(|reviewer| reviewer.expert == *expert) {
            reviewer.sheet = Some(sheet);
        }
    }

    fn scored(&mut self, stage: &str, score: Score, at: Moment, by: By) {
        let note = score.reason.clone().unwrap_or_default();
        if let Some(state) = self.stages.get_mut(stage) {
            state.score = Some(score);
        }
        self.progress(stage, Progress::Done { at, by, note, skipped: false });
    }

    fn done(&mut self, stage: &str, official: Official, at: Moment, by: By) {
        let Official { stated, judgements, papers, note, .. } = official;
        if !stated.is_empty() {
            self.stated.insert(stage.to_owned(), stated);
        }
        self.judgements.extend(judgements);
        self.papers.extend(papers);
        self.progress(stage, Progress::Done { at, by, note, skipped: false });
    }

    fn returned(&mut self, correction: Correction, at: Moment) {
        let (due_on, fill) = (Some(correction.due_on), correction.fill.clone());
        self.rounds = correction.round;
        if let Some(state) = self.stages.remove(&correction.stage) {
            self.set_aside.insert(correction.stage.clone(), state);
        }
        self.phase = Phase::Correcting(correction);
        self.opened(fill, due_on, at);
    }
}
