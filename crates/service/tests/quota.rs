//! Places under quotas: never more than there are, whoever is quicker; given back when a file ends; moved when it changes.
#![allow(clippy::unwrap_used)]

mod city;
#[path = "../../store/tests/on_both_engines/mod.rs"]
mod on_both_engines;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use city::{City, answers, person, settling};
use on_both_engines::Database;
use policy::library::Library;
use records::Refusal;
use records::access::Acting;
use records::account::Role;
use records::application::{Application, Finding, Official, Point};
use records::check_code::check_code;
use records::organisation::OrganisationKind;
use service::application::{self, FillDraft};
use service::{Desk, ServiceError, batch, ledger};

const TRADES: [&str; 10] = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];

static LIBRARY: LazyLock<Library> = LazyLock::new(|| {
    let mut library = Library::default();
    let files = testkit::files(&testkit::root().join("crates/service/tests/quota-pack"));
    library.add(files).unwrap_or_else(|problems| panic!("{problems:#?}"));
    library
});

/// A city with so many enterprises more.
async fn town(database: &Database, enterprises: usize) -> City {
    let city = City::new(database.open().await).await;
    let all: Vec<_> = (0..enterprises).map(|at| (format!("many{at}"), at)).collect();
    let all: Vec<_> = all.iter().map(|(id, _)| settling((id, OrganisationKind::Enterprise, "hohhot-saihan"))).collect();
    service::demo::settle(&city.store, city.now, &all).await.unwrap();
    city
}

fn desk(city: &City) -> Desk<'_> {
    Desk { library: &LIBRARY, ..city.desk() }
}

fn asker(at: usize, role: &str) -> Acting {
    Acting {
        account: format!("many{at}-{role}").as_str().into(),
        organisation: format!("many{at}").as_str().into(),
        kind: OrganisationKind::Enterprise,
        place: "hohhot-saihan".into(),
        roles: BTreeSet::from([Role::parse(role).unwrap()]),
        mandate: None,
    }
}

async fn call(city: &City) -> String {
    let calling = batch::Calling {
        programme: "example-places".into(),
        procedure: "list".into(),
        label: "第一批".into(),
        notice: "通知".into(),
        opens_on: "2026-01-05".into(),
        deadline_on: "2026-01-30".into(),
    };
    batch::open(&desk(city), &person("city"), &calling).await.unwrap()
}

/// What is typed and handed in at the filling stage.
async fn hand_in(city: &City, at: usize, id: &str, texts: &[(&str, &str)]) {
    let (desk, who) = (desk(city), asker(at, "handler"));
    let (version, draft) = application::draft(&desk, &who, id, "apply").await.unwrap();
    let draft = FillDraft { answers: draft.answers.overlaid(&answers(texts)), ..draft };
    application::save_draft(&desk, &who, id, "apply", version, &draft).await.unwrap();
    application::prepare(&desk, &who, id, city.version(id).await, "apply").await.unwrap();
}

async fn sign(city: &City, at: usize, id: &str) -> Result<String, ServiceError> {
    application::sign(&desk(city), &asker(at, "certifier"), id, city.version(id).await, "apply").await
}

async fn submitted(city: &City, batch: &str, at: usize, trade: &str) -> String {
    let id = application::start(&desk(city), &asker(at, "handler"), batch).await.unwrap();
    hand_in(city, at, &id, &[("asker.trade", trade), ("asker.staff", "20")]).await;
    sign(city, at, &id).await.unwrap();
    id
}

async fn recommended(city: &City, id: &str, order: usize) -> Official {
    let paper_code = check_code(&city.record(id).await.1.filed);
    Official { stated: answers(&[("recommendation.order", &order.to_string())]), paper_code, ..Official::default() }
}

async fn recommend(city: &City, id: &str, order: usize) -> Result<(), ServiceError> {
    let official = recommended(city, id, order).await;
    application::approve(&desk(city), &person("city"), id, None, "recommend", official).await
}

async fn refuse(city: &City, id: &str, stage: &str) {
    let finding = Finding { condition: String::new(), message: "不予推荐。".into(), clause: "1".into() };
    let version = city.version(id).await;
    application::refuse(&desk(city), &person("city"), id, version, stage, vec![finding], BTreeMap::new()).await.unwrap();
}

fn refusal(error: Result<(), ServiceError>) -> Refusal {
    match error {
        Err(ServiceError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

/// How many hold a place in each trade, from the files themselves.
async fn holding(city: &City) -> BTreeMap<String, usize> {
    let mut all = BTreeMap::new();
    for stored in city.store.records_of("example-places", "application", "", 1_000).await.unwrap() {
        let file: Application = serde_json::from_str(&stored.state).unwrap();
        if !file.places.is_empty() {
            *all.entry(file.filed.text("asker.trade").to_owned()).or_default() += 1;
        }
    }
    all
}

async fn holds(city: &City) {
    let verified = ledger::verify(&city.store, &LIBRARY).await.unwrap();
    assert_eq!(verified.broken, Vec::<String>::new());
}

on_both_engines! {
    async fn of_fifty_at_once_no_more_are_approved_than_there_are_places(database: Database) {
        let city = town(&database, 50).await;
        let batch = call(&city).await;
        let mut files = Vec::new();
        for at in 0..50 {
            files.push(submitted(&city, &batch, at, TRADES[at % 10]).await);
        }
        let mut running = Vec::new();
        for (at, id) in files.into_iter().enumerate() {
            let city = City { store: city.store.clone(), now: city.now };
            running.push(tokio::spawn(async move { recommend(&city, &id, at).await }));
        }
        let mut approved = 0;
        for one in running {
            match one.await.unwrap() {
                Ok(()) => approved += 1,
                Err(ServiceError::Refused(refusal)) => {
                    assert_eq!(refusal.clause.as_deref(), Some("2"), "{refusal:?}");
                    assert!(refusal.message.contains("超出名额") && refusal.message.contains("推荐顺序"), "{refusal:?}");
                }
                Err(error) => panic!("{error:?}"),
            }
        }
        let held = holding(&city).await;
        assert_eq!((approved, held.len()), (15, 5), "{held:?}");
        assert!(held.values().all(|count| *count == 3), "{held:?}");
        holds(&city).await;
    }

    async fn a_place_comes_back_when_its_file_ends(database: Database) {
        let city = town(&database, 4).await;
        let batch = call(&city).await;
        let mut files = Vec::new();
        for at in 0..4 {
            files.push(submitted(&city, &batch, at, "a").await);
        }
        for (at, id) in files.iter().take(3).enumerate() {
            recommend(&city, id, at + 1).await.unwrap();
        }
        let full = refusal(recommend(&city, &files[3], 4).await);
        assert!(full.message.contains("示例many0有限公司") && full.message.contains("最多3个"), "{full:?}");
        let keys = application::quotas(&desk(&city), &person("city"), "example-places", "list").await.unwrap();
        let askers = keys.iter().find(|key| key.quota == "askers").unwrap();
        assert_eq!((askers.used, askers.held.len(), askers.waiting.len(), askers.waiting[0].within), (3, 3, 1, false));
        refuse(&city, &files[0], "confirm").await;
        recommend(&city, &files[3], 4).await.unwrap();
        assert_eq!(holding(&city).await, BTreeMap::from([("a".to_owned(), 3)]));
        holds(&city).await;
    }

    async fn a_correction_moves_the_place_or_is_refused(database: Database) {
        let city = town(&database, 5).await;
        let batch = call(&city).await;
        let mut files = Vec::new();
        for (at, trade) in ["a", "a", "a", "b", "b"].into_iter().enumerate() {
            files.push(submitted(&city, &batch, at, trade).await);
            recommend(&city, &files[at], at + 1).await.unwrap();
        }
        for at in [3, 4] {
            let point = Point { path: "asker.trade".into(), message: "请更正行业。".into(), clause: "1".into() };
            let version = city.version(&files[at]).await;
            application::return_for_correction(&desk(&city), &person("city"), &files[at], version, "confirm", vec![point], None).await.unwrap();
        }
        hand_in(&city, 3, &files[3], &[("asker.trade", "a")]).await;
        let full = refusal(sign(&city, 3, &files[3]).await.map(drop));
        assert_eq!(full.clause.as_deref(), Some("2"));
        hand_in(&city, 4, &files[4], &[("asker.trade", "c")]).await;
        sign(&city, 4, &files[4]).await.unwrap();
        let keys = application::quotas(&desk(&city), &person("city"), "example-places", "list").await.unwrap();
        let trades = keys.iter().find(|key| key.quota == "trades").unwrap();
        assert_eq!((trades.used, trades.held.len()), (3, 5));
        holds(&city).await;
    }

    async fn what_is_checked_is_refused_by_its_clause(database: Database) {
        let city = town(&database, 1).await;
        let batch = call(&city).await;
        let id = application::start(&desk(&city), &asker(0, "handler"), &batch).await.unwrap();
        hand_in(&city, 0, &id, &[("asker.trade", "a"), ("asker.staff", "9")]).await;
        sign(&city, 0, &id).await.unwrap();
        let few = refusal(recommend(&city, &id, 1).await);
        assert_eq!(few.clause.as_deref(), Some("3"));
        assert!(few.message.contains("不足10人"), "{few:?}");
        let wrong = Official { paper_code: "2222-2222".into(), ..recommended(&city, &id, 1).await };
        let wrong = refusal(application::approve(&desk(&city), &person("city"), &id, None, "recommend", wrong).await);
        assert_eq!((wrong.errors[0].path.as_str(), wrong.clause.as_deref()), ("paper_code", Some("1、2")));
        assert!(holding(&city).await.is_empty());
    }
}
