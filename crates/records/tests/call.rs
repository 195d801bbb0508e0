//! Calls: when they take applications, and what a file must hold to be handed in.
#![allow(clippy::unwrap_used)]

mod given;

use given::{Walk, by, day, noon};
use records::application::ApplicationEvent;
use records::batch::{Batch, Opening};
use records::{Noun as _, Refusal};

fn paths(refusal: &Refusal) -> Vec<&str> {
    refusal.errors.iter().map(|error| error.path.as_str()).collect()
}

#[test]
fn a_call_is_open_from_its_first_to_its_last_day() {
    let opening = || Opening {
        programme: "example-award".into(),
        version: "1".into(),
        procedure: "subsidy".into(),
        label: "第一批".into(),
        number: 1,
        notice: "通知".into(),
        opens_on: day("2026-01-10"),
        deadline_on: day("2026-01-20"),
        place: "hohhot".into(),
    };
    for (opening, today, wrong) in [
        (Opening { label: String::new(), notice: " ".into(), ..opening() }, "2026-01-01", vec!["label", "notice"]),
        (Opening { deadline_on: day("2026-01-09"), ..opening() }, "2026-01-01", vec!["deadline_on"]),
        (opening(), "2026-01-21", vec!["deadline_on"]),
        (opening(), "2026-01-20", vec![]),
    ] {
        let opened = Batch::open("b".into(), opening, day(today));
        assert_eq!(opened.as_ref().err().map(paths).unwrap_or_default(), wrong, "{opened:?}");
    }
    let open = Batch::fold_all(None, &Batch::open("b".into(), opening(), day("2026-01-01")).unwrap()).unwrap();
    assert_eq!(paths(&open.extend(day("2026-01-20"), "放宽").unwrap_err()), ["deadline_on"]);
    assert_eq!(paths(&open.extend(day("2026-01-21"), " ").unwrap_err()), ["reason"]);
    let extended = Batch::fold_all(Some(open.clone()), &open.extend(day("2026-01-25"), "放宽").unwrap()).unwrap();
    let closed = Batch::fold_all(Some(open.clone()), &open.close(day("2026-01-12"), "名额已满").unwrap()).unwrap();
    assert!(closed.close(day("2026-01-12"), "再次").is_err() && closed.extend(day("2026-02-01"), "放宽").is_err());
    for (batch, on, accepts) in [
        (&open, "2026-01-09", false),
        (&open, "2026-01-10", true),
        (&open, "2026-01-20", true),
        (&open, "2026-01-21", false),
        (&extended, "2026-01-25", true),
        (&extended, "2026-01-26", false),
        (&closed, "2026-01-12", false),
    ] {
        assert_eq!(batch.accepts(day(on)).is_ok(), accepts, "{on}");
    }
    for (applicant, place) in [("hohhot-saihan", "hohhot-saihan"), ("hohhot", "hohhot"), ("beijing", "hohhot"), ("changji", "hohhot")] {
        assert_eq!(open.place_of(applicant), place, "{applicant}");
    }
}

/// Handing in before the call, on its last day, and after it; a correction does not ask for the call.
#[test]
fn a_file_is_handed_in_while_the_call_is_open() {
    for (on, taken) in [("2026-01-30", true), ("2026-01-31", false)] {
        let mut walk = Walk::at("prepared");
        walk.now = noon(on);
        let signed = walk.run("sign apply", &by("甲", "chief"));
        assert_eq!(signed.is_ok(), taken, "{on}: {signed:?}");
    }
    let mut walk = Walk::at("check");
    walk.now = noon("2026-02-02");
    walk.run("return check", &by("工信局", "official")).unwrap();
    walk.run("prepare apply", &by("甲", "clerk")).unwrap();
    walk.run("sign apply", &by("甲", "chief")).unwrap();
    let submitted = walk.events.iter().filter(|event| matches!(event, ApplicationEvent::Signed { number: Some(_), .. })).count();
    assert_eq!((submitted, walk.file.submitted_at.unwrap().day()), (1, day("2026-01-06")));
}

/// Procedures that the award builds on, held or not.
#[test]
fn a_missing_standing_keeps_a_file_from_being_handed_in() {
    for (held, missing) in [(vec!["roster", "project"], None), (vec!["roster"], Some("改造项目备案")), (vec![], Some("改造名单"))]
    {
        let mut knowing = given::knowing("subsidy");
        knowing.standings = held.iter().map(|id| (*id).to_owned()).collect();
        let mut walk = Walk::knowing("subsidy", knowing);
        let done = walk.run("prepare apply", &by("甲", "clerk"));
        assert_eq!(done.as_ref().err().and_then(|refusal| refusal.clause.as_deref()), missing.map(|_| "3.4"), "{done:?}");
        if let Some(label) = missing {
            assert!(done.unwrap_err().message.contains(label));
        }
    }
}
