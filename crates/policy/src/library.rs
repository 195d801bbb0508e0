//! All packs at hand: programmes, their versions, which version governs a case, and the calculators.

use crate::explained::Facts;
use crate::files::PackFiles;
use crate::load::{self, Loaded};
use crate::pack::Pack;
use crate::problem::Problem;
use crate::succession::{self, Governing};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A pack and, where it has a calculator, the pack shortened for it.
#[derive(Clone, Debug)]
struct Shelf {
    loaded: Arc<Loaded>,
    calculator: Option<Arc<Pack>>,
}

/// Packs by programme and version.
#[derive(Clone, Debug, Default)]
pub struct Library {
    packs: BTreeMap<String, BTreeMap<String, Shelf>>,
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
        self.packs.entry(pack.id.clone()).or_default().insert(pack.version.clone(), Shelf { loaded, calculator });
        Ok(pack)
    }

    fn used(&self, uses: &str) -> Option<Arc<Loaded>> {
        let (id, version) = uses.split_once('@')?;
        Some(self.shelf(id, version)?.loaded.clone())
    }

    fn shelf(&self, id: &str, version: &str) -> Option<&Shelf> {
        self.packs.get(id)?.get(version)
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
            let found = versions.get(version).map(|shelf| &shelf.loaded.pack);
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
