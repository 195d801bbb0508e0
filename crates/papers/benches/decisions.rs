//! How long a batch of decisions takes as PDF, beside the same as plain text: `cargo bench -p papers`.
#![allow(clippy::unwrap_used)]

#[allow(dead_code)]
#[path = "../tests/renderings/given.rs"]
mod given;
#[allow(dead_code)]
#[path = "../tests/renderings/machine.rs"]
mod machine;

use std::time::{Duration, Instant};

const BATCH: usize = 350;
const MOST: Duration = Duration::from_secs(10);

fn main() {
    let fonts = machine::fonts();
    let text = timed("text", |paper| papers::text(paper).unwrap().len());
    let docx = timed("docx", |paper| papers::docx(paper).unwrap().len());
    let pdf = timed("pdf", |paper| papers::pdf(paper, fonts).unwrap().bytes.len());
    let ratio = |one: Duration| one.as_secs_f64() / text.as_secs_f64();
    println!("docx {:.0} times and pdf {:.0} times the plain text", ratio(docx), ratio(pdf));
    assert!(pdf < MOST, "{BATCH} decisions took {pdf:?}");
}

fn timed(name: &str, write: impl Fn(&papers::paper::Paper) -> usize) -> Duration {
    let papers: Vec<_> = (1..=BATCH).map(given::decision).collect();
    let start = Instant::now();
    let bytes: usize = papers.iter().map(write).sum();
    let took = start.elapsed();
    println!("{BATCH} decisions as {name}: {took:.2?}, {} KiB each", bytes / BATCH / 1024);
    took
}
