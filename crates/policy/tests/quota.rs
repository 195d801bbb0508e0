//! Quotas and pools over a small pack: rank, cut-off, tie-break, money that runs out.
#![allow(clippy::unwrap_used)]

use policy::case::Draft;
use policy::explained::Facts;
use policy::files::PackFiles;
use policy::load::load;
use policy::pack::Pack;
use policy::quota::{Applicant, quota};

const RULES: &str = r#"
[choice.industry]
label = "行业"
options = [{ id = "food", label = "食品" }, { id = "steel", label = "钢铁" }]
[input.applicant]
industry = { type = "choice", of = "industry", label = "行业" }
score = { type = "score", label = "评分" }
applied_on = { type = "date", label = "申报日期" }
claim = { type = "money", label = "申请金额" }
[[value]]
id = "claim"
label = "申请金额"
expr = "applicant.claim"
clause = "1"
[[quota]]
id = "places"
label = "每行业名额"
clause = "1"
per = ["applicant.industry"]
at_most = 2
rank = ["applicant.score desc", "applicant.applied_on asc"]
[[quota]]
id = "industries"
label = "行业数"
clause = "1"
at_most = 1
counts = "applicant.industry"
rank = ["applicant.score desc"]
[[quota]]
id = "pool"
label = "资金"
clause = "2"
pool = "100元"
amount = "claim"
rank = ["applicant.applied_on asc"]
[[award]]
id = "grant"
label = "补助"
clause = "2"
amount = "claim"
requires = "applicant.score >= 60"
[[quota]]
id = "granted"
label = "资金"
clause = "2"
when = "applicant.industry = 'food'"
pool = "100元"
amount = "award.grant"
rank = ["applicant.applied_on asc"]
[[quota]]
id = "shared"
label = "资金"
clause = "2"
pool = "100元"
amount = "claim"
share = "pro_rata"
"#;

fn pack() -> Pack {
    let identity = "[pack]\nid = \"t\"\nversion = \"1\"\ntitle = \"示例\"\nauthority = \"示例局\"\n[[text]]\nid = \"t\"\nfile = \"text/t.md\"\ntitle = \"示例\"\n";
    let files = [("pack.toml", identity), ("rules.toml", RULES), ("text/t.md", "§1 名额\n§2 资金\n")];
    let files: PackFiles = files.into_iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
    (*load(files, None).unwrap().pack).clone()
}

fn facts(pack: &Pack, industry: &str, score: &str, day: &str, claim: &str) -> Facts {
    let mut draft = Draft::new(pack);
    for (name, text) in [("industry", industry), ("score", score), ("applied_on", day), ("claim", claim)] {
        draft.set(pack, &format!("applicant.{name}"), text).unwrap();
    }
    draft.facts()
}

/// `id rank within fen` of each applicant, in the order given.
fn check(which: &str, cases: &[(&str, &str, &str, &str, &str)], expected: &[&str]) {
    let pack = pack();
    let all: Vec<(&str, Facts)> =
        cases.iter().map(|(id, industry, score, day, claim)| (*id, facts(&pack, industry, score, day, claim))).collect();
    let spec = pack.quotas.iter().find(|quota| quota.spec.id == which).unwrap();
    let applicants: Vec<Applicant> = all.iter().map(|(id, facts)| Applicant { id, facts }).collect();
    let brief = |allotted: &policy::quota::Allotted| {
        assert!(!allotted.reasons.clause.is_empty());
        format!("{} {} {}{}", allotted.id, allotted.rank, allotted.within, allotted.fen.map_or(String::new(), |fen| format!(" {fen}")))
    };
    let found: Vec<String> = quota(&pack, spec, &applicants).iter().map(brief).collect();
    assert_eq!(found, expected);
    let reversed: Vec<Applicant> = applicants.iter().rev().copied().collect();
    let again: Vec<String> = quota(&pack, spec, &reversed).iter().map(brief).collect();
    assert_eq!(again, expected, "the order cases arrive in must not matter");
}

#[test]
fn places_go_by_rank_within_each_group() {
    let cases = [
        ("a", "food", "70", "2025-01-02", ""),
        ("b", "food", "90", "2025-01-03", ""),
        ("c", "food", "70", "2025-01-01", ""),
        ("d", "steel", "50", "2025-01-01", ""),
    ];
    check("places", &cases, &["b 1 true", "c 2 true", "a 3 false", "d 1 true"]);
}

#[test]
fn equal_ranks_are_decided_by_the_case_id() {
    let cases = [("b", "food", "70", "2025-01-01", ""), ("a", "food", "70", "2025-01-01", ""), ("c", "food", "", "2025-01-01", "")];
    check("places", &cases, &["a 1 true", "b 2 true", "c 3 false"]);
}

#[test]
fn distinct_values_are_counted_once() {
    let cases = [("a", "food", "70", "", ""), ("b", "steel", "60", "", ""), ("c", "food", "50", "", "")];
    check("industries", &cases, &["a 1 true", "b 2 false", "c 3 true"]);
}

#[test]
fn a_pool_runs_out_in_order() {
    let cases = [("a", "", "", "2025-01-01", "60元"), ("b", "", "", "2025-01-02", "60元"), ("c", "", "", "2025-01-03", "1元")];
    check("pool", &cases, &["a 1 true 6000", "b 2 false 4000", "c 3 false 0"]);
}

#[test]
fn a_refused_case_draws_nothing_and_others_do_not_take_part() {
    let cases = [
        ("a", "food", "59", "2025-01-01", "80元"),
        ("b", "steel", "90", "2025-01-02", "80元"),
        ("c", "food", "60", "2025-01-03", "80元"),
        ("d", "", "60", "2025-01-04", "80元"),
    ];
    check("granted", &cases, &["a 1 true 0", "c 2 true 8000"]);
}

#[test]
fn a_shared_pool_is_given_out_to_the_last_fen() {
    let cases = [("a", "", "", "", "100元"), ("b", "", "", "", "100元"), ("c", "", "", "", "100元")];
    check("shared", &cases, &["a 1 false 3334", "b 2 false 3333", "c 3 false 3333"]);
    check("shared", &cases[..1], &["a 1 true 10000"]);
}
