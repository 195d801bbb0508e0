//! A thinned city is made, everything in it verifies, and every state is there to be seen.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use demo::{City, Ground};
use records::Moment;
use records::application::FileWord;
use service::paper::Blobs;
use standards::Date;
use store::{ApplicationFilter, CountBy, Store};

/// Not random, so that a failure comes again; distinct, since identifiers must be.
fn counted(bytes: &mut [u8]) {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let next = NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes();
    bytes.fill(0);
    bytes.iter_mut().rev().zip(next.iter().rev()).for_each(|(byte, next)| *byte = *next);
}

#[tokio::test]
async fn a_city_with_files_in_every_state() {
    let folder = tempdir();
    let store = Store::open(&format!("sqlite:{}", folder.join("demo.db").display())).await.unwrap();
    let blobs = Blobs::on_disk(&folder.join("files")).unwrap();
    let library = testkit::library();
    let now = Moment::start_of(Date::parse("2026-11-23").unwrap());
    let ground = Ground { store: &store, blobs: &blobs, library: &library, random: counted, now };
    let city = City::own().unwrap().thinned(2);
    demo::make(&ground, &city, &mut |_| {}).await.unwrap();

    let verified = service::ledger::verify(&store, &library).await.unwrap();
    assert_eq!(verified.broken, Vec::<String>::new());
    assert!(verified.decisions >= 10, "{} decisions", verified.decisions);

    let states = store.application_counts(&ApplicationFilter::default(), CountBy::State).await.unwrap();
    let seen: BTreeSet<&str> = states.iter().map(|state| state.key.as_str()).collect();
    let wanted = FileWord::ALL.into_iter().filter(|word| *word != FileWord::ClaimedBack).map(FileWord::as_str);
    for word in wanted {
        assert!(seen.contains(word), "no file is {word}: {states:?}");
    }
    let procedures = store.application_counts(&ApplicationFilter::default(), CountBy::Procedure).await.unwrap();
    let everybody = i64::try_from(city.enterprises()).unwrap();
    assert!(procedures.iter().any(|procedure| procedure.applications == everybody), "{procedures:?}");
    std::fs::remove_dir_all(folder).unwrap();
}

fn tempdir() -> std::path::PathBuf {
    let folder = std::env::temp_dir().join(format!("shuzhuan-demo-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}
