//! `policy new`: a small complete pack to begin with, from the template that travels in the binary.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use include_dir::{Dir, include_dir};
use policy::files::PackFiles;

use crate::packs;

static TEMPLATE: Dir = include_dir!("$CARGO_MANIFEST_DIR/templates/pack");

/// Characters of an id: it stands in addresses.
const ID_MAX_CHARS: usize = 60;
/// Characters of a title or an authority.
const LINE_MAX_CHARS: usize = 100;

/// What the new pack is called.
#[derive(Args)]
pub struct Options {
    /// 新建到哪个文件夹；已有内容的文件夹不会改动
    folder: PathBuf,
    /// 政策包的 id：英文小写字母、数字和“-”，如 example-city
    #[arg(long)]
    id: String,
    /// 政策的名称，如“示例市中小企业数字化转型补助”
    #[arg(long)]
    title: String,
    /// 发布单位
    #[arg(long, default_value = "主管部门")]
    authority: String,
}

/// Why no pack was made.
#[derive(Debug, thiserror::Error)]
pub enum ScaffoldError {
    /// The id cannot stand in an address.
    #[error("id“{0}”不能使用：只能由英文小写字母、数字和“-”组成，以字母开头，最多{ID_MAX_CHARS}个字符，如 example-city")]
    Id(String),
    /// A text that cannot stand between quotes.
    #[error("“{0}”不能使用：不能为空，不能含有引号、反斜杠和换行，最多{LINE_MAX_CHARS}字")]
    Line(String),
    /// Something is there already.
    #[error("{0} 已有内容，没有改动。请换一个文件夹")]
    Taken(PathBuf),
    /// The disk refused.
    #[error("写入 {0} 失败：{1}")]
    Write(PathBuf, io::Error),
}

/// Writes the pack and says what to do next.
pub fn new(options: &Options) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let files = filled(&options.id, &options.title, &options.authority)?;
    write(&options.folder, &files)?;
    let folder = options.folder.display();
    println!("已在 {folder} 新建政策包 {}@1，共{}个文件。接着做什么，见其中的 README.md。", options.id, files.len());
    println!("检查：shuzhuan policy check {folder}");
    Ok(ExitCode::SUCCESS)
}

/// The template's files with these names in them.
///
/// # Errors
/// A name that cannot stand where the files have it.
pub fn filled(id: &str, title: &str, authority: &str) -> Result<PackFiles, ScaffoldError> {
    if !is_id(id) {
        return Err(ScaffoldError::Id(id.to_owned()));
    }
    if let Some(wrong) = [title, authority].into_iter().find(|text| !is_line(text)) {
        return Err(ScaffoldError::Line(wrong.to_owned()));
    }
    let own = |text: String| text.replace("{{id}}", id).replace("{{title}}", title).replace("{{authority}}", authority);
    Ok(packs::texts(&TEMPLATE).into_iter().map(|(path, text)| (path, own(text))).collect())
}

fn is_id(id: &str) -> bool {
    let plain = |one: char| one.is_ascii_lowercase() || one.is_ascii_digit() || one == '-';
    id.starts_with(|first: char| first.is_ascii_lowercase()) && id.chars().all(plain) && id.len() <= ID_MAX_CHARS
}

fn is_line(text: &str) -> bool {
    let plain = |one: char| !one.is_control() && !matches!(one, '"' | '\\' | '{' | '}');
    !text.trim().is_empty() && text.chars().all(plain) && text.chars().count() <= LINE_MAX_CHARS
}

/// Writes files into a folder that is new or empty. No file is ever written over.
fn write(folder: &Path, files: &PackFiles) -> Result<(), ScaffoldError> {
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(ScaffoldError::Taken(folder.to_owned()));
    }
    for (path, text) in files {
        let path = folder.join(path);
        write_file(&path, text).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => ScaffoldError::Taken(path),
            _ => ScaffoldError::Write(path, error),
        })?;
    }
    Ok(())
}

fn write_file(path: &Path, text: &str) -> io::Result<()> {
    if let Some(above) = path.parent() {
        fs::create_dir_all(above)?;
    }
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use policy::check::{examine, passed};
    use policy::library::Library;
    use policy::proof;

    use super::*;

    #[test]
    fn a_new_pack_passes_its_own_check() {
        let files = filled("example-city", "示例市数字化转型补助", "示例市主管部门").unwrap();
        let mut library = Library::default();
        let pack = library.add(files).unwrap_or_else(|problems| panic!("{problems:#?}"));
        let loaded = library.loaded("example-city", "1").unwrap();
        let (checked, cases) = passed(examine(&pack, &loaded.files));
        assert_eq!(checked.iter().flat_map(|case| case.differences.clone()).collect::<Vec<_>>(), Vec::<String>::new());
        let tried = proof::tried(loaded, &cases);
        assert_eq!(tried.failures(), 0, "{:?}", tried.open);
        assert_eq!(proof::mutated(loaded, &cases, 1).failures(), 0, "{:?}", proof::mutated(loaded, &cases, 1).open);
        assert_eq!(pack.procedures.len(), 1);
        assert!(!loaded.files.values().any(|text| text.contains("{{")));
    }

    #[test]
    fn names_that_break_files_or_addresses_are_refused() {
        for (id, title, expected) in [
            ("a", "示例", ""),
            ("Example", "示例", "id“Example”"),
            ("../a", "示例", "id“../a”"),
            ("1a", "示例", "id“1a”"),
            ("", "示例", "id“”"),
            ("a", "", "“”不能使用"),
            ("a", "示\"例", "不能含有引号"),
            ("a", "示例\n[pack]", "不能含有引号"),
        ] {
            let said = filled(id, title, "局").err().map_or(String::new(), |error| error.to_string());
            assert!(said.contains(expected) && said.is_empty() == expected.is_empty(), "{id:?} {title:?}: {said}");
        }
    }

    #[test]
    fn nothing_is_written_over() {
        let folder = std::env::temp_dir().join(format!("shuzhuan-new-{}", std::process::id()));
        let files = filled("a", "示例", "局").unwrap();
        write(&folder, &files).unwrap();
        assert_eq!(packs::folder(&folder).unwrap(), files);
        fs::write(folder.join("pack.toml"), "own").unwrap();
        assert!(matches!(write(&folder, &files), Err(ScaffoldError::Taken(_))));
        assert_eq!(fs::read_to_string(folder.join("pack.toml")).unwrap(), "own");
        fs::remove_dir_all(folder).unwrap();
    }
}
