//! Registering, signing in, inviting, leaving.
#![allow(clippy::unwrap_used)]

mod desk;

use std::collections::BTreeSet;

use desk::{Desk, PASSWORD, credit_code, first_administrator, new_person, refusal, registration};
use records::account::Role;
use service::ServiceError;
use service::identity::{
    IDLE_APPLICANT_MS, IDLE_STAFF_MS, Invited, Invitee, Registration, SESSION_MAX_MS, Session, SignedIn, accept_as_known, accept_as_new,
    ask_for_reset, change_roles, choose_organisation, invitation, invite, offer_set_up, people, register, remove_person, reset_password,
    reset_second_factor, resume, second_factor, set_up, set_up_second_factor, sign_in, sign_out, staff_organisations, upkeep, verify_email,
    withdraw_invitation,
};

#[tokio::test]
async fn a_registration_is_nothing_until_its_letter_is_followed() {
    let desk = Desk::new().await;
    register(&desk.store, &desk.edge(), &registration(1, " A@Example.CN ")).await.unwrap();
    assert!(desk.password("a@example.cn").await.is_err());
    let secret = desk.secret("a@example.cn").await;
    verify_email(&desk.store, &desk.edge(), &secret).await.unwrap();
    let again = verify_email(&desk.store, &desk.edge(), &secret).await.unwrap_err();
    assert!(matches!(again, ServiceError::NotFound), "{again:?}");
    let token = desk.password("A@example.cn").await.unwrap();
    let signed_in = desk.resume(&token).await.unwrap();
    let session = signed_in.session().unwrap();
    assert_eq!(session.organisation_name(), "测试1有限公司");
    assert_eq!(session.acting().roles, BTreeSet::from([Role::Manager, Role::Handler]));
}

#[tokio::test]
async fn what_is_wrong_with_a_registration_stands_at_its_fields() {
    let desk = Desk::new().await;
    desk.enterprise(1, "a@example.cn").await;
    let good = || registration(2, "b@example.cn");
    for (path, form) in [
        ("kind", Registration { kind: "city_bureau".into(), ..good() }),
        ("organisation", Registration { organisation: " ".into(), ..good() }),
        ("credit_code", Registration { credit_code: "91000000000000002X".into(), ..good() }),
        ("credit_code", Registration { credit_code: credit_code(1), ..good() }),
        ("place", Registration { place: "hohhot".into(), ..good() }),
        ("name", Registration { name: String::new(), ..good() }),
        ("phone", Registration { phone: "12".into(), ..good() }),
        ("email", Registration { email: "b".into(), ..good() }),
        ("password", Registration { password: "short1".into(), ..good() }),
        ("password_again", Registration { password_again: "correct horse 2".into(), ..good() }),
    ] {
        let refusal = refusal(register(&desk.store, &desk.edge(), &form).await.unwrap_err());
        assert_eq!(refusal.errors.iter().map(|error| error.path.as_str()).collect::<Vec<_>>(), [path], "{refusal:?}");
    }
    assert!(desk.letters("b@example.cn").await.is_empty());
}

#[tokio::test]
async fn an_address_is_registered_once_and_nobody_learns_of_it() {
    let desk = Desk::new().await;
    desk.enterprise(1, "a@example.cn").await;
    register(&desk.store, &desk.edge(), &registration(2, "a@example.cn")).await.unwrap();
    let letter = desk.letters("a@example.cn").await.remove(0);
    assert!(letter.subject.contains("已有账号") && !letter.text.contains("/verify-email/"), "{letter:?}");
    ask_for_reset(&desk.store, &desk.edge(), "nobody@example.cn").await.unwrap();
    assert!(desk.letters("nobody@example.cn").await.is_empty());
}

#[tokio::test]
async fn of_two_registrations_of_one_organisation_the_first_followed_counts() {
    let desk = Desk::new().await;
    for email in ["a@example.cn", "b@example.cn"] {
        register(&desk.store, &desk.edge(), &registration(1, email)).await.unwrap();
    }
    verify_email(&desk.store, &desk.edge(), &desk.secret("b@example.cn").await).await.unwrap();
    let secret = desk.secret("a@example.cn").await;
    let late = refusal(verify_email(&desk.store, &desk.edge(), &secret).await.unwrap_err());
    assert_eq!(late.errors[0].path, "credit_code");
}

#[tokio::test]
async fn a_letter_is_good_for_a_day() {
    let mut desk = Desk::new().await;
    register(&desk.store, &desk.edge(), &registration(1, "a@example.cn")).await.unwrap();
    let secret = desk.secret("a@example.cn").await;
    desk.now_ms += 24 * 3_600_000;
    assert!(verify_email(&desk.store, &desk.edge(), &secret).await.is_err());
}

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

#[tokio::test]
async fn staff_set_up_a_second_factor_and_show_it_ever_after() {
    let mut desk = Desk::new().await;
    desk.administrator().await;
    let token = desk.password("admin@example.cn").await.unwrap();
    assert!(matches!(desk.resume(&token).await, Some(SignedIn::SetUp(_))));
    let (store, edge) = (desk.store.clone(), desk.edge());
    for (secret, code) in [("x", desk.code()), (desk::SECRET, "000000".into())] {
        refusal(set_up_second_factor(&store, &edge, &token, secret, &code).await.unwrap_err());
    }
    let acting = set_up_second_factor(&store, &edge, &token, desk::SECRET, &desk.code()).await.unwrap().to_string();
    assert!(matches!(desk.resume(&acting).await, Some(SignedIn::Acting(_))));
    assert_eq!(desk.resume(&token).await, None, "the secret from before is worth nothing");

    let token = desk.password("admin@example.cn").await.unwrap();
    assert!(matches!(desk.resume(&token).await, Some(SignedIn::SecondFactor(_))));
    let used = refusal(second_factor(&store, &desk.edge(), &token, &desk.code()).await.unwrap_err());
    assert!(used.message.contains("已使用过"), "{used:?}");
    assert!(set_up_second_factor(&store, &desk.edge(), &token, desk::SECRET, &desk.code()).await.is_err(), "not a second time");
    assert!(choose_organisation(&store, &desk.edge(), &token, "x", None).await.is_err());
    desk.now_ms += 30_000;
    let code = desk.code();
    second_factor(&store, &desk.edge(), &token, &code).await.unwrap();
}

#[tokio::test]
async fn wrong_codes_lock_the_second_factor() {
    let mut desk = Desk::new().await;
    desk.administrator().await;
    desk.session("admin@example.cn").await;
    let token = desk.password("admin@example.cn").await.unwrap();
    for _ in 0..5 {
        refusal(second_factor(&desk.store, &desk.edge(), &token, "000000").await.unwrap_err());
    }
    let locked = refusal(second_factor(&desk.store, &desk.edge(), &token, &desk.code()).await.unwrap_err());
    assert!(locked.message.contains("15分钟"), "{locked:?}");
}

#[tokio::test]
async fn the_first_administrator_is_made_once() {
    let desk = Desk::new().await;
    let old = offer_set_up(&desk.store, &desk.edge()).await.unwrap().unwrap().to_string();
    let code = offer_set_up(&desk.store, &desk.edge()).await.unwrap().unwrap().to_string();
    for wrong in ["", &old, &"0".repeat(32)] {
        let refusal = refusal(set_up(&desk.store, &desk.edge(), &first_administrator(wrong)).await.unwrap_err());
        assert_eq!(refusal.errors[0].path, "code", "{wrong}");
    }
    set_up(&desk.store, &desk.edge(), &first_administrator(&code)).await.unwrap();
    assert!(set_up(&desk.store, &desk.edge(), &first_administrator(&code)).await.is_err());
    assert!(offer_set_up(&desk.store, &desk.edge()).await.unwrap().is_none());
}

#[tokio::test]
async fn a_manager_invites_and_the_invited_joins() {
    let mut desk = Desk::new().await;
    desk.enterprise(1, "a@example.cn").await;
    desk.enterprise(2, "b@example.cn").await;
    let manager = desk.session("a@example.cn").await;
    let form = |email: &str, roles: &[&str]| Invitee {
        name: "王五".into(),
        email: email.into(),
        roles: roles.iter().map(|role| (*role).into()).collect(),
    };
    for (path, form) in [
        ("roles", form("c@example.cn", &[])),
        ("roles", form("c@example.cn", &["handler", "certifier"])),
        ("email", form("a@example.cn", &["certifier"])),
        ("name", Invitee { name: String::new(), ..form("c@example.cn", &["certifier"]) }),
    ] {
        assert_eq!(refusal(invite(&desk.store, &desk.edge(), &manager, &form).await.unwrap_err()).errors[0].path, path);
    }
    desk.colleague(&manager, "c@example.cn", "certifier").await;
    let certifier = desk.session("c@example.cn").await;
    assert!(certifier.acting().is(Role::Certifier) && !certifier.acting().is(Role::Manager));
    let denied = invite(&desk.store, &desk.edge(), &certifier, &form("d@example.cn", &["handler"])).await.unwrap_err();
    assert!(matches!(denied, ServiceError::Forbidden), "{denied:?}");

    // somebody who has an account already joins with it and then chooses
    invite(&desk.store, &desk.edge(), &manager, &form("b@example.cn", &["handler"])).await.unwrap();
    let secret = desk.secret("b@example.cn").await;
    assert_eq!(invitation(&desk.store, &desk.edge(), &secret).await.unwrap().1, Invited::Member);
    for known in [None, Some(manager.known())] {
        assert!(accept_as_known(&desk.store, &desk.edge(), &secret, known).await.is_err());
    }
    let b = desk.session("b@example.cn").await;
    accept_as_known(&desk.store, &desk.edge(), &secret, Some(b.known())).await.unwrap();
    assert!(accept_as_known(&desk.store, &desk.edge(), &secret, Some(b.known())).await.is_err(), "once");
    let token = desk.password("b@example.cn").await.unwrap();
    assert!(matches!(desk.resume(&token).await, Some(SignedIn::Choose(_))));
    assert!(choose_organisation(&desk.store, &desk.edge(), &token, "elsewhere", None).await.is_err());
    choose_organisation(&desk.store, &desk.edge(), &token, manager.acting().organisation.as_str(), None).await.unwrap();
    let session = desk.resume(&token).await.unwrap();
    assert_eq!(session.session().unwrap().acting().roles, BTreeSet::from([Role::Handler]));
}

#[tokio::test]
async fn an_invitation_can_be_taken_back_and_ends_by_itself() {
    let mut desk = Desk::new().await;
    desk.enterprise(1, "a@example.cn").await;
    let manager = desk.session("a@example.cn").await;
    for (email, wait_ms) in [("c@example.cn", 0), ("d@example.cn", 7 * 24 * 3_600_000)] {
        let form = Invitee { name: "王五".into(), email: email.into(), roles: vec!["handler".into()] };
        invite(&desk.store, &desk.edge(), &manager, &form).await.unwrap();
        assert_eq!(people(&desk.store, &desk.edge(), &manager).await.unwrap().invited[0].0.email, email);
        if wait_ms == 0 {
            withdraw_invitation(&desk.store, &desk.edge(), &manager, email).await.unwrap();
        }
        desk.now_ms += wait_ms;
        let gone = accept_as_new(&desk.store, &desk.edge(), &desk.secret(email).await, &new_person()).await.unwrap_err();
        assert!(matches!(gone, ServiceError::NotFound), "{gone:?}");
        assert!(people(&desk.store, &desk.edge(), &manager).await.unwrap().invited.is_empty());
    }
}

#[tokio::test]
async fn who_is_removed_is_out_at_once_and_may_be_asked_back() {
    let mut desk = Desk::new().await;
    desk.enterprise(1, "a@example.cn").await;
    desk.enterprise(2, "b@example.cn").await;
    let manager = desk.session("a@example.cn").await;
    let stranger = desk.session("b@example.cn").await;
    desk.colleague(&manager, "c@example.cn", "certifier").await;
    let token = desk.password("c@example.cn").await.unwrap();
    let person = desk.session("c@example.cn").await;
    let id = person.known().account.as_str();
    assert!(matches!(remove_person(&desk.store, &desk.edge(), &stranger, id).await, Err(ServiceError::NotFound)));
    remove_person(&desk.store, &desk.edge(), &manager, id).await.unwrap();
    assert_eq!(desk.resume(&token).await, None);
    assert!(desk.password("c@example.cn").await.is_err());
    let form = Invitee { name: "王五".into(), email: "c@example.cn".into(), roles: vec!["handler".into()] };
    invite(&desk.store, &desk.edge(), &manager, &form).await.unwrap();
    let secret = desk.secret("c@example.cn").await;
    assert_eq!(invitation(&desk.store, &desk.edge(), &secret).await.unwrap().1, Invited::Away);
    accept_as_known(&desk.store, &desk.edge(), &secret, None).await.unwrap();
    assert!(desk.session("c@example.cn").await.acting().is(Role::Handler));
}

#[tokio::test]
async fn roles_change_but_somebody_always_manages() {
    let mut desk = Desk::new().await;
    desk.enterprise(1, "a@example.cn").await;
    let manager = desk.session("a@example.cn").await;
    desk.colleague(&manager, "c@example.cn", "certifier").await;
    let own = manager.known().account.to_string();
    let other = desk.session("c@example.cn").await.known().account.to_string();
    let set = async |account: &str, words: &[&str]| {
        let words: Vec<String> = words.iter().map(|word| (*word).into()).collect();
        change_roles(&desk.store, &desk.edge(), &manager, account, &words).await
    };
    for (account, words, allowed) in [
        (&own, &["handler"][..], false),
        (&own, &["manager", "handler"], false),
        (&other, &["handler", "certifier"], false),
        (&other, &["manager", "certifier"], true),
        (&own, &["handler"], true),
        (&other, &[], false),
    ] {
        assert_eq!(set(account, words).await.is_ok(), allowed, "{words:?}");
    }
    refusal(remove_person(&desk.store, &desk.edge(), &manager, &other).await.unwrap_err());
}

#[tokio::test]
async fn an_administrator_adds_bureaus_and_nobody_else_does() {
    let mut desk = Desk::new().await;
    desk.administrator().await;
    desk.bureau("city_bureau", "city@example.cn").await;
    let token = desk.password("city@example.cn").await.unwrap();
    assert!(matches!(desk.resume(&token).await, Some(SignedIn::SetUp(_))));
    let city = desk.session("city@example.cn").await;
    assert!(city.second_factor() && staff_organisations(&desk.store, &city).await.is_err());
    let administrator = desk.session("admin@example.cn").await;
    assert_eq!(staff_organisations(&desk.store, &administrator).await.unwrap().len(), 2);
    desk.colleague(&city, "clerk@example.cn", "handler").await;
    let token = desk.token("clerk@example.cn").await;
    let clerk = desk.session("clerk@example.cn").await;
    refusal(reset_second_factor(&desk.store, &city, city.known().account.as_str()).await.unwrap_err());
    reset_second_factor(&desk.store, &city, clerk.known().account.as_str()).await.unwrap();
    assert_eq!(desk.resume(&token).await, None);
    let token = desk.password("clerk@example.cn").await.unwrap();
    assert!(matches!(desk.resume(&token).await, Some(SignedIn::SetUp(_))));
}

#[tokio::test]
async fn no_session_of_staff_is_built_without_a_second_factor() {
    let mut desk = Desk::new().await;
    desk.administrator().await;
    desk.session("admin@example.cn").await;
    let record = |noun: &'static str| {
        let store = desk.store.clone();
        async move { store.records_of("platform", noun, "", 1).await.unwrap().remove(0).state }
    };
    let account = serde_json::from_str(&record("account").await).unwrap();
    let organisation = serde_json::from_str(&record("organisation").await).unwrap();
    for second_factor in [false, true] {
        assert_eq!(Session::of(&account, &organisation, second_factor).is_some(), second_factor);
    }
    let unknown = resume(&desk.store, &desk.edge(), &"0".repeat(32)).await.unwrap();
    assert_eq!(unknown, None);
}
