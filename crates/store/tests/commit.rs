//! Commits on both engines: all or nothing, one after the other, and a chain that stays whole.
#![allow(clippy::unwrap_used)]

mod given;
mod on_both_engines;

use given::{PROGRAMME, application, commit, mail, notice, organisation, plain};
use journal::{Broken, Damage, GENESIS};
use on_both_engines::Database;
use serde_json::json;
use store::{
    ApplicationFilter, ApplicationIndex, ApplicationSort, Beside, Change, Commit, DraftKey, EVENT_MAX_BYTES, Expected, Index, Page, Reader,
    StandingKey, StandingRow, Store, StoreError, Who,
};

/// What a failed commit must leave as it was.
async fn everything(store: &Store) -> String {
    let applications = store.applications(&ApplicationFilter::default(), ApplicationSort::Newest, Page::first(100)).await.unwrap();
    let entries = store.entries(PROGRAMME, 1, 100).await.unwrap();
    let notices = store.notices(&Reader { organisation: "o-1".to_owned(), account: "u-1".to_owned() }, Page::first(100)).await.unwrap();
    let outbox = store.outbox("waiting", 100).await.unwrap();
    let record = store.record("application", "a-1").await.unwrap();
    let tasks = store.tasks_of("a-1").await.unwrap();
    format!("{applications:?} {entries:?} {notices:?} {outbox:?} {record:?} {tasks:?} {:?}", store.chains().await.unwrap())
}

fn told(changes: Vec<Change>) -> Commit {
    Commit { notices: vec![notice("o-1", None)], outbox: vec![mail("a@example.com")], ..commit(changes) }
}

on_both_engines! {
    async fn a_commit_writes_everything(database: Database) {
        let store = database.open().await;
        let who = Who { mandate: Some("m-1".to_owned()), ..given::who() };
        let head = store.commit(&Commit { who, ..told(vec![application("a-1")]) }).await.unwrap();
        assert_eq!((head.length, &store.head(PROGRAMME).await.unwrap()), (2, &head));
        assert_eq!(store.chains().await.unwrap(), std::slice::from_ref(&head));
        assert_eq!(store.verify_chain(PROGRAMME).await.unwrap(), head);

        let entries = store.entries(PROGRAMME, 1, 10).await.unwrap();
        assert_eq!(entries, store.entries_of("application", "a-1").await.unwrap());
        assert_eq!(entries.iter().map(|entry| (entry.seq, entry.version)).collect::<Vec<_>>(), [(1, 1), (2, 2)]);
        assert_eq!((entries[0].previous.as_str(), &entries[1].hash), (GENESIS, &head.hash));
        assert_eq!((entries[1].event.as_str(), entries[1].mandate.as_deref()), (r#"{"event":"filled","name":"甲公司"}"#, Some("m-1")));

        let record = store.record("application", "a-1").await.unwrap().unwrap();
        assert_eq!((record.version, record.state.as_str(), record.programme.as_str()), (2, "{}", PROGRAMME));
        assert_eq!(store.applications_by_id(&["a-1".to_owned()]).await.unwrap(), [given::row("a-1")]);
        assert_eq!(store.tasks_of("a-1").await.unwrap(), [given::task("a-1", "check")]);
        assert_eq!(store.outbox("waiting", 10).await.unwrap()[0].target, "a@example.com");
    }

    async fn what_lists_said_is_asked_again(database: Database) {
        let store = database.open().await;
        store.commit(&commit(vec![application("a-1")])).await.unwrap();
        let row = given::row("a-1");
        let none = |applicant: &str, states: &[&str]| Expected::NoApplication {
            procedure: row.procedure.clone(),
            applicant: applicant.to_owned(),
            states: states.iter().map(|&state| state.to_owned()).collect(),
        };
        let documents = |count| Expected::Documents { noun: "application".into(), record_id: "a-1".into(), kind: "decision".into(), count };
        let before = everything(&store).await;
        for expected in [none(&row.applicant, &[]), none(&row.applicant, &["none", &row.state]), documents(1)] {
            let commit = Commit { expected: vec![none("nobody", &[]), expected.clone()], ..told(vec![application("a-2")]) };
            let written = store.commit(&commit).await;
            assert!(matches!(written, Err(StoreError::Conflict { .. })), "{expected:?}");
            let mut bulk = store.begin_bulk(&[PROGRAMME]).await.unwrap();
            assert!(bulk.write(&commit).await.is_err(), "{expected:?}");
            drop(bulk);
            assert_eq!(everything(&store).await, before);
        }
        let expected = vec![none(&row.applicant, &["none"]), none("nobody", &[]), documents(0)];
        store.commit(&Commit { expected, ..commit(vec![application("a-2")]) }).await.unwrap();
    }

    async fn the_next_commit_goes_on(database: Database) {
        let store = database.open().await;
        store.commit(&commit(vec![application("a-1")])).await.unwrap();
        let row = store::ApplicationRow { state: "done".to_owned(), award_fen: Some(5), ..given::row("a-1") };
        let index = Index::Application(Box::new(ApplicationIndex { row: row.clone(), tasks: vec![], participants: vec![], granted: vec![], revoked: vec![], invoices: vec![] }));
        let change = Change { index, ..plain("application", "a-1", 2) };
        assert_eq!(store.commit(&commit(vec![change])).await.unwrap().length, 3);
        assert_eq!(store.record("application", "a-1").await.unwrap().unwrap().version, 3);
        assert_eq!(store.applications_by_id(&["a-1".to_owned()]).await.unwrap(), [row]);
        assert_eq!(store.tasks_of("a-1").await.unwrap(), []);
        store.verify_chain(PROGRAMME).await.unwrap();
    }

    async fn a_failed_commit_leaves_nothing(database: Database) {
        let store = database.open().await;
        store.commit(&told(vec![application("a-1")])).await.unwrap();
        store.commit(&Commit { programme: "other".to_owned(), ..commit(vec![plain("batch", "b-2", 0)]) }).await.unwrap();
        store.commit(&commit(vec![organisation("o-1", "甲", Some("91"))])).await.unwrap();
        let before = everything(&store).await;

        let conflict = |error| matches!(error, StoreError::Conflict { .. });
        let unwritten = |error| matches!(error, StoreError::Event(_));
        let too_large = |error| matches!(error, StoreError::TooLarge { column: "event", .. });
        let wrong = [
            (plain("application", "a-1", 1), conflict as fn(StoreError) -> bool), // somebody was quicker
            (plain("application", "a-1", 3), conflict),             // never got that far
            (plain("application", "a-1", 0), conflict),             // is no longer new
            (plain("application", "a-9", 1), conflict),             // does not exist
            (plain("batch", "b-2", 1), conflict),                   // belongs to another programme's chain
            (Change { events: vec![], ..plain("batch", "b-3", 0) }, |error| matches!(error, StoreError::Eventless { .. })),
            (Change { events: vec![json!(0.5)], ..plain("batch", "b-3", 0) }, unwritten),
            (Change { events: vec![json!("x".repeat(EVENT_MAX_BYTES))], ..plain("batch", "b-3", 0) }, too_large),
            (Change { state: "\0".to_owned(), ..plain("batch", "b-3", 0) }, |error| matches!(error, StoreError::Nul { column: "state" })),
            (organisation("o-2", "乙", Some("91")), |error| matches!(error, StoreError::Taken)),
            (given::listed(store::ApplicationRow { place: "x".repeat(9_999), ..given::row("a-3") }, vec![]), |error| {
                matches!(error, StoreError::TooLarge { column: "place", .. })
            }),
        ];
        for (change, expected) in wrong {
            let what = format!("{}/{} {}", change.noun, change.id, change.expected_version);
            let error = store.commit(&told(vec![application("a-2"), change])).await.unwrap_err();
            assert!(expected(error), "{what}");
            assert_eq!(everything(&store).await, before, "{what}");
        }
        store.commit(&told(vec![application("a-2"), plain("application", "a-1", 2)])).await.unwrap();
        store.verify_chain(PROGRAMME).await.unwrap();
    }

    async fn of_two_programmes_that_look_at_one_another_one_is_written(database: Database) {
        let store = database.open().await;
        let one = |own: &str, other: &str, at: usize| Commit {
            programme: own.to_owned(),
            beside: vec![Beside { programme: other.to_owned(), noun: "batch", id: format!("{other}/{at}"), version: 0 }],
            ..commit(vec![plain("batch", &format!("{own}/{at}"), 0)])
        };
        let all = (0..25).flat_map(|at| [one("left", "right", at), one("right", "left", at)]);
        let writing: Vec<_> = all
            .map(|commit| {
                let store = store.clone();
                tokio::spawn(async move { store.commit(&commit).await })
            })
            .collect();
        let mut written = 0;
        for done in writing {
            match done.await.unwrap() {
                Ok(_) => written += 1,
                Err(error) => assert!(matches!(error, StoreError::Conflict { noun: "batch", .. }), "{error:?}"),
            }
        }
        assert_eq!(written, 25);
        for programme in ["left", "right"] {
            store.verify_chain(programme).await.unwrap();
        }
    }

    async fn a_conflict_names_the_record(database: Database) {
        let store = database.open().await;
        store.commit(&commit(vec![application("a-1")])).await.unwrap();
        let error = store.commit(&commit(vec![plain("application", "a-1", 1)])).await.unwrap_err();
        assert!(matches!(&error, StoreError::Conflict { noun: "application", id } if id == "a-1"), "{error:?}");
    }

    async fn fifty_writers_make_one_whole_chain(database: Database) {
        let store = database.open().await;
        let writing: Vec<_> = (0..50)
            .map(|n| {
                let store = store.clone();
                tokio::spawn(async move { store.commit(&commit(vec![application(&format!("a-{n}"))])).await.unwrap().length })
            })
            .collect();
        let mut lengths = Vec::new();
        for done in writing {
            lengths.push(done.await.unwrap());
        }
        lengths.sort_unstable();
        assert_eq!(lengths, (1..=50).map(|n| n * 2).collect::<Vec<i64>>());
        assert_eq!(store.verify_chain(PROGRAMME).await.unwrap().length, 100);
    }

    async fn of_fifty_writers_on_one_record_each_version_has_one(database: Database) {
        let store = database.open().await;
        store.commit(&commit(vec![plain("batch", "b-1", 0)])).await.unwrap();
        let writing: Vec<_> = (0..50)
            .map(|_| {
                let store = store.clone();
                tokio::spawn(async move { store.commit(&commit(vec![plain("batch", "b-1", 1)])).await })
            })
            .collect();
        let mut written = 0;
        for done in writing {
            match done.await.unwrap() {
                Ok(_) => written += 1,
                Err(error) => assert!(matches!(error, StoreError::Conflict { .. }), "{error:?}"),
            }
        }
        assert_eq!(written, 1);
        assert_eq!(store.record("batch", "b-1").await.unwrap().unwrap().version, 2);
    }

    async fn chains_of_programmes_are_apart(database: Database) {
        let store = database.open().await;
        let other = |id: &str| Commit { programme: "other".to_owned(), ..commit(vec![plain("batch", id, 0)]) };
        let writing: Vec<_> = (0..20)
            .map(|n| {
                let store = store.clone();
                let commit = if n % 2 == 0 { other(&n.to_string()) } else { commit(vec![plain("batch", &n.to_string(), 0)]) };
                tokio::spawn(async move { store.commit(&commit).await.unwrap() })
            })
            .collect();
        for done in writing {
            done.await.unwrap();
        }
        for programme in [PROGRAMME, "other"] {
            assert_eq!(store.verify_chain(programme).await.unwrap().length, 10, "{programme}");
        }
        assert_eq!(store.head("unheard of").await.unwrap(), store::Head::genesis("unheard of"));
    }

    async fn a_changed_journal_is_noticed(database: Database) {
        let store = database.open().await;
        for id in ["a-1", "a-2"] {
            store.commit(&commit(vec![application(id)])).await.unwrap();
        }
        for (damage, seq, what) in [
            ("UPDATE entry SET account = 'u-2' WHERE seq = 3", 3, Damage::Changed),
            ("UPDATE entry SET account = 'u-1'; UPDATE chain SET head = 'x'", 4, Damage::Rewritten),
            ("DELETE FROM entry WHERE seq = 2", 2, Damage::Removed { until: 2 }),
            ("DELETE FROM entry", 1, Damage::Cut { length: 4 }),
        ] {
            database.change(damage).await;
            let error = store.verify_chain(PROGRAMME).await.unwrap_err();
            assert!(matches!(&error, StoreError::Broken(found) if *found == Broken { seq, what: what.clone() }), "{damage}: {error:?}");
        }
    }

    async fn rows_are_written_again_without_events(database: Database) {
        let store = database.open().await;
        store.commit(&commit(vec![application("a-1")])).await.unwrap();
        let again = Change { expected_version: 2, events: vec![], state: r#"{"new":1}"#.to_owned(), ..application("a-1") };
        assert_eq!(store.commit(&commit(vec![again])).await.unwrap().length, 2);
        let record = store.record("application", "a-1").await.unwrap().unwrap();
        assert_eq!((record.version, record.state.as_str()), (2, r#"{"new":1}"#));
    }

    async fn standings_come_and_go(database: Database) {
        let store = database.open().await;
        let standing = |since_on: &str| StandingRow {
            programme: PROGRAMME.to_owned(),
            procedure: "pool".to_owned(),
            organisation: "o-2".to_owned(),
            since_on: since_on.to_owned(),
        };
        let key = StandingKey { programme: PROGRAMME.to_owned(), procedure: "pool".to_owned(), organisation: "o-2".to_owned() };
        let change = |granted: Vec<StandingRow>, revoked: Vec<StandingKey>, version| {
            let index = ApplicationIndex { row: given::row("a-1"), tasks: vec![], participants: vec![], granted, revoked, invoices: vec![] };
            Change { index: Index::Application(Box::new(index)), ..plain("application", "a-1", version) }
        };
        store.commit(&commit(vec![organisation("o-2", "乙公司", None), organisation("o-3", "丙公司", None)])).await.unwrap();
        store.commit(&commit(vec![change(vec![standing("2025-11-03")], vec![], 0)])).await.unwrap();
        store.commit(&commit(vec![change(vec![standing("2026-01-01")], vec![], 1)])).await.unwrap();
        assert_eq!(store.standings("o-2").await.unwrap(), [standing("2025-11-03")]);
        assert_eq!(store.holders_named(PROGRAMME, "pool", "乙公司").await.unwrap(), [standing("2025-11-03")]);
        for (procedure, name) in [("roster", "乙公司"), ("pool", "丙公司"), ("pool", "乙"), ("pool", "\0")] {
            assert_eq!(store.holders_named(PROGRAMME, procedure, name).await.unwrap(), [], "{procedure} {name}");
        }
        store.commit(&commit(vec![change(vec![], vec![key], 2)])).await.unwrap();
        assert_eq!(store.standings("o-2").await.unwrap(), []);
    }

    async fn drafts_are_dropped_with_the_commit_that_took_them(database: Database) {
        let store = database.open().await;
        let draft = |part: &str| store::Draft {
            noun: "application".to_owned(),
            record_id: "a-1".to_owned(),
            part: part.to_owned(),
            account: "u-1".to_owned(),
            version: 0,
            body: "{}".to_owned(),
            at_unix_ms: 0,
        };
        store.put_draft(&draft("fill")).await.unwrap();
        store.put_draft(&draft("check")).await.unwrap();
        let done = DraftKey { noun: "application".to_owned(), record_id: "a-1".to_owned(), part: Some("fill".to_owned()) };
        let commit = Commit { drafts_done: vec![done], ..commit(vec![application("a-1")]) };
        store.commit(&commit).await.unwrap();
        store.commit(&commit).await.unwrap_err();
        assert_eq!(store.draft("application", "a-1", "fill").await.unwrap(), None);
        assert!(store.draft("application", "a-1", "check").await.unwrap().is_some());
    }

    async fn records_are_read_by_id_and_in_order(database: Database) {
        let store = database.open().await;
        let ids: Vec<String> = (0..7).map(|n| format!("b-{n}")).collect();
        store.commit(&commit(ids.iter().map(|id| plain("batch", id, 0)).collect())).await.unwrap();
        store.commit(&commit(vec![application("b-1")])).await.unwrap();
        let mut found: Vec<String> = store.records("batch", &[ids[1].clone(), "x".to_owned(), ids[5].clone()]).await.unwrap().into_iter().map(|record| record.id).collect();
        found.sort();
        assert_eq!(found, ["b-1", "b-5"]);
        assert_eq!(store.records("batch", &[]).await.unwrap(), []);
        let many: Vec<String> = (0..1_200).map(|n| format!("b-{n}")).collect();
        assert_eq!(store.records("batch", &many).await.unwrap().len(), 7);
        let mut walked = Vec::new();
        loop {
            let after = walked.last().map_or("", String::as_str);
            let next = store.records_of(PROGRAMME, "batch", after, 3).await.unwrap();
            if next.is_empty() { break }
            walked.extend(next.into_iter().map(|record| record.id));
        }
        assert_eq!(walked, ids);
        assert_eq!(store.record("batch", "\0").await.unwrap(), None);
    }
}
