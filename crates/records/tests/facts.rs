//! The case a file makes: what the platform knows stands above what is typed, officials above applicants, and a bare
//! figure is read in the unit beside its field.
#![allow(clippy::unwrap_used)]

mod given;

use given::{PROVIDER, Walk, answers, filled, knowing, noon, pack, row};
use policy::evaluate::evaluate;
use records::application::{Application, Judgement, Knowing, Lowered, Settled, build, draft_of, squeezed, with_unit};
use records::organisation::{OrganisationKind, Profile, Quality};
use standards::size::{SizeFacts, SizeIndustry};

fn inputs(change: impl FnOnce(&mut Knowing, &mut Application)) -> records::answers::Answers {
    let mut walk = Walk::of("subsidy");
    walk.file.filed = filled();
    change(&mut walk.knowing, &mut walk.file);
    build(pack(), &walk.file, &walk.knowing, noon("2026-01-20")).inputs
}

/// What an applicant types over what the platform knows, and what the case holds.
#[test]
fn known_facts_override_typed_ones() {
    for (path, typed, holds) in [
        ("enterprise.name", "别家", "甲有限公司"),
        ("enterprise.code", "X", "91350100M000100Y43"),
        ("enterprise.district", "西区", "east"),
        ("enterprise.size", "大型企业", "small"),
        ("enterprise.quality", "小巨人", "none"),
        ("enterprise.roster", "否", "是"),
        ("project.applied_on", "2020-01-01", "2026-01-20"),
        ("project.deadline_on", "2030-01-01", "2026-01-30"),
        ("project.batch_no", "9", "1"),
    ] {
        let held = inputs(|_, file| file.filed.set(path, typed));
        assert_eq!(held.text(path), holds, "{path}");
    }
}

#[test]
fn the_platform_knows_the_applicant() {
    type Change = fn(&mut Knowing);
    let cases: [(Change, &str, &str); 11] = [
        (|knowing| knowing.applicant.place = "hohhot-xincheng".into(), "enterprise.district", "west"),
        (|knowing| knowing.applicant.place = "hohhot-yuquan".into(), "enterprise.district", "outside"),
        (|knowing| knowing.applicant.place = "beijing".into(), "enterprise.district", "outside"),
        (|knowing| knowing.applicant.profile.quality = Quality::Giant, "enterprise.quality", "giant"),
        (|knowing| knowing.standings.clear(), "enterprise.roster", "否"),
        (|knowing| knowing.batch.number = 3, "project.batch_no", "3"),
        (
            |knowing| {
                let figures = SizeFacts { staff: Some(5), revenue_fen: Some(1), assets_fen: None };
                knowing.applicant.profile = Profile { trade: Some(SizeIndustry::Industry), figures, ..Profile::default() };
            },
            "enterprise.size",
            "micro",
        ),
        (|knowing| knowing.applicant.profile = Profile::default(), "enterprise.size", ""),
        (|knowing| knowing.applicant.credit_code = None, "enterprise.code", ""),
        // A company's code says nothing of its standing as a legal person; that of an individual business does.
        (|_| {}, "enterprise.legal_person", ""),
        (
            |knowing| {
                let code = standards::credit_code::CreditCode::with_check_character("92150105MA0N00001").unwrap();
                knowing.applicant.credit_code = Some(code.as_str().to_owned());
            },
            "enterprise.legal_person",
            "否",
        ),
    ];
    for (change, path, holds) in cases {
        let held = inputs(|knowing, _| change(knowing));
        assert_eq!(held.text(path), holds, "{path}");
    }
}

/// A party's name however it is written, and whether the pool has it.
#[test]
fn holders_are_known_by_name() {
    for (name, holds) in
        [(PROVIDER, "是"), ("数字服务(示例)有限公司", "是"), (" 数字服务 （示例）有限公司　", "是"), ("数字服务有限公司", "否")]
    {
        let held = inputs(|_, file| {
            file.filed.rows.insert("contract".into(), vec![row("c1", None, &[("seller", name), ("pooled", "是")])]);
            file.filed.set("project.integrator", name);
        });
        assert_eq!(held.rows("contract")[0].texts["pooled"], holds, "{name}");
        assert_eq!(held.text("project.integrator_pooled"), holds, "{name}");
    }
    let unnamed = inputs(|_, file| drop(file.filed.rows.insert("contract".into(), vec![row("c1", None, &[("pooled", "是")])])));
    assert_eq!(unnamed.rows("contract")[0].texts.get("pooled"), None, "nobody named, nothing known");
    assert_eq!(squeezed(" 甲（乙） 公司"), "甲(乙)公司");
}

/// What only officials state, judge or settle never comes from the applicant, whatever a request holds.
#[test]
fn an_applicant_cannot_state_what_officials_do() {
    let held = inputs(|_, file| {
        for (path, text) in [("project.settled_level", "4"), ("project.chars", "9999"), ("enterprise.size", "large")] {
            file.filed.set(path, text);
        }
        for condition in &pack().conditions {
            if let policy::pack::Test::Person(input, _) = condition.test {
                file.filed.set(&pack().inputs[0][input].id(), "是");
            }
        }
        let recognised = pack().value("recognised").unwrap().settled.unwrap();
        file.filed.set(&pack().inputs[0][recognised].id(), "1元");
        file.filed.rows.get_mut("invoice").unwrap()[0].texts.insert("matches".into(), "是".into());
    });
    assert_eq!((held.text("project.settled_level"), held.text("project.chars")), ("", "29"));
    assert_eq!(held.rows("invoice")[0].texts.get("matches"), None);
    let (draft, _) = draft_of(pack(), &held);
    let outcome = evaluate(pack(), &draft.facts());
    let open: Vec<&str> = outcome.findings.iter().filter(|finding| !finding.fix.is_empty()).map(|finding| finding.id.as_str()).collect();
    assert!(open.contains(&"no-incident") && open.contains(&"truthful") && open.contains(&"level"), "{open:?}");
}

/// Layers from the bottom: filed, then stage after stage, then judged, settled and set lower.
#[test]
fn officials_stand_above_the_applicant() {
    let held = inputs(|_, file| {
        file.stated.insert("check".into(), answers(&[("enterprise.abnormal", "是")]));
        let mut audit = records::answers::Answers::default();
        audit.rows.insert("invoice".into(), vec![row("i1", None, &[("matches", "否")]), row("gone", None, &[("matches", "是")])]);
        file.stated.insert("audit".into(), audit);
        file.judgements.insert("truthful".into(), Judgement { holds: false, note: "不实".into() });
        file.settled.insert(
            "project.settled_level".into(),
            Settled { stage: "evaluation".into(), level: 3, score: "90".into(), counts: Default::default() },
        );
        let lowered = Lowered { stage: "audit".into(), fen: 12_345, computed_fen: 60_000_000, reason: "不符".into() };
        file.lowered.insert("recognised".into(), lowered);
    });
    assert_eq!(held.text("enterprise.abnormal"), "是");
    assert_eq!(held.rows("invoice").iter().map(|row| row.texts["matches"].as_str()).collect::<Vec<_>>(), ["否"]);
    assert_eq!(held.text("project.settled_level"), "3");
    let recognised = pack().value("recognised").unwrap().settled.unwrap();
    assert_eq!(held.text(&pack().inputs[0][recognised].id()), "123.45元");
}

/// The characters of the long texts that count together; emptied texts count as nothing.
#[test]
fn characters_are_counted_by_the_platform() {
    for (summary, features, chars) in [("一二三", "", "3"), ("一二三", "四 五\n", "5"), ("", "四", "1"), ("", "", "")] {
        let held = inputs(|_, file| {
            file.filed.set("application.summary", summary);
            file.filed.set("application.features", features);
            file.filed.set("project.chars", "100");
        });
        assert_eq!(held.text("project.chars"), chars, "{summary:?} {features:?}");
    }
}

/// A figure as typed into a fact of the case and into a row, in fen.
#[test]
fn a_bare_figure_is_read_in_the_unit_beside_it() {
    for (typed, case_fen, row_fen) in [
        ("2000", Some(2_000_000_000), Some(200_000)),
        ("２，０００．５", Some(2_000_500_000), Some(200_050)),
        ("2000元", Some(200_000), Some(200_000)),
        ("2000万元", Some(2_000_000_000), Some(2_000_000_000)),
        ("0.01", Some(10_000), Some(1)),
        ("0.001", Some(1_000), None),
        ("若干", None, None),
    ] {
        let mut typed_in = answers(&[("enterprise.revenue", typed)]);
        typed_in.rows.insert("contract".into(), vec![row("c1", None, &[])]);
        typed_in.rows.insert("invoice".into(), vec![row("i1", Some("c1"), &[("amount", typed)])]);
        let (draft, _) = draft_of(pack(), &typed_in);
        let facts = draft.facts();
        let case = facts.kinds[0].inputs[pack().input("enterprise.revenue").unwrap()][0].get();
        let kind = usize::from(pack().kind("invoice").unwrap());
        let amount = pack().inputs[kind].iter().position(|input| input.name == "amount").unwrap();
        assert_eq!(case, case_fen, "{typed} in the case");
        assert_eq!(facts.kinds[kind].inputs[amount][0].get(), row_fen, "{typed} in a row");
    }
    for (text, unit, expected) in [
        ("12", Some("万元"), "12万元"),
        (" 12 ", Some("%"), "12%"),
        ("１２", Some("元"), "１２元"),
        ("12元", Some("万元"), "12元"),
        ("", Some("元"), ""),
        ("12", None, "12"),
    ] {
        assert_eq!(with_unit(text, unit), expected);
    }
}

/// The day of application is the day of submission from then on, however long the file takes.
#[test]
fn the_day_of_submission_stays() {
    let mut walk = Walk::at("check");
    walk.now = noon("2026-05-20");
    assert_eq!(walk.case().inputs.text("project.applied_on"), "2026-01-06");
}

/// A decision is made again from its frozen inputs and the pack alone.
#[test]
fn a_decision_can_be_made_again() {
    let walk = Walk::at("publicity");
    let decision = walk.file.decision.as_ref().unwrap();
    let (draft, errors) = draft_of(pack(), &decision.inputs);
    assert_eq!((decision.receipt.verify(pack(), &draft.facts()), errors), (Vec::new(), Vec::new()));
    let said = (decision.receipt.award_fen, decision.receipt.level, decision.receipt.recognised_fen);
    assert_eq!(said, (Some(30_000_000), Some(3), Some(60_000_000)));
    let mut other = decision.inputs.clone();
    other.set("project.settled_level", "2");
    let (draft, _) = draft_of(pack(), &other);
    assert!(!decision.receipt.verify(pack(), &draft.facts()).is_empty());
}

#[test]
fn only_its_kind_of_applicant_begins_a_file() {
    use records::application::Situation;
    let who = given::by("甲", "clerk");
    for kind in OrganisationKind::ALL {
        let mut knowing = knowing("subsidy");
        knowing.applicant.kind = kind;
        let calendar = standards::calendar::Calendar::national();
        let at = Situation { pack: pack(), calendar, now: noon("2026-01-06"), by: &who, knowing: &knowing };
        let begun = Application::start("f".into(), "subsidy", &at);
        assert_eq!(begun.is_ok(), kind == OrganisationKind::Enterprise, "{kind}");
        assert!(Application::start("f".into(), "nothing", &at).is_err());
    }
}
