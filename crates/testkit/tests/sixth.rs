//! The fictional city's programme has rule shapes, forms and stages that no other pack has; they are told from the files.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

/// A shape, and what a pack's files say where they use it, ways of writing it in any order.
const SHAPES: [(&str, &[&str]); 19] = [
    ("marginal bands", &["marginal("]),
    ("whole steps only", &["steps("]),
    ("days between two dates", &["days_between("]),
    ("the year of a date", &["year("]),
    ("last days relative to another date", &["add_days("]),
    ("rounding half up", &["round_half_up("]),
    ("awards that exclude one another", &["mode = \"exclude\""]),
    ("a pool shared pro rata", &["share = \"pro_rata\""]),
    ("places by score", &["score desc\""]),
    ("lookup by a date", &["by = [{ id = \"signed_on\", type = \"date\"", "by = [{ id = \"completed_on\", type = \"date\""]),
    ("lookup by an amount", &["by = [{ id = \"recognised\", type = \"money\""]),
    ("lookup by two keys", &["}, { id = \"size\", type = \"choice\", of = \"size\", label = "]),
    ("amount without tax", &["at_most = \"invoice.net\""]),
    ("booked", &["invoice.booked\""]),
    ("experts who score blind", &["blind = true"]),
    ("scores that lie apart", &["apart = "]),
    ("missed correction moves to the next batch", &["overdue = \"next_batch\""]),
    ("what another procedure granted", &["= \"granted."]),
    ("smallest amount paid", &["met = \"reform_amount >= "]),
];

/// The rules of every pack of a folder, its worked cases left out.
fn rules(folder: &str) -> String {
    let root = testkit::root().join(folder);
    let below = |folder: &std::path::Path| std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()).collect::<Vec<_>>();
    let versions = below(&root).into_iter().flat_map(|programme| below(&programme));
    let texts = versions.flat_map(|version| testkit::files(&version));
    texts.filter(|(name, _)| name.ends_with(".toml") && !name.starts_with("cases/")).map(|(_, text)| text).collect()
}

/// The Chinese names of the entries of a kind.
fn labels(rules: &str, section: &str) -> BTreeSet<String> {
    let head = format!("[[{section}]]\n");
    let entries = rules.split(&head).skip(1);
    entries.filter_map(|entry| Some(entry.split_once("label = \"")?.1.split('"').next()?.to_owned())).collect()
}

#[test]
fn its_rule_shapes_are_in_no_other_pack() {
    let (own, others) = (rules("examples"), rules("programmes"));
    for (shape, written) in SHAPES {
        assert!(written.iter().all(|written| own.contains(written)), "it has no {shape}");
        let elsewhere: Vec<&&str> = written.iter().filter(|written| others.contains(**written)).collect();
        assert!(elsewhere.is_empty(), "{shape} is elsewhere: {elsewhere:?}");
    }
}

#[test]
fn its_forms_and_stages_are_in_no_other_pack() {
    let (own, others) = (rules("examples"), rules("programmes"));
    for (section, least) in [("form", 2), ("stage", 4)] {
        let other = labels(&others, section);
        let new: Vec<String> = labels(&own, section).into_iter().filter(|label| !other.contains(label)).collect();
        assert!(new.len() >= least && !other.is_empty(), "{section}: {new:?}");
    }
    assert!(own.contains("work = \"review\"") && !others.contains("work = \"review\""), "experts score in no other pack");
    for label in ["现场踏勘", "方案评审", "择优立项", "预拨资金", "初验", "终验"] {
        assert!(labels(&own, "stage").contains(label) && !labels(&others, "stage").contains(label), "{label}");
    }
}
