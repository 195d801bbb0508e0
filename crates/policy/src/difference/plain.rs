//! A difference as Chinese text.

use super::marks::{How, marked, marks};
use super::{CaseChange, Change, ClauseChange, Difference, ReasonChange, Side, TextChange};
use crate::say::{level, money};

/// From this many characters on, changed words are marked inside the text instead of writing it twice.
const LONG: usize = 16;
/// Most reasons printed of one case.
const REASONS: usize = 5;

impl Difference {
    /// The whole comparison, one line a difference.
    pub fn plain(&self) -> String {
        let mut out = format!("{} → {}\n", self.old, self.new);
        if self.clauses.is_empty() {
            out.push_str("\n文本和规则没有不同。\n");
        }
        self.clauses.iter().for_each(|clause| write_clause(clause, &mut out));
        out.push_str(&format!("\n案例：比较{}个，{}个结果不同\n", self.cases_compared, self.cases.len()));
        self.cases.iter().for_each(|case| write_case(case, &mut out));
        out
    }
}

fn write_clause(clause: &ClauseChange, out: &mut String) {
    let title = if clause.clause.is_empty() { "不属于某一条款的规则" } else { &clause.clause };
    out.push_str(&format!("\n{title}\n"));
    if let Some(text) = &clause.text {
        out.push_str(&indented(&text_line(text)));
    }
    clause.rules.iter().for_each(|rule| out.push_str(&indented(&rule_line(rule))));
}

pub(super) fn text_line(text: &TextChange) -> String {
    let whole: String = text.marks.iter().map(|mark| mark.text.as_str()).collect();
    match text.how {
        How::Added => format!("新增文字：{whole}"),
        How::Removed => format!("删去文字：{whole}"),
        How::Changed | How::Same => format!("文字：{}", marked(&text.marks)),
    }
}

pub(super) fn rule_line(change: &Change) -> String {
    let (old, new) = (change.old.as_deref().unwrap_or_default(), change.new.as_deref().unwrap_or_default());
    match (change.how, change.entry) {
        (How::Added, true) => format!("新增{}：{new}", change.name),
        (How::Added, false) => format!("{}：新增，{new}", change.name),
        (How::Removed, true) => format!("取消{}：{old}", change.name),
        (How::Removed, false) => format!("{}：取消，原为{old}", change.name),
        (How::Changed | How::Same, _) => format!("{}：{}", change.name, turned(old, new)),
    }
}

/// 20万元 → 30万元; of a long text only the changed words.
fn turned(old: &str, new: &str) -> String {
    let long = old.chars().count() >= LONG && new.chars().count() >= LONG;
    if long { marked(&marks(old, new)) } else { format!("{old} → {new}") }
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("  {line}\n")).collect()
}

pub(super) fn write_case(case: &CaseChange, out: &mut String) {
    out.push_str(&format!("  {} {}\n", case.file, case.title));
    case.plain().iter().for_each(|line| out.push_str(&format!("    {line}\n")));
    case.reasons.iter().take(REASONS).for_each(|reason| out.push_str(&format!("    原因：{}\n", reason_line(reason))));
}

impl CaseChange {
    /// What changed in its outcome, one line each, without the reasons.
    pub fn plain(&self) -> Vec<String> {
        let problems = self.problems.iter().map(|problem| format!("无法按此版本计算：{problem}"));
        let lines = match (&self.old, &self.new) {
            (Some(old), Some(new)) => sides(old, new),
            (Some(only), None) | (None, Some(only)) => vec![format!("另一版本：{}", alone(only))],
            (None, None) => Vec::new(),
        };
        problems.chain(lines).collect()
    }
}

fn alone(side: &Side) -> String {
    side.award_fen.map_or(side.status.label().to_owned(), |award| format!("奖补{}，{}", money(award), side.status.label()))
}

fn sides(old: &Side, new: &Side) -> Vec<String> {
    let grade = |side: &Side| side.level.map_or("待定", |value| level(value.into())).to_owned();
    let score = |side: &Side| side.score.clone().unwrap_or("待定".to_owned());
    let all = [
        ("奖补", fen(old.award_fen), fen(new.award_fen)),
        ("等级", grade(old), grade(new)),
        ("状态", old.status.label().to_owned(), new.status.label().to_owned()),
        ("核定投入", fen(old.recognised_fen), fen(new.recognised_fen)),
        ("得分", score(old), score(new)),
    ];
    all.into_iter()
        .filter(|(_, before, after)| before != after)
        .map(|(what, before, after)| format!("{what}：{before} → {after}"))
        .collect()
}

fn fen(fen: Option<i64>) -> String {
    fen.map_or("待定".to_owned(), money)
}

fn reason_line(reason: &ReasonChange) -> String {
    let cited = if reason.clauses.is_empty() { String::new() } else { format!("（依据：{}）", reason.clauses.join("、")) };
    match (&reason.old, &reason.new) {
        (Some(old), Some(new)) => format!("{new}{cited}原为：{old}"),
        (None, Some(new)) => format!("新增：{new}{cited}"),
        (Some(old), None) => format!("不再有：{old}{cited}"),
        (None, None) => cited,
    }
}
