//! One invoice is counted once, on both engines: whoever comes first has it, whatever the programme, until it is given back.
#![allow(clippy::unwrap_used)]

mod given;
mod on_both_engines;

use given::{application, commit};
use on_both_engines::Database;
use store::{ApplicationIndex, Change, Commit, Grade, Index, InvoiceClaim, InvoiceReading, InvoiceUse, Store, StoreError};

/// How many want the same invoice at once.
const WRITERS: usize = 50;
const NUMBER: &str = "26152000000012345678";

/// An application that counts these invoices.
fn counting(id: &str, numbers: &[&str], expected_version: i64) -> Change {
    graded(id, numbers, Grade::Stated, expected_version)
}

fn graded(id: &str, numbers: &[&str], grade: Grade, expected_version: i64) -> Change {
    let invoices = numbers.iter().map(|number| use_of(number, grade)).collect();
    let index = ApplicationIndex { row: given::row(id), tasks: vec![], participants: vec![], granted: vec![], revoked: vec![], invoices };
    Change { index: Index::Application(Box::new(index)), expected_version, ..application(id) }
}

/// `1+2` is counted under `1`, and `2` is its other number.
fn use_of(number: &str, grade: Grade) -> InvoiceUse {
    let (number, also) = number.split_once('+').unwrap_or((number, ""));
    InvoiceUse { number: number.to_owned(), also: also.to_owned(), grade }
}

/// A commit to a programme of its own, whose chain no other waits for.
fn elsewhere(programme: usize, change: Change) -> Commit {
    Commit { programme: format!("p-{programme}"), ..commit(vec![change]) }
}

async fn counted_by(store: &Store, number: &str) -> Option<String> {
    store.invoice_claims(&[number.to_owned()]).await.unwrap().pop().map(|claim| claim.application)
}

/// What a commit was told, in one word.
fn said<T>(done: &Result<T, StoreError>) -> &'static str {
    match done {
        Ok(_) => "",
        Err(StoreError::InvoiceTaken { .. }) => "taken",
        Err(StoreError::InvoiceContested { .. }) => "contested",
        Err(error) => panic!("{error:?}"),
    }
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
        let claim = |number: &str, application: &str| InvoiceClaim {
            number: number.to_owned(),
            application: application.to_owned(),
            grade: "stated".to_owned(),
            displaced: String::new(),
        };
        assert_eq!(all, [claim("1", "a-1"), claim("2", "a-2"), claim("3", "a-2")]);
        store.commit(&elsewhere(1, counting("a-1", &[], 4))).await.unwrap();
        assert_eq!(counted_by(&store, "1").await, None);
    }

    async fn a_proven_claim_displaces_a_stated_one(database: Database) {
        use Grade::{Counted, Proven, Stated};
        // What is written, one after the other, by which application at which version; what the store answers; who counts and who waits.
        type Step = (&'static str, &'static [&'static str], Grade, &'static str, (&'static str, &'static str));
        let cases: [(&str, &[Step]); 6] = [
            ("the proven one has it, the stated one goes on and cannot be decided", &[
                ("a", &["1"], Stated, "", ("a", "")),
                ("b", &["1"], Proven, "", ("b", "a")),
                ("a", &["1"], Stated, "", ("b", "a")),
                ("a", &["1"], Counted, "contested", ("b", "a")),
                ("b", &["1"], Counted, "", ("b", "a")),
                ("a", &[], Stated, "", ("b", "")),
            ]),
            ("given up, it comes back", &[
                ("a", &["1"], Stated, "", ("a", "")),
                ("b", &["1"], Proven, "", ("b", "a")),
                ("b", &[], Stated, "", ("a", "")),
                ("a", &["1"], Counted, "", ("a", "")),
            ]),
            ("of two proven ones the first", &[
                ("a", &["1"], Proven, "", ("a", "")),
                ("b", &["1"], Proven, "taken", ("a", "")),
            ]),
            ("what was counted stays", &[
                ("a", &["1"], Counted, "", ("a", "")),
                ("b", &["1"], Proven, "taken", ("a", "")),
            ]),
            ("a third one comes too late, stated or proven", &[
                ("a", &["1"], Stated, "", ("a", "")),
                ("b", &["1"], Proven, "", ("b", "a")),
                ("c", &["1"], Stated, "taken", ("b", "a")),
                ("b", &["1"], Stated, "", ("b", "a")),
                ("c", &["1"], Proven, "taken", ("b", "a")),
            ]),
            ("who was displaced takes it back with a proof that the other took away", &[
                ("a", &["1"], Stated, "", ("a", "")),
                ("b", &["1"], Proven, "", ("b", "a")),
                ("a", &["1"], Proven, "", ("b", "a")),
                ("b", &["1"], Stated, "", ("b", "a")),
                ("a", &["1"], Proven, "", ("a", "b")),
            ]),
        ];
        let store = database.open().await;
        for (at, (name, steps)) in cases.into_iter().enumerate() {
            let own = |text: &str| if text.is_empty() { String::new() } else { format!("{text}-{at}") };
            let mut versions = std::collections::BTreeMap::new();
            for (step, (who, numbers, grade, answer, (holds, waits))) in steps.iter().enumerate() {
                let numbers: Vec<String> = numbers.iter().map(|number| own(number)).collect();
                let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
                let version: &mut i64 = versions.entry(*who).or_default();
                let done = store.commit(&elsewhere(usize::from(who.as_bytes()[0]), graded(&own(who), &numbers, *grade, *version))).await;
                assert_eq!(said(&done), *answer, "{name}, step {step}");
                *version += if done.is_ok() { 2 } else { 0 };
                let claim = store.invoice_claims(&[own("1")]).await.unwrap().remove(0);
                assert_eq!((claim.application, claim.displaced), (own(holds), own(waits)), "{name}, step {step}");
            }
        }
    }

    async fn an_invoice_of_two_numbers_counts_once_under_either(database: Database) {
        use Grade::{Counted, Proven, Stated};
        const BOTH: &[&str] = &["1+2", "2+1"];
        // As above, and who counts each of the two numbers and who waits for it.
        type Step = (&'static str, &'static [&'static str], Grade, &'static str, [(&'static str, &'static str); 2]);
        let cases: [(&str, &[Step]); 6] = [
            ("one number first", &[
                ("a", &["1"], Stated, "", [("a", ""), ("", "")]),
                ("b", BOTH, Stated, "taken", [("a", ""), ("", "")]),
            ]),
            ("the other number first", &[
                ("a", &["2"], Stated, "", [("", ""), ("a", "")]),
                ("b", BOTH, Stated, "taken", [("", ""), ("a", "")]),
            ]),
            ("both first", &[
                ("a", BOTH, Stated, "", [("a", ""), ("a", "")]),
                ("b", &["1"], Stated, "taken", [("a", ""), ("a", "")]),
                ("b", &["2"], Stated, "taken", [("a", ""), ("a", "")]),
                ("b", BOTH, Stated, "taken", [("a", ""), ("a", "")]),
            ]),
            ("whoever has one of two by right keeps out who has the other", &[
                ("a", &["1"], Counted, "", [("a", ""), ("", "")]),
                ("b", BOTH, Proven, "taken", [("a", ""), ("", "")]),
            ]),
            ("who was displaced under one waits under both, and has both again", &[
                ("a", &["1"], Stated, "", [("a", ""), ("", "")]),
                ("b", BOTH, Proven, "", [("b", "a"), ("b", "")]),
                ("a", BOTH, Stated, "", [("b", "a"), ("b", "a")]),
                ("a", BOTH, Counted, "contested", [("b", "a"), ("b", "a")]),
                ("b", &[], Stated, "", [("a", ""), ("a", "")]),
                ("a", BOTH, Counted, "", [("a", ""), ("a", "")]),
            ]),
            ("two that state one number each give way to the proof of both", &[
                ("a", &["1"], Stated, "", [("a", ""), ("", "")]),
                ("c", &["2"], Stated, "", [("a", ""), ("c", "")]),
                ("b", BOTH, Proven, "", [("b", "a"), ("b", "c")]),
                ("a", BOTH, Stated, "taken", [("b", "a"), ("b", "c")]),
                ("a", &["1"], Counted, "contested", [("b", "a"), ("b", "c")]),
                ("b", BOTH, Counted, "", [("b", "a"), ("b", "c")]),
            ]),
        ];
        let store = database.open().await;
        for (at, (name, steps)) in cases.into_iter().enumerate() {
            let own = |text: &str| if text.is_empty() { String::new() } else { format!("{text}-{at}") };
            let two = |number: &str| number.split('+').map(own).collect::<Vec<_>>().join("+");
            let mut versions = std::collections::BTreeMap::new();
            for (step, (who, numbers, grade, answer, expected)) in steps.iter().enumerate() {
                let numbers: Vec<String> = numbers.iter().map(|number| two(number)).collect();
                let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
                let version: &mut i64 = versions.entry(*who).or_default();
                let done = store.commit(&elsewhere(usize::from(who.as_bytes()[0]), graded(&own(who), &numbers, *grade, *version))).await;
                assert_eq!(said(&done), *answer, "{name}, step {step}");
                *version += if done.is_ok() { 2 } else { 0 };
                for (number, (holds, waits)) in ["1", "2"].into_iter().zip(expected) {
                    let claim = store.invoice_claims(&[own(number)]).await.unwrap().pop();
                    let found = claim.map(|claim| (claim.application, claim.displaced)).unwrap_or_default();
                    assert_eq!(found, (own(holds), own(waits)), "{name}, step {step}, number {number}");
                }
            }
        }
    }

    async fn of_fifty_that_want_one_invoice_under_either_number_exactly_one_gets_it(database: Database) {
        let store = database.open().await;
        const CODED: &str = "01500250011187654321";
        let writers = (0..WRITERS).map(|at| {
            let store = store.clone();
            tokio::spawn(async move {
                let numbers = [format!("{CODED}+{NUMBER}"), format!("{NUMBER}+{CODED}")];
                let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
                // Most say both numbers, some one of them.
                let said = if at % 5 == 0 { &numbers[at / 5 % 2..][..1] } else { &numbers[..] };
                (at, said.len(), store.commit(&elsewhere(at % 7, counting(&format!("a-{at}"), said, 0))).await)
            })
        });
        let mut winners = Vec::new();
        for writer in writers.collect::<Vec<_>>() {
            match writer.await.unwrap() {
                (at, numbers, Ok(_)) => winners.push((at, numbers)),
                (_, _, Err(StoreError::InvoiceTaken { .. })) => {}
                (at, _, Err(error)) => panic!("{at}: {error:?}"),
            }
        }
        // Of those that say both numbers one gets it, or nobody where two others were quicker with a number each.
        let held = [counted_by(&store, NUMBER).await, counted_by(&store, CODED).await];
        let both = winners.iter().filter(|(_, numbers)| *numbers == 2).count();
        assert!(both <= 1 && winners.len() <= 2 - both && !winners.is_empty(), "{winners:?}");
        for (at, numbers) in &winners {
            let own = held.iter().flatten().filter(|holder| **holder == format!("a-{at}")).count();
            assert_eq!(own, *numbers, "{winners:?} {held:?}");
        }
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
