//! Registering, signing in and inviting, as a browser without scripts sees it.
#![allow(clippy::unwrap_used)]

mod browser;
mod site;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use browser::{Browser, PASSWORD, credit_code, hidden, registration};
use site::{Site, form};

#[tokio::test]
async fn from_registration_to_signing_out() {
    let site = Site::new().await;
    let browser = Browser::new(&site);
    browser.register(1, "a@example.cn").await;
    let first = browser.get("/people").await;
    assert_eq!((first.status, first.location()), (StatusCode::SEE_OTHER, "/sign-in?next=/people"));
    let fields = [("email", "A@example.cn"), ("password", PASSWORD)];
    let signed = browser.post_from("/sign-in?next=/people", "/sign-in?next=/people", &fields).await;
    assert_eq!(signed.location(), "/people", "{}", signed.body);
    let people = browser.get("/people").await;
    assert_eq!(people.header("cache-control"), "no-store");
    for part in ["张三", "测试&lt;b&gt;有限公司", "单位管理员、经办人", "退出"] {
        assert!(people.body.contains(part), "{part} is missing");
    }
    assert_eq!(browser.get("/sign-in").await.location(), "/", "signed in already");
    let out = browser.post_from("/people", "/sign-out", &[]).await;
    assert_eq!(out.location(), "/sign-in?said=signed-out");
    assert_eq!(browser.get("/people").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn an_error_keeps_everything_but_the_passwords() {
    let site = Site::new().await;
    let browser = Browser::new(&site);
    let code = credit_code(1);
    let mut fields = registration(&code, "b<>@example.cn");
    fields[4].1 = "";
    let page = browser.post("/register", &fields).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for part in [
        "value=\"测试&lt;b&gt;有限公司\"",
        "value=\"b&lt;&gt;@example.cn\"",
        "value=\"enterprise\" checked",
        "<option value=\"hohhot-saihan\" selected>",
        "href=\"#email\"",
        "href=\"#name\"",
        "aria-describedby=\"email-hint email-error\"",
        "密码请重新输入",
    ] {
        assert!(page.body.contains(part), "{part} is missing");
    }
    assert!(!page.body.contains(PASSWORD));
}

#[tokio::test]
async fn a_wrong_password_tells_nothing_and_too_many_lock() {
    let site = Site::new().await;
    let browser = Browser::new(&site);
    browser.register(1, "a@example.cn").await;
    let mut said = Vec::new();
    for email in ["a@example.cn", "nobody@example.cn"] {
        let page = browser.post("/sign-in", &[("email", email), ("password", "wrong horse 1")]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        said.push(page.body.replace(email, "").split("<main").nth(1).unwrap().to_owned());
    }
    assert_eq!(said[0], said[1]);
    for _ in 0..4 {
        browser.post("/sign-in", &[("email", "a@example.cn"), ("password", "wrong horse 1")]).await;
    }
    assert!(browser.sign_in("a@example.cn").await.body.contains("已暂停登录"));
}

#[tokio::test]
async fn forms_count_only_with_the_browsers_own_token() {
    let site = Site::new().await;
    let browser = Browser::new(&site);
    browser.register(1, "a@example.cn").await;
    browser.sign_in("a@example.cn").await;
    let stranger = Browser::new(&site);
    let foreign = hidden(&stranger.get("/register").await.body, "/register").remove(0).1;
    let long = "0".repeat(64);
    for token in ["", "x", &long, &foreign] {
        let body = Body::from(format!("form_token={token}&email=c@example.cn"));
        let answer = browser.send(form("/people"), body).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{token}");
    }
    let answer = browser.send(form("/sign-out"), Body::empty()).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert_eq!(browser.get("/people").await.status, StatusCode::OK);
}

#[tokio::test]
async fn what_was_typed_before_a_session_ended_can_be_sent_after_the_next_sign_in() {
    let site = Site::new().await;
    let browser = Browser::new(&site);
    browser.register(1, "a@example.cn").await;
    browser.sign_in("a@example.cn").await;
    let token = hidden(&browser.get("/people").await.body, "/people").remove(0).1;
    browser.cookies.borrow_mut().remove("session");
    let body = || Body::from(format!("form_token={token}&name=x&email=c@example.cn&roles=certifier"));
    let refused = browser.send(form("/people"), body()).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    assert!(refused.body.contains("已填写的内容不会丢失"));
    browser.sign_in("a@example.cn").await;
    assert_eq!(browser.send(form("/people"), body()).await.location(), "/people?said=invited");
}

#[tokio::test]
async fn a_second_person_joins_by_invitation() {
    let site = Site::new().await;
    let browser = Browser::new(&site);
    browser.register(1, "a@example.cn").await;
    browser.sign_in("a@example.cn").await;
    let both = [("name", "王五"), ("email", "c@example.cn"), ("roles", "handler"), ("roles", "certifier")];
    let page = browser.post("/people", &both).await;
    assert!(page.status == StatusCode::UNPROCESSABLE_ENTITY && page.body.contains("应由不同人员担任"), "{}", page.body);
    assert!(page.body.contains("value=\"certifier\" checked") && page.body.contains("value=\"王五\""));
    browser.post("/people", &[("name", "王五"), ("email", "c@example.cn"), ("roles", "certifier")]).await;
    assert!(browser.get("/people").await.body.contains("c@example.cn"));

    let other = Browser::new(&site);
    let link = format!("/invitations/{}", site.secret("c@example.cn").await);
    let page = other.get(&link).await;
    assert_eq!((page.header("cache-control"), page.header("referrer-policy")), ("no-store", "same-origin"));
    assert!(page.body.contains("value=\"王五\"") && page.body.contains("签发人"));
    let fields = [("name", "王五"), ("phone", "13800138001"), ("password", PASSWORD), ("password_again", PASSWORD)];
    assert_eq!(other.post(&link, &fields).await.location(), "/sign-in?said=joined");
    assert_eq!(other.get(&link).await.status, StatusCode::GONE);
    assert_eq!(other.sign_in("c@example.cn").await.location(), "/");
    assert_eq!(other.get("/people").await.status, StatusCode::NOT_FOUND, "only managers see the people");
}

#[tokio::test]
async fn a_forgotten_password_is_set_again() {
    let site = Site::new().await;
    let browser = Browser::new(&site);
    browser.register(1, "a@example.cn").await;
    for email in ["a@example.cn", "nobody@example.cn"] {
        assert_eq!(browser.post("/forgot-password", &[("email", email)]).await.location(), "/forgot-password?sent=1");
    }
    let link = format!("/reset-password/{}", site.secret("a@example.cn").await);
    let short = browser.post(&link, &[("password", "short"), ("password_again", "short")]).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    let new = "another horse 2";
    assert_eq!(browser.post(&link, &[("password", new), ("password_again", new)]).await.location(), "/sign-in?said=reset");
    assert_eq!(browser.get(&link).await.status, StatusCode::GONE);
    assert_eq!(browser.sign_in("a@example.cn").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(browser.post("/sign-in", &[("email", "a@example.cn"), ("password", new)]).await.location(), "/");
}

#[tokio::test]
async fn the_first_administrator_needs_the_code_and_a_second_factor() {
    let site = Site::new().await;
    let browser = Browser::new(&site);
    let code = site.set_up_code().await;
    let fields = |code| {
        [
            ("code", code),
            ("organisation", "运行单位"),
            ("place", "hohhot"),
            ("name", "赵六"),
            ("phone", "13900139000"),
            ("email", "admin@example.cn"),
            ("password", PASSWORD),
            ("password_again", PASSWORD),
        ]
    };
    let wrong = browser.post("/set-up", &fields("wrong")).await;
    assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.body.contains("href=\"#code\""));
    assert_eq!(browser.post("/set-up", &fields(&code)).await.location(), "/sign-in?said=set-up");
    assert_eq!(browser.get("/set-up").await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.sign_in("admin@example.cn").await.location(), "/sign-in/set-up");
    assert_eq!(browser.get("/people").await.location(), "/sign-in/set-up?next=/people");
    let page = browser.get("/sign-in/set-up").await;
    assert!(page.body.contains("<svg class=\"qr\"") && page.body.contains("密钥："));
    let wrong = browser.post("/sign-in/set-up", &[("code", "000000")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let secret = |page: &str| hidden(page, "/sign-in/set-up").into_iter().find(|(name, _)| name == "secret").unwrap().1;
    let code = site.authenticator(&secret(&wrong.body));
    let pairs = hidden(&wrong.body, "/sign-in/set-up").into_iter().chain([("code".to_owned(), code)]);
    let body: Vec<String> = pairs.map(|(name, text)| format!("{name}={text}")).collect();
    let session = browser.cookies.borrow()["session"].clone();
    let set = browser.send(form("/sign-in/set-up"), Body::from(body.join("&"))).await;
    assert_eq!(set.location(), "/", "{}", set.body);
    assert_ne!(browser.cookies.borrow()["session"], session, "the session has another secret");
    assert_eq!(browser.get("/people").await.status, StatusCode::OK);
    let again = Browser::new(&site);
    assert_eq!(again.sign_in("admin@example.cn").await.location(), "/sign-in/second-factor");
    let wrong = again.post("/sign-in/second-factor", &[("code", "000000")]).await;
    assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.body.contains("href=\"#code\""), "{}", wrong.body);
}

#[tokio::test]
async fn cookies_travel_by_tls_only_where_the_site_does() {
    let site = Site::new().await;
    for (proto, secure) in [("http", false), ("https", true)] {
        let request = Request::get("/sign-in").header("x-forwarded-proto", proto);
        let answer = site.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.header("set-cookie").contains("; Secure"), secure, "{proto}");
    }
    assert_eq!(site.get("/").await.header("set-cookie"), "", "no form, no cookie");
}
