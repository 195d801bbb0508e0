//! What is different between two versions is told clause by clause.
//!
//! Each file of `tests/differences` has the files of both versions, each under a line `=== both|old|new NAME`, and
//! under `=== expected` the whole comparison as text. A version's `pack.toml` is the same everywhere but for its number.

mod support;

use policy::difference::{How, difference};
use policy::files::PackFiles;
use policy::load::{Loaded, load};
use support::packs;

fn identity(version: u8) -> String {
    let pack = format!("[pack]\nid = \"示例\"\nversion = \"{version}\"\ntitle = \"示例补助\"\nauthority = \"示例市\"\n");
    format!("{pack}[[text]]\nid = \"t\"\nfile = \"text/t.md\"\ntitle = \"示例办法\"\nshort = \"《示例》\"\n")
}

/// A comparison as written: the files of both versions, and what is expected.
struct Told {
    old: PackFiles,
    new: PackFiles,
    expected: String,
    /// The same as an office reads it, where it is written.
    brief: Option<String>,
}

fn read(text: &str) -> Told {
    let pack = |version| PackFiles::from([("pack.toml".to_owned(), identity(version))]);
    let mut told = Told { old: pack(1), new: pack(2), expected: String::new(), brief: None };
    for section in text.split("=== ").skip(1) {
        let (head, content) = section.split_once('\n').unwrap_or((section, ""));
        let (whose, name) = head.split_once(' ').unwrap_or((head, ""));
        if whose == "expected" {
            told.expected = content.to_owned();
        }
        if whose == "brief" {
            told.brief = Some(content.to_owned());
        }
        if matches!(whose, "both" | "old") {
            told.old.insert(name.to_owned(), content.to_owned());
        }
        if matches!(whose, "both" | "new") {
            told.new.insert(name.to_owned(), content.to_owned());
        }
    }
    told
}

fn loaded(files: PackFiles) -> Loaded {
    load(files, None).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

#[test]
fn differences_are_told_clause_by_clause() {
    let all = packs::files(&packs::root().join("crates/policy/tests/differences"));
    assert!(all.len() >= 8, "only {} comparisons", all.len());
    let wrong = |(name, text): (&String, &String)| {
        let told = read(text);
        let found = difference(&loaded(told.old), &loaded(told.new), &[]);
        let brief = told.brief.filter(|brief| *brief != found.brief_text());
        (found.plain() != told.expected || brief.is_some()).then(|| format!("{name}:\n{}{}", found.plain(), found.brief_text()))
    };
    let wrong: Vec<String> = all.iter().filter_map(wrong).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_version_compared_with_itself_has_no_differences() {
    let found = difference(packs::named("every-shape"), packs::named("every-shape"), &[]);
    assert_eq!((found.clauses.len(), found.cases.len()), (0, 0));
    assert!(found.cases_compared > 100);
}

/// Every amount and share of a pack's tables and formulas is seen when it is another, each as one change.
#[test]
fn no_changed_figure_is_overlooked() {
    let fixture = packs::named("every-shape");
    let without_cases = fixture.files.iter().filter(|(path, _)| !path.starts_with("cases/"));
    let old = loaded(without_cases.map(|(path, text)| (path.clone(), text.clone())).collect());
    let lines = old.files["values.toml"].lines().filter(|line| line.contains("0万元") || line.contains("0%"));
    let all: Vec<Loaded> = lines.filter_map(|line| changed(&old, line)).collect();
    assert!(all.len() >= 20, "only {} figures", all.len());
    for new in all {
        let found = difference(&old, &new, &[]);
        let rules: Vec<_> = found.clauses.iter().flat_map(|clause| &clause.rules).collect();
        let hows: Vec<How> = rules.iter().map(|rule| rule.how).collect();
        // A figure in a row's key makes another row of it.
        assert!(hows == [How::Changed] || hows == [How::Added, How::Removed], "{rules:#?}");
    }
}

/// The pack with the first figure of a line raised by one; nothing where that does not load.
fn changed(old: &Loaded, line: &str) -> Option<Loaded> {
    let figure = if line.contains("0万元") { ["0万元", "1万元"] } else { ["0%", "1%"] };
    let mut files = old.files.as_ref().clone();
    let text = files.get_mut("values.toml")?;
    *text = text.replacen(line, &line.replacen(figure[0], figure[1], 1), 1);
    load(files, None).ok()
}
