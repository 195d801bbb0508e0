//! A process that is killed while it commits: what it said was done is there in full, and nothing is half there.
//!
//! This test program starts itself again as the victim, which says the id of every commit that succeeded, and kills it
//! with a signal it cannot see coming.
#![allow(clippy::unwrap_used)]

mod given;
mod on_both_engines;

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use given::{PROGRAMME, application, commit, mail, notice, plain};
use on_both_engines::Database;
use sqlx::{Connection as _, PgConnection};
use store::{ApplicationFilter, ApplicationRow, Commit, Page, Reader, Store};

const URL: &str = "STORE_TEST_VICTIM_OF";
const SAID: &str = "committed ";
const WRITERS: usize = 200;

/// How many commits are said to be done before the signal, and how many milliseconds later it comes: at once it would
/// always meet the beginning of the next commit.
const SIGNALS: [(usize, u64); 5] = [(1, 3), (60, 0), (20, 7), (150, 2), (5, 5)];

/// Every kind of row at once: two records, three entries, two list rows, a notice, a message.
fn everything(id: &str) -> Commit {
    let changes = vec![application(id), plain("batch", id, 0)];
    Commit { notices: vec![notice(id, None)], outbox: vec![mail(id)], ..commit(changes) }
}

/// Not a test by itself: the process that is killed. It commits until then.
#[tokio::test(flavor = "multi_thread")]
async fn victim() {
    let Ok(url) = std::env::var(URL) else { return };
    let store = Store::open(&url).await.unwrap();
    let round = std::process::id();
    let writers: Vec<_> = (0..WRITERS).map(|writer| tokio::spawn(commit_for_ever(store.clone(), format!("{round}-{writer}")))).collect();
    for writer in writers {
        writer.await.unwrap();
    }
}

async fn commit_for_ever(store: Store, writer: String) {
    for n in 0_u64.. {
        let id = format!("{writer}-{n}");
        store.commit(&everything(&id)).await.unwrap();
        println!("{SAID}{id}");
    }
}

fn started(url: &str) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "victim", "--nocapture"]).env(URL, url);
    command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
}

/// Lets a victim commit so many times, kills it, and returns what it said, to the last line that left it.
fn killed_after(url: &str, (commits, later_ms): (usize, u64)) -> Vec<String> {
    let mut victim = started(url);
    let lines = BufReader::new(victim.stdout.take().unwrap()).lines().map_while(Result::ok);
    let mut said = lines.filter_map(|line| line.strip_prefix(SAID).map(str::to_owned));
    let mut all: Vec<String> = said.by_ref().take(commits).collect();
    std::thread::sleep(Duration::from_millis(later_ms));
    victim.kill().unwrap();
    all.extend(said);
    assert!(!victim.wait().unwrap().success());
    assert!(all.len() >= commits, "the victim ended by itself after {}", all.len());
    all
}

/// PostgreSQL may still be at the last word of a connection whose other end is gone.
async fn left_alone(url: &str) {
    if !url.starts_with("postgres") {
        return;
    }
    let mut connection = PgConnection::connect(url).await.unwrap();
    let others = "SELECT COUNT(*) FROM pg_stat_activity WHERE application_name = $1";
    let count = || sqlx::query_scalar::<_, i64>(others).bind(name_of(url));
    while count().fetch_one(&mut connection).await.unwrap() > 1 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    connection.close().await.unwrap();
}

/// A name that the server knows the connections of one test by: its schema's.
fn name_of(url: &str) -> &str {
    url.rsplit('=').next().unwrap()
}

fn named(url: &str) -> String {
    match url.starts_with("postgres") {
        true => format!("{url}&application_name={}", name_of(url)),
        false => url.to_owned(),
    }
}

/// Every application row, with everything that was committed with it.
async fn whole(store: &Store) -> BTreeSet<String> {
    let rows: Vec<ApplicationRow> = store.applications_after(&ApplicationFilter::default(), "", i64::MAX).await.unwrap();
    for row in &rows {
        let id = row.id.as_str();
        for (noun, entries) in [("application", 2), ("batch", 1)] {
            let record = store.record(noun, id).await.unwrap().unwrap();
            assert_eq!((record.version, store.entries_of(noun, id).await.unwrap().len()), (entries, usize::try_from(entries).unwrap()));
        }
        let reader = Reader { organisation: id.to_owned(), account: String::new() };
        assert_eq!(store.notices(&reader, Page::first(9)).await.unwrap().total, 1, "{id}");
        assert_eq!(store.tasks_of(id).await.unwrap().len(), 1, "{id}");
    }
    rows.into_iter().map(|row| row.id).collect()
}

/// Nothing is there that belongs to no application row.
async fn counted(store: &Store, commits: usize) {
    let entries = store.head(PROGRAMME).await.unwrap().length;
    assert_eq!(usize::try_from(entries).unwrap(), commits * 3);
    for noun in ["application", "batch"] {
        assert_eq!(store.records_of(PROGRAMME, noun, "", i64::MAX).await.unwrap().len(), commits, "{noun}");
    }
    assert_eq!(store.outbox("waiting", i64::MAX).await.unwrap().len(), commits);
}

on_both_engines! {
    async fn what_was_said_to_be_done_is_done(database: Database) {
        let mut database = database;
        database.url = named(&database.url);
        let mut said = BTreeSet::new();
        for signal in SIGNALS {
            said.extend(tokio::task::block_in_place(|| killed_after(&database.url, signal)));
            left_alone(&database.url).await;
            let store = database.open().await;
            let there = whole(&store).await;
            assert!(said.is_subset(&there), "lost: {:?}", said.difference(&there).collect::<Vec<_>>());
            counted(&store, there.len()).await;
            store.verify_chain(PROGRAMME).await.unwrap();
            store.close().await;
        }
    }
}
