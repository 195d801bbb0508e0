//! What an evaluation says in figures and statuses, without its reasons: what worked cases compare, fast enough for
//! the many packs of a mutation run.

use crate::award;
use crate::evaluate::{Evaluation, overall};
use crate::exact::Exact;
use crate::outcome::{AwardStatus, FindingStatus, Outcome};
use crate::qualify;

/// The figures and statuses of one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answers {
    /// The level the award goes by.
    pub level: Option<u8>,
    /// The deciding variant's total as exact decimal text.
    pub score: Option<String>,
    /// Recognised cost in fen.
    pub recognised_fen: Option<i64>,
    /// What counts of each item, in fen.
    pub items: Vec<(String, i64)>,
    /// Each condition.
    pub findings: Vec<(String, FindingStatus)>,
    /// Each award, in fen.
    pub awards: Vec<(String, Option<i64>)>,
    /// The sum paid, in fen.
    pub award_fen: Option<i64>,
    /// Where the whole stands.
    pub status: AwardStatus,
}

impl Answers {
    /// Read from the registers of an evaluated case.
    pub fn of(evaluation: &Evaluation) -> Self {
        let pack = evaluation.pack;
        let findings: Vec<FindingStatus> = pack.conditions.iter().map(|condition| qualify::status(evaluation, condition)).collect();
        let granted: Vec<AwardStatus> = pack.awards.iter().map(|award| award::status(evaluation, award)).collect();
        let level = pack.register("level").or_else(|| pack.register("assessed.level"));
        let award_fen = pack.total.and_then(|total| evaluation.get(total));
        let (recognised_fen, items) = recognised(evaluation);
        Self {
            level: level.and_then(|reg| evaluation.get(reg)).map(|level| level as u8),
            score: score(evaluation),
            recognised_fen,
            items,
            status: overall(&findings, &granted, award_fen),
            findings: pack.conditions.iter().map(|condition| condition.id.clone()).zip(findings).collect(),
            awards: pack.awards.iter().map(|award| (award.id.clone(), evaluation.get(award.reg))).collect(),
            award_fen,
        }
    }
}

fn score(evaluation: &Evaluation) -> Option<String> {
    let reg = evaluation.pack.assessment.as_ref()?.variants.first()?.score;
    let score = evaluation.get(reg)?;
    Some(Exact::text(evaluation.pack.metas[reg as usize].exact(score)))
}

fn recognised(evaluation: &Evaluation) -> (Option<i64>, Vec<(String, i64)>) {
    let Some(award) = evaluation.pack.awards.iter().find(|award| award.recognised.is_some()) else { return (None, Vec::new()) };
    let total = award.recognised.as_ref().and_then(|total| evaluation.get(total.reg));
    (total, award.items.map_or(Vec::new(), |index| items(evaluation, index)))
}

fn items(evaluation: &Evaluation, recognition: usize) -> Vec<(String, i64)> {
    let recognition = &evaluation.pack.recognitions[recognition];
    let ids = &evaluation.facts.kinds[recognition.kind as usize].ids;
    let one = |(row, id): (usize, &String)| (id.clone(), evaluation.trace.at(recognition.reg, row).get().unwrap_or(0));
    ids.iter().enumerate().map(one).collect()
}

impl Outcome {
    /// The same figures and statuses, as the outcome with its reasons says them.
    pub fn answers(&self) -> Answers {
        Answers {
            level: self.level,
            score: self.score.clone(),
            recognised_fen: self.recognised_fen,
            items: self.items.iter().map(|item| (item.id.clone(), item.recognised_fen)).collect(),
            findings: self.findings.iter().map(|finding| (finding.id.clone(), finding.status)).collect(),
            awards: self.awards.iter().map(|award| (award.id.clone(), award.award_fen)).collect(),
            award_fen: self.award_fen,
            status: self.status,
        }
    }
}
