//! What an official stated in a stage, as a report: a diagnosis, a review of contracts, an on-site assessment, a
//! supervision. Which it is says the stage of the pack.

use papers::paper::{Block, Cell, Level, Pairs, Paper, Place, Row, Signatures, Table, TextSize};
use policy::pack::{Body, Field, FieldKind, Pack, Section, Test, Work};
use policy::program::Kind;
use policy::spec::StageSpec;
use records::answers::Answers;
use records::application::{Case, Progress, draft_of};

use super::Given;
use super::numbered::numbered;
use crate::application::FileView;
use crate::document::sheet::Sheet;

/// Its only form's title, else the stage's name.
pub(super) fn title(pack: &Pack, stage: &StageSpec) -> String {
    match stage.forms.as_slice() {
        [form] => pack.form(form.value()).map_or_else(|| record(stage), |form| form.label.clone()),
        _ => record(stage),
    }
}

fn record(stage: &StageSpec) -> String {
    format!("{}记录", stage.label)
}

/// Whether an official has done it: filling, publicising and paying have papers of their own, an audit has its sheet.
pub(super) fn is_done(view: &FileView, stage: &StageSpec) -> bool {
    let official = matches!(stage.work, Some(Work::Check | Work::Assess));
    let own = stage.of.as_ref().is_some_and(|of| *of.value() == view.application.procedure);
    let progress = view.application.stages.get(&stage.id).map(|state| &state.progress);
    official && own && matches!(progress, Some(Progress::Done { skipped: false, .. }))
}

/// Whether it is written to be handed out, not only for the office itself.
pub(super) fn is_report(stage: &StageSpec) -> bool {
    stage.work == Some(Work::Assess) || !stage.forms.is_empty()
}

/// The paper.
pub(super) fn paper(given: &Given, stage: &StageSpec) -> Paper {
    let view = given.view;
    let empty = Answers::default();
    let stated = view.application.stated.get(&stage.id).unwrap_or(&empty);
    let (draft, errors) = draft_of(&view.pack, stated);
    let case = Case { inputs: stated.clone(), draft, errors };
    let sheet = Sheet::new(&view.pack, stated, &case).naming(&given.names.organisations);
    let mut blocks = vec![Block::Table(head(given, stage).table())];
    let forms = stage.forms.iter().filter_map(|form| view.pack.form(form.value()));
    let parts = forms.flat_map(|form| sheet.form(form)).chain(asked(&sheet, stage)).chain(judged(given, stage));
    blocks.extend(numbered(parts.chain(note(given, stage)).collect()));
    blocks.push(Block::Signatures(signatures(given, stage)));
    Paper { title: title(&view.pack, stage), number: Some(format!("受理编号：{}", given.number())), blocks, ..Paper::default() }
}

fn head(given: &Given, stage: &StageSpec) -> Pairs {
    let done = done(given, stage);
    let result = done.as_ref().map_or("", |_| passed(stage)).to_owned();
    let (who, day) = done.unwrap_or_default();
    let clause = given.cited(&stage.clause.joined());
    let pairs = given.head().two(("办理单位", &who), ("办理日期", &day)).one("办理结果", result).one("依据", clause);
    match given.view.application.settled.values().find(|settled| settled.stage == stage.id) {
        Some(settled) => {
            let level = policy::say::level(settled.level.into());
            pairs.two(("得分", &format!("{}分", settled.score)), ("数字化水平等级", level))
        }
        None => pairs,
    }
}

/// What it came to, in the pack's words. A stage that returned or refused the file is not done: that is said by a notice.
fn passed(stage: &StageSpec) -> &str {
    let plain = if stage.work == Some(Work::Assess) { "已完成" } else { "通过" };
    stage.passed.as_deref().unwrap_or(plain)
}

/// Which organisation finished it, and on which day.
fn done(given: &Given, stage: &StageSpec) -> Option<(String, String)> {
    match &given.view.application.stages.get(&stage.id)?.progress {
        Progress::Done { at, by, .. } => Some((given.organisation(by), at.day().chinese())),
        _ => None,
    }
}

/// What the stage asks for beside its forms: facts, and the indicator set where it assesses.
fn asked(sheet: &Sheet, stage: &StageSpec) -> Vec<Block> {
    let facts: Vec<&str> = stage.asks.iter().map(|ask| ask.as_str()).collect();
    let mut blocks = Vec::new();
    for kind in 0..sheet.pack.kinds.len() {
        let inputs = sheet.pack.inputs[kind].iter().enumerate().filter(|(_, input)| facts.contains(&input.id().as_str()));
        let fields: Vec<Field> = inputs.map(|(input, _)| field(sheet.pack, kind, input)).collect();
        let kind = Kind::try_from(kind).unwrap_or_default();
        if !fields.is_empty() {
            let body = if kind == 0 { Body::Fields(fields) } else { Body::Rows { kind, fields } };
            blocks.extend(sheet.part("核实事项", &body));
        }
    }
    let held = stage.forms.iter().filter_map(|form| sheet.pack.form(form.value())).flat_map(|form| &form.sections);
    let held = held.into_iter().any(|section: &Section| matches!(section.body, Body::Questions { .. } | Body::Scenarios { .. }));
    if stage.work == Some(Work::Assess) && !held {
        blocks.extend(sheet.part("数字化基础、管理及成效评测表", &Body::Questions { evidence: false }));
        blocks.extend(sheet.part("数字化经营应用场景等级判定表", &Body::Scenarios { evidence: false }));
    }
    blocks
}

fn field(pack: &Pack, kind: usize, input: usize) -> Field {
    let fact = &pack.inputs[kind][input];
    Field {
        path: fact.id(),
        label: fact.label.clone(),
        hint: None,
        unit: fact.unit.clone(),
        clause: fact.clause.clone(),
        required: false,
        kind: FieldKind::Fact { kind: Kind::try_from(kind).unwrap_or_default(), input },
        profile: None,
        print: Default::default(),
    }
}

/// What the stage judged, each with what the judgement rests on.
fn judged(given: &Given, stage: &StageSpec) -> Vec<Block> {
    let conditions = given.view.pack.conditions.iter().filter(|condition| stage.judges.iter().any(|id| *id.value() == condition.id));
    let judged = conditions.filter_map(|condition| Some((condition, given.view.application.judgements.get(&condition.id)?)));
    let mut rows: Vec<Row> = vec![["核实事项", "结论", "核实情况", "依据"].map(Cell::head).to_vec().into()];
    for (condition, judgement) in judged.filter(|(condition, _)| matches!(condition.test, Test::Person(..))) {
        let holds = if judgement.holds { "符合" } else { "不符合" };
        let cells = [Cell::value(condition.label.as_str()), Cell::middle(holds), Cell::value(judgement.note.as_str())];
        rows.push(cells.into_iter().chain([Cell::value(given.cited(&condition.clause))]).collect::<Vec<_>>().into());
    }
    if rows.len() == 1 {
        return Vec::new();
    }
    let table = Table { caption: None, widths: vec![30, 11, 36, 23], head_rows: 1, rows, size: TextSize::Five };
    vec![Block::Heading { level: Level::Two, text: "核实结论".to_owned() }, Block::Table(table)]
}

fn note(given: &Given, stage: &StageSpec) -> Vec<Block> {
    let note = match given.view.application.stages.get(&stage.id).map(|state| &state.progress) {
        Some(Progress::Done { note, .. }) => note.as_str(),
        _ => "",
    };
    let heading = (!note.is_empty()).then(|| Block::Heading { level: Level::Two, text: "办理意见".to_owned() });
    heading.into_iter().chain(Block::typed(note)).collect()
}

fn signatures(given: &Given, stage: &StageSpec) -> Signatures {
    let (who, day) = done(given, stage).map_or_else(|| (stage.actor.label().to_owned(), None), |(who, day)| (who, Some(day)));
    Signatures { places: vec![Place::to_seal(&who), Place::to_sign("办理人")], day }
}
