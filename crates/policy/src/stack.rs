//! Stacking (叠加): what several awards pay together, and what was already paid comes off.

use crate::evaluate::Evaluation;
use crate::outcome::Award;
use crate::pack::Stack;
use crate::reason::Reason;
use crate::reasons::{Explainer, reading};
use crate::say::money;
use crate::spec::StackMode;

/// What is paid in all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stacked {
    /// The sum, in fen; `None` when it cannot be computed yet.
    pub award_fen: Option<i64>,
    /// One reason per group.
    pub reasons: Vec<Reason>,
}

/// Adds the awards up by the pack's groups.
pub fn stack(evaluation: &Evaluation, awards: &[Award]) -> Stacked {
    let award_fen = evaluation.pack.total.and_then(|reg| evaluation.get(reg));
    let reasons = evaluation.pack.stacks.iter().map(|stack| group(evaluation, stack, awards)).collect();
    Stacked { award_fen, reasons }
}

fn group(evaluation: &Evaluation, stack: &Stack, awards: &[Award]) -> Reason {
    let amount = |at: &usize| format!("{}{}", awards[*at].label, awards[*at].award_fen.map_or("待定".to_owned(), money));
    let listed: Vec<String> = stack.awards.iter().map(amount).collect();
    let how = match stack.mode {
        StackMode::Sum => "合计",
        StackMode::Best => "就高不重复，取最高一项",
        StackMode::Exclude => "只能择一享受",
        StackMode::TopUp => "补足与已享受金额的差额",
    };
    let paid = stack.paid.as_ref().map_or(String::new(), |paid| format!("，扣除已享受{}", evaluation.say().value_of(paid, 0)));
    let cap = stack.cap.as_ref().map_or(String::new(), |cap| format!("，累计不超过{}", evaluation.say().value_of(cap, 0)));
    let result = evaluation.get(stack.reg).map_or("须人工确定择一后计算".to_owned(), money);
    let text = format!("{}：{}；{how}{cap}{paid}，结果{result}。", stack.label, listed.join("、"));
    let mut explainer = Explainer::new(evaluation.say());
    let terms = stack.paid.iter().chain(&stack.cap);
    let mut children: Vec<Reason> = terms.flat_map(|term| explainer.parts(term, 0)).collect();
    children.extend(reading(&stack.id, &stack.reading));
    Reason::new(format!("stack:{}", stack.id), text, stack.clause.clone()).with(children)
}
