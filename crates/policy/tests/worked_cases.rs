//! Every worked case of every pack passes, and together they try every clause, table row and side of a rule.

mod support;

use policy::check::check;
use policy::load::Loaded;
use support::{coverage, packs};

/// What no worked case tries, and why that is right: pack, item, reason.
const ALLOWED: [(&str, &str, &str); 1] =
    [("every-shape", "factor row 3: 其他, 100%", "a batch is 1 or 2; the row stands for what a count could be besides")];

/// The worked cases of a pack that do not pass, with how they differ.
fn failing(loaded: &Loaded) -> Vec<String> {
    let failed = check(&loaded.pack, &loaded.files).into_iter().filter(|checked| !checked.differences.is_empty());
    failed.map(|checked| format!("{}:{} {}: {:?}", checked.file, checked.line, checked.title, checked.differences)).collect()
}

#[test]
fn every_worked_case_passes() {
    for loaded in packs::all() {
        assert_eq!(failing(loaded), Vec::<String>::new(), "{}", loaded.pack.id);
    }
}

#[test]
fn worked_cases_try_every_clause_row_and_side() {
    let allowed = |pack: &str, item: &str| ALLOWED.iter().any(|(of, known, _)| *of == pack && *known == item);
    let mut untried = Vec::new();
    for loaded in packs::all() {
        let id = &loaded.pack.id;
        let left = coverage::untried(loaded);
        untried.extend(left.iter().filter(|item| !allowed(id, item)).map(|item| format!("{id}: {item}")));
        let stale = ALLOWED.iter().filter(|(of, item, _)| of == id && !left.contains(*item));
        untried.extend(stale.map(|(_, item, _)| format!("{id}: {item} is tried; take it off the list")));
    }
    assert!(untried.is_empty(), "{} untried:\n{}", untried.len(), untried.join("\n"));
}
