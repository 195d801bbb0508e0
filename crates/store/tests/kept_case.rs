//! Kept cases on both engines.
#![allow(clippy::unwrap_used)]

mod on_both_engines;

use on_both_engines::Database;
use store::{FACTS_MAX_BYTES, KeptCase, KeptKind, NAME_MAX_BYTES, Store, StoreError};

fn case(token_hash: &str) -> KeptCase {
    KeptCase {
        token_hash: token_hash.to_owned(),
        kind: KeptKind::Assessment,
        programme: "example".to_owned(),
        pack_version: "2025-1".to_owned(),
        facts: r#"{"employees":42}"#.to_owned(),
        created_at_unix_s: 1_763_000_000,
    }
}

on_both_engines! {
    async fn a_kept_case_is_reopened_as_it_was(database: Database) {
        let store = database.open().await;
        let assessment = case("a");
        let award = KeptCase { kind: KeptKind::Award, ..case("b") };
        store.keep(&assessment).await.unwrap();
        store.keep(&award).await.unwrap();
        assert_eq!(store.kept("a").await.unwrap(), Some(assessment));
        assert_eq!(store.kept("b").await.unwrap(), Some(award));
    }

    async fn a_kept_case_outlives_the_program(database: Database) {
        let first = database.open().await;
        first.keep(&case("a")).await.unwrap();
        first.close().await;
        let second = database.open().await;
        assert_eq!(second.kept("a").await.unwrap(), Some(case("a")));
    }

    async fn an_unknown_token_has_no_case(database: Database) {
        let store = database.open().await;
        store.keep(&case("a")).await.unwrap();
        for unknown in ["", "A", "aa", "\0", "'; DROP TABLE kept_case; --", &"a".repeat(10_000)] {
            assert_eq!(store.kept(unknown).await.unwrap(), None, "{unknown:?}");
        }
    }

    async fn the_same_token_twice_keeps_the_first(database: Database) {
        let store = database.open().await;
        store.keep(&case("a")).await.unwrap();
        let second = KeptCase { facts: "{}".to_owned(), ..case("a") };
        let error = store.keep(&second).await.unwrap_err();
        assert!(matches!(error, StoreError::AlreadyKept), "{error:?}");
        assert_eq!(store.kept("a").await.unwrap(), Some(case("a")));
    }

    async fn rare_characters_survive(database: Database) {
        let store = database.open().await;
        let rare = KeptCase {
            facts: r#"{"name":"龘靐齉𠮷 “数转”\u0000'\"\\"}"#.to_owned(),
            ..case("a")
        };
        store.keep(&rare).await.unwrap();
        assert_eq!(store.kept("a").await.unwrap(), Some(rare));
    }

    async fn the_largest_case_is_kept_and_a_larger_one_refused(database: Database) {
        let store = database.open().await;
        let largest = KeptCase { facts: "x".repeat(FACTS_MAX_BYTES), ..case("a") };
        store.keep(&largest).await.unwrap();
        assert_eq!(store.kept("a").await.unwrap(), Some(largest));

        let larger = KeptCase { facts: "x".repeat(FACTS_MAX_BYTES + 1), ..case("b") };
        let error = store.keep(&larger).await.unwrap_err();
        assert!(
            matches!(error, StoreError::TooLarge { column: "facts", max_bytes: FACTS_MAX_BYTES, .. }),
            "{error:?}"
        );
        assert_eq!(store.kept("b").await.unwrap(), None);
    }

    async fn every_text_has_a_limit(database: Database) {
        let store = database.open().await;
        let long = "x".repeat(NAME_MAX_BYTES + 1);
        for (column, case) in [
            ("token_hash", KeptCase { token_hash: long.clone(), ..case("a") }),
            ("programme", KeptCase { programme: long.clone(), ..case("a") }),
            ("pack_version", KeptCase { pack_version: long.clone(), ..case("a") }),
        ] {
            let error = store.keep(&case).await.unwrap_err();
            assert!(matches!(error, StoreError::TooLarge { column: c, .. } if c == column), "{error:?}");
        }
    }

    async fn nul_is_refused_on_both_engines(database: Database) {
        let store = database.open().await;
        let error = store.keep(&KeptCase { facts: "\0".to_owned(), ..case("a") }).await.unwrap_err();
        assert!(matches!(error, StoreError::Nul { column: "facts" }), "{error:?}");
    }

    async fn fifty_at_once_are_all_kept(database: Database) {
        let store = database.open().await;
        let keeping: Vec<_> = (0..50)
            .map(|n| {
                let store = store.clone();
                tokio::spawn(async move {
                    store.keep(&case(&n.to_string())).await.unwrap();
                    store.kept(&n.to_string()).await.unwrap()
                })
            })
            .collect();
        for (n, kept) in keeping.into_iter().enumerate() {
            assert_eq!(kept.await.unwrap(), Some(case(&n.to_string())));
        }
    }

    async fn migrations_run_again_without_harm(database: Database) {
        let first = database.open().await;
        first.keep(&case("a")).await.unwrap();
        let second = database.open().await;
        assert_eq!(second.kept("a").await.unwrap(), Some(case("a")));
        assert_eq!(first.kept("a").await.unwrap(), Some(case("a")));
    }

    async fn old_cases_are_forgotten(database: Database) {
        let store = database.open().await;
        for (token_hash, created_at_unix_s) in [("old", 99), ("at", 100), ("new", i64::MAX)] {
            store.keep(&KeptCase { created_at_unix_s, ..case(token_hash) }).await.unwrap();
        }
        assert_eq!(store.forget_older_than(100).await.unwrap(), 1);
        assert_eq!(store.kept("old").await.unwrap(), None);
        assert!(store.kept("at").await.unwrap().is_some());
        assert!(store.kept("new").await.unwrap().is_some());
        assert_eq!(store.forget_older_than(100).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn an_address_of_another_engine_is_refused() {
    for url in ["", "mysql://localhost/x", "sqlite::memory:", "sqlite:"] {
        let error = Store::open(url).await.unwrap_err();
        assert!(matches!(error, StoreError::Address), "{url}: {error:?}");
    }
}

#[tokio::test]
async fn a_folder_that_cannot_be_created_is_named() {
    let error = Store::open("sqlite:/dev/null/data/x.db").await.unwrap_err();
    assert!(matches!(error, StoreError::Folder { .. }), "{error:?}");
    assert!(error.to_string().contains("/dev/null/data"), "{error}");
}
