//! Publicities with their objections, payment lists with their approvals, clawback, mandates, calls.
#![allow(clippy::unwrap_used)]

mod given;

use given::{Walk, by, day, noon, pack};
use records::application::ApplicationEvent;
use records::batch::{Batch, Opening};
use records::mandate::{Granting, Mandate};
use records::payment_list::{PaymentItem, PaymentList, PaymentResult};
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

fn list(items: &[(&str, i64)]) -> PaymentList {
    let item = |(id, award_fen): &(&str, i64)| PaymentItem {
        application: (*id).into(),
        number: String::new(),
        payee: (*id).into(),
        payee_name: (*id).into(),
        bank: "银行".into(),
        bank_account: "123".into(),
        award_fen: *award_fen,
        result: PaymentResult::Waiting,
    };
    PaymentList {
        id: "l".into(),
        programme: "example-award".into(),
        label: "第一批".into(),
        place: "hohhot".into(),
        prepared_by: "preparer".into(),
        prepared_at: noon("2026-02-02"),
        head: String::new(),
        items: items.iter().map(item).collect(),
        approvals: Vec::new(),
        cancelled: None,
    }
}

#[test]
fn what_a_payment_list_needs() {
    let mut nameless = list(&[("甲", 1)]);
    nameless.label = " ".into();
    let mut without_bank = list(&[("甲", 1)]);
    without_bank.items[0].bank_account = String::new();
    for (list, wrong) in [
        (list(&[("甲", 1)]), vec![]),
        (list(&[]), vec!["items"]),
        (list(&[("甲", 1), ("乙", 0)]), vec!["items"]),
        (nameless, vec!["label"]),
        (without_bank, vec!["items"]),
    ] {
        let prepared = PaymentList::prepare(list);
        assert_eq!(prepared.as_ref().err().map(paths).unwrap_or_default(), wrong, "{prepared:?}");
    }
}

/// Who approves after whom: two people, neither of them the one who drew the list up.
#[test]
fn two_others_approve() {
    for (approvers, refused_at, word) in [
        (vec!["one"], None, "待第二人审批"),
        (vec!["one", "two"], None, "已审批，待拨付"),
        (vec!["preparer"], Some("制单人"), "待审批"),
        (vec!["one", "preparer"], Some("制单人"), "待第二人审批"),
        (vec!["one", "one"], Some("还需另一名"), "待第二人审批"),
        (vec!["one", "two", "three"], Some("已完成审批"), "已审批，待拨付"),
    ] {
        let mut list = list(&[("甲", 10), ("乙", 20)]);
        let mut refused = None;
        for account in &approvers {
            match list.approve(&(*account).into(), noon("2026-02-02")) {
                Ok(events) => list = PaymentList::fold_all(Some(list), &events).unwrap(),
                Err(refusal) => refused = Some(refusal.message),
            }
        }
        assert_eq!(refused.is_some(), refused_at.is_some(), "{approvers:?}: {refused:?}");
        assert!(refused.unwrap_or_default().contains(refused_at.unwrap_or_default()), "{approvers:?}");
        assert_eq!((list.word(), list.total_fen()), (word, 30), "{approvers:?}");
    }
}

#[test]
fn results_are_recorded_once_and_after_the_approvals() {
    let mut list = list(&[("甲", 10), ("乙", 20)]);
    let paid = || PaymentResult::Paid { at: noon("2026-02-03") };
    assert!(list.record(&"甲".into(), paid()).unwrap_err().message.contains("还没有完成审批"));
    assert_eq!(paths(&list.cancel(" ").unwrap_err()), ["reason"]);
    for account in ["one", "two"] {
        let events = list.approve(&account.into(), noon("2026-02-02")).unwrap();
        list = PaymentList::fold_all(Some(list), &events).unwrap();
    }
    assert!(list.cancel("重复").is_err(), "an approved list stands");
    for (application, says) in [("丙", "不在清单中"), ("甲", ""), ("甲", "已登记结果"), ("乙", "")] {
        match list.record(&application.into(), paid()) {
            Ok(events) => list = PaymentList::fold_all(Some(list), &events).unwrap(),
            Err(refusal) => assert!(!says.is_empty() && refusal.message.contains(says), "{application}: {refusal:?}"),
        }
    }
    assert_eq!(list.word(), "已办结");
    let mut other = self::list(&[("甲", 10)]);
    let events = other.cancel("重复").unwrap();
    other = PaymentList::fold_all(Some(other), &events).unwrap();
    assert!(other.approve(&"one".into(), noon("2026-02-02")).is_err() && other.cancel("再次").is_err());
    assert_eq!(other.word(), "已作废");
}

/// A payment that failed waits for another list; what was paid is not paid again.
#[test]
fn a_failed_payment_can_be_listed_again() {
    let mut walk = Walk::at("listed");
    let finance = by("财政局", "clerk");
    assert_eq!(walk.file.payable_fen(), 30_000_000);
    assert!(walk.go(&finance, |file, at| file.pay(29_999_999, at)).is_err());
    assert!(walk.run("list", &finance).is_err(), "on one list at a time");
    walk.run("unlist", &finance).unwrap();
    assert!(walk.run("pay", &finance).is_err(), "not without a list");
    walk.run("list", &finance).unwrap();
    walk.run("pay", &finance).unwrap();
    assert_eq!((walk.file.money.paid_fen, walk.file.payable_fen()), (30_000_000, 0));
}

/// Claims and repayments one after another, each taken or not; 30万元 were paid.
#[test]
fn no_more_comes_back_than_was_paid() {
    let mut walk = Walk::at("concluded");
    let finance = by("财政局", "clerk");
    for (claims, fen, taken, word) in [
        (true, 0, false, "已拨付"),
        (true, -1, false, "已拨付"),
        (true, 30_000_001, false, "已拨付"),
        (false, 1, false, "已拨付"),
        (true, 20_000_000, true, "追回中"),
        (true, 10_000_001, false, "追回中"),
        (false, 20_000_001, false, "追回中"),
        (false, 5_000_000, true, "追回中"),
        (false, 15_000_000, true, "已追回"),
        (true, 10_000_000, true, "追回中"),
        (true, 1, false, "追回中"),
        (false, 10_000_000, true, "已追回"),
    ] {
        let done = walk.go(&finance, |file, at| match claims {
            true => file.claim_back(fen, "骗取补贴", "3.9", at),
            false => file.repay(fen, "", at),
        });
        assert_eq!(done.is_ok(), taken, "{fen}: {done:?}");
        assert_eq!(walk.file.word().label(), word, "{fen}");
    }
    for (reason, clause, path) in [(" ", "3.9", "reason"), ("骗取", "9.9", "clause"), ("骗取", "", "clause")] {
        let mut walk = Walk::at("concluded");
        let refusal = walk.go(&finance, |file, at| file.claim_back(1, reason, clause, at)).unwrap_err();
        assert_eq!(paths(&refusal), [path]);
    }
    assert!(Walk::at("listed").run("claim", &finance).is_err(), "nothing was paid");
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
    for (held, missing) in [(vec!["roster", "project"], None), (vec!["roster"], Some("改造项目备案")), (vec![], Some("改造名单"))] {
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
