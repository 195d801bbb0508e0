//! Tokens of programs, and where organisations are called, on both engines.
#![allow(clippy::unwrap_used)]

mod given;
mod on_both_engines;

use given::{commit, organisation};
use on_both_engines::Database;
use store::{ApiTokenRow, Delivery, NewOutbox, OutboxKind, StoreError, WebhookRow};

fn token(id: &str, token_hash: &str, created_at_ms: i64) -> ApiTokenRow {
    ApiTokenRow {
        id: id.into(),
        token_hash: token_hash.into(),
        organisation: "o-1".into(),
        label: "财务系统".into(),
        scopes: "read:files pay".into(),
        created_by: "u-1".into(),
        created_at_ms,
        expires_at_ms: 1_000,
        used_at_ms: None,
        revoked_at_ms: None,
        revoked_by: None,
    }
}

fn webhook(organisation: &str, address: &str) -> WebhookRow {
    WebhookRow { organisation: organisation.into(), address: address.into(), secret: "s".into(), set_by: "u-1".into(), set_at_ms: 1 }
}

fn call(target: &str) -> NewOutbox {
    NewOutbox { kind: OutboxKind::Webhook, target: target.into(), body: "{}".into() }
}

on_both_engines! {
    async fn tokens_are_found_by_their_digest_and_never_removed(database: Database) {
        let store = database.open().await;
        store.add_api_token(&token("t-1", "a", 1)).await.unwrap();
        store.add_api_token(&token("t-2", "b", 2)).await.unwrap();
        for taken in [token("t-1", "c", 3), token("t-3", "a", 3)] {
            assert!(matches!(store.add_api_token(&taken).await, Err(StoreError::Taken)));
        }
        assert_eq!(store.api_token("a").await.unwrap().unwrap(), token("t-1", "a", 1));
        assert_eq!(store.api_token("x").await.unwrap(), None);
        store.use_api_token("t-1", 7).await.unwrap();
        for (organisation, id, revoked) in [("o-2", "t-1", false), ("o-1", "t-9", false), ("o-1", "t-1", true), ("o-1", "t-1", false)] {
            assert_eq!(store.revoke_api_token(organisation, id, "u-2", 8).await.unwrap(), revoked, "{organisation} {id}");
        }
        let all = store.api_tokens_of("o-1").await.unwrap();
        assert_eq!(all.iter().map(|token| token.id.as_str()).collect::<Vec<_>>(), ["t-2", "t-1"]);
        assert_eq!((all[1].used_at_ms, all[1].revoked_at_ms, all[1].revoked_by.as_deref()), (Some(7), Some(8), Some("u-2")));
    }

    async fn parties_and_offices_are_called_where_they_said(database: Database) {
        let store = database.open().await;
        let all = [organisation("o-1", "甲", None), organisation("o-2", "乙", None), organisation("o-3", "丙", None)];
        store.commit(&commit(all.into())).await.unwrap();
        store.set_webhook(&webhook("o-1", "https://a.example.cn")).await.unwrap();
        store.set_webhook(&webhook("o-1", "https://b.example.cn")).await.unwrap();
        store.set_webhook(&webhook("o-3", "https://c.example.cn")).await.unwrap();
        assert_eq!(store.webhook("o-1").await.unwrap().unwrap().address, "https://b.example.cn");
        let called = async |parties: &[&str], kind: &str| {
            let parties: Vec<String> = parties.iter().map(|id| (*id).to_owned()).collect();
            let rows = store.called_organisations(&parties, &[kind.to_owned()]).await.unwrap();
            rows.into_iter().map(|row| row.id).collect::<Vec<_>>()
        };
        assert_eq!(called(&["o-1", "o-2"], "city_bureau").await, ["o-1"]);
        assert_eq!(called(&["o-2"], "enterprise").await, ["o-1", "o-3"]);
        store.remove_webhook("o-1").await.unwrap();
        assert_eq!(store.webhook("o-1").await.unwrap(), None);
        assert!(called(&["o-1"], "city_bureau").await.is_empty());
    }

    async fn calls_and_letters_are_taken_apart(database: Database) {
        let store = database.open().await;
        store.tell("k", 5, &[], &[given::mail("a@example.com"), call("o-1"), call("o-2")]).await.unwrap();
        assert_eq!(store.take_outbox(OutboxKind::Mail, 5, 9, 10).await.unwrap().len(), 1);
        let calls = store.take_outbox(OutboxKind::Webhook, 5, 9, 10).await.unwrap();
        assert_eq!(calls.len(), 2);
        store.outbox_tried(&calls[0].id, 6, &Delivery::Sent).await.unwrap();
        let shown = store.calls_to(&calls[0].target, 10).await.unwrap();
        assert_eq!(shown.iter().map(|call| (call.state.as_str(), call.body.as_str())).collect::<Vec<_>>(), [("sent", "{}")], "a call holds no secret");
    }
}
