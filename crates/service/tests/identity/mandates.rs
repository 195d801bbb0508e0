//! Acting for an enterprise under its mandate.

use std::collections::BTreeSet;

use records::Noun as _;
use records::account::Role;
use records::mandate::{Granting, Mandate};
use service::ServiceError;
use service::identity::{Registration, choose_organisation, people, register, verify_email};
use store::{Change, Commit, Index, MandateRow};

use crate::desk::{Desk, registration};

#[tokio::test]
async fn a_providers_clerk_acts_under_a_mandate_while_it_lasts() {
    let mut desk = Desk::new().await;
    desk.enterprise(1, "a@example.cn").await;
    let provider = Registration { kind: "provider".into(), ..registration(2, "p@example.cn") };
    register(&desk.store, &desk.edge(), &provider).await.unwrap();
    verify_email(&desk.store, &desk.edge(), &desk.secret("p@example.cn").await).await.unwrap();
    let enterprise = desk.session("a@example.cn").await.acting().organisation.to_string();
    let token = desk.token("p@example.cn").await;
    let held = desk.resume(&token).await.unwrap().session().unwrap().acting().organisation.to_string();
    mandate(&desk, &enterprise, &held).await;
    let choose = async |id: Option<&str>| choose_organisation(&desk.store, &desk.edge(), &token, &enterprise, id).await;
    for (id, allowed) in [(None, false), (Some("other"), false), (Some("m"), true)] {
        assert_eq!(choose(id).await.is_ok(), allowed, "{id:?}");
    }
    let signed_in = desk.resume(&token).await.unwrap();
    let session = signed_in.session().unwrap();
    assert_eq!(session.acting().roles, BTreeSet::from([Role::Handler]), "never a manager of the enterprise");
    assert_eq!(session.by().mandate.as_deref(), Some("m"));
    assert!(people(&desk.store, &desk.edge(), session).await.is_err());
    desk.now_ms += 24 * 3_600_000;
    let token = desk.token("p@example.cn").await;
    let late = choose_organisation(&desk.store, &desk.edge(), &token, &enterprise, Some("m")).await.unwrap_err();
    assert!(matches!(late, ServiceError::Forbidden), "{late:?}");
}

/// A mandate `m` for this day alone.
async fn mandate(desk: &Desk, enterprise: &str, provider: &str) {
    let today = desk.edge().now.day();
    let granting = Granting {
        enterprise: enterprise.into(),
        provider: provider.into(),
        programme: "x".into(),
        procedures: vec!["y".into()],
        from_on: today,
        until_on: today,
    };
    let events = Mandate::grant("m".into(), granting, today).unwrap();
    let row = MandateRow {
        id: "m".into(),
        enterprise: enterprise.into(),
        provider: provider.into(),
        programme: "x".into(),
        from_on: today.to_string(),
        until_on: today.to_string(),
        state: "granted".into(),
    };
    let change = Change {
        noun: Mandate::NOUN,
        id: "m".into(),
        expected_version: 0,
        events: events.iter().map(|event| serde_json::to_value(event).unwrap()).collect(),
        state: serde_json::to_string(&Mandate::fold_all(None, &events).unwrap()).unwrap(),
        index: Index::Mandate(row),
    };
    desk.store.commit(&Commit { programme: "platform".into(), changes: vec![change], ..Commit::default() }).await.unwrap();
}
