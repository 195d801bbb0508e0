//! The people of an organisation: invited, joining, changing roles, leaving.

use std::collections::BTreeSet;

use records::account::Role;
use service::ServiceError;
use service::identity::{
    Invited, Invitee, SignedIn, accept_as_known, accept_as_new, change_roles, choose_organisation, invitation, invite, people,
    remove_person, reset_second_factor, staff_organisations, withdraw_invitation,
};

use crate::desk::{Desk, new_person, refusal};

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
