//! What the assessment asks and what each level takes.

use maud::{Markup, html};
use policy::pack::{Assessment, Line, Pack, Question};

use crate::components::clause::cell_here;
use crate::components::layout;

/// Questions with full marks, scenarios, level lines.
pub(super) fn indicators(pack: &Pack) -> Option<Markup> {
    let assessment = pack.assessment.as_ref()?;
    Some(html! {
        @if let Some(notice) = &assessment.notice { div.notice { p { (notice) } } }
        (layout::wide("采集项与满分", &questions(pack, assessment)))
        (layout::wide("应用场景", &scenarios(assessment)))
        (layout::wide("等级条件", &lines(pack, assessment)))
    })
}

fn questions(pack: &Pack, assessment: &Assessment) -> Markup {
    html! {
        table {
            caption { "采集项与满分" }
            thead {
                tr {
                    th scope="col" { "序号" } th scope="col" { "一级指标" } th scope="col" { "二级指标" } th scope="col" { "采集项" }
                    @for variant in &assessment.variants { th.number scope="col" { "满分" @if assessment.variants.len() > 1 { "（" (variant.label) "）" } } }
                    th scope="col" { "依据" }
                }
            }
            tbody { @for (at, question) in assessment.questions.iter().enumerate() { (row(pack, assessment, at, question)) } }
        }
    }
}

fn row(pack: &Pack, assessment: &Assessment, at: usize, question: &Question) -> Markup {
    html! {
        tr {
            td { (question.number) }
            td.term { (assessment.dimensions[question.dimension].label) }
            td.term { (question.indicator) }
            th.term scope="row" { (question.label) }
            @for variant in &assessment.variants { td.number { (variant.marks[at].1.text()) } }
            (cell_here(pack, &question.clause))
        }
    }
}

fn scenarios(assessment: &Assessment) -> Markup {
    html! {
        table {
            caption { "应用场景" }
            thead { tr { th scope="col" { "类别" } th scope="col" { "应用场景" } th scope="col" { "性质" } } }
            tbody {
                @for scenario in &assessment.scenarios {
                    tr {
                        td { (scenario.group) }
                        th scope="row" { (scenario.label) }
                        td { @if scenario.constraint { "约束性" } @else { "指导性" } }
                    }
                }
            }
        }
    }
}

fn lines(pack: &Pack, assessment: &Assessment) -> Markup {
    html! {
        table {
            caption { "等级条件" }
            thead {
                tr {
                    th scope="col" { "等级" } th.number scope="col" { "得分不低于" } th.number scope="col" { "达到该级的场景不少于" }
                    th.number scope="col" { "其中约束性不少于" } th scope="col" { "依据" }
                }
            }
            tbody { @for line in &assessment.lines { (line_row(pack, line)) } }
        }
    }
}

fn line_row(pack: &Pack, line: &Line) -> Markup {
    let count = |number: u16| if number == 0 { "—".to_owned() } else { format!("{number}个") };
    html! {
        tr {
            th scope="row" { (line.label) }
            td.number { (line.score.text()) "分" }
            td.number { (count(line.scenarios)) }
            td.number { (count(line.constraint)) }
            (cell_here(pack, &line.clause))
        }
    }
}
