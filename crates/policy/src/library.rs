//! All packs at hand: programmes, their versions, which version governs a case, and the calculators.

use crate::explained::Facts;
use crate::files::PackFiles;
use crate::load::{self, Loaded};
use crate::pack::Pack;
use crate::problem::Problem;
use crate::succession::{self, Governing};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// A pack and, where it has a calculator, the pack shortened for it.
#[derive(Clone, Debug)]
struct Shelf {
    loaded: Arc<Loaded>,
    calculator: Option<Arc<Pack>>,
}

/// A version's name; numbers in it count as numbers, so that 10 comes after 9.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Version(String);

impl Version {
    fn parts(&self) -> Vec<(Option<u64>, &str)> {
        let same = |a: char, b: char| a.is_ascii_digit() == b.is_ascii_digit();
        let chars: Vec<(usize, char)> = self.0.char_indices().collect();
        let starts = (0..chars.len()).filter(|at| *at == 0 || !same(chars[at - 1].1, chars[*at].1)).map(|at| chars[at].0);
        let starts: Vec<usize> = starts.chain([self.0.len()]).collect();
        starts.windows(2).map(|pair| &self.0[pair[0]..pair[1]]).map(|part| (part.parse().ok(), part)).collect()
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.parts().cmp(&other.parts()).then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// Packs by programme and version.
///
/// A library never changes under those who read it. What is added while the program runs makes a newer library after this
/// one, so that whoever holds the first finds the newest ([`Library::now`]), and what was taken from an older one stays valid.
#[derive(Clone, Debug, Default)]
pub struct Library {
    packs: BTreeMap<String, BTreeMap<Version, Shelf>>,
    next: OnceLock<Box<Library>>,
}

/// Why no version governs a case.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VersionError {
    /// No pack of that id.
    #[error("没有政策包“{0}”")]
    NoProgramme(String),
    /// No version of that name.
    #[error("政策包“{0}”没有版本“{1}”")]
    NoVersion(String, String),
    /// The dates or batches that decide are not known: their Chinese names.
    #[error("请先填写“{0}”，以确定适用的政策版本")]
    Undated(String),
    /// No version governs that date or batch.
    #[error("没有适用于该日期或批次的版本")]
    NotGoverned,
}

impl Library {
    /// Loads folders of packs, used packs first; folders whose pack has problems are reported and left out.
    pub fn load(folders: BTreeMap<String, PackFiles>) -> (Self, Vec<(String, Vec<Problem>)>) {
        let mut library = Self::default();
        let mut failed = Vec::new();
        for (folder, files) in in_order(folders) {
            if let Err(problems) = library.add(files) {
                failed.push((folder, problems));
            }
        }
        library.check_versions(&mut failed);
        (library, failed)
    }

    /// Adds one pack; its used pack must be there already.
    ///
    /// # Errors
    /// The pack's problems.
    pub fn add(&mut self, files: PackFiles) -> Result<Arc<Pack>, Vec<Problem>> {
        let used: Vec<Arc<Loaded>> = load::uses(&files).iter().filter_map(|uses| self.used(uses)).collect();
        let loaded = Arc::new(load::load(files, used)?);
        let calculator = match &loaded.pack.calculator {
            Some(calculator) => Some(Arc::new(loaded.with_given(&calculator.given)?)),
            None => None,
        };
        let pack = loaded.pack.clone();
        self.packs.entry(pack.id.clone()).or_default().insert(Version(pack.version.clone()), Shelf { loaded, calculator });
        Ok(pack)
    }

    /// The newest library that follows this one; itself while nothing was added.
    pub fn now(&self) -> &Self {
        let mut last = self;
        while let Some(next) = last.next.get() {
            last = next;
        }
        last
    }

    /// A library with one pack more, beside this one; its versions must fit together.
    ///
    /// # Errors
    /// The pack's problems, or those between it and other versions of its programme.
    pub fn with(&self, files: PackFiles) -> Result<(Self, Arc<Pack>), Vec<Problem>> {
        let mut library = Self { packs: self.packs.clone(), next: OnceLock::new() };
        let pack = library.add(files)?;
        let versions: Vec<&Loaded> = library.packs[&pack.id].values().map(|shelf| shelf.loaded.as_ref()).collect();
        let problems = succession::problems(&versions);
        if problems.is_empty() { Ok((library, pack)) } else { Err(problems) }
    }

    /// Adds a pack for all who hold this library, while they read it.
    ///
    /// # Errors
    /// As [`Library::with`]; then nothing is added.
    pub fn shelve(&self, files: &PackFiles) -> Result<Arc<Pack>, Vec<Problem>> {
        loop {
            let last = self.now();
            let (next, pack) = last.with(files.clone())?;
            // Somebody else may have added one in between: then it is tried again after that one.
            if last.next.set(Box::new(next)).is_ok() {
                return Ok(pack);
            }
        }
    }

    fn used(&self, uses: &str) -> Option<Arc<Loaded>> {
        let (id, version) = uses.split_once('@')?;
        Some(self.shelf(id, version)?.loaded.clone())
    }

    fn shelf(&self, id: &str, version: &str) -> Option<&Shelf> {
        self.packs.get(id)?.get(&Version(version.to_owned()))
    }

    /// The newest version of each programme.
    pub fn packs(&self) -> impl Iterator<Item = &Arc<Pack>> {
        self.packs.values().filter_map(|versions| versions.values().next_back()).map(|shelf| &shelf.loaded.pack)
    }

    /// The newest version of a programme.
    pub fn pack(&self, id: &str) -> Option<&Arc<Pack>> {
        self.packs.get(id)?.values().next_back().map(|shelf| &shelf.loaded.pack)
    }

    /// One version of a programme.
    pub fn version(&self, id: &str, version: &str) -> Option<&Arc<Pack>> {
        self.shelf(id, version).map(|shelf| &shelf.loaded.pack)
    }

    /// All versions of a programme, oldest first.
    pub fn versions(&self, id: &str) -> impl Iterator<Item = &Arc<Pack>> {
        self.packs.get(id).into_iter().flat_map(BTreeMap::values).map(|shelf| &shelf.loaded.pack)
    }

    /// The loaded form of a version, with its files.
    pub fn loaded(&self, id: &str, version: &str) -> Option<&Arc<Loaded>> {
        self.shelf(id, version).map(|shelf| &shelf.loaded)
    }

    /// The pack shortened for its calculator.
    pub fn calculator(&self, id: &str, version: &str) -> Option<&Arc<Pack>> {
        self.shelf(id, version)?.calculator.as_ref()
    }

    /// The version that governs a case: the one it was decided under, else the one whose period holds its date or batch,
    /// an amending version before the one it amends.
    ///
    /// `facts` gives a version's facts of the case, since versions may declare different ones.
    ///
    /// # Errors
    /// [`VersionError`] says what is missing.
    pub fn governing(&self, id: &str, decided_under: Option<&str>, facts: impl Fn(&Pack) -> Facts) -> Result<&Arc<Pack>, VersionError> {
        let versions = self.packs.get(id).ok_or_else(|| VersionError::NoProgramme(id.to_owned()))?;
        if let Some(version) = decided_under {
            let found = versions.get(&Version(version.to_owned())).map(|shelf| &shelf.loaded.pack);
            return found.ok_or_else(|| VersionError::NoVersion(id.to_owned(), version.to_owned()));
        }
        let packs: Vec<&Arc<Pack>> = versions.values().map(|shelf| &shelf.loaded.pack).collect();
        match succession::governing(&packs, facts) {
            Governing::Version(pack) => Ok(pack),
            Governing::Missing(labels) => Err(VersionError::Undated(labels.join("”、“"))),
            Governing::Nothing => Err(VersionError::NotGoverned),
        }
    }

    /// Versions of a programme must not both govern one case unless one amends the other.
    fn check_versions(&self, failed: &mut Vec<(String, Vec<Problem>)>) {
        for (id, versions) in &self.packs {
            let all: Vec<&Loaded> = versions.values().map(|shelf| shelf.loaded.as_ref()).collect();
            failed.extend(succession::problems(&all).into_iter().map(|problem| (id.clone(), vec![problem])));
        }
    }
}

/// Pack folders so that every pack comes after the packs it uses; what waits in a circle comes last and fails by itself.
pub fn in_order(folders: BTreeMap<String, PackFiles>) -> Vec<(String, PackFiles)> {
    let mut waiting: Vec<(String, PackFiles, String, Vec<String>)> = folders
        .into_iter()
        .map(|(folder, files)| {
            let name = load::identity(&files).map_or(String::new(), |(id, version)| format!("{id}@{version}"));
            let uses = load::uses(&files);
            (folder, files, name, uses)
        })
        .collect();
    let mut ordered = Vec::new();
    while !waiting.is_empty() {
        let names: Vec<String> = waiting.iter().map(|(_, _, name, _)| name.clone()).collect();
        let ready = waiting.iter().position(|(_, _, _, uses)| !uses.iter().any(|used| names.contains(used)));
        let (folder, files, ..) = waiting.remove(ready.unwrap_or(0));
        ordered.push((folder, files));
    }
    ordered
}

#[cfg(test)]
mod tests {
    use super::Version;

    #[test]
    fn versions_are_in_the_order_of_their_numbers() {
        let mut all = ["10", "9", "2025", "2025.10", "2025.9", "2025-b", "202x"].map(|text| Version(text.to_owned()));
        all.sort();
        assert_eq!(all.map(|version| version.0), ["9", "10", "202x", "2025", "2025-b", "2025.9", "2025.10"]);
    }
}
