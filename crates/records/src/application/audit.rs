//! Audit: what was spent is settled; an auditor may set less, with a reason, never more than the rules compute.

use std::collections::BTreeMap;

use policy::evaluate::Evaluation;
use policy::pack::{Pack, Work};
use policy::spec::StageSpec;
use serde::{Deserialize, Serialize};
use standards::words::parse_amount;

use super::flow::followed;
use super::{Application, ApplicationEvent, Official, Situation, build, case};
use crate::{FieldError, Refusal};

/// A value set lower than the rules compute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lowered {
    /// The stage it was set in.
    pub stage: String,
    /// What it is set to, in fen.
    pub fen: i64,
    /// What the rules computed when it was set, in fen.
    pub computed_fen: i64,
    /// Why.
    pub reason: String,
}

impl Application {
    /// Records an audit; `lower` names values of the pack with the amount as typed and the reason.
    ///
    /// # Errors
    /// Something asked is unanswered, a value is set higher than computed, or lower without a reason.
    pub fn audit(
        &self,
        stage: &str,
        official: Official,
        lower: &BTreeMap<String, (String, String)>,
        at: &Situation,
    ) -> Result<Vec<ApplicationEvent>, Refusal> {
        let spec = at.open_stage(self, stage, Work::Audit)?;
        let official = official.only(at.pack, spec);
        self.without_interest(stage, at)?;
        self.complete(spec, &official, at)?;
        let mut file = self.clone();
        file.lowered.retain(|_, before| before.stage != stage);
        file.stated.insert(stage.to_owned(), official.stated.clone());
        let lowered = lowered(&file, spec, lower, at)?;
        file.lowered.extend(lowered.clone());
        let recognised_fen = recognised_fen(&file, at);
        let stage = stage.to_owned();
        let audited = ApplicationEvent::Audited { stage, official, lowered, recognised_fen, at: at.now, by: at.by.clone() };
        followed(self, at, vec![audited])
    }
}

fn recognised_fen(file: &Application, at: &Situation) -> Option<i64> {
    let case = build(at.pack, file, at.knowing, at.now);
    policy::evaluate::evaluate(at.pack, &case.draft.facts()).recognised_fen
}

fn lowered(
    file: &Application,
    spec: &StageSpec,
    lower: &BTreeMap<String, (String, String)>,
    at: &Situation,
) -> Result<BTreeMap<String, Lowered>, Refusal> {
    let case = build(at.pack, file, at.knowing, at.now);
    let facts = case.draft.facts();
    let evaluation = Evaluation::new(at.pack, &facts);
    let wanted = lower.iter().filter(|(_, (amount, _))| !amount.trim().is_empty());
    let mut all = BTreeMap::new();
    let mut errors = Vec::new();
    for (id, (amount, reason)) in wanted {
        let computed =
            at.pack.value(id).filter(|_| spec.lowers.iter().any(|known| known.value() == id)).and_then(|value| evaluation.get(value.reg));
        match one(at.pack, spec, id, (amount, reason), computed) {
            Ok(lowered) => drop(all.insert(id.clone(), lowered)),
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok(all) } else { Err(Refusal::fields(errors)) }
}

fn one(pack: &Pack, spec: &StageSpec, id: &str, (amount, reason): (&str, &str), computed: Option<i64>) -> Result<Lowered, FieldError> {
    let path = format!("lower.{id}");
    let label = pack.value(id).map_or(id, |value| value.label.as_str());
    let computed_fen = computed.ok_or_else(|| FieldError::new(&path, format!("“{label}”尚不能计算，不能调整。")))?;
    let fen = parse_amount(&case::with_unit(amount, Some("元"))).map_err(|error| FieldError::new(&path, error.to_string()))?;
    if fen > computed_fen {
        let most = policy::say::money(computed_fen);
        return Err(FieldError::new(path, format!("“{label}”只能低于按规则计算的{most}，不能高于。")));
    }
    match reason.trim() {
        "" => Err(FieldError::new(format!("lower.{id}.reason"), format!("请写明调低“{label}”的理由。"))),
        reason => Ok(Lowered { stage: spec.id.clone(), fen, computed_fen, reason: reason.to_owned() }),
    }
}
