//! Which entries, rows, rules and keys of two versions differ.

use super::entries::{Entry, Leaf};
use super::marks::How;
use serde::Serialize;

/// One difference between the rules of two versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Where: `table.standard.rows[2].cap`.
    pub path: String,
    /// Where, in Chinese: 表“补贴标准”（等级 2）最高限额.
    pub name: String,
    /// Whether it was added, removed or changed.
    pub how: How,
    /// A whole entry, not something in one.
    pub entry: bool,
    /// What the old version says; of a whole entry or row, all of it.
    pub old: Option<String>,
    /// What the new version says.
    pub new: Option<String>,
    /// The clauses it follows, as cited by the version that has it.
    pub clauses: Vec<String>,
    /// The clauses the old version has it from, as printed: 《办法》4.
    pub cited_old: Vec<String>,
    /// The clauses the new version has it from, as printed.
    pub cited_new: Vec<String>,
}

/// Every difference, in the order of the new version, what it no longer has last.
pub fn changes(old: &[Entry], new: &[Entry]) -> Vec<Change> {
    let find = |all: &[Entry], path: &str| all.iter().position(|entry| entry.path == path);
    let in_both = new.iter().flat_map(|entry| match find(old, &entry.path) {
        Some(at) => within(&old[at], entry),
        None => vec![entire(entry, How::Added)],
    });
    let gone = old.iter().filter(|entry| find(new, &entry.path).is_none()).map(|entry| entire(entry, How::Removed));
    in_both.chain(gone).collect()
}

fn entire(entry: &Entry, how: How) -> Change {
    let all: Vec<&Leaf> = entry.leaves.iter().collect();
    Change { entry: true, ..whole(&entry.path, &entry.name, how, &all) }
}

/// Something of an entry by its Chinese name: 条件“纳入名单”要求, 适用范围·起.
fn inside(entry: &Entry, name: &str) -> String {
    let dot = if entry.path.contains('.') { "" } else { "·" };
    format!("{}{dot}{name}", entry.name)
}

fn within(old: &Entry, new: &Entry) -> Vec<Change> {
    let mut all = side(new, old, How::Added);
    all.extend(new.leaves.iter().filter_map(|leaf| changed(old, new, leaf)));
    all.extend(side(old, new, How::Removed));
    all
}

/// A key that both have and that says something else.
fn changed(old: &Entry, new: &Entry, leaf: &Leaf) -> Option<Change> {
    let before = old.leaves.iter().find(|before| before.path == leaf.path)?;
    let skipped = new.path == "pack" && leaf.path == "version";
    (before.text != leaf.text && !skipped).then(|| Change {
        path: format!("{}.{}", new.path, leaf.path),
        name: inside(new, &leaf.name),
        how: How::Changed,
        entry: false,
        old: Some(before.text.clone()),
        new: Some(leaf.text.clone()),
        clauses: leaf.clauses.clone(),
        cited_old: before.clauses.clone(),
        cited_new: leaf.clauses.clone(),
    })
}

/// What `entry` has and `other` lacks: whole rows and rules as one, other keys one by one.
fn side(entry: &Entry, other: &Entry, how: How) -> Vec<Change> {
    let is_part_of = |leaf: &&Leaf, part: &str| leaf.part.as_ref().is_some_and(|(path, _)| path == part);
    let mut told: Vec<&str> = Vec::new();
    let mut all = Vec::new();
    for leaf in &entry.leaves {
        if other.leaves.iter().any(|found| found.path == leaf.path) {
            continue;
        }
        match leaf.part.as_ref().filter(|(part, _)| !other.leaves.iter().any(|leaf| is_part_of(&leaf, part))) {
            Some((part, _)) if told.contains(&part.as_str()) => {}
            Some((part, name)) => {
                told.push(part);
                let leaves: Vec<&Leaf> = entry.leaves.iter().filter(|leaf| is_part_of(leaf, part)).collect();
                all.push(whole(&format!("{}.{part}", entry.path), &inside(entry, name), how, &leaves));
            }
            None => all.push(whole(&format!("{}.{}", entry.path, leaf.path), &inside(entry, &leaf.name), how, &[leaf])),
        }
    }
    all
}

/// Something that only one version has, with everything written in it.
fn whole(path: &str, name: &str, how: How, leaves: &[&Leaf]) -> Change {
    let prefix = |leaf: &Leaf| leaf.part.as_ref().map_or(String::new(), |(_, part)| part.clone());
    let told = |leaf: &&Leaf| {
        let short = leaf.name.strip_prefix(&prefix(leaf)).filter(|_| name.ends_with(&prefix(leaf))).unwrap_or(&leaf.name);
        format!("{short}：{}", leaf.text)
    };
    let named = |leaf: &&&Leaf| !matches!(leaf.path.rsplit('.').next(), Some("label" | "title" | "clause"));
    let text = match leaves {
        [only] if leaves.len() == 1 && name.ends_with(&only.name) => only.text.clone(),
        all => all.iter().filter(named).map(told).collect::<Vec<_>>().join("；"),
    };
    let clauses = leaves.iter().map(|leaf| leaf.clauses.clone()).find(|clauses| !clauses.is_empty()).unwrap_or_default();
    let (gone, cites) = (how == How::Removed, clauses.clone());
    let (old, new) = if gone { (Some(text), None) } else { (None, Some(text)) };
    let (cited_old, cited_new) = if gone { (cites, Vec::new()) } else { (Vec::new(), cites) };
    Change { path: path.to_owned(), name: name.to_owned(), how, entry: false, old, new, clauses, cited_old, cited_new }
}
