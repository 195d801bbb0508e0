//! Why two outcomes of one case differ: the deepest reasons that changed.

use super::marks::How;
use crate::outcome::Outcome;
use crate::reason::Reason;
use serde::Serialize;
use std::collections::HashSet;

/// A reason under both versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReasonChange {
    /// Its id, as the version that has it calls it.
    pub id: String,
    /// The old sentence; `None`: the old version has no such reason.
    pub old: Option<String>,
    /// The new sentence.
    pub new: Option<String>,
    /// The clauses it follows, as printed.
    pub clauses: Vec<String>,
    /// Whether it was added, removed or changed.
    pub how: How,
}

/// Why two outcomes differ, each reason once.
pub(super) fn why(old: &Outcome, new: &Outcome) -> Vec<ReasonChange> {
    let mut all = Vec::new();
    for before in old.findings.iter().filter(|_| old.status != new.status) {
        let after = new.findings.iter().find(|after| after.id == before.id && after.status != before.status);
        after.into_iter().for_each(|after| deepest(&before.reasons, &after.reasons, &mut all));
    }
    if all.is_empty() {
        deepest(&old.reasons, &new.reasons, &mut all);
    }
    let mut told = HashSet::new();
    all.retain(|change| told.insert((change.id.clone(), change.old.clone(), change.new.clone())));
    all
}

/// Gathers the reasons that say something else and rest on none that does; of what only one version has, the rules.
fn deepest(old: &Reason, new: &Reason, all: &mut Vec<ReasonChange>) {
    let before = all.len();
    for pair in pairs(&old.children, &new.children) {
        match pair {
            (Some(old), Some(new)) => deepest(old, new, all),
            (old, new) => all.extend(Some(changed(old, new)).filter(|change| !change.clauses.is_empty())),
        }
    }
    if all.len() == before && old.text != new.text {
        all.push(changed(Some(old), Some(new)));
    }
}

/// Children of the two versions that are about the same rule or fact; advice on what would help is left out.
fn pairs<'a>(old: &'a [Reason], new: &'a [Reason]) -> Vec<(Option<&'a Reason>, Option<&'a Reason>)> {
    let about = |reason: &&Reason| !matches!(reason.id.as_str(), "needed" | "fix");
    let mut left: Vec<&Reason> = old.iter().filter(about).collect();
    let mut all = Vec::new();
    for after in new.iter().filter(about) {
        let same = left.iter().position(|before| rule(&before.id) == rule(&after.id));
        all.push((same.map(|at| left.remove(at)), Some(after)));
    }
    all.extend(left.into_iter().map(|before| (Some(before), None)));
    all
}

/// The rule a reason is about: of a table, whichever row applied.
fn rule(id: &str) -> &str {
    id.split('[').next().unwrap_or(id)
}

fn changed(old: Option<&Reason>, new: Option<&Reason>) -> ReasonChange {
    let how = match (old, new) {
        (None, _) => How::Added,
        (_, None) => How::Removed,
        _ => How::Changed,
    };
    let text = |reason: Option<&Reason>| reason.map(|reason| reason.text.clone());
    let latest = new.or(old);
    let clauses = latest.map_or("", |reason| &reason.clause).split('、').filter(|clause| !clause.is_empty());
    ReasonChange {
        id: latest.map_or(String::new(), |reason| reason.id.clone()),
        old: text(old),
        new: text(new),
        clauses: clauses.map(str::to_owned).collect(),
        how,
    }
}
