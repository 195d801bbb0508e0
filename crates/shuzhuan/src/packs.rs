//! Packs from the binary itself and from folders on disk.

use include_dir::{Dir, include_dir};
use policy::files::PackFiles;
use policy::library::Library;
use policy::load::Loaded;
use policy::problem::Problem;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

static BUILT_IN: Dir = include_dir!("$CARGO_MANIFEST_DIR/../../programmes");

/// Largest file of a pack.
const MAX_FILE_BYTES: u64 = 4 * 1024 * 1024;

/// A pack folder that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// The folder or a file in it cannot be read.
    #[error("读取 {path} 失败：{source}")]
    Read {
        /// What was read.
        path: PathBuf,
        /// Why it failed.
        source: std::io::Error,
    },
    /// A file is too large.
    #[error("{0} 超过4兆字节")]
    TooLarge(PathBuf),
    /// The folder holds no pack.
    #[error("{0} 中没有 pack.toml")]
    NoPack(PathBuf),
    /// No pack of that name.
    #[error("没有政策包“{0}”，可用 shuzhuan policy show 列出全部")]
    Unknown(String),
    /// A pack has problems; it is not loaded.
    #[error("政策包 {0} 有{n}处问题，未加载：\n{list}", n = .1.len(), list = .1.iter().map(|p| format!("  {p}")).collect::<Vec<_>>().join("\n"))]
    Problems(String, Vec<Problem>),
}

/// The packs that travel in the binary, by `id/version`.
pub fn built_in() -> BTreeMap<String, PackFiles> {
    let mut folders = BTreeMap::new();
    for version in BUILT_IN.dirs().flat_map(Dir::dirs) {
        folders.insert(version.path().to_string_lossy().into_owned(), texts(version));
    }
    folders
}

/// The texts of a folder of the binary, by their path in it.
pub fn texts(dir: &Dir) -> PackFiles {
    let mut files = PackFiles::new();
    gather(dir, dir.path(), &mut files);
    files
}

fn gather(dir: &Dir, base: &Path, files: &mut PackFiles) {
    for file in dir.files() {
        if let (Ok(path), Some(text)) = (file.path().strip_prefix(base), file.contents_utf8()) {
            files.insert(path.to_string_lossy().into_owned(), text.to_owned());
        }
    }
    dir.dirs().for_each(|below| gather(below, base, files));
}

/// Reads one pack folder.
///
/// # Errors
/// What could not be read.
pub fn folder(path: &Path) -> Result<PackFiles, PackError> {
    let mut files = PackFiles::new();
    read_into(path, path, &mut files)?;
    if !files.contains_key("pack.toml") {
        return Err(PackError::NoPack(path.to_owned()));
    }
    Ok(files)
}

fn read_into(base: &Path, dir: &Path, files: &mut PackFiles) -> Result<(), PackError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| PackError::Read { path, source }
    };
    for entry in std::fs::read_dir(dir).map_err(failed(dir))? {
        let path = entry.map_err(failed(dir))?.path();
        let is_text = path.extension().is_some_and(|ending| ending == "toml" || ending == "md");
        if path.is_dir() {
            read_into(base, &path, files)?;
        } else if is_text {
            if path.metadata().map_err(failed(&path))?.len() > MAX_FILE_BYTES {
                return Err(PackError::TooLarge(path));
            }
            let text = std::fs::read_to_string(&path).map_err(failed(&path))?;
            let name = path.strip_prefix(base).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            files.insert(name, text);
        }
    }
    Ok(())
}

/// Pack folders at or below a path: itself, `version`, or `id/version`.
///
/// # Errors
/// The path cannot be read or holds none.
pub fn folders(path: &Path) -> Result<Vec<PathBuf>, PackError> {
    let mut found = Vec::new();
    find(path, 2, &mut found)?;
    if found.is_empty() { Err(PackError::NoPack(path.to_owned())) } else { Ok(found) }
}

fn find(path: &Path, depth: usize, found: &mut Vec<PathBuf>) -> Result<(), PackError> {
    if path.join("pack.toml").is_file() {
        found.push(path.to_owned());
        return Ok(());
    }
    let entries = std::fs::read_dir(path).map_err(|source| PackError::Read { path: path.to_owned(), source })?;
    let mut below: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    below.sort();
    if depth > 0 {
        below.iter().try_for_each(|path| find(path, depth - 1, found))?;
    }
    Ok(())
}

/// The built-in packs, and below each given path the packs there; a folder given replaces the built-in of its name.
///
/// # Errors
/// The first folder that cannot be read or whose pack has problems.
pub fn library(paths: &[PathBuf]) -> Result<Library, PackError> {
    let mut all = built_in();
    for path in paths {
        for path in folders(path)? {
            let files = folder(&path)?;
            all.insert(name(&files).unwrap_or_else(|| path.to_string_lossy().into_owned()), files);
        }
    }
    let (library, mut failed) = Library::load(all);
    match failed.pop() {
        Some((folder, problems)) => Err(PackError::Problems(folder, problems)),
        None => Ok(library),
    }
}

/// `id/version` as a pack's own file says.
fn name(files: &PackFiles) -> Option<String> {
    policy::load::identity(files).map(|(id, version)| format!("{id}/{version}"))
}

/// A pack by id, `id@version` or folder.
///
/// # Errors
/// No such pack, or its problems.
pub fn named(name: &str) -> Result<Arc<Loaded>, PackError> {
    let path = PathBuf::from(name);
    let (library, id, version) = if path.join("pack.toml").is_file() {
        let files = folder(&path)?;
        let (id, version) = policy::load::identity(&files).ok_or(PackError::NoPack(path.clone()))?;
        (library(&[path])?, id, Some(version))
    } else {
        let (id, version) = name.split_once('@').map_or((name, None), |(id, version)| (id, Some(version.to_owned())));
        (library(&[])?, id.to_owned(), version)
    };
    let version = version.or_else(|| library.pack(&id).map(|pack| pack.version.clone())).unwrap_or_default();
    library.loaded(&id, &version).cloned().ok_or_else(|| PackError::Unknown(name.to_owned()))
}
