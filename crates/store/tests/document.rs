//! Issued papers on both engines: found by record and code, kept as they were made, written with their entry or not at all.
#![allow(clippy::unwrap_used)]

mod given;
mod on_both_engines;

use given::{PROGRAMME, commit, plain};
use on_both_engines::Database;
use store::{Change, DOCUMENT_MAX_BYTES, DocumentContent, DocumentIndex, DocumentRow, Index, StoreError};

fn row(id: &str, code: &str, issued_at_ms: i64) -> DocumentRow {
    DocumentRow {
        id: id.into(),
        programme: PROGRAMME.into(),
        noun: "application".into(),
        record_id: "a-1".into(),
        kind: "decision".into(),
        title: "决定".into(),
        code: code.into(),
        digest: "0".repeat(64),
        issued_at_ms,
    }
}

fn content(paper: &str, words: &str) -> DocumentContent {
    DocumentContent { paper: paper.to_owned(), words: words.to_owned() }
}

fn issued(row: DocumentRow, content: DocumentContent) -> Change {
    let id = row.id.clone();
    Change { index: Index::Document(Box::new(DocumentIndex { row, content })), ..plain("document", &id, 0) }
}

on_both_engines! {
    async fn an_issued_paper_is_kept_with_its_entry(database: Database) {
        let store = database.open().await;
        let kept = content("{\"甲\":1}", "甲\t1\n");
        store.commit(&commit(vec![issued(row("d-1", "A", 1), kept.clone()), issued(row("d-2", "B", 2), content("{}", ""))])).await.unwrap();
        let ids: Vec<String> = store.documents_of("application", "a-1").await.unwrap().into_iter().map(|row| row.id).collect();
        assert_eq!(ids, ["d-2", "d-1"]);
        assert_eq!(store.document_by_code("A").await.unwrap(), Some(row("d-1", "A", 1)));
        assert_eq!(store.document_by_code("C").await.unwrap(), None);
        assert_eq!(store.document_content("d-1").await.unwrap(), Some(kept));
        assert_eq!(store.document_content("d-9").await.unwrap(), None);
        let head = store.head(PROGRAMME).await.unwrap();
        assert!(store.has_entry(PROGRAMME, &head.hash).await.unwrap());
        assert!(!store.has_entry("other", &head.hash).await.unwrap());
        let within = store.entries_within(PROGRAMME, "document", [0, i64::MAX], 1, 10).await.unwrap();
        assert_eq!(within.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [2]);
    }

    async fn what_cannot_be_kept_leaves_no_entry(database: Database) {
        let store = database.open().await;
        store.commit(&commit(vec![issued(row("d-1", "A", 1), content("{}", ""))])).await.unwrap();
        let large = " ".repeat(DOCUMENT_MAX_BYTES + 1);
        for large in [content(&large, ""), content("{}", &large)] {
            let refused = store.commit(&commit(vec![issued(row("d-2", "B", 1), large)])).await;
            assert!(matches!(refused, Err(StoreError::TooLarge { .. })), "{refused:?}");
        }
        assert!(store.commit(&commit(vec![issued(row("d-3", "A", 1), content("{}", ""))])).await.is_err(), "a code belongs to one paper");
        assert_eq!(store.head(PROGRAMME).await.unwrap().length, 1);
    }
}
