//! scratch
#![allow(clippy::unwrap_used)]
use demo::{City, Ground};
use records::Moment;
use service::paper::Blobs;
use standards::Date;
use store::{ApplicationFilter, CountBy, Store};
fn counted(bytes: &mut [u8]) {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let next = NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes();
    bytes.fill(0);
    bytes.iter_mut().rev().zip(next.iter().rev()).for_each(|(byte, next)| *byte = *next);
}
#[tokio::test]
async fn states() {
    let folder = std::env::temp_dir().join(format!("zz-demo-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let store = Store::open(&format!("sqlite:{}", folder.join("demo.db").display())).await.unwrap();
    let blobs = Blobs::on_disk(&folder.join("files")).unwrap();
    let library = testkit::library();
    let now = Moment::start_of(Date::parse("2026-11-23").unwrap());
    let ground = Ground { store: &store, blobs: &blobs, library: &library, random: counted, now };
    let city = City::own().unwrap().thinned(2);
    demo::make(&ground, &city, &mut |_| {}).await.unwrap();
    for procedure in ["roster", "pool", "project", "subsidy"] {
        let filter = ApplicationFilter { procedure: Some(procedure.into()), ..ApplicationFilter::default() };
        let states = store.application_counts(&filter, CountBy::State).await.unwrap();
        println!("{procedure}: {:?}", states.iter().map(|s| (s.key.clone(), s.applications)).collect::<Vec<_>>());
    }
    let filter = ApplicationFilter { procedure: Some("subsidy".into()), ..ApplicationFilter::default() };
    for row in store.applications_after(&filter, "", 1000).await.unwrap() {
        println!("{} {} {:?} {:?} {:?}", row.state, row.stage, row.level, row.recognised_fen, row.award_fen);
    }
    std::fs::remove_dir_all(folder).unwrap();
}
