//! Papers on both engines.
#![allow(clippy::unwrap_used)]

mod on_both_engines;

use on_both_engines::Database;
use store::{Paper, PaperState, StoreError, Weight};

fn paper(id: &str, digest: &str) -> Paper {
    Paper {
        id: id.to_owned(),
        digest: digest.to_owned(),
        name: "合同.pdf".to_owned(),
        media_type: "application/pdf".to_owned(),
        bytes: 7,
        pages: None,
        organisation: "甲".to_owned(),
        uploaded_by: "张三".to_owned(),
        at_unix_ms: 1_768_869_900_000,
        state: PaperState::Checked,
    }
}

on_both_engines! {
    async fn a_paper_is_read_as_it_was_written(database: Database) {
        let store = database.open().await;
        let states = [PaperState::Pending, PaperState::Checked, PaperState::Attached, PaperState::Refused("病毒".to_owned())];
        for (number, state) in states.into_iter().enumerate() {
            let name = number.to_string();
            let one = Paper { state, pages: Some(3), ..paper(&name, &name) };
            assert_eq!(store.add_paper(&one).await.unwrap(), one);
            assert_eq!(store.paper(&name).await.unwrap(), Some(one));
        }
        assert_eq!(store.paper("other").await.unwrap(), None);
        assert_eq!(store.paper("\0").await.unwrap(), None);
    }

    async fn one_content_is_on_file_once(database: Database) {
        let store = database.open().await;
        let first = store.add_paper(&paper("1", "same")).await.unwrap();
        assert_eq!(store.add_paper(&Paper { name: "又.pdf".to_owned(), ..paper("2", "same") }).await.unwrap(), first);
        let other = Paper { organisation: "乙".to_owned(), ..paper("3", "same") };
        assert_eq!(store.add_paper(&other).await.unwrap(), other);
        assert_eq!(store.paper_weight("甲", None).await.unwrap(), Weight { papers: 1, bytes: 7 });
        assert_eq!(store.paper_weight("丙", None).await.unwrap(), Weight { papers: 0, bytes: 0 });
    }

    async fn equal_contents_at_once_are_one_paper(database: Database) {
        let store = database.open().await;
        let adding: Vec<_> = (0..20)
            .map(|number| {
                let store = store.clone();
                tokio::spawn(async move { store.add_paper(&paper(&number.to_string(), "same")).await.unwrap().id })
            })
            .collect();
        let mut ids = Vec::new();
        for one in adding {
            ids.push(one.await.unwrap());
        }
        ids.dedup();
        assert_eq!(ids.len(), 1, "{ids:?}");
    }

    async fn the_list_is_newest_first(database: Database) {
        let store = database.open().await;
        for at_unix_ms in [2, 3, 1] {
            let name = at_unix_ms.to_string();
            store.add_paper(&Paper { at_unix_ms, ..paper(&name, &name) }).await.unwrap();
        }
        let ids = |papers: Vec<Paper>| papers.into_iter().map(|paper| paper.id).collect::<String>();
        assert_eq!(ids(store.papers_of("甲", None, 0, 2).await.unwrap()), "32");
        assert_eq!(ids(store.papers_of("甲", None, 2, 2).await.unwrap()), "1");
        assert_eq!(ids(store.papers_of("乙", None, 0, 2).await.unwrap()), "");
        store.add_paper(&Paper { uploaded_by: "李四".to_owned(), ..paper("4", "4") }).await.unwrap();
        assert_eq!(ids(store.papers_of("甲", Some("李四"), 0, 2).await.unwrap()), "4");
        assert_eq!(store.paper_weight("甲", Some("李四")).await.unwrap(), Weight { papers: 1, bytes: 7 });
    }

    async fn all_are_attached_or_none(database: Database) {
        let store = database.open().await;
        store.add_paper(&paper("1", "1")).await.unwrap();
        store.add_paper(&Paper { state: PaperState::Pending, ..paper("2", "2") }).await.unwrap();
        let both = ["1".to_owned(), "2".to_owned()];
        assert!(!store.attach_papers("甲", &both).await.unwrap());
        assert_eq!(store.paper("1").await.unwrap().unwrap().state, PaperState::Checked);
        assert!(store.settle_paper("2", &PaperState::Checked).await.unwrap());
        assert!(!store.settle_paper("2", &PaperState::Refused("x".to_owned())).await.unwrap(), "it waits no more");
        assert!(!store.attach_papers("乙", &both).await.unwrap(), "not theirs");
        for _ in 0..2 {
            assert!(store.attach_papers("甲", &both).await.unwrap());
            assert_eq!(store.paper("1").await.unwrap().unwrap().state, PaperState::Attached);
        }
    }

    async fn an_attached_paper_is_not_removed(database: Database) {
        let store = database.open().await;
        store.add_paper(&paper("1", "1")).await.unwrap();
        store.add_paper(&paper("2", "2")).await.unwrap();
        assert!(store.attach_papers("甲", &["1".to_owned()]).await.unwrap());
        assert!(!store.remove_paper("甲", "1").await.unwrap());
        assert!(!store.remove_paper("乙", "2").await.unwrap());
        assert!(store.remove_paper("甲", "2").await.unwrap());
        assert!(!store.remove_paper("甲", "2").await.unwrap());
    }

    async fn what_waits_and_what_is_needed(database: Database) {
        let store = database.open().await;
        store.add_paper(&Paper { state: PaperState::Pending, ..paper("1", "1") }).await.unwrap();
        store.add_paper(&paper("2", "2")).await.unwrap();
        let waiting = store.pending_papers(10).await.unwrap();
        assert_eq!(waiting.iter().map(|paper| paper.id.as_str()).collect::<Vec<_>>(), ["1"]);
        assert!(store.has_paper_of("1").await.unwrap());
        store.settle_paper("1", &PaperState::Refused("病毒".to_owned())).await.unwrap();
        assert!(!store.has_paper_of("1").await.unwrap());
        assert!(!store.has_paper_of("3").await.unwrap());
    }

    async fn long_names_are_refused(database: Database) {
        let store = database.open().await;
        let error = store.add_paper(&Paper { name: "长".repeat(300), ..paper("1", "1") }).await.unwrap_err();
        assert!(matches!(error, StoreError::TooLarge { column: "name", .. }), "{error:?}");
    }
}
