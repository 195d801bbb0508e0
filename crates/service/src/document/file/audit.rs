//! 核定投入审核表: what was claimed, what counts, and every deduction with its clause.

use papers::paper::{Block, Cell, Level, Orientation, Paper, Paragraph, Place, Row, Signatures, Table, TextSize};
use policy::evaluate::evaluate;
use policy::explained::{Facts, Trace, run};
use policy::outcome::{Item, Outcome};
use policy::pack::{Effect, Recognition, Rule, Work};
use policy::reason::Reason;
use policy::say::money;
use records::application::{Progress, draft_of};
use standards::words::amount_in_words;

use super::Given;
use crate::application::FileView;

/// Whether the procedure recognises cost and the file was handed in.
pub(super) fn is_there(view: &FileView) -> bool {
    let recognises = view.pack.awards.iter().any(|award| award.recognised.is_some());
    recognises && view.outcome.is_some() && view.application.submitted_at.is_some()
}

/// The paper, from what was decided, else from the case as it stands.
pub(super) fn paper(given: &Given) -> Paper {
    let view = given.view;
    let decided = view.application.decision.as_ref().map(|decision| draft_of(&view.pack, &decision.inputs).0);
    let facts = decided.as_ref().unwrap_or(&view.case.draft).facts();
    let (outcome, computed) = (evaluate(&view.pack, &facts), Computed::of(given, &facts));
    let audited = audited(given);
    let stage = if audited.is_some() { "" } else { "（审核尚未完成，为测算数）" };
    let mut blocks = vec![
        Block::Table(given.head().table()),
        Block::heading(Level::One, 1, "逐项核定"),
        Block::Table(items(given, &outcome, &computed)),
        Block::heading(Level::One, 2, "合计扣减和调整"),
        Block::Table(deductions(given, &outcome)),
        Block::heading(Level::One, 3, &format!("核定结果{stage}")),
        Block::body(total(&outcome)),
    ];
    let (who, day) = audited.unwrap_or_default();
    let place = |what: &str| Place::to_sign(what);
    blocks.push(Block::Signatures(Signatures { places: vec![Place::to_seal(&who), place("审核人"), place("复核人")], day }));
    Paper {
        title: "核定投入审核表".to_owned(),
        number: Some(format!("受理编号：{}", given.number())),
        orientation: Orientation::Landscape,
        blocks,
        ..Paper::default()
    }
}

/// Who audited, and the day.
fn audited(given: &Given) -> Option<(String, Option<String>)> {
    let stages = given.view.pack.stages_of(&given.view.application.procedure).into_iter();
    let mut audits = stages.filter(|stage| stage.work == Some(Work::Audit));
    let state = audits.find_map(|stage| given.view.application.stages.get(&stage.id))?;
    match &state.progress {
        Progress::Done { at, by, .. } => Some((given.organisation(by), Some(at.day().chinese()))),
        _ => None,
    }
}

fn items(given: &Given, outcome: &Outcome, computed: &Computed) -> Table {
    let heads = ["序号", "项目", "申报金额（元）", "核定金额（元）", "核减金额（元）", "核定理由和依据"];
    let mut rows: Vec<Row> = vec![heads.map(Cell::head).to_vec().into()];
    for (item, number) in outcome.items.iter().zip(1_usize..) {
        rows.push(item_row(given, computed, item, number));
    }
    let claimed: i64 = outcome.items.iter().filter_map(|item| item.claimed_fen).sum();
    let counted: i64 = outcome.items.iter().map(|item| item.recognised_fen).sum();
    let sums = [claimed, counted, claimed - counted].map(|fen| Cell::figure(yuan(fen)));
    rows.push([Cell::label("合计").across(2)].into_iter().chain(sums).chain([Cell::value("")]).collect::<Vec<_>>().into());
    Table { caption: None, widths: vec![5, 11, 12, 12, 12, 48], head_rows: 1, rows, size: TextSize::SmallFive }
}

fn item_row(given: &Given, computed: &Computed, item: &Item, number: usize) -> Row {
    let off = item.claimed_fen.map(|claimed| claimed - item.recognised_fen);
    let figure = |fen: Option<i64>| Cell::figure(fen.map_or_else(String::new, yuan));
    vec![
        Cell::middle(number.to_string()),
        Cell::value(format!("{}{}", kind(given), item.id)),
        figure(item.claimed_fen),
        figure(Some(item.recognised_fen)),
        figure(off),
        Cell::lines(why(given, computed, item, number - 1, off != Some(0))),
    ]
    .into()
}

/// The sentence that says what counts; where something does not, the gates that do not hold and the ceilings too.
fn why(given: &Given, computed: &Computed, item: &Item, at: usize, all: bool) -> Vec<Paragraph> {
    let rules = computed.told(given, item, at).into_iter().filter(|_| all || item.pending);
    std::iter::once(&item.reasons).chain(rules).map(|reason| Paragraph::from(sentence(given, reason))).collect()
}

/// The case, computed: what each rule says of each row.
struct Computed {
    trace: Trace,
}

impl Computed {
    fn of(given: &Given, facts: &Facts) -> Self {
        let mut trace = Trace::default();
        run(&given.view.pack.program, facts, &mut trace);
        Self { trace }
    }

    /// The reasons of a row that are no mere «holds»; a rule that does not apply is no reason.
    fn told<'i>(&self, given: &Given, item: &'i Item, row: usize) -> Vec<&'i Reason> {
        let Some(recognition) = recognition(given) else { return Vec::new() };
        let own = item.reasons.children.len().saturating_sub(recognition.rules.len());
        let rules = recognition.rules.iter().zip(&item.reasons.children[own..]);
        let holds = |rule: &Rule| matches!(&rule.effect, Effect::Gate(_, reg, _) if self.trace.at(*reg, row).get() == Some(1));
        let idle = |rule: &Rule| rule.when.as_ref().is_some_and(|when| self.trace.at(when.reg, row).get() == Some(0));
        rules.filter(|(rule, _)| !holds(rule) && !idle(rule)).map(|(_, reason)| reason).collect()
    }
}

fn sentence(given: &Given, reason: &Reason) -> String {
    match given.cited(&reason.clause) {
        clauses if clauses.is_empty() => reason.text.clone(),
        clauses => format!("{}（依据：{clauses}）", reason.text),
    }
}

fn deductions(given: &Given, outcome: &Outcome) -> Table {
    let mut rows: Vec<Row> = vec![["扣减或者调整事项", "金额（元）", "理由和依据"].map(Cell::head).to_vec().into()];
    for deduction in &outcome.deductions {
        let why = std::iter::once(&deduction.reasons).chain(&deduction.reasons.children);
        let why = why.map(|reason| Paragraph::from(sentence(given, reason))).collect();
        rows.push(vec![Cell::value(deduction.label.as_str()), Cell::figure(yuan(deduction.fen)), Cell::lines(why)].into());
    }
    for (value, lowered) in &given.view.application.lowered {
        let label = given.view.pack.value(value).map_or(value.as_str(), |value| &value.label);
        let why = format!("由{}核低为{}。理由：{}", money(lowered.computed_fen), money(lowered.fen), lowered.reason);
        rows.push(
            vec![Cell::value(format!("审核调整：{label}")), Cell::figure(yuan(lowered.computed_fen - lowered.fen)), Cell::value(why)]
                .into(),
        );
    }
    if rows.len() == 1 {
        rows.push(vec![Cell::value("无").across(3)].into());
    }
    Table { caption: None, widths: vec![24, 14, 62], head_rows: 1, rows, size: TextSize::SmallFive }
}

fn total(outcome: &Outcome) -> String {
    outcome
        .recognised_fen
        .map_or_else(|| "核定投入尚不能计算。".to_owned(), |fen| format!("核定投入{}元（大写：{}）。", yuan(fen), amount_in_words(fen)))
}

/// What counts of the rows that are examined.
fn recognition<'a>(given: &Given<'a>) -> Option<&'a Recognition> {
    given.view.pack.awards.iter().find_map(|award| award.items).and_then(|at| given.view.pack.recognitions.get(at))
}

/// What the rows are: 发票.
fn kind<'a>(given: &Given<'a>) -> &'a str {
    recognition(given).map_or("", |recognition| given.view.pack.kinds[recognition.kind as usize].label.as_str())
}

fn yuan(fen: i64) -> String {
    standards::words::amount_in_yuan(fen).trim_end_matches('元').to_owned()
}
