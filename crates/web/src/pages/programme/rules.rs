//! Conditions an applicant must meet, and which costs count.

use maud::{Markup, html};
use policy::pack::{Condition, Effect, Pack, Recognition, Rule, Test};

use crate::components::clause::cites_here;

/// The conditions in plain words.
pub(super) fn conditions(pack: &Pack) -> Option<Markup> {
    let list = html! {
        p { "企业自查时，可逐条对照。注明“由审核人员核实”的条件，需要提供证明材料。" }
        ol.rules { @for condition in &pack.conditions { (one_condition(pack, condition)) } }
    };
    (!pack.conditions.is_empty()).then_some(list)
}

fn one_condition(pack: &Pack, condition: &Condition) -> Markup {
    html! {
        li {
            p { strong { (condition.label) } " " (cites_here(pack, &condition.clause)) }
            @if let Test::Person(_, evidence) = &condition.test {
                p { span.tag { "由审核人员核实" } " " (evidence) }
            }
            @if !condition.fix.is_empty() { p.quiet { "不符合时：" (condition.fix) } }
            @if let Some((_, door, clause)) = &condition.exception {
                p.quiet { "特殊事项可按“" (door) "”办理。" (cites_here(pack, clause)) }
            }
        }
    }
}

/// What counts of each kind of row, and what does not.
pub(super) fn recognition(pack: &Pack) -> Option<Markup> {
    let list = html! {
        p { "以下规则逐项核对；标注“限额”的，超出部分不计。" }
        @for recognition in &pack.recognitions { (one_recognition(pack, recognition)) }
    };
    (!pack.recognitions.is_empty()).then_some(list)
}

fn one_recognition(pack: &Pack, recognition: &Recognition) -> Markup {
    html! {
        h3 { (recognition.label) }
        ol.rules { @for rule in &recognition.rules { (one_rule(pack, rule)) } }
    }
}

fn one_rule(pack: &Pack, rule: &Rule) -> Markup {
    html! {
        li {
            p {
                strong { (rule.label) } " "
                @if matches!(rule.effect, Effect::Ceiling(..)) { span.tag { "限额" } " " }
                (cites_here(pack, &rule.clause))
            }
            @if !rule.fix.is_empty() { p.quiet { (rule.fix) } }
        }
    }
}
