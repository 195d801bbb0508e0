//! 决定书: what was decided, with every figure and the clause it follows.

use papers::paper::{Block, Cell, Level, Pairs, Paper, Paragraph, Place, Row, Signatures, Table, TextSize};
use policy::evaluate::evaluate;
use policy::outcome::Outcome;
use policy::pack::Grants;
use policy::reason::Reason;
use policy::say::money;
use records::application::{Decision, Phase, draft_of};
use standards::words::{amount_in_words, amount_in_yuan};

use super::{Given, decided};
use crate::application::FileView;

/// Reasons below a figure are printed that deep; all of them stand in the file.
const DEPTH: usize = 2;

/// Whether there is a decision to hand out: money decided on and, where results are publicised, publicised without an open
/// objection; a standing granted.
pub(super) fn is_there(view: &FileView) -> bool {
    let file = &view.application;
    let concluded = matches!(file.phase, Phase::Concluded { .. });
    match view.pack.procedure(&file.procedure).map(|procedure| procedure.grants) {
        Some(Grants::Standing) => concluded,
        _ => file.decision.is_some() && (file.has_passed || concluded),
    }
}

/// The paper.
pub(super) fn paper(given: &Given) -> Option<Paper> {
    let file = &given.view.application;
    let granted = file.decision.as_ref().map(|decision| (decision, outcome(given, decision)));
    let mut blocks = vec![
        Block::Paragraph(Paragraph::flush(format!("{}：", given.view.applicant.name))),
        Block::body(decided::opening(given, granted.is_some())),
    ];
    if let Some((decision, outcome)) = &granted {
        blocks.push(Block::Table(amounts(given, decision, outcome)));
        blocks.push(Block::heading(Level::One, 1, "核算过程和依据"));
        blocks.push(Block::Table(reasons(given, outcome)));
    }
    blocks.push(Block::body("特此决定。"));
    let day = decided::day(given).map(|at| at.day().chinese());
    blocks.push(Block::Signatures(Signatures { places: vec![Place::to_seal(&given.view.pack.authority)], day }));
    Some(Paper { title: decided::title(given), number: Some(format!("受理编号：{}", given.number())), blocks, ..Paper::default() })
}

/// What the decision was made from, computed again.
fn outcome(given: &Given, decision: &Decision) -> Outcome {
    let (draft, _) = draft_of(&given.view.pack, &decision.inputs);
    evaluate(&given.view.pack, &draft.facts())
}

fn amounts(given: &Given, decision: &Decision, outcome: &Outcome) -> Table {
    let yuan = |fen: Option<i64>| fen.map_or_else(String::new, amount_in_yuan);
    let level = outcome.level.map_or("", |level| policy::say::level(level.into()));
    let mut pairs: Pairs = given.head().two(("核定投入", &yuan(decision.receipt.recognised_fen)), ("核定等级", level));
    if outcome.awards.len() > 1 {
        for award in &outcome.awards {
            pairs = pairs.one(&award.label, yuan(award.award_fen));
        }
    }
    let total = decision.receipt.award_fen;
    let words = total.map_or_else(String::new, |fen| format!("{}（大写：{}）", amount_in_yuan(fen), amount_in_words(fen)));
    pairs.one("金额", words).table()
}

/// Every award with what it follows from.
fn reasons(given: &Given, outcome: &Outcome) -> Table {
    let mut rows: Vec<Row> = vec![["核算内容", "依据"].map(Cell::head).to_vec().into()];
    for award in &outcome.awards {
        add(given, &award.reasons, 0, &mut rows);
    }
    rows.extend(conditions(given, outcome));
    for lowered in given.view.application.lowered.values() {
        let said = format!("审核调整：由{}调整为{}。理由：{}", money(lowered.computed_fen), money(lowered.fen), lowered.reason);
        rows.push(vec![Cell::value(said), Cell::value(given.stage(&lowered.stage))].into());
    }
    Table { caption: None, widths: vec![70, 30], head_rows: 1, rows, size: TextSize::Five }
}

/// The conditions in one line each: what checking them said, without the facts below, which stand in the file.
fn conditions(given: &Given, outcome: &Outcome) -> Vec<Row> {
    let row = |finding: &policy::outcome::Finding| {
        vec![Cell::value(finding.reasons.text.as_str()), Cell::value(given.cited(&finding.clause))].into()
    };
    outcome.findings.iter().map(row).collect()
}

fn add(given: &Given, reason: &Reason, depth: usize, rows: &mut Vec<Row>) {
    if reason.text.is_empty() || reason.id.starts_with("condition:") || reason.id.ends_with(":reading") {
        return;
    }
    let said = format!("{}{}", "\u{3000}".repeat(depth), reason.text);
    rows.push(vec![Cell::value(said), Cell::value(given.cited(&reason.clause))].into());
    if depth < DEPTH {
        reason.children.iter().for_each(|child| add(given, child, depth + 1, rows));
    }
}
