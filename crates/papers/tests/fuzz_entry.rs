//! What the fuzz targets run, on files changed by fixed dice for a while: no reader panics, hangs or swells.
//!
//! `FUZZ_MILLIS` says how long each reader is tried; by hand a moment, in `make test` a quarter of a minute each. The same files come in
//! the same order every time, so a finding is found again.
#![allow(clippy::unwrap_used)]

mod support;

use std::time::{Duration, Instant};

use support::dice::Dice;
use support::entry;

/// How long each reader is tried when nobody says.
const MOMENT: u64 = 500;
/// The longest that one small file may take, on a machine that does other things too.
const PATIENCE: Duration = Duration::from_secs(5);

fn run(reader: &str) {
    let millis = std::env::var("FUZZ_MILLIS").ok().and_then(|text| text.parse().ok()).unwrap_or(MOMENT);
    let (_, read) = entry::READERS.into_iter().find(|(name, _)| *name == reader).unwrap();
    let (seeds, until) = (entry::seeds(reader), Instant::now() + Duration::from_millis(millis));
    seeds.iter().for_each(|seed| read(seed));
    let mut tried = 0;
    while Instant::now() < until {
        let mut dice = Dice::seeded(tried);
        let file = entry::changed(&seeds[dice.below(seeds.len())], &mut dice);
        let began = Instant::now();
        if std::panic::catch_unwind(|| read(&file)).is_err() {
            panic!("{reader}: file {tried} is a finding");
        }
        assert!(began.elapsed() < PATIENCE, "{reader}: file {tried} takes {:?}", began.elapsed());
        tried += 1;
    }
    println!("{reader}: {tried} files");
    assert!(tried > 20, "{reader}: only {tried} files");
}

#[test]
fn an_e_invoice_is_refused_or_read() {
    run("e-invoice");
}

#[test]
fn an_ofd_is_refused_or_read() {
    run("OFD");
}

#[test]
fn a_pdf_is_refused_or_read() {
    run("PDF");
}

#[test]
fn a_spreadsheet_is_refused_or_read() {
    run("XLSX");
}

#[test]
fn an_office_file_is_refused_or_known() {
    run("office");
}

#[test]
fn bytes_of_any_kind_are_refused_or_read() {
    for seed in 0..200 {
        let mut dice = Dice::seeded(seed);
        let noise: Vec<u8> = (0..dice.below(2_000)).map(|_| dice.below(256) as u8).collect();
        entry::READERS.iter().for_each(|(_, read)| read(&noise));
    }
}
