//! For tests and benchmarks only: the packs of the repository, read from disk.
//!
//! Invariant: no crate depends on this one but for its tests and benchmarks.

pub mod kept;

use policy::files::PackFiles;
use policy::library::Library;
use policy::load::Loaded;
use policy::pack::Pack;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

static ALL: LazyLock<Vec<Arc<Loaded>>> = LazyLock::new(load_all);

/// Every built-in pack and the fixture that has every shape.
pub fn all() -> &'static [Arc<Loaded>] {
    &ALL
}

/// The pack of that id.
pub fn named(id: &str) -> &'static Loaded {
    all().iter().find(|loaded| loaded.pack.id == id).unwrap_or_else(|| panic!("there is no pack {id}"))
}

/// Hohhot's subsidy.
pub fn hohhot() -> &'static Pack {
    &named("hohhot-subsidy").pack
}

/// The root of the repository, seen from any crate in it.
pub fn root() -> PathBuf {
    let from = Path::new(env!("CARGO_MANIFEST_DIR"));
    let has_packs = |above: &&Path| above.join("programmes").is_dir();
    from.ancestors().find(has_packs).expect("programmes/ above the crate").to_owned()
}

/// All of them as a library, as the binary has them.
pub fn library() -> Library {
    let (library, failed) = Library::load(folders().into_iter().collect());
    assert!(failed.is_empty(), "{failed:#?}");
    library
}

fn load_all() -> Vec<Arc<Loaded>> {
    let library = library();
    let packs: Vec<(String, String)> = library.packs().map(|pack| (pack.id.clone(), pack.version.clone())).collect();
    packs.iter().filter_map(|(id, version)| library.loaded(id, version).cloned()).collect()
}

/// Every pack folder with its files.
pub fn folders() -> Vec<(String, PackFiles)> {
    let roots = [root().join("programmes"), root().join("crates/policy/tests/packs")];
    let versions = roots.iter().flat_map(|root| below(root)).flat_map(|programme| below(&programme));
    let packs = versions.filter(|folder| folder.join("pack.toml").is_file());
    packs.map(|folder| (folder.display().to_string(), files(&folder))).collect()
}

/// The pack that `policy new` writes, under an id and a version of one's own.
pub fn new_pack(id: &str, version: &str) -> PackFiles {
    let own = |text: String| {
        let text = text.replace("{{id}}@1", &format!("{id}@{version}")).replace("{{id}}", id).replace("{{title}}", "示例市数字化转型补助");
        text.replace("{{authority}}", "示例市主管部门").replace("version = \"1\"", &format!("version = \"{version}\""))
    };
    let files = files(&root().join("crates/shuzhuan/templates/pack"));
    files.into_iter().map(|(path, text)| (path, own(text))).collect()
}

/// A pack as somebody uploads it: its folder, compressed.
pub fn zipped(files: &PackFiles) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, text) in files {
        zip.start_file(format!("pack/{path}"), zip::write::SimpleFileOptions::default()).expect("a file of an archive");
        zip.write_all(text.as_bytes()).expect("a file of an archive");
    }
    zip.finish().expect("an archive").into_inner()
}

/// The texts of one pack folder.
pub fn files(folder: &Path) -> PackFiles {
    let mut files = PackFiles::new();
    read_into(folder, folder, &mut files);
    files
}

fn read_into(base: &Path, folder: &Path, files: &mut PackFiles) {
    for path in below(folder) {
        if path.is_dir() {
            read_into(base, &path, files);
        } else if let (Ok(name), Ok(text)) = (path.strip_prefix(base), std::fs::read_to_string(&path)) {
            files.insert(name.display().to_string(), text);
        }
    }
}

fn below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut all: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    all.sort();
    all
}
