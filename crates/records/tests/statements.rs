//! What officials state, judge and settle: everything that is asked, and nothing else.
#![allow(clippy::unwrap_used)]

mod given;

use std::collections::BTreeMap;

use given::{Walk, actor, answers, assessed, audited, by, checked, judged, row};
use records::Refusal;
use records::application::{Official, as_filed};
use records::moment::By;

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

/// What an official left open is taken from what was filed; a question of which something is stated is left to whoever stated it, and what the
/// applicant wrote as evidence is no official's word.
#[test]
fn what_is_left_is_taken_from_what_was_filed() {
    let pack = given::pack();
    let (stage, assessment) = (pack.stage("evaluation").unwrap(), pack.assessment.as_ref().unwrap());
    let question = assessment.questions.iter().find(|question| !question.figures.is_empty()).unwrap();
    let path = |input: usize| pack.inputs[0][input].id();
    let (answer, figure, scenario) = (path(question.input), path(question.figures[0]), path(assessment.scenarios[0].input));
    let evidence = format!("evidence.{}", question.id);
    let filed = answers(&[(&answer, "low"), (&figure, "40"), (&scenario, "3"), (&evidence, "见附件"), ("project.name", "某项目")]);
    let all = [answer.as_str(), figure.as_str(), scenario.as_str()];
    for (stated, taken) in [
        (answers(&[]), &all[..]),
        (answers(&[(&scenario, "2")]), &all[..2]),
        (answers(&[(&figure, "30")]), &all[2..]),
        (answers(&[(&answer, "low"), (&scenario, "1")]), &[]),
    ] {
        let left = as_filed::unstated(pack, stage, &filed, &stated);
        let mut expected = taken.to_vec();
        expected.sort_unstable();
        assert_eq!(left.texts.keys().map(String::as_str).collect::<Vec<_>>(), expected, "{stated:?}");
        assert_eq!(as_filed::count(&left), taken.len());
    }
}

/// Rows like the first: what is asked of each row and no applicant filed, where it is not stated yet.
#[test]
fn rows_are_stated_like_the_first() {
    let (pack, stage) = (given::pack(), given::pack().stage("audit").unwrap());
    let with = |rows: Vec<records::answers::RowAnswers>| {
        let mut all = answers(&[]);
        all.rows.insert("invoice".into(), rows);
        all
    };
    let filed = with(["i1", "i2", "i3"].map(|id| row(id, None, &[("amount", "9")])).to_vec());
    assert_eq!(as_filed::alike_kinds(pack, stage, &filed).iter().map(|kind| kind.id.as_str()).collect::<Vec<_>>(), ["invoice"]);
    assert!(as_filed::alike_kinds(pack, stage, &with(vec![row("i1", None, &[("amount", "9")])])).is_empty(), "one row is like itself");
    let yes = [("matches", "是")];
    for (stated, expected) in [
        (vec![row("i1", None, &yes)], vec!["i2", "i3"]),
        (vec![row("i1", None, &yes), row("i3", None, &[("matches", "否")])], vec!["i2"]),
        (vec![row("i2", None, &yes)], vec![]),
    ] {
        let more = as_filed::like_first(stage, "invoice", &filed, &with(stated));
        assert_eq!(more.rows("invoice").iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), expected);
        assert!(more.rows("invoice").iter().all(|row| row.texts == yes.map(|(name, text)| (name.to_owned(), text.to_owned())).into()));
    }
}
