//! Which of a programme's versions governs a case: by date or batch, and by which version amends which.
//!
//! A version governs while `from <= fact < until`. Versions divided by one fact must not overlap. A version that
//! amends another ([applies] `amends`) goes before it wherever both could govern, so it may be divided by another
//! fact, and the amended version's files stay as they were issued.

use crate::explained::Facts;
use crate::files;
use crate::load::Loaded;
use crate::pack::Pack;
use crate::problem::Problem;
use std::cmp::Reverse;
use std::sync::Arc;

/// What the versions say of a case.
pub enum Governing<'a> {
    /// This version governs it.
    Version(&'a Arc<Pack>),
    /// These facts (Chinese names) must be known first.
    Missing(Vec<String>),
    /// None governs it.
    Nothing,
}

/// The version that governs a case: the first, amending versions before amended ones, whose date or batch fits.
///
/// A version whose fact is not known may yet govern, so no older one is taken in its place.
pub fn governing<'a>(versions: &[&'a Arc<Pack>], facts: impl Fn(&Pack) -> Facts) -> Governing<'a> {
    let mut missing: Vec<String> = Vec::new();
    for pack in latest_first(versions) {
        match governs(pack, &facts(pack)) {
            Some(true) if missing.is_empty() => return Governing::Version(pack),
            Some(true) => break,
            Some(false) => {}
            None => missing.extend(anchor(pack).filter(|label| !missing.contains(label))),
        }
    }
    if missing.is_empty() { Governing::Nothing } else { Governing::Missing(missing) }
}

/// Amending versions before the ones they amend; for the rest, the last by name first.
fn latest_first<'a>(versions: &[&'a Arc<Pack>]) -> Vec<&'a Arc<Pack>> {
    let mut all: Vec<&Arc<Pack>> = versions.iter().rev().copied().collect();
    all.sort_by_key(|pack| Reverse(amended(versions, pack).len()));
    all
}

/// The versions that one amends, directly or through others, nearest first; a circle ends where it closes.
fn amended<'a>(versions: &[&'a Arc<Pack>], pack: &Pack) -> Vec<&'a str> {
    let mut all: Vec<&str> = Vec::new();
    let mut next = amends(pack);
    while let Some(older) = next.and_then(|name| versions.iter().find(|pack| pack.version == name)) {
        if all.contains(&older.version.as_str()) {
            break;
        }
        all.push(&older.version);
        next = amends(older);
    }
    all
}

fn amends(pack: &Pack) -> Option<&str> {
    pack.applies.as_ref()?.amends.as_deref()
}

fn anchor(pack: &Pack) -> Option<String> {
    pack.applies.as_ref().map(|applies| pack.inputs[0][applies.input].label.clone())
}

/// Whether a version governs a case; `None` while the date or batch that decides is not known.
fn governs(pack: &Pack, facts: &Facts) -> Option<bool> {
    let Some(applies) = &pack.applies else { return Some(true) };
    let value = facts.kinds[0].inputs[applies.input][0].get()?;
    Some(applies.from.is_none_or(|from| from <= value) && applies.until.is_none_or(|until| value < until))
}

/// What is wrong among the versions of one programme.
pub fn problems(versions: &[&Loaded]) -> Vec<Problem> {
    let packs: Vec<&Arc<Pack>> = versions.iter().map(|loaded| &loaded.pack).collect();
    let mut all: Vec<Problem> = versions.iter().filter_map(|loaded| amends_nothing(&packs, loaded)).collect();
    for (at, pack) in packs.iter().enumerate() {
        let others = packs[at + 1..].iter().filter(|other| rivals(&packs, pack, other));
        all.extend(others.map(|other| rivalry(pack, other)));
    }
    all
}

fn amends_nothing(packs: &[&Arc<Pack>], loaded: &Loaded) -> Option<Problem> {
    let amends = amends(&loaded.pack)?;
    let known: Vec<&str> = packs.iter().map(|pack| pack.version.as_str()).filter(|version| *version != loaded.pack.version).collect();
    if amended(packs, &loaded.pack).contains(&loaded.pack.version.as_str()) {
        return Some(at_amends(loaded, format!("版本“{}”经由“{amends}”修订它自己，循环", loaded.pack.version)));
    }
    let missing = !known.contains(&amends);
    missing.then(|| at_amends(loaded, format!("被修订的版本“{amends}”不存在")).did_you_mean(amends, known))
}

/// A problem where `amends` is written.
fn at_amends(loaded: &Loaded, message: String) -> Problem {
    let (sections, _) = files::read(&loaded.files);
    let written = sections.applies.first().and_then(|entry| Some((entry.file, entry.amends.as_ref()?.start())));
    let (file, offset) = written.unwrap_or_default();
    sections.sources[file].problem(offset, message)
}

/// Whether two versions could both govern one case, and neither amends the other.
fn rivals(packs: &[&Arc<Pack>], a: &Pack, b: &Pack) -> bool {
    let before = |until: Option<i64>, from: Option<i64>| until.zip(from).is_some_and(|(until, from)| until <= from);
    let apart = match (&a.applies, &b.applies) {
        (Some(x), Some(y)) => same_anchor(a, b) && (before(x.until, y.from) || before(y.until, x.from)),
        _ => false,
    };
    let succeeds = |newer: &Pack, older: &Pack| amended(packs, newer).contains(&older.version.as_str());
    !apart && !succeeds(a, b) && !succeeds(b, a)
}

fn same_anchor(a: &Pack, b: &Pack) -> bool {
    let id = |pack: &Pack| pack.applies.as_ref().map(|applies| pack.inputs[0][applies.input].id());
    id(a) == id(b)
}

fn rivalry(a: &Pack, b: &Pack) -> Problem {
    let (message, mend) = match (anchor(a), anchor(b)) {
        (Some(x), Some(y)) if !same_anchor(a, b) => (
            format!("版本“{}”与“{}”按不同的事实（{x}、{y}）划分适用范围，可能同时适用", a.version, b.version),
            "请在较新版本的 [applies] 中用 amends 写明它修订的版本",
        ),
        _ => (
            format!("版本“{}”与“{}”的适用期间重叠", a.version, b.version),
            "请在 [applies] 中用 from、until 写明各自适用的起止（含起不含止），或者在较新的版本中用 amends 写明它修订的版本",
        ),
    };
    Problem { file: "pack.toml".into(), line: 0, column: 0, clause: None, message, suggestion: Some(mend.to_owned()) }
}
