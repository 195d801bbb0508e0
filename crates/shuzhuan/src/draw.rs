//! A draw of experts done once more by whoever doubts it.

use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Args)]
pub struct Options {
    /// 公布的种子
    #[arg(long)]
    seed: String,
    /// 抽取的个数；不写则全部抽取，排出先后
    #[arg(long)]
    count: Option<usize>,
    /// 文本文件，每行一个编号
    ids: PathBuf,
}

/// Prints what is drawn, one a line, in the order it is drawn.
pub fn run(options: &Options) -> ExitCode {
    match drawn(options) {
        Ok(drawn) => {
            drawn.iter().for_each(|id| println!("{id}"));
            ExitCode::SUCCESS
        }
        Err(said) => {
            eprintln!("{said}");
            ExitCode::FAILURE
        }
    }
}

fn drawn(options: &Options) -> Result<Vec<String>, String> {
    let text = std::fs::read_to_string(&options.ids).map_err(|error| format!("不能读取{}：{error}", options.ids.display()))?;
    let ids: Vec<String> = text.lines().map(str::trim).filter(|id| !id.is_empty()).map(str::to_owned).collect();
    insight::assignment::draw(&ids, options.count.unwrap_or(ids.len()), options.seed.trim()).map_err(|error| format!("{error}。"))
}
