//! `simulate`: a portfolio from a table under changed rules.

use crate::packs;
use clap::Args;
use insight::{Portfolio, PortfolioError, Prepared, Reader, chart, given_values, plain};
use policy::load::Loaded;
use policy::pack::Pack;
use policy::problem::Problem;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Args)]
pub struct Options {
    /// 政策包的 id、id@version 或目录
    pack: String,
    /// 申报件表格（.csv 或 .xlsx），第一行为列名
    #[arg(long)]
    cases: PathBuf,
    /// 调整的数值，如 standard.1.cap=12万元（可多次）；shuzhuan policy places 列出可调整的位置
    #[arg(long = "set", value_name = "位置=数值")]
    set: Vec<String>,
    /// 与另一政策包比较：id、id@version 或目录
    #[arg(long)]
    against: Option<String>,
    /// 预算，如 5000万元
    #[arg(long)]
    budget: Option<String>,
    /// 列出多少件有变化的申报件
    #[arg(long, default_value_t = 20)]
    list: usize,
    /// 以 JSON 输出
    #[arg(long)]
    json: bool,
    /// 另存图表（SVG）
    #[arg(long)]
    chart: Option<PathBuf>,
}

/// A simulation that cannot be run.
#[derive(Debug, thiserror::Error)]
enum SimulateError {
    /// A `--set` that is not `path=value`.
    #[error("“{0}”应写作 位置=数值，如 standard.1.cap=12万元")]
    Set(String),
    /// The changed pack does not load.
    #[error("调整后的政策包不能使用：\n{}", .0.iter().map(|p| format!("  {p}")).collect::<Vec<_>>().join("\n"))]
    Problems(Vec<Problem>),
    /// The file cannot be read.
    #[error("读取 {0} 失败：{1}")]
    Read(PathBuf, std::io::Error),
}

/// Runs the comparison and prints it.
pub fn simulate(options: &Options) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let base = packs::named(&options.pack)?;
    let table = read_table(&options.cases)?;
    let heads = table.first().ok_or(PortfolioError::Empty)?.1.clone();
    let given = given_values(&base.pack, &heads);
    let edits: Vec<(String, String)> = options.set.iter().map(|text| edit(text)).collect::<Result<_, _>>()?;
    let other = options.against.as_deref().map(packs::named).transpose()?;
    let before = base.edited(&[], &given).map_err(SimulateError::Problems)?;
    let after = other.as_deref().unwrap_or(&base).edited(&edits, &given).map_err(SimulateError::Problems)?;
    let portfolio = portfolio(&before, &heads, &table[1..], &options.cases)?;
    let budget = options.budget.as_deref().map(standards::words::parse_amount).transpose()?;
    let simulation = Prepared::new(&before, &after, &portfolio)?.simulation(options.list, budget);
    if let Some(path) = &options.chart {
        std::fs::write(path, chart(&simulation)).map_err(|error| SimulateError::Read(path.clone(), error))?;
    }
    if options.json {
        println!("{}", serde_json::to_string_pretty(&simulation)?);
    } else {
        print!("{}", plain(&simulation));
    }
    Ok(ExitCode::SUCCESS)
}

type Rows = Vec<(usize, Vec<String>)>;

fn read_table(path: &Path) -> Result<Rows, Box<dyn std::error::Error>> {
    let bytes = std::fs::read(path).map_err(|error| SimulateError::Read(path.to_owned(), error))?;
    let mut rows = Rows::new();
    papers::read(&path.to_string_lossy(), &bytes, &mut |number, cells| rows.push((number, cells.to_vec())))?;
    Ok(rows)
}

fn edit(text: &str) -> Result<(String, String), SimulateError> {
    let pair = text.split_once('=').filter(|(path, value)| !path.trim().is_empty() && !value.trim().is_empty());
    pair.map(|(path, value)| (path.trim().to_owned(), value.trim().to_owned())).ok_or_else(|| SimulateError::Set(text.to_owned()))
}

fn portfolio(pack: &Pack, heads: &[String], rows: &[(usize, Vec<String>)], path: &Path) -> Result<Portfolio, PortfolioError> {
    let mut reader = Reader::new(pack, heads);
    rows.iter().for_each(|(number, cells)| reader.row(*number, cells));
    reader.finish(&path.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned()))
}

/// Lists the places `--set` may name.
pub fn places(pack: &str) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let loaded: std::sync::Arc<Loaded> = packs::named(pack)?;
    loaded.places().iter().for_each(|place| println!("{} = {}", place.path, place.text));
    Ok(ExitCode::SUCCESS)
}
