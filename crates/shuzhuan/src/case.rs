//! `assess` and `award`: one case file, its outcome as Chinese text or JSON.

use crate::packs;
use clap::Args;
use policy::case::{Document, read};
use policy::evaluate::evaluate;
use policy::explained::Facts;
use policy::library::{Library, VersionError};
use policy::outcome::Outcome;
use policy::pack::Pack;
use policy::problem::Problem;
use policy::receipt::Receipt;
use serde::Serialize;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

#[derive(Args)]
pub struct Options {
    /// 案例文件（TOML）
    file: PathBuf,
    /// 以 JSON 输出
    #[arg(long)]
    json: bool,
    /// 政策包目录（可多次）；只有一个时用它评测
    #[arg(long)]
    pack: Vec<PathBuf>,
}

/// A case file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CaseError {
    /// The file cannot be read.
    #[error("读取 {0} 失败：{1}")]
    Read(PathBuf, std::io::Error),
    /// The file does not fit the pack.
    #[error("案例文件有{n}处问题：\n{list}", n = .0.len(), list = .0.iter().map(|p| format!("  {p}")).collect::<Vec<_>>().join("\n"))]
    Problems(Vec<Problem>),
    /// It names no pack, and none was given.
    #[error("请在案例文件的 [case] 中写明 pack = \"…\"，或用 --pack 指定政策包目录")]
    NoPack,
}

type Answer = Result<ExitCode, Box<dyn std::error::Error>>;

/// A case decided: what `--json` prints, the receipt beside the outcome's own keys.
#[derive(Serialize)]
struct Decided {
    #[serde(skip)]
    pack: Arc<Pack>,
    #[serde(flatten)]
    outcome: Outcome,
    receipt: Receipt,
}

/// Level and score with their reasons.
pub fn assess(options: &Options) -> Answer {
    let decided = decide(options)?;
    if options.json {
        return json(&decided);
    }
    for assessed in &decided.outcome.assessed {
        println!("{}", assessed.reasons.plain(&|clauses| decided.pack.cite_all(clauses)));
    }
    finish(&decided)
}

/// Findings, recognised cost and award with their reasons.
pub fn award(options: &Options) -> Answer {
    let decided = decide(options)?;
    if options.json {
        return json(&decided);
    }
    println!("{}", decided.outcome.reasons.plain(&|clauses| decided.pack.cite_all(clauses)));
    finish(&decided)
}

fn json(decided: &Decided) -> Answer {
    println!("{}", serde_json::to_string_pretty(decided)?);
    Ok(ExitCode::SUCCESS)
}

fn finish(decided: &Decided) -> Answer {
    for warning in &decided.outcome.warnings {
        println!("注意：{}", warning.text);
    }
    let pack = &decided.pack;
    println!("政策包：{} {}（摘要 {}）", pack.title, pack.version, &pack.digest[..16]);
    print!("{}", decided.receipt.plain());
    Ok(ExitCode::SUCCESS)
}

fn decide(options: &Options) -> Result<Decided, Box<dyn std::error::Error>> {
    let text = std::fs::read_to_string(&options.file).map_err(|error| CaseError::Read(options.file.clone(), error))?;
    let document = read(&options.file.to_string_lossy(), &text).map_err(CaseError::Problems)?;
    let library = packs::library(&options.pack)?;
    let pack = choose(&library, &document, options)?;
    let facts = document.draft(&pack).map_err(CaseError::Problems)?.facts();
    let outcome = evaluate(&pack, &facts);
    let receipt = Receipt::of(&pack, &facts, &outcome);
    Ok(Decided { pack, outcome, receipt })
}

/// The pack of `--pack`, else the one the case names, in the version it was decided under or that governs its date.
fn choose(library: &Library, document: &Document, options: &Options) -> Result<Arc<Pack>, Box<dyn std::error::Error>> {
    if let [path] = options.pack.as_slice()
        && let [folder] = packs::folders(path)?.as_slice()
        && let Some((id, version)) = policy::load::identity(&packs::folder(folder)?)
        && let Some(pack) = library.version(&id, &version)
    {
        return Ok(pack.clone());
    }
    let named = document.pack.as_deref().ok_or(CaseError::NoPack)?;
    let (id, version) = named.split_once('@').map_or((named, None), |(id, version)| (id, Some(version)));
    let facts = |pack: &Pack| document.draft(pack).map_or_else(|_| Facts::unknown(&pack.program), |draft| draft.facts());
    match library.governing(id, version, facts) {
        Ok(pack) => Ok(pack.clone()),
        // A case without its deciding date is looked at under the newest version, and told what is missing.
        Err(undated @ VersionError::Undated(_)) => {
            let newest = library.pack(id).ok_or(CaseError::NoPack)?;
            eprintln!("注意：{undated}；以下暂按最新版本{}测算", newest.version);
            Ok(newest.clone())
        }
        Err(error) => Err(error.into()),
    }
}
