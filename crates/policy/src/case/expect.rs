//! What a worked case expects, and where an outcome differs.

use super::document::Raw;
use crate::answers::Answers;
use crate::evaluate::Evaluation;
use crate::kernel::Val;
use crate::outcome::Outcome;
use crate::pack::Pack;
use standards::words::{amount_in_wan, parse_amount};
use std::collections::BTreeMap;

/// Expectations; what is not named is not compared.
#[derive(Clone, Debug, Default)]
pub struct Expect {
    /// The line they stand at.
    pub line: usize,
    level: Option<String>,
    score: Option<String>,
    recognised: Option<String>,
    award: Option<String>,
    status: Option<String>,
    findings: BTreeMap<String, String>,
    items: BTreeMap<String, String>,
    values: BTreeMap<String, String>,
    awards: BTreeMap<String, String>,
    /// Clauses the reasons must cite.
    pub clauses: Vec<String>,
    says: Vec<String>,
}

impl Expect {
    /// No expectations yet, at a line.
    pub(super) fn at(line: usize) -> Self {
        Self { line, ..Self::default() }
    }

    /// Takes one key; `false` when it is unknown or not of its form.
    pub(super) fn add(&mut self, key: &str, raw: Raw) -> bool {
        match (key, raw) {
            ("level", Raw::Text(text)) => self.level = Some(text),
            ("score", Raw::Text(text)) => self.score = Some(text),
            ("recognised", Raw::Text(text)) => self.recognised = Some(text),
            ("award", Raw::Text(text)) => self.award = Some(text),
            ("status", Raw::Text(text)) => self.status = Some(text),
            ("findings", Raw::Table(table)) => self.findings = table,
            ("items", Raw::Table(table)) => self.items = table,
            ("values", Raw::Table(table)) => self.values = table,
            ("awards", Raw::Table(table)) => self.awards = table,
            ("clauses", Raw::List(list)) => self.clauses = list,
            ("says", Raw::List(list)) => self.says = list,
            _ => return false,
        }
        true
    }

    /// Where the outcome differs, one sentence each.
    pub fn differences(&self, evaluation: &Evaluation, outcome: &Outcome) -> Vec<String> {
        let mut all = self.plain_differences(&outcome.answers());
        all.extend(self.value_differences(evaluation));
        all.extend(self.reason_differences(evaluation.pack, outcome));
        all
    }

    /// Where figures and statuses differ, the reasons left out.
    pub fn figure_differences(&self, evaluation: &Evaluation) -> Vec<String> {
        let mut all = self.plain_differences(&Answers::of(evaluation));
        all.extend(self.value_differences(evaluation));
        all
    }

    fn plain_differences(&self, answers: &Answers) -> Vec<String> {
        let mut all = Vec::new();
        let mut same = |what: &str, expected: &Option<String>, found: String| {
            if let Some(expected) = expected.as_ref().filter(|expected| **expected != found) {
                all.push(format!("{what}应为{expected}，实为{found}"));
            }
        };
        let text = |value: Option<String>| value.unwrap_or_else(|| "unknown".to_owned());
        let money = |fen: Option<i64>| text(fen.map(amount_in_wan));
        same("等级", &self.level, text(answers.level.map(|level| level.to_string())));
        same("得分", &self.score, text(answers.score.clone()));
        same("状态", &self.status, serde_name(answers.status));
        same("核定投入", &normal(&self.recognised), money(answers.recognised_fen));
        same("奖补", &normal(&self.award), money(answers.award_fen));
        for (id, expected) in &self.findings {
            let found = of(&answers.findings, id).map_or("没有这个条件".to_owned(), |status| serde_name(*status));
            same(&format!("条件“{id}”"), &Some(expected.clone()), found);
        }
        for (id, expected) in &self.items {
            let found = of(&answers.items, id).map_or("没有这一项".to_owned(), |fen| amount_in_wan(*fen));
            same(&format!("“{id}”计入"), &normal(&Some(expected.clone())), found);
        }
        for (id, expected) in &self.awards {
            let found = money(of(&answers.awards, id).copied().flatten());
            same(&format!("奖补“{id}”"), &normal(&Some(expected.clone())), found);
        }
        all
    }

    fn value_differences(&self, evaluation: &Evaluation) -> Vec<String> {
        let (pack, trace, sayer) = (evaluation.pack, &evaluation.trace, evaluation.say());
        let difference = |(id, expected): (&String, &String)| {
            let Some(reg) = pack.register(id) else { return Some(format!("没有值“{id}”")) };
            let meta = pack.metas[reg as usize];
            let found = trace.case(reg);
            let same = match (expected.as_str(), found.get()) {
                ("unknown", None) => true,
                (_, None) => false,
                (text, Some(value)) => {
                    crate::compile::read_cell(meta.ty, text, sayer.words(meta.ty)).is_ok_and(|exact| exact == meta.exact(value))
                }
            };
            let shown = if found == Val::UNKNOWN { "unknown".to_owned() } else { sayer.value(meta, found) };
            (!same).then(|| format!("值“{id}”应为{expected}，实为{shown}"))
        };
        self.values.iter().filter_map(difference).collect()
    }

    fn reason_differences(&self, pack: &Pack, outcome: &Outcome) -> Vec<String> {
        let trees = outcome.trees();
        let cited: Vec<&str> = trees.iter().flat_map(|tree| tree.clauses()).collect();
        let known: Vec<&str> = self.clauses.iter().map(String::as_str).filter(|clause| pack.clause(clause).is_none()).collect();
        let missing = self.clauses.iter().filter(|clause| !cited.contains(&clause.as_str()) && !known.contains(&clause.as_str()));
        let texts: Vec<&str> = trees.iter().flat_map(|tree| tree.walk()).map(|reason| reason.text.as_str()).collect();
        let unsaid = self.says.iter().filter(|said| !texts.iter().any(|text| text.contains(said.as_str())));
        let missing = missing.map(|clause| format!("理由未引用条款{clause}"));
        let known = known.iter().map(|clause| format!("条款不存在：{clause}"));
        known.chain(missing).chain(unsaid.map(|said| format!("理由中没有“{said}”"))).collect()
    }
}

fn normal(expected: &Option<String>) -> Option<String> {
    expected.as_ref().map(|text| parse_amount(text).map_or(text.clone(), amount_in_wan))
}

fn of<'a, T>(all: &'a [(String, T)], id: &str) -> Option<&'a T> {
    all.iter().find(|(known, _)| known == id).map(|(_, value)| value)
}

fn serde_name(value: impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
