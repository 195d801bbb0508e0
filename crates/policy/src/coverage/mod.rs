//! What the worked cases of a pack leave untried (覆盖): clauses never cited, table rows never hit, tests seen from one
//! side only, ceilings that never bind, extremes that one argument never decides, roundings that never round.

mod rules;
mod seen;

use crate::check::Worked;
use crate::evaluate::Evaluation;
use crate::load::Loaded;
use crate::pack::Pack;
use seen::Seen;
use std::collections::BTreeSet;

/// Something that no worked case tries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Its id, as `uncovered.toml` names it.
    pub what: String,
    /// In words.
    pub says: String,
    /// The clauses of its rule.
    pub clause: String,
}

/// What a pack's cases tried.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    /// How many things there are to try.
    pub wanted: usize,
    /// What none of the cases tries.
    pub gaps: Vec<Gap>,
}

/// A thing to try and how it shows; two of one id are one thing that shows in two ways.
struct Want {
    gap: Gap,
    seen: Seen,
}

/// What the cases of a pack try, and what they leave.
pub fn coverage(loaded: &Loaded, cases: &[Worked]) -> Coverage {
    let mut wants = cited(&loaded.pack);
    wants.extend(rules::wants(loaded));
    let wanted = wants.iter().map(|want| &want.gap.what).collect::<BTreeSet<_>>().len();
    for case in cases {
        let evaluation = Evaluation::new(&loaded.pack, &case.facts);
        let seen: BTreeSet<String> =
            wants.iter().filter(|want| want.seen.by(&evaluation, case)).map(|want| want.gap.what.clone()).collect();
        wants.retain(|want| !seen.contains(&want.gap.what));
    }
    let mut gaps: Vec<Gap> = Vec::new();
    for want in wants {
        if gaps.iter().all(|gap| gap.what != want.gap.what) {
            gaps.push(want.gap);
        }
    }
    Coverage { wanted, gaps }
}

fn cited(pack: &Pack) -> Vec<Want> {
    let want = |clause: &str| {
        let gap = Gap { what: format!("§{clause}"), says: "没有案例的理由引用本条款".to_owned(), clause: clause.to_owned() };
        Want { gap, seen: Seen::Cited(clause.to_owned()) }
    };
    clauses(pack).into_iter().map(want).collect()
}

/// The clauses that rules cite; a table's own clause only where one of its rows has none.
fn clauses(pack: &Pack) -> BTreeSet<&str> {
    let mut all: Vec<&str> = pack.values.iter().map(|value| value.clause.as_str()).collect();
    all.extend(pack.conditions.iter().map(|condition| condition.clause.as_str()));
    all.extend(pack.conditions.iter().filter_map(|condition| condition.exception.as_ref()).map(|(_, _, clause)| clause.as_str()));
    all.extend(pack.recognitions.iter().flat_map(|recognition| &recognition.rules).map(|rule| rule.clause.as_str()));
    all.extend(pack.awards.iter().map(|award| award.clause.as_str()));
    all.extend(pack.stacks.iter().map(|stack| stack.clause.as_str()));
    for table in &pack.tables {
        all.extend(table.rows.iter().map(|(_, clause)| if clause.is_empty() { table.clause.as_str() } else { clause }));
    }
    if let Some(assessment) = &pack.assessment {
        all.push(&assessment.clause);
        all.extend(assessment.lines.iter().map(|line| line.clause.as_str()));
        all.extend(assessment.questions.iter().map(|question| question.clause.as_str()));
        all.extend(assessment.variants.iter().map(|variant| variant.clause.as_str()));
    }
    all.into_iter().flat_map(|joined| joined.split('、')).filter(|clause| !clause.is_empty()).collect()
}
