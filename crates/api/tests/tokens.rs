//! What a token is: made by a manager for a time, shown once, stored as a digest, ended at once.
#![allow(clippy::unwrap_used)]

mod platform;

use axum::http::{Method, header};
use platform::{Platform, acting};
use records::organisation::OrganisationKind as Kind;
use serde_json::json;
use service::ServiceError;
use service::token::{Making, Scope, TOKENS_MAX, bearer, make, revoke, tokens};

fn making(label: &str, scopes: &[&str], expires_on: &str) -> Making {
    Making { label: label.into(), scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(), expires_on: expires_on.into() }
}

#[tokio::test]
async fn what_cannot_be_made_says_why() {
    let platform = Platform::new().await;
    let session = platform.session(Kind::Enterprise).await;
    for (asked, wrong) in [
        (making("", &["read:files"], "2026-12-31"), &["label"][..]),
        (making(&"长".repeat(41), &["read:files"], "2026-12-31"), &["label"]),
        (making("财务系统", &[], "2026-12-31"), &["scopes"]),
        (making("财务系统", &["read:files", "pay"], "2026-12-31"), &["scopes"]),
        (making("财务系统", &["certify"], "2026-12-31"), &["scopes"]),
        (making("财务系统", &["read:files"], "2026-01-19"), &["expires_on"]),
        (making("财务系统", &["read:files"], "2027-01-22"), &["expires_on"]),
        (making("", &[], "明年"), &["label", "scopes", "expires_on"]),
    ] {
        let Err(ServiceError::Refused(refusal)) = make(&platform.desk(0), &session, &asked).await else { panic!("{asked:?}") };
        assert_eq!(refusal.errors.iter().map(|error| error.path.as_str()).collect::<Vec<_>>(), wrong, "{asked:?}");
    }
    for _ in 0..TOKENS_MAX {
        make(&platform.desk(0), &session, &making("财务系统", &["read:files"], "2027-01-21")).await.unwrap();
    }
    assert!(make(&platform.desk(0), &session, &making("财务系统", &["read:files"], "2026-12-31")).await.is_err());
}

#[tokio::test]
async fn only_a_manager_makes_and_ends_them() {
    let platform = Platform::new().await;
    let signer = platform.session_of(Kind::Enterprise, 1).await;
    let asked = making("财务系统", &["read:files"], "2026-12-31");
    assert!(matches!(make(&platform.desk(0), &signer, &asked).await, Err(ServiceError::Forbidden)));
    let made = make(&platform.desk(0), &platform.session(Kind::Enterprise).await, &asked).await.unwrap();
    assert!(matches!(revoke(&platform.desk(0), &signer, &made.id).await, Err(ServiceError::Forbidden)));
    let other = platform.session(Kind::Provider).await;
    assert!(matches!(revoke(&platform.desk(0), &other, &made.id).await, Err(ServiceError::NotFound)));
}

#[tokio::test]
async fn it_counts_until_its_day_is_over_it_is_revoked_or_its_organisation_stopped() {
    let platform = Platform::new().await;
    let session = platform.session(Kind::Enterprise).await;
    let made = make(&platform.desk(0), &session, &making("财务系统", &["read:files"], "2026-01-22")).await.unwrap();
    for (days, counts) in [(0, true), (2, true), (3, false), (300, false)] {
        assert_eq!(bearer(&platform.desk(days), &made.secret).await.unwrap().is_some(), counts, "{days}");
    }
    let kept = &platform.store.api_tokens_of("enterprise").await.unwrap()[0];
    assert!(made.secret.starts_with("szt_") && !kept.token_hash.contains(&made.secret[4..]) && kept.used_at_ms.is_some());
    let known = bearer(&platform.desk(0), &made.secret).await.unwrap().unwrap();
    assert_eq!(known.acting.account.as_str(), format!("api:{}", made.id));
    assert_eq!(known.acting.roles, [records::account::Role::Handler].into());

    service::organisation::suspend(&platform.desk(0), &acting(Kind::Administrator, 0), "enterprise", "核查").await.unwrap();
    assert!(bearer(&platform.desk(0), &made.secret).await.unwrap().is_none());
    service::organisation::restore(&platform.desk(0), &acting(Kind::Administrator, 0), "enterprise").await.unwrap();
    revoke(&platform.desk(0), &session, &made.id).await.unwrap();
    assert!(matches!(revoke(&platform.desk(0), &session, &made.id).await, Err(ServiceError::NotFound)));
    assert!(bearer(&platform.desk(0), &made.secret).await.unwrap().is_none());
    assert!(tokens(&platform.desk(0), &session).await.unwrap()[0].revoked_at.is_some());
}

#[tokio::test]
async fn whoever_guesses_is_held_up() {
    let platform = Platform::new().await;
    let token = platform.token(Kind::Enterprise).await;
    let own = platform.get(&token, "/token").await.is(200).json();
    assert_eq!((&own["label"], &own["organisation"]), (&json!("财务系统"), &json!("enterprise")));
    for wrong in ["", "szt_", "szt_0123456789abcdefghjkmnpqrstvwxyz", &token[4..], "szt_数"] {
        let answer = platform.get(wrong, "/token").await.is(401);
        assert_eq!((answer.problem().as_str(), &answer.headers[header::WWW_AUTHENTICATE]), ("no-token", &"Bearer".parse().unwrap()));
    }
    for _ in 0..25 {
        platform.get("szt_x", "/token").await.is(401);
    }
    let held = platform.get(&token, "/token").await.is(429);
    assert!(held.headers.contains_key(header::RETRY_AFTER));
    platform.get("", "/programmes").await.is(200);
}

#[tokio::test]
async fn problems_are_answers_of_one_form() {
    let platform = Platform::new().await;
    let token = platform.token_for(Kind::Enterprise, &[Scope::ReadFiles]).await;
    for (method, path, body, status, kind) in [
        (Method::GET, "/nowhere", "", 404, "no-route"),
        (Method::DELETE, "/files", "", 405, "wrong-method"),
        (Method::PUT, "/programmes", "", 405, "wrong-method"),
        (Method::GET, "/files?page=x", "", 400, "unreadable"),
        (Method::GET, "/files?sort=x", "", 400, "unreadable"),
        (Method::GET, "/files/none", "", 404, "not-found"),
        (Method::POST, "/files", "{}", 403, "scope"),
        (Method::POST, "/publicities/none/objections", "no json", 400, "unreadable"),
    ] {
        let answer = platform.send(method.clone(), &token, path, None, body).await.is(status);
        assert_eq!(answer.problem(), kind, "{method} {path}");
        assert_eq!((&answer.json()["status"], &answer.headers[header::CACHE_CONTROL]), (&json!(status), &"no-store".parse().unwrap()));
    }
}
