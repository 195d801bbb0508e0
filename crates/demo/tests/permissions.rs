//! Every address of the site × everybody of the demo city: who gets what. The table in `permissions.txt` is read by people
//! before it is renewed (`WRITE_SNAPSHOTS=1`); an address without a line in it fails, and so does an answer that changed.
#![allow(clippy::unwrap_used)]

mod doers;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, header};
use demo::{City, DemoPerson, Ground};
use records::Moment;
use service::paper::Files;
use service::{Edge, Store};
use standards::Date;
use store::{ApplicationFilter, ApplicationSort, Page, ProductFilter};
use tower::ServiceExt as _;

const TABLE: &str = "tests/permissions.txt";

fn random(bytes: &mut [u8]) {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let next = NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes();
    bytes.fill(0);
    bytes.iter_mut().rev().zip(next.iter().rev()).for_each(|(byte, next)| *byte = *next);
}

fn now_s() -> i64 {
    Moment::start_of(Date::parse("2026-11-23").unwrap()).0 / 1000
}

/// Everybody, in the order of the columns.
const COLUMNS: [&str; 12] =
    ["nobody", "enterprise", "signer", "provider", "city", "finance", "evaluator", "auditor", "supervisor", "admin", "district", "other"];

#[tokio::test]
async fn every_address_for_everybody() {
    let folder = std::env::temp_dir().join(format!("shuzhuan-permissions-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let store = Store::open(&format!("sqlite:{}", folder.join("demo.db").display())).await.unwrap();
    let files = Files::open(&folder.join("files"), None).unwrap();
    let library = Arc::new(testkit::library());
    let city = City::own().unwrap().thinned(1);
    let ground = Ground { store: &store, blobs: &files.blobs, library: &library, random, now: Moment(now_s() * 1000) };
    demo::make(&ground, &city, &mut |_| {}).await.unwrap();
    let ids = ids(&store).await;
    let site = web::router(web::State {
        library: library.clone(),
        store: store.clone(),
        files,
        clock: now_s,
        random,
        origin: "http://localhost".into(),
        press: Default::default(),
        demo: [].into(),
        inside: Default::default(),
        about: Default::default(),
    });
    let visitors = visitors(&store, &site, &demo::people(&city)).await;
    let mut table = format!("{:<62}{}\n", "", COLUMNS.map(|column| format!("{column:>11}")).concat());
    let own = format!("/files/{}", own_file(&store).await);
    assert_eq!(doers::unlisted(&addresses()), Vec::<String>::new());
    let mut told_first = Vec::new();
    for (method, pattern) in addresses() {
        // A file under review that none of the visitors handed in, and one of the first visitor's own.
        let mut asked = vec![(pattern.clone(), filled(&pattern, &ids))];
        let route = pattern.clone();
        if let Some(rest) = pattern.strip_prefix("/files/{id}") {
            asked.push((format!("/files/{{own}}{rest}"), filled(&format!("{own}{rest}"), &ids)));
        }
        for (pattern, address) in asked {
            write!(table, "{method:<5}{pattern:<57}").unwrap();
            for (visitor, column) in visitors.iter().zip(COLUMNS) {
                let status = visitor.asks(&site, &method, &address).await;
                if method == Method::POST && !doers::is_right(&route, column, status) {
                    told_first.push(format!("{pattern} for {column}: {status}"));
                }
                write!(table, "{status:>11}").unwrap();
            }
            table.push('\n');
        }
    }
    let told = told_to_strangers(&site, &visitors, &ids).await;
    std::fs::remove_dir_all(folder).unwrap();
    compare(&table);
    assert!(told_first.is_empty(), "who may is asked after what was sent:\n{}", told_first.join("\n"));
    assert!(told.is_empty(), "what a stranger may not see answers otherwise than what is not there:\n{}", told.join("\n"));
}

/// Whose things a stranger must not learn of: the page by which one is seen.
const SEEN: [&str; 8] = [
    "/files/{id}",
    "/conduct/payments/{id}",
    "/conduct/publicity/{id}",
    "/conduct/batches/{id}",
    "/conduct/products/{id}",
    "/organisations/{id}",
    "/dossiers/{organisation}",
    "/admin/packs/{programme}/{version}",
];

/// Addresses that answer somebody otherwise for a thing he may not see than for one that does not exist: by their status, or by a word on
/// the page.
async fn told_to_strangers(site: &Router, visitors: &[Browser], ids: &BTreeMap<&'static str, String>) -> Vec<String> {
    let none: BTreeMap<&'static str, String> = ids.iter().map(|(known, with)| (*known, nowhere(known, with))).collect();
    let mut told = Vec::new();
    for seen in SEEN {
        let (page, below) = (filled(seen, ids), format!("{seen}/"));
        let all: Vec<_> = addresses().into_iter().filter(|(_, pattern)| pattern == seen || pattern.starts_with(&below)).collect();
        for (visitor, column) in visitors.iter().zip(COLUMNS) {
            if visitor.asks(site, &Method::GET, &page).await != 404 {
                continue;
            }
            for (method, pattern) in &all {
                let (real, unknown) = (filled(pattern, ids), filled(pattern, &none));
                let (one, other) = (visitor.answer(site, method, &real).await, visitor.answer(site, method, &unknown).await);
                if (one.0, one.1.replace(&real, "")) != (other.0, other.1.replace(&unknown, "")) {
                    told.push(format!("{method} {pattern} for {column}: {} and {}", one.0, other.0));
                }
            }
        }
    }
    told
}

/// The same kind of address with nothing behind it.
fn nowhere(known: &str, with: &str) -> String {
    match (known, with.rsplit_once('/')) {
        ("{stage}" | "{kind}" | "{work}", _) => with.to_owned(),
        (_, Some((before, _))) => format!("{before}/nothing-has-this-id"),
        (_, None) => "nothing-has-this-id".to_owned(),
    }
}

fn compare(table: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(TABLE);
    if std::env::var_os("WRITE_SNAPSHOTS").is_some() {
        std::fs::write(&path, table).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    let differs: Vec<String> = table.lines().filter(|line| !kept.lines().any(|known| known == *line)).map(str::to_owned).collect();
    assert!(differs.is_empty() && kept.lines().count() == table.lines().count(), "not in {TABLE}:\n{}", differs.join("\n"));
}

/// The file that the first visitor's organisation handed in.
async fn own_file(store: &Store) -> String {
    let filter = ApplicationFilter {
        procedure: Some("subsidy".to_owned()),
        applicant: Some("demo-enterprise-0000".to_owned()),
        ..ApplicationFilter::default()
    };
    store.applications(&filter, ApplicationSort::Newest, Page::first(1)).await.unwrap().rows[0].id.clone()
}

/// One of each kind of thing, by what stands for it in addresses.
async fn ids(store: &Store) -> BTreeMap<&'static str, String> {
    let of = |procedure: &str, states: &[&str]| ApplicationFilter {
        procedure: Some(procedure.to_owned()),
        states: states.iter().map(|&state| state.to_owned()).collect(),
        ..ApplicationFilter::default()
    };
    let open = store.applications(&of("subsidy", &["in_review"]), ApplicationSort::Oldest, Page::first(50)).await.unwrap().rows;
    let file = open.iter().find(|row| row.stage == "qualification").unwrap_or(&open[0]);
    let lists = store.payment_lists(None, &[]).await.unwrap();
    let publicities = store.publicities(None, &[]).await.unwrap();
    let offered = ProductFilter { provider: Some("demo-provider-00".to_owned()), ..ProductFilter::default() };
    let product = store.products(&offered, Page::first(1)).await.unwrap().rows[0].id.clone();
    let batches = store.batches(&store::BatchFilter::default()).await.unwrap();
    BTreeMap::from([
        ("/files/{id}", format!("/files/{}", file.id)),
        ("{stage}", file.stage.clone()),
        ("{kind}", "form-application".to_owned()),
        ("{work}", "check".to_owned()),
        ("{organisation}", file.applicant.clone()),
        ("/conduct/payments/{id}", format!("/conduct/payments/{}", lists[0].id)),
        ("/publicity/{id}", format!("/publicity/{}", publicities[0].id)),
        ("/conduct/publicity/{id}", format!("/conduct/publicity/{}", publicities[0].id)),
        ("/calls/{id}", format!("/calls/{}", batches[0].id)),
        ("/conduct/batches/{id}", format!("/conduct/batches/{}", batches[0].id)),
        ("/batches/{id}", format!("/batches/{}", batches[0].id)),
        ("/organisations/{id}", format!("/organisations/{}", file.applicant)),
        ("/admin/packs/{programme}/{version}", "/admin/packs/hohhot-subsidy/2025".to_owned()),
        ("/products/{id}", format!("/products/{product}")),
        ("/home/products/{id}", format!("/home/products/{product}")),
        ("/conduct/products/{id}", format!("/conduct/products/{product}")),
        ("/programmes/{id}", "/programmes/hohhot-subsidy".to_owned()),
        ("/programmes/{id}/forms/{form}", "/programmes/hohhot-subsidy/forms/application".to_owned()),
        ("/programmes/{id}/forms/{form}/rows/{kind}", "/programmes/hohhot-subsidy/forms/costs/rows/invoice".to_owned()),
        ("/desk/answers/{programme}", "/desk/answers/hohhot-subsidy".to_owned()),
    ])
}

/// An address with real ids where there are any; the longest pattern first, so that none is filled in half.
fn filled(pattern: &str, ids: &BTreeMap<&'static str, String>) -> String {
    let mut all: Vec<_> = ids.iter().collect();
    all.sort_by_key(|(known, _)| std::cmp::Reverse(known.len()));
    let known = all.iter().fold(pattern.to_owned(), |address, (known, with)| {
        if known.starts_with('/') && !address.starts_with(*known) { address } else { address.replace(*known, with) }
    });
    let mut address = String::new();
    let mut rest = known.as_str();
    while let Some(at) = rest.find('{') {
        address.push_str(&rest[..at]);
        address.push('x');
        rest = &rest[at + rest[at..].find('}').unwrap() + 1..];
    }
    address + rest
}

/// Every route in the sources of the site, so that none can be forgotten.
fn addresses() -> Vec<(Method, String)> {
    let mut texts = Vec::new();
    read(&testkit::root().join("crates/web/src"), &mut texts);
    let mut all = Vec::new();
    for text in texts {
        for route in text.split(".route(").skip(1) {
            let written = route.trim_start().strip_prefix('"').and_then(|rest| rest.split_once('"'));
            let (path, handlers) = written.unwrap_or_else(|| panic!("an address must be written out where it is routed: {route:.80}"));
            let handlers = handlers.trim_start_matches([',', ' ', '\n']).split('\n').next().unwrap_or_default();
            assert!(
                handlers.contains("get(") || handlers.contains("post("),
                "{path}: who answers must stand behind the address: {handlers}"
            );
            for (word, method) in [("get(", Method::GET), ("post(", Method::POST)] {
                if handlers.contains(word) && !["/sign-out", "/assets/{name}"].contains(&path) {
                    all.push((method, path.to_owned()));
                }
            }
        }
    }
    all.sort_by(|(a, b), (c, d)| b.cmp(d).then(a.as_str().cmp(c.as_str())));
    all.dedup();
    all
}

fn read(folder: &Path, texts: &mut Vec<String>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            read(&path, texts);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            texts.push(std::fs::read_to_string(path).unwrap());
        }
    }
}

static CLIENTS: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(1);

/// A browser of somebody.
struct Browser {
    cookie: String,
    token: String,
}

async fn visitors(store: &Store, site: &Router, people: &[DemoPerson]) -> Vec<Browser> {
    let mut all = Vec::new();
    for column in COLUMNS {
        let session = match account(column, people) {
            Some(account) => {
                let edge = Edge { now: Moment(now_s() * 1000), random, origin: "http://localhost" };
                let token = service::demo::enter(store, &edge, &account).await.unwrap();
                format!("{}={token}; ", web::SESSION_COOKIE)
            }
            None => String::new(),
        };
        all.push(Browser::open(site, session).await);
    }
    all
}

fn account(column: &str, people: &[DemoPerson]) -> Option<String> {
    let labelled = |label: &str| people.iter().find(|person| person.label.starts_with(label)).map(|person| person.account.clone());
    match column {
        "nobody" => None,
        "enterprise" => labelled("企业"),
        "signer" => people
            .iter()
            .find(|person| person.label.starts_with("企业") && person.label.contains("签发人"))
            .map(|person| person.account.clone()),
        "provider" => labelled("服务商"),
        "city" => labelled("市级"),
        "finance" => labelled("财政"),
        "evaluator" => labelled("第三方"),
        "auditor" => labelled("审计"),
        "supervisor" => labelled("监督"),
        "admin" => labelled("平台"),
        "district" => labelled("旗县区"),
        _ => Some("demo-enterprise-0002-a".to_owned()),
    }
}

impl Browser {
    /// Opens a page with a form, and keeps the cookie and token that forms of this browser need.
    async fn open(site: &Router, session: String) -> Self {
        let request = Request::get("/register").header(header::COOKIE, &session).body(Body::empty()).unwrap();
        let response = site.clone().oneshot(request).await.unwrap();
        let set = response
            .headers()
            .get_all(header::SET_COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok()?.split(';').next())
            .collect::<Vec<_>>()
            .join("; ");
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        let body = String::from_utf8_lossy(&body).into_owned();
        let token =
            body.split("name=\"form_token\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned();
        Self { cookie: format!("{session}{set}"), token }
    }

    /// What an address answers; posts carry the form's token and nothing else.
    async fn asks(&self, site: &Router, method: &Method, address: &str) -> u16 {
        self.answer(site, method, address).await.0
    }

    /// The same with the page.
    async fn answer(&self, site: &Router, method: &Method, address: &str) -> (u16, String) {
        // Each request from a client of its own, so that no limit on how often one may post answers in another's place.
        let client = CLIENTS.fetch_add(1, std::sync::atomic::Ordering::Relaxed).to_be_bytes();
        let client = format!("10.{}.{}.{}", client[1], client[2], client[3]);
        let request = Request::builder().method(method).uri(address).header(header::COOKIE, &self.cookie).header("x-forwarded-for", client);
        let request = match *method {
            Method::POST => request
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .header("sec-fetch-site", "same-origin")
                .body(Body::from(format!("form_token={}", self.token))),
            _ => request.body(Body::empty()),
        };
        let response = site.clone().oneshot(request.unwrap()).await.unwrap();
        let status = response.status().as_u16();
        // What breaks off while it is sent, as an archive without fonts does, is as long as it came.
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap_or_default();
        (status, String::from_utf8_lossy(&body).into_owned())
    }
}
