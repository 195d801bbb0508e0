//! Credentials, tries, sessions and one-time codes on both engines.
#![allow(clippy::unwrap_used)]

mod on_both_engines;

use on_both_engines::Database;
use store::{AccountRow, Change, Code, CodePurpose, Commit, Credential, Index, SessionRow, StoreError, TryLimit};

fn credential(account: &str, email: &str) -> Credential {
    Credential { account: account.into(), email: email.into(), password_hash: "$argon2id$x".into(), totp_secret: None }
}

fn session(token_hash: &str, account: &str, seen_at_ms: i64) -> SessionRow {
    SessionRow {
        token_hash: token_hash.into(),
        account: account.into(),
        organisation: None,
        mandate: None,
        second_factor: false,
        created_at_ms: 1,
        seen_at_ms,
    }
}

fn code(hash: &str, purpose: CodePurpose, expires_at_ms: i64) -> Code {
    Code { hash: hash.into(), purpose, subject: "a@example.cn".into(), payload: "{}".into(), expires_at_ms }
}

on_both_engines! {
    async fn an_address_signs_in_one_account(database: Database) {
        let store = database.open().await;
        assert!(!store.has_credentials().await.unwrap());
        store.add_credential(&credential("1", "a@example.cn")).await.unwrap();
        for second in [credential("1", "b@example.cn"), credential("2", "a@example.cn")] {
            let error = store.add_credential(&second).await.unwrap_err();
            assert!(matches!(error, StoreError::Taken), "{error:?}");
        }
        assert!(store.has_credentials().await.unwrap());
        let found = store.credential_by_email("a@example.cn").await.unwrap().unwrap();
        assert_eq!(store.credential_of("1").await.unwrap(), Some(found));
        for unknown in ["", "A@example.cn", "\0", &"a".repeat(1000)] {
            assert_eq!(store.credential_by_email(unknown).await.unwrap(), None);
        }
    }

    async fn a_step_of_the_second_factor_is_used_once(database: Database) {
        let store = database.open().await;
        store.add_credential(&credential("1", "a@example.cn")).await.unwrap();
        store.set_totp("1", Some("SECRET")).await.unwrap();
        for (step, fresh) in [(100, true), (100, false), (99, false), (101, true)] {
            assert_eq!(store.use_totp_step("1", step).await.unwrap(), fresh, "{step}");
        }
        store.set_password("1", "$argon2id$y").await.unwrap();
        let found = store.credential_of("1").await.unwrap().unwrap();
        assert_eq!((found.password_hash.as_str(), found.totp_secret.as_deref()), ("$argon2id$y", Some("SECRET")));
        store.set_totp("1", None).await.unwrap();
        assert_eq!(store.credential_of("1").await.unwrap().unwrap().totp_secret, None);
    }

    async fn five_tries_lock_for_a_while(database: Database) {
        let store = database.open().await;
        let limit = TryLimit { tries_max: 5, lock_ms: 1000 };
        for now_ms in 1..=5 {
            assert!(store.count_try("x", limit, now_ms).await.unwrap(), "{now_ms}");
        }
        for (now_ms, allowed) in [(6, false), (1004, false), (1005, true), (1006, true)] {
            assert_eq!(store.count_try("x", limit, now_ms).await.unwrap(), allowed, "{now_ms}");
        }
        assert!(store.count_try("y", limit, 6).await.unwrap(), "another subject is counted apart");
        store.clear_tries("x").await.unwrap();
        for now_ms in 2000..2005 {
            assert!(store.count_try("x", limit, now_ms).await.unwrap());
        }
        assert!(!store.count_try("x", limit, 2006).await.unwrap());
        assert_eq!(store.forget_tries_before(1000).await.unwrap(), 1);
    }

    async fn a_hundred_tries_at_once_are_five(database: Database) {
        let store = database.open().await;
        let limit = TryLimit { tries_max: 5, lock_ms: 1_000_000 };
        let tries: Vec<_> = (0..100)
            .map(|now_ms| {
                let store = store.clone();
                tokio::spawn(async move { store.count_try("x", limit, now_ms).await.unwrap() })
            })
            .collect();
        let mut allowed = 0;
        for one in tries {
            allowed += usize::from(one.await.unwrap());
        }
        assert_eq!(allowed, 5);
    }

    async fn a_session_lives_until_it_is_closed(database: Database) {
        let store = database.open().await;
        for (hash, account, seen) in [("a", "1", 10), ("b", "1", 20), ("c", "2", 30)] {
            store.open_session(&session(hash, account, seen)).await.unwrap();
        }
        store.see_session("a", 40).await.unwrap();
        store.act_for("a", "org", Some("mandate")).await.unwrap();
        let expected = SessionRow { organisation: Some("org".into()), mandate: Some("mandate".into()), ..session("a", "1", 40) };
        assert_eq!(store.session("a").await.unwrap(), Some(expected));
        assert_eq!(store.forget_sessions_before(30).await.unwrap(), 1);
        assert_eq!(store.session("b").await.unwrap(), None);
        store.close_session("c").await.unwrap();
        store.close_sessions_of("1").await.unwrap();
        assert!(store.session("a").await.unwrap().is_none() && store.session("c").await.unwrap().is_none());
    }

    async fn a_code_is_good_once_for_its_purpose_and_time(database: Database) {
        let store = database.open().await;
        let kept = code("h", CodePurpose::ResetPassword, 100);
        store.keep_code(&kept).await.unwrap();
        assert_eq!(store.take_code(CodePurpose::VerifyEmail, "h", 50).await.unwrap(), None);
        assert_eq!(store.take_code(CodePurpose::ResetPassword, "h", 100).await.unwrap(), None);
        assert_eq!(store.code(CodePurpose::ResetPassword, "h", 99).await.unwrap(), Some(kept.clone()));
        let (one, two) = tokio::join!(
            store.take_code(CodePurpose::ResetPassword, "h", 99),
            store.take_code(CodePurpose::ResetPassword, "h", 99)
        );
        let (one, two) = (one.unwrap(), two.unwrap());
        assert!(one.is_some() != two.is_some() && one.or(two) == Some(kept));
    }

    async fn codes_of_a_subject_are_listed_and_dropped(database: Database) {
        let store = database.open().await;
        for (hash, expires_at_ms) in [("a", 10), ("b", 30), ("c", 20)] {
            store.keep_code(&code(hash, CodePurpose::Invite, expires_at_ms)).await.unwrap();
        }
        let listed = store.codes_of(CodePurpose::Invite, "a@example.cn", 15).await.unwrap();
        assert_eq!(listed.iter().map(|code| code.hash.as_str()).collect::<Vec<_>>(), ["b", "c"]);
        assert_eq!(store.forget_codes_before(15).await.unwrap(), 1);
        store.drop_codes(CodePurpose::Invite, "a@example.cn").await.unwrap();
        assert!(store.codes_of(CodePurpose::Invite, "a@example.cn", 0).await.unwrap().is_empty());
    }

    async fn memberships_follow_the_account(database: Database) {
        let store = database.open().await;
        for (id, expected_version, organisations) in [("1", 0, &["o", "p"][..]), ("2", 0, &["o"])] {
            store.commit(&account(id, expected_version, organisations)).await.unwrap();
        }
        assert_eq!(store.members_of("o").await.unwrap(), ["1", "2"]);
        store.commit(&account("1", 1, &["p"])).await.unwrap();
        assert_eq!(store.members_of("o").await.unwrap(), ["2"]);
        assert_eq!(store.members_of("none").await.unwrap(), Vec::<String>::new());
    }
}

fn account(id: &str, expected_version: i64, organisations: &[&str]) -> Commit {
    let organisations = organisations.iter().map(|id| (*id).to_owned()).collect();
    let change = Change {
        noun: "account",
        id: id.into(),
        expected_version,
        events: vec![serde_json::json!({"event": "changed"})],
        state: "{}".into(),
        index: Index::Account(AccountRow { id: id.into(), organisations }),
    };
    Commit { programme: "platform".into(), changes: vec![change], ..Commit::default() }
}
