//! Registering: nothing until the letter is followed, once, and nobody learns who is registered.

use std::collections::BTreeSet;

use records::account::Role;
use service::ServiceError;
use service::identity::{Registration, ask_for_reset, register, verify_email};

use crate::desk::{Desk, credit_code, refusal, registration};

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
