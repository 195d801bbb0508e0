//! Worked cases under both versions: whose outcome changes, and by which reason.

use super::causes::{ReasonChange, why};
use super::marks::How;
use super::text::cited;
use crate::case::{Document, read};
use crate::evaluate::evaluate;
use crate::load::Loaded;
use crate::outcome::{AwardStatus, Outcome};
use crate::pack::Pack;
use crate::problem::Problem;
use crate::receipt::facts_text;
use serde::Serialize;
use std::collections::HashSet;

/// A case whose outcome is not the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CaseChange {
    /// Its file.
    pub file: String,
    /// Its title.
    pub title: String,
    /// Under the old version; `None` where that cannot read it.
    pub old: Option<Side>,
    /// Under the new version.
    pub new: Option<Side>,
    /// Why a version cannot read it.
    pub problems: Vec<String>,
    /// The reasons that changed and rest on none that changed; where the status changed, only of the conditions that did.
    pub reasons: Vec<ReasonChange>,
}

/// What one version says of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Side {
    /// The sum paid, in fen.
    pub award_fen: Option<i64>,
    /// The level the award goes by.
    pub level: Option<u8>,
    /// Where the whole stands.
    pub status: AwardStatus,
    /// Recognised cost, in fen.
    pub recognised_fen: Option<i64>,
    /// Marks, exact decimal text.
    pub score: Option<String>,
}

/// How many cases were compared, and those that differ. `extra` are further case files, path and text.
pub fn outcomes(old: &Loaded, new: &Loaded, extra: &[(String, String)]) -> (usize, Vec<CaseChange>) {
    let mut seen = HashSet::new();
    let mut changed = Vec::new();
    for (file, text) in [worked(old), worked(new), extra.to_vec()].concat() {
        for (title, case) in variations(&file, &text) {
            let tried = Tried { before: under(&old.pack, &case), after: under(&new.pack, &case) };
            if seen.insert((title.clone(), tried.facts())) {
                changed.extend(tried.compared(&file, &title).map(|change| printed(change, old, new)));
            }
        }
    }
    (seen.len(), changed)
}

/// A pack's worked cases, their paths below the version.
fn worked(loaded: &Loaded) -> Vec<(String, String)> {
    let cases = loaded.files.iter().filter(|(path, _)| path.starts_with("cases/"));
    cases.map(|(path, text)| (format!("{}/{path}", loaded.pack.version), text.clone())).collect()
}

/// The same change with the clauses of its reasons as printed.
fn printed(mut change: CaseChange, old: &Loaded, new: &Loaded) -> CaseChange {
    for reason in &mut change.reasons {
        let citing = if reason.how == How::Removed { &old.pack } else { &new.pack };
        reason.clauses.iter_mut().for_each(|cite| *cite = cited(citing, &new.pack, cite));
    }
    change
}

/// A case or what is wrong with its text.
type Case = Result<Document, Vec<String>>;

/// A case file's case and its variations, by title.
fn variations(file: &str, text: &str) -> Vec<(String, Case)> {
    let said = |problems: Vec<Problem>| problems.iter().map(ToString::to_string).collect::<Vec<_>>();
    let document = match read(file, text) {
        Ok(document) => document,
        Err(problems) => return vec![(file.to_owned(), Err(said(problems)))],
    };
    let varied = document.vary.iter().map(|vary| (format!("{} · {}", document.title, vary.title), document.varied(vary).map_err(said)));
    std::iter::once((document.title.clone(), Ok(document.clone()))).chain(varied).collect()
}

/// A case evaluated by one version: its facts as text, and the outcome, or what is wrong.
type Outcomes = Result<(String, Outcome), Vec<String>>;

fn under(pack: &Pack, case: &Case) -> Outcomes {
    let draft = case.as_ref().map_err(Clone::clone)?.draft(pack);
    let told = |problem: &Problem| format!("{}@{}：{problem}", pack.id, pack.version);
    let facts = draft.map_err(|problems| problems.iter().map(told).collect::<Vec<_>>())?.facts();
    Ok((facts_text(pack, &facts), evaluate(pack, &facts)))
}

/// A case under both versions.
struct Tried {
    before: Outcomes,
    after: Outcomes,
}

impl Tried {
    /// What tells it from other cases of its title.
    fn facts(&self) -> (String, String) {
        let text = |one: &Outcomes| one.as_ref().map_or_else(|problems| problems.join("\n"), |(facts, _)| facts.clone());
        (text(&self.before), text(&self.after))
    }

    fn compared(&self, file: &str, title: &str) -> Option<CaseChange> {
        let outcome = |one: &Outcomes| one.as_ref().ok().map(|(_, outcome)| side(outcome));
        let (old, new) = (outcome(&self.before), outcome(&self.after));
        if old == new && old.is_some() {
            return None;
        }
        let mut problems: Vec<String> =
            [&self.before, &self.after].into_iter().filter_map(|one| one.as_ref().err()).flatten().cloned().collect();
        problems.dedup();
        let reasons = match (&self.before, &self.after) {
            (Ok((_, old)), Ok((_, new))) => why(old, new),
            _ => Vec::new(),
        };
        Some(CaseChange { file: file.to_owned(), title: title.to_owned(), old, new, problems, reasons })
    }
}

fn side(outcome: &Outcome) -> Side {
    Side {
        award_fen: outcome.award_fen,
        level: outcome.level,
        status: outcome.status,
        recognised_fen: outcome.recognised_fen,
        score: outcome.score.clone(),
    }
}
