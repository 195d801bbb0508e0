//! Conditions an applicant must meet (申报条件): what checking each one said.

use crate::evaluate::Evaluation;
use crate::outcome::{Finding, FindingStatus};
use crate::pack::{Condition, Test};
use crate::reason::Reason;
use crate::reasons::{Explainer, fits, reading};
use crate::say::quoted;

/// Checks every condition; a person's condition stays open until somebody has judged it.
pub fn qualify(evaluation: &Evaluation) -> Vec<Finding> {
    evaluation.pack.conditions.iter().map(|condition| finding(evaluation, condition)).collect()
}

/// Where a condition stands.
pub(crate) fn status(evaluation: &Evaluation, condition: &Condition) -> FindingStatus {
    match (evaluation.get(condition.reg), &condition.test) {
        (Some(0), _) => FindingStatus::Failed,
        (Some(_), _) => FindingStatus::Met,
        (None, Test::Person(..)) => FindingStatus::Person,
        (None, Test::Formula(_)) => FindingStatus::Unknown,
    }
}

fn finding(evaluation: &Evaluation, condition: &Condition) -> Finding {
    let status = status(evaluation, condition);
    let mut explainer = Explainer::new(evaluation.say());
    let (text, mut children) = said(evaluation, condition, status, &mut explainer);
    children.extend(reading(&condition.id, &condition.reading));
    let reasons = Reason::new(format!("condition:{}", condition.id), text, condition.clause.clone()).with(children);
    let fix = if status == FindingStatus::Met { String::new() } else { fix(condition) };
    Finding { id: condition.id.clone(), label: condition.label.clone(), status, clause: condition.clause.clone(), fix, reasons }
}

fn fix(condition: &Condition) -> String {
    match &condition.test {
        Test::Person(_, evidence) if condition.fix.is_empty() => evidence.clone(),
        _ => condition.fix.clone(),
    }
}

fn said(evaluation: &Evaluation, condition: &Condition, status: FindingStatus, explainer: &mut Explainer) -> (String, Vec<Reason>) {
    let label = &condition.label;
    let say = evaluation.say();
    if let Some(when) = condition.when.as_ref().filter(|when| say.at(when, 0).get() == Some(0)) {
        return (format!("{}不适用：{}。", quoted(label), say.formula(when, 0)), explainer.parts(when, 0));
    }
    if let Some(reason) = excepted(evaluation, condition) {
        return (format!("{}按例外处理，视为符合。", quoted(label)), vec![reason]);
    }
    match (&condition.test, status) {
        (Test::Formula(test), FindingStatus::Met) => (fits("符合", label, &say.formula(test, 0)), explainer.parts(test, 0)),
        (Test::Formula(test), FindingStatus::Failed) => {
            let text =
                condition.failed.as_ref().map_or_else(|| fits("不符合", label, &say.formula(test, 0)), |failed| say.template(failed, 0));
            (text, explainer.with_remedy(test, &condition.fix, 0))
        }
        (Test::Formula(test), _) => {
            let missing = [condition.when.as_ref().map_or(Vec::new(), |when| say.missing(when, 0)), say.missing(test, 0)].concat();
            (format!("{}待补充信息：{}。", quoted(label), missing.join("、")), explainer.with_remedy(test, &condition.fix, 0))
        }
        (Test::Person(input, evidence), status) => judged(evaluation, condition, *input, evidence, status),
    }
}

/// The door that was opened, where the condition itself does not hold.
fn excepted(evaluation: &Evaluation, condition: &Condition) -> Option<Reason> {
    let (input, label, clause) = condition.exception.as_ref()?;
    let open = evaluation.facts.kinds[0].inputs[*input][0].get() == Some(1);
    let held = matches!(&condition.test, Test::Formula(test) if evaluation.get(test.reg) == Some(1));
    let note = evaluation.facts.notes.get(&format!("exception.{}", condition.id)).map_or("", String::as_str);
    (open && !held).then(|| Reason::new(format!("exception:{}", condition.id), format!("{label}：{note}"), clause.clone()))
}

fn judged(evaluation: &Evaluation, condition: &Condition, input: usize, evidence: &str, status: FindingStatus) -> (String, Vec<Reason>) {
    let path = evaluation.pack.inputs[0][input].id();
    let note = evaluation.facts.notes.get(&path).map_or(String::new(), |note| format!("（{note}）"));
    let label = &condition.label;
    let text = match status {
        FindingStatus::Met => format!("经人工核实，符合{}{note}。", quoted(label)),
        FindingStatus::Failed => match &condition.failed {
            Some(failed) => format!("{}{note}", evaluation.say().template(failed, 0)),
            None => format!("经人工核实，不符合{}{note}。", quoted(label)),
        },
        _ => format!("{}须由审核人员核实：{evidence}", quoted(label)),
    };
    let fix = (status != FindingStatus::Met && !condition.fix.is_empty())
        .then(|| Reason::new("fix", format!("可采取的措施：{}", condition.fix), ""));
    (text, fix.into_iter().collect())
}
