//! Many who do the same at once: one paper, one file, and everybody is led to it.
#![allow(clippy::unwrap_used)]

mod city;
#[path = "../../papers/tests/renderings/machine.rs"]
#[allow(dead_code)]
mod machine;
#[path = "../../store/tests/on_both_engines/mod.rs"]
mod on_both_engines;

use std::collections::BTreeSet;

use city::{City, PROGRAMME, checked, person};
use on_both_engines::Database;
use records::account::{Account, Role};
use records::publicity::Objecting;
use records::{Moment, Noun};
use service::document::{self, DocumentKind, Press};
use service::identity::{self, Session};
use service::{Store, application, batch, organisation, publicity};
use store::{ApplicationFilter, ApplicationSort, Page};

const MANY: usize = 50;

fn press() -> Press {
    Press::of(machine::font_files()).unwrap()
}

/// The papers of a file.
async fn papers_of(store: &Store, id: &str) -> Vec<String> {
    store.documents_of("application", id).await.unwrap().into_iter().map(|row| row.id).collect()
}

/// So many ask for a paper of a file, the people of these offices in turn; answers what each was answered.
async fn issued(city: &City, press: &Press, id: &str, kind: &DocumentKind, who: &[&str]) -> BTreeSet<String> {
    let mut running = Vec::new();
    for number in 0..MANY {
        let (store, now, press, id, kind) = (city.store.clone(), city.now, press.clone(), id.to_owned(), kind.clone());
        let who = person(who[number % who.len()]);
        running.push(tokio::spawn(async move { document::issue(&City { store, now }.desk(), &who, &press, &id, &kind).await }));
    }
    let mut answers = BTreeSet::new();
    for one in running {
        answers.insert(one.await.unwrap().unwrap());
    }
    answers
}

on_both_engines! {
    async fn fifty_who_issue_a_paper_have_one(database: Database) {
        let mut city = City::new(database.open().await).await;
        let id = city.submitted("enterprise", "district").await;
        let (press, kind) = (press(), DocumentKind::Form("application".into()));
        let answers = issued(&city, &press, &id, &kind, &["enterprise", "city"]).await;
        assert_eq!((answers.len(), papers_of(&city.store, &id).await.len()), (1, 1));

        // The journal grows meanwhile, so that they begin from other heads.
        let other = City { store: city.store.clone(), now: city.now };
        let busy = tokio::spawn(async move {
            for number in 0..20 {
                let calling = service::batch::Calling {
                    programme: PROGRAMME.into(),
                    procedure: "subsidy".into(),
                    label: format!("第{number}批"),
                    notice: "通知".into(),
                    opens_on: other.now.day().to_string(),
                    deadline_on: "2026-01-30".into(),
                };
                service::batch::open(&other.desk(), &person("city"), &calling).await.unwrap();
            }
        });
        city.approve("city", &id, "check", checked()).await.unwrap();
        city.assign(&id, "evaluation", "evaluator").await.unwrap();
        city.assign(&id, "audit", "auditor").await.unwrap();
        city.works(&id).await;
        let before = papers_of(&city.store, &id).await;
        let view = application::open(&city.desk(), &person("city"), &id).await.unwrap();
        let (own, _) = document::offered(&view).into_iter().rev().find(|(kind, _)| *kind == DocumentKind::Audit).unwrap();
        let answers = issued(&city, &press, &id, &own, &["city", "supervisor"]).await;
        busy.await.unwrap();
        assert_eq!((answers.len(), papers_of(&city.store, &id).await.len()), (1, before.len() + 1));
        // Later it says the same, and is not issued again.
        city.now = Moment(city.now.0 + 60_000);
        assert_eq!(issued(&city, &press, &id, &own, &["city", "supervisor"]).await, answers);
        city.verify().await;
    }

    async fn fifty_who_begin_have_one_file(database: Database) {
        let mut city = City::new(database.open().await).await;
        for round in 0..2 {
            let batch = city.call("roster").await;
            let mut running = Vec::new();
            for number in 0..MANY {
                let (store, now, batch) = (city.store.clone(), city.now, batch.clone());
                let who = person(if number % 2 == 0 { "enterprise" } else { "enterprise/handler2" });
                running.push(tokio::spawn(async move { application::start(&City { store, now }.desk(), &who, &batch).await }));
            }
            let mut answers = BTreeSet::new();
            for one in running {
                answers.insert(one.await.unwrap().unwrap());
            }
            assert_eq!(answers.len(), 1);
            let id = answers.pop_first().unwrap();
            assert_eq!(begun(&city.store).await, round + 1);
            let own = organisation::own(&city.desk(), &person("enterprise")).await.unwrap().1;
            assert_eq!(city.record(&id).await.1.applicant, own.id);
            // One that was given up stands in nobody's way.
            let certifier = person("enterprise/certifier");
            application::withdraw(&city.desk(), &certifier, &id, city.version(&id).await, "暂不申报").await.unwrap();
            city.now = Moment(city.now.0 + 60_000);
        }
        city.verify().await;
    }

    async fn calls_opened_at_once_have_a_number_each(database: Database) {
        let city = City::new(database.open().await).await;
        let mut running = Vec::new();
        for _ in 0..6 {
            let (store, now) = (city.store.clone(), city.now);
            running.push(tokio::spawn(async move { City { store, now }.call("roster").await }));
        }
        let mut numbers = BTreeSet::new();
        for one in running {
            numbers.insert(batch::batch(&city.desk(), &one.await.unwrap()).await.unwrap().number);
        }
        assert_eq!(numbers, (1..=6).collect());
        city.verify().await;
    }

    async fn of_managers_who_remove_each_other_one_stays(database: Database) {
        let city = City::new(database.open().await).await;
        for round in 0..5 {
            let (one, other) = ("enterprise-manager", "enterprise-handler2");
            let first = manager(&city, one).await;
            if round == 0 {
                identity::change_roles(&city.store, &city.desk().edge, &first, other, &["manager".to_owned()]).await.unwrap();
            }
            let second = manager(&city, other).await;
            let edge = city.desk().edge;
            let roles = ["handler".to_owned()];
            let done = tokio::join!(
                identity::change_roles(&city.store, &edge, &first, other, &roles),
                identity::change_roles(&city.store, &edge, &second, one, &roles),
            );
            let left = managing(&city, &[one, other]).await;
            assert_eq!(left.len(), 1, "{done:?}");
            // Both manage again for the next round.
            let (stays, left_out) = if left[0] == one { (first, other) } else { (second, one) };
            identity::change_roles(&city.store, &edge, &stays, left_out, &["manager".to_owned()]).await.unwrap();
        }
        city.verify().await;
    }

    async fn objections_at_once_are_all_taken_down(database: Database) {
        let mut city = City::new(database.open().await).await;
        let id = city.submitted("enterprise", "district").await;
        city.decided(&id).await;
        city.on("2026-01-19");
        let publicity = city.publicise("subsidy", &[&id], "2026-01-26").await.unwrap();
        let mut running = Vec::new();
        for number in 0..20 {
            let (store, now, id, publicity) = (city.store.clone(), city.now, id.clone(), publicity.clone());
            running.push(tokio::spawn(async move {
                let text = format!("第{number}条");
                let said = Objecting { application: id, name: "某人".into(), contact: "电话".into(), text };
                publicity::object(&City { store, now }.desk(), &publicity, said).await
            }));
        }
        let mut answers = BTreeSet::new();
        for one in running {
            answers.insert(one.await.unwrap().unwrap());
        }
        let shown = publicity::overseen(&city.desk(), &person("city"), &publicity).await.unwrap();
        assert_eq!((answers.len(), shown.objections.len()), (20, 20));
        city.verify().await;
    }
}

/// Somebody of the enterprise, signed in.
async fn manager(city: &City, account: &str) -> Session {
    Session::of(&state(city, account).await, &state(city, "enterprise").await, true).unwrap()
}

async fn state<N: Noun>(city: &City, id: &str) -> N {
    serde_json::from_str(&city.store.record(N::NOUN, id).await.unwrap().unwrap().state).unwrap()
}

/// Which of these manage the enterprise.
async fn managing(city: &City, accounts: &[&'static str]) -> Vec<&'static str> {
    let mut all = Vec::new();
    for id in accounts {
        let account: Account = state(city, id).await;
        all.extend(account.roles(&"enterprise".into()).contains(&Role::Manager).then_some(*id));
    }
    all
}

async fn begun(store: &Store) -> usize {
    let filter =
        ApplicationFilter { procedure: Some("roster".into()), applicant: Some("enterprise".into()), ..ApplicationFilter::default() };
    store.applications(&filter, ApplicationSort::Newest, Page::first(100)).await.unwrap().rows.len()
}
