//! Signing in and out: locks, resets, the ends of sessions.

use service::identity::{IDLE_APPLICANT_MS, IDLE_STAFF_MS, SESSION_MAX_MS, ask_for_reset, reset_password, sign_in, sign_out, upkeep};

use crate::desk::{Desk, PASSWORD, refusal};

#[tokio::test]
async fn wrong_tries_lock_an_address_whether_it_has_an_account_or_not() {
    let mut desk = Desk::new().await;
    desk.enterprise(1, "a@example.cn").await;
    for email in ["a@example.cn", "nobody@example.cn"] {
        let mut said = Vec::new();
        for _ in 0..6 {
            said.push(refusal(sign_in(&desk.store, &desk.edge(), email, "wrong password 1").await.unwrap_err()).message);
        }
        assert!(said[..5].iter().all(|message| message.starts_with("邮箱或密码不正确")), "{said:?}");
        assert!(said[5].contains("已暂停登录"), "{said:?}");
    }
    assert!(desk.password("a@example.cn").await.is_err(), "locked for the right password too");
    desk.now_ms += 15 * 60_000;
    assert!(desk.password("a@example.cn").await.is_ok());
    for text in ["", "\0", "no address", &"a".repeat(500)] {
        refusal(sign_in(&desk.store, &desk.edge(), text, PASSWORD).await.unwrap_err());
        desk.now_ms += 15 * 60_000;
    }
}

#[tokio::test]
async fn a_reset_ends_every_session_and_lifts_the_lock() {
    let desk = Desk::new().await;
    desk.enterprise(1, "a@example.cn").await;
    let token = desk.password("a@example.cn").await.unwrap();
    for _ in 0..5 {
        sign_in(&desk.store, &desk.edge(), "a@example.cn", "wrong password 1").await.unwrap_err();
    }
    ask_for_reset(&desk.store, &desk.edge(), "a@example.cn").await.unwrap();
    let first = desk.secret("a@example.cn").await;
    ask_for_reset(&desk.store, &desk.edge(), "a@example.cn").await.unwrap();
    let secret = desk.secret("a@example.cn").await;
    let new = "another horse 2";
    assert!(reset_password(&desk.store, &desk.edge(), &first, new, new).await.is_err(), "only the last link is good");
    reset_password(&desk.store, &desk.edge(), &secret, new, new).await.unwrap();
    assert!(reset_password(&desk.store, &desk.edge(), &secret, new, new).await.is_err(), "once");
    assert_eq!(desk.resume(&token).await, None);
    assert!(desk.password("a@example.cn").await.is_err());
    assert!(sign_in(&desk.store, &desk.edge(), "a@example.cn", new).await.is_ok());
    assert_eq!(desk.letters("a@example.cn").await[0].subject, "密码已重置");
}

#[tokio::test]
async fn a_session_ends_when_unused_and_after_half_a_day() {
    let mut desk = Desk::new().await;
    desk.administrator().await;
    desk.enterprise(1, "a@example.cn").await;
    for (email, idle_ms) in [("a@example.cn", IDLE_APPLICANT_MS), ("admin@example.cn", IDLE_STAFF_MS)] {
        let token = desk.token(email).await;
        let began_ms = desk.now_ms;
        while desk.now_ms - began_ms < SESSION_MAX_MS - 2 * idle_ms {
            desk.now_ms += idle_ms - 60_001;
            assert!(desk.resume(&token).await.is_some(), "{email} used in time");
        }
        desk.now_ms = began_ms + SESSION_MAX_MS;
        assert_eq!(desk.resume(&token).await, None, "{email} after half a day");
        let token = desk.token(email).await;
        desk.now_ms += idle_ms;
        assert_eq!(desk.resume(&token).await, None, "{email} unused");
    }
    upkeep(&desk.store, &desk.edge()).await.unwrap();
}

#[tokio::test]
async fn who_signs_out_is_nobody() {
    let desk = Desk::new().await;
    desk.enterprise(1, "a@example.cn").await;
    let token = desk.password("a@example.cn").await.unwrap();
    for text in ["", "x", &"0".repeat(32)] {
        sign_out(&desk.store, text).await.unwrap();
        assert_eq!(desk.resume(text).await, None);
    }
    assert!(desk.resume(&token).await.is_some());
    sign_out(&desk.store, &token).await.unwrap();
    assert_eq!(desk.resume(&token).await, None);
}
