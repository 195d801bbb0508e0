//! One case against one pack: assess, qualify, recognise, award, stack, with every reason.

use crate::explained::{Facts, Trace, run};
use crate::kernel::TOO_LARGE;
use crate::outcome::{AwardStatus, FindingStatus, Outcome};
use crate::pack::Pack;
use crate::program::Reg;
use crate::reason::Reason;
use crate::say::Sayer;

/// A case evaluated: what the functions of this crate read their answers from.
pub struct Evaluation<'a> {
    /// The pack.
    pub pack: &'a Pack,
    /// The facts.
    pub facts: &'a Facts,
    /// Every register.
    pub trace: Trace,
}

impl<'a> Evaluation<'a> {
    /// Runs the pack's program over the facts.
    pub fn new(pack: &'a Pack, facts: &'a Facts) -> Self {
        let mut trace = Trace::default();
        run(&pack.program, facts, &mut trace);
        Self { pack, facts, trace }
    }

    /// What sentences are made from.
    pub fn say(&self) -> Sayer<'_> {
        Sayer { pack: self.pack, facts: self.facts, trace: &self.trace }
    }

    /// What it says, with every reason.
    pub fn outcome(&self) -> Outcome {
        outcome(self)
    }

    /// A register of the case, if known.
    pub fn get(&self, reg: Reg) -> Option<i64> {
        self.trace.case(reg).get()
    }
}

/// Evaluates a case: always an outcome, never an error.
pub fn evaluate(pack: &Pack, facts: &Facts) -> Outcome {
    outcome(&Evaluation::new(pack, facts))
}

fn outcome(evaluation: &Evaluation) -> Outcome {
    let pack = evaluation.pack;
    let assessed = crate::assess::assess(evaluation);
    let findings = crate::qualify::qualify(evaluation);
    let recognised = crate::recognise::recognise(evaluation);
    let awards = crate::award::award(evaluation, &findings);
    let stacked = crate::stack::stack(evaluation, &awards);
    let level = pack.register("level").or_else(|| pack.register("assessed.level"));
    let standing: Vec<FindingStatus> = findings.iter().map(|finding| finding.status).collect();
    let granted: Vec<AwardStatus> = awards.iter().map(|award| award.status).collect();
    let status = overall(&standing, &granted, stacked.award_fen);
    let warnings = warnings(evaluation, &assessed);
    let mut children: Vec<Reason> = Vec::new();
    children.extend(assessed.first().map(|assessed| assessed.reasons.clone()));
    children.extend(awards.iter().map(|award| award.reasons.clone()));
    children.extend(stacked.reasons.clone());
    if awards.is_empty() {
        children.extend(findings.iter().map(|finding| finding.reasons.clone()));
    }
    let text = headline(pack, &assessed, status, stacked.award_fen, awards.is_empty());
    Outcome {
        pack: pack.id.clone(),
        version: pack.version.clone(),
        digest: pack.digest.clone(),
        score: assessed.first().and_then(|assessed| assessed.score.clone()),
        level: level.and_then(|reg| evaluation.get(reg)).map(|level| level as u8),
        assessed,
        findings,
        recognised_fen: recognised.total_fen,
        items: recognised.items,
        deductions: recognised.deductions,
        awards,
        award_fen: stacked.award_fen,
        status,
        warnings,
        reasons: Reason::new("outcome", text, "").with(children),
    }
}

/// Where the whole stands, from where its findings and awards stand.
pub(crate) fn overall(findings: &[FindingStatus], awards: &[AwardStatus], award_fen: Option<i64>) -> AwardStatus {
    if awards.is_empty() {
        return from_findings(findings);
    }
    match award_fen {
        None => AwardStatus::Pending,
        Some(_) if awards.iter().all(|award| *award == AwardStatus::Refused) => AwardStatus::Refused,
        Some(_) if awards.contains(&AwardStatus::Pending) => AwardStatus::Pending,
        Some(_) => AwardStatus::Granted,
    }
}

fn from_findings(findings: &[FindingStatus]) -> AwardStatus {
    if findings.contains(&FindingStatus::Failed) {
        AwardStatus::Refused
    } else if findings.iter().any(|finding| matches!(finding, FindingStatus::Person | FindingStatus::Unknown)) {
        AwardStatus::Pending
    } else {
        AwardStatus::Granted
    }
}

fn headline(pack: &Pack, assessed: &[crate::outcome::Assessed], status: AwardStatus, award_fen: Option<i64>, no_award: bool) -> String {
    let title = &pack.title;
    if no_award {
        let level = assessed.first().and_then(|assessed| assessed.level);
        let level = level.map_or("等级待定".to_owned(), |level| format!("等级为{}", crate::say::level(level.into())));
        return if assessed.is_empty() { format!("{title}：{}。", status.label()) } else { format!("{title}：{level}。") };
    }
    match (status, award_fen) {
        (AwardStatus::Refused, _) => format!("{title}：不予补贴。"),
        (AwardStatus::Granted, Some(fen)) => format!("{title}：奖补{}。", crate::say::money(fen)),
        (_, Some(fen)) => format!("{title}：测算奖补{}，尚有事项待补充或核实。", crate::say::money(fen)),
        (_, None) => format!("{title}：信息不足，暂不能测算。"),
    }
}

fn warnings(evaluation: &Evaluation, assessed: &[crate::outcome::Assessed]) -> Vec<Reason> {
    let mut all = Vec::new();
    if let Some((first, others)) = assessed.split_first() {
        for other in others {
            if let (Some(a), Some(b)) = (first.level, other.level)
                && a != b
            {
                let (x, y) = (crate::say::level(a.into()), crate::say::level(b.into()));
                let text = format!("两种口径的等级不一致：{}为{x}，{}为{y}。以前者为准，请留意。", first.label, other.label);
                all.push(Reason::new("variants-disagree", text, first.reasons.clause.clone()));
            }
        }
    }
    let too_large = (0..evaluation.pack.program.steps.len() as Reg).any(|reg| {
        let rows = evaluation.facts.rows(evaluation.pack.program.steps[reg as usize].kind);
        (0..rows).any(|row| evaluation.trace.at(reg, row).s == TOO_LARGE)
    });
    if too_large {
        all.push(Reason::new("too-large", "有数值超出系统可精确计算的范围，结果未给出，请核对所填金额。", ""));
    }
    all
}

impl Outcome {
    /// Every tree of the outcome.
    pub fn trees(&self) -> Vec<&Reason> {
        let mut all = vec![&self.reasons];
        all.extend(self.assessed.iter().map(|assessed| &assessed.reasons));
        all.extend(self.findings.iter().map(|finding| &finding.reasons));
        all.extend(self.items.iter().map(|item| &item.reasons));
        all.extend(self.deductions.iter().map(|deduction| &deduction.reasons));
        all.extend(&self.warnings);
        all
    }
}
