//! A programme as a pack declares it.

use policy::pack::{Pack, Procedure as Declared, limit_words};
use policy::spec::StageSpec;
use serde::Serialize;
use utoipa::ToSchema;

/// A programme in a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProgrammeRow {
    /// Id.
    id: String,
    /// The newest version of its policy.
    version: String,
    /// Chinese title.
    title: String,
    /// Who issued the policy.
    authority: String,
}

impl From<&Pack> for ProgrammeRow {
    fn from(pack: &Pack) -> Self {
        Self { id: pack.id.clone(), version: pack.version.clone(), title: pack.title.clone(), authority: pack.authority.clone() }
    }
}

/// A programme: what one applies for, in which stages, on which forms.
#[derive(Serialize, ToSchema)]
pub(crate) struct Programme {
    /// Id.
    id: String,
    /// Version of its policy.
    version: String,
    /// Chinese title.
    title: String,
    /// Who issued the policy.
    authority: String,
    /// SM3 over every file of the policy pack and the engine's version.
    digest: String,
    /// What one applies for.
    procedures: Vec<Procedure>,
    /// Its forms; each has a JSON Schema of its own.
    forms: Vec<FormRow>,
    /// Papers to hand in, by slot.
    papers: Vec<Slot>,
}

impl From<&Pack> for Programme {
    fn from(pack: &Pack) -> Self {
        let slots = pack.materials.iter().map(|material| Slot {
            id: material.spec.id.clone(),
            label: material.spec.label.clone(),
            clause: material.spec.clause.joined(),
            conditional: material.when.is_some(),
        });
        Self {
            id: pack.id.clone(),
            version: pack.version.clone(),
            title: pack.title.clone(),
            authority: pack.authority.clone(),
            digest: pack.digest.clone(),
            procedures: pack.procedures.iter().map(|procedure| Procedure::of(pack, procedure)).collect(),
            forms: pack
                .forms
                .iter()
                .map(|form| FormRow { id: form.id.clone(), label: form.label.clone(), clause: form.clause.clone() })
                .collect(),
            papers: slots.collect(),
        }
    }
}

/// A form in a list.
#[derive(Serialize, ToSchema)]
#[schema(as = Form)]
pub(crate) struct FormRow {
    /// Id.
    id: String,
    /// Chinese title.
    label: String,
    /// The clauses it follows.
    clause: String,
}

/// A paper to hand in.
#[derive(Serialize, ToSchema)]
struct Slot {
    /// Id, the key under which papers stand in a draft.
    id: String,
    /// Chinese name.
    label: String,
    /// The clauses it follows.
    clause: String,
    /// Only asked for in some cases.
    conditional: bool,
}

/// What one applies for.
#[derive(Serialize, ToSchema)]
struct Procedure {
    /// Id.
    id: String,
    /// Chinese name.
    label: String,
    /// The clauses it follows.
    clause: String,
    /// Who applies.
    #[schema(value_type = String)]
    applicant: policy::spec::Actor,
    /// `award` or `standing`.
    #[schema(value_type = String)]
    grants: policy::pack::Grants,
    /// Procedures whose standing one must hold before.
    needs: Vec<String>,
    /// Its stages in order.
    stages: Vec<Stage>,
}

impl Procedure {
    fn of(pack: &Pack, procedure: &Declared) -> Self {
        Self {
            id: procedure.id.clone(),
            label: procedure.label.clone(),
            clause: procedure.clause.clone(),
            applicant: procedure.applicant,
            grants: procedure.grants,
            needs: procedure.needs.clone(),
            stages: pack.stages_of(&procedure.id).into_iter().map(Stage::from).collect(),
        }
    }
}

/// One stage of a procedure.
#[derive(Serialize, ToSchema)]
struct Stage {
    /// Id.
    id: String,
    /// Chinese name.
    label: String,
    /// The clauses it follows.
    clause: String,
    /// Who acts.
    #[schema(value_type = String)]
    actor: policy::spec::Actor,
    /// `open`, `fill`, `check`, `assess`, `audit`, `publicise` or `pay`.
    #[schema(value_type = Option<String>)]
    work: Option<policy::pack::Work>,
    /// What is done.
    does: String,
    /// Forms filled in here.
    forms: Vec<String>,
    /// Slots of papers handed in here.
    papers: Vec<String>,
    /// Facts the acting official states.
    asks: Vec<String>,
    /// Conditions judged here.
    judges: Vec<String>,
    /// Values an auditor may set lower.
    lowers: Vec<String>,
    /// May be skipped.
    optional: bool,
    /// How long it may take, in words.
    limit: Option<String>,
}

impl From<&StageSpec> for Stage {
    fn from(stage: &StageSpec) -> Self {
        let all = |named: &[policy::spec::At<String>]| named.iter().map(|one| one.value().clone()).collect();
        Self {
            id: stage.id.clone(),
            label: stage.label.clone(),
            clause: stage.clause.joined(),
            actor: stage.actor,
            work: stage.work,
            does: stage.does.clone(),
            forms: all(&stage.forms),
            papers: all(&stage.materials),
            asks: all(&stage.asks),
            judges: all(&stage.judges),
            lowers: all(&stage.lowers),
            optional: stage.optional,
            limit: stage.limit.as_ref().map(limit_words),
        }
    }
}
