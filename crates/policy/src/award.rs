//! Awards (奖补): the amount, or the refusal with everything that stands against it.

use crate::evaluate::Evaluation;
use crate::outcome::{self, AwardStatus, Finding, FindingStatus};
use crate::pack::Award;
use crate::reason::Reason;
use crate::reasons::{Explainer, reading};
use crate::say::money;

/// Every award of the pack.
pub fn award(evaluation: &Evaluation, findings: &[Finding]) -> Vec<outcome::Award> {
    evaluation.pack.awards.iter().map(|award| one(evaluation, award, findings)).collect()
}

/// Where an award stands.
pub(crate) fn status(evaluation: &Evaluation, award: &Award) -> AwardStatus {
    match (evaluation.get(award.eligible), evaluation.get(award.reg)) {
        (Some(0), _) => AwardStatus::Refused,
        (Some(_), Some(_)) => AwardStatus::Granted,
        _ => AwardStatus::Pending,
    }
}

fn one(evaluation: &Evaluation, award: &Award, findings: &[Finding]) -> outcome::Award {
    let award_fen = evaluation.get(award.reg);
    let status = status(evaluation, award);
    let own: Vec<&Finding> = award.conditions.iter().map(|at| &findings[*at]).collect();
    let mut children = against(&own);
    children.extend(required(evaluation, award));
    let mut explainer = Explainer::new(evaluation.say());
    children.extend(explainer.parts(&award.amount, 0));
    let met = own.iter().filter(|finding| finding.status == FindingStatus::Met).map(|finding| finding.reasons.clone());
    children.extend(met);
    children.extend(reading(&award.id, &award.reading));
    let text = sentence(evaluation, award, status, award_fen, &own);
    let reasons = Reason::new(format!("award:{}", award.id), text, award.clause.clone()).with(children);
    outcome::Award { id: award.id.clone(), label: award.label.clone(), status, award_fen, reasons }
}

/// The findings that stand against it, failed ones first.
fn against(findings: &[&Finding]) -> Vec<Reason> {
    let of = |status: FindingStatus| findings.iter().filter(move |finding| finding.status == status).map(|finding| finding.reasons.clone());
    of(FindingStatus::Failed).chain(of(FindingStatus::Unknown)).chain(of(FindingStatus::Person)).collect()
}

fn required(evaluation: &Evaluation, award: &Award) -> Option<Reason> {
    let (test, failed, fix) = award.requires.as_ref()?;
    let say = evaluation.say();
    let text = match (evaluation.get(test.reg), failed) {
        (Some(1), _) => format!("符合要求：{}。", say.formula(test, 0)),
        (Some(_), Some(failed)) => say.template(failed, 0),
        (Some(_), None) => format!("不符合要求：{}。", say.formula(test, 0)),
        (None, _) => format!("待补充信息：{}。", say.missing(test, 0).join("、")),
    };
    let mut explainer = Explainer::new(say);
    let children = if evaluation.get(test.reg) == Some(1) { explainer.parts(test, 0) } else { explainer.with_remedy(test, fix, 0) };
    Some(Reason::new(format!("award:{}/requires", award.id), text, award.clause.clone()).with(children))
}

fn sentence(evaluation: &Evaluation, award: &Award, status: AwardStatus, award_fen: Option<i64>, findings: &[&Finding]) -> String {
    let label = &award.label;
    let named = |status: FindingStatus| {
        let all: Vec<&str> = findings.iter().filter(|finding| finding.status == status).map(|finding| finding.label.as_str()).collect();
        all.join("、")
    };
    match (status, award_fen) {
        (AwardStatus::Refused, _) => match named(FindingStatus::Failed) {
            failed if failed.is_empty() => format!("{label}：不予补贴，未达到本项要求。"),
            failed => format!("{label}：不予补贴，不符合：{failed}。"),
        },
        (AwardStatus::Granted, Some(fen)) => format!("{label}：{}。", money(fen)),
        (_, Some(fen)) => {
            let open = [named(FindingStatus::Unknown), named(FindingStatus::Person)];
            let open: Vec<String> = open.into_iter().filter(|names| !names.is_empty()).collect();
            format!("{label}：测算为{}，待补充或核实：{}。", money(fen), open.join("、"))
        }
        (_, None) => format!("{label}：暂不能测算，请补充：{}。", evaluation.say().missing(&award.amount, 0).join("、")),
    }
}
