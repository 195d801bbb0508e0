//! Notices, the outbox and drafts on both engines.
#![allow(clippy::unwrap_used)]

mod given;
mod on_both_engines;

use given::{application, commit, mail, notice};
use on_both_engines::Database;
use store::{Commit, DRAFT_MAX_BYTES, Delivery, Draft, DraftKey, OutboxKind, Page, Reader, StoreError};

fn reader(organisation: &str, account: &str) -> Reader {
    Reader { organisation: organisation.to_owned(), account: account.to_owned() }
}

fn draft(part: &str, version: i64, body: &str) -> Draft {
    Draft {
        noun: "application".to_owned(),
        record_id: "a-1".to_owned(),
        part: part.to_owned(),
        account: "u-1".to_owned(),
        version,
        body: body.to_owned(),
        at_unix_ms: 7,
    }
}

on_both_engines! {
    async fn notices_reach_whom_they_are_for(database: Database) {
        let store = database.open().await;
        let notices = vec![notice("o-1", None), notice("o-1", Some("u-1")), notice("o-2", None)];
        store.commit(&Commit { notices, ..commit(vec![application("a-1")]) }).await.unwrap();
        for (organisation, account, expected) in [("o-1", "u-1", 2), ("o-1", "u-2", 1), ("o-2", "u-1", 1), ("o-3", "u-1", 0)] {
            let reader = reader(organisation, account);
            assert_eq!(store.unread_notices(&reader).await.unwrap(), expected, "{reader:?}");
            assert_eq!(store.notices(&reader, Page::first(10)).await.unwrap().total, expected, "{reader:?}");
        }
    }

    async fn notices_are_read_by_whom_they_are_for(database: Database) {
        let store = database.open().await;
        let notices = vec![notice("o-1", None), notice("o-1", Some("u-1")), notice("o-1", None)];
        store.commit(&Commit { notices, ..commit(vec![application("a-1")]) }).await.unwrap();
        let (mine, others) = (reader("o-1", "u-1"), reader("o-2", "u-1"));
        let id = store.notices(&mine, Page::first(1)).await.unwrap().rows[0].notice.id.clone();
        assert!(store.notice(&others, &id).await.unwrap().is_none());
        store.read_notice(&others, &id, 5).await.unwrap();
        assert_eq!(store.unread_notices(&mine).await.unwrap(), 3);
        store.read_notice(&mine, &id, 5).await.unwrap();
        store.read_notice(&mine, &id, 6).await.unwrap();
        assert_eq!(store.notices(&mine, Page::first(1)).await.unwrap().rows[0].read_at_ms, Some(5));
        assert_eq!(store.unread_notices(&mine).await.unwrap(), 2);
        let colleague = reader("o-1", "u-2");
        store.read_all_notices(&colleague, 7).await.unwrap();
        assert_eq!(store.unread_notices(&colleague).await.unwrap(), 0);
        assert_eq!(store.unread_notices(&mine).await.unwrap(), 2, "each person reads for itself");
        assert_eq!(store.notices(&colleague, Page::first(1)).await.unwrap().rows[0].read_at_ms, Some(7));
        let program = store.notices_read_by_anybody(&reader("o-1", "api:1"), Page::first(1)).await.unwrap();
        assert_eq!(program.rows[0].read_at_ms, Some(5), "a program learns when somebody first read it");
        store.read_all_notices(&mine, 8).await.unwrap();
        assert_eq!(store.unread_notices(&mine).await.unwrap(), 0);
    }

    async fn an_occasion_is_told_once(database: Database) {
        let store = database.open().await;
        for _ in 0..2 {
            store.tell("due/a-1/check/2025-11-03", 7, &[notice("o-1", None)], &[mail("a@example.com")]).await.unwrap();
        }
        store.tell("due/a-1/check/2025-11-04", 7, &[notice("o-1", None)], &[]).await.unwrap();
        assert_eq!(store.unread_notices(&reader("o-1", "u-1")).await.unwrap(), 2);
        assert_eq!(store.outbox("waiting", 10).await.unwrap().len(), 1);
    }

    async fn messages_are_tried_until_they_arrive(database: Database) {
        let store = database.open().await;
        store.tell("k", 100, &[], &[mail("a@example.com"), mail("b@example.com")]).await.unwrap();
        assert_eq!(store.take_outbox(OutboxKind::Mail, 99, 500, 10).await.unwrap(), []);
        let taken = store.take_outbox(OutboxKind::Mail, 100, 500, 10).await.unwrap();
        assert_eq!(taken.iter().map(|row| (row.attempts, row.next_at_ms)).collect::<Vec<_>>(), [(1, 500); 2]);
        assert_eq!(store.take_outbox(OutboxKind::Mail, 499, 900, 10).await.unwrap(), []);

        store.outbox_tried(&taken[0].id, 110, &Delivery::Sent).await.unwrap();
        store.outbox_tried(&taken[1].id, 110, &Delivery::Retry { next_at_ms: 200, error: "timeout".to_owned() }).await.unwrap();
        let again = store.take_outbox(OutboxKind::Mail, 200, 900, 10).await.unwrap();
        assert_eq!(again.iter().map(|row| (row.id.as_str(), row.attempts, row.last_error.as_str())).collect::<Vec<_>>(), [(taken[1].id.as_str(), 2, "timeout")]);
        store.outbox_tried(&again[0].id, 210, &Delivery::GaveUp { error: "refused".to_owned() }).await.unwrap();
        assert_eq!(store.take_outbox(OutboxKind::Mail, i64::MAX, 900, 10).await.unwrap(), []);
        assert_eq!(store.outbox("failed", 10).await.unwrap()[0].last_error, "refused");

        assert_eq!(store.forget_sent_before(110).await.unwrap(), 0);
        assert_eq!(store.forget_sent_before(111).await.unwrap(), 1);
        assert_eq!(store.outbox("failed", 10).await.unwrap().len(), 1);
    }

    async fn no_message_is_taken_twice(database: Database) {
        let store = database.open().await;
        store.tell("k", 0, &[], &(0..40).map(|n| mail(&n.to_string())).collect::<Vec<_>>()).await.unwrap();
        let taking: Vec<_> = (0..20)
            .map(|_| {
                let store = store.clone();
                tokio::spawn(async move { store.take_outbox(OutboxKind::Mail, 0, 1, 3).await.unwrap() })
            })
            .collect();
        let mut taken = Vec::new();
        for some in taking {
            taken.extend(some.await.unwrap().into_iter().map(|row| row.id));
        }
        let count = taken.len();
        taken.sort();
        taken.dedup();
        assert_eq!(taken.len(), count);
    }

    async fn drafts_are_saved_over_the_version_that_was_edited(database: Database) {
        let store = database.open().await;
        assert_eq!(store.put_draft(&draft("fill", 0, "{}")).await.unwrap(), 1);
        assert_eq!(store.put_draft(&draft("fill", 1, "[1]")).await.unwrap(), 2);
        assert_eq!(store.put_draft(&draft("check", 0, "{}")).await.unwrap(), 1);
        for stale in [0, 1, 3] {
            let error = store.put_draft(&draft("fill", stale, "{}")).await.unwrap_err();
            assert!(matches!(error, StoreError::DraftConflict { version: 2 }), "{stale}: {error:?}");
        }
        assert_eq!(store.draft("application", "a-1", "fill").await.unwrap(), Some(draft("fill", 2, "[1]")));
        assert_eq!(store.drafts("application", "a-1").await.unwrap(), [draft("check", 1, "{}"), draft("fill", 2, "[1]")]);
        let all = DraftKey { noun: "application".to_owned(), record_id: "a-1".to_owned(), part: None };
        store.drop_draft(all).await.unwrap();
        assert_eq!(store.drafts("application", "a-1").await.unwrap(), []);
        let error = store.put_draft(&draft("fill", 2, "{}")).await.unwrap_err();
        assert!(matches!(error, StoreError::DraftConflict { version: 0 }), "{error:?}");
    }

    async fn a_draft_has_a_limit(database: Database) {
        let store = database.open().await;
        store.put_draft(&draft("fill", 0, &"x".repeat(DRAFT_MAX_BYTES))).await.unwrap();
        let error = store.put_draft(&draft("fill", 1, &"x".repeat(DRAFT_MAX_BYTES + 1))).await.unwrap_err();
        assert!(matches!(error, StoreError::TooLarge { column: "body", .. }), "{error:?}");
    }
}
