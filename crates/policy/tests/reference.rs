//! The committed reference of pack files is the one the types make.

mod support;

use support::packs;

#[test]
fn the_reference_is_up_to_date() {
    let page = packs::root().join("docs/pack-reference.md");
    let committed = std::fs::read_to_string(&page).unwrap_or_default();
    let made = policy::reference::pack_reference();
    assert!(committed == made, "docs/pack-reference.md is out of date: shuzhuan policy reference > docs/pack-reference.md");
}

#[test]
fn every_key_says_what_it_is() {
    let made = policy::reference::pack_reference();
    let keys = made.lines().filter(|line| line.starts_with("| `"));
    let silent: Vec<&str> = keys.filter(|line| line.ends_with("|  |")).collect();
    assert!(silent.is_empty(), "{silent:#?}");
}
