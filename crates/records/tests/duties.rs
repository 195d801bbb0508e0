//! Who must be another person, who must stand aside, what refuses a file.
#![allow(clippy::unwrap_used)]

mod given;

use std::collections::BTreeMap;

use given::{Walk, actor, by, checked, finding, judged, organisation};
use records::application::{Finding, Official, Phase};
use records::organisation::{OrganisationKind, OrganisationState};

#[test]
fn whoever_filled_in_does_not_sign() {
    for (signer, signs) in [("clerk", false), ("chief", true)] {
        let mut walk = Walk::at("prepared");
        let done = walk.run("sign apply", &by("甲", signer));
        assert_eq!(done.is_ok(), signs, "{signer}: {done:?}");
    }
    let mut walk = Walk::at("prepared");
    walk.run("prepare apply", &by("甲", "chief")).unwrap();
    let refusal = walk.run("sign apply", &by("甲", "chief")).unwrap_err();
    assert!(refusal.message.contains("应为两人"), "the last to fill in counts: {refusal:?}");
}

#[test]
fn what_is_given_back_is_filled_in_again() {
    let mut walk = Walk::at("prepared");
    let wordless = walk.go(&by("甲", "chief"), |file, at| file.give_back("apply", " ", at)).unwrap_err();
    assert_eq!(wordless.errors[0].path, "note");
    walk.run("give-back apply", &by("甲", "chief")).unwrap();
    assert!(walk.run("sign apply", &by("甲", "chief")).is_err());
    assert!(!walk.file.filed.is_empty(), "nothing typed is lost");
}

/// A third party declares before it works; with a conflict its assignment ends and the organisation stays away.
#[test]
fn third_parties_declare_before_they_work() {
    let mut walk = Walk::at("check");
    walk.run("approve check", &actor("approve check")).unwrap();
    walk.run("assign evaluation", &actor("assign evaluation")).unwrap();
    let expert = by("评测院", "expert");
    let refusal = walk.run("assess evaluation", &expert).unwrap_err();
    assert!(refusal.message.contains("请先声明"), "{refusal:?}");
    let stranger = walk.run("declare evaluation", &by("他院", "expert")).unwrap_err();
    assert!(stranger.message.contains("未受委托"), "{stranger:?}");
    let wordless = walk.go(&expert, |file, at| file.declare("evaluation", true, " ", at)).unwrap_err();
    assert_eq!(wordless.errors[0].path, "note");

    walk.go(&expert, |file, at| file.declare("evaluation", true, "亲属任职", at)).unwrap();
    assert_eq!(walk.file.stages["evaluation"].assigned, None);
    let refusal = walk.run("assess evaluation", &expert).unwrap_err();
    assert!(refusal.message.contains("未受委托"), "{refusal:?}");
}

#[test]
fn nobody_works_in_an_unassigned_stage() {
    let mut walk = Walk::at("check");
    walk.run("approve check", &actor("approve check")).unwrap();
    for command in ["assess evaluation", "audit audit", "approve supervision"] {
        let refusal = walk.run(command, &by("评测院", "expert")).unwrap_err();
        assert!(refusal.message.contains("委托"), "{command}: {refusal:?}");
    }
}

/// Whom a bureau may assign to the evaluation.
#[test]
fn who_may_be_assigned() {
    let declare = |walk: &mut Walk| {
        walk.run("assign evaluation", &actor("assign evaluation")).unwrap();
        walk.go(&by("评测院", "expert"), |file, at| file.declare("evaluation", true, "持股", at)).unwrap();
    };
    let nothing = |_: &mut Walk| {};
    let conflict: &dyn Fn(&mut Walk) = &declare;
    let named = |walk: &mut Walk| walk.file.provider = Some("新院".into());
    use OrganisationKind::{Auditor, CityBureau, Enterprise, Evaluator};
    type Before<'a> = &'a dyn Fn(&mut Walk);
    type Case<'a> = (&'a str, &'a str, OrganisationKind, bool, Before<'a>, &'a str);
    let cases: [Case; 9] = [
        ("evaluation", "新院", Evaluator, true, &nothing, ""),
        ("evaluation", "新院", Auditor, true, &nothing, "请选择第三方评测机构"),
        ("evaluation", "新院", CityBureau, true, &nothing, "请选择第三方评测机构"),
        ("evaluation", "甲", Enterprise, true, &nothing, "请选择第三方评测机构"),
        ("evaluation", "新院", Evaluator, false, &nothing, "已停用"),
        ("evaluation", "新院", Evaluator, true, &named, "当事人"),
        ("evaluation", "评测院", Evaluator, true, conflict, "应当回避"),
        ("supervision", "评测院", Evaluator, true, conflict, "应当回避"),
        ("evaluation", "新院", Evaluator, true, conflict, ""),
    ];
    for (stage, id, kind, active, before, says) in cases {
        let mut walk = Walk::at("check");
        walk.run("approve check", &actor("approve check")).unwrap();
        before(&mut walk);
        let mut third = organisation(id, kind, "hohhot");
        if !active {
            third.state = OrganisationState::Suspended { reason: "整改".into() };
        }
        let done = walk.go(&by("工信局", "official"), |file, at| file.assign(stage, &third, at));
        match (says, done) {
            ("", done) => drop(done.unwrap()),
            (says, done) => {
                let refusal = done.unwrap_err();
                assert!(refusal.errors[0].message.contains(says), "{id}: {refusal:?}");
            }
        }
    }
}

/// A judged condition that does not hold cannot be approved over, and is a reason to refuse, with all its clauses.
#[test]
fn a_condition_that_does_not_hold_refuses() {
    let mut walk = Walk::at("check");
    let official = Official { judgements: judged("no-incident", false), ..checked() };
    let refusal = walk.go(&by("工信局", "official"), |file, at| file.approve("check", official, at)).unwrap_err();
    assert_eq!(refusal.clause.as_deref(), Some("1.3、1.4"));
    walk.go(&by("工信局", "official"), |file, at| file.refuse("check", Vec::new(), judged("no-incident", false), at)).unwrap();
    let Phase::Refused { findings, .. } = &walk.file.phase else { panic!("{:?}", walk.file.phase) };
    assert_eq!((findings[0].condition.as_str(), findings[0].clause.as_str()), ("no-incident", "1.3、1.4"));
}

/// The reason given and the clause cited, and whether that refuses a file.
#[test]
fn a_refusal_needs_a_reason_and_a_clause_of_the_policy() {
    let without_reason = || vec![Finding { message: " ".into(), ..finding("1.5").remove(0) }];
    for (findings, taken) in [
        (finding("1.5"), true),
        (finding("1.3、1.4"), true),
        (finding("example-award/1.5"), true),
        (finding("9.9"), false),
        (finding("1.3、9.9"), false),
        (finding(""), false),
        (without_reason(), false),
        (Vec::new(), false),
    ] {
        let mut walk = Walk::at("check");
        let done = walk.go(&by("工信局", "official"), |file, at| file.refuse("check", findings.clone(), BTreeMap::new(), at));
        assert_eq!(done.is_ok(), taken, "{findings:?}: {done:?}");
    }
    let others = judged("truthful", false);
    let refusal = Walk::at("check").go(&by("工信局", "official"), |file, at| file.refuse("check", Vec::new(), others, at));
    assert_eq!(refusal.unwrap_err().errors[0].path, "findings", "a condition judged elsewhere is none here");
}
