//! The 100 sub-industries of the pilot programmes, and the classes of GB/T 4754-2017 they stand for.
//!
//! The list is a catalogue of its own: it splits some classes of the standard, rolls up others, leaves
//! some out and files a few elsewhere. The number in the list is the key, never the code.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::text;

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../data/sub-industries.toml")).expect("a test reads sub-industries.toml");
    Catalogue::new(file)
});

/// One row of the list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubIndustry {
    /// 序号, 1 to 100.
    pub number: u8,
    /// 行业类别, without the line breaks of the printed table.
    pub category: String,
    /// 细分行业 as printed, faults included.
    pub printed: String,
    /// The name to show; differs from the printed one in row 58 (`药饮片加工`, properly `中药饮片加工`).
    #[serde(default)]
    pub canonical: String,
    /// Further names it is known by.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Codes of GB/T 4754-2017, two to four digits; a shorter code stands for all it begins.
    pub codes: Vec<String>,
    /// False where the list divides one class of the standard or the assignment is doubtful.
    #[serde(default = "yes")]
    pub checked: bool,
    /// In Chinese, how the row departs from the standard.
    pub note: Option<String>,
}

fn yes() -> bool {
    true
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: String,
    industry: Vec<SubIndustry>,
}

struct Catalogue {
    version: String,
    all: Vec<SubIndustry>,
    /// Every name in the form of [`text::squash`].
    by_name: HashMap<String, usize>,
}

impl Catalogue {
    fn new(file: File) -> Catalogue {
        let mut all = file.industry;
        let mut by_name = HashMap::new();
        for (index, row) in all.iter_mut().enumerate() {
            if row.canonical.is_empty() {
                row.canonical = row.printed.clone();
            }
            by_name.extend(names(row).map(|name| (text::squash(name), index)));
        }
        Catalogue { version: file.version, all, by_name }
    }
}

fn names(row: &SubIndustry) -> impl Iterator<Item = &str> {
    [&row.canonical, &row.printed].into_iter().chain(&row.aliases).map(String::as_str)
}

/// The 100 sub-industries in the order of the list.
pub fn sub_industries() -> &'static [SubIndustry] {
    &CATALOGUE.all
}

/// The version of the list, the year of the guide it belongs to.
pub fn list_version() -> &'static str {
    &CATALOGUE.version
}

/// The sub-industry with this number, 1 to 100.
pub fn sub_industry(number: u8) -> Option<&'static SubIndustry> {
    CATALOGUE.all.get(usize::from(number).checked_sub(1)?)
}

/// The sub-industry with this name or alias, whatever its width, spaces and punctuation.
pub fn find_sub_industry(name: &str) -> Option<&'static SubIndustry> {
    CATALOGUE.by_name.get(&text::squash(name)).map(|index| &CATALOGUE.all[*index])
}

/// The sub-industry a mistyped or shortened name most probably means, for "did you mean": the one
/// nearest in spelling, or else the only one whose name contains the text.
pub fn suggest(name: &str) -> Option<&'static SubIndustry> {
    let known = sub_industries().iter().flat_map(names);
    if let Some(near) = text::suggest(name, known) {
        return find_sub_industry(near);
    }
    let part = text::squash(name);
    let mut holding = sub_industries().iter().filter(|row| names(row).any(|name| text::squash(name).contains(&part)));
    match (holding.next(), holding.next()) {
        (Some(only), None) if part.chars().count() >= 2 => Some(only),
        _ => None,
    }
}

/// The sub-industries a code of GB/T 4754-2017 falls into: two to four digits, with or without the
/// letter of its section (`3312`, `C3312`, `331`). A coarse code gives every row it touches; a class the
/// list leaves out (347, 308, 359 ...) and anything that is no code give none.
pub fn classify(code4754: &str) -> Vec<&'static SubIndustry> {
    let plain = text::without_spaces(&text::half_width(code4754));
    let code = plain.strip_prefix(['C', 'c']).unwrap_or(&plain);
    if !(2..=4).contains(&code.len()) || !code.bytes().all(|b| b.is_ascii_digit()) {
        return Vec::new();
    }
    let touches = |held: &String| held.starts_with(code) || code.starts_with(held.as_str());
    sub_industries().iter().filter(|row| row.codes.iter().any(touches)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_list_is_complete_and_in_order() {
        let numbers: Vec<u8> = sub_industries().iter().map(|row| row.number).collect();
        assert_eq!(numbers, (1..=100).collect::<Vec<u8>>());
        let categories: BTreeSet<&str> = sub_industries().iter().map(|row| row.category.as_str()).collect();
        assert_eq!(categories.len(), 19);
        for row in sub_industries() {
            assert!(!row.codes.is_empty() && !row.printed.contains(char::is_whitespace), "{row:?}");
            assert!(row.codes.iter().all(|c| (2..=4).contains(&c.len()) && c.parse::<u16>().is_ok()), "{row:?}");
            assert_eq!(sub_industry(row.number), Some(row));
        }
        assert_eq!((sub_industry(0), sub_industry(101)), (None, None));
        assert_eq!(list_version(), "2023");
    }

    #[test]
    fn no_name_means_two_rows() {
        let mut seen: HashMap<String, u8> = HashMap::new();
        for row in sub_industries() {
            for name in names(row) {
                let holder = *seen.entry(text::squash(name)).or_insert(row.number);
                assert_eq!(holder, row.number, "{name}");
            }
        }
    }

    #[test]
    fn names_are_found() {
        let check = |name: &str, number: Option<u8>| {
            assert_eq!(find_sub_industry(name).map(|row| row.number), number, "{name}");
        };
        check("锅炉及原动设备制造", Some(1));
        check("泵，阀门, 压缩机及类似机械制造", Some(4));
        check(" 泵阀门压缩机及类似机械制造 ", Some(4));
        check("药饮片加工", Some(58));
        check("中药饮片加工", Some(58));
        check("食品加工", Some(38));
        check("光学仪器制造", Some(100));
        check("养殖", None);
        check("", None);
    }

    #[test]
    fn row_58_keeps_its_print() {
        let row = sub_industry(58).unwrap();
        assert_eq!((row.printed.as_str(), row.canonical.as_str()), ("药饮片加工", "中药饮片加工"));
    }

    #[test]
    fn suggestions() {
        let check = |name: &str, number: Option<u8>| {
            assert_eq!(suggest(name).map(|row| row.number), number, "{name}");
        };
        check("结构性金属制品制作", Some(82));
        check("中药饮片加功", Some(58));
        check("烘炉", Some(7));
        check("制造", None);
        check("养殖", None);
        check("", None);
    }

    #[test]
    fn classes() {
        let check = |code: &str, expected: &[u8]| {
            let numbers: Vec<u8> = classify(code).iter().map(|row| row.number).collect();
            assert_eq!(numbers, expected, "{code}");
        };
        check("3312", &[82]);
        check("C3312", &[82]);
        check("331", &[82]);
        check("345", &[5, 6]);
        check("3459", &[6]);
        check("3660", &[20, 21]);
        check("366", &[20, 21]);
        check("277", &[61, 62]);
        check("2730", &[58]);
        check("1440", &[38]);
        check("1810", &[36]);
        check("3985", &[95]);
        check("395", &[91]);
        check("309", &[76, 77]);
        check("308", &[]);
        check("347", &[]);
        check("27", &[56, 57, 58, 59, 60, 61, 62]);
        check("", &[]);
        check("3", &[]);
        check("制造", &[]);
    }
}
