//! A folder of texts that came as one archive, unpacked in memory within limits. Nothing of it touches a disk.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::read::ZipFile;
use zip::result::ZipError;

use crate::budget::Budget;
use crate::zip_in::{self, Unopened};

/// How much an archive may hold.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Entries, folders included.
    pub entries: usize,
    /// Bytes of all texts together, unpacked.
    pub unpacked_bytes: u64,
}

/// Bytes of an entry's name.
const NAME_MAX_BYTES: usize = 200;
/// What computers add to archives of their own accord.
const ADDED: [&str; 3] = ["__MACOSX", ".DS_Store", "Thumbs.db"];

/// Why an archive is not taken, and what to do instead.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArchiveError {
    /// No archive, or one that cannot be read to its end.
    #[error("文件不是完整的 zip 压缩包，请重新压缩后上传。")]
    Broken,
    /// A password is needed.
    #[error("压缩包设有密码，请取消密码后重新上传。")]
    Encrypted,
    /// More entries than [`Limits::entries`].
    #[error("压缩包中的文件和文件夹超过{0}个，请只压缩所需的文件夹。")]
    Entries(usize),
    /// More bytes than [`Limits::unpacked_bytes`], here in KiB.
    #[error("压缩包解开后文本超过{0}千字节，请删去不需要的文件。")]
    Unpacked(u64),
    /// A name that leads out of the folder, or that no folder could hold.
    #[error("压缩包中的文件名“{0}”不能使用，请改为相对的、不含“..”和控制字符的名称。")]
    Name(String),
    /// Two entries under one name.
    #[error("压缩包中有两个文件都叫“{0}”，请只保留一个。")]
    Twice(String),
    /// A link to another file.
    #[error("压缩包中的“{0}”是链接，不是文件。请放入文件本身。")]
    Link(String),
    /// No text in UTF-8.
    #[error("“{0}”不是 UTF-8 编码的文本，请另存为 UTF-8 编码。")]
    NotText(String),
    /// None of the files that are looked for.
    #[error("压缩包中没有可用的文件，请压缩含有{0}的文件夹。")]
    Nothing(String),
}

/// The texts of an archive whose names have one of these endings, by path below the one folder that holds `root`. Other
/// files are passed over without being unpacked.
///
/// # Errors
/// What is wrong and what to do.
pub fn texts(bytes: &[u8], endings: &[&str], root: &str, limits: &Limits) -> Result<BTreeMap<String, String>, ArchiveError> {
    let mut archive = zip_in::open(Cursor::new(bytes), limits.entries).map_err(|error| match error {
        Unopened::Entries => ArchiveError::Entries(limits.entries),
        Unopened::Broken(error) => refused(error),
        Unopened::Read(_) => ArchiveError::Broken,
    })?;
    let (mut found, budget) = (BTreeMap::new(), Budget::new(limits.unpacked_bytes));
    for at in 0..archive.len() {
        let entry = archive.by_index(at).map_err(refused)?;
        let name = plain_name(&entry)?;
        if entry.is_dir() || is_added(&name) || !endings.iter().any(|ending| name.ends_with(&format!(".{ending}"))) {
            continue;
        }
        let text = text(entry, &name, &budget, limits)?;
        if found.insert(name.clone(), text).is_some() {
            return Err(ArchiveError::Twice(name));
        }
    }
    below(found, root)
}

fn is_added(name: &str) -> bool {
    name.split('/').any(|part| ADDED.contains(&part) || part.starts_with("._"))
}

/// The name with `/` between its parts, harmless in every folder.
fn plain_name(entry: &ZipFile<'_, Cursor<&[u8]>>) -> Result<String, ArchiveError> {
    let written = entry.name().map_err(refused)?;
    let shown: String = written.chars().filter(|one| !one.is_control()).take(60).collect();
    if entry.is_symlink() {
        return Err(ArchiveError::Link(shown));
    }
    let name = written.replace('\\', "/");
    let parts = || name.trim_end_matches('/').split('/');
    let wrong = name.len() > NAME_MAX_BYTES
        || name.chars().any(|one| one.is_control() || one == ':')
        || parts().any(|part| matches!(part, "" | "." | ".."));
    if wrong { Err(ArchiveError::Name(shown)) } else { Ok(name) }
}

/// The whole text of an entry, as long as there is room for it.
fn text(entry: ZipFile<'_, Cursor<&[u8]>>, name: &str, budget: &Budget, limits: &Limits) -> Result<String, ArchiveError> {
    let mut bytes = Vec::new();
    let unpacked = budget.reader(entry).read_to_end(&mut bytes);
    unpacked.map_err(|_| if budget.is_spent() { ArchiveError::Unpacked(limits.unpacked_bytes >> 10) } else { ArchiveError::Broken })?;
    let text = String::from_utf8(bytes).map_err(|_| ArchiveError::NotText(name.to_owned()))?;
    if text.contains('\0') {
        return Err(ArchiveError::NotText(name.to_owned()));
    }
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// The files below the folder that holds `root`: people compress the folder as often as what is in it.
fn below(found: BTreeMap<String, String>, root: &str) -> Result<BTreeMap<String, String>, ArchiveError> {
    let ends = |name: &&String| *name == root || name.ends_with(&format!("/{root}"));
    let folders: Vec<&str> = found.keys().filter(ends).filter_map(|name| name.strip_suffix(root)).collect();
    match folders[..] {
        [] => Err(ArchiveError::Nothing(root.to_owned())),
        [folder] => {
            let own = |(name, text): (&String, &String)| Some((name.strip_prefix(folder)?.to_owned(), text.clone()));
            Ok(found.iter().filter_map(own).collect())
        }
        _ => Err(ArchiveError::Twice(root.to_owned())),
    }
}

fn refused(error: ZipError) -> ArchiveError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => ArchiveError::Encrypted,
        _ => ArchiveError::Broken,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    const SMALL: Limits = Limits { entries: 5, unpacked_bytes: 2_000 };

    fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in entries {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn read(bytes: &[u8]) -> Result<Vec<String>, String> {
        let found = texts(bytes, &["toml", "md"], "pack.toml", &SMALL);
        found.map(|found| found.into_keys().collect()).map_err(|error| error.to_string())
    }

    #[test]
    fn a_folder_is_found_at_any_depth() {
        for (entries, expected) in [
            (&[("pack.toml", &b"a"[..]), ("cases/one.toml", b"b"), ("notes.docx", b"c")][..], &["cases/one.toml", "pack.toml"][..]),
            (&[("city/1/pack.toml", b"a"), ("city/1/text/t.md", b"b"), ("readme.md", b"c")], &["pack.toml", "text/t.md"]),
            (&[("city\\pack.toml", b"\xef\xbb\xbfa"), ("__MACOSX/city/._pack.toml", b"\xff")], &["pack.toml"]),
        ] {
            assert_eq!(read(&zip(entries)).unwrap(), expected, "{entries:?}");
        }
    }

    #[test]
    fn hostile_archives_are_refused() {
        let large = [b'x'; 3_000];
        for (entries, expected) in [
            (&[("pack.toml", &b"a"[..]), ("../../etc/cron.toml", b"b")][..], "“../../etc/cron.toml”不能使用"),
            (&[("/pack.toml", b"a")], "“/pack.toml”不能使用"),
            (&[("C:\\pack.toml", b"a")], "不能使用"),
            (&[("a//pack.toml", b"a")], "不能使用"),
            (&[("pack.toml", b"\xff\xfe")], "不是 UTF-8"),
            (&[("pack.toml", b"a\0b")], "不是 UTF-8"),
            (&[("pack.toml", &large)], "超过1千字节"),
            (&[("a/pack.toml", b"a"), ("b/pack.toml", b"b")], "两个文件都叫“pack.toml”"),
            (&[("a\\pack.toml", b"a"), ("a/pack.toml", b"b")], "两个文件都叫"),
            (&[("rules.toml", b"a")], "没有可用的文件"),
            (&[("1.toml", b""), ("2.toml", b""), ("3.toml", b""), ("4.toml", b""), ("5.toml", b""), ("6.toml", b"")], "超过5个"),
        ] {
            let said = read(&zip(entries)).unwrap_err();
            assert!(said.contains(expected), "{entries:?}: {said}");
        }
        let mut link = ZipWriter::new(Cursor::new(Vec::new()));
        link.add_symlink("pack.toml", "/etc/passwd", SimpleFileOptions::default()).unwrap();
        assert!(read(&link.finish().unwrap().into_inner()).unwrap_err().contains("是链接"));
        let whole = zip(&[("pack.toml", b"[pack]")]);
        for broken in [&b""[..], b"PK\x03\x04", &whole[..whole.len() - 10], b"[pack]"] {
            assert!(read(broken).unwrap_err().contains("不是完整的 zip"), "{broken:?}");
        }
    }
}
