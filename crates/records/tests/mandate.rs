//! Mandates: what they name, how long they last.
#![allow(clippy::unwrap_used)]

mod given;

use given::day;
use records::mandate::{Granting, Mandate};
use records::{Noun as _, Refusal};

fn paths(refusal: &Refusal) -> Vec<&str> {
    refusal.errors.iter().map(|error| error.path.as_str()).collect()
}

fn granting() -> Granting {
    Granting {
        enterprise: "甲".into(),
        provider: "服务商".into(),
        programme: "example-award".into(),
        procedures: vec!["subsidy".into()],
        from_on: day("2026-01-10"),
        until_on: day("2026-01-20"),
    }
}

/// Programme, procedure, day, and whether the mandate covers it, before and after it is withdrawn on the 15th.
#[test]
fn a_mandate_covers_what_it_names() {
    let events = Mandate::grant("m".into(), granting(), day("2026-01-10")).unwrap();
    let mandate = Mandate::fold_all(None, &events).unwrap();
    let withdrawn = Mandate::fold_all(Some(mandate.clone()), &mandate.withdraw(day("2026-01-15")).unwrap()).unwrap();
    assert!(withdrawn.withdraw(day("2026-01-16")).is_err());
    for (programme, procedure, on, covers) in [
        ("example-award", "subsidy", "2026-01-09", false),
        ("example-award", "subsidy", "2026-01-10", true),
        ("example-award", "subsidy", "2026-01-20", true),
        ("example-award", "subsidy", "2026-01-21", false),
        ("example-award", "roster", "2026-01-15", false),
        ("other", "subsidy", "2026-01-15", false),
    ] {
        assert_eq!(mandate.covers(programme, procedure, day(on)), covers, "{programme} {procedure} {on}");
        assert!(!withdrawn.covers(programme, procedure, day(on)), "withdrawn");
    }
}

#[test]
fn a_mandate_is_dated_and_scoped() {
    for (granting, wrong) in [
        (granting(), vec![]),
        (Granting { procedures: Vec::new(), ..granting() }, vec!["procedures"]),
        (Granting { until_on: day("2026-01-09"), ..granting() }, vec!["until_on", "until_on"]),
        (Granting { until_on: day("2026-01-10"), ..granting() }, vec![]),
        (Granting { until_on: day("2027-01-11"), ..granting() }, vec![]),
        (Granting { until_on: day("2027-01-12"), ..granting() }, vec!["until_on"]),
        (Granting { from_on: day("2026-01-01"), until_on: day("2026-01-08"), ..granting() }, vec!["until_on"]),
    ] {
        let granted = Mandate::grant("m".into(), granting, day("2026-01-10"));
        assert_eq!(granted.as_ref().err().map(paths).unwrap_or_default(), wrong, "{granted:?}");
    }
}
