//! The rules of the house: who may import whom, no clock, disk or network below the store. What must not be named is in `nothing_named`.
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};

/// Each layer and the layers it may use; arrows point one way.
const LAYERS: [(&str, &[&str]); 13] = [
    ("standards", &[]),
    ("policy", &["standards"]),
    ("records", &["insight", "policy", "standards"]),
    ("journal", &[]),
    ("papers", &["standards"]),
    ("insight", &["policy", "standards"]),
    ("store", &["journal"]),
    ("service", &["insight", "journal", "papers", "policy", "records", "standards", "store"]),
    ("web", &["insight", "journal", "papers", "policy", "records", "service", "standards"]),
    ("api", &["policy", "records", "service", "standards"]),
    ("demo", &["policy", "records", "service", "standards", "store"]),
    ("shuzhuan", &["api", "demo", "insight", "journal", "papers", "policy", "records", "service", "standards", "store", "web"]),
    ("testkit", &["policy"]),
];

fn crates() -> PathBuf {
    testkit::root().join("crates")
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()) {
        if entry.is_dir() {
            all.extend(files(&entry, ending));
        } else if entry.extension().is_some_and(|found| found == ending) {
            all.push(entry);
        }
    }
    all
}

/// The names under `[dependencies]` that are crates of this house.
fn uses(manifest: &str) -> Vec<String> {
    let own = manifest.split("\n[dependencies]\n").nth(1).unwrap_or_default();
    let own = own.split("\n[").next().unwrap_or_default();
    let names = own.lines().filter_map(|line| line.split(['.', ' ', '=']).next());
    names.filter(|name| LAYERS.iter().any(|(layer, _)| layer == name)).map(str::to_owned).collect()
}

#[test]
fn layers_import_downwards_only() {
    for (layer, allowed) in LAYERS {
        let manifest = std::fs::read_to_string(crates().join(layer).join("Cargo.toml")).unwrap();
        let wrong: Vec<String> = uses(&manifest).into_iter().filter(|used| !allowed.contains(&used.as_str())).collect();
        assert!(wrong.is_empty(), "{layer} must not use {wrong:?}");
    }
    assert_eq!(std::fs::read_dir(crates()).unwrap().count(), LAYERS.len(), "a new crate needs its place among the layers");
}

#[test]
fn the_pure_layers_know_no_clock_disk_or_network() {
    for layer in ["standards", "policy", "records", "journal", "papers", "insight"] {
        for file in files(&crates().join(layer).join("src"), "rs") {
            let text = std::fs::read_to_string(&file).unwrap();
            let text = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
            for word in ["std::fs", "std::net", "std::time", "std::env", "std::process", "SystemTime", "println!"] {
                assert!(!text.contains(word), "{} knows {word}", file.display());
            }
        }
    }
}

/// Whatever is generic is compiled by who calls it in any case.
#[test]
fn what_other_crates_await_is_compiled_once() {
    for layer in ["store", "service"] {
        for file in files(&crates().join(layer).join("src"), "rs") {
            let text = std::fs::read_to_string(&file).unwrap();
            let lines: Vec<&str> = text.lines().map(str::trim).collect();
            for pair in lines.windows(2) {
                let awaited = pair[1].starts_with("pub async fn ") && !pair[1].contains(": impl ") && !pair[1].contains(": &mut impl ");
                assert!(!awaited || pair[0] == "#[compiled_once]", "{}: {} is not #[compiled_once]", file.display(), pair[1]);
            }
        }
    }
}
