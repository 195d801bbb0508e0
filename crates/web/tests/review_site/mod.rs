//! A site on which the fixture's files wait for experts.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use policy::library::Library;
use records::Moment;
use records::access::Acting;
use records::account::{AccountEvent, Role};
use records::answers::Answers;
use records::organisation::{OrganisationEvent, OrganisationKind as Kind, Profile};
use service::application::{self, FillDraft};
use service::batch::{self, Calling};
use service::demo::{self, Settling};
use service::identity::form_token;
use service::kept_case::{TOKEN_BYTES, Token};
use service::paper::Files;
use service::{Desk, Edge, Store};
use tower::ServiceExt as _;

/// 2026-01-20 08:45 in China.
const NOW_UNIX_S: i64 = 1_768_869_900;
/// Where the files wait.
pub const STAGE: &str = "showcase-review";

/// Name, kind, place, employer and field.
const ALL: [(&str, Kind, &str, &str, &str); 9] = [
    ("甲公司", Kind::Enterprise, "hohhot-saihan", "", ""),
    ("乙公司", Kind::Enterprise, "hohhot-yuquan", "", ""),
    ("市局", Kind::CityBureau, "hohhot", "", ""),
    ("王一", Kind::Expert, "hohhot", "大学", "食品"),
    ("王二", Kind::Expert, "hohhot", "大学", "食品加工"),
    ("王三", Kind::Expert, "hohhot", "研究院", "纺织"),
    ("王四", Kind::Expert, "hohhot", "研究院", "机械"),
    ("王五", Kind::Expert, "hohhot-saihan", "大学", "食品"),
    ("王六", Kind::Expert, "hohhot", "乙公司", "食品"),
];

pub struct Site {
    router: Router,
    store: Store,
    library: Arc<Library>,
    folder: PathBuf,
}

/// An answer read to its end.
pub struct Page {
    pub status: StatusCode,
    pub location: String,
    pub body: String,
}

impl Page {
    pub fn has(&self, parts: &[&str]) {
        parts.iter().for_each(|part| assert!(self.body.contains(part), "{part} is not in {}", self.body));
    }

    pub fn lacks(&self, parts: &[&str]) {
        parts.iter().for_each(|part| assert!(!self.body.contains(part), "{part} is in {}", self.body));
    }

    /// What a hidden field holds.
    pub fn hidden(&self, name: &str) -> String {
        let rest = self.body.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_else(|| panic!("no {name} in {}", self.body));
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
        let name = {
            let mut name = [0; 8];
            random(&mut name);
            format!("review_{}_{}", std::process::id(), u64::from_be_bytes(name))
        };
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        let store = Store::open(&format!("sqlite:{}/test.db", folder.display())).await.unwrap();
        let files = Files::open(&folder.join("files"), None).unwrap();
        let library = Arc::new(testkit::library());
        let state = web::State {
            library: library.clone(),
            store: store.clone(),
            files,
            clock: || NOW_UNIX_S,
            random,
            origin: "https://example.cn".into(),
            inside: Default::default(),
            press: Default::default(),
            demo: [].into(),
        };
        let settling: Vec<Settling> = (0..ALL.len()).map(settling).collect();
        demo::settle(&store, Moment(NOW_UNIX_S * 1000), &settling).await.unwrap();
        Self { router: web::router(state), store, library, folder }
    }

    pub fn desk(&self) -> Desk<'_> {
        let edge = Edge { now: Moment(NOW_UNIX_S * 1000), random, origin: "https://example.cn" };
        Desk { store: &self.store, library: &self.library, edge }
    }

    /// A file of each enterprise that waits for its experts.
    pub async fn filed(&self, enterprises: &[&str]) -> Vec<String> {
        let desk = self.desk();
        let calling = Calling {
            programme: self.programme(),
            procedure: "showcase".into(),
            label: "第一批".into(),
            notice: "请申报。".into(),
            opens_on: "2026-01-10".into(),
            deadline_on: "2026-02-10".into(),
        };
        let batch = batch::open(&desk, &acting("市局", 0), &calling).await.unwrap();
        let mut ids = Vec::new();
        for enterprise in enterprises {
            let (handler, certifier) = (acting(enterprise, 0), acting(enterprise, 1));
            let id = application::start(&desk, &handler, &batch).await.unwrap();
            let mut answers = Answers::default();
            [("enterprise.industry", "food"), ("profile.phone", "0471-1234567")].iter().for_each(|(path, text)| answers.set(path, text));
            let draft = FillDraft { answers, ..FillDraft::default() };
            application::save_draft(&desk, &handler, &id, "showcase-apply", 0, &draft).await.unwrap();
            let version = application::open(&desk, &handler, &id).await.unwrap().version;
            application::prepare(&desk, &handler, &id, version, "showcase-apply").await.unwrap();
            let version = application::open(&desk, &certifier, &id).await.unwrap().version;
            application::sign(&desk, &certifier, &id, version, "showcase-apply").await.unwrap();
            ids.push(id);
        }
        ids
    }

    /// The fixture's id.
    pub fn programme(&self) -> String {
        self.library.packs().find(|pack| pack.review(STAGE).is_some()).unwrap().id.clone()
    }

    async fn cookies(&self, organisation: &str) -> (String, String) {
        let token = demo::enter(&self.store, &self.desk().edge, &account(organisation, 0)).await.unwrap();
        let secret = Token::from_random([7; TOKEN_BYTES]);
        (format!("session={token}; form={secret}"), form_token(&secret))
    }

    pub async fn get(&self, who: &str, address: &str) -> Page {
        let (cookies, _) = self.cookies(who).await;
        self.send(Request::get(address).header(header::COOKIE, cookies).body(Body::empty()).unwrap()).await
    }

    pub async fn post(&self, who: &str, address: &str, fields: &[(&str, &str)]) -> Page {
        let (cookies, token) = self.cookies(who).await;
        let encoded = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
        let pairs = fields.iter().map(|(name, text)| format!("{}={}", encoded(name), encoded(text)));
        let body: Vec<String> = pairs.chain([format!("form_token={token}")]).collect();
        let request = Request::post(address).header(header::COOKIE, cookies);
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(body.join("&").into());
        self.send(request.unwrap()).await
    }

    async fn send(&self, request: Request<Body>) -> Page {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let location = response.headers().get(header::LOCATION).map_or("", |value| value.to_str().unwrap()).to_owned();
        let (status, bytes) = (response.status(), to_bytes(response.into_body(), 8 << 20).await.unwrap());
        Page { status, location, body: String::from_utf8_lossy(&bytes).into_owned() }
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
    let (_, kind, place, ..) = ALL[number(organisation)];
    let roles = BTreeSet::from([if person == 0 { Role::Handler } else { Role::Certifier }]);
    Acting {
        account: account(organisation, person).into(),
        organisation: id(organisation).into(),
        kind,
        place: place.into(),
        roles,
        mandate: None,
    }
}

fn settling(at: usize) -> Settling {
    let (name, kind, place, employer, field) = ALL[at];
    let code = (!kind.is_staff()).then(|| standards::CreditCode::with_check_character(&format!("91000000{at:09}")).unwrap());
    let registered = OrganisationEvent::Registered {
        id: id(name).into(),
        kind,
        name: name.into(),
        credit_code: code.map(|code| code.as_str().to_owned()),
        place: place.into(),
    };
    let fields = if field.is_empty() { Vec::new() } else { vec![field.to_owned()] };
    let described = OrganisationEvent::ProfileSet { profile: Profile { fields, employer: employer.into(), ..Profile::default() } };
    let people = (0..2).map(|person| settled(name, person)).collect();
    Settling { organisation: id(name), events: vec![registered, described], accounts: people }
}

fn settled(organisation: &str, person: usize) -> (String, Vec<AccountEvent>) {
    let account = account(organisation, person);
    let acting = acting(organisation, person);
    let opened = AccountEvent::Opened {
        id: acting.account.clone(),
        name: format!("张{person}"),
        email: format!("{account}@example.cn"),
        phone: String::new(),
    };
    (account, vec![opened, AccountEvent::RolesSet { organisation: acting.organisation, roles: acting.roles }])
}
