//! A city of its own for each test: the fixture pack, every kind of organisation with its people, a clock set by hand.
#![allow(dead_code, unused_imports)] // each test program uses some of it

mod people;
mod said;

use std::collections::BTreeMap;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use policy::library::Library;
use records::access::Acting;
use records::answers::Answers;
use records::application::{Application, Official};
use records::{Moment, Refusal};
use service::application::{self, FillDraft};
use service::demo::{paper, settle};
use service::{Desk, Edge, ServiceError, Store, batch, publicity, time_limits};
use standards::Date;

pub use people::{ORGANISATIONS, code, name, person, settling};
pub use said::{answers, assessed, audited, checked, filled, judged, points, reviewed, row};

pub const PROGRAMME: &str = "example-award";
const ORIGIN: &str = "https://example.cn";

static LIBRARY: LazyLock<Library> = LazyLock::new(|| {
    let mut library = Library::default();
    for pack in ["pack", "consortium"] {
        let files = testkit::files(&testkit::root().join("crates/records/tests").join(pack));
        library.add(files).unwrap_or_else(|problems| panic!("{problems:#?}"));
    }
    library
});

static NEXT: AtomicU64 = AtomicU64::new(1);

/// Never the same twice.
fn random(bytes: &mut [u8]) {
    let number = NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes();
    bytes.iter_mut().rev().zip(number.iter().rev()).for_each(|(byte, part)| *byte = *part);
}

pub fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

pub struct City {
    pub store: Store,
    pub now: Moment,
}

impl City {
    /// Everybody is registered; it is noon on 5 January 2026, a Monday.
    pub async fn new(store: Store) -> Self {
        let mut city = Self { store, now: Moment(0) };
        city.on("2026-01-05");
        settle(&city.store, city.now, &ORGANISATIONS.map(people::settling)).await.unwrap();
        for (id, ..) in ORGANISATIONS {
            paper(&city.store, id, &format!("{id}-handler"), "申报书.pdf", &"0".repeat(64), 9, city.now).await.unwrap();
        }
        city
    }

    /// Noon of a day in China.
    pub fn on(&mut self, day: &str) {
        self.now = Moment(Moment::start_of(self::day(day)).0 + 12 * 3_600_000);
    }

    pub fn desk(&self) -> Desk<'_> {
        Desk { store: &self.store, library: &LIBRARY, edge: Edge { now: self.now, random, origin: ORIGIN } }
    }

    pub fn library(&self) -> &'static Library {
        &LIBRARY
    }

    /// A call for a procedure until the end of the month.
    pub async fn call(&self, procedure: &str) -> String {
        let calling = batch::Calling {
            programme: PROGRAMME.into(),
            procedure: procedure.into(),
            label: "第一批".into(),
            notice: "通知".into(),
            opens_on: "2026-01-05".into(),
            deadline_on: "2026-01-30".into(),
        };
        batch::open(&self.desk(), &person("city"), &calling).await.unwrap()
    }

    pub async fn record(&self, id: &str) -> (i64, Application) {
        let stored = self.store.record("application", id).await.unwrap().unwrap();
        (stored.version, serde_json::from_str(&stored.state).unwrap())
    }

    pub async fn version(&self, id: &str) -> i64 {
        self.record(id).await.0
    }

    pub async fn word(&self, id: &str) -> &'static str {
        self.record(id).await.1.word().label()
    }

    pub async fn start(&self, who: &Acting, batch: &str) -> Result<String, ServiceError> {
        application::start(&self.desk(), who, batch).await
    }

    /// Saves a draft over the last one and hands it to the certifier.
    pub async fn prepare(&self, who: &Acting, id: &str, stage: &str, answers: Answers) -> Result<(), ServiceError> {
        let (version, before) = application::draft(&self.desk(), who, id, stage).await?;
        let slots = service_slots(stage).iter().map(|slot| ((*slot).to_owned(), vec![format!("{}-paper", who.organisation).into()]));
        let papers = before.papers.into_iter().chain(slots).collect();
        let draft = FillDraft { answers: before.answers.overlaid(&answers), papers };
        application::save_draft(&self.desk(), who, id, stage, version, &draft).await?;
        application::prepare(&self.desk(), who, id, self.version(id).await, stage).await
    }

    pub async fn sign(&self, who: &str, id: &str, stage: &str) -> Result<String, ServiceError> {
        application::sign(&self.desk(), &person(who), id, self.version(id).await, stage).await
    }

    pub async fn approve(&self, who: &str, id: &str, stage: &str, official: Official) -> Result<(), ServiceError> {
        application::approve(&self.desk(), &person(who), id, Some(self.version(id).await), stage, official).await
    }

    /// Assigns a third party, whose handler declares to have no interest.
    pub async fn assign(&self, id: &str, stage: &str, third: &str) -> Result<(), ServiceError> {
        application::assign(&self.desk(), &person("city"), id, Some(self.version(id).await), stage, third).await?;
        application::declare(&self.desk(), &person(third), id, self.version(id).await, stage, false, "").await
    }

    /// Puts files up for the days the policy asks for, from today, and answers the publicity.
    pub async fn publicise(&self, procedure: &str, files: &[&str], until: &str) -> Result<String, ServiceError> {
        let said = publicity::Announcing {
            title: "公示".into(),
            starts_on: self.now.day().to_string(),
            ends_on: until.into(),
            contact: "0471-1234567".into(),
            applications: files.iter().map(|id| (*id).to_owned()).collect(),
        };
        publicity::open(&self.desk(), &person("city"), PROGRAMME, procedure, &said).await
    }

    /// An enterprise on the roster: filled in, checked by its district, published, passed.
    pub async fn roster(&mut self, enterprise: &str, district: &str) -> String {
        let batch = self.call("roster").await;
        let id = self.start(&person(enterprise), &batch).await.unwrap();
        let filled = answers(&[("enterprise.revenue", "2000"), ("profile.phone", "13800138000")]);
        self.prepare(&person(enterprise), &id, "roster-apply", filled).await.unwrap();
        self.sign(&format!("{enterprise}/certifier"), &id, "roster-apply").await.unwrap();
        self.approve(district, &id, "roster-check", Official::default()).await.unwrap();
        let now = self.now;
        self.publicise("roster", &[&id], &now.day().to_string()).await.unwrap();
        self.now = Moment(now.0 + 24 * 3_600_000);
        time_limits::elapse(&self.desk()).await.unwrap();
        assert_eq!(self.word(&id).await, "已办结");
        id
    }

    /// A provider in the pool.
    pub async fn pool(&self, provider: &str) -> String {
        let batch = self.call("pool").await;
        let id = self.start(&person(provider), &batch).await.unwrap();
        let filled = answers(&[("provider.introduction", "从事设备联网。"), ("provider.promise", "yes")]);
        self.prepare(&person(provider), &id, "pool-apply", filled).await.unwrap();
        self.sign(&format!("{provider}/certifier"), &id, "pool-apply").await.unwrap();
        self.approve("city", &id, "pool-check", Official::default()).await.unwrap();
        id
    }

    /// A project on file: named by the enterprise, confirmed by the provider, reviewed by a third party.
    pub async fn project(&self, enterprise: &str, provider: &str) -> String {
        let batch = self.call("project").await;
        let id = self.start(&person(enterprise), &batch).await.unwrap();
        let filled = answers(&[("filing.provider", provider), ("filing.plan", "设备联网。")]);
        self.prepare(&person(enterprise), &id, "project-apply", filled).await.unwrap();
        self.sign(&format!("{enterprise}/certifier"), &id, "project-apply").await.unwrap();
        let confirmed = answers(&[("commitment.contact", "王五"), ("commitment.promise", "yes")]);
        self.prepare(&person(provider), &id, "project-provider", confirmed).await.unwrap();
        self.sign(&format!("{provider}/certifier"), &id, "project-provider").await.unwrap();
        self.assign(&id, "project-review", "evaluator").await.unwrap();
        let papers = BTreeMap::from([("review-report".to_owned(), vec!["evaluator-paper".into()])]);
        let official = Official { stated: answers(&[("opinion.text", "可行。")]), papers, ..Official::default() };
        self.approve("evaluator", &id, "project-review", official).await.unwrap();
        id
    }

    /// Everything the award builds on, and an award begun.
    pub async fn ready(&mut self, enterprise: &str, district: &str) -> String {
        self.roster(enterprise, district).await;
        self.pool("provider").await;
        self.project(enterprise, "provider").await;
        let batch = self.call("subsidy").await;
        self.start(&person(enterprise), &batch).await.unwrap()
    }

    /// An award handed in, with one invoice of 60万元.
    pub async fn submitted(&mut self, enterprise: &str, district: &str) -> String {
        let id = self.ready(enterprise, district).await;
        self.prepare(&person(enterprise), &id, "apply", filled()).await.unwrap();
        self.sign(&format!("{enterprise}/certifier"), &id, "apply").await.unwrap();
        id
    }

    /// From the check to the decision.
    pub async fn decided(&self, id: &str) {
        self.approve("city", id, "check", checked()).await.unwrap();
        self.assign(id, "evaluation", "evaluator").await.unwrap();
        self.assign(id, "audit", "auditor").await.unwrap();
        self.works(id).await;
        self.approve("city", id, "review", reviewed()).await.unwrap();
    }

    /// Evaluation and audit, both assigned.
    pub async fn works(&self, id: &str) {
        let (desk, lower) = (self.desk(), BTreeMap::new());
        application::assess(&desk, &person("evaluator"), id, self.version(id).await, "evaluation", assessed()).await.unwrap();
        let audit = application::Audit { official: audited("i1"), lower };
        application::audit(&desk, &person("auditor"), id, self.version(id).await, "audit", audit).await.unwrap();
        application::skip(&desk, &person("city"), id, self.version(id).await, "supervision", "不需要。").await.unwrap();
    }

    /// The publicity of a decided file, from the 19th, and its end on the 27th.
    pub async fn passed(&mut self, id: &str) -> String {
        self.on("2026-01-19");
        let publicity = self.publicise("subsidy", &[id], "2026-01-26").await.unwrap();
        self.on("2026-01-27");
        time_limits::elapse(&self.desk()).await.unwrap();
        publicity
    }

    /// The whole database holds: chains, replays, decisions.
    pub async fn verify(&self) -> service::ledger::Verified {
        let verified = service::ledger::verify(&self.store, &LIBRARY).await.unwrap();
        assert_eq!(verified.broken, Vec::<String>::new());
        verified
    }
}

fn service_slots(stage: &str) -> &'static [&'static str] {
    if stage == "apply" { &["application"] } else { &[] }
}

/// The refusal of an error, or a panic.
pub fn refusal<T: std::fmt::Debug>(done: Result<T, ServiceError>) -> Refusal {
    match done {
        Err(ServiceError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}
