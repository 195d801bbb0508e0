//! One invoice is counted once, on both engines: whoever comes first has it, whatever the programme, until it is given back.
#![allow(clippy::unwrap_used)]

mod given;
mod on_both_engines;

use given::{application, commit};
use on_both_engines::Database;
use store::{ApplicationIndex, Change, Commit, Index, InvoiceClaim, InvoiceReading, Store, StoreError};

/// How many want the same invoice at once.
const WRITERS: usize = 50;
const NUMBER: &str = "26152000000012345678";

/// An application that counts these invoices.
fn counting(id: &str, numbers: &[&str], expected_version: i64) -> Change {
    let invoices = numbers.iter().map(|number| (*number).to_owned()).collect();
    let index = ApplicationIndex { row: given::row(id), tasks: vec![], participants: vec![], granted: vec![], revoked: vec![], invoices };
    Change { index: Index::Application(Box::new(index)), expected_version, ..application(id) }
}

/// A commit to a programme of its own, whose chain no other waits for.
fn elsewhere(programme: usize, change: Change) -> Commit {
    Commit { programme: format!("p-{programme}"), ..commit(vec![change]) }
}

async fn counted_by(store: &Store, number: &str) -> Option<String> {
    store.invoice_claims(&[number.to_owned()]).await.unwrap().pop().map(|claim| claim.application)
}

on_both_engines! {
    async fn of_fifty_that_want_one_invoice_exactly_one_gets_it(database: Database) {
        let store = database.open().await;
        let writers = (0..WRITERS).map(|at| {
            let store = store.clone();
            tokio::spawn(async move {
                let own = format!("261520000000{at:08}");
                // In either order, so that two could wait for each other.
                let numbers = if at % 2 == 0 { [NUMBER, own.as_str()] } else { [own.as_str(), NUMBER] };
                let mut sorted = numbers;
                sorted.sort_unstable();
                (at, store.commit(&elsewhere(at % 7, counting(&format!("a-{at}"), &sorted, 0))).await)
            })
        });
        let mut winners = Vec::new();
        for writer in writers.collect::<Vec<_>>() {
            match writer.await.unwrap() {
                (at, Ok(_)) => winners.push(at),
                (_, Err(StoreError::InvoiceTaken { number })) => assert_eq!(number, NUMBER),
                (at, Err(error)) => panic!("{at}: {error:?}"),
            }
        }
        assert_eq!(winners.len(), 1, "{winners:?}");
        assert_eq!(counted_by(&store, NUMBER).await, Some(format!("a-{}", winners[0])));
        for at in 0..WRITERS {
            let own = counted_by(&store, &format!("261520000000{at:08}")).await;
            assert_eq!(own.is_some(), at == winners[0], "who did not get one wrote nothing");
        }
    }

    async fn what_is_given_back_is_free(database: Database) {
        let store = database.open().await;
        store.commit(&elsewhere(1, counting("a-1", &["1", "2"], 0))).await.unwrap();
        let taken = store.commit(&elsewhere(2, counting("a-2", &["2", "3"], 0))).await;
        assert!(matches!(taken, Err(StoreError::InvoiceTaken { number }) if number == "2"));
        assert_eq!(counted_by(&store, "3").await, None);
        store.commit(&elsewhere(1, counting("a-1", &["1"], 2))).await.unwrap();
        store.commit(&elsewhere(2, counting("a-2", &["2", "3"], 0))).await.unwrap();
        let all = store.invoice_claims(&["1", "2", "3", "4"].map(str::to_owned)).await.unwrap();
        let claim = |number: &str, application: &str| InvoiceClaim { number: number.to_owned(), application: application.to_owned() };
        assert_eq!(all, [claim("1", "a-1"), claim("2", "a-2"), claim("3", "a-2")]);
        store.commit(&elsewhere(1, counting("a-1", &[], 4))).await.unwrap();
        assert_eq!(counted_by(&store, "1").await, None);
    }

    async fn a_content_is_read_once(database: Database) {
        let store = database.open().await;
        let reading = |body: &str| InvoiceReading { digest: "d".to_owned(), body: body.to_owned() };
        store.put_invoice_reading(&reading("{}")).await.unwrap();
        store.put_invoice_reading(&reading("[]")).await.unwrap();
        assert_eq!(store.invoice_readings(&["d".to_owned(), "e".to_owned()]).await.unwrap(), [reading("[]")]);
        assert!(store.invoice_readings(&[]).await.unwrap().is_empty());
    }
}
