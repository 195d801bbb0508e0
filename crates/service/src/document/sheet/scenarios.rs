//! The levels of the business scenarios as their table.

use papers::paper::{Block, Cell, Row, Table, TextSize};
use policy::pack::{Assessment, Pack, Scenario};

use super::Sheet;

const EVIDENCE: &str = "改造后等级佐证材料索引（注明在改造总结报告中的章节号以及具体页码数）";

/// The table, with how many scenarios of each kind are reached below.
pub(super) fn scenarios(sheet: &Sheet, evidence: bool) -> Option<Block> {
    let assessment = sheet.pack.assessment.as_ref()?;
    // evidence is of what was reached by the reform
    let reached = if evidence { "改造后等级" } else { "判定等级" };
    let heads = ["一级指标", "二级指标（业务场景）", "等级判定", reached];
    let heads = heads.into_iter().chain(evidence.then_some(EVIDENCE)).map(Cell::head);
    let mut rows: Vec<Row> = vec![heads.collect::<Vec<_>>().into()];
    for at in 0..assessment.scenarios.len() {
        rows.push(scenario(sheet, assessment, at, evidence));
    }
    for (label, constraint) in [("约束性场景个数", true), ("指导性场景个数", false)] {
        let reached = assessment.scenarios.iter().filter(|scenario| scenario.constraint == constraint);
        let levels = reached.filter_map(|scenario| level(sheet, scenario)).filter(|level| *level > 0);
        let count = if is_judged(sheet, assessment) { format!("{}个", levels.count()) } else { String::new() };
        let last = evidence.then(|| Cell::value(""));
        rows.push([Cell::label(label).across(3), Cell::middle(count)].into_iter().chain(last).collect::<Vec<_>>().into());
    }
    let widths: &[u16] = if evidence { &[18, 18, 24, 14, 26] } else { &[22, 24, 34, 20] };
    Some(Block::Table(Table { caption: None, widths: widths.to_vec(), head_rows: 1, rows, size: TextSize::Five }))
}

fn scenario(sheet: &Sheet, assessment: &Assessment, at: usize, evidence: bool) -> Row {
    let scenario = &assessment.scenarios[at];
    let same = |other: &&Scenario| other.group == scenario.group;
    let begins = at == 0 || assessment.scenarios[at - 1].group != scenario.group;
    let group = begins.then(|| Cell::label(scenario.group.as_str()).down(assessment.scenarios[at..].iter().take_while(same).count()));
    let star = if scenario.constraint && !scenario.label.ends_with('*') { "*" } else { "" };
    let reached = level(sheet, scenario).map(|level| name(sheet.pack, level)).unwrap_or_default();
    let index = evidence.then(|| Cell::value(sheet.answers.text(&format!("evidence.{}", scenario.id))));
    let own = [Cell::label(format!("{}{star}", scenario.label)), Cell::middle("一级/二级/三级/四级"), Cell::middle(reached)];
    group.into_iter().chain(own).chain(index).collect::<Vec<_>>().into()
}

/// The level that was judged, 0 to 4.
fn level(sheet: &Sheet, scenario: &Scenario) -> Option<u8> {
    sheet.text(&sheet.pack.inputs[0][scenario.input].id()).trim().trim_end_matches('级').parse().ok()
}

/// Whether any scenario was judged.
fn is_judged(sheet: &Sheet, assessment: &Assessment) -> bool {
    assessment.scenarios.iter().any(|scenario| level(sheet, scenario).is_some())
}

/// The level's name in the pack's indicator set; 0 is 未开展.
fn name(pack: &Pack, level: u8) -> String {
    let lines = pack.assessment.iter().flat_map(|assessment| &assessment.lines);
    let named = lines.into_iter().find(|line| line.level == level).map(|line| line.label.clone());
    named.unwrap_or_else(|| if level == 0 { "未开展".to_owned() } else { policy::say::level(level.into()).to_owned() })
}
