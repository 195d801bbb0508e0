//! A small world for tests: the fixture pack, an enterprise with its standings, and a file that walks through its stages.
#![allow(dead_code, unused_imports)] // each test program uses some of it

mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use policy::library::Library;
use policy::pack::Pack;
use records::Moment;
use records::answers::{Answers, RowAnswers};
use records::application::{Filing, Finding, Judgement, Knowing, Official, Point};
use records::batch::Batch;
use records::moment::By;
use records::organisation::{Organisation, OrganisationKind, OrganisationState, Profile};
use standards::date::Date;
use standards::size::{SizeFacts, SizeIndustry};

pub use walk::{Walk, actor, name, way_to};

/// The pool's one holder.
pub const PROVIDER: &str = "数字服务（示例）有限公司";
/// 60万元, of which half is 30万元: above the cap of level 2, below that of level 3.
pub const INVOICE: &str = "600000";

static PACK: LazyLock<Arc<Pack>> = LazyLock::new(|| {
    let files = testkit::files(&testkit::root().join("crates/records/tests/pack"));
    Library::default().add(files).unwrap_or_else(|problems| panic!("{problems:#?}"))
});

pub fn pack() -> &'static Pack {
    &PACK
}

pub fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// Noon of a day in China.
pub fn noon(text: &str) -> Moment {
    Moment(Moment::start_of(day(text)).0 + 12 * 3_600_000)
}

pub fn by(organisation: &str, account: &str) -> By {
    By { account: account.into(), organisation: organisation.into(), mandate: None }
}

pub fn organisation(id: &str, kind: OrganisationKind, place: &str) -> Organisation {
    Organisation {
        id: id.into(),
        kind,
        name: format!("{id}有限公司"),
        credit_code: Some("91350100M000100Y43".into()),
        place: place.into(),
        profile: Profile { trade: Some(SizeIndustry::Industry), figures: small(), ..Profile::default() },
        state: OrganisationState::Active,
    }
}

/// 100 people and 2000万元 a year: small.
fn small() -> SizeFacts {
    SizeFacts { staff: Some(100), revenue_fen: Some(2_000_000_000), assets_fen: None }
}

pub fn batch(procedure: &str) -> Batch {
    Batch {
        id: "batch".into(),
        programme: "example-award".into(),
        version: "1".into(),
        procedure: procedure.into(),
        label: "第一批".into(),
        number: 1,
        notice: "通知".into(),
        opens_on: day("2026-01-05"),
        deadline_on: day("2026-01-30"),
        place: "hohhot".into(),
        closed: None,
    }
}

/// What the platform knows of an enterprise that holds everything the award needs.
pub fn knowing(procedure: &str) -> Knowing {
    Knowing {
        applicant: organisation("甲", OrganisationKind::Enterprise, "hohhot-saihan"),
        standings: ["roster", "project"].map(str::to_owned).into(),
        holders: BTreeMap::from([("pool".to_owned(), BTreeSet::from(["数字服务(示例)有限公司".to_owned()]))]),
        settled: BTreeMap::new(),
        members: BTreeMap::new(),
        granted_fen: BTreeMap::new(),
        leading: None,
        entitled: BTreeMap::new(),
        batch: batch(procedure),
    }
}

pub fn answers(texts: &[(&str, &str)]) -> Answers {
    let mut answers = Answers::default();
    texts.iter().for_each(|(path, text)| answers.set(path, text));
    answers
}

pub fn row(id: &str, parent: Option<&str>, texts: &[(&str, &str)]) -> RowAnswers {
    let texts = texts.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    RowAnswers { id: id.into(), parent: parent.map(str::to_owned), texts }
}

/// The award's forms, complete.
pub fn filled() -> Answers {
    let mut filled = answers(&[
        ("enterprise.abnormal", "否"),
        ("project.completed_on", "2025-12-01"),
        ("profile.phone", "0471-1234567"),
        ("application.summary", "企业完成设备联网和系统上线，生产效率有明显提升，能耗下降。"),
        ("application.effects.0.before", "一千台"),
        ("application.effects.0.after", "两千台"),
        ("application.effects.1.before", "一百吨"),
        ("application.effects.1.after", "八十吨"),
        ("application.truth", "yes"),
    ]);
    filled.rows.insert("contract".into(), vec![row("c1", None, &[("seller", PROVIDER), ("signed_on", "2025-06-01")])]);
    filled.rows.insert("invoice".into(), vec![row("i1", Some("c1"), &[("amount", INVOICE), ("by_bill", "否")])]);
    filled
}

pub fn filing(answers: Answers) -> Filing {
    Filing { answers, papers: BTreeMap::from([("application".to_owned(), vec!["paper-1".into()])]), provider: None, invoices: Vec::new() }
}

pub fn judged(condition: &str, holds: bool) -> BTreeMap<String, Judgement> {
    BTreeMap::from([(condition.to_owned(), Judgement { holds, note: "已核查".into() })])
}

/// What the bureau states when it checks.
pub fn checked() -> Official {
    Official { stated: answers(&[("enterprise.abnormal", "否")]), judgements: judged("no-incident", true), ..Official::default() }
}

pub fn reviewed() -> Official {
    Official { judgements: judged("truthful", true), ..Official::default() }
}

/// The evaluator's own answers: level 3 by 100 marks and two scenarios.
pub fn assessed() -> Official {
    let assessment = pack().assessment.as_ref().unwrap();
    let path = |input: usize| pack().inputs[0][input].id();
    let mut stated = answers(&[("site.opinion", "符合。")]);
    stated.set(&path(assessment.questions[0].input), "yes");
    let figures = &assessment.questions[1].figures;
    stated.set(&path(figures[0]), "80");
    stated.set(&path(figures[1]), "100");
    assessment.scenarios.iter().for_each(|scenario| stated.set(&path(scenario.input), "3"));
    Official { stated, ..Official::default() }
}

/// The auditor finds every invoice to match its contract.
pub fn audited() -> Official {
    let mut stated = Answers::default();
    stated.rows.insert("invoice".into(), vec![row("i1", None, &[("matches", "是")])]);
    Official { stated, ..Official::default() }
}

pub fn point() -> Vec<Point> {
    vec![Point { path: "application.summary".into(), message: "请补充能耗数据。".into(), clause: "3.5".into() }]
}

pub fn finding(clause: &str) -> Vec<Finding> {
    vec![Finding { condition: String::new(), message: "材料不实。".into(), clause: clause.into() }]
}
