//! A pack as readable text: what it declares, for clerks writing case files.

use crate::pack::{Body, Grants, Pack, limit_words};
use crate::program::Type;
use crate::spec::StageSpec;
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
    write_stages(pack, out)?;
    write_forms(pack, out)?;
    Ok(())
}

/// The stages that belong to no procedure, then each procedure with its own.
fn write_stages(pack: &Pack, out: &mut String) -> std::fmt::Result {
    let of_none: Vec<&StageSpec> = pack.stages.iter().filter(|stage| stage.of.is_none()).collect();
    if !of_none.is_empty() {
        writeln!(out, "\n环节")?;
        write_each(&of_none, out)?;
    }
    for procedure in &pack.procedures {
        let grants = match procedure.grants {
            Grants::Award => "，以资金结束",
            Grants::Standing => "，授予资格",
        };
        writeln!(out, "\n事项 {}  {}（由{}申报{grants}）", procedure.id, procedure.label, procedure.applicant.label())?;
        write_each(&pack.stages_of(&procedure.id), out)?;
    }
    Ok(())
}

fn write_each(stages: &[&StageSpec], out: &mut String) -> std::fmt::Result {
    for (number, stage) in stages.iter().enumerate() {
        let work = stage.work.map_or(String::new(), |work| format!("，{}", work.label()));
        let limit = stage.limit.as_ref().map_or(String::new(), |limit| format!("，{}", limit_words(limit)));
        writeln!(out, "  {}. {}（{}{work}{limit}）：{}", number + 1, stage.label, stage.actor.label(), stage.does)?;
    }
    Ok(())
}

fn write_forms(pack: &Pack, out: &mut String) -> std::fmt::Result {
    for form in &pack.forms {
        writeln!(out, "\n表单 {}  {}", form.id, form.label)?;
        for section in &form.sections {
            let fields: Vec<&str> = match &section.body {
                Body::Fields(fields) | Body::Rows { fields, .. } => fields.iter().map(|field| field.label.as_str()).collect(),
                Body::Questions { .. } => vec!["评测题目"],
                Body::Scenarios { .. } => vec!["应用场景"],
            };
            writeln!(out, "  {}：{}", section.label, fields.join("、"))?;
        }
        for promise in &form.promises {
            writeln!(out, "  {}：{}", promise.label, promise.text)?;
        }
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
