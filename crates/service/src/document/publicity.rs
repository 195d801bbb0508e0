//! The notice of a publicity (公示).

use papers::paper::{Block, Cell, Paper, Place, Row, Signatures, Table, TextSize};
use policy::pack::Pack;
use records::publicity::{Publicity, PublicityItem};
use standards::words::amount_in_yuan;

/// The paper.
pub fn publicity_paper(pack: &Pack, publicity: &Publicity) -> Paper {
    let procedure = pack.procedure(&publicity.procedure).map_or("", |procedure| &procedure.label);
    let stages = pack.stages_of(&publicity.procedure);
    let clause = stages.into_iter().find(|stage| stage.publicity).map(|stage| pack.cite_all(&stage.clause.joined()));
    let clause = clause.filter(|clause| !clause.is_empty()).map_or(String::new(), |clause| format!("根据{clause}，"));
    let days = format!("{}至{}", publicity.starts_on.chinese(), publicity.ends_on.chinese());
    let mut blocks = vec![
        Block::body(format!("{clause}现将“{procedure}”有关结果予以公示，公示期为{days}。")),
        Block::body("对公示内容有异议的，请在公示期内反映，写明事实和理由，并提供姓名（单位名称）和联系方式。"),
    ];
    blocks.extend(Block::typed(&format!("受理异议：{}", publicity.contact)));
    blocks.push(Block::Table(items(pack, publicity)));
    let seal = Place::to_seal(&pack.authority);
    blocks.push(Block::Signatures(Signatures { places: vec![seal], day: Some(publicity.starts_on.chinese()) }));
    Paper { title: publicity.title.clone(), blocks, ..Paper::default() }
}

fn items(pack: &Pack, publicity: &Publicity) -> Table {
    let level = publicity.items.iter().any(|item| item.level.is_some());
    let money = publicity.items.iter().any(|item| item.award_fen.is_some());
    let mut heads = vec!["序号", "单位名称", "所在地", "受理编号"];
    heads.extend(level.then_some("数字化水平"));
    heads.extend(money.then_some(["核定投入（元）", "金额（元）"]).into_iter().flatten());
    let mut widths: Vec<u16> = vec![6, 24, 12, 24];
    widths.extend(level.then_some(9));
    widths.extend(money.then_some([16, 15]).into_iter().flatten());
    let mut rows: Vec<Row> = vec![heads.into_iter().map(Cell::head).collect::<Vec<_>>().into()];
    rows.extend(publicity.items.iter().zip(1_usize..).map(|(item, number)| row(pack, item, number, level, money)));
    let caption = Some(format!("公示名单（共{}家）", publicity.items.len()));
    Table { caption, widths, head_rows: 1, rows, size: TextSize::SmallFive }
}

fn row(pack: &Pack, item: &PublicityItem, number: usize, level: bool, money: bool) -> Row {
    let yuan = |fen: Option<i64>| Cell::figure(fen.map_or_else(String::new, |fen| amount_in_yuan(fen).trim_end_matches('元').to_owned()));
    let mut cells = vec![
        Cell::middle(number.to_string()),
        Cell::value(item.name.as_str()),
        Cell::value(item.place.as_str()),
        Cell::middle(item.number.as_str()),
    ];
    cells.extend(level.then(|| Cell::middle(item.level.map_or_else(String::new, |level| named(pack, level)))));
    cells.extend(money.then(|| [yuan(item.recognised_fen), yuan(item.award_fen)]).into_iter().flatten());
    cells.into()
}

fn named(pack: &Pack, level: u8) -> String {
    let lines = pack.assessment.iter().flat_map(|assessment| &assessment.lines);
    let named = lines.into_iter().find(|line| line.level == level).map(|line| line.label.clone());
    named.unwrap_or_else(|| policy::say::level(level.into()).to_owned())
}
