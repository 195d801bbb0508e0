//! Papers to hand in and the stages an application goes through.

use maud::{Markup, html};
use policy::pack::{Pack, Procedure, limit_words, objection_words};
use policy::spec::{LimitSpec, Overdue, StageSpec};

use super::drawing;
use crate::components::clause::cites_here;

/// The materials.
pub(super) fn materials(pack: &Pack) -> Option<Markup> {
    let list = html! {
        ol.rules {
            @for material in &pack.materials {
                li id=(format!("material-{}", material.spec.id)) {
                    p {
                        strong { (material.spec.label) } " "
                        @if let Some(form) = &material.spec.form { span.tag { (form) } " " }
                        @if material.when.is_some() { span.tag { "符合条件时提供" } " " }
                        (cites_here(pack, &material.spec.clause.joined()))
                    }
                    @if let Some(hint) = &material.spec.hint { p.quiet { (hint) } }
                }
            }
        }
    };
    (!pack.materials.is_empty()).then_some(list)
}

/// The stages that belong to no procedure, then each procedure with its own, as timelines.
pub(super) fn stages(pack: &Pack) -> Option<Markup> {
    let of_none: Vec<&StageSpec> = pack.stages.iter().filter(|stage| stage.of.is_none()).collect();
    let list = html! {
        @if !of_none.is_empty() { (timeline(pack, &of_none)) }
        @for procedure in &pack.procedures { (one_procedure(pack, procedure)) }
    };
    (!pack.stages.is_empty()).then_some(list)
}

fn one_procedure(pack: &Pack, procedure: &Procedure) -> Markup {
    let label = |id: &String| pack.procedure(id).map(|needed| needed.label.as_str());
    let needs: Vec<&str> = procedure.needs.iter().filter_map(label).collect();
    html! {
        h3 id=(format!("procedure-{}", procedure.id)) { (procedure.label) " " span.tag { (procedure.applicant.label()) } }
        p {
            @if !needs.is_empty() { "须先完成：" (needs.join("、")) "。" }
            (cites_here(pack, &procedure.clause))
        }
        (drawing::drawing(pack, procedure))
        (timeline(pack, &pack.stages_of(&procedure.id)))
    }
}

fn timeline(pack: &Pack, stages: &[&StageSpec]) -> Markup {
    html! { ol.timeline { @for stage in stages { (one_stage(pack, stage)) } } }
}

fn one_stage(pack: &Pack, stage: &StageSpec) -> Markup {
    html! {
        li {
            h4 { (stage.label) " " span.tag { (stage.actor.label()) } @if stage.optional { " " span.tag { "需要时办理" } } }
            p { (stage.does) " " (cites_here(pack, &stage.clause.joined())) }
            (after(pack, stage))
            @if let Some(limit) = &stage.limit { p { "办理时限：" (limit_said(limit)) " " (cites_here(pack, &limit.clause.joined())) } }
            @if let Some(limit) = &stage.correction { (correction(pack, limit)) }
            @for quota in stage.quotas.iter().filter_map(|id| pack.quota(id.value())) {
                p { "占用名额：" (quota.spec.label) @if let Some(most) = quota.spec.at_most { "，最多" (most) "个" } "。 " (cites_here(pack, &quota.spec.clause.joined())) }
            }
            @if stage.paper_code { p { "收取纸质材料，核对打印的校验码与线上数据一致。" } }
            @if stage.publicity { p { "结果向社会公示" @if let Some(effect) = stage.objection { "；有异议的，" (objection_words(effect)) } "。" } }
            @if let Some(left) = &stage.person_sets { p.quiet { (left) } }
            @if !stage.materials.is_empty() { p.quiet { "需要材料" (stage.materials.len()) "项，见" a href="#materials" { "申报材料" } "。" } }
        }
    }
}

/// Where a stage waits for several, that it does.
fn after(pack: &Pack, stage: &StageSpec) -> Markup {
    let label = |id: &str| pack.stages.iter().find(|other| other.id == id).map(|other| other.label.as_str());
    let before: Vec<&str> = stage.after.iter().filter_map(|id| label(id)).collect();
    html! { @if before.len() > 1 { p { "在" (before.join("、")) "全部完成后进行。" } } }
}

fn correction(pack: &Pack, limit: &LimitSpec) -> Markup {
    html! {
        p { "退回补正：" (limit_said(limit)) " " (cites_here(pack, &limit.clause.joined())) }
        @if let Some(reading) = &limit.reading { p.quiet { (reading) } }
    }
}

fn limit_said(limit: &LimitSpec) -> String {
    let overdue = match limit.overdue {
        Some(Overdue::Withdrawn) => "，逾期按放弃申报处理",
        Some(Overdue::NextBatch) => "，逾期转入下一批",
        Some(Overdue::Reminded) => "，逾期提醒",
        None => "",
    };
    let roll = if limit.roll { "，期满日为休息日的顺延至下一个工作日" } else { "" };
    let hour = limit.until.as_ref().map_or(String::new(), |hour| format!("，截止到最后一日{hour}"));
    format!("{}{hour}{roll}{overdue}", limit_words(limit))
}
