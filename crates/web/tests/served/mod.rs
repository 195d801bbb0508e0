//! A site that answers without a socket, over a library and a database of its own, and people who are signed in there. What stands in its
//! database is each test's own matter.
#![allow(dead_code, reason = "each test program uses its part of it")]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::request::Builder;
use axum::http::{HeaderMap, Request, StatusCode, header};
use policy::library::Library;
use records::Moment;
use service::demo;
use service::identity::form_token;
use service::kept_case::{TOKEN_BYTES, Token};
use service::paper::Files;
use service::{Desk, Edge, Store};
use tower::ServiceExt as _;

/// 2026-01-20 08:45 in China.
pub const NOW_UNIX_S: i64 = 1_768_869_900;
const DAY_S: i64 = 86_400;
const ORIGIN: &str = "https://example.cn";

/// Removed with its files at the end.
pub struct Served {
    router: Router,
    pub store: Store,
    pub library: Arc<Library>,
    folder: PathBuf,
}

/// Somebody as a browser shows it.
pub struct Person {
    cookies: String,
    form_token: String,
}

impl Person {
    /// With a session, and forms that come from pages of this browser.
    pub fn with(session: impl std::fmt::Display) -> Self {
        Self::of(&format!("session={session}; "), 7)
    }

    /// Not signed in, but the browser took a page of the site.
    pub fn nobody() -> Self {
        Self::of("", 9)
    }

    fn of(session: &str, secret: u8) -> Self {
        let secret = Token::from_random([secret; TOKEN_BYTES]);
        Self { cookies: format!("{session}form={secret}"), form_token: form_token(&secret) }
    }
}

/// An answer read to its end.
pub struct Page {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
    pub body: String,
}

impl Page {
    pub fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Where it leads.
    pub fn location(&self) -> &str {
        self.header(header::LOCATION)
    }

    pub fn has(&self, parts: &[&str]) {
        parts.iter().for_each(|part| assert!(self.body.contains(part), "{part} is not in {}", self.body));
    }

    pub fn lacks(&self, parts: &[&str]) {
        parts.iter().for_each(|part| assert!(!self.body.contains(part), "{part} is in {}", self.body));
    }

    /// What the first hidden field of a name holds.
    pub fn hidden(&self, name: &str) -> String {
        let rest = self.body.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_else(|| panic!("no {name} in {}", self.body));
        rest.split('"').next().unwrap().to_owned()
    }
}

/// Never the same twice.
pub fn random(bytes: &mut [u8]) {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let number = NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes();
    bytes.iter_mut().rev().zip(number.iter().rev()).for_each(|(byte, part)| *byte = *part);
}

/// A library of these folders of the repository.
pub fn library<const N: usize>(folders: [&str; N]) -> Library {
    let packs = folders.map(|folder| (folder.to_owned(), testkit::files(&testkit::root().join(folder))));
    let (library, failed) = Library::load(BTreeMap::from(packs));
    assert!(failed.is_empty(), "{failed:#?}");
    library
}

impl Served {
    pub async fn new(library: Library) -> Self {
        let mut name = [0; 8];
        random(&mut name);
        let name = format!("served_{}_{}", std::process::id(), u64::from_be_bytes(name));
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        let store = Store::open(&format!("sqlite:{}/test.db", folder.display())).await.unwrap();
        let files = Files::open(&folder.join("files"), None).unwrap();
        let library = Arc::new(library);
        let state = web::State {
            library: library.clone(),
            store: store.clone(),
            files,
            press: Default::default(),
            clock: || NOW_UNIX_S,
            random,
            origin: ORIGIN.into(),
            inside: Default::default(),
            about: Default::default(),
            demo: [].into(),
        };
        Self { router: web::router(state), store, library, folder }
    }

    /// A desk so many days after now.
    pub fn desk(&self, days: i64) -> Desk<'_> {
        let edge = Edge { now: Moment((NOW_UNIX_S + days * DAY_S) * 1000), random, origin: ORIGIN };
        Desk { store: &self.store, library: &self.library, edge }
    }

    /// Somebody on file, signed in.
    pub async fn enter(&self, account: &str) -> Person {
        Person::with(demo::enter(&self.store, &self.desk(0).edge, account).await.unwrap())
    }

    /// The address of its database.
    pub fn database(&self) -> String {
        format!("sqlite:{}/test.db", self.folder.display())
    }

    pub async fn get(&self, person: &Person, address: &str) -> Page {
        let address = address.split('#').next().unwrap();
        self.send(Request::get(address).header(header::COOKIE, &person.cookies), String::new()).await
    }

    pub async fn anonymous(&self, address: &str) -> Page {
        self.send(Request::get(address), String::new()).await
    }

    pub async fn post(&self, person: &Person, address: &str, fields: &[(&str, &str)]) -> Page {
        let encoded = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
        let pairs = fields.iter().map(|(name, text)| format!("{}={}", encoded(name), encoded(text)));
        let body: Vec<String> = pairs.chain([format!("form_token={}", person.form_token)]).collect();
        let request = Request::post(address).header(header::COOKIE, &person.cookies);
        self.send(request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded"), body.join("&")).await
    }

    /// Posts a form with one file, as browsers do.
    pub async fn upload(&self, person: &Person, address: &str, fields: &[(&str, &str)], file: File<'_>) -> Page {
        let part = |name: &str, text: &str| format!("--cut\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n");
        let mut body = part("form_token", &person.form_token).into_bytes();
        fields.iter().for_each(|(name, text)| body.extend(part(name, text).bytes()));
        let head = format!("--cut\r\nContent-Disposition: form-data; name=\"{}\"; filename=\"{}\"\r\n\r\n", file.field, file.name);
        body.extend(head.bytes().chain(file.content.iter().copied()).chain("\r\n--cut--\r\n".bytes()));
        let request = Request::post(address).header(header::COOKIE, &person.cookies);
        self.send(request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=cut"), body).await
    }

    async fn send(&self, request: Builder, body: impl Into<Body>) -> Page {
        let response = self.router.clone().oneshot(request.body(body.into()).unwrap()).await.unwrap();
        let (head, body) = response.into_parts();
        let bytes = to_bytes(body, 64 << 20).await.unwrap().to_vec();
        Page { status: head.status, headers: head.headers, body: String::from_utf8_lossy(&bytes).into_owned(), bytes }
    }
}

/// A file in a form.
pub struct File<'a> {
    pub field: &'a str,
    pub name: &'a str,
    pub content: &'a [u8],
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
