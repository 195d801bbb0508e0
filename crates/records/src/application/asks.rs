//! What a stage asks its official for beside its own forms, as a form: facts, and the indicator set where it assesses.

use policy::pack::{Body, Field, FieldKind, Form, Pack, Section, Work};
use policy::program::Kind;
use policy::spec::StageSpec;

/// The id of that form; no form of a pack has it, since ids there are plain words.
pub const ASKED_FORM: &str = "asks:";

/// The form in which an official states facts (`group.name`): those of the case, then row kind by row kind.
pub fn asked_form(pack: &Pack, facts: &[&str]) -> Form {
    let of_kind = |kind: usize| -> Vec<Field> {
        let inputs = pack.inputs[kind].iter().enumerate();
        let asked = inputs.filter(|(_, input)| facts.contains(&input.id().as_str()));
        asked.map(|(input, _)| fact_field(pack, kind as Kind, input)).collect()
    };
    let kinds = (0..pack.kinds.len()).map(|kind| (kind, of_kind(kind))).filter(|(_, fields)| !fields.is_empty());
    Form {
        id: ASKED_FORM.to_owned(),
        label: "核实事项".to_owned(),
        clause: String::new(),
        reading: None,
        note: None,
        sections: kinds.map(|(kind, fields)| section(pack, kind as Kind, fields)).collect(),
        promises: Vec::new(),
        print: Default::default(),
    }
}

/// The form of what a stage asks for; none where it asks for nothing but its own forms.
pub fn asked_at(pack: &Pack, stage: &StageSpec) -> Option<Form> {
    let facts: Vec<&str> = stage.asks.iter().map(|ask| ask.as_str()).collect();
    let mut form = asked_form(pack, &facts);
    let scored = scored(pack, stage);
    if facts.is_empty() && !scored.is_empty() {
        form.label = "评测题目和应用场景".to_owned();
    }
    form.sections.extend(scored);
    (!form.sections.is_empty()).then_some(form)
}

/// The pack's indicator set, for a stage that assesses and whose forms do not hold it.
fn scored(pack: &Pack, stage: &StageSpec) -> Vec<Section> {
    let own = stage.forms.iter().filter_map(|form| pack.form(form)).flat_map(|form| &form.sections);
    let held = own.into_iter().any(|section| matches!(section.body, Body::Questions { .. } | Body::Scenarios { .. }));
    let Some(assessment) = pack.assessment.as_ref().filter(|_| stage.work == Some(Work::Assess) && !held) else { return Vec::new() };
    let scenarios = (!assessment.scenarios.is_empty()).then(|| bare("scenarios", "应用场景", Body::Scenarios { evidence: false }));
    [bare("questions", "", Body::Questions { evidence: false })].into_iter().chain(scenarios).collect()
}

fn section(pack: &Pack, kind: Kind, fields: Vec<Field>) -> Section {
    let declared = &pack.kinds[kind as usize];
    match kind {
        0 => bare("asks", "核实事项", Body::Fields(fields)),
        _ => bare(&declared.id, &format!("逐项核实{}", declared.label), Body::Rows { kind, fields }),
    }
}

/// A section that no form of the pack has.
fn bare(id: &str, label: &str, body: Body) -> Section {
    Section {
        id: id.to_owned(),
        label: label.to_owned(),
        clause: String::new(),
        hint: None,
        when: None,
        members: None,
        body,
        evidence_in: None,
        invoice: None,
        print: Default::default(),
    }
}

/// A fact as the pack declares it, whether or not a form has it.
pub fn fact_field(pack: &Pack, kind: Kind, input: usize) -> Field {
    let fact = &pack.inputs[kind as usize][input];
    Field {
        path: fact.id(),
        label: fact.label.clone(),
        hint: fact.hint.clone(),
        unit: fact.unit.clone(),
        clause: fact.clause.clone(),
        profile: None,
        required: true,
        kind: FieldKind::Fact { kind, input },
        print: Default::default(),
    }
}
