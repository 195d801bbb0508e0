//! The stages of each procedure as a drawing: who does what, within what time, in which order, what runs side by side.

use crate::pack::{Pack, limit_words};
use crate::spec::StageSpec;

/// Stages in columns: those in one wait only for columns before it, so they can run side by side.
pub fn columns<'a>(stages: &[&'a StageSpec]) -> Vec<Vec<&'a StageSpec>> {
    let mut columns: Vec<Vec<&StageSpec>> = Vec::new();
    let column_of = |columns: &[Vec<&StageSpec>], id: &str| columns.iter().position(|column| column.iter().any(|stage| stage.id == id));
    let mut waiting: Vec<&StageSpec> = stages.to_vec();
    while !waiting.is_empty() {
        let ready = |stage: &&StageSpec| stage.after.iter().all(|after| !waiting.iter().any(|other| other.id == *after.value()));
        let (next, rest): (Vec<_>, Vec<_>) = waiting.iter().copied().partition(ready);
        if next.is_empty() {
            break;
        }
        for stage in next {
            let before = stage.after.iter().filter_map(|after| column_of(&columns, after.as_str()));
            let at = before.max().map_or(0, |last| last + 1);
            columns.resize_with(columns.len().max(at + 1), Vec::new);
            columns[at].push(stage);
        }
        waiting = rest;
    }
    columns
}

/// What limits a stage, in words: its time, its correction, the quotas it takes places in.
pub fn limits(pack: &Pack, stage: &StageSpec) -> Vec<String> {
    let limit = stage.limit.as_ref().map(|limit| format!("时限{}", limit_words(limit)));
    let correction = stage.correction.as_ref().map(|limit| format!("补正{}", limit_words(limit)));
    let quotas = stage.quotas.iter().filter_map(|id| pack.quota(id.value()));
    let quotas = quotas.filter_map(|quota| Some(format!("名额：{}最多{}个", quota.spec.label, quota.spec.at_most?)));
    let code = stage.paper_code.then(|| "核对纸质材料校验码".to_owned());
    let optional = stage.optional.then(|| "需要时办理".to_owned());
    limit.into_iter().chain(correction).chain(quotas).chain(code).chain(optional).collect()
}

/// Every procedure of a pack as text, stages from top to bottom, those side by side under one number.
pub fn text(pack: &Pack) -> String {
    let mut out = format!("{}（{}@{}）\n", pack.title, pack.id, pack.version);
    let of_none: Vec<&StageSpec> = pack.stages.iter().filter(|stage| stage.of.is_none()).collect();
    if !of_none.is_empty() {
        out.push_str("\n不在平台办理的环节\n");
        drawn(pack, &of_none, &mut out);
    }
    for procedure in &pack.procedures {
        out.push_str(&format!("\n【{}】{}申请\n", procedure.label, procedure.applicant.label()));
        drawn(pack, &pack.stages_of(&procedure.id), &mut out);
    }
    out
}

fn drawn(pack: &Pack, stages: &[&StageSpec], out: &mut String) {
    let columns = columns(stages);
    let last = columns.len();
    for (at, column) in columns.iter().enumerate() {
        for (beside, stage) in column.iter().enumerate() {
            let mark = if beside == 0 { format!("{:>2}", at + 1) } else { " ∥".to_owned() };
            out.push_str(&format!("{mark} {}\n", line(pack, stage)));
            limits(pack, stage).iter().for_each(|limit| out.push_str(&format!("   │  {limit}\n")));
            if stage.after.len() > 1 {
                let labels: Vec<&str> = stage.after.iter().filter_map(|id| pack.stage(id)).map(|stage| stage.label.as_str()).collect();
                out.push_str(&format!("   │  {}都完成后进行\n", labels.join("、")));
            }
        }
        out.push_str(if at + 1 < last { "   ↓\n" } else { "" });
    }
}

fn line(pack: &Pack, stage: &StageSpec) -> String {
    let work = stage.work.map(|work| format!("·{}", work.label())).unwrap_or_default();
    let clauses = pack.cite_all(&stage.clause.joined());
    format!("{}［{}{work}］{}（{clauses}）", stage.label, stage.actor.label(), stage.does.trim_end_matches('。'))
}
