//! 全过程监督报告: one enterprise in one programme, file by file, stage by stage, from the journal.

use std::collections::BTreeMap;

use papers::paper::{Block, Cell, Level, Pairs, Paper, Place, Row, Signatures, Table, TextSize};
use policy::pack::{Pack, Work};
use policy::spec::StageSpec;
use records::application::{Application, Progress, StageState};
use records::organisation::Organisation;
use records::publicity::Publicity;
use standards::Date;
use standards::words::amount_in_yuan;

use super::file::case_of;
use super::names::Names;
use super::sheet::Sheet;
use crate::application::{FileView, Happening};
use crate::desk::Desk;
use crate::on_file::demand;
use crate::{ServiceError, compiled_once};

/// A file with its pack and what happened to it, the last first.
pub struct Supervised<'a> {
    /// The pack it runs under.
    pub pack: &'a Pack,
    /// The file.
    pub file: &'a Application,
    /// Its history.
    pub happenings: &'a [Happening],
    /// The organisations that worked on its stages, by stage.
    pub workers: &'a BTreeMap<String, String>,
    /// Whom its answers name.
    pub names: &'a Names,
    /// The last days that its batch and its publicity set, by stage.
    pub last_days: &'a BTreeMap<String, Date>,
}

/// The last days that no limit of the pack sets: that of the batch for what the applicant hands in, that of the publicity.
#[compiled_once]
pub async fn last_days(desk: &Desk<'_>, view: &FileView) -> Result<BTreeMap<String, Date>, ServiceError> {
    let file = &view.application;
    let stages = view.pack.stages_of(&file.procedure);
    let first = stages.iter().find(|stage| stage.work == Some(Work::Fill)).map(|stage| (stage.id.clone(), view.batch.deadline_on));
    let shown = stages.iter().find(|stage| stage.work == Some(Work::Publicise)).zip(file.publicity.as_ref());
    let mut all = BTreeMap::from_iter(first);
    if let Some((stage, id)) = shown {
        let publicity = demand::<Publicity>(desk.store, id.as_str()).await?.state;
        all.insert(stage.id.clone(), publicity.ends_on);
    }
    Ok(all)
}

/// The names of the organisations that finished a file's stages or were assigned to them, by stage.
pub fn workers(view: &FileView, names: &Names) -> BTreeMap<String, String> {
    let mut all = view.assigned.clone();
    for (stage, state) in &view.application.stages {
        if let Progress::Done { by, .. } = &state.progress {
            all.extend(names.organisations.get(&by.organisation).map(|name| (stage.clone(), name.clone())));
        }
    }
    all
}

/// The paper.
pub fn supervision_paper(pack: &Pack, organisation: &Organisation, files: &[Supervised]) -> Paper {
    let mut blocks = vec![
        Block::heading(Level::One, 1, "企业基本情况"),
        Block::Table(basics(organisation)),
        Block::heading(Level::One, 2, "办理事项概况"),
        Block::Table(overview(files)),
        Block::heading(Level::One, 3, "各事项办理过程"),
    ];
    for (one, number) in files.iter().zip(1..) {
        blocks.extend(process(one, number));
    }
    blocks.push(Block::heading(Level::One, 4, "改造前、中、后各阶段监督记录"));
    blocks.extend(records(files));
    blocks.push(Block::heading(Level::One, 5, "监督意见"));
    blocks.push(Block::Space { lines: 4 });
    let places = vec![Place { label: "监督单位（盖章）".to_owned(), signed: None }];
    blocks.push(Block::Signatures(Signatures { places, day: None }));
    Paper { title: format!("{}\n全过程监督报告", pack.title), number: Some(organisation.name.clone()), blocks, ..Paper::default() }
}

fn basics(organisation: &Organisation) -> Table {
    let place = standards::division::find(&organisation.place).map_or(organisation.place.as_str(), |division| division.name.as_str());
    let code = organisation.credit_code.as_deref().unwrap_or_default();
    Pairs::default().one("单位名称", organisation.name.as_str()).two(("统一社会信用代码", code), ("所在地", place)).table()
}

fn overview(files: &[Supervised]) -> Table {
    let mut rows: Vec<Row> = vec![["序号", "事项", "受理编号", "状态", "补正次数", "已拨付（元）"].map(Cell::head).to_vec().into()];
    for (one, number) in files.iter().zip(1_usize..) {
        let paid = (one.file.money.paid_fen > 0).then(|| amount_in_yuan(one.file.money.paid_fen).trim_end_matches('元').to_owned());
        rows.push(
            vec![
                Cell::middle(number.to_string()),
                Cell::value(label(one)),
                Cell::middle(one.file.number.as_deref().unwrap_or_default()),
                Cell::middle(one.file.word().label()),
                Cell::middle(one.file.rounds.to_string()),
                Cell::figure(paid.unwrap_or_default()),
            ]
            .into(),
        );
    }
    Table { caption: None, widths: vec![7, 26, 27, 12, 11, 17], head_rows: 1, rows, size: TextSize::Five }
}

fn label(one: &Supervised) -> String {
    one.pack.procedure(&one.file.procedure).map_or_else(|| one.file.procedure.clone(), |procedure| procedure.label.clone())
}

/// The stages with their days, then what happened.
fn process(one: &Supervised, number: u8) -> Vec<Block> {
    let mut rows: Vec<Row> = vec![["环节", "办理单位", "开始", "完成", "时限", "依据"].map(Cell::head).to_vec().into()];
    for stage in one.pack.stages_of(&one.file.procedure) {
        let Some(state) = one.file.stages.get(&stage.id) else { continue };
        let done = match &state.progress {
            Progress::Done { skipped: true, .. } => "不需要办理".to_owned(),
            Progress::Done { at, .. } => at.day().to_string(),
            Progress::Open | Progress::Prepared { .. } => "办理中".to_owned(),
        };
        rows.push(
            vec![
                Cell::value(stage.label.as_str()),
                Cell::value(one.workers.get(&stage.id).map_or(stage.actor.label(), String::as_str)),
                Cell::middle(state.opened_at.day().to_string()),
                Cell::middle(done),
                Cell::middle(limit(one, stage, state)),
                Cell::value(one.pack.cite_all(&stage.clause.joined())),
            ]
            .into(),
        );
    }
    let table = Table { caption: None, widths: vec![15, 22, 13, 13, 13, 24], head_rows: 1, rows, size: TextSize::SmallFive };
    let heading = Block::heading(Level::Two, number, &label(one));
    [heading, Block::Table(table), Block::Table(history(one))].into()
}

/// The last day of a stage: of a correction or a limit of the pack, of its batch or publicity; else that the pack sets none.
fn limit(one: &Supervised, stage: &StageSpec, state: &StageState) -> String {
    let day = state.due_on.or_else(|| one.last_days.get(&stage.id).copied());
    day.map_or_else(|| "未规定".to_owned(), |day| day.to_string())
}

fn history(one: &Supervised) -> Table {
    let mut rows: Vec<Row> = vec![["时间", "办理情况", "台账序号"].map(Cell::head).to_vec().into()];
    for happening in one.happenings.iter().rev() {
        let clause = happening.clause.as_deref().map(|clause| format!("（依据：{}）", one.pack.cite_all(clause))).unwrap_or_default();
        let said = std::iter::once(format!("{}{clause}", happening.what)).chain(happening.details.iter().cloned());
        let lines = said.map(papers::paper::Paragraph::from).collect();
        rows.push(vec![Cell::middle(happening.at.text()), Cell::lines(lines), Cell::middle(happening.seq.to_string())].into());
    }
    Table { caption: None, widths: vec![24, 62, 14], head_rows: 1, rows, size: TextSize::SmallFive }
}

/// What checks by third parties wrote down in their forms, text by text.
fn records(files: &[Supervised]) -> Vec<Block> {
    let (mut blocks, mut number) = (Vec::new(), 0);
    for one in files {
        let checks = one.pack.stages_of(&one.file.procedure).into_iter();
        for stage in checks.filter(|stage| stage.work == Some(Work::Check) && stage.optional) {
            let Some(stated) = one.file.stated.get(&stage.id) else { continue };
            let case = case_of(one.pack, stated);
            let sheet = Sheet::new(one.pack, stated, &case).naming(&one.names.organisations);
            let fields = stage.forms.iter().filter_map(|form| one.pack.form(form.value())).flat_map(|form| &form.sections);
            for field in fields.flat_map(records::application::sections_fields) {
                number += 1;
                blocks.push(Block::heading(Level::Two, number, &field.label));
                blocks.extend(Block::typed(&sheet.said(field)));
            }
        }
    }
    if blocks.is_empty() { vec![Block::body("尚无监督记录。")] } else { blocks }
}
