//! What is different between two versions of a pack: clause by clause of the text with the rules that follow each
//! clause, and the worked cases whose outcome changes.

mod brief;
mod causes;
mod entries;
mod lookup;
mod marks;
mod names;
mod outcomes;
mod plain;
mod rules;
mod text;

pub use brief::{Area, BriefLine};
pub use causes::ReasonChange;
pub use marks::{How, Mark};
pub use outcomes::{CaseChange, Side};
pub use rules::Change;
pub use text::TextChange;

use crate::load::Loaded;
use crate::pack::Pack;
use serde::Serialize;

/// Everything that is different between two versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// `id@version` of the old one.
    pub old: String,
    /// `id@version` of the new one.
    pub new: String,
    /// From when the new version governs, if it says: 自第3批起.
    pub since: Option<String>,
    /// The facts of both versions, id and name, for sentences that quote formulas.
    #[serde(skip)]
    facts: Vec<(String, String)>,
    /// By clause, in the order of the new text; what follows no clause comes last.
    pub clauses: Vec<ClauseChange>,
    /// How many cases were evaluated by both.
    pub cases_compared: usize,
    /// The cases whose outcome is not the same.
    pub cases: Vec<CaseChange>,
}

/// What changed in one clause and in the rules that follow it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClauseChange {
    /// As printed: 《办法》2; empty for what follows no clause.
    pub clause: String,
    /// How its text changed, if it did.
    pub text: Option<TextChange>,
    /// The rules that changed. One that follows several clauses stands under the first.
    pub rules: Vec<Change>,
}

/// Compares two versions; `cases` are case files, path and text, to be compared beside the worked cases of both.
pub fn difference(old: &Loaded, new: &Loaded, cases: &[(String, String)]) -> Difference {
    let name = |pack: &Pack| format!("{}@{}", pack.id, pack.version);
    let (cases_compared, cases) = outcomes::outcomes(old, new, cases);
    Difference {
        old: name(&old.pack),
        new: name(&new.pack),
        since: brief::since(&new.pack),
        facts: brief::facts(&old.pack, &new.pack),
        clauses: by_clause(old, new),
        cases_compared,
        cases,
    }
}

fn by_clause(old: &Loaded, new: &Loaded) -> Vec<ClauseChange> {
    let texts = text::texts(&old.pack, &new.pack).into_iter();
    let mut groups: Vec<ClauseChange> = texts.map(|(clause, text)| ClauseChange { clause, text, rules: Vec::new() }).collect();
    for mut change in rules::changes(&entries::entries(&old.files), &entries::entries(&new.files)) {
        if change.path.ends_with(".clause") {
            change.old = change.old.map(|cites| cited(&old.pack, &new.pack, &cites));
            change.new = change.new.map(|cites| cited(&new.pack, &new.pack, &cites));
        }
        change.cited_old = change.cited_old.iter().map(|cite| text::cited(&old.pack, &new.pack, cite)).collect();
        change.cited_new = change.cited_new.iter().map(|cite| text::cited(&new.pack, &new.pack, cite)).collect();
        let citing = if change.how == How::Removed { &old.pack } else { &new.pack };
        let clause = change.clauses.first().map_or(String::new(), |cite| text::cited(citing, &new.pack, cite));
        match groups.iter_mut().find(|group| group.clause == clause) {
            Some(group) => group.rules.push(change),
            None => groups.push(ClauseChange { clause, text: None, rules: vec![change] }),
        }
    }
    groups.retain(|group| group.text.is_some() || !group.rules.is_empty());
    groups.sort_by_key(|group| group.clause.is_empty());
    groups
}

/// Several citations as printed.
fn cited(citing: &Pack, new: &Pack, cites: &str) -> String {
    cites.split('、').map(|cite| text::cited(citing, new, cite)).collect::<Vec<_>>().join("、")
}
