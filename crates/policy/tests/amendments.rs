//! Versions that amend one another, each by a fact of its own: which one governs a case, and that what was decided
//! before stays decided.
#![allow(clippy::unwrap_used)]

mod support;

use policy::case::{Document, Draft, read};
use policy::evaluate::evaluate;
use policy::explained::Facts;
use policy::files::PackFiles;
use policy::library::{Library, VersionError};
use policy::outcome::Outcome;
use policy::pack::Pack;
use policy::receipt::Receipt;
use std::collections::BTreeMap;
use support::packs;

const ID: &str = "amendments";

fn folder(version: usize) -> PackFiles {
    packs::files(&packs::root().join(format!("crates/policy/tests/packs/{ID}/{version}")))
}

/// A library of the first versions, as it was when they were all there was.
fn library(versions: usize) -> Library {
    loaded((1..=versions).map(folder))
}

fn loaded(folders: impl Iterator<Item = PackFiles>) -> Library {
    let (library, failed) = Library::load(folders.enumerate().map(|(at, files)| (at.to_string(), files)).collect());
    assert!(failed.is_empty(), "{failed:#?}");
    library
}

/// A case by batch, day of completion and day of application; empty: not known.
type Case = (&'static str, &'static str, &'static str);

fn facts(pack: &Pack, (batch, completed_on, applied_on): Case) -> Facts {
    let mut draft = Draft::new(pack);
    let all = [("batch", batch), ("completed_on", completed_on), ("applied_on", applied_on), ("investment", "300万元")];
    all.iter().for_each(|(name, text)| draft.set(pack, &format!("project.{name}"), text).unwrap());
    draft.set(pack, "enterprise.registered_here", "yes").unwrap();
    draft.set(pack, "enterprise.size", "small").unwrap();
    draft.facts()
}

/// Which version governs, or what the case is told is missing.
fn governing(library: &Library, case: Case) -> Result<String, VersionError> {
    library.governing(ID, None, |pack| facts(pack, case)).map(|pack| pack.version.clone())
}

fn decided(library: &Library, version: Option<&str>, case: Case) -> (Outcome, Receipt) {
    let pack = library.governing(ID, version, |pack| facts(pack, case)).unwrap();
    let facts = facts(pack, case);
    let outcome = evaluate(pack, &facts);
    let receipt = Receipt::of(pack, &facts, &outcome);
    (outcome, receipt)
}

/// Case, the version that governs it once all four are there, and the award in 元.
const EDGES: [(Case, &str, i64); 20] = [
    // The batch before, of and after the amendment.
    (("1", "2026-03-31", "2026-06-30"), "1", 200_000),
    (("2", "2026-03-31", "2026-06-30"), "1", 200_000),
    (("3", "2026-03-31", "2026-06-30"), "2", 300_000),
    (("4", "2026-03-31", "2026-06-30"), "2", 300_000),
    // The day before, of and after the completion that counts as late.
    (("2", "2026-03-30", "2026-06-30"), "1", 200_000),
    (("3", "2026-03-30", "2026-06-30"), "2", 300_000),
    (("2", "2026-04-01", "2026-06-30"), "3", 200_000),
    (("3", "2026-04-01", "2026-06-30"), "3", 300_000),
    (("2", "2026-04-02", "2026-06-30"), "3", 200_000),
    (("3", "2026-04-02", "2026-06-30"), "3", 300_000),
    // The day before, of and after the old end of the intake.
    (("2", "2026-03-31", "2026-06-29"), "1", 200_000),
    (("3", "2026-04-01", "2026-06-29"), "3", 300_000),
    (("2", "2026-03-31", "2026-07-01"), "4", 200_000),
    (("3", "2026-04-01", "2026-07-01"), "4", 300_000),
    (("2", "2026-03-31", "2026-07-02"), "4", 200_000),
    // The day before, of and after the new end.
    (("3", "2026-03-31", "2026-07-30"), "4", 300_000),
    (("3", "2026-03-31", "2026-07-31"), "4", 300_000),
    (("3", "2026-03-31", "2026-08-01"), "4", 0),
    // The first day of the intake, and the day before it.
    (("1", "2025-03-01", "2025-03-01"), "1", 200_000),
    (("1", "2025-02-28", "2025-02-28"), "1", 0),
];

#[test]
fn every_edge_picks_the_right_version() {
    let library = library(4);
    for (case, version, yuan) in EDGES {
        let (outcome, receipt) = decided(&library, None, case);
        assert_eq!((receipt.version.as_str(), outcome.award_fen), (version, Some(yuan * 100)), "{case:?}");
    }
}

#[test]
fn a_case_without_its_date_is_told_which_is_missing() {
    let library = library(4);
    let missing = |case: Case, facts: &str| assert_eq!(governing(&library, case), Err(VersionError::Undated(facts.into())), "{case:?}");
    missing(("3", "2026-03-31", ""), "申报日期");
    missing(("3", "", "2026-06-30"), "完工日期");
    missing(("", "2026-03-31", "2026-06-30"), "批次");
    missing(("", "", "2026-06-30"), "完工日期”、“批次");
    missing(("", "", ""), "申报日期”、“完工日期”、“批次");
    // An older version would fit, but a newer one may yet govern.
    missing(("1", "2026-04-01", ""), "申报日期");
    assert_eq!(VersionError::Undated("完工日期”、“批次".into()).to_string(), "请先填写“完工日期”、“批次”，以确定适用的政策版本");
}

#[test]
fn what_cannot_change_the_version_need_not_be_known() {
    let library = library(4);
    assert_eq!(governing(&library, ("", "", "2026-07-01")), Ok("4".into()));
    assert_eq!(governing(&library, ("", "2026-04-01", "2026-06-30")), Ok("3".into()));
}

#[test]
fn what_was_decided_stays_decided_when_later_versions_come() {
    let all = library(4);
    for versions in 1..=4 {
        let then = library(versions);
        for (case, ..) in EDGES {
            let (outcome, receipt) = decided(&then, None, case);
            let kept = receipt.version.as_str();
            assert_eq!(decided(&all, Some(kept), case), (outcome, receipt.clone()), "{case:?} under {kept}");
            let pack = all.version(ID, kept).unwrap();
            assert_eq!(receipt.verify(pack, &facts(pack, case)), Vec::<String>::new());
        }
    }
}

#[test]
fn a_case_that_names_its_version_stays_under_it() {
    let text = "[case]\npack = \"amendments@1\"\n[project]\nbatch = 4\ncompleted_on = \"2026-05-01\"\napplied_on = \"2026-07-01\"\n";
    let case: Document = read("case.toml", text).unwrap();
    let (id, version) = case.pack.as_deref().unwrap().split_once('@').unwrap();
    let library = library(4);
    let draft = |pack: &Pack| case.draft(pack).unwrap().facts();
    assert_eq!(library.governing(id, Some(version), draft).unwrap().version, "1");
    assert_eq!(library.governing(id, None, draft).unwrap().version, "4");
    assert_eq!(library.governing(id, Some("5"), draft).unwrap_err(), VersionError::NoVersion(ID.into(), "5".into()));
}

#[test]
fn each_version_passes_its_worked_cases() {
    for version in 1..=4 {
        let files = folder(version);
        let pack = library(version).version(ID, &version.to_string()).unwrap().clone();
        let checked = policy::check::check(&pack, &files);
        let failed: Vec<_> = checked.iter().filter(|checked| !checked.differences.is_empty()).collect();
        assert!(failed.is_empty() && checked.len() >= 10, "{failed:#?}");
    }
}

/// The problems of a library whose versions are written otherwise: `(version, what is written, instead)`.
fn problems(changes: &[(usize, &str, &str)]) -> Vec<String> {
    let mut folders: BTreeMap<String, PackFiles> = (1..=4).map(|version| (version.to_string(), folder(version))).collect();
    for (version, from, to) in changes {
        let text = folders.get_mut(&version.to_string()).unwrap().get_mut("pack.toml").unwrap();
        assert!(text.contains(from), "{from} is not in version {version}");
        *text = text.replace(from, to);
    }
    let (_, failed) = Library::load(folders);
    failed.iter().flat_map(|(_, problems)| problems.iter().map(ToString::to_string)).collect()
}

#[test]
fn versions_that_could_both_govern_are_refused() {
    let check = |changes: &[(usize, &str, &str)], words: &str| {
        let found = problems(changes);
        assert!(found.iter().any(|problem| problem.contains(words)), "{words}: {found:#?}");
    };
    check(
        &[(4, "amends = \"3\"\n", "")],
        "版本“3”与“4”按不同的事实（完工日期、申报日期）划分适用范围，可能同时适用。请在较新版本的 [applies] 中用 amends",
    );
    check(&[(4, "amends = \"3\"\n", "")], "版本“1”与“4”的适用期间重叠");
    check(&[(4, "amends = \"3\"", "amends = \"5\"")], "pack.toml:13:10: 被修订的版本“5”不存在");
    check(&[(2, "amends = \"1\"", "amends = \"4\"")], "pack.toml:13:10: 版本“2”经由“4”修订它自己，循环");
    assert_eq!(problems(&[]), Vec::<String>::new());
}
