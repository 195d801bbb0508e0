//! The self-assessment against the assessment on site, question by question.

use maud::{Markup, html};
use policy::evaluate::evaluate;
use policy::outcome::{Assessed, QuestionMarks};
use policy::pack::{Assessment, Pack, Work};
use records::answers::Answers;
use records::application::draft_of;

use super::opened::Opened;
use crate::components::clause::cell;
use crate::components::indicator::plan;
use crate::components::layout::wide;
use crate::words;

/// Shown where there are both.
pub(super) fn differences(opened: &Opened) -> Markup {
    let (file, pack) = (&opened.view.application, opened.pack());
    let Some(assessment) = &pack.assessment else { return html! {} };
    let stages = pack.stages_of(&file.procedure).into_iter();
    let settling = stages.filter(|stage| stage.work == Some(Work::Assess) && stage.settles.is_some());
    let stated = settling.filter_map(|stage| Some((stage, file.stated.get(&stage.id)?)));
    let own = plan::paths(pack, assessment).iter().any(|path| !file.filed.text(path).is_empty());
    html! {
        @if own {
            @for (stage, stated) in stated {
                section aria-labelledby="differences" {
                    h2 #differences { "自评与" (stage.label) "的差异" }
                    (compared(pack, assessment, &file.filed, stated))
                }
            }
        }
    }
}

fn assessed(pack: &Pack, answers: &Answers) -> Option<Assessed> {
    let (draft, _) = draft_of(pack, answers);
    evaluate(pack, &draft.facts()).assessed.into_iter().next()
}

fn compared(pack: &Pack, assessment: &Assessment, filed: &Answers, stated: &Answers) -> Markup {
    let (Some(own), Some(on_site)) = (assessed(pack, filed), assessed(pack, stated)) else { return html! {} };
    let pairs: Vec<(&QuestionMarks, &QuestionMarks)> = own.questions.iter().zip(&on_site.questions).collect();
    let differ: Vec<_> =
        pairs.iter().enumerate().filter(|(_, (one, other))| one.answer != other.answer || one.marks != other.marks).collect();
    let table = html! {
        table.list {
            caption { "共" (pairs.len()) "题，" (differ.len()) "题不一致" }
            thead { tr { th scope="col" { "题目" } th scope="col" { "自评" } th scope="col" { "现场" } th scope="col" { "依据" } } }
            tbody {
                @for (at, (one, other)) in &differ {
                    tr {
                        th scope="row" { (one.number) ". " (one.label) }
                        td { (said(one)) } td { (said(other)) }
                        (cell(pack, &assessment.questions[*at].clause))
                    }
                }
            }
        }
    };
    html! {
        p { "自评：" (summary(pack, &own)) "；现场：" strong { (summary(pack, &on_site)) } "。等级以现场评测为准。" }
        @if differ.is_empty() { p { "共" (pairs.len()) "题，答案均一致。" } } @else { (wide("自评与现场的差异", &table)) }
        (scenarios(pack, assessment, filed, stated))
    }
}

fn said(marks: &QuestionMarks) -> Markup {
    html! { @if marks.answer.is_empty() { "未填写" } @else { (marks.answer) } "（" (marks.marks.as_deref().unwrap_or("0")) "分）" }
}

fn summary(pack: &Pack, assessed: &Assessed) -> String {
    let level = assessed.level.map_or("等级待定".to_owned(), |level| words::level(pack, level));
    format!("{}分，{level}", assessed.score.as_ref().unwrap_or(&assessed.score_so_far))
}

fn scenarios(pack: &Pack, assessment: &Assessment, filed: &Answers, stated: &Answers) -> Markup {
    let level = |answers: &Answers, input: usize| match answers.text(&pack.inputs[0][input].id()).parse::<u8>() {
        Ok(level) => words::scenario_level(pack, level),
        Err(_) => "未填写".to_owned(),
    };
    let pairs = assessment.scenarios.iter().map(|one| (one, level(filed, one.input), level(stated, one.input)));
    let differ: Vec<_> = pairs.filter(|(_, one, other)| one != other).collect();
    html! {
        @if !differ.is_empty() {
            p { "应用场景有" (differ.len()) "个不一致：" }
            ul { @for (scenario, one, other) in &differ { li { (scenario.label) "：自评" (one) "，现场" (other) } } }
        }
    }
}
