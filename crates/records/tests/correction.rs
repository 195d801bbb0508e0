//! Returning a file for correction: the last day, what happens after it, what stays.
#![allow(clippy::unwrap_used)]

mod given;

use given::{Walk, actor, answers, by, day, filing, filled, noon, organisation, point, row};
use records::application::{Official, Phase};
use records::organisation::OrganisationKind;

/// The day of the return, the last day by ten working days, and whether the pack's calendar knows.
#[test]
fn the_last_day_counts_working_days_over_holidays() {
    for (returned, due) in [
        ("2026-01-06", "2026-01-20"),
        // A Sunday that is worked, and the return itself is not counted.
        ("2026-01-04", "2026-01-16"),
        // New Year: 10 to 13 February, then the 24th to 27th; Saturday the 14th and the 28th are worked.
        ("2026-02-09", "2026-02-28"),
        ("2026-04-28", "2026-05-14"),
    ] {
        let mut walk = Walk::at("check");
        walk.now = noon(returned);
        walk.run("return check", &actor("return check")).unwrap();
        let Phase::Correcting(correction) = &walk.file.phase else { panic!("{:?}", walk.file.phase) };
        assert_eq!(correction.due_on.to_string(), due, "returned on {returned}");
        assert_eq!(walk.file.stages["apply"].due_on, Some(correction.due_on));
    }
}

#[test]
fn without_a_calendar_the_official_sets_the_day() {
    let mut walk = Walk::at("check");
    walk.now = noon("2026-12-25");
    let refusal = walk.run("return check", &actor("return check")).unwrap_err();
    assert_eq!(refusal.errors[0].path, "due_on");
    assert!(refusal.errors[0].message.contains("没有2027年的工作日历"), "{refusal:?}");
    for (due, taken) in [("2026-12-24", false), ("2026-12-25", false), ("2026-12-26", true)] {
        let done = walk.go(&by("工信局", "official"), |file, at| file.return_for_correction("check", point(), Some(day(due)), at));
        assert_eq!(done.is_ok(), taken, "{due}: {done:?}");
    }
}

/// A day that an official sets against the ten working days of the policy, which end on 20 January.
#[test]
fn a_day_that_is_set_leaves_no_less_time_than_the_policy() {
    for (due, taken) in [("2026-01-06", false), ("2026-01-07", false), ("2026-01-19", false), ("2026-01-20", true), ("2026-03-01", true)] {
        let mut walk = Walk::at("check");
        walk.now = noon("2026-01-06");
        let done = walk.go(&by("工信局", "official"), |file, at| file.return_for_correction("check", point(), Some(day(due)), at));
        assert_eq!(done.is_ok(), taken, "{due}: {done:?}");
        if let Err(refusal) = done {
            assert_eq!(refusal.errors[0].path, "due_on", "{due}");
            let early = due > "2026-01-06";
            assert_eq!(refusal.clause.is_some(), early, "{due}: {refusal:?}");
            assert_eq!(refusal.errors[0].message.contains("不能早于2026年1月20日"), early, "{refusal:?}");
        }
    }
}

#[test]
fn a_return_names_what_to_correct() {
    let mut walk = Walk::at("check");
    let refusal = walk.go(&by("工信局", "official"), |file, at| file.return_for_correction("check", Vec::new(), None, at)).unwrap_err();
    assert_eq!(refusal.errors[0].path, "points");
}

/// Handed in on a day: whether it is taken, and whether time alone ends the file that day.
#[test]
fn a_missed_day_means_what_the_policy_says() {
    for (procedure, stage, fill, day, taken, ended) in [
        ("subsidy", "check", "apply", "2026-01-20", true, None),
        ("subsidy", "check", "apply", "2026-01-21", false, Some(("按放弃申报处理", "3.5"))),
        ("roster", "roster-check", "roster-apply", "2026-01-13", true, None),
        ("roster", "roster-check", "roster-apply", "2026-01-14", true, None),
        ("project", "project-review", "project-apply", "2026-01-10", true, None),
        ("project", "project-review", "project-apply", "2026-01-11", false, Some(("请在下一批重新申报", "3.3"))),
    ] {
        let mut walk = returned(procedure, stage);
        walk.now = noon(day);
        let mut late = Walk { file: walk.file.clone(), knowing: walk.knowing.clone(), events: Vec::new(), now: walk.now };
        let done = prepare(&mut walk, fill);
        assert_eq!(done.is_ok(), taken, "{procedure} on {day}: {done:?}");
        let lapsed = late.run("lapse", &records::moment::By::upkeep()).unwrap();
        assert_eq!(!lapsed.is_empty(), ended.is_some(), "{procedure} on {day}");
        if let Some((reason, clause)) = ended {
            assert_eq!(done.unwrap_err().clause.as_deref(), Some(clause));
            let Phase::Withdrawn { reason: said, clause: cited, .. } = &late.file.phase else { panic!("{:?}", late.file.phase) };
            assert!(said.contains(reason) && cited.as_deref() == Some(clause), "{said} {cited:?}");
            assert!(late.run("lapse", &records::moment::By::upkeep()).unwrap().is_empty(), "once");
        }
    }
}

/// A signature that comes too late is too late, though the form was filled in on time.
#[test]
fn the_signature_is_what_counts() {
    let mut walk = Walk::at("correcting");
    walk.run("prepare apply", &actor("prepare apply")).unwrap();
    walk.now = noon("2026-01-21");
    let refusal = walk.run("sign apply", &actor("sign apply")).unwrap_err();
    assert_eq!(refusal.clause.as_deref(), Some("3.5"));
    walk.now = noon("2026-01-20");
    let done = walk.run("sign apply", &actor("sign apply")).unwrap();
    assert_eq!(done, ["signed", "stage_opened"]);
}

/// A corrected file goes back to the stage that returned it; what other stages did stays done, and its number stays.
#[test]
fn a_correction_goes_back_where_it_came_from() {
    let mut walk = Walk::at("review");
    walk.run("return review", &actor("return review")).unwrap();
    assert_eq!(walk.file.rounds, 1);
    walk.run("prepare apply", &actor("prepare apply")).unwrap();
    walk.go(&actor("sign apply"), |file, at| file.sign("apply", "2026-2".into(), at)).unwrap();
    let open: Vec<&str> = walk.file.open_stages().map(|(stage, _)| stage).collect();
    assert_eq!((open, walk.file.number.as_deref()), (vec!["review"], Some("2026-1")));
    walk.run("return review", &actor("return review")).unwrap();
    assert_eq!(walk.file.rounds, 2);
    let refusal = Walk::at("correcting").run("refuse check", &actor("refuse check")).unwrap_err();
    assert!(refusal.message.contains("还没有到"), "{refusal:?}");
}

/// Of stages side by side one may return the file; the others finish what they have begun and do not return it again.
#[test]
fn a_file_is_returned_once_at_a_time() {
    let mut walk = returned("project", "project-review");
    let refusal = walk.go(&by("评测院", "expert"), |file, at| file.return_for_correction("project-review", point(), None, at)).unwrap_err();
    assert!(refusal.message.contains("还没有到"), "{refusal:?}");
    assert!(!walk.file.stages["project-provider"].is_open(), "the provider's word is not asked again");
}

/// Who was assigned and who declared a conflict is remembered while the file is corrected.
#[test]
fn a_third_party_keeps_its_assignment() {
    let mut walk = returned("project", "project-review");
    prepare(&mut walk, "project-apply").unwrap();
    walk.run("sign project-apply", &by("甲", "chief")).unwrap();
    let state = &walk.file.stages["project-review"];
    assert_eq!(state.assigned.as_ref().map(|id| id.as_str()), Some("评测院"));
    assert!(walk.file.has_declared("project-review", "expert"));
    let barred = walk.go(&by("工信局", "official"), |file, at| {
        file.assign("project-review", &organisation("回避院", OrganisationKind::Evaluator, "hohhot"), at)
    });
    assert!(barred.unwrap_err().errors[0].message.contains("应当回避"));
}

/// A row removed in a correction takes along what an official said of it; one added opens the stage again that asks of it.
#[test]
fn statements_follow_the_rows() {
    let mut walk = Walk::at("review");
    walk.run("return review", &actor("return review")).unwrap();
    let mut fewer = filled();
    fewer.rows.insert("invoice".into(), vec![row("i2", Some("c1"), &[("amount", "100000"), ("by_bill", "否")])]);
    walk.go(&by("甲", "clerk"), |file, at| file.prepare("apply", filing(fewer), at)).unwrap();
    walk.run("sign apply", &by("甲", "chief")).unwrap();
    let case = walk.case();
    let rows: Vec<&str> = case.inputs.rows("invoice").iter().map(|row| row.id.as_str()).collect();
    assert_eq!((rows, case.errors), (vec!["i2"], Vec::new()));
    let open: Vec<&str> = walk.file.open_stages().map(|(stage, _)| stage).collect();
    assert_eq!(open, ["audit"]);
    let refusal = walk.run("audit audit", &by("审计所", "auditor")).unwrap_err();
    assert_eq!(refusal.errors[0].path, "invoice.i2.matches", "{refusal:?}");
    let mut again = Official::default();
    again.stated.rows.insert("invoice".into(), vec![row("i2", None, &[("matches", "是")])]);
    walk.go(&by("审计所", "auditor"), |file, at| file.audit("audit", again, &Default::default(), at)).unwrap();
    walk.run("approve review", &actor("approve review")).unwrap();
    assert_eq!(walk.file.award_fen(), Some(5_000_000));
}

/// A row that cannot count whatever is said of it opens nothing again.
#[test]
fn rows_that_cannot_count_are_not_asked_about() {
    let mut walk = Walk::at("review");
    walk.run("return review", &actor("return review")).unwrap();
    let mut more = filled();
    more.rows.get_mut("contract").unwrap().push(row("c2", None, &[("seller", "池外有限公司")]));
    more.rows.get_mut("invoice").unwrap().push(row("i2", Some("c2"), &[("amount", "100000"), ("by_bill", "否")]));
    walk.go(&by("甲", "clerk"), |file, at| file.prepare("apply", filing(more), at)).unwrap();
    assert_eq!(walk.run("sign apply", &by("甲", "chief")).unwrap(), ["signed", "stage_opened"]);
    walk.run("approve review", &actor("approve review")).unwrap();
    assert_eq!(walk.file.award_fen(), Some(30_000_000));
}

/// A file of a procedure, returned by a stage on 6 January.
fn returned(procedure: &str, stage: &str) -> Walk {
    let mut walk = Walk::of(procedure);
    let fill = if procedure == "subsidy" { "apply".to_owned() } else { format!("{procedure}-apply") };
    prepare(&mut walk, &fill).unwrap();
    walk.run(&format!("sign {fill}"), &by("甲", "chief")).unwrap();
    let mut who = by("工信局", "official");
    if procedure == "project" {
        let confirmed = answers(&[("commitment.contact", "王五"), ("commitment.promise", "yes")]);
        let filing = filing(walk.file.filed.overlaid(&confirmed));
        walk.go(&by("服务商", "seller"), |file, at| file.prepare("project-provider", filing, at)).unwrap();
        walk.run("sign project-provider", &by("服务商", "director")).unwrap();
        let assign = |walk: &mut Walk, id: &str| {
            let third = organisation(id, OrganisationKind::Evaluator, "hohhot");
            walk.go(&by("工信局", "official"), |file, at| file.assign(stage, &third, at)).unwrap();
        };
        assign(&mut walk, "回避院");
        walk.go(&by("回避院", "one"), |file, at| file.declare(stage, true, "持有该企业股份", at)).unwrap();
        assign(&mut walk, "评测院");
        who = by("评测院", "expert");
        walk.go(&who, |file, at| file.declare(stage, false, "", at)).unwrap();
    }
    walk.run(&format!("return {stage}"), &who).unwrap();
    walk
}

fn prepare(walk: &mut Walk, fill: &str) -> Result<Vec<String>, records::Refusal> {
    let mut filed = match fill {
        "roster-apply" => answers(&[("enterprise.revenue", "2000"), ("profile.phone", "13800138000")]),
        "project-apply" => answers(&[("profile.phone", "13800138000"), ("filing.provider", "服务商"), ("filing.plan", "联网。")]),
        _ => filled(),
    };
    filed = walk.file.filed.overlaid(&filed);
    let provider = (fill == "project-apply").then(|| "服务商".into());
    let filing = records::application::Filing { provider, ..filing(filed) };
    walk.go(&by("甲", "clerk"), |file, at| file.prepare(fill, filing, at))
}
