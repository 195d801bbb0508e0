//! `policy check`, `policy show`, `policy schema`.

use crate::{packs, proofs};
use policy::check::{Checked, examine, passed};
use policy::files::PackFiles;
use policy::library::{Library, in_order};
use policy::load::Loaded;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

type Answer = Result<ExitCode, Box<dyn std::error::Error>>;

/// How packs are checked.
#[derive(Clone, Copy)]
pub struct How {
    /// Only what fails is listed.
    pub quiet: bool,
    /// The boundary cases are counted comparison by comparison.
    pub boundaries: bool,
    /// Every constant and operator is changed, too.
    pub mutate: bool,
}

/// Loads the packs, runs their worked cases, one line a case, and says what the cases leave untried; fails when
/// anything does.
pub fn check(dirs: &[PathBuf], how: How) -> Answer {
    let mut wanted: BTreeMap<String, PackFiles> = BTreeMap::new();
    for dir in dirs {
        for path in packs::folders(dir)? {
            wanted.insert(path.to_string_lossy().into_owned(), packs::folder(&path)?);
        }
    }
    if dirs.is_empty() {
        wanted = packs::built_in();
    }
    let (mut library, _) = Library::load(packs::built_in());
    let mut count = Count::default();
    for (folder, files) in in_order(wanted) {
        match library.add(files) {
            Ok(pack) => {
                let loaded = library.loaded(&pack.id, &pack.version).ok_or("政策包未加载")?;
                check_pack(loaded, how, &mut count);
            }
            Err(problems) => {
                count.failed += 1;
                println!("✗ {folder}：政策包有{}处问题，未加载", problems.len());
                problems.iter().for_each(|problem| println!("    {problem}"));
            }
        }
    }
    println!("{} passed, {} failed", count.passed, count.failed);
    Ok(if count.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

#[derive(Default)]
struct Count {
    passed: usize,
    failed: usize,
}

fn check_pack(loaded: &Loaded, how: How, count: &mut Count) {
    let pack = &loaded.pack;
    println!("{} {}@{}", pack.title, pack.id, pack.version);
    let (checked, cases) = passed(examine(pack, &loaded.files));
    for case in &checked {
        let passed = case.differences.is_empty();
        if !passed || !how.quiet {
            line(case, passed);
        }
    }
    count.passed += cases.len();
    count.failed += checked.len() - cases.len();
    count.failed += proofs::tried(loaded, &cases, how);
    if how.mutate {
        count.failed += proofs::mutated(loaded, &cases);
    }
}

fn line(case: &Checked, passed: bool) {
    let clauses = if case.clauses.is_empty() { String::new() } else { format!("（{}）", case.clauses.join("、")) };
    println!("  {} {}:{} {}{clauses}", if passed { "✓" } else { "✗" }, case.file, case.line, case.title);
    case.differences.iter().for_each(|difference| println!("      {difference}"));
}

/// Lists the packs, or shows what one declares; its stages alone as a drawing.
pub fn show(named: Option<&str>, stages: bool) -> Answer {
    let Some(named) = named else {
        let library = packs::library(&[])?;
        library.packs().for_each(|pack| println!("{}@{}  {}（{}）", pack.id, pack.version, pack.title, pack.authority));
        return Ok(ExitCode::SUCCESS);
    };
    let path = PathBuf::from(named);
    let pack = if path.is_dir() {
        let files = packs::folder(&path)?;
        let (id, version) = policy::load::identity(&files).unwrap_or_default();
        packs::library(&[path])?.version(&id, &version).cloned()
    } else {
        let library = packs::library(&[])?;
        match named.split_once('@') {
            Some((id, version)) => library.version(id, version).cloned(),
            None => library.pack(named).cloned(),
        }
    };
    match pack {
        Some(pack) if stages => print!("{}", policy::diagram::text(&pack)),
        Some(pack) => print!("{}", policy::show::show(&pack)),
        None => return Err(format!("没有政策包“{named}”，可用 shuzhuan policy show 列出全部").into()),
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints the JSON Schema of a pack's files.
pub fn schema() -> Answer {
    println!("{}", policy::schema::pack_schema());
    Ok(ExitCode::SUCCESS)
}
