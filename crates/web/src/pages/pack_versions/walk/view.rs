//! The page on which a stage is tried out.

use axum::response::Html;
use maud::{Markup, html};
use policy::outcome::Outcome;
use policy::pack::{Condition, Grants, Pack, Test, Work};
use policy::spec::StageSpec;
use records::FieldError;
use records::access::Acting;
use records::answers::Answers;
use service::pack_version::Walk;

use super::super::{address, way};
use super::{CARRIED, Trying, tried};
use crate::assets;
use crate::components::clause::cites;
use crate::components::field::id;
use crate::components::{finding, layout, reason};
use crate::session::token_field;
use crate::sheet::{Mode, Sheet, fields};

/// The page; `checked` when somebody asked what would be missing.
pub(super) fn page(acting: &Acting, trying: &Trying, walked: &Walk, errors: &[FieldError], checked: bool) -> Html<String> {
    let pack = trying.pack;
    let here = address(&pack.id, &pack.version);
    let title = format!("试填：{}", trying.stage.label);
    let main = html! {
        div.filling {
            (steps(trying, &here))
            div {
                h1 { (trying.procedure.label) "：" (trying.stage.label) }
                div.notice { p { strong { "试填，不保存任何内容。" } "本环节由" (trying.stage.actor.label()) "办理，表单与正式办理时相同，平台掌握的信息以“试填单位”代替，不上传材料。" } }
                (saying(trying, errors, checked))
                (form(trying, walked, errors, &here))
                @if let Some(outcome) = &walked.outcome { (findings(trying, outcome)) }
            }
        }
    };
    let heading = format!("{}（{}版）", pack.title, pack.version);
    let way: Vec<(&str, &str)> = way(acting).iter().copied().chain([(heading.as_str(), here.as_str())]).collect();
    layout::page(&title, &way, main)
}

/// The stages of every procedure that can be tried out. Leaving this procedure begins anew.
fn steps(trying: &Trying, here: &str) -> Markup {
    let procedures = trying.pack.procedures.iter().map(|procedure| (procedure, tried(trying.pack, procedure)));
    html! {
        nav.steps aria-label="事项和环节" {
            @for (procedure, stages) in procedures.filter(|(_, stages)| !stages.is_empty()) {
                p { strong { (procedure.label) } }
                ol {
                    @for stage in stages {
                        li {
                            @let current = procedure.id == trying.procedure.id && stage.id == trying.stage.id;
                            a href=(format!("{here}/walk?procedure={}&stage={}", procedure.id, stage.id)) aria-current=[current.then_some("page")] {
                                (stage.label) "（" (stage.actor.label()) "）"
                            }
                        }
                    }
                }
            }
        }
    }
}

fn saying(trying: &Trying, errors: &[FieldError], checked: bool) -> Markup {
    let papers = trying.stage.materials.iter().filter_map(|slot| trying.pack.material(slot));
    let papers: Vec<&str> = papers.map(|material| material.spec.label.as_str()).collect();
    html! {
        @if checked && errors.is_empty() { div.notice role="status" { p { "填写完整，正式办理时可以提交。" } } }
        @if !papers.is_empty() { p.quiet { "正式办理时另需上传：" (papers.join("、")) "。" } }
    }
}

fn form(trying: &Trying, walked: &Walk, errors: &[FieldError], here: &str) -> Markup {
    let own = trying.own();
    let filed = trying.answers.iter().filter(|(id, _)| trying.pack.stage(id).is_some_and(fills));
    let filed = filed.fold(Answers::default(), |all, (_, one)| all.overlaid(one));
    let official = !fills(trying.stage);
    let sheet = Sheet {
        errors,
        case: Some(&walked.case),
        mode: if official { Mode::Official } else { Mode::Fill },
        filed: official.then_some(&filed),
        ..Sheet::new(trying.pack, trying.forms(), &own)
    };
    html! {
        (layout::error_summary(errors))
        form.sheet method="post" action=(format!("{here}/walk")) novalidate {
            // The enter key presses the first button of a form; it must not be one that removes a row.
            button.hidden type="submit" name="do" value="check" tabindex="-1" aria-hidden="true" { "检查本环节" }
            (token_field())
            input type="hidden" name="procedure" value=(trying.procedure.id);
            input type="hidden" name="stage" value=(trying.stage.id);
            input type="hidden" name=(CARRIED) value=(serde_json::to_string(&trying.answers).unwrap_or_default());
            (fields(&sheet))
            (judging(trying, &own))
            div.submit { div.actions { (buttons(trying)) } }
        }
        script type="module" src=(assets::sheet()) {}
    }
}

fn buttons(trying: &Trying) -> Markup {
    let others = tried(trying.pack, trying.procedure).into_iter().filter(|stage| stage.id != trying.stage.id);
    html! {
        button type="submit" name="do" value="check" { "检查本环节" }
        @for stage in others {
            button.second type="submit" name="do" value=(format!("go:{}", stage.id)) { "带着填写的内容到“" (stage.label) "”（" (stage.actor.label()) "）" }
        }
    }
}

fn fills(stage: &StageSpec) -> bool {
    stage.work == Some(Work::Fill)
}

/// What a person judges here.
fn judging(trying: &Trying, own: &Answers) -> Markup {
    let judged = trying.stage.judges.iter().filter_map(|id| trying.pack.conditions.iter().find(|known| known.id == id.as_str()));
    html! { @for condition in judged { (judgement(trying.pack, condition, own)) } }
}

fn judgement(pack: &Pack, condition: &Condition, own: &Answers) -> Markup {
    let path = format!("judge.{}", condition.id);
    let evidence = match &condition.test {
        Test::Person(_, evidence) => evidence.as_str(),
        Test::Formula(_) => "",
    };
    html! {
        fieldset.question {
            legend { (condition.label) }
            @if !evidence.is_empty() { p.hint { "需核实：" (evidence) } }
            p.hint { (cites(pack, &condition.clause)) }
            div.options.short {
                @for (value, label) in [("yes", "符合"), ("no", "不符合")] {
                    @let option = format!("{}-{value}", id(&path));
                    div.option {
                        input #(option) type="radio" name=(path) value=(value) checked[own.text(&path) == value];
                        label for=(option) { (label) }
                    }
                }
            }
        }
    }
}

fn findings(trying: &Trying, outcome: &Outcome) -> Markup {
    let (pack, money) = (trying.pack, trying.procedure.grants == Grants::Award);
    html! {
        section aria-labelledby="findings" {
            h2 #findings { "按目前填写的内容" }
            @if money {
                p { "结果：" strong { (outcome.status.label()) } @if let Some(award) = outcome.award_fen { "，奖补" strong { (policy::say::money(award)) } } "。" }
                (reason::why(pack, &outcome.reasons))
            }
            ul.rules { @for found in &outcome.findings { (finding::item(pack, found, &html! {})) } }
        }
    }
}
