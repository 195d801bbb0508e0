//! `policy diff`: what is different between two versions of a pack.

use crate::packs;
use clap::Args;
use policy::difference::difference;
use policy::library::Library;
use policy::load::Loaded;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

#[derive(Args)]
pub struct Options {
    /// 旧版本：id@version 或政策包目录
    old: String,
    /// 新版本：id@version 或政策包目录
    new: String,
    /// 另外比较的案例文件（可多个），两个版本自带的案例总要比较
    #[arg(long, num_args = 1..)]
    cases: Vec<PathBuf>,
    /// 每处变化一句话，按条件、金额、表单、环节、时限分列，写明从何时起、各依据哪一条
    #[arg(long, conflicts_with = "json")]
    brief: bool,
    /// 以 JSON 输出
    #[arg(long)]
    json: bool,
    /// 政策包目录（可多次），其中的版本可按 id@version 引用
    #[arg(long)]
    pack: Vec<PathBuf>,
}

type Failure = Box<dyn std::error::Error>;

/// Compares the texts, rules and worked cases of two versions.
pub fn diff(options: &Options) -> Result<ExitCode, Failure> {
    let (old, new) = (loaded(&options.old, &options.pack)?, loaded(&options.new, &options.pack)?);
    let cases: Vec<(String, String)> = options.cases.iter().map(|path| case_file(path)).collect::<Result<_, _>>()?;
    let found = difference(&old, &new, &cases);
    if options.json {
        println!("{}", serde_json::to_string_pretty(&found)?);
    } else if options.brief {
        print!("{}", found.brief_text());
    } else {
        print!("{}", found.plain());
    }
    Ok(ExitCode::SUCCESS)
}

fn case_file(path: &Path) -> Result<(String, String), Failure> {
    let name = path.display().to_string();
    match std::fs::read_to_string(path) {
        Ok(text) => Ok((name, text)),
        Err(error) => Err(format!("读取 {name} 失败：{error}").into()),
    }
}

/// A version by folder or by name. Each side has a library of its own: two folders may hold the same version.
fn loaded(named: &str, packs: &[PathBuf]) -> Result<Arc<Loaded>, Failure> {
    let path = PathBuf::from(named);
    let mut library = packs::library(packs)?;
    let (id, version) = if path.is_dir() { added(&mut library, &path)? } else { split(named) };
    let found = library.loaded(&id, &version).cloned();
    found.ok_or_else(|| format!("没有政策包“{named}”，请写作 id@version 或目录，可用 shuzhuan policy show 列出全部").into())
}

/// `id@version`; `id` alone names no version.
fn split(named: &str) -> (String, String) {
    let (id, version) = named.split_once('@').unwrap_or((named, ""));
    (id.to_owned(), version.to_owned())
}

fn added(library: &mut Library, path: &Path) -> Result<(String, String), Failure> {
    let problems = |problems| packs::PackError::Problems(path.display().to_string(), problems);
    let pack = library.add(packs::folder(path)?).map_err(problems)?;
    Ok((pack.id.clone(), pack.version.clone()))
}
