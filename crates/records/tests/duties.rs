//! Who must be another person, who must stand aside, what an official must say.
#![allow(clippy::unwrap_used)]

mod given;

use std::collections::BTreeMap;

use given::{Walk, actor, answers, assessed, audited, by, checked, finding, judged, organisation, row};
use records::Refusal;
use records::application::{Finding, Official, Phase};
use records::moment::By;
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
    let cases: [(&str, &str, OrganisationKind, bool, &dyn Fn(&mut Walk), &str); 9] = [
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

/// What an official leaves out, and the field that is said of it.
#[test]
fn an_official_answers_everything_a_stage_asks() {
    type Command = fn(&mut Walk, Official) -> Result<Vec<String>, Refusal>;
    let check: Command = |walk, official| walk.go(&by("工信局", "official"), |file, at| file.approve("check", official, at));
    let assess: Command = |walk, official| walk.go(&by("评测院", "expert"), |file, at| file.assess("evaluation", official, at));
    let audit: Command = |walk, official| {
        let who: By = by("审计所", "auditor");
        walk.go(&who, |file, at| file.audit("audit", official, &BTreeMap::new(), at))
    };
    let without = |mut official: Official, path: &str| {
        official.stated.texts.remove(path);
        official
    };
    let noteless = |mut official: Official| {
        official.judgements.values_mut().for_each(|judgement| judgement.note = " ".into());
        official
    };
    let stating = |mut official: Official, path: &str, text: &str| {
        official.stated.set(path, text);
        official
    };
    let rows = |texts: &[(&str, &str)]| {
        let mut official = Official::default();
        official.stated.rows.insert("invoice".into(), vec![row("i1", None, texts)]);
        official
    };
    let question = |number: usize| {
        let assessment = given::pack().assessment.as_ref().unwrap();
        given::pack().inputs[0][assessment.questions[number].input].id()
    };
    let scenario = || given::pack().inputs[0][given::pack().assessment.as_ref().unwrap().scenarios[0].input].id();
    let (network, connected, design) = (question(0), question(1), scenario());
    for (state, command, official, path, says) in [
        ("check", check, without(checked(), "enterprise.abnormal"), "enterprise.abnormal", "请核实“被列入经营异常名录”"),
        ("check", check, stating(checked(), "enterprise.abnormal", "不详"), "enterprise.abnormal", "不详"),
        ("check", check, Official { judgements: BTreeMap::new(), ..checked() }, "judge.no-incident", "写明依据"),
        ("check", check, noteless(checked()), "judge.no-incident", "写明依据"),
        ("works", assess, without(assessed(), "site.opinion"), "site.opinion", "请填写“评测意见”"),
        ("works", assess, without(assessed(), &network), network.as_str(), "请回答第1题"),
        ("works", assess, stating(assessed(), &connected, "low"), connected.as_str(), "不一致"),
        ("works", assess, without(assessed(), &design), design.as_str(), "请判定“产品设计”"),
        ("works", audit, rows(&[]), "invoice.i1.matches", "请核实发票第1行“与合同一致”"),
        ("works", audit, rows(&[("matches", "也许")]), "invoice.i1.matches", "也许"),
    ] {
        let mut walk = Walk::at(state);
        let refusal = command(&mut walk, official).unwrap_err();
        let said = refusal.errors.iter().find(|error| error.path == path);
        assert!(said.is_some_and(|error| error.message.contains(says)), "{path}: {refusal:?}");
        assert_eq!(refusal.errors.len(), 1, "{refusal:?}");
    }
}

/// A condition that does not apply to a file is not judged.
#[test]
fn only_conditions_that_apply_are_judged() {
    let mut walk = Walk::at("works");
    walk.file.filed.rows.get_mut("invoice").unwrap()[0].texts.insert("by_bill".into(), "是".into());
    let refusal = walk.run("audit audit", &by("审计所", "auditor")).unwrap_err();
    assert_eq!(refusal.errors[0].path, "judge.bill-check");
    Walk::at("works").run("audit audit", &by("审计所", "auditor")).unwrap();
}

/// What somebody states, judges or hands in beyond the stage is not taken: nobody settles a level by checking papers.
#[test]
fn nobody_states_what_another_stage_is_there_for() {
    let mut walk = Walk::at("check");
    let mut official = checked();
    official.stated.set("project.settled_level", "4");
    official.stated.rows.insert("invoice".into(), vec![row("i1", None, &[("matches", "是"), ("amount", "9")])]);
    official.judgements.extend(judged("truthful", true));
    official.papers.insert("application".into(), vec!["other".into()]);
    walk.go(&by("工信局", "official"), |file, at| file.approve("check", official, at)).unwrap();
    assert_eq!(walk.file.stated["check"], answers(&[("enterprise.abnormal", "否")]));
    assert_eq!(walk.file.judgements.keys().collect::<Vec<_>>(), ["no-incident"]);
    assert_eq!(walk.file.papers["application"][0].as_str(), "paper-1");
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

/// Lower values: as typed, with what reason, and what becomes of it. The rules compute 60万元.
#[test]
fn an_auditor_sets_less_and_says_why() {
    for (value, amount, reason, outcome) in [
        ("recognised", "500000", "含税差额", Ok((50_000_000, 25_000_000))),
        ("recognised", "50万元", "含税差额", Ok((50_000_000, 25_000_000))),
        ("recognised", "600000.00", "一致", Ok((60_000_000, 30_000_000))),
        ("recognised", "0.02元", "几乎全部不符", Ok((2, 1))),
        ("recognised", " ", "", Ok((0, 30_000_000))),
        ("recognised", "600000.01", "多", Err(("lower.recognised", "不能高于"))),
        ("recognised", "70万元", "多", Err(("lower.recognised", "60万元"))),
        ("recognised", "500000", " ", Err(("lower.recognised.reason", "请写明调低“核定投入”的理由"))),
        ("recognised", "五十", "少", Err(("lower.recognised", ""))),
        ("payable", "1", "少", Err(("lower.payable", "不能调整"))),
        ("nothing", "1", "少", Err(("lower.nothing", "不能调整"))),
    ] {
        let mut walk = Walk::at("works");
        let lower = BTreeMap::from([(value.to_owned(), (amount.to_owned(), reason.to_owned()))]);
        let done = walk.go(&by("审计所", "auditor"), |file, at| file.audit("audit", audited(), &lower, at));
        match outcome {
            Ok((fen, award_fen)) => {
                done.unwrap();
                assert_eq!(walk.file.lowered.get(value).map_or(0, |lowered| lowered.fen), fen, "{amount}");
                ["assess evaluation", "skip supervision"].iter().for_each(|command| drop(walk.run(command, &by("评测院", "expert"))));
                walk.run("approve review", &actor("approve review")).unwrap();
                assert_eq!(walk.file.award_fen(), Some(award_fen), "{amount}");
            }
            Err((path, says)) => {
                let refusal = done.unwrap_err();
                assert!(refusal.errors.iter().any(|error| error.path == path && error.message.contains(says)), "{amount}: {refusal:?}");
            }
        }
    }
}

/// A file is not approved while the award does not hold: the reason and its clause are said.
#[test]
fn no_award_is_decided_that_does_not_hold() {
    let mut walk = Walk::at("works");
    let mut low = assessed();
    low.stated.texts.values_mut().filter(|text| *text == "3").for_each(|text| *text = "1".into());
    walk.go(&by("评测院", "expert"), |file, at| file.assess("evaluation", low, at)).unwrap();
    walk.run("audit audit", &by("审计所", "auditor")).unwrap();
    walk.run("skip supervision", &by("评测院", "expert")).unwrap();
    let before = walk.file.clone();
    let refusal = walk.run("approve review", &actor("approve review")).unwrap_err();
    assert_eq!(refusal.clause.as_deref(), Some("2.1"));
    assert!(refusal.message.contains("水平达到二级：不符合"), "{refusal:?}");
    assert_eq!(walk.file, before);
    walk.run("refuse review", &actor("refuse review")).unwrap();
}
