//! No programme, place or amount of a document stands in Rust: all of it is data. The words searched for are read from that
//! data, so a new programme, division or amount is searched for as soon as it is there.
//!
//! What is searched is the code of every crate but this one, without comments and tests; names are searched for in scripts
//! and styles of the site, too. An amount is found spelled (`35万元`) and as a number literal, in fen or in yuan. Literals
//! that are a power of ten, or below 10万, could be anything (a limit, a denominator, a number of rows) and are left out:
//! those amounts are found when spelled.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A number literal below this could be anything.
const LITERAL_MIN: i64 = 100_000;

/// Not the city: the time zone, which is said beside moments.
const NO_PLACE: &str = "北京时间";

fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for path in std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            all.extend(files(&path, endings));
        } else if path.extension().is_some_and(|ending| endings.iter().any(|known| ending == *known)) {
            all.push(path);
        }
    }
    all
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

/// Programmes of the documents, and of the fictional city.
fn programmes() -> Vec<PathBuf> {
    ["programmes", "examples"]
        .iter()
        .flat_map(|root| std::fs::read_dir(testkit::root().join(root)).unwrap().flatten())
        .map(|entry| entry.path())
        .collect()
}

/// The rules of every pack; its worked cases are no documents.
fn rules() -> Vec<String> {
    let toml = programmes().into_iter().flat_map(|programme| files(&programme, &["toml"]));
    toml.filter(|path| !path.components().any(|part| part.as_os_str() == "cases")).map(|path| read(&path)).collect()
}

/// Kinds of places that the packs list as options; they are no names.
const KINDS: [&str; 1] = ["自治区"];

/// What stands between quotation marks.
fn quoted(line: &str) -> impl Iterator<Item = &str> {
    line.split('"').skip(1).step_by(2)
}

/// Ids of programmes; names, other names and ids of every division; places that the packs list.
fn names() -> BTreeSet<String> {
    let ids = programmes().into_iter().map(|path| path.file_name().unwrap().to_string_lossy().into_owned());
    let divisions = read(&testkit::root().join("crates/standards/data/divisions.toml"));
    let named = |line: &&str| ["id =", "name =", "short-name =", "aliases ="].iter().any(|key| line.starts_with(key));
    let divisions: Vec<String> = divisions.lines().filter(named).flat_map(quoted).map(str::to_owned).collect();
    let is_place =
        |label: &&str| label.chars().count() > 2 && !KINDS.contains(label) && label.ends_with(['市', '区', '县', '旗', '盟', '州', '省']);
    let listed = |text: &String| {
        let options = text.lines().filter(|line| line.trim_start().starts_with("{ id = ")).map(str::to_owned).collect::<Vec<_>>();
        options.iter().filter_map(|line| quoted(line.split("label = ").nth(1)?).next().map(str::to_owned)).collect::<Vec<_>>()
    };
    let places = rules().iter().flat_map(listed).filter(|label| is_place(&label.as_str())).collect::<Vec<_>>();
    ids.chain(divisions).chain(places).collect()
}

/// Amounts spelled in a text, in fen: `35万元`, `0.5元`, `1.2亿元`.
fn spelled(text: &str) -> BTreeSet<i64> {
    let mut found = BTreeSet::new();
    for (unit, fen) in [("亿元", 10_000_000_000), ("万元", 1_000_000)] {
        for (at, _) in text.match_indices(unit) {
            let before = &text[..at];
            let digits = before.len() - before.trim_end_matches(|sign: char| sign.is_ascii_digit() || sign == '.').len();
            found.extend(in_fen(&before[before.len() - digits..], fen));
        }
    }
    found
}

fn in_fen(number: &str, unit_fen: i64) -> Option<i64> {
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let part = part.bytes().try_fold((0, unit_fen), |(sum, unit), digit| Some((sum + i64::from(digit - b'0') * (unit / 10), unit / 10)));
    Some(whole.parse::<i64>().ok()? * unit_fen + part?.0)
}

/// Number literals of a line of code.
fn literals(line: &str) -> impl Iterator<Item = i64> {
    let words = line.split(|sign: char| !(sign.is_alphanumeric() || sign == '_'));
    let numbers = words.filter(|word| word.starts_with(|first: char| first.is_ascii_digit()));
    numbers.filter_map(|word| word.trim_end_matches("i64").trim_end_matches("u64").replace('_', "").parse().ok())
}

/// Every amount of a pack that is at least a 万.
fn amounts() -> BTreeSet<i64> {
    rules().iter().flat_map(|text| spelled(text)).filter(|fen| *fen >= 1_000_000).collect()
}

fn is_power_of_ten(number: i64) -> bool {
    number.to_string().trim_end_matches('0') == "1"
}

/// The name that a line of code speaks of. Ids are whole words, names in Chinese stand without spaces.
fn named<'a>(line: &str, names: &'a BTreeSet<String>) -> Option<&'a str> {
    let line = line.replace(NO_PLACE, "");
    let whole = |at: usize, name: &str| {
        let apart = |sign: Option<char>| sign.is_none_or(|sign| !sign.is_ascii_alphanumeric());
        !name.is_ascii() || (apart(line[..at].chars().next_back()) && apart(line[at + name.len()..].chars().next()))
    };
    let stands = |name: &&String| line.match_indices(name.as_str()).any(|(at, _)| whole(at, name));
    names.iter().find(stands).map(String::as_str)
}

/// The amount that a line of code speaks of, in fen. What is counted in `usize` or limits a file is never money, which is `i64`.
fn amount(line: &str, amounts: &BTreeSet<i64>) -> Option<i64> {
    if line.contains(": usize = ") || line.contains(": Limits = ") {
        return None;
    }
    let distinct = |number: &i64| *number >= LITERAL_MIN && !is_power_of_ten(*number);
    let known = |number: i64| [number, number.saturating_mul(100)].into_iter().find(|fen| amounts.contains(fen));
    let literal = literals(line).filter(distinct).find_map(known);
    literal.or_else(|| spelled(line).into_iter().find(|fen| amounts.contains(fen)))
}

/// The lines of a file that run: no comments, no tests.
fn code(text: &str) -> Vec<String> {
    let before = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    before.lines().filter(|line| !line.trim_start().starts_with("//")).map(str::to_owned).collect()
}

fn is_test(path: &Path) -> bool {
    let name = path.file_stem().unwrap().to_string_lossy().into_owned();
    name == "tests" || name.ends_with("_tests") || path.components().any(|part| part.as_os_str() == "tests")
}

/// Every source of a crate but this one, relative to the repository, that is no test.
fn sources(endings: &[&str], folder: &str) -> Vec<PathBuf> {
    let root = testkit::root();
    let crates = std::fs::read_dir(root.join("crates")).unwrap().flatten().map(|entry| entry.path());
    let folders = crates.filter(|path| !path.ends_with("testkit")).map(|path| path.join(folder)).filter(|path| path.is_dir());
    let all: Vec<PathBuf> = folders.flat_map(|folder| files(&folder, endings)).collect();
    all.into_iter().filter(|path| !is_test(path.strip_prefix(&root).unwrap())).collect()
}

#[test]
fn no_programme_or_place_is_named() {
    let names = names();
    let all = [sources(&["rs"], "src"), sources(&["js", "css"], "assets")].concat();
    assert!(all.len() > 300 && names.len() > 200, "{} files, {} names", all.len(), names.len());
    let lines = all.iter().flat_map(|path| code(&read(path)).into_iter().map(move |line| (path, line)));
    let found = lines.filter_map(|(path, line)| Some(format!("{}: {}: {}", path.display(), named(&line, &names)?, line.trim())));
    assert_eq!(found.collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn no_amount_of_a_document_is_named() {
    let amounts = amounts();
    assert!(amounts.len() > 15, "{amounts:?}");
    let all = sources(&["rs"], "src");
    let lines = all.iter().flat_map(|path| code(&read(path)).into_iter().map(move |line| (path, line)));
    let found = lines.filter_map(|(path, line)| Some(format!("{}: {}分: {}", path.display(), amount(&line, &amounts)?, line.trim())));
    assert_eq!(found.collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn the_search_finds_what_is_planted() {
    let (names, amounts) = (names(), amounts());
    let check = |line: &str, found: bool| assert_eq!(named(line, &names).is_some() || amount(line, &amounts).is_some(), found, "{line}");
    check("const CAP_FEN: i64 = 35_000_000;", true);
    check("let cap = 150_000_000_i64.min(share);", true);
    check("if level == 4 { 30000000 } else { 0 }", true);
    check("let cap_yuan = 1_500_000;", true);
    check("p { \"最高补贴35万元\" }", true);
    check("p { \"合计不超过100万元\" }", true);
    check("let fen = 12_345_678;", false);
    check("const ROWS_MAX: usize = 1_000_000;", false);
    check("const CLIENTS_MAX: usize = 50_000;", false);
    check("p { \"金额如12万元\" }", false);
    check("if pack.id == \"hohhot-subsidy\" {", true);
    check("fn hohhot_standard() -> i64 {", true);
    check("match place { \"saihan\" => 1, \"hohhot-saihan\" => 2 }", true);
    check("h1 { \"赛罕区申报入口\" }", true);
    check("h1 { \"和林格尔\" }", true);
    check("if district == \"汀北区\" {", true);
    check("p { \"云湖县\" }", true);
    check("p { (view.at) \"（北京时间）\" }", false);
    check("p { \"北京市\" }", true);
    check("let shanghaied = 1;", false);
}

#[test]
fn what_is_read_from_the_data_is_what_stands_there() {
    let (names, amounts) = (names(), amounts());
    for name in
        ["hohhot-subsidy", "provincial-template", "yunting-reform", "呼和浩特市", "昌吉", "玉泉区", "阜康市", "hohhot-yuquan", "汀南区"]
    {
        assert!(names.contains(name), "{name}");
    }
    for wan in [35, 150, 300, 20, 200, 600, 30, 25, 800, 1000] {
        assert!(amounts.contains(&(wan * 1_000_000)), "{wan}万元");
    }
    assert_eq!(spelled("最高0.5万元、12万元，共1.25亿元"), BTreeSet::from([500_000, 12_000_000, 12_500_000_000]));
    assert_eq!(literals("a[3] = 1_000 + x2 * 35_000_000i64 - 0.5").collect::<Vec<_>>(), [3, 1_000, 35_000_000, 0, 5]);
    assert_eq!(code("a\n// 35万元\n  /// b\nc\n#[cfg(test)]\nmod tests {\n  35万元"), ["a", "c"]);
}
