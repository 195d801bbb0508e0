//! Hohhot's support items: each a call with its own form, thresholds that refuse by their clause, and what was granted before
//! counted however many files are decided at once.
#![allow(clippy::unwrap_used)]

mod city;
#[path = "../../store/tests/on_both_engines/mod.rs"]
mod on_both_engines;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use city::{City, answers, judged, person, row};
use on_both_engines::Database;
use policy::library::Library;
use records::Refusal;
use records::answers::Answers;
use records::application::{Finding, Official};
use records::entitlement::{Entitled, Entitlement};
use service::application::{self, Audit, FillDraft};
use service::{Desk, ServiceError, batch, ledger};

const PROGRAMME: &str = "hohhot-plan";

static LIBRARY: LazyLock<Library> = LazyLock::new(|| {
    let mut library = Library::default();
    for folder in ["programmes/miit-2024/2024", "programmes/hohhot-plan/2025"] {
        library.add(testkit::files(&testkit::root().join(folder))).unwrap_or_else(|problems| panic!("{problems:#?}"));
    }
    library
});

fn desk(city: &City) -> Desk<'_> {
    Desk { library: &LIBRARY, ..city.desk() }
}

async fn call(city: &City, procedure: &str) -> String {
    let calling = batch::Calling {
        programme: PROGRAMME.into(),
        procedure: procedure.into(),
        label: "第一批".into(),
        notice: "通知".into(),
        opens_on: "2026-01-05".into(),
        deadline_on: "2026-01-30".into(),
    };
    batch::open(&desk(city), &person("city"), &calling).await.unwrap()
}

/// Begins a file and fills it in; own fields of the form get an example text.
async fn filled(city: &City, batch: &str, procedure: &str, own: &Answers, slots: &[&str]) -> (String, Result<(), ServiceError>) {
    let (desk, who, stage) = (desk(city), person("enterprise"), format!("{procedure}-apply"));
    let form = format!("{procedure}-form");
    let id = application::start(&desk, &who, batch).await.unwrap();
    let (version, draft) = application::draft(&desk, &who, &id, &stage).await.unwrap();
    let mut all = draft.answers.overlaid(own);
    for field in LIBRARY.pack(PROGRAMME).unwrap().form(&form).unwrap().sections.iter().flat_map(application_fields) {
        let shown = matches!(field.kind, policy::pack::FieldKind::Shown(_));
        if all.text(&field.path).is_empty() && field.path.starts_with(&form) && !shown {
            all.set(&field.path, if field.path.ends_with("phone") { "0471-1234567" } else { "示例内容。" });
        }
    }
    all.set(&format!("{form}.promise"), "yes");
    let papers = slots.iter().map(|slot| ((*slot).to_owned(), vec!["enterprise-paper".into()])).collect();
    application::save_draft(&desk, &who, &id, &stage, version, &FillDraft { answers: all, papers }).await.unwrap();
    let version = city.version(&id).await;
    let done = application::prepare(&desk, &who, &id, version, &stage).await;
    (id, done)
}

fn application_fields(section: &policy::pack::Section) -> &[policy::pack::Field] {
    records::application::sections_fields(section)
}

async fn submitted(city: &City, batch: &str, procedure: &str, own: &Answers, slots: &[&str]) -> String {
    let (id, done) = filled(city, batch, procedure, own, slots).await;
    done.unwrap();
    let (desk, version) = (desk(city), city.version(&id).await);
    application::sign(&desk, &person("enterprise/certifier"), &id, version, &format!("{procedure}-apply")).await.unwrap();
    id
}

async fn approve(city: &City, who: &str, id: &str, stage: &str, official: Official) -> Result<(), ServiceError> {
    application::approve(&desk(city), &person(who), id, None, stage, official).await
}

fn stating(texts: &[(&str, &str)]) -> Official {
    Official { stated: answers(texts), ..Official::default() }
}

fn not_duplicated() -> Official {
    Official { judgements: judged("not-duplicated", true), ..Official::default() }
}

fn refusal<T: std::fmt::Debug>(done: Result<T, ServiceError>) -> Refusal {
    match done {
        Err(ServiceError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

async fn lines(city: &City) -> Vec<Entitled> {
    let id = Entitlement::id(PROGRAMME, &"enterprise".into());
    let found = city.store.record("entitlement", &id).await.unwrap();
    found.map_or(Vec::new(), |found| serde_json::from_str::<Entitlement>(&found.state).unwrap().lines)
}

async fn award_fen(city: &City, id: &str) -> Option<i64> {
    city.record(id).await.1.award_fen()
}

async fn verified(city: &City) {
    assert_eq!(ledger::verify(&city.store, &LIBRARY).await.unwrap().broken, Vec::<String>::new());
}

/// A workshop or factory of these grades, as far as the city's review.
async fn recognised(city: &City, batch: &str, workshop: &str, factory: &str) -> String {
    let grades = [("workshop.grade", workshop), ("factory.grade", factory)];
    let id = submitted(city, batch, "workshops", &answers(&grades), &["workshop-certificate"]).await;
    approve(city, "district", &id, "workshops-district", stating(&grades)).await.unwrap();
    id
}

fn served(enterprises: usize) -> Answers {
    let mut all = answers(&[("enterprise.industry", "food")]);
    let one = |at: usize| {
        let (id, name) = (format!("s{at}"), format!("示例用户{at}有限公司"));
        row(&id, None, &[("name", &name), ("sme", "是"), ("in_chain", "是"), ("in_group", "否"), ("delivered", "是")])
    };
    all.rows.insert("served".into(), (0..enterprises).map(one).collect());
    all
}

/// A node of two million yuan, twenty percent of which are 400,000, as far as the city's review.
async fn node(city: &City, batch: &str) -> String {
    let own = answers(&[("node.new", "是"), ("node.connected", "是"), ("node.investment", "200")]);
    let id = submitted(city, batch, "nodes", &own, &["node-evidence", "investment-audit"]).await;
    approve(city, "district", &id, "nodes-district", stating(&[("node.new", "是"), ("node.connected", "是")])).await.unwrap();
    let desk = desk(city);
    application::assign(&desk, &person("city"), &id, None, "nodes-amount", "auditor").await.unwrap();
    application::declare(&desk, &person("auditor"), &id, city.version(&id).await, "nodes-amount", false, "").await.unwrap();
    let audit = Audit { official: stating(&[("node.investment", "200")]), ..Audit::default() };
    application::audit(&desk, &person("auditor"), &id, city.version(&id).await, "nodes-amount", audit).await.unwrap();
    id
}

/// An event of 150,000 yuan by a district, of which the city pays 120,000, as far as its review.
async fn event(city: &City, batch: &str) -> String {
    let (desk, who) = (desk(city), person("district"));
    let id = application::start(&desk, &who, batch).await.unwrap();
    let (version, draft) = application::draft(&desk, &who, &id, "events-apply").await.unwrap();
    let mut own = answers(&[("events.cost", "15"), ("events-form.promise", "yes"), ("events-form.on", "2025-12-01")]);
    for (name, text) in [("contact", "张三"), ("phone", "0471-1234567"), ("name", "对接会"), ("summary", "供需对接。")] {
        own.set(&format!("events-form.{name}"), text);
    }
    let papers = BTreeMap::from([("event-papers".to_owned(), vec!["district-paper".into()])]);
    let draft = FillDraft { answers: draft.answers.overlaid(&own), papers };
    application::save_draft(&desk, &who, &id, "events-apply", version, &draft).await.unwrap();
    application::prepare(&desk, &who, &id, city.version(&id).await, "events-apply").await.unwrap();
    application::sign(&desk, &person("district/certifier"), &id, city.version(&id).await, "events-apply").await.unwrap();
    let lower = BTreeMap::from([("events_amount".to_owned(), ("120000".to_owned(), "按活动规模确定。".to_owned()))]);
    let audit = Audit { official: stating(&[("events.cost", "15")]), lower };
    application::audit(&desk, &person("city"), &id, city.version(&id).await, "events-amount", audit).await.unwrap();
    id
}

on_both_engines! {
    async fn a_higher_recognition_is_topped_up(database: Database) {
        let city = City::new(database.open().await).await;
        let batch = call(&city, "workshops").await;
        let first = recognised(&city, &batch, "city", "none").await;
        approve(&city, "city", &first, "workshops-review", not_duplicated()).await.unwrap();
        assert_eq!(award_fen(&city, &first).await, Some(25_000_000));
        let second = recognised(&city, &batch, "city", "region").await;
        let view = application::open(&desk(&city), &person("city"), &second).await.unwrap();
        assert_eq!(view.entitled[PROGRAMME].len(), 1);
        let outcome = view.outcome.unwrap();
        assert_eq!(outcome.award_fen, Some(275_000_000), "{:#?}", outcome.reasons);
        assert!(outcome.reasons.children.iter().any(|one| one.clause == "附则-2、18" && one.text.contains("扣除已享受25万元")), "{:#?}", outcome.reasons);
        assert_eq!(outcome.awards.iter().map(|award| award.id.as_str()).collect::<Vec<_>>(), ["workshop", "factory"]);
        approve(&city, "city", &second, "workshops-review", not_duplicated()).await.unwrap();
        let all: Vec<_> = lines(&city).await.into_iter().map(|line| (line.award, line.fen)).collect();
        assert_eq!(all, [("workshop".to_owned(), 25_000_000), ("factory".to_owned(), 275_000_000)]);
        // What the first file was decided on stays as it was.
        let before = application::open(&desk(&city), &person("city"), &first).await.unwrap().outcome.unwrap();
        assert_eq!(before.award_fen, Some(25_000_000));
        let third = recognised(&city, &batch, "region", "none").await;
        let nothing = refusal(approve(&city, "city", &third, "workshops-review", not_duplicated()).await);
        assert_eq!(nothing.clause.as_deref(), Some("附则-2、18"));
        assert!(nothing.message.contains("扣除已享受300万元"), "{nothing:?}");
        verified(&city).await;
    }

    async fn without_recognition_item_18_is_refused(database: Database) {
        let city = City::new(database.open().await).await;
        let batch = call(&city, "workshops").await;
        let none = answers(&[("workshop.grade", "none"), ("factory.grade", "none")]);
        let (_, early) = filled(&city, &batch, "workshops", &none, &["workshop-certificate"]).await;
        let early = refusal(early);
        assert_eq!(early.clause.as_deref(), Some("18"));
        assert!(early.message.contains("没有被认定"), "{early:?}");
        let claimed = answers(&[("workshop.grade", "city"), ("factory.grade", "none")]);
        let id = submitted(&city, &batch, "workshops", &claimed, &["workshop-certificate"]).await;
        approve(&city, "district", &id, "workshops-district", stating(&[("workshop.grade", "none"), ("factory.grade", "none")])).await.unwrap();
        let late = refusal(approve(&city, "city", &id, "workshops-review", not_duplicated()).await);
        assert_eq!(late.clause.as_deref(), Some("18"));
        assert!(late.message.contains("没有被认定为数字化车间") && late.message.contains("《工作方案》18"), "{late:?}");
        let finding = Finding { condition: String::new(), message: late.message, clause: "18".into() };
        let version = city.version(&id).await;
        application::refuse(&desk(&city), &person("city"), &id, version, "workshops-review", vec![finding], BTreeMap::new()).await.unwrap();
        assert!(lines(&city).await.is_empty());
        verified(&city).await;
    }

    async fn a_districts_events_are_lowered_and_capped(database: Database) {
        let city = City::new(database.open().await).await;
        let batch = call(&city, "events").await;
        let mut granted = Vec::new();
        for _ in 0..2 {
            let id = event(&city, &batch).await;
            let judgements = ["event-content", "amount-decided", "not-duplicated"].iter().flat_map(|id| judged(id, true)).collect();
            approve(&city, "city", &id, "events-review", Official { judgements, ..Official::default() }).await.unwrap();
            granted.push(award_fen(&city, &id).await);
        }
        assert_eq!(granted, [Some(12_000_000), Some(8_000_000)]);
        verified(&city).await;
    }

    async fn four_served_enterprises_are_too_few_for_item_22(database: Database) {
        let city = City::new(database.open().await).await;
        let batch = call(&city, "chain-service").await;
        let (_, few) = filled(&city, &batch, "chain-service", &served(4), &["service-contracts"]).await;
        let few = refusal(few);
        assert_eq!(few.clause.as_deref(), Some("22"));
        assert!(few.message.contains("未达到5家"), "{few:?}");
        let id = submitted(&city, &batch, "chain-service", &served(6), &["service-contracts"]).await;
        let mut stated = Answers::default();
        stated.rows.insert("served".into(), vec![row("s0", None, &[("in_group", "是")]), row("s1", None, &[("sme", "否")])]);
        let found = Official { stated, ..Official::default() };
        let few = refusal(approve(&city, "district", &id, "chain-service-district", found).await);
        assert_eq!(few.clause.as_deref(), Some("22"));
        assert!(few.message.contains("计入的服务企业4家，未达到5家"), "{few:?}");
        approve(&city, "district", &id, "chain-service-district", Official::default()).await.unwrap();
        approve(&city, "city", &id, "chain-service-review", not_duplicated()).await.unwrap();
        assert_eq!(award_fen(&city, &id).await, Some(35_000_000));
        verified(&city).await;
    }

    async fn of_fifty_files_of_one_enterprise_decided_at_once_no_more_is_granted_than_the_cap(database: Database) {
        let city = City::new(database.open().await).await;
        let batch = call(&city, "nodes").await;
        let mut files = Vec::new();
        for _ in 0..50 {
            files.push(node(&city, &batch).await);
        }
        let mut running = Vec::new();
        for id in files {
            let city = City { store: city.store.clone(), now: city.now };
            running.push(tokio::spawn(async move { approve(&city, "city", &id, "nodes-review", not_duplicated()).await }));
        }
        let mut approved = 0;
        for one in running {
            match one.await.unwrap() {
                Ok(()) => approved += 1,
                Err(ServiceError::Refused(refusal)) => {
                    assert_eq!(refusal.clause.as_deref(), Some("附则-2、20"), "{refusal:?}");
                    assert!(refusal.message.contains("补贴金额为0") && refusal.message.contains("累计不超过0元"), "{refusal:?}");
                }
                Err(error) => panic!("{error:?}"),
            }
        }
        let mut sums: Vec<i64> = lines(&city).await.iter().map(|line| line.fen).collect();
        sums.sort_unstable();
        assert_eq!((approved, sums), (3, vec![20_000_000, 40_000_000, 40_000_000]));
        verified(&city).await;
    }
}
