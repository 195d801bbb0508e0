//! What a file of a procedure brings: the outcome without the pack's other awards, and the awards that come of it.

use crate::evaluate::{Evaluation, evaluate};
use crate::explained::Facts;
use crate::outcome::{self, AwardStatus, FindingStatus, Outcome};
use crate::pack::{Award, Pack, Stack};
use crate::reason::Reason;
use crate::spec::StackMode;

/// Money that one award brings, once its group has been added up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Granted {
    /// Id of the award.
    pub award: String,
    /// Chinese name.
    pub label: String,
    /// How much, in fen.
    pub fen: i64,
}

/// The outcome of a file: awards, groups and conditions that are not its procedure's are left out of what is told. The
/// figures are those of [`evaluate`], for nothing is granted that no row of the file asks for.
pub fn evaluate_within(pack: &Pack, facts: &Facts, procedure: &str) -> Outcome {
    let mut outcome = evaluate(pack, facts);
    let Some(only) = pack.procedure(procedure).map(|procedure| &procedure.awards).filter(|awards| !awards.is_empty()) else {
        return outcome;
    };
    let own: Vec<usize> = (0..pack.awards.len()).filter(|at| only.contains(&pack.awards[*at].id)).collect();
    let conditions: Vec<&str> = own.iter().flat_map(|at| &pack.awards[*at].conditions).map(|at| pack.conditions[*at].id.as_str()).collect();
    let groups = pack.stacks.iter().filter(|stack| stack.awards.iter().any(|at| own.contains(at)));
    let trees: Vec<String> = groups.map(|stack| format!("stack:{}", stack.id)).chain(only.iter().map(|id| format!("award:{id}"))).collect();
    outcome.findings.retain(|finding| conditions.contains(&finding.id.as_str()));
    outcome.awards.retain(|award| only.contains(&award.id));
    let other = |id: &str| (id.starts_with("award:") || id.starts_with("stack:")) && !trees.iter().any(|own| own == id);
    outcome.reasons.children.retain(|reason| !other(&reason.id));
    outcome
}

/// What refuses the money of a file beside conditions that fail: what an award asks for by itself, or that nothing is left
/// of it once what was granted before and the caps are taken off.
pub fn refusals<'o>(pack: &Pack, outcome: &'o Outcome) -> Vec<&'o Reason> {
    let failed = |id: &str| outcome.findings.iter().any(|finding| finding.id == id && finding.status == FindingStatus::Failed);
    let by_itself = |award: &&outcome::Award| {
        let found = pack.awards.iter().find(|known| known.id == award.id);
        found.is_some_and(|found| !found.conditions.iter().any(|at| failed(&pack.conditions[*at].id)))
    };
    match (outcome.status, outcome.award_fen) {
        (AwardStatus::Refused, _) => {
            let awards = outcome.awards.iter().filter(by_itself).flat_map(|award| &award.reasons.children);
            awards.filter(|reason| reason.id.ends_with("/requires")).collect()
        }
        (_, Some(0)) => outcome.reasons.children.iter().filter(|reason| reason.id.starts_with("stack:")).collect(),
        _ => Vec::new(),
    }
}

/// The money each award of a case brings; those that bring none are left out.
pub fn granted(pack: &Pack, facts: &Facts) -> Vec<Granted> {
    let evaluation = Evaluation::new(pack, facts);
    let alone = (0..pack.awards.len()).filter(|at| pack.stacks.iter().all(|stack| !stack.awards.contains(at)));
    let alone = alone.map(|at| one(&pack.awards[at], evaluation.get(pack.awards[at].reg)));
    let grouped = pack.stacks.iter().flat_map(|stack| shared(&evaluation, stack));
    alone.chain(grouped).filter(|granted| granted.fen > 0).collect()
}

fn one(award: &Award, fen: Option<i64>) -> Granted {
    Granted { award: award.id.clone(), label: award.label.clone(), fen: fen.unwrap_or(0) }
}

/// What a group pays, award by award: where all are paid each takes its own until nothing is left, else the largest has all.
fn shared(evaluation: &Evaluation, stack: &Stack) -> Vec<Granted> {
    let mut left = evaluation.get(stack.reg).unwrap_or(0);
    let amount = |at: &usize| evaluation.get(evaluation.pack.awards[*at].reg).unwrap_or(0);
    let mut order = stack.awards.clone();
    order.sort_by_key(|at| std::cmp::Reverse(amount(at)));
    if stack.mode != StackMode::Sum {
        order.truncate(1);
    }
    let mut take = |at: usize| {
        let fen = left.min(amount(&at)).max(0);
        left -= fen;
        one(&evaluation.pack.awards[at], Some(fen))
    };
    order.into_iter().map(&mut take).collect()
}
