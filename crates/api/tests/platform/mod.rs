//! A platform with a made-up programme, one organisation of every kind, and tokens for them.
#![allow(dead_code)] // each test program uses some of it

#[path = "../../../papers/tests/renderings/machine.rs"]
mod machine;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::request::Builder;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use policy::library::Library;
use records::Moment;
use records::access::Acting;
use records::account::{Account, AccountEvent, Role};
use records::organisation::{Organisation, OrganisationEvent, OrganisationKind as Kind, Profile};
use serde_json::Value;
use service::demo::{Settling, settle};
use service::document::Press;
use service::identity::Session;
use service::paper::Files;
use service::token::{Making, Scope, make};
use service::{Desk, Edge, Store};
use tower::ServiceExt as _;

/// 2026-01-20 08:45 in China.
pub const NOW_UNIX_S: i64 = 1_768_869_900;
const DAY_S: i64 = 86_400;

pub struct Platform {
    router: Router,
    pub store: Store,
    library: Arc<Library>,
    folder: PathBuf,
}

/// An answer read to its end.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|_| panic!("{} {}", self.status, String::from_utf8_lossy(&self.bytes)))
    }

    /// The answer, which has this status.
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", String::from_utf8_lossy(&self.bytes));
        self
    }

    /// The id of what was created.
    pub fn id(&self) -> String {
        self.json()["id"].as_str().unwrap().to_owned()
    }

    /// What kind of problem it is.
    pub fn problem(&self) -> String {
        assert_eq!(self.headers[header::CONTENT_TYPE], "application/problem+json");
        self.json()["type"].as_str().unwrap().trim_start_matches("urn:shuzhuan:").to_owned()
    }
}

fn random(bytes: &mut [u8]) {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let number = NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes();
    bytes.iter_mut().rev().zip(number.iter().rev()).for_each(|(byte, part)| *byte = *part);
}

/// The fonts of the machine.
fn press() -> Press {
    Press::of(machine::font_files()).unwrap()
}

fn library() -> Library {
    let pack = testkit::files(&testkit::root().join("crates/api/tests/pack"));
    let (library, failed) = Library::load(BTreeMap::from([("grant".to_owned(), pack)]));
    assert!(failed.is_empty(), "{failed:#?}");
    library
}

impl Platform {
    pub async fn new() -> Self {
        let mut name = [0; 8];
        random(&mut name);
        let name = format!("api_{}_{}", std::process::id(), u64::from_be_bytes(name));
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        let store = Store::open(&format!("sqlite:{}/test.db", folder.display())).await.unwrap();
        let files = Files::open(&folder.join("files"), None).unwrap();
        let library = Arc::new(library());
        let clock = || NOW_UNIX_S;
        let state = api::State {
            library: library.clone(),
            store: store.clone(),
            files,
            press: press(),
            clock,
            random,
            origin: "https://example.cn".into(),
        };
        settle(&store, Moment(NOW_UNIX_S * 1000), &Kind::ALL.map(settling)).await.unwrap();
        Self { router: api::router(state), store, library, folder }
    }

    /// A desk so many days after now.
    pub fn desk(&self, days: i64) -> Desk<'_> {
        let edge = Edge { now: Moment((NOW_UNIX_S + days * DAY_S) * 1000), random, origin: "https://example.cn" };
        Desk { store: &self.store, library: &self.library, edge }
    }

    /// The manager of an organisation, signed in.
    pub async fn session(&self, kind: Kind) -> Session {
        self.session_of(kind, 0).await
    }

    pub async fn session_of(&self, kind: Kind, person: usize) -> Session {
        let account: Account = self.state(&format!("{}-{person}", kind.as_str())).await;
        let organisation: Organisation = self.state(kind.as_str()).await;
        Session::of(&account, &organisation, true).unwrap()
    }

    async fn state<N: records::Noun>(&self, id: &str) -> N {
        serde_json::from_str(&self.store.record(N::NOUN, id).await.unwrap().unwrap().state).unwrap()
    }

    /// A token with these scopes.
    pub async fn token_for(&self, kind: Kind, scopes: &[Scope]) -> String {
        let scopes = scopes.iter().map(|scope| scope.as_str().to_owned()).collect();
        let making = Making { label: "财务系统".into(), scopes, expires_on: "2026-12-31".into() };
        make(&self.desk(0), &self.session(kind).await, &making).await.unwrap().secret
    }

    /// A token with all scopes that an organisation of its kind may have.
    pub async fn token(&self, kind: Kind) -> String {
        let scopes: Vec<Scope> = Scope::ALL.into_iter().filter(|scope| scope.is_for(kind)).collect();
        self.token_for(kind, &scopes).await
    }

    /// Tokens of another organisation of every kind, all of them in another place, with all scopes of their kind.
    pub async fn strangers(&self) -> Vec<(Kind, String)> {
        settle(&self.store, Moment(NOW_UNIX_S * 1000), &Kind::ALL.map(|kind| settling_at(kind, &elsewhere(kind), "changji")))
            .await
            .unwrap();
        let mut all = Vec::new();
        for kind in Kind::ALL {
            let account: Account = self.state(&format!("{}-0", elsewhere(kind))).await;
            let session = Session::of(&account, &self.state::<Organisation>(&elsewhere(kind)).await, true).unwrap();
            let scopes = Scope::ALL.into_iter().filter(|scope| scope.is_for(kind)).map(|scope| scope.as_str().to_owned()).collect();
            let making = Making { label: "别家的系统".into(), scopes, expires_on: "2026-12-31".into() };
            all.push((kind, make(&self.desk(0), &session, &making).await.unwrap().secret));
        }
        all
    }

    pub async fn get(&self, token: &str, path: &str) -> Answer {
        self.send(Method::GET, token, path, None, "").await
    }

    pub async fn post(&self, token: &str, path: &str, body: &Value) -> Answer {
        self.send(Method::POST, token, path, None, &body.to_string()).await
    }

    pub async fn send(&self, method: Method, token: &str, path: &str, version: Option<i64>, body: &str) -> Answer {
        let mut request =
            Request::builder().method(method).uri(format!("{}{path}", api::BASE)).header(header::CONTENT_TYPE, "application/json");
        if let Some(version) = version {
            request = request.header(header::IF_MATCH, format!("\"{version}\""));
        }
        self.sent(authorised(request, token), body.as_bytes().to_vec()).await
    }

    /// Uploads a file.
    pub async fn upload(&self, token: &str, name: &str, content: &[u8]) -> Answer {
        self.upload_to(token, "/papers", name, content).await
    }

    /// Sends a file somewhere.
    pub async fn upload_to(&self, token: &str, path: &str, name: &str, content: &[u8]) -> Answer {
        let head = format!("--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
        let body = [head.as_bytes(), content, b"\r\n--cut--\r\n"].concat();
        let request = Request::post(format!("{}{path}", api::BASE)).header(header::CONTENT_TYPE, "multipart/form-data; boundary=cut");
        self.sent(authorised(request, token), body).await
    }

    async fn sent(&self, request: Builder, body: Vec<u8>) -> Answer {
        let response = self.router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        let (head, body) = response.into_parts();
        let bytes = to_bytes(body, 8 << 20).await.unwrap().to_vec();
        Answer { status: head.status, headers: head.headers, bytes }
    }
}

fn authorised(request: Builder, token: &str) -> Builder {
    if token.is_empty() { request } else { request.header(header::AUTHORIZATION, format!("Bearer {token}")) }
}

impl Drop for Platform {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn place(kind: Kind) -> &'static str {
    if matches!(kind, Kind::Enterprise | Kind::DistrictBureau) { "hohhot-saihan" } else { "hohhot" }
}

/// A person of an organisation as the rules of access know it: 0 manages and fills in, 1 and 2 sign.
pub fn acting(kind: Kind, person: usize) -> Acting {
    let account = format!("{}-{person}", kind.as_str()).into();
    Acting { account, organisation: kind.as_str().into(), kind, place: place(kind).into(), roles: roles(person), mandate: None }
}

fn roles(person: usize) -> BTreeSet<Role> {
    if person == 0 { BTreeSet::from([Role::Manager, Role::Handler]) } else { BTreeSet::from([Role::Certifier]) }
}

fn elsewhere(kind: Kind) -> String {
    format!("{}-elsewhere", kind.as_str())
}

fn settling(kind: Kind) -> Settling {
    settling_at(kind, kind.as_str(), place(kind))
}

fn settling_at(kind: Kind, organisation: &str, place: &str) -> Settling {
    let organisation = organisation.to_owned();
    let number = kind as usize + 1_000 * organisation.len();
    let code = (!kind.is_staff()).then(|| standards::CreditCode::with_check_character(&format!("91000000{number:09}")).unwrap());
    let registered = OrganisationEvent::Registered {
        id: organisation.as_str().into(),
        kind,
        name: kind.label().to_owned(),
        credit_code: code.map(|code| code.as_str().to_owned()),
        place: place.into(),
    };
    let profile = Profile { bank: "演示银行".into(), bank_account: "6222".into(), ..Profile::default() };
    let accounts = (0..3).map(|person| settled(&organisation, person)).collect();
    Settling { organisation, events: vec![registered, OrganisationEvent::ProfileSet { profile }], accounts }
}

fn settled(organisation: &str, person: usize) -> (String, Vec<AccountEvent>) {
    let id = format!("{organisation}-{person}");
    let email = format!("{id}@example.cn");
    let opened = AccountEvent::Opened { id: id.as_str().into(), name: format!("张{person}"), email, phone: String::new() };
    (id, vec![opened, AccountEvent::RolesSet { organisation: organisation.into(), roles: roles(person) }])
}
