//! The journal from the command line: check a database, export a programme's chain, check an exported file.

use std::fs::File;
use std::io::{BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use journal::{Entry, JournalError};
use policy::library::Library;
use store::Store;

type Answer = Result<ExitCode, Box<dyn std::error::Error>>;

/// What is to be checked.
#[derive(Args)]
pub struct VerifyOptions {
    /// 数据目录（校验其中的数据库；设置了 DATABASE_URL 的以其为准）
    #[arg(long, default_value = "data")]
    data: PathBuf,
    /// 导出的台账文件（只校验这个文件，不需要数据库）
    #[arg(long)]
    file: Option<PathBuf>,
    /// 公示或拨付清单上印的台账末条摘要，核对它在不在台账中
    #[arg(long)]
    head: Option<String>,
}

/// What is to be exported.
#[derive(Args)]
pub struct ExportOptions {
    /// 政策项目的 id；platform 为单位、人员和授权的台账
    programme: String,
    /// 写到哪个文件
    to: PathBuf,
    /// 数据目录
    #[arg(long, default_value = "data")]
    data: PathBuf,
}

/// The address of the database of a data folder.
pub fn database(data: &Path) -> String {
    std::env::var("DATABASE_URL").unwrap_or_else(|_| format!("sqlite:{}", data.join("shuzhuan.db").display()))
}

/// Checks a database or a file; fails when something does not hold.
pub fn verify(options: &VerifyOptions, library: &Library) -> Answer {
    match &options.file {
        Some(file) => verify_file(file, options.head.as_deref()),
        None => tokio::runtime::Runtime::new()?.block_on(verify_store(options, library)),
    }
}

async fn verify_store(options: &VerifyOptions, library: &Library) -> Answer {
    let store = Store::open(&database(&options.data)).await?;
    for (pack, problems) in service::pack_version::shelve_opened(&store, library).await? {
        println!("政策包 {pack} 不能加载，有{}处问题", problems.len());
    }
    let verified = service::ledger::verify(&store, library.now()).await?;
    for (programme, length, head) in &verified.chains {
        println!("{programme}：{length}条记录，末条摘要 {head}");
    }
    let (records, listed, decisions) = (verified.records, verified.listed, verified.decisions);
    println!("台账重放一致的记录{records}件，列表与档案一致的记录{listed}件，重新计算一致的决定{decisions}件");
    verified.broken.iter().for_each(|broken| println!("不一致：{broken}"));
    if verified.more > 0 {
        println!("不一致：另有{}处，没有逐条列出", verified.more);
    }
    store.close().await;
    Ok(told(verified.broken.is_empty()))
}

fn verify_file(file: &Path, printed: Option<&str>) -> Answer {
    let entries: Result<Vec<Entry>, JournalError> = journal::import(BufReader::new(File::open(file)?)).collect();
    let entries = match entries {
        Ok(entries) => entries,
        Err(error) => {
            println!("不一致：{error}");
            return Ok(ExitCode::FAILURE);
        }
    };
    let programme = entries.first().map(|entry| entry.programme.clone()).unwrap_or_default();
    let known = printed.is_none_or(|head| entries.iter().any(|entry| entry.hash == head));
    match journal::verify(&programme, entries) {
        Ok(head) => println!("{programme}：{}条记录，末条摘要 {}", head.length, head.hash),
        Err(broken) => {
            println!("不一致：{broken}");
            return Ok(ExitCode::FAILURE);
        }
    }
    if !known {
        println!("不一致：台账中没有所给的摘要，末尾可能被截去或者整段重写");
    }
    Ok(told(known))
}

fn told(whole: bool) -> ExitCode {
    println!("{}", if whole { "校验通过" } else { "校验未通过" });
    if whole { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Writes the chain of a programme to a file.
pub fn export(options: &ExportOptions) -> Answer {
    tokio::runtime::Runtime::new()?.block_on(async {
        let store = Store::open(&database(&options.data)).await?;
        let mut to = BufWriter::new(File::create(&options.to)?);
        let entries = service::ledger::export(&store, &options.programme, &mut to).await?;
        to.flush()?;
        println!("已导出{entries}条记录到 {}", options.to.display());
        store.close().await;
        Ok(ExitCode::SUCCESS)
    })
}
