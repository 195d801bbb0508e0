//! Every worked case of every pack passes, and together they prove it: everything is tried, and changes are noticed.

mod support;

use policy::check::{Checked, Worked, examine, passed};
use policy::coverage::coverage;
use policy::load::Loaded;
use policy::mutation::{Fate, fate, mutants};
use policy::{argued, proof};
use std::sync::LazyLock;
use support::packs;

/// A pack's worked cases: what each said, and those that pass.
type Examined = (Vec<Checked>, Vec<Worked>);

static EXAMINED: LazyLock<Vec<Examined>> =
    LazyLock::new(|| packs::all().iter().map(|loaded| passed(examine(&loaded.pack, &loaded.files))).collect());

/// Every pack with its worked cases, examined once for all tests.
fn examined() -> impl Iterator<Item = (&'static Loaded, &'static Examined)> {
    packs::all().iter().map(AsRef::as_ref).zip(EXAMINED.iter())
}

/// One pack and its passing cases.
fn named(id: &str) -> (&'static Loaded, &'static [Worked]) {
    let found = examined().find(|(loaded, _)| loaded.pack.id == id);
    found.map(|(loaded, (_, cases))| (loaded, cases.as_slice())).unwrap_or_else(|| panic!("there is no pack {id}"))
}

#[test]
fn every_worked_case_passes() {
    for (loaded, (checked, _)) in examined() {
        let failed = checked.iter().filter(|checked| !checked.differences.is_empty());
        let failed: Vec<String> =
            failed.map(|checked| format!("{}:{} {}: {:?}", checked.file, checked.line, checked.title, checked.differences)).collect();
        assert_eq!(failed, Vec::<String>::new(), "{}", loaded.pack.id);
    }
}

/// What no worked case of a pack tries and its `uncovered.toml` does not argue.
fn untried(loaded: &Loaded, cases: &[Worked]) -> Vec<String> {
    let arguments = argued::untried(&loaded.files);
    let gaps = coverage(loaded, cases).gaps;
    gaps.into_iter().filter(|gap| !arguments.holds(&gap.what)).map(|gap| format!("{}: {}", gap.what, gap.says)).collect()
}

#[test]
fn worked_cases_try_every_clause_row_side_and_rounding() {
    for (loaded, (_, cases)) in examined() {
        assert_eq!(untried(loaded, cases), Vec::<String>::new(), "{}", loaded.pack.id);
    }
}

#[test]
fn both_executors_agree_at_every_boundary_and_both_sides_occur() {
    for id in ["every-shape", "miit-2024"] {
        let (loaded, cases) = named(id);
        let found = policy::boundary::boundaries(loaded, &cases[..20]);
        assert_eq!(found.disagreements, Vec::<String>::new(), "{id}");
        assert!(found.cases > 300, "{id}: {} cases", found.cases);
    }
}

#[test]
fn a_change_of_any_cell_of_the_standard_is_noticed() {
    let (loaded, cases) = named("hohhot-subsidy");
    let editor = loaded.editor();
    let cells: Vec<_> = mutants(loaded).into_iter().filter(|mutant| mutant.at.starts_with("standard.")).collect();
    assert!(cells.len() > 12, "{} changes", cells.len());
    for mutant in &cells {
        assert_ne!(fate(&editor, loaded, mutant, cases, 0), Fate::Survived, "{}: {}", mutant.at, mutant.change);
    }
}

#[test]
fn a_case_left_out_leaves_a_gap_and_a_survivor() {
    let (loaded, cases) = named("amendments");
    assert_eq!(proof::tried(loaded, cases).failures(), 0);
    assert_eq!(proof::mutated(loaded, cases, 2).failures(), 0);
    assert!(proof::tried(loaded, &cases[..1]).failures() > 0);
    assert!(proof::mutated(loaded, &cases[..1], 2).failures() > 0);
}
