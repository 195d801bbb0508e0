//! Places under quotas: which a file ought to hold, as its stages and facts stand.

use policy::claim::{Claim, claim};
use policy::evaluate::Evaluation;
use policy::outcome::{Finding, FindingStatus};
use policy::pack::Quota;
use policy::qualify::qualify;
use policy::spec::StageSpec;

use super::{Application, Phase, Progress, Situation, build};
use crate::Refusal;
use crate::allotment::{Allotment, Place};
use crate::ids::AllotmentId;

/// A place that a file ought to hold.
#[derive(Clone, Debug)]
pub struct Claimed<'a> {
    /// The quota.
    pub quota: &'a Quota,
    /// Where it is counted.
    pub allotment: AllotmentId,
    /// By what.
    pub claim: Claim,
    /// The place.
    pub place: Place,
}

impl Application {
    /// The places a file ought to hold: those of every stage that approved it, unless it was refused or given up.
    ///
    /// # Errors
    /// A fact that a quota counts by is not known.
    pub fn claims<'a>(&self, at: &Situation<'a>) -> Result<Vec<Claimed<'a>>, Refusal> {
        if matches!(self.phase, Phase::Refused { .. } | Phase::Withdrawn { .. }) {
            return Ok(Vec::new());
        }
        let stages = at.pack.stages_of(&self.procedure);
        let named = |quota: &&Quota| {
            let held = self.places.contains_key(&quota.spec.id);
            held || stages.iter().any(|stage| self.has_approved(stage) && stage.quotas.iter().any(|id| id.value() == &quota.spec.id))
        };
        let quotas = at.pack.quotas_of(&self.procedure).into_iter().filter(named);
        quotas.filter_map(|quota| self.claimed(quota, at).transpose()).collect()
    }

    /// The place a file would take under a quota, whatever stage it is in; `None` where it takes no part.
    ///
    /// # Errors
    /// A fact that the quota counts by is not known.
    pub fn claimed<'a>(&self, quota: &'a Quota, at: &Situation<'a>) -> Result<Option<Claimed<'a>>, Refusal> {
        let case = build(at.pack, self, at.knowing, at.now);
        let unknown =
            |label: String| Refusal::by(quota.spec.clause.joined(), format!("还不能确定“{}”的名额：请先填写“{label}”。", quota.spec.label));
        let Some(claim) = claim(at.pack, quota, &case.draft.facts()).map_err(unknown)? else { return Ok(None) };
        let place = Place {
            application: self.id.clone(),
            number: self.number.clone().unwrap_or_default(),
            holder: at.knowing.applicant.name.clone(),
            value: claim.value.clone(),
            order: claim.order.clone(),
            at: at.now,
        };
        let allotment = Allotment::id_of(&self.programme, &quota.spec.id, &claim.key);
        Ok(Some(Claimed { quota, allotment, claim, place }))
    }

    fn has_approved(&self, stage: &StageSpec) -> bool {
        matches!(self.stages.get(&stage.id).map(|state| &state.progress), Some(Progress::Done { skipped: false, .. }))
    }

    /// Fails unless every condition that a stage checks is known to hold, with what the stage states and judges in place.
    pub(super) fn holds_checks(&self, spec: &StageSpec, at: &Situation) -> Result<(), Refusal> {
        if spec.checks.is_empty() {
            return Ok(());
        }
        let case = build(at.pack, self, at.knowing, at.now);
        let facts = case.draft.facts();
        let findings = qualify(&Evaluation::new(at.pack, &facts));
        let checked = findings.into_iter().filter(|finding| spec.checks.iter().any(|id| *id.value() == finding.id));
        let open: Vec<_> = checked.filter(|finding| finding.status != FindingStatus::Met).collect();
        if open.is_empty() { Ok(()) } else { Err(unchecked(&open)) }
    }
}

/// What keeps a file from being approved: what is broken; where nothing is, what is not known yet.
fn unchecked(open: &[Finding]) -> Refusal {
    let (broken, unknown): (Vec<&Finding>, Vec<&Finding>) = open.iter().partition(|finding| finding.status == FindingStatus::Failed);
    let more = if broken.is_empty() { 0 } else { unknown.len() };
    let named = if broken.is_empty() { unknown } else { broken };
    let said: Vec<&str> = named.iter().map(|finding| finding.reasons.text.trim_end_matches('。')).collect();
    let mut clauses: Vec<&str> = Vec::new();
    for one in named.iter().flat_map(|finding| finding.clause.split('、')) {
        if !clauses.contains(&one) {
            clauses.push(one);
        }
    }
    let rest = if more > 0 { format!("另有{more}条待补充信息或者待人工核实。") } else { String::new() };
    Refusal::by(clauses.join("、"), format!("不能通过，请先处理，或者按所列依据不予通过：{}。{rest}", said.join("；")))
}
