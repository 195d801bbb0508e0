//! A simulation as plain Chinese tables.

use crate::estimate::Over;
use crate::simulation::{Group, Simulation};
use policy::say::money;

/// Everything a simulation says, for a terminal.
pub fn plain(simulation: &Simulation) -> String {
    let mut out = origin(simulation);
    out.push_str(&cost(simulation));
    let mut by = "";
    for group in &simulation.groups {
        if group.by != by {
            out.push_str(&format!("\n按{}\n  {:<12}\t件数\t现行\t调整后\t增减\t增加\t减少\n", group.by, ""));
            by = &group.by;
        }
        out.push_str(&line(group));
    }
    if !simulation.changed.is_empty() {
        out.push_str(&format!("\n金额有变化的申报件（列出{}件，变动大的在前）\n", simulation.changed.len()));
    }
    for changed in &simulation.changed {
        let amount = |fen: Option<i64>| fen.map_or("待定".to_owned(), money);
        out.push_str(&format!("  {}：{} → {}\n", changed.id, amount(changed.before_fen), amount(changed.after_fen)));
        out.push_str(&format!("    原：{}\n    现：{}\n", changed.because.0, changed.because.1));
    }
    out
}

fn origin(simulation: &Simulation) -> String {
    let kind = if simulation.sample { "抽样（按权重推算）" } else { "全部申报件" };
    let filled: Vec<String> =
        simulation.filled.iter().map(|(name, rows)| format!("{name} {}%", rows * 100 / simulation.cases.max(1))).collect();
    let mut out = format!("数据来源：{}，{}件，{kind}\n各列填写率：{}\n", simulation.source, simulation.cases, filled.join("，"));
    if simulation.pending > 0 {
        out.push_str(&format!("其中{}件的申报条件未全部给出，按测算金额计入\n", simulation.pending));
    }
    if simulation.undetermined > 0 {
        out.push_str(&format!("其中{}件信息不足，不能计算，按0计入\n", simulation.undetermined));
    }
    out
}

fn cost(simulation: &Simulation) -> String {
    let change = simulation.after_fen - simulation.before_fen;
    let mut out = format!("\n所需资金：现行{}，调整后{}，{}\n", money(simulation.before_fen), money(simulation.after_fen), signed(change));
    out.push_str(&format!(
        "增加{}件，减少{}件，不变{}件\n",
        simulation.gain,
        simulation.lose,
        simulation.cases - simulation.gain - simulation.lose
    ));
    if let Some(budget) = &simulation.budget {
        out.push_str(&format!("预算{}：现行{}，调整后{}\n", money(budget.budget_fen), over(&budget.before), over(&budget.after)));
    }
    out
}

fn over(over: &Over) -> String {
    match over {
        Over::Certain(true) => "超出".into(),
        Over::Certain(false) => "不超出".into(),
        Over::Likely { permille, standard_error_fen } => {
            format!("超出的可能性{}.{}%（合计的标准误差{}，正态近似）", permille / 10, permille % 10, money(*standard_error_fen))
        }
    }
}

fn signed(fen: i64) -> String {
    match fen {
        0 => "不变".into(),
        fen if fen > 0 => format!("增加{}", money(fen)),
        fen => format!("减少{}", money(-fen)),
    }
}

fn line(group: &Group) -> String {
    let change = signed(group.after_fen - group.before_fen);
    format!(
        "  {}\t{}\t{}\t{}\t{change}\t{}\t{}\n",
        group.word,
        group.cases,
        money(group.before_fen),
        money(group.after_fen),
        group.gain,
        group.lose
    )
}
