//! The programme of a city that does not exist, from its data files alone: chosen by experts within places of a district,
//! paid in advance, accepted in two steps, settled.
#![allow(clippy::unwrap_used)]

mod city;
#[path = "../../store/tests/on_both_engines/mod.rs"]
mod on_both_engines;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use city::{City, answers, person, refusal, row, settling};
use on_both_engines::Database;
use policy::library::Library;
use records::Moment;
use records::access::Acting;
use records::account::Role;
use records::answers::Answers;
use records::application::{Judgement, Official, Phase, Point};
use records::organisation::OrganisationKind;
use service::application::{self, Audit, FillDraft};
use service::payment::{self, Banked, Listing};
use service::{Desk, ServiceError, batch, ledger, publicity, review, time_limits};

const PROGRAMME: &str = "yunting-reform";
const ENTERPRISES: usize = 4;
const EXPERTS: [&str; 4] = ["expert0", "expert1", "expert2", "expert3"];

static LIBRARY: LazyLock<Library> = LazyLock::new(|| {
    let mut library = Library::default();
    let files = testkit::files(&testkit::root().join("examples/yunting-reform/2026"));
    library.add(files).unwrap_or_else(|problems| panic!("{problems:#?}"));
    library
});

fn desk(city: &City) -> Desk<'_> {
    Desk { library: &LIBRARY, ..city.desk() }
}

fn acting(id: &str, kind: OrganisationKind, place: &str, role: &str) -> Acting {
    Acting {
        account: format!("{id}-{role}").as_str().into(),
        organisation: id.into(),
        kind,
        place: place.into(),
        roles: BTreeSet::from([Role::parse(role).unwrap()]),
        mandate: None,
    }
}

fn firm(at: usize, role: &str) -> Acting {
    acting(&format!("firm{at}"), OrganisationKind::Enterprise, "hohhot-saihan", role)
}

fn expert(id: &str) -> Acting {
    acting(id, OrganisationKind::Expert, "beijing", "handler")
}

/// A city with four enterprises and four experts from elsewhere.
async fn town(database: &Database) -> City {
    let city = City::new(database.open().await).await;
    let firms: Vec<String> = (0..ENTERPRISES).map(|at| format!("firm{at}")).collect();
    let mut all: Vec<_> = firms.iter().map(|id| settling((id, OrganisationKind::Enterprise, "hohhot-saihan"))).collect();
    all.extend(EXPERTS.iter().map(|id| settling((id, OrganisationKind::Expert, "beijing"))));
    service::demo::settle(&city.store, city.now, &all).await.unwrap();
    for id in &firms {
        service::demo::paper(&city.store, id, &format!("{id}-handler"), "材料.pdf", &"0".repeat(64), 9, city.now).await.unwrap();
    }
    city
}

async fn call(city: &City, procedure: &str, opens_on: &str, deadline_on: &str) -> String {
    let calling = batch::Calling {
        programme: PROGRAMME.into(),
        procedure: procedure.into(),
        label: "第一批".into(),
        notice: "通知".into(),
        opens_on: opens_on.into(),
        deadline_on: deadline_on.into(),
    };
    batch::open(&desk(city), &person("city"), &calling).await.unwrap()
}

/// What is typed, with papers in these slots, handed to the certifier.
async fn hand_in(city: &City, at: usize, id: &str, stage: &str, slots: &[&str], typed: &Answers) -> Result<(), ServiceError> {
    let (desk, who) = (desk(city), firm(at, "handler"));
    let (version, draft) = application::draft(&desk, &who, id, stage).await?;
    let papers = slots.iter().map(|slot| ((*slot).to_owned(), vec![format!("firm{at}-paper").as_str().into()])).collect();
    let draft = FillDraft { answers: draft.answers.overlaid(typed), papers };
    application::save_draft(&desk, &who, id, stage, version, &draft).await?;
    application::prepare(&desk, &who, id, city.version(id).await, stage).await
}

async fn sign(city: &City, at: usize, id: &str, stage: &str) {
    application::sign(&desk(city), &firm(at, "certifier"), id, city.version(id).await, stage).await.unwrap();
}

async fn submitted(city: &City, batch: &str, at: usize, stage: &str, slots: &[&str], typed: &Answers) -> String {
    let id = application::start(&desk(city), &firm(at, "handler"), batch).await.unwrap();
    hand_in(city, at, &id, stage, slots, typed).await.unwrap();
    sign(city, at, &id, stage).await;
    id
}

async fn approve(city: &City, who: &str, id: &str, stage: &str, official: Official) -> Result<(), ServiceError> {
    application::approve(&desk(city), &person(who), id, Some(city.version(id).await), stage, official).await
}

fn stating(texts: &[(&str, &str)]) -> Official {
    Official { stated: answers(texts), ..Official::default() }
}

fn plan(district: &str, investment: &str) -> Answers {
    answers(&[
        ("enterprise.district", district),
        ("enterprise.industry", "bamboo"),
        ("plan.contact", "张三"),
        ("plan.phone", "13800138000"),
        ("plan.investment", investment),
        ("project.provider", "乙公司"),
        ("plan.content", "车间设备联网，上线生产管理和云端订单系统，缩短交货周期。"),
        ("plan.promise", "yes"),
    ])
}

fn visited(district: &str) -> Official {
    stating(&[
        ("enterprise.district", district),
        ("enterprise.abnormal", "no"),
        ("visit.on", "2026-01-06"),
        ("visit.people", "李四、王五"),
        ("visit.found", "两条生产线，设备未联网。"),
    ])
}

/// Experts are asked, declare no interest and score.
async fn scored(city: &City, id: &str, stage: &str, sheets: &[(&str, Answers)]) {
    let experts: Vec<String> = sheets.iter().map(|(expert, _)| (*expert).to_owned()).collect();
    let desk = desk(city);
    review::ask(&desk, &person("city"), id, city.version(id).await, stage, &experts).await.unwrap();
    for (name, sheet) in sheets {
        application::declare(&desk, &expert(name), id, city.version(id).await, stage, false, "").await.unwrap();
        review::hand_in(&desk, &expert(name), id, stage, sheet.clone()).await.unwrap();
    }
}

/// A sheet for the plan with so many marks for the way it takes.
fn plan_sheet(way: &str) -> Answers {
    answers(&[("plan-sheet.need", "20"), ("plan-sheet.way", way), ("plan-sheet.worth", "25"), ("plan-sheet.opinion", "方案可行。")])
}

fn final_sheet() -> Answers {
    answers(&[("final-sheet.built", "50"), ("final-sheet.effect", "30"), ("final-sheet.opinion", "建设内容已完成。")])
}

/// Three experts of one mind about a plan.
async fn agreed(city: &City, id: &str, way: &str) {
    let sheets: Vec<_> = EXPERTS[..3].iter().map(|expert| (*expert, plan_sheet(way))).collect();
    scored(city, id, "experts", &sheets).await;
}

/// A plan handed in, visited, scored.
async fn reviewed(city: &City, batch: &str, at: usize, way: &str) -> String {
    let id = submitted(city, batch, at, "plan", &[], &plan("north", "200万元")).await;
    approve(city, "district", &id, "visit", visited("north")).await.unwrap();
    agreed(city, &id, way).await;
    id
}

/// Published from today until a day, and time passes to two days after.
async fn publicised(city: &mut City, procedure: &str, files: &[String], until: &str) {
    let said = publicity::Announcing {
        title: "公示".into(),
        starts_on: city.now.day().to_string(),
        ends_on: until.into(),
        contact: "0471-1234567".into(),
        applications: files.to_vec(),
    };
    publicity::open(&desk(city), &person("city"), PROGRAMME, procedure, &said).await.unwrap();
    city.on(until);
    city.now = Moment(city.now.0 + 24 * 3_600_000);
    time_limits::elapse(&desk(city)).await.unwrap();
}

async fn paid(city: &City, label: &str, id: &str) {
    let desk = desk(city);
    let listing = Listing { programme: PROGRAMME.into(), label: label.into(), applications: vec![id.to_owned()] };
    let list = payment::prepare(&desk, &person("finance"), &listing).await.unwrap();
    for approver in ["finance/certifier", "finance/certifier2"] {
        let (version, _) = payment::payment_list(&desk, &person(approver), &list).await.unwrap();
        payment::approve(&desk, &person(approver), &list, version).await.unwrap();
    }
    payment::record(&desk, &person("finance"), &list, id, Banked::Paid).await.unwrap();
}

/// 改造完工后的清算：软件、云服务、设备各一张发票，全部付清。
fn settlement() -> Answers {
    let mut typed = answers(&[
        ("claim.item", "settlement"),
        ("enterprise.district", "north"),
        ("enterprise.industry", "bamboo"),
        ("project.provider", "乙公司"),
        ("project.completed_on", "2026-08-31"),
        ("claim.orders", "no"),
        ("claim.loan", "no"),
        ("claim.lease", "no"),
    ]);
    let invoices = [("i1", "software", "40万元", "37万元"), ("i2", "cloud", "20万元", "19万元"), ("i3", "hardware", "113万元", "100万元")];
    let invoice = |(id, cost, amount, net): &(&str, &str, &str, &str)| {
        let number = format!("261500000000000000{id:0>2}", id = &id[1..]);
        row(id, Some("c1"), &[("number", &number), ("cost", cost), ("amount", amount), ("net", net), ("issued_on", "2026-08-31")])
    };
    let payment =
        |(id, _, amount, _): &(&str, &str, &str, &str)| row(&format!("p-{id}"), Some(id), &[("amount", amount), ("paid_on", "2026-09-10")]);
    typed.rows.insert("contract".into(), vec![row("c1", None, &[("seller", "乙公司"), ("signed_on", "2026-03-01")])]);
    typed.rows.insert("invoice".into(), invoices.iter().map(invoice).collect());
    typed.rows.insert("payment".into(), invoices.iter().map(payment).collect());
    typed
}

fn audited() -> Official {
    let booked = ["i1", "i2", "i3"].map(|id| row(id, None, &[("booked", "yes")]));
    let mut stated = Answers::default();
    stated.rows.insert("invoice".into(), booked.to_vec());
    let papers = BTreeMap::from([("audit-report".to_owned(), vec!["auditor-paper".into()])]);
    Official { stated, papers, ..Official::default() }
}

/// The first plan is returned by the district while experts score it; corrected, visited, scored by a fourth expert, since
/// one lies more than 15 marks off.
async fn first_plan(city: &City, batch: &str) -> String {
    let id = submitted(city, batch, 0, "plan", &[], &plan("north", "200万元")).await;
    assert_eq!(city.record(&id).await.1.stages["visit"].due_on.unwrap().to_string(), "2026-01-19", "ten working days");
    returned(city, &id).await;
    let corrected = answers(&[("plan.content", "车间十二台设备联网，上线生产管理和云端订单系统，缩短交货周期。")]);
    hand_in(city, 0, &id, "plan", &[], &corrected).await.unwrap();
    sign(city, 0, &id, "plan").await;
    let apart = [("expert0", plan_sheet("35")), ("expert1", plan_sheet("36")), ("expert2", plan_sheet("10"))];
    scored(city, &id, "experts", &apart).await;
    assert!(city.record(&id).await.1.stages["experts"].score.is_none());
    let early = approve(city, "city", &id, "select", Official::default()).await;
    assert!(matches!(early, Err(ServiceError::Forbidden)), "it waits for both: {early:?}");
    scored(city, &id, "experts", &[("expert3", plan_sheet("34"))]).await;
    let score = city.record(&id).await.1.stages["experts"].score.clone().unwrap();
    assert_eq!((score.hundredths, score.without.unwrap().to_string()), (8_000, "expert2".to_owned()));
    approve(city, "district", &id, "visit", visited("north")).await.unwrap();
    id
}

async fn returned(city: &City, id: &str) {
    let point = Point { path: "plan.content".into(), message: "请写明设备清单。".into(), clause: "2.2".into() };
    let version = city.version(id).await;
    application::return_for_correction(&desk(city), &person("district"), id, version, "visit", vec![point], None).await.unwrap();
}

/// Two places a district: the third is refused by the clause, and below the threshold nobody gets one.
async fn chosen(city: &mut City) {
    let batch = call(city, "project", "2026-01-05", "2026-01-30").await;
    let first = first_plan(city, &batch).await;
    let second = reviewed(city, &batch, 1, "30").await;
    let third = reviewed(city, &batch, 2, "25").await;
    let poor = reviewed(city, &batch, 3, "14").await;
    let below = refusal(approve(city, "city", &poor, "select", Official::default()).await);
    assert_eq!(below.clause.as_deref(), Some("2.4"));
    assert!(below.message.contains("不足60分"), "{below:?}");
    for id in [&first, &second] {
        approve(city, "city", id, "select", Official::default()).await.unwrap();
    }
    let full = refusal(approve(city, "city", &third, "select", Official::default()).await);
    assert_eq!(full.clause.as_deref(), Some("2.4"));
    for said in ["最多2个", "示例firm0有限公司", "评审得分"] {
        assert!(full.message.contains(said), "{said}: {full:?}");
    }
    publicised(city, "project", &[first.clone(), second], "2026-01-07").await;
    assert_eq!(city.word(&first).await, "已办结");
}

fn asked() -> Answers {
    answers(&[
        ("claim.item", "advance"),
        ("enterprise.district", "north"),
        ("plan.investment", "200万元"),
        ("advance.guarantee", "15万元"),
        ("advance-request.bank", "云汀银行"),
    ])
}

fn guaranteed() -> Official {
    let judgements = BTreeMap::from([("guaranteed".to_owned(), Judgement { holds: true, note: "开立银行回函。".into() })]);
    Official { judgements, ..stating(&[("enterprise.abnormal", "no")]) }
}

/// 12万元 in advance: only for who was chosen, and nothing but an advance.
async fn advanced(city: &City) {
    let batch = call(city, "advance", &city.now.day().to_string(), "2026-12-31").await;
    let eager = application::start(&desk(city), &firm(2, "handler"), &batch).await.unwrap();
    assert!(hand_in(city, 2, &eager, "advance-apply", &["guarantee"], &asked()).await.is_err(), "not chosen");
    let id = application::start(&desk(city), &firm(0, "handler"), &batch).await.unwrap();
    let wrong = asked().overlaid(&answers(&[("claim.item", "settlement")]));
    let wrong = refusal(hand_in(city, 0, &id, "advance-apply", &["guarantee"], &wrong).await);
    assert!(wrong.message.contains("只办理预拨"), "{wrong:?}");
    hand_in(city, 0, &id, "advance-apply", &["guarantee"], &asked()).await.unwrap();
    sign(city, 0, &id, "advance-apply").await;
    approve(city, "city", &id, "advance-check", guaranteed()).await.unwrap();
    assert_eq!(city.record(&id).await.1.award_fen(), Some(12_000_000));
    paid(city, "预拨", &id).await;
    assert_eq!(city.word(&id).await, "已拨付");
}

/// The district first, then experts and the auditor side by side; the platform knows what was paid in advance.
async fn accepted(city: &City, id: &str) {
    let record = [
        ("first-record.on", "2026-11-11"),
        ("first-record.running", "yes"),
        ("first-record.found", "运行正常。"),
        ("enterprise.abnormal", "no"),
    ];
    let failing = stating(&[&record[..], &[("acceptance.first", "no")]].concat());
    let failing = refusal(approve(city, "district", id, "first-acceptance", failing).await);
    assert_eq!(failing.clause.as_deref(), Some("6.2"));
    let passing = stating(&[&record[..], &[("acceptance.first", "yes")]].concat());
    approve(city, "district", id, "first-acceptance", passing).await.unwrap();
    let sheets: Vec<_> = EXPERTS[..3].iter().map(|expert| (*expert, final_sheet())).collect();
    scored(city, id, "final-acceptance", &sheets).await;
    let desk = desk(city);
    application::assign(&desk, &person("city"), id, Some(city.version(id).await), "cost-audit", "auditor").await.unwrap();
    application::declare(&desk, &person("auditor"), id, city.version(id).await, "cost-audit", false, "").await.unwrap();
    let audit = Audit { official: audited(), lower: BTreeMap::new() };
    application::audit(&desk, &person("auditor"), id, city.version(id).await, "cost-audit", audit).await.unwrap();
    approve(city, "city", id, "reckon", Official::default()).await.unwrap();
}

on_both_engines! {
    async fn from_the_call_to_the_balance(database: Database) {
        let mut city = town(&database).await;
        chosen(&mut city).await;
        advanced(&city).await;
        city.on("2026-11-10");
        let batch = call(&city, "settlement", "2026-11-10", "2026-12-31").await;
        let id = submitted(&city, &batch, 0, "settle", &["vouchers"], &settlement()).await;
        let claims = city.store.invoice_claims(&["26150000000000000001".to_owned()]).await.unwrap();
        assert_eq!(claims.iter().map(|claim| claim.application.as_str()).collect::<Vec<_>>(), [id.as_str()], "§6.1: an invoice counts once");
        accepted(&city, &id).await;
        assert_eq!(city.record(&id).await.1.award_fen(), Some(31_000_000), "43万元 less 12万元 in advance");
        publicised(&mut city, "settlement", std::slice::from_ref(&id), "2026-11-17").await;
        paid(&city, "清算", &id).await;
        assert_eq!((city.word(&id).await, city.record(&id).await.1.money.paid_fen), ("已拨付", 31_000_000));

        // What is settled gets nothing in advance any more.
        let batch = call(&city, "advance", &city.now.day().to_string(), "2026-12-31").await;
        let late = submitted(&city, &batch, 0, "advance-apply", &["guarantee"], &asked()).await;
        let late = refusal(approve(&city, "city", &late, "advance-check", guaranteed()).await);
        assert_eq!(late.clause.as_deref(), Some("5.1"));
        assert!(late.message.contains("已确定清算金额"), "{late:?}");
        assert_eq!(ledger::verify(&city.store, &LIBRARY).await.unwrap().broken, Vec::<String>::new());
    }

    async fn a_missed_correction_waits_for_the_next_batch(database: Database) {
        let mut city = town(&database).await;
        let batch = call(&city, "project", "2026-01-05", "2026-01-30").await;
        let id = submitted(&city, &batch, 0, "plan", &[], &plan("lake", "200万元")).await;
        returned(&city, &id).await;
        city.on("2026-01-09");
        assert_eq!(time_limits::elapse(&desk(&city)).await.unwrap().lapsed, 1, "three working days");
        let (_, file) = city.record(&id).await;
        assert!(matches!(&file.phase, Phase::Withdrawn { clause: Some(clause), reason, .. } if clause == "2.2" && reason.contains("下一批")), "{:?}", file.phase);
    }

    async fn from_outside_the_city_nobody_is_supported(database: Database) {
        let city = town(&database).await;
        let batch = call(&city, "project", "2026-01-05", "2026-01-30").await;
        let id = submitted(&city, &batch, 0, "plan", &[], &plan("north", "200万元")).await;
        let refused = refusal(approve(&city, "district", &id, "visit", visited("outside")).await);
        assert_eq!(refused.clause.as_deref(), Some("1.1"));
        assert!(refused.message.contains("市外"), "{refused:?}");
    }

    async fn above_the_line_a_plan_says_how_it_is_funded(database: Database) {
        let city = town(&database).await;
        let batch = call(&city, "project", "2026-01-05", "2026-01-30").await;
        let id = application::start(&desk(&city), &firm(0, "handler"), &batch).await.unwrap();
        let refused = refusal(hand_in(&city, 0, &id, "plan", &[], &plan("north", "3000000.01元")).await);
        assert_eq!(refused.errors[0].path, "plan.funding", "{refused:?}");
        hand_in(&city, 0, &id, "plan", &[], &plan("north", "300万元")).await.unwrap();
    }
}
