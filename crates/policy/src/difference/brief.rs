//! A difference as an office reads it: what changes, area by area, from when, and by which clause of each version.

use super::plain::{rule_line, text_line, write_case};
use super::{Change, Difference};
use crate::pack::{Pack, Source};
use crate::program::Type;
use serde::Serialize;
use standards::Date;

/// What a change concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Area {
    /// 适用范围
    Scope,
    /// 申报条件
    Conditions,
    /// 标准、限额和金额
    Amounts,
    /// 评测指标
    Indicators,
    /// 表单和材料
    Forms,
    /// 事项和环节
    Stages,
    /// 办理和补正时限
    Limits,
    /// 填报的事实和选项
    Facts,
    /// 政策文本
    Texts,
}

impl Area {
    /// The Chinese name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Scope => "适用范围",
            Self::Conditions => "申报条件",
            Self::Amounts => "标准、限额和金额",
            Self::Indicators => "评测指标",
            Self::Forms => "表单和材料",
            Self::Stages => "事项和环节",
            Self::Limits => "时限",
            Self::Facts => "填报的事实和选项",
            Self::Texts => "政策文本",
        }
    }

    /// The area of a changed place: `stage.check.limit.days`.
    fn of(path: &str) -> Self {
        let (section, rest) = path.split_once('.').unwrap_or((path, ""));
        let part = rest.split_once('.').map_or("", |(_, part)| part);
        match section {
            "condition" => Self::Conditions,
            "recognise" | "table" | "value" | "award" | "stack" | "calculator" | "quota" => Self::Amounts,
            "indicator_set" | "dimension" | "indicator" | "question" | "figure" | "scenario" | "level" | "assessment" | "variant" => {
                Self::Indicators
            }
            "form" | "material" => Self::Forms,
            "stage" if ["limit", "correction"].iter().any(|limit| part.starts_with(limit)) => Self::Limits,
            "stage" | "procedure" => Self::Stages,
            "choice" | "rows" | "input" | "known" => Self::Facts,
            _ => Self::Scope,
        }
    }
}

/// One change in one sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BriefLine {
    /// What it concerns.
    pub area: Area,
    /// 表“补贴标准”（等级 三级）最高限额：150万元 → 200万元
    pub says: String,
    /// From when, if the new version says: 自第3批起.
    pub since: Option<String>,
    /// The clauses of each version: 原依据《办法》4，现依据《办法》5; 依据《办法》4 where they are the same.
    pub cites: String,
}

impl Difference {
    /// Every change in one sentence, those of an area together; the texts last, where they say what the rules do not.
    pub fn brief(&self) -> Vec<BriefLine> {
        let rules = self.clauses.iter().flat_map(|clause| &clause.rules).map(|change| self.rule(change));
        let texts = self.clauses.iter().filter_map(|clause| {
            let says = text_line(clause.text.as_ref()?);
            Some(BriefLine { area: Area::Texts, says: format!("{}：{says}", clause.clause), since: None, cites: String::new() })
        });
        let mut all: Vec<BriefLine> = rules.chain(texts).collect();
        all.sort_by_key(|line| line.area);
        all
    }

    /// The same as text, with the worked cases whose outcome changes.
    pub fn brief_text(&self) -> String {
        let mut out = format!("{} → {}\n", self.old, self.new);
        let all = self.brief();
        if all.is_empty() {
            out.push_str("\n文本和规则没有不同。\n");
        }
        for group in all.chunk_by(|one, other| one.area == other.area) {
            out.push_str(&format!("\n{}\n", group[0].area.label()));
            group.iter().for_each(|line| out.push_str(&format!("  {}\n", line.text().replace('\n', "\n  "))));
        }
        out.push_str(&format!("\n案例：比较{}个，{}个结果不同\n", self.cases_compared, self.cases.len()));
        self.cases.iter().for_each(|case| write_case(case, &mut out));
        out
    }

    /// Facts in formulas by their names: enterprise.staff becomes 职工人数.
    fn worded(&self, says: String) -> String {
        self.facts.iter().fold(says, |says, (id, label)| if says.contains(id.as_str()) { says.replace(id.as_str(), label) } else { says })
    }

    fn rule(&self, change: &Change) -> BriefLine {
        let area = Area::of(&change.path);
        let since = self.since.clone().filter(|_| area != Area::Scope);
        BriefLine { area, says: self.worded(rule_line(change)), since, cites: cites(&change.cited_old, &change.cited_new) }
    }
}

impl BriefLine {
    /// The whole sentence.
    pub fn text(&self) -> String {
        let since = self.since.as_ref().map_or(String::new(), |since| format!("，{since}"));
        let cites = if self.cites.is_empty() { String::new() } else { format!("（{}）", self.cites) };
        format!("{}{since}{cites}", self.says.trim_end_matches('。'))
    }
}

fn cites(old: &[String], new: &[String]) -> String {
    match (old, new) {
        ([], []) => String::new(),
        (old, new) if old == new => format!("依据{}", new.join("、")),
        ([], new) => format!("依据{}", new.join("、")),
        (old, []) => format!("原依据{}", old.join("、")),
        (old, new) => format!("原依据{}，现依据{}", old.join("、"), new.join("、")),
    }
}

/// The facts of both versions by id, longer ids first, so that none is read as the beginning of another.
pub(super) fn facts(old: &Pack, new: &Pack) -> Vec<(String, String)> {
    let inputs = [new, old].into_iter().flat_map(|pack| pack.inputs.iter().flatten());
    let mut all: Vec<(String, String)> = inputs.map(|input| (input.id(), input.label.clone())).filter(|(id, _)| id.contains('.')).collect();
    all.sort_by_key(|(id, _)| std::cmp::Reverse(id.len()));
    all.dedup_by(|one, other| one.0 == other.0);
    all
}

/// From when a version governs: 自第3批起, 完工日期自2026年1月1日起.
pub(super) fn since(pack: &Pack) -> Option<String> {
    let applies = pack.applies.as_ref()?;
    let (input, from) = (&pack.inputs[0][applies.input], applies.from?);
    let is_batch = pack.known.iter().any(|known| (known.kind, known.input) == (0, applies.input) && known.source == Source::BatchNumber);
    Some(match input.meta.ty {
        Type::Date => {
            let day = i32::try_from(from).ok().and_then(Date::from_days)?;
            format!("{}自{}起", input.label, day.chinese())
        }
        _ if is_batch => format!("自第{from}批起"),
        _ => format!("{}自{from}起", input.label),
    })
}
