//! The command line.

use crate::policy_commands::How;
use crate::{case, difference, draw, ledger, packs, policy_commands, scaffold, serve, simulate};
use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "shuzhuan", version, about = "数转：中小企业数字化转型公共服务平台")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// 启动网站
    Serve {
        /// 数据目录
        #[arg(long, default_value = "data")]
        data: PathBuf,
        /// 监听地址
        #[arg(long, default_value = "127.0.0.1:8080")]
        listen: std::net::SocketAddr,
        /// 政策包目录（可多次），与内置同名的以此为准
        #[arg(long)]
        pack: Vec<PathBuf>,
        /// 在空的数据目录中生成一座虚构城市的演示数据，登录页可一键进入各角色
        #[arg(long)]
        demo: bool,
    },
    /// 校验台账：有没有改动、删除、插入、调换的记录，与现有数据是否一致，决定能否重新算出
    Verify(ledger::VerifyOptions),
    /// 导出一个政策项目的台账，每条记录一行
    Export(ledger::ExportOptions),
    /// 政策包
    #[command(subcommand)]
    Policy(Policy),
    /// 一批申报件在调整后的规则下：所需资金、谁增谁减、为什么
    Simulate(simulate::Options),
    /// 按公布的种子重做一次专家抽取
    Draw(draw::Options),
    /// 按案例文件评测数字化水平
    Assess(case::Options),
    /// 按案例文件核查条件、核定投入、测算奖补
    Award(case::Options),
}

#[derive(Subcommand)]
enum Policy {
    /// 新建一个可以直接通过检查的小政策包，作为编写的起点
    New(scaffold::Options),
    /// 加载政策包并运行全部案例；不写目录则检查内置的全部政策包
    Check {
        /// 政策包目录
        dirs: Vec<PathBuf>,
        /// 只列出未通过的案例
        #[arg(long)]
        quiet: bool,
        /// 列出每处比较生成的边界案例数
        #[arg(long)]
        boundaries: bool,
        /// 另逐处改动政策包中的数值和运算符，检查是否都有案例发现（较慢）
        #[arg(long)]
        mutate: bool,
    },
    /// 显示政策包的内容
    Show {
        /// 政策包的 id、id@version 或目录；不写则列出全部
        pack: Option<String>,
        /// 画出各事项的环节：谁办理、做什么、时限、先后和并行
        #[arg(long)]
        stages: bool,
    },
    /// 列出可用 simulate --set 调整的位置
    Places {
        /// 政策包的 id、id@version 或目录
        pack: String,
    },
    /// 比较两个版本：逐条列出文本、规则和案例结果的不同
    Diff(difference::Options),
    /// 输出政策包文件的 JSON Schema，供编辑器使用
    Schema,
    /// 输出政策包文件各键的说明（docs/pack-reference.md）
    Reference,
}

/// Reads the arguments and runs the command.
pub fn run() -> Result<ExitCode, Box<dyn std::error::Error>> {
    match Arguments::parse().command {
        Command::Serve { data, listen, pack, demo } => serve::serve(&data, listen, packs::library(&pack)?, demo),
        Command::Verify(options) => ledger::verify(&options, &packs::library(&[])?),
        Command::Export(options) => ledger::export(&options),
        Command::Policy(Policy::New(options)) => scaffold::new(&options),
        Command::Policy(Policy::Check { dirs, quiet, boundaries, mutate }) => {
            policy_commands::check(&dirs, How { quiet, boundaries, mutate })
        }
        Command::Policy(Policy::Show { pack, stages }) => policy_commands::show(pack.as_deref(), stages),
        Command::Policy(Policy::Places { pack }) => simulate::places(&pack),
        Command::Policy(Policy::Diff(options)) => difference::diff(&options),
        Command::Policy(Policy::Schema) => policy_commands::schema(),
        Command::Policy(Policy::Reference) => {
            print!("{}", policy::reference::pack_reference());
            Ok(ExitCode::SUCCESS)
        }
        Command::Simulate(options) => simulate::simulate(&options),
        Command::Draw(options) => Ok(draw::run(&options)),
        Command::Assess(options) => case::assess(&options),
        Command::Award(options) => case::award(&options),
    }
}
