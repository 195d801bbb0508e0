//! The finance bureau where a policy gives it a stage before the money is decided: it sees the file from then on.
#![allow(clippy::unwrap_used)]

mod city;
#[path = "../../store/tests/on_both_engines/mod.rs"]
mod on_both_engines;

use std::collections::BTreeMap;

use city::{City, assessed, audited, checked, person, reviewed};
use on_both_engines::Database;
use policy::library::Library;
use service::application::{self, Audit, Wanted};
use service::{ApplicationSort, Desk, Page, ServiceError};

/// The pack, with the finance bureau reviewing instead of the city's.
fn library() -> Library {
    let mut files = testkit::files(&testkit::root().join("crates/records/tests/pack"));
    let running = files.get_mut("running.toml").unwrap();
    let (before, review) = running.split_once("id = \"review\"").unwrap();
    let changed = format!("{before}id = \"review\"{}", review.replacen("city_bureau", "finance_bureau", 1));
    *running = changed;
    let mut library = Library::default();
    library.add(files).unwrap();
    library
}

/// The files in the list of somebody and in the inbox.
async fn listed(desk: &Desk<'_>, who: &str) -> (Vec<String>, Vec<String>) {
    let (who, wanted) = (person(who), Wanted { procedure: Some("subsidy".into()), ..Wanted::default() });
    let list = application::applications(desk, &who, &wanted, ApplicationSort::Newest, Page::first(100)).await.unwrap();
    let inbox = application::inbox(desk, &who, &wanted, Page::first(100)).await.unwrap();
    (list.rows.into_iter().map(|row| row.id).collect(), inbox.rows.into_iter().map(|item| item.application.id).collect())
}

async fn is_seen(desk: &Desk<'_>, who: &str, id: &str) -> bool {
    match application::open(desk, &person(who), id).await {
        Ok(_) => true,
        Err(ServiceError::NotFound) => false,
        Err(error) => panic!("{error:?}"),
    }
}

on_both_engines! {
    async fn a_file_that_has_come_to_the_finance_bureau_is_seen_by_it(database: Database) {
        let mut city = City::new(database.open().await).await;
        let library = library();
        let id = city.submitted("enterprise", "district").await;
        city.approve("city", &id, "check", checked()).await.unwrap();
        city.assign(&id, "evaluation", "evaluator").await.unwrap();
        city.assign(&id, "audit", "auditor").await.unwrap();
        let desk = Desk { library: &library, ..city.desk() };
        application::assess(&desk, &person("evaluator"), &id, city.version(&id).await, "evaluation", assessed()).await.unwrap();
        let audit = Audit { official: audited("i1"), lower: BTreeMap::new() };
        application::audit(&desk, &person("auditor"), &id, city.version(&id).await, "audit", audit).await.unwrap();
        assert!(!is_seen(&desk, "finance", &id).await, "nothing has come to it yet");
        assert_eq!(listed(&desk, "finance").await, (vec![], vec![]));

        application::skip(&desk, &person("city"), &id, city.version(&id).await, "supervision", "不需要。").await.unwrap();
        let own = || vec![id.clone()];
        assert!(is_seen(&desk, "finance", &id).await && is_seen(&desk, "finance/certifier", &id).await);
        assert_eq!(listed(&desk, "finance").await, (own(), own()));
        let narrowed = Wanted { states: vec!["in_review".into()], ..Wanted::default() };
        let found = application::applications(&desk, &person("finance"), &narrowed, ApplicationSort::Newest, Page::first(9)).await.unwrap();
        assert_eq!(found.rows.len(), 1, "by its state too");
        assert!(!is_seen(&desk, "finance2", &id).await, "of another place");
        assert_eq!(listed(&desk, "finance2").await, (vec![], vec![]));

        // Given back to be corrected it has acted already, and goes on seeing what comes of it.
        let points = city::points();
        application::return_for_correction(&desk, &person("finance"), &id, city.version(&id).await, "review", points, None).await.unwrap();
        assert!(is_seen(&desk, "finance", &id).await);
        assert_eq!(listed(&desk, "finance").await, (own(), vec![]));
    }

    async fn what_it_approved_stays_its_history(database: Database) {
        let mut city = City::new(database.open().await).await;
        let library = library();
        let id = city.submitted("enterprise", "district").await;
        let desk = Desk { library: &library, ..city.desk() };
        city.approve("city", &id, "check", checked()).await.unwrap();
        city.assign(&id, "evaluation", "evaluator").await.unwrap();
        city.assign(&id, "audit", "auditor").await.unwrap();
        city.works(&id).await;
        application::approve(&desk, &person("finance"), &id, None, "review", reviewed()).await.unwrap();
        assert!(is_seen(&desk, "finance", &id).await && !is_seen(&desk, "finance2", &id).await);
        assert_eq!(listed(&desk, "finance").await, (vec![id], vec![]));
    }
}
