//! Every place where the pack says which reading of an unclear text it takes.

use maud::{Markup, html};
use policy::pack::Pack;
use policy::spec::{LimitSpec, StageSpec};

use crate::components::clause::cites_here;

/// What is read, how, and under which clauses.
struct Reading {
    subject: String,
    text: String,
    clause: String,
}

/// All readings of a pack, each sentence once.
pub(super) fn readings(pack: &Pack) -> Option<Markup> {
    let mut all = collect(pack);
    let mut seen = std::collections::HashSet::new();
    all.retain(|reading| seen.insert(reading.text.clone()));
    let list = html! {
        p { "政策文本没有写明或者可作多种理解之处，本系统按下列口径计算。主管部门另有解释的，以其解释为准。" }
        dl.readings {
            @for reading in &all {
                dt { (reading.subject) }
                dd { (reading.text) " " (cites_here(pack, &reading.clause)) }
            }
        }
    };
    (!all.is_empty()).then_some(list)
}

fn collect(pack: &Pack) -> Vec<Reading> {
    let mut all = Vec::new();
    let mut add = |subject: &str, text: &Option<String>, clause: &str| {
        let reading = text.clone().map(|text| Reading { subject: subject.into(), text, clause: clause.into() });
        all.extend(reading);
    };
    pack.conditions.iter().for_each(|one| add(&one.label, &one.reading, &one.clause));
    pack.tables.iter().for_each(|one| add(&one.label, &one.reading, &one.clause));
    pack.values.iter().for_each(|one| add(&one.label, &one.reading, &one.clause));
    let rules = pack.recognitions.iter().flat_map(|recognition| &recognition.rules);
    rules.for_each(|one| add(&one.label, &one.reading, &one.clause));
    pack.awards.iter().for_each(|one| add(&one.label, &one.reading, &one.clause));
    pack.stacks.iter().for_each(|one| add(&one.label, &one.reading, &one.clause));
    if let Some(assessment) = &pack.assessment {
        add(&assessment.label, &assessment.reading, &assessment.clause);
        assessment.lines.iter().for_each(|one| add(&format!("{}的条件", one.label), &one.reading, &one.clause));
    }
    pack.quotas.iter().map(|quota| &quota.spec).for_each(|one| add(&one.label, &one.reading, &one.clause.joined()));
    pack.procedures.iter().for_each(|one| add(&one.label, &one.reading, &one.clause));
    pack.forms.iter().for_each(|one| add(&one.label, &one.reading, &one.clause));
    pack.stages.iter().for_each(|stage| add_stage(stage, &mut add));
    all
}

fn add_stage(stage: &StageSpec, add: &mut impl FnMut(&str, &Option<String>, &str)) {
    add(&stage.label, &stage.reading, &stage.clause.joined());
    let mut limit = |limit: &Option<LimitSpec>, what: &str| {
        if let Some(limit) = limit {
            add(&format!("{}{what}", stage.label), &limit.reading, &limit.clause.joined());
        }
    };
    limit(&stage.limit, "（时限）");
    limit(&stage.correction, "（退回补正）");
}
