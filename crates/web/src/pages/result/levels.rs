//! The parts of an assessment's result: dimensions, questions, scenarios, the way to each level.

use maud::{Markup, html};
use policy::outcome::{Assessed, LevelLine, QuestionMarks};
use policy::pack::{Assessment, Pack, Question};

use crate::components::clause::{cell, cites};
use crate::components::{bars, layout, radar};
use crate::forms::Typed;
use crate::words;

/// Marks per dimension with a bar each.
pub(super) fn dimensions(first: &Assessed) -> Markup {
    let table = html! {
        table.bars {
            caption { "各一级指标得分" }
            thead { tr { th scope="col" { "一级指标" } th.number scope="col" { "得分（分）" } th.number scope="col" { "满分（分）" } td aria-hidden="true" {} } }
            tbody {
                @for dimension in &first.dimensions {
                    tr {
                        th scope="row" { (dimension.label) }
                        td.number { (dimension.marks) }
                        td.number { (dimension.full) }
                        td.bar-cell { (bars::share(dimension.permille)) }
                    }
                }
            }
        }
    };
    layout::wide("各一级指标得分", &table)
}

/// Marks per question.
pub(super) fn questions(pack: &Pack, assessment: &Assessment, first: &Assessed) -> Markup {
    let rows = first.questions.iter().zip(&assessment.questions);
    let table = html! {
        table {
            caption { "各题得分" }
            thead {
                tr {
                    th scope="col" { "序号" } th scope="col" { "采集项" } th scope="col" { "填写情况" }
                    th.number scope="col" { "得分（分）" } th.number scope="col" { "满分（分）" } th scope="col" { "依据" }
                }
            }
            tbody { @for (marks, question) in rows { (question_row(pack, marks, question)) } }
        }
    };
    layout::wide("各题得分", &table)
}

fn question_row(pack: &Pack, marks: &QuestionMarks, question: &Question) -> Markup {
    html! {
        tr {
            td { (marks.number) }
            th.term scope="row" { (marks.label) }
            td { @if marks.answer.is_empty() { span.quiet { "未填写" } } @else { (marks.answer) } }
            td.number { (marks.marks.as_deref().unwrap_or("—")) }
            td.number { (marks.full) }
            (cell(pack, &question.clause))
        }
    }
}

/// The radar of the scenarios and the table that says the same.
pub(super) fn scenarios(pack: &Pack, assessment: &Assessment, typed: &Typed) -> Markup {
    let level = |input: usize| typed.text(&pack.inputs[0][input].id()).parse::<u8>().ok();
    let levels: Vec<Option<u8>> = assessment.scenarios.iter().map(|one| level(one.input)).collect();
    let axes: Vec<(&str, Option<u8>)> = assessment.scenarios.iter().zip(&levels).map(|(one, level)| (one.label.as_str(), *level)).collect();
    html! {
        div.pair {
            (radar::radar("各应用场景等级雷达图", &axes))
            (layout::wide("各应用场景等级", &scenario_table(pack, assessment, &levels)))
        }
    }
}

fn scenario_table(pack: &Pack, assessment: &Assessment, levels: &[Option<u8>]) -> Markup {
    let said = |level: &Option<u8>| level.map_or_else(|| "未填写".to_owned(), |level| words::scenario_level(pack, level));
    html! {
        table.close {
            caption { "各应用场景等级" }
            thead { tr { th scope="col" { "应用场景" } th scope="col" { "性质" } th scope="col" { "等级" } } }
            tbody {
                @for (one, level) in assessment.scenarios.iter().zip(levels) {
                    tr {
                        th scope="row" { (one.label) }
                        td { @if one.constraint { "约束性" } @else { "指导性" } }
                        td { (said(level)) }
                    }
                }
            }
        }
    }
}

/// What each level still takes.
pub(super) fn lines(pack: &Pack, assessment: &Assessment, first: &Assessed) -> Markup {
    html! {
        ul.lines {
            @for line in &first.lines {
                li.reached[line.reached == Some(true)] {
                    h3 { (words::level(pack, line.level)) " " span.tag { (reached(line)) } }
                    @if let Some(clause) = assessment.lines.iter().find(|one| one.level == line.level).map(|one| one.clause.as_str()) {
                        p.quiet { (cites(pack, clause)) }
                    }
                    @if line.reached == Some(true) { p { "各项条件均已满足。" } }
                    @if !line.missing.is_empty() { ul { @for missing in &line.missing { li { (missing) } } } }
                }
            }
        }
    }
}

fn reached(line: &LevelLine) -> &'static str {
    match line.reached {
        Some(true) => "已达到",
        Some(false) => "未达到",
        None => "填写完整后判定",
    }
}
