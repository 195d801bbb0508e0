//! A site with one made-up programme, enterprises with a handler and a certifier each, and a call to apply.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::request::Builder;
use axum::http::{Request, StatusCode, header};
use policy::library::Library;
use records::Moment;
use records::access::Acting;
use records::account::Role;
use records::organisation::OrganisationKind;
use service::batch::{self, Calling};
use service::identity::{Invitee, NewPerson, Registration, accept_as_new, form_token, invite, register, resume, sign_in, verify_email};
use service::kept_case::{TOKEN_BYTES, Token};
use service::mail::Letter;
use service::paper::Files;
use service::{Desk, Edge, Store};
use standards::credit_code::CreditCode;
use tower::ServiceExt as _;

const ORIGIN: &str = "http://127.0.0.1";
const PASSWORD: &str = "correct horse 1";
/// 2026-01-20 08:45 in China.
const NOW_UNIX_S: i64 = 1_768_869_900;

/// A site of its own, removed at the end.
pub struct Site {
    router: Router,
    store: Store,
    library: Arc<Library>,
    folder: PathBuf,
}

/// Somebody signed in, as a browser shows it.
pub struct Person {
    cookies: String,
    form_token: String,
}

/// An answer read to its end.
pub struct Page {
    pub status: StatusCode,
    pub body: String,
    location: String,
}

impl Page {
    /// Where it leads.
    pub fn location(&self) -> String {
        self.location.clone()
    }

    pub fn has(&self, parts: &[&str]) {
        parts.iter().for_each(|part| assert!(self.body.contains(part), "{part} is not in {}", self.body));
    }

    /// The version its form was made from.
    pub fn version(&self) -> String {
        let rest = self.body.split("name=\"version\" value=\"").nth(1).unwrap();
        rest.split('"').next().unwrap().to_owned()
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
    pub async fn new() -> Self {
        let mut name = [0; 8];
        random(&mut name);
        let name = format!("filling_{}_{}", std::process::id(), u64::from_be_bytes(name));
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        let store = Store::open(&format!("sqlite:{}/test.db", folder.display())).await.unwrap();
        let files = Files::open(&folder.join("files"), None).unwrap();
        let packs = ["crates/web/tests/sheet", "programmes/miit-2024/2024"];
        let packs = packs.map(|folder| (folder.to_owned(), testkit::files(&testkit::root().join(folder))));
        let (library, failed) = Library::load(BTreeMap::from(packs));
        assert!(failed.is_empty(), "{failed:#?}");
        let library = Arc::new(library);
        let state = web::State {
            library: library.clone(),
            store: store.clone(),
            files,
            clock: || NOW_UNIX_S,
            random,
            origin: ORIGIN.into(),
            press: Default::default(),
            demo: [].into(),
            inside: Default::default(),
        };
        Self { router: web::router(state), store, library, folder }
    }

    fn desk(&self) -> Desk<'_> {
        Desk { store: &self.store, library: &self.library, edge: edge() }
    }

    /// An enterprise with somebody who fills in and somebody who signs.
    pub async fn enterprise(&self, number: u32) -> (Person, Person) {
        let (handler, certifier) = (format!("zhang{number}@example.cn"), format!("wang{number}@example.cn"));
        let form = Registration {
            kind: "enterprise".into(),
            organisation: format!("测试{number}有限公司"),
            credit_code: CreditCode::with_check_character(&format!("91000000{number:09}")).unwrap().as_str().to_owned(),
            place: "hohhot-saihan".into(),
            name: "张三".into(),
            phone: "13800138000".into(),
            email: handler.clone(),
            password: PASSWORD.into(),
            password_again: PASSWORD.into(),
        };
        register(&self.store, &edge(), &form).await.unwrap();
        verify_email(&self.store, &edge(), &self.secret(&handler).await).await.unwrap();
        self.colleague(&handler, &certifier).await;
        (self.signed_in(&handler, 2 * number).await, self.signed_in(&certifier, 2 * number + 1).await)
    }

    async fn colleague(&self, manager: &str, email: &str) {
        let token = sign_in(&self.store, &edge(), manager, PASSWORD).await.unwrap().to_string();
        let manager = resume(&self.store, &edge(), &token).await.unwrap().unwrap();
        let invitee = Invitee { name: "王五".into(), email: email.into(), roles: vec!["certifier".into()] };
        invite(&self.store, &edge(), manager.session().unwrap(), &invitee).await.unwrap();
        let person =
            NewPerson { name: "王五".into(), phone: "0471-1234567".into(), password: PASSWORD.into(), password_again: PASSWORD.into() };
        accept_as_new(&self.store, &edge(), &self.secret(email).await, &person).await.unwrap();
    }

    async fn signed_in(&self, email: &str, number: u32) -> Person {
        let session = sign_in(&self.store, &edge(), email, PASSWORD).await.unwrap();
        let secret = Token::from_random([number as u8; TOKEN_BYTES]);
        Person { cookies: format!("session={session}; form={secret}"), form_token: form_token(&secret) }
    }

    /// The secret in the letter to an address.
    async fn secret(&self, to: &str) -> String {
        let rows = self.store.outbox("waiting", 100).await.unwrap();
        let letters = rows.iter().map(|row| serde_json::from_str::<Letter>(&row.body).unwrap());
        let letter = letters.into_iter().find(|letter| letter.to == to).unwrap();
        let link = letter.text.lines().find(|line| line.starts_with(ORIGIN)).unwrap();
        link.rsplit('/').next().unwrap().to_owned()
    }

    /// Begins a file in a fresh call, and answers its id.
    pub async fn started(&self, person: &Person) -> String {
        let bureau = Acting {
            account: "clerk".into(),
            organisation: "city".into(),
            kind: OrganisationKind::CityBureau,
            place: "hohhot".into(),
            roles: BTreeSet::from([Role::Handler]),
            mandate: None,
        };
        let calling = Calling {
            programme: "sheet".into(),
            procedure: "apply".into(),
            label: "第一批".into(),
            notice: "请申报。".into(),
            opens_on: "2026-01-20".into(),
            deadline_on: "2026-03-01".into(),
        };
        let batch = batch::open(&self.desk(), &bureau, &calling).await.unwrap();
        let begun = self.post(person, &format!("/batches/{batch}/start"), &[]).await;
        begun.location().split('/').nth(2).unwrap_or_else(|| panic!("{}", begun.body)).to_owned()
    }

    pub async fn get(&self, person: &Person, address: &str) -> Page {
        let address = address.split('#').next().unwrap();
        self.send(Request::get(address).header(header::COOKIE, &person.cookies), Vec::new()).await
    }

    pub async fn anonymous(&self, address: &str) -> Page {
        self.send(Request::get(address), Vec::new()).await
    }

    pub async fn post(&self, person: &Person, address: &str, fields: &[(&str, &str)]) -> Page {
        let encoded = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
        let pairs = fields.iter().map(|(name, text)| format!("{}={}", encoded(name), encoded(text)));
        let body: Vec<String> = pairs.chain([format!("form_token={}", person.form_token)]).collect();
        let request = Request::post(address).header(header::COOKIE, &person.cookies);
        self.send(request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded"), body.join("&").into_bytes()).await
    }

    /// Posts a form with one PDF and goes on.
    pub async fn upload(&self, person: &Person, address: &str, field: &str, name: &str) -> Page {
        self.upload_file(person, address, field, (name, "%PDF-1.7\n%%EOF\n")).await
    }

    /// Posts a form with one file and goes on.
    pub async fn upload_file(&self, person: &Person, address: &str, field: &str, (name, file): (&str, &str)) -> Page {
        let part = |head: &str, content: &str| format!("--cut\r\nContent-Disposition: form-data; {head}\r\n\r\n{content}\r\n");
        let parts = [
            part("name=\"form_token\"", &person.form_token),
            part("name=\"do\"", "next"),
            part(&format!("name=\"{field}\"; filename=\"{name}\""), file),
            "--cut--\r\n".to_owned(),
        ];
        let request = Request::post(address).header(header::COOKIE, &person.cookies);
        self.send(request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=cut"), parts.concat().into_bytes()).await
    }

    async fn send(&self, request: Builder, body: Vec<u8>) -> Page {
        let response = self.router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        let (head, body) = response.into_parts();
        let location = head.headers.get(header::LOCATION).map_or("", |value| value.to_str().unwrap()).to_owned();
        let body = to_bytes(body, 64 << 20).await.unwrap();
        Page { status: head.status, body: String::from_utf8(body.to_vec()).unwrap(), location }
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
