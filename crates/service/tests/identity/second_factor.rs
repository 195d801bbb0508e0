//! The second factor of staff, and the first administrator.

use service::identity::{Session, SignedIn, choose_organisation, offer_set_up, resume, second_factor, set_up, set_up_second_factor};

use crate::desk::{self, Desk, first_administrator, refusal};

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
