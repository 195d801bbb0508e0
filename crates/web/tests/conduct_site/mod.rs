//! A site with a made-up programme that runs from the call to the payment, and people of every kind of organisation.
#![allow(dead_code)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::request::Builder;
use axum::http::{HeaderMap, Request, StatusCode, header};
use policy::library::Library;
use records::Moment;
use records::access::Acting;
use records::account::{AccountEvent, Role};
use records::answers::Answers;
use records::application::Official;
use records::organisation::{OrganisationEvent, OrganisationKind as Kind, Profile};
use service::application::{self, FillDraft};
use service::demo::{self, Settling};
use service::identity::form_token;
use service::kept_case::{TOKEN_BYTES, Token};
use service::paper::Files;
use service::{Desk, Edge, Store};
use tower::ServiceExt as _;

/// 2026-01-20 08:45 in China.
pub const NOW_UNIX_S: i64 = 1_768_869_900;
const DAY_S: i64 = 86_400;

/// An organisation: name, kind, place, whether it has a bank account, its people's roles.
type Row = (&'static str, Kind, &'static str, bool, &'static [&'static [Role]]);

/// Every organisation.
const ALL: [Row; 6] = [
    ("甲公司", Kind::Enterprise, "hohhot-saihan", true, &[&[Role::Manager, Role::Handler], &[Role::Certifier]]),
    ("乙公司", Kind::Enterprise, "hohhot-saihan", false, &[&[Role::Manager, Role::Handler], &[Role::Certifier]]),
    ("丙服务商", Kind::Provider, "hohhot-saihan", true, &[&[Role::Manager, Role::Handler], &[Role::Certifier]]),
    ("市局", Kind::CityBureau, "hohhot", false, &[&[Role::Manager, Role::Handler], &[Role::Certifier]]),
    ("财政局", Kind::FinanceBureau, "hohhot", false, &[&[Role::Handler], &[Role::Certifier], &[Role::Certifier]]),
    ("平台", Kind::Administrator, "hohhot", false, &[&[Role::Manager, Role::Handler]]),
];

pub struct Site {
    router: Router,
    pub store: Store,
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
    pub headers: HeaderMap,
    pub body: String,
}

impl Page {
    /// Where it leads.
    pub fn location(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |value| value.to_str().unwrap())
    }

    pub fn has(&self, parts: &[&str]) {
        parts.iter().for_each(|part| assert!(self.body.contains(part), "{part} is not in {}", self.body));
    }

    pub fn lacks(&self, parts: &[&str]) {
        parts.iter().for_each(|part| assert!(!self.body.contains(part), "{part} is in {}", self.body));
    }

    /// What a hidden field of its first form with that field holds.
    pub fn hidden(&self, name: &str) -> String {
        let rest = self.body.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap();
        rest.split('"').next().unwrap().to_owned()
    }
}

fn random(bytes: &mut [u8]) {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let number = NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes();
    bytes.iter_mut().rev().zip(number.iter().rev()).for_each(|(byte, part)| *byte = *part);
}

impl Site {
    pub async fn new() -> Self {
        let mut name = [0; 8];
        random(&mut name);
        let name = format!("conduct_{}_{}", std::process::id(), u64::from_be_bytes(name));
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        let store = Store::open(&format!("sqlite:{}/test.db", folder.display())).await.unwrap();
        let files = Files::open(&folder.join("files"), None).unwrap();
        let pack = testkit::files(&testkit::root().join("crates/web/tests/conduct_pack"));
        let (library, failed) = Library::load(BTreeMap::from([("grant".to_owned(), pack)]));
        assert!(failed.is_empty(), "{failed:#?}");
        let library = Arc::new(library);
        let (origin, demo) = ("https://example.cn".into(), [].into());
        let state = web::State {
            library: library.clone(),
            store: store.clone(),
            files,
            press: Default::default(),
            clock: || NOW_UNIX_S,
            random,
            origin,
            inside: Default::default(),
            demo,
        };
        demo::settle(&store, Moment(NOW_UNIX_S * 1000), &ALL.map(settling)).await.unwrap();
        Self { router: web::router(state), store, library, folder }
    }

    /// A desk so many days after now.
    pub fn desk(&self, days: i64) -> Desk<'_> {
        let edge = Edge { now: Moment((NOW_UNIX_S + days * DAY_S) * 1000), random, origin: "https://example.cn" };
        Desk { store: &self.store, library: &self.library, edge }
    }

    /// The person of an organisation, by place, signed in.
    pub async fn enter(&self, organisation: &str, person: usize) -> Person {
        let token = demo::enter(&self.store, &self.desk(0).edge, &account(organisation, person)).await.unwrap();
        let secret = Token::from_random([7; TOKEN_BYTES]);
        Person { cookies: format!("session={token}; form={secret}"), form_token: form_token(&secret) }
    }

    /// A file of an enterprise that waits for its publicity: filled in, signed and approved.
    pub async fn approved(&self, enterprise: &str, batch: &str) -> String {
        let desk = self.desk(0);
        let (handler, certifier) = (acting(enterprise, 0), acting(enterprise, 1));
        let id = application::start(&desk, &handler, batch).await.unwrap();
        let mut answers = Answers::default();
        answers.set("project.spent", "20万元");
        let draft = FillDraft { answers, ..FillDraft::default() };
        application::save_draft(&desk, &handler, &id, "fill", 0, &draft).await.unwrap();
        let version = application::open(&desk, &handler, &id).await.unwrap().version;
        application::prepare(&desk, &handler, &id, version, "fill").await.unwrap();
        let version = application::open(&desk, &certifier, &id).await.unwrap().version;
        application::sign(&desk, &certifier, &id, version, "fill").await.unwrap();
        application::approve(&desk, &acting("市局", 0), &id, None, "check", Official::default()).await.unwrap();
        id
    }

    /// Sends a file in a form of its own.
    pub async fn upload(&self, person: &Person, address: &str, field: &str, bytes: &[u8]) -> Page {
        self.upload_as(person, address, field, "a.zip", bytes).await
    }

    /// The same under a name.
    pub async fn upload_as(&self, person: &Person, address: &str, field: &str, name: &str, bytes: &[u8]) -> Page {
        let head = format!(
            "--x\r\nContent-Disposition: form-data; name=\"form_token\"\r\n\r\n{}\r\n--x\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\r\n",
            person.form_token
        );
        let body = [head.as_bytes(), bytes, b"\r\n--x--\r\n"].concat();
        let request = Request::post(address).header(header::COOKIE, &person.cookies);
        self.send(request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=x"), body).await
    }

    /// The address of its database.
    pub fn database(&self) -> String {
        format!("sqlite:{}/test.db", self.folder.display())
    }

    pub async fn get(&self, person: &Person, address: &str) -> Page {
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

    /// Somebody who is not signed in, but whose browser took a page of the site.
    pub fn nobody(&self) -> Person {
        let secret = Token::from_random([9; TOKEN_BYTES]);
        Person { cookies: format!("form={secret}"), form_token: form_token(&secret) }
    }

    async fn send(&self, request: Builder, body: impl Into<Body>) -> Page {
        let response = self.router.clone().oneshot(request.body(body.into()).unwrap()).await.unwrap();
        let (head, body) = response.into_parts();
        let bytes = to_bytes(body, 8 << 20).await.unwrap();
        Page { status: head.status, headers: head.headers, body: String::from_utf8_lossy(&bytes).into_owned() }
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn number(organisation: &str) -> usize {
    ALL.iter().position(|(name, ..)| *name == organisation).unwrap()
}

/// The id of an organisation.
pub fn id(organisation: &str) -> String {
    format!("org{}", number(organisation))
}

fn account(organisation: &str, person: usize) -> String {
    format!("{}-{person}", id(organisation))
}

/// A person as the rules of access know it.
pub fn acting(organisation: &str, person: usize) -> Acting {
    let (_, kind, place, _, people) = ALL[number(organisation)];
    let roles = people[person].iter().copied().collect();
    let account = account(organisation, person).into();
    Acting { account, organisation: id(organisation).into(), kind, place: place.into(), roles, mandate: None }
}

fn settling((name, kind, place, banked, people): Row) -> Settling {
    let organisation = id(name);
    let code = (!kind.is_staff()).then(|| standards::CreditCode::with_check_character(&format!("91000000{:09}", number(name))).unwrap());
    let mut events = vec![OrganisationEvent::Registered {
        id: organisation.as_str().into(),
        kind,
        name: format!("{name}<b>"),
        credit_code: code.map(|code| code.as_str().to_owned()),
        place: place.into(),
    }];
    if banked {
        let profile = Profile { bank: "某银行".into(), bank_account: "6222000011112222".into(), ..Profile::default() };
        events.push(OrganisationEvent::ProfileSet { profile });
    }
    let accounts = people.iter().enumerate().map(|(at, roles)| settled(&organisation, at, roles)).collect();
    Settling { organisation, events, accounts }
}

fn settled(organisation: &str, person: usize, roles: &[Role]) -> (String, Vec<AccountEvent>) {
    let id = format!("{organisation}-{person}");
    let email = format!("{id}@example.cn");
    let opened = AccountEvent::Opened { id: id.as_str().into(), name: format!("张{person}"), email, phone: String::new() };
    let roles: BTreeSet<Role> = roles.iter().copied().collect();
    (id, vec![opened, AccountEvent::RolesSet { organisation: organisation.into(), roles }])
}
