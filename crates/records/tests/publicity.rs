//! Publicities: how long they last, what the public says to them, who passes.
#![allow(clippy::unwrap_used)]

mod given;

use std::collections::BTreeSet;

use given::{by, day, noon, pack};
use records::access::Acting;
use records::account::Role;
use records::organisation::OrganisationKind;
use records::publicity::{Objecting, Publicity, PublicityItem};
use records::{Noun as _, Refusal};
use standards::calendar::Calendar;

fn paths(refusal: &Refusal) -> Vec<&str> {
    refusal.errors.iter().map(|error| error.path.as_str()).collect()
}

fn publicity(starts_on: &str, ends_on: &str) -> Publicity {
    let item = |id: &str| PublicityItem {
        application: id.into(),
        number: String::new(),
        name: id.into(),
        place: String::new(),
        division: if id == "甲" { "hohhot-saihan" } else { "hohhot-xincheng" }.into(),
        level: None,
        recognised_fen: None,
        award_fen: None,
    };
    Publicity {
        id: "p".into(),
        programme: "example-award".into(),
        version: "1".into(),
        procedure: "subsidy".into(),
        title: "公示".into(),
        starts_on: day(starts_on),
        ends_on: day(ends_on),
        contact: "电话".into(),
        items: vec![item("甲"), item("乙")],
        head: String::new(),
        objections: Vec::new(),
        passed: Vec::new(),
    }
}

/// First and last day of a publicity of five working days, its first day not counted; today is 12 January 2026.
#[test]
fn a_publicity_lasts_as_long_as_the_policy_says() {
    let limit = pack().stage("publicity").unwrap().limit.as_ref();
    for (starts, ends, expected) in [
        ("2026-01-12", "2026-01-19", vec![]),
        ("2026-01-12", "2026-01-18", vec!["ends_on"]),
        ("2026-01-12", "2026-03-01", vec![]),
        // Over the spring holiday.
        ("2026-02-12", "2026-02-26", vec![]),
        ("2026-02-12", "2026-02-25", vec!["ends_on"]),
        ("2026-01-11", "2026-01-19", vec!["starts_on"]),
        ("2026-01-19", "2026-01-12", vec!["ends_on"]),
        ("2026-12-28", "2027-01-20", vec!["ends_on"]),
    ] {
        let opened = Publicity::open(publicity(starts, ends), limit, Calendar::national(), day("2026-01-12"));
        let wrong = opened.as_ref().err().map(paths).unwrap_or_default();
        assert_eq!(wrong, expected, "{starts} {ends}: {opened:?}");
    }
    let short = Publicity::open(publicity("2026-01-12", "2026-01-13"), limit, Calendar::national(), day("2026-01-12")).unwrap_err();
    assert_eq!(short.clause.as_deref(), Some("3.8"));
    let free = Publicity::open(publicity("2026-01-12", "2026-01-12"), None, Calendar::national(), day("2026-01-12"));
    assert!(free.is_ok(), "{free:?}");
    let mut empty = publicity("2026-01-12", "2026-01-19");
    (empty.items, empty.title, empty.contact) = (Vec::new(), " ".into(), String::new());
    let refusal = Publicity::open(empty, limit, Calendar::national(), day("2026-01-12")).unwrap_err();
    assert_eq!(paths(&refusal), ["items", "title", "contact"]);
}

fn objecting(application: &str) -> Objecting {
    Objecting { application: application.into(), name: "某人".into(), contact: "电话".into(), text: "不实".into() }
}

#[test]
fn objections_are_taken_while_it_runs() {
    let publicity = publicity("2026-01-12", "2026-01-19");
    for (on, form, wrong) in [
        ("2026-01-11", objecting("甲"), Some("")),
        ("2026-01-12", objecting("甲"), None),
        ("2026-01-19", objecting("甲"), None),
        ("2026-01-20", objecting("甲"), Some("")),
        ("2026-01-12", objecting("丙"), Some("application")),
        ("2026-01-12", Objecting { name: " ".into(), ..objecting("甲") }, Some("name")),
        ("2026-01-12", Objecting { contact: String::new(), ..objecting("甲") }, Some("contact")),
        ("2026-01-12", Objecting { text: String::new(), ..objecting("甲") }, Some("text")),
        ("2026-01-12", Objecting { text: "字".repeat(4_001), ..objecting("甲") }, Some("text")),
    ] {
        let said = format!("{on} {form:?}");
        match (publicity.object("o".into(), form, noon(on)), wrong) {
            (Ok(_), None) => {}
            (Err(refusal), Some(path)) => assert_eq!(paths(&refusal).first().copied().unwrap_or(""), path, "{said}"),
            (other, _) => panic!("{said}: {other:?}"),
        }
    }
}

/// Who passes after the last day, by what became of an objection to 甲 and by whether open ones hold.
#[test]
fn an_objection_holds_until_it_is_settled() {
    for (outcome, holds, passing, finished) in [
        (None, true, vec!["乙"], false),
        (None, false, vec!["甲", "乙"], false),
        (Some(false), true, vec!["甲", "乙"], false),
        (Some(true), true, vec!["乙"], true),
        (Some(true), false, vec!["乙"], true),
    ] {
        let mut publicity = publicity("2026-01-12", "2026-01-19");
        let mut go = |events: Vec<_>| publicity = Publicity::fold_all(Some(publicity.clone()), &events).unwrap();
        go(self::publicity("2026-01-12", "2026-01-19").object("o".into(), objecting("甲"), noon("2026-01-13")).unwrap());
        if let Some(upheld) = outcome {
            let settled = publicity.settle(&"o".into(), upheld, "查明", noon("2026-01-14"), &by("工信局", "official")).unwrap();
            publicity = Publicity::fold_all(Some(publicity), &settled).unwrap();
            let again = publicity.settle(&"o".into(), upheld, "查明", noon("2026-01-14"), &by("工信局", "official"));
            assert!(again.is_err(), "settled once");
        } else {
            assert_eq!(publicity.open_objections(&"甲".into()), 1);
            let wordless = publicity.settle(&"o".into(), true, " ", noon("2026-01-14"), &by("工信局", "official")).unwrap_err();
            assert_eq!(paths(&wordless), ["reply"]);
        }
        assert!(publicity.passing(day("2026-01-19"), holds).is_empty(), "the last day is not over");
        let pass = publicity.passing(day("2026-01-20"), holds);
        assert_eq!(pass.iter().map(|id| id.as_str()).collect::<Vec<_>>(), passing, "{outcome:?} {holds}");
        publicity.passed = pass;
        assert!(publicity.passing(day("2026-01-20"), holds).is_empty(), "once");
        assert_eq!(publicity.is_finished(), finished || passing.len() == 2, "{outcome:?} {holds}");
    }
}

/// Who reads how many of two objections to 甲 in 赛罕区 and one to 乙 in 新城区; none: not even that there is a publicity to oversee.
#[test]
fn objections_are_read_where_their_files_lie() {
    let mut open = publicity("2026-01-12", "2026-01-19");
    for (id, about) in [("1", "甲"), ("2", "甲"), ("3", "乙")] {
        let objecting = Objecting { application: about.into(), name: "某人".into(), contact: "电话".into(), text: "不实".into() };
        let events = open.object(id.into(), objecting, noon("2026-01-13")).unwrap();
        open = Publicity::fold_all(Some(open), &events).unwrap();
    }
    use OrganisationKind as K;
    for (kind, place, read) in [
        (K::RegionBureau, "inner-mongolia", Some(3)),
        (K::CityBureau, "hohhot", Some(3)),
        (K::Supervisor, "hohhot", Some(3)),
        (K::Supervisor, "hohhot-saihan", Some(2)),
        (K::Supervisor, "hohhot-xincheng", Some(1)),
        (K::Supervisor, "changji", None),
        (K::CityBureau, "changji", None),
        (K::RegionBureau, "xinjiang", None),
        (K::DistrictBureau, "hohhot-saihan", None),
        (K::FinanceBureau, "hohhot", None),
        (K::Administrator, "hohhot", None),
        (K::Enterprise, "hohhot-saihan", None),
    ] {
        let roles = BTreeSet::from(Role::ALL);
        let acting = Acting { account: "a".into(), organisation: "o".into(), kind, place: place.into(), roles, mandate: None };
        assert_eq!(open.clone().overseen(&acting).map(|seen| seen.open_in_all()), read, "{kind:?} of {place}");
    }
    open.items.iter_mut().for_each(|item| item.division.clear());
    let nowhere = Acting {
        account: "a".into(),
        organisation: "o".into(),
        kind: K::RegionBureau,
        place: "inner-mongolia".into(),
        roles: BTreeSet::from(Role::ALL),
        mandate: None,
    };
    assert!(open.overseen(&nowhere).is_none(), "what says nothing of its place is nobody's to oversee");
}
