//! A site with a made-up programme that has every work officials do, and people of every kind of office.

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
use records::answers::{Answers, RowAnswers};
use records::organisation::{OrganisationEvent, OrganisationKind as Kind};
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

/// Every organisation: name, kind, place, its people's roles.
const ALL: [(&str, Kind, &str, &[&[Role]]); 8] = [
    ("甲公司", Kind::Enterprise, "hohhot-saihan", &[&[Role::Handler], &[Role::Certifier]]),
    ("乙公司", Kind::Enterprise, "hohhot-yuquan", &[&[Role::Handler], &[Role::Certifier]]),
    ("市局", Kind::CityBureau, "hohhot", &[&[Role::Handler], &[Role::Handler]]),
    ("区局", Kind::DistrictBureau, "hohhot-saihan", &[&[Role::Handler]]),
    ("评测中心", Kind::Evaluator, "hohhot", &[&[Role::Handler]]),
    ("会计所", Kind::Auditor, "hohhot", &[&[Role::Handler]]),
    ("财政局", Kind::FinanceBureau, "hohhot", &[&[Role::Handler]]),
    ("监督组", Kind::Supervisor, "hohhot", &[&[Role::Handler]]),
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

    /// What a hidden field holds.
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

fn library() -> Library {
    let pack = |folder: &str| testkit::files(&testkit::root().join(folder));
    let folders = [("grant".to_owned(), pack("crates/web/tests/desk_pack")), ("miit".to_owned(), pack("programmes/miit-2024/2024"))];
    let (library, failed) = Library::load(BTreeMap::from(folders));
    assert!(failed.is_empty(), "{failed:#?}");
    library
}

impl Site {
    pub async fn new() -> Self {
        let mut name = [0; 8];
        random(&mut name);
        let name = format!("desk_{}_{}", std::process::id(), u64::from_be_bytes(name));
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        let store = Store::open(&format!("sqlite:{}/test.db", folder.display())).await.unwrap();
        let files = Files::open(&folder.join("files"), None).unwrap();
        let library = Arc::new(library());
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

    pub fn desk(&self) -> Desk<'_> {
        let edge = Edge { now: Moment(NOW_UNIX_S * 1000), random, origin: "https://example.cn" };
        Desk { store: &self.store, library: &self.library, edge }
    }

    /// The person of an organisation, by place, signed in.
    pub async fn enter(&self, organisation: &str, person: usize) -> Person {
        let token = demo::enter(&self.store, &self.desk().edge, &account(organisation, person)).await.unwrap();
        let secret = Token::from_random([7; TOKEN_BYTES]);
        Person { cookies: format!("session={token}; form={secret}"), form_token: form_token(&secret) }
    }

    async fn call(&self, procedure: &str) -> String {
        let calling = Calling {
            programme: "grant".into(),
            procedure: procedure.into(),
            label: "第一批".into(),
            notice: "请申报。".into(),
            opens_on: "2026-01-10".into(),
            deadline_on: "2026-02-10".into(),
        };
        batch::open(&self.desk(), &acting("市局", 0), &calling).await.unwrap()
    }

    /// A file of an enterprise under a procedure, handed in with these answers.
    pub async fn filed(&self, enterprise: &str, procedure: &str, stage: &str, answers: Answers) -> String {
        let desk = self.desk();
        let (handler, certifier, batch) = (acting(enterprise, 0), acting(enterprise, 1), self.call(procedure).await);
        let id = application::start(&desk, &handler, &batch).await.unwrap();
        let draft = FillDraft { answers, ..FillDraft::default() };
        application::save_draft(&desk, &handler, &id, stage, 0, &draft).await.unwrap();
        let version = application::open(&desk, &handler, &id).await.unwrap().version;
        application::prepare(&desk, &handler, &id, version, stage).await.unwrap();
        let version = application::open(&desk, &certifier, &id).await.unwrap().version;
        application::sign(&desk, &certifier, &id, version, stage).await.unwrap();
        id
    }

    /// A subsidy's file with two invoices; what is not local fails a condition.
    pub async fn subsidy(&self, enterprise: &str, local: bool) -> String {
        let mut answers = Answers::default();
        answers.set("project.name", "某项目<b>");
        answers.set("enterprise.local", if local { "yes" } else { "no" });
        answers.set("enterprise.clean", "yes");
        scored("3").iter().for_each(|(path, text)| answers.set(path, text));
        let row =
            |id: &str, amount: &str| RowAnswers { id: id.into(), parent: None, texts: BTreeMap::from([("amount".into(), amount.into())]) };
        answers.rows.insert("invoice".into(), vec![row("1", "30000"), row("2", "20000")]);
        self.filed(enterprise, "subsidy", "fill", answers).await
    }

    /// A file that waits for a check that asks for nothing.
    pub async fn plain(&self, enterprise: &str) -> String {
        let mut answers = Answers::default();
        answers.set("project.name", "某项目");
        self.filed(enterprise, "roster", "join", answers).await
    }

    pub async fn get(&self, person: &Person, address: &str) -> Page {
        self.send(Request::get(address).header(header::COOKIE, &person.cookies), String::new()).await
    }

    pub async fn post(&self, person: &Person, address: &str, fields: &[(&str, &str)]) -> Page {
        let encoded = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
        let pairs = fields.iter().map(|(name, text)| format!("{}={}", encoded(name), encoded(text)));
        let body: Vec<String> = pairs.chain([format!("form_token={}", person.form_token)]).collect();
        let request = Request::post(address).header(header::COOKIE, &person.cookies);
        self.send(request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded"), body.join("&")).await
    }

    /// Posts a form with one file, as browsers do.
    pub async fn upload(&self, person: &Person, address: &str, fields: &[(&str, &str)], field: &str, file: &[u8]) -> Page {
        let part = |name: &str, text: &str| format!("--cut\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n");
        let mut body = part("form_token", &person.form_token).into_bytes();
        fields.iter().for_each(|(name, text)| body.extend(part(name, text).bytes()));
        let head = format!("--cut\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"报告.pdf\"\r\n\r\n");
        body.extend(head.bytes().chain(file.iter().copied()).chain("\r\n--cut--\r\n".bytes()));
        let request = Request::post(address).header(header::COOKIE, &person.cookies);
        self.send(request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=cut"), body).await
    }

    async fn send(&self, request: Builder, body: impl Into<Body>) -> Page {
        let response = self.router.clone().oneshot(request.body(body.into()).unwrap()).await.unwrap();
        let (head, body) = response.into_parts();
        let bytes = to_bytes(body, 8 << 20).await.unwrap().to_vec();
        Page { status: head.status, headers: head.headers, body: String::from_utf8_lossy(&bytes).into_owned(), bytes }
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Every question with its first option, every scenario at a level.
pub fn scored(level: &str) -> Vec<(String, String)> {
    let library = library();
    let pack = library.pack("grant").unwrap();
    let assessment = pack.assessment.as_ref().unwrap();
    let path = |input: usize| pack.inputs[0][input].id();
    let questions = assessment.questions.iter().map(|question| (path(question.input), question.options[0].0.id.clone()));
    questions.chain(assessment.scenarios.iter().map(|scenario| (path(scenario.input), level.to_owned()))).collect()
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
    let (_, kind, place, people) = ALL[number(organisation)];
    let roles = people[person].iter().copied().collect();
    let account = account(organisation, person).into();
    Acting { account, organisation: id(organisation).into(), kind, place: place.into(), roles, mandate: None }
}

fn settling((name, kind, place, people): (&str, Kind, &str, &[&[Role]])) -> Settling {
    let organisation = id(name);
    let code = (!kind.is_staff()).then(|| standards::CreditCode::with_check_character(&format!("91000000{:09}", number(name))).unwrap());
    let events = vec![OrganisationEvent::Registered {
        id: organisation.as_str().into(),
        kind,
        name: format!("{name}<b>"),
        credit_code: code.map(|code| code.as_str().to_owned()),
        place: place.into(),
    }];
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
