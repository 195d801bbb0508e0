//! 我的文件, as people of two enterprises use it.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::request::Builder;
use axum::http::{Request, Response, header};
use policy::library::Library;
use records::Moment;
use service::identity::{Registration, form_token, register, sign_in, verify_email};
use service::kept_case::{TOKEN_BYTES, Token};
use service::mail::Letter;
use service::paper::{FILE_MAX_BYTES, Files};
use service::{Edge, Store};
use standards::credit_code::CreditCode;
use tower::ServiceExt as _;

const PDF: &[u8] = b"%PDF-1.7\n%%EOF\n";
const ORIGIN: &str = "http://127.0.0.1";
const PASSWORD: &str = "correct horse 1";
const NOW_UNIX_S: i64 = 1_768_869_900;

/// A site with its files, removed at the end.
struct Site {
    router: Router,
    store: Store,
    folder: PathBuf,
}

/// Somebody signed in, as a browser shows it.
struct Person {
    cookies: String,
    form_token: String,
}

struct Answer {
    head: Response<()>,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.head.headers().get(name).map_or("", |value| value.to_str().unwrap())
    }

    fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    fn status(&self) -> u16 {
        self.head.status().as_u16()
    }

    fn holds(&self, parts: &[&str]) {
        let text = self.text();
        parts.iter().for_each(|part| assert!(text.contains(part), "{part} is not in {text}"));
    }
}

/// Never the same twice.
fn random(bytes: &mut [u8]) {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let number = NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes();
    bytes.iter_mut().rev().zip(number.iter().rev()).for_each(|(byte, part)| *byte = *part);
}

fn edge() -> Edge<'static> {
    Edge { now: Moment(NOW_UNIX_S * 1000), random, origin: ORIGIN }
}

impl Site {
    async fn new() -> Self {
        let mut name = [0; 8];
        random(&mut name);
        let name = format!("papers_{}_{}", std::process::id(), u64::from_be_bytes(name));
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        let store = Store::open(&format!("sqlite:{}/test.db", folder.display())).await.unwrap();
        let files = Files::open(&folder.join("files"), None).unwrap();
        let library = Arc::new(Library::load(BTreeMap::new()).0);
        let state = web::State {
            library,
            store: store.clone(),
            files,
            clock: || NOW_UNIX_S,
            random,
            origin: ORIGIN.into(),
            press: Default::default(),
            demo: [].into(),
            inside: Default::default(),
            about: Default::default(),
        };
        Self { router: web::router(state), store, folder }
    }

    /// Registers an enterprise and signs its first person in.
    async fn person(&self, number: u32) -> Person {
        let email = format!("zhang{number}@example.cn");
        let form = Registration {
            kind: "enterprise".into(),
            organisation: format!("测试{number}有限公司"),
            credit_code: CreditCode::with_check_character(&format!("91000000{number:09}")).unwrap().as_str().to_owned(),
            place: "hohhot-saihan".into(),
            name: "张三".into(),
            phone: "13800138000".into(),
            email: email.clone(),
            password: PASSWORD.into(),
            password_again: PASSWORD.into(),
        };
        register(&self.store, &edge(), &form).await.unwrap();
        verify_email(&self.store, &edge(), &self.secret(&email).await).await.unwrap();
        let session = sign_in(&self.store, &edge(), &email, PASSWORD).await.unwrap();
        let secret = Token::from_random([number as u8; TOKEN_BYTES]);
        Person { cookies: format!("session={session}; form={secret}"), form_token: form_token(&secret) }
    }

    /// The secret in the letter to an address.
    async fn secret(&self, to: &str) -> String {
        let rows = self.store.outbox("waiting", 10).await.unwrap();
        let letters = rows.iter().map(|row| serde_json::from_str::<Letter>(&row.body).unwrap());
        let letter = letters.into_iter().find(|letter| letter.to == to).unwrap();
        let link = letter.text.lines().find(|line| line.starts_with(ORIGIN)).unwrap();
        link.rsplit('/').next().unwrap().to_owned()
    }

    async fn send(&self, request: Builder, body: Vec<u8>) -> Answer {
        let response = self.router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        let (head, body) = response.into_parts();
        Answer { head: Response::from_parts(head, ()), body: to_bytes(body, 64 << 20).await.unwrap().to_vec() }
    }

    async fn get(&self, person: &Person, address: &str) -> Answer {
        self.send(Request::get(address).header(header::COOKIE, &person.cookies), Vec::new()).await
    }

    async fn remove(&self, person: &Person, id: &str) -> Answer {
        let request = Request::post(format!("/papers/{id}/remove")).header(header::COOKIE, &person.cookies);
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, format!("form_token={}", person.form_token).into_bytes()).await
    }

    /// Posts files as the form does, or as a script does that asks for JSON.
    async fn upload(&self, person: &Person, accept: &str, files: &[(&str, &[u8])]) -> Answer {
        let token = &person.form_token;
        let mut body = format!("--cut\r\nContent-Disposition: form-data; name=\"form_token\"\r\n\r\n{token}\r\n").into_bytes();
        for (name, content) in files {
            let head = format!("--cut\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n");
            body.extend([head.as_bytes(), content, b"\r\n"].concat());
        }
        body.extend(b"--cut--\r\n");
        let request = Request::post("/papers").header(header::COOKIE, &person.cookies).header(header::ACCEPT, accept);
        self.send(request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=cut"), body).await
    }

    /// Uploads a file and gives back its id.
    async fn uploaded(&self, person: &Person, name: &str, content: &[u8]) -> String {
        let answer = self.upload(person, "application/json", &[(name, content)]).await;
        let answer: serde_json::Value = serde_json::from_str(&answer.text()).unwrap();
        answer["files"][0]["id"].as_str().unwrap().to_owned()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

#[tokio::test]
async fn files_are_uploaded_listed_opened_and_removed() {
    let site = Site::new().await;
    let (one, other) = (site.person(1).await, site.person(2).await);
    site.get(&one, "/papers").await.holds(&["还没有文件"]);
    let sent = site.upload(&one, "text/html", &[("合同.pdf", PDF), ("照片.jpg", b"\xff\xd8\xff\xe0")]).await;
    assert_eq!((sent.status(), sent.header("location")), (303, "/papers?added=2"), "{}", sent.text());
    let list = site.get(&one, "/papers?added=2").await;
    list.holds(&["已上传2个文件", "合同.pdf", "照片.jpg", "共2个文件", "2026年1月20日 08:45", "JPG 图片", "可以使用"]);
    site.get(&other, "/papers").await.holds(&["还没有文件"]);

    let id = site.uploaded(&one, "合同-又一次.pdf", PDF).await;
    assert_eq!(site.get(&one, &format!("/papers/{id}")).await.body, PDF);
    assert_eq!(site.get(&other, &format!("/papers/{id}")).await.status(), 404);
    site.remove(&other, &id).await;
    assert_eq!(site.get(&one, &format!("/papers/{id}")).await.status(), 200, "not theirs to remove");
    for _ in 0..2 {
        assert_eq!(site.remove(&one, &id).await.header("location"), "/papers?removed=1");
    }
    assert_eq!(site.get(&one, &format!("/papers/{id}")).await.status(), 404);
}

#[tokio::test]
async fn a_file_can_do_nothing_but_be_looked_at() {
    let site = Site::new().await;
    let person = site.person(1).await;
    let large = [PDF, &vec![b' '; 200_000]].concat();
    let id = site.uploaded(&person, "合同 (终).pdf", &large).await;
    let answer = site.get(&person, &format!("/papers/{id}")).await;
    assert_eq!(answer.body, large);
    for (name, value) in [
        ("content-type", "application/pdf"),
        ("content-length", "200015"),
        ("content-disposition", "inline; filename=\"file.pdf\"; filename*=UTF-8''%E5%90%88%E5%90%8C%20%28%E7%BB%88%29.pdf"),
        ("content-security-policy", "default-src 'none'; sandbox; frame-ancestors 'self'"),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "no-store"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(answer.header(name), value, "{name}");
    }
    let id = site.uploaded(&person, "发票.xml", b"<EInvoice/>").await;
    let answer = site.get(&person, &format!("/papers/{id}")).await;
    assert!(answer.header("content-disposition").starts_with("attachment; "), "{}", answer.header("content-disposition"));
}

#[tokio::test]
async fn what_is_refused_says_why_and_the_rest_is_kept() {
    let site = Site::new().await;
    let person = site.person(1).await;
    let sent = site.upload(&person, "text/html", &[("合同.pdf", PDF), ("<b>.pdf", b"MZ\x90"), ("", b"")]).await;
    assert_eq!(sent.status(), 422);
    sent.holds(&["其余1个文件已上传，以下1个没有", "“&lt;b&gt;.pdf”：这是程序或脚本文件", "合同.pdf"]);
    let none = site.upload(&person, "text/html", &[("", b"")]).await;
    assert_eq!(none.status(), 422);
    none.holds(&["请先选择要上传的文件"]);
    let json = site.upload(&person, "application/json", &[("a.pdf", b"")]).await;
    assert_eq!(json.status(), 422);
    let json: serde_json::Value = serde_json::from_str(&json.text()).unwrap();
    assert_eq!(json["files"][0]["refused"], "文件是空的（0字节），请核对后重新上传。");
}

#[tokio::test]
async fn too_large_a_file_gets_an_answer() {
    let site = Site::new().await;
    let person = site.person(1).await;
    let large = vec![b' '; FILE_MAX_BYTES as usize + 1];
    let sent = site.upload(&person, "text/html", &[("大.pdf", &large), ("合同.pdf", PDF)]).await;
    assert_eq!(sent.status(), 422);
    sent.holds(&["“大.pdf”：文件超过50兆字节", "其余1个文件已上传"]);
}

#[tokio::test]
async fn strangers_and_forms_of_other_browsers_upload_nothing() {
    let site = Site::new().await;
    let person = site.person(1).await;
    let stranger = Person { cookies: String::new(), form_token: person.form_token.clone() };
    assert_eq!(site.upload(&stranger, "text/html", &[("a.pdf", PDF)]).await.status(), 401);
    assert_eq!(site.get(&stranger, "/papers").await.status(), 303);
    let forged = Person { cookies: person.cookies.clone(), form_token: "x".into() };
    assert_eq!(site.upload(&forged, "text/html", &[("a.pdf", PDF)]).await.status(), 403);
    site.get(&person, "/papers").await.holds(&["还没有文件"]);
}
