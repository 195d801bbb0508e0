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
    issued(fonts);
    let ratio = |one: Duration| one.as_secs_f64() / text.as_secs_f64();
    println!("docx {:.0} times and pdf {:.0} times the plain text", ratio(docx), ratio(pdf));
    assert!(pdf < MOST, "{BATCH} decisions took {pdf:?}");
}

/// A decision as the demo city issues it, three pages with every step and condition, each for somebody else.
fn issued(fonts: &papers::font::Fonts) {
    let json = include_str!("data/decision.json");
    let decision = |number: usize| serde_json::from_str(&json.replace("有限公司", &format!("第{number}有限公司"))).unwrap();
    let papers: Vec<papers::paper::Paper> = (1..=BATCH).map(decision).collect();
    let start = Instant::now();
    let made: Vec<papers::Pdf> = papers.iter().map(|paper| papers::pdf(paper, fonts).unwrap()).collect();
    let (took, pages) = (start.elapsed(), made.iter().map(|pdf| pdf.pages).sum::<usize>());
    let bytes: usize = made.iter().map(|pdf| pdf.bytes.len()).sum();
    println!("{BATCH} issued decisions as pdf: {took:.2?}, {pages} pages, {} KiB each", bytes / BATCH / 1024);
}

fn timed(name: &str, write: impl Fn(&papers::paper::Paper) -> usize) -> Duration {
    let papers: Vec<_> = (1..=BATCH).map(given::decision).collect();
    let start = Instant::now();
    let bytes: usize = papers.iter().map(write).sum();
    let took = start.elapsed();
    println!("{BATCH} decisions as {name}: {took:.2?}, {} KiB each", bytes / BATCH / 1024);
    took
}
