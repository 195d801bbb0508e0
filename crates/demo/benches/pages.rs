//! Server time of the pages people wait for, over 40,000 enterprises of which one provider serves 2,000: `cargo bench -p demo`
//! on SQLite, and with `scripts/with-postgres cargo bench -p demo` on PostgreSQL too. The baseline is the same page over the demo
//! city of a few hundred files, in the same run; the budget is 50 ms at the median.
#![allow(clippy::unwrap_used)]

#[allow(dead_code)]
#[path = "../../papers/tests/renderings/machine.rs"]
mod machine;

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use demo::{City, Ground};
use policy::library::Library;
use records::Moment;
use records::access::Acting;
use records::account::Role;
use records::application::Application;
use records::organisation::{Organisation, OrganisationKind};
use service::document::{self, Press};
use service::paper::Files;
use service::{Desk, Edge, Store};
use store::{
    ApplicationFilter, ApplicationIndex, ApplicationRow, ApplicationSort, Change, Commit, Index, OrganisationFilter, OrganisationRow, Page,
    TaskRow,
};
use tower::ServiceExt as _;

const ENTERPRISES: usize = 40_000;
const OF_ONE_PROVIDER: usize = 2_000;
const AT_ONCE: usize = 500;
const RUNS: usize = 21;
const PROGRAMME: &str = "hohhot-subsidy";
const BUDGET_MS: f64 = 50.0;

fn random(bytes: &mut [u8]) {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let next = NEXT.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9e37_79b9_7f4a_7c15).to_le_bytes();
    bytes.iter_mut().zip(next.iter().cycle()).for_each(|(byte, next)| *byte = *next);
}

fn press() -> Press {
    Press::of(machine::font_files()).unwrap()
}

fn now_s() -> i64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs() as i64
}

#[tokio::main]
async fn main() {
    let folder = std::env::temp_dir().join(format!("shuzhuan-pages-{}", std::process::id()));
    measure(&folder, &format!("sqlite:{}", folder.join("pages.db").display())).await;
    if let Ok(url) = std::env::var("TEST_DATABASE_URL") {
        measure(&folder, &url).await;
    }
    std::fs::remove_dir_all(folder).unwrap();
}

async fn measure(folder: &Path, url: &str) {
    let engine = url.split(':').next().unwrap();
    let store = Store::open(url).await.unwrap();
    let files = Files::open(&folder.join("files"), None).unwrap();
    let library = Arc::new(testkit::library());
    let city = City::own().unwrap();
    let ground = Ground { store: &store, blobs: &files.blobs, library: &library, random, now: Moment(now_s() * 1000) };
    let start = Instant::now();
    demo::make(&ground, &city, &mut |_| {}).await.unwrap();
    println!("{engine}: demo city of {} enterprises made in {:.1} s", city.enterprises(), start.elapsed().as_secs_f64());
    let site = site(&store, &files, &library);
    let small = pages(&site, &store, &city).await;
    monthly(engine, &store, &library).await;
    let start = Instant::now();
    grow(&store).await;
    println!("{engine}: grown to {ENTERPRISES} enterprises in {:.1} s", start.elapsed().as_secs_f64());
    let large = pages(&site, &store, &city).await;
    println!("{engine}: {:<34} {:>9} {:>9} {:>6}", "page", "city ms", "40,000 ms", "ratio");
    for ((what, small), (_, large)) in small.iter().zip(&large) {
        let verdict = if *large <= BUDGET_MS { "" } else { "  over the budget" };
        println!("{engine}: {what:<34} {small:>9.1} {large:>9.1} {:>6.2}{verdict}", large / small);
    }
    restart(engine, url).await;
    store.close().await;
}

/// How long the report on a month takes: it reads every entry of the programme's files once.
async fn monthly(engine: &str, store: &Store, library: &Library) {
    let desk = Desk { store, library, edge: Edge { now: Moment(now_s() * 1000), random, origin: "http://localhost" } };
    let kinds = vec![OrganisationKind::CityBureau.as_str().to_owned()];
    let office =
        store.organisations(&OrganisationFilter { kinds, ..OrganisationFilter::default() }, Page::first(1)).await.unwrap().rows.remove(0);
    let acting = Acting {
        account: "bench".into(),
        organisation: office.id.as_str().into(),
        kind: OrganisationKind::CityBureau,
        place: office.place.as_str().into(),
        roles: Role::ALL.into(),
        mandate: None,
    };
    let entries: i64 = store.chains().await.unwrap().iter().filter(|head| head.programme == PROGRAMME).map(|head| head.length).sum();
    let start = Instant::now();
    document::issue_monthly(&desk, &acting, &press(), PROGRAMME, desk.edge.now.day()).await.unwrap();
    println!("{engine}: report on a month out of {entries} entries in {:.1} s", start.elapsed().as_secs_f64());
}

/// How long a process needs before it can answer, and what it holds then.
async fn restart(engine: &str, url: &str) {
    let start = Instant::now();
    let library = testkit::library();
    let store = Store::open(url).await.unwrap();
    let ready = start.elapsed().as_secs_f64() * 1000.0;
    let resident = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let resident = resident.lines().find(|line| line.starts_with("VmRSS")).unwrap_or("VmRSS: unknown").to_owned();
    println!("{engine}: packs loaded and database open in {ready:.0} ms; {resident} ({} packs)", library.packs().count());
    store.close().await;
}

fn site(store: &Store, files: &Files, library: &Arc<Library>) -> Router {
    web::router(web::State {
        library: library.clone(),
        store: store.clone(),
        files: files.clone(),
        clock: now_s,
        random,
        origin: "http://localhost".into(),
        press: press(),
        demo: [].into(),
        inside: Default::default(),
        about: Default::default(),
    })
}

/// Each page with the median of its runs, in milliseconds.
async fn pages(site: &Router, store: &Store, city: &City) -> Vec<(String, f64)> {
    let file = |state: &str| ApplicationFilter {
        states: vec![state.to_owned()],
        procedure: Some("subsidy".into()),
        ..ApplicationFilter::default()
    };
    let paid = store.applications(&file("paid"), ApplicationSort::Oldest, Page::first(1)).await.unwrap().rows.remove(0);
    let city_clerk = cookie(store, "市级主管部门", city).await;
    let finance = cookie(store, "财政部门", city).await;
    let provider = cookie(store, "服务商", city).await;
    let asked = [
        ("inbox of the city", &city_clerk, "/desk".to_owned()),
        ("list, filter", &city_clerk, format!("/desk/files?programme={PROGRAMME}&procedure=subsidy&states=paid")),
        ("list, search", &city_clerk, "/desk/files?search=%E5%85%B4%E6%BA%90".to_owned()),
        ("list, page 20", &city_clerk, "/desk/files?page=20".to_owned()),
        ("file view", &city_clerk, format!("/files/{}", paid.id)),
        ("dossier", &city_clerk, format!("/dossiers/{}", paid.applicant)),
        ("dashboard", &city_clerk, format!("/desk/dashboard?programme={PROGRAMME}")),
        ("payments to draw up", &finance, "/conduct/payments".to_owned()),
        ("home of a provider", &provider, "/home".to_owned()),
    ];
    let mut all = Vec::new();
    for (what, cookie, address) in asked {
        all.push((what.to_owned(), median(site, cookie, &address).await));
    }
    all
}

async fn cookie(store: &Store, kind: &str, city: &City) -> String {
    let person = demo::people(city).into_iter().find(|person| person.label.starts_with(kind)).unwrap();
    let edge = Edge { now: Moment(now_s() * 1000), random, origin: "http://localhost" };
    let token = service::demo::enter(store, &edge, &person.account).await.unwrap();
    format!("{}={token}", web::SESSION_COOKIE)
}

async fn median(site: &Router, cookie: &str, address: &str) -> f64 {
    let mut all = Vec::new();
    for _ in 0..RUNS {
        let request = Request::get(address).header(header::COOKIE, cookie).body(Body::empty()).unwrap();
        let start = Instant::now();
        let response = site.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{address}");
        to_bytes(response.into_body(), usize::MAX).await.unwrap();
        all.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    all.sort_by(f64::total_cmp);
    all[RUNS / 2]
}

/// Copies the files of the city under new names until there are enough.
async fn grow(store: &Store) {
    let all = store.applications(&ApplicationFilter::default(), ApplicationSort::Oldest, Page::first(Page::SIZE_MAX)).await.unwrap().rows;
    let mut models = Vec::new();
    for row in all.into_iter().filter(|row| row.procedure != "pool") {
        let state = store.record("application", &row.id).await.unwrap().unwrap().state;
        let tasks = store.tasks_of(&row.id).await.unwrap();
        models.push((row, state, tasks));
    }
    for from in (0..ENTERPRISES).step_by(AT_ONCE) {
        let some = from..(from + AT_ONCE).min(ENTERPRISES);
        store.commit(&commit("platform", some.clone().map(organisation).collect())).await.unwrap();
        let files = some.map(|n| file(n, &models[n % models.len()])).collect();
        store.commit(&commit(PROGRAMME, files)).await.unwrap();
    }
}

fn commit(programme: &str, changes: Vec<Change>) -> Commit {
    Commit { programme: programme.to_owned(), at_unix_ms: now_s() * 1000, changes, ..Commit::default() }
}

fn name(n: usize) -> String {
    format!("（演示）第{n}装备制造有限公司")
}

fn organisation(n: usize) -> Change {
    let id = format!("bench-{n:05}");
    let event = serde_json::json!({"event": "registered", "id": id, "kind": "enterprise", "name": name(n), "credit_code": null, "place": "hohhot-saihan"});
    let state = <Organisation as records::Noun>::fold_all(None, &[serde_json::from_value(event.clone()).unwrap()]).unwrap();
    let row = OrganisationRow {
        id: id.clone(),
        kind: "enterprise".into(),
        name: name(n),
        credit_code: None,
        place: "hohhot-saihan".into(),
        place_path: "inner-mongolia/hohhot/hohhot-saihan".into(),
        state: "active".into(),
        search: name(n),
    };
    change("organisation", id, event, serde_json::to_string(&state).unwrap(), Index::Organisation(row))
}

fn file(n: usize, (row, state, tasks): &(ApplicationRow, String, Vec<TaskRow>)) -> Change {
    let id = format!("benchfile-{n:05}");
    let mut application: Application = serde_json::from_str(state).unwrap();
    application.id = id.as_str().into();
    application.applicant = format!("bench-{n:05}").as_str().into();
    let provider = if n.is_multiple_of(ENTERPRISES / OF_ONE_PROVIDER) {
        "demo-provider-00".to_owned()
    } else {
        format!("demo-provider-0{}", 1 + n % 7)
    };
    application.provider = Some(provider.as_str().into());
    let row = ApplicationRow {
        id: id.clone(),
        applicant: application.applicant.to_string(),
        applicant_name: name(n),
        provider,
        number: format!("B-{n:05}"),
        search: format!("{} b-{n:05}", name(n)),
        ..row.clone()
    };
    let tasks = tasks.iter().map(|task| TaskRow { application: id.clone(), ..task.clone() }).collect();
    let index = ApplicationIndex { row, tasks, participants: Vec::new(), granted: Vec::new(), revoked: Vec::new(), invoices: Vec::new() };
    let event = serde_json::json!({"event": "concluded", "at": 0});
    change("application", id, event, serde_json::to_string(&application).unwrap(), Index::Application(Box::new(index)))
}

fn change(noun: &'static str, id: String, event: serde_json::Value, state: String, index: Index) -> Change {
    Change { noun, id, expected_version: 0, events: vec![event], state, index }
}
