//! A pack as readable text: what it declares, for clerks writing case files.

use crate::pack::{Pack, limit_words};
use crate::program::Type;
use std::fmt::Write;

/// Everything a case may say under this pack, and what the pack rules.
pub fn show(pack: &Pack) -> String {
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = write_pack(pack, &mut out);
    out
}

fn write_pack(pack: &Pack, out: &mut String) -> std::fmt::Result {
    writeln!(out, "{}（{}@{}）\n发布：{}\n摘要：{}", pack.title, pack.id, pack.version, pack.authority, pack.digest)?;
    write_inputs(pack, out)?;
    writeln!(out, "\n条件")?;
    for condition in &pack.conditions {
        writeln!(out, "  {}  {}（{}）", condition.id, condition.label, pack.cite(condition.clause.split('、').next().unwrap_or_default()))?;
    }
    for table in &pack.tables {
        writeln!(out, "\n{}", table.label)?;
        let heads: Vec<&str> = table.heads.iter().map(|(_, label)| label.as_str()).collect();
        writeln!(out, "  {}", heads.join(" | "))?;
        for (cells, _) in &table.rows {
            writeln!(out, "  {}", cells.join(" | "))?;
        }
    }
    writeln!(out, "\n材料")?;
    for material in &pack.materials {
        writeln!(out, "  {}  {}", material.spec.id, material.spec.label)?;
    }
    writeln!(out, "\n环节")?;
    for (number, stage) in pack.stages.iter().enumerate() {
        let limit = stage.limit.as_ref().map_or(String::new(), |limit| format!("，{}", limit_words(limit)));
        writeln!(out, "  {}. {}（{}{limit}）：{}", number + 1, stage.label, stage.actor.label(), stage.does)?;
    }
    Ok(())
}

fn write_inputs(pack: &Pack, out: &mut String) -> std::fmt::Result {
    for (kind, inputs) in pack.inputs.iter().enumerate() {
        let mut group = "";
        for input in inputs {
            if input.group != group {
                let title =
                    if kind == 0 { format!("[{}]", input.group) } else { format!("[[{}]] {}", input.group, pack.kinds[kind].label) };
                writeln!(out, "\n{title}")?;
                group = &input.group;
            }
            writeln!(out, "  {}  {}（{}）", input.name, input.label, type_words(pack, input.meta.ty))?;
        }
    }
    Ok(())
}

fn type_words(pack: &Pack, ty: Type) -> String {
    match ty {
        Type::Choice(id) => match pack.choices.get(id as usize) {
            Some(choice) => choice.options.iter().map(|word| word.label.as_str()).collect::<Vec<_>>().join("、"),
            None => "选项".to_owned(),
        },
        other => other.label().to_owned(),
    }
}
