//! How long lists take over 40,000 applications, of which one provider has 2,000: `cargo bench -p store` on SQLite, and
//! on PostgreSQL too with `scripts/with-postgres cargo bench -p store`.
#![allow(clippy::unwrap_used)]

#[path = "../tests/given/mod.rs"]
mod given;

use std::time::Instant;

use sqlx::{Connection as _, PgConnection};
use store::{ApplicationFilter, ApplicationRow, ApplicationSort, Assignee, Change, CountBy, InboxFilter, Page, Reader, Store, TaskRow};

const APPLICATIONS: i64 = 40_000;
const PROVIDERS: i64 = 20;
const AT_ONCE: i64 = 500;
const RUNS: usize = 15;

#[tokio::main]
async fn main() {
    let folder = std::env::temp_dir().join(format!("shuzhuan-bench-{}", std::process::id()));
    measure(&format!("sqlite:{}", folder.join("lists.db").display())).await;
    std::fs::remove_dir_all(folder).unwrap();
    if let Ok(url) = std::env::var("TEST_DATABASE_URL") {
        measure(&url).await;
    }
}

async fn measure(url: &str) {
    let store = Store::open(url).await.unwrap();
    let engine = url.split(':').next().unwrap();
    let start = Instant::now();
    fill(&store).await;
    println!("{engine}: {APPLICATIONS} applications committed in {:.1} s", start.elapsed().as_secs_f64());
    settled(url).await;
    lists(&store, engine).await;
    inboxes(&store, engine).await;
    counts(&store, engine).await;
    timed(engine, "verify the chain", || async { store.verify_chain(given::PROGRAMME).await.unwrap().length }).await;
    store.close().await;
}

/// PostgreSQL tidies up by itself within a minute; here it is asked to at once.
async fn settled(url: &str) {
    if url.starts_with("postgres") {
        let mut connection = PgConnection::connect(url).await.unwrap();
        sqlx::raw_sql("VACUUM ANALYZE").execute(&mut connection).await.unwrap();
    }
}

async fn fill(store: &Store) {
    for from in (0..APPLICATIONS).step_by(usize::try_from(AT_ONCE).unwrap()) {
        store.commit(&given::commit((from..from + AT_ONCE).map(change).collect())).await.unwrap();
    }
}

fn change(n: i64) -> Change {
    let id = format!("a-{n:05}");
    let place_path = format!("15/1501/1501{:02}", n % 9);
    let row = ApplicationRow {
        procedure: ["roster", "project", "subsidy", "pool"][usize::try_from(n % 4).unwrap()].to_owned(),
        batch: format!("b-{}", n % 7),
        applicant: format!("o-{}", n / 3),
        applicant_name: format!("某某市第{n}数字化装备制造有限公司"),
        provider: format!("o-p{}", n % PROVIDERS),
        place_path: place_path.clone(),
        state: ["open", "checking", "publicised", "paid", "closed"][usize::try_from(n % 5).unwrap()].to_owned(),
        due_at_ms: (n % 3 != 0).then_some(n * 7 % 40_000),
        award_fen: (n % 2 == 0).then_some(n * 100),
        updated_at_ms: n * 31 % 40_000,
        search: format!("某某市第{n}数字化装备制造有限公司 n-2025-{n:05} 91150100ma0p{n:05}x"),
        ..given::row(&id)
    };
    let task = TaskRow { due_at_ms: row.due_at_ms, place_path, programme: row.programme.clone(), ..given::task(&id, "check") };
    let task = if n % 2 == 0 { TaskRow { actor: "enterprise".to_owned(), organisation: row.applicant.clone(), ..task } } else { task };
    given::listed(row, vec![task])
}

async fn lists(store: &Store, engine: &str) {
    let all = || ApplicationFilter { programme: Some(given::PROGRAMME.to_owned()), ..ApplicationFilter::default() };
    let text = |text: &str| Some(text.to_owned());
    for (what, filter) in [
        ("all", all()),
        ("a procedure", ApplicationFilter { procedure: text("subsidy"), ..all() }),
        ("a procedure's state", ApplicationFilter { procedure: text("subsidy"), states: vec!["checking".to_owned()], ..all() }),
        ("an applicant", ApplicationFilter { applicant: text("o-77"), ..ApplicationFilter::default() }),
        ("a provider", ApplicationFilter { provider: text("o-p7"), ..ApplicationFilter::default() }),
        ("a batch", ApplicationFilter { batch: text("b-3"), ..all() }),
        ("a district", ApplicationFilter { place_path: text("15/1501/150103"), ..all() }),
        ("a city", ApplicationFilter { place_path: text("15/1501"), ..all() }),
        ("overdue", ApplicationFilter { overdue_before_ms: Some(500), ..all() }),
        ("search: one", ApplicationFilter { search: text("第31234数"), ..all() }),
        ("search: none", ApplicationFilter { search: text("没有这家"), ..all() }),
        ("search: all", ApplicationFilter { search: text("制造"), ..all() }),
        ("search: provider's", ApplicationFilter { search: text("31234"), provider: text("o-p14"), ..all() }),
    ] {
        for (order, sort) in [("newest", ApplicationSort::Newest), ("due", ApplicationSort::Due)] {
            let page = || async { store.applications(&filter, sort, Page::first(50)).await.unwrap().total };
            timed(engine, &format!("list, {what}, {order}"), page).await;
        }
    }
    let last = || async { store.applications(&all(), ApplicationSort::Newest, Page { number: 800, size: 50 }).await.unwrap().total };
    timed(engine, "list, all, newest, page 800", last).await;
}

async fn inboxes(store: &Store, engine: &str) {
    let all = InboxFilter::default;
    let bureau = || InboxFilter { actors: vec!["district_bureau".to_owned()], programme: Some(given::PROGRAMME.to_owned()), ..all() };
    for (what, filter) in [
        ("an enterprise", InboxFilter { assignee: Assignee::Own("o-66".to_owned()), ..all() }),
        ("a city bureau", bureau()),
        (
            "a district bureau",
            InboxFilter { place_path: Some("15/1501/150103".to_owned()), assignee: Assignee::OwnOrOpen("o-d".to_owned()), ..bureau() },
        ),
        ("a city bureau, search", InboxFilter { search: Some("31235".to_owned()), ..bureau() }),
    ] {
        timed(engine, &format!("inbox of {what}"), || async { store.inbox(&filter, Page::first(50)).await.unwrap().total }).await;
    }
    let calendar = || async { i64::try_from(store.due_days(&bureau(), 0, 40_000, 0).await.unwrap().len()).unwrap() };
    timed(engine, "calendar", calendar).await;
    let reader = Reader { organisation: "o-1".to_owned(), account: "u-1".to_owned() };
    timed(engine, "unread notices", || async { store.unread_notices(&reader).await.unwrap() }).await;
}

async fn counts(store: &Store, engine: &str) {
    let filter = ApplicationFilter { programme: Some(given::PROGRAMME.to_owned()), ..ApplicationFilter::default() };
    for by in [CountBy::Nothing, CountBy::State, CountBy::Place] {
        let count = || async { i64::try_from(store.application_counts(&filter, by).await.unwrap().len()).unwrap() };
        timed(engine, &format!("counts by {by:?}"), count).await;
    }
}

/// Prints the median of some runs.
async fn timed<F: Future<Output = i64>>(engine: &str, what: &str, run: impl Fn() -> F) {
    let mut all = Vec::with_capacity(RUNS);
    let mut found = 0;
    for _ in 0..RUNS {
        let start = Instant::now();
        found = run().await;
        all.push(start.elapsed());
    }
    all.sort_unstable();
    println!("{engine}: {what:<40} {:>7.2} ms  ({found})", all[RUNS / 2].as_secs_f64() * 1_000.0);
}
