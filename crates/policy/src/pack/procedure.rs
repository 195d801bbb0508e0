//! What runs through stages under a loaded pack, its papers and quotas, and what the platform knows by itself.

use super::{Body, Form, Pack, Section};
use crate::program::{Kind, Reg};
use crate::spec::{DayKind, DecisionSpec, FirstDaySpec, LimitSpec, MaterialSpec, ObjectionEffect, QuotaSpec, StageSpec};
use crate::term::Term;

pub use crate::spec::{Actor, Grants, Work};

/// What an applicant applies for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Procedure {
    /// Id; where it grants a standing, also the standing's.
    pub id: String,
    /// Chinese name.
    pub label: String,
    /// The clauses it follows.
    pub clause: String,
    /// Which reading it takes.
    pub reading: Option<String>,
    /// Who applies.
    pub applicant: Actor,
    /// What it ends in.
    pub grants: Grants,
    /// Its holders may also be entered from a list that was published elsewhere.
    pub listed: bool,
    /// Ids of the procedures whose standing the applicant must hold to submit.
    pub needs: Vec<String>,
    /// Ids of earlier procedures whose answers are taken over where the paths are equal.
    pub prefills: Vec<String>,
    /// An applicant may have several files under way.
    pub several: bool,
    /// Rows a file begins with.
    pub gathers: Option<Gathers>,
    /// Ids of the awards its files are for; none: all.
    pub awards: Vec<String>,
    /// Facts that are the same in each of its files: path and text.
    pub facts: Vec<(String, String)>,
    /// Rows that each of its files has: kind, and the texts of each row by name.
    pub rows: Vec<(String, Vec<RowTexts>)>,
    /// How its decision is worded; none: by its name.
    pub decision: Option<DecisionSpec>,
}

/// Rows that a file begins with: those of the files of another procedure that ended well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gathers {
    /// The procedure whose files are gathered.
    pub from: String,
    /// Kinds of rows, each with the index of the input that names them.
    pub named_by: Vec<(Kind, usize)>,
}

/// The texts of a row that a pack writes itself, by name.
pub type RowTexts = Vec<(String, String)>;

/// What the platform itself has granted the applicant before, as rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entitlement {
    /// The kind of rows.
    pub kind: String,
    /// The name of the money fact.
    pub amount: String,
    /// The clauses it follows.
    pub clause: String,
    /// Which reading it takes.
    pub reading: Option<String>,
    /// Which awards become rows.
    pub of: Vec<Entitled>,
}

/// Awards that become rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entitled {
    /// The programme that granted them.
    pub programme: String,
    /// Their ids; none: all.
    pub awards: Vec<String>,
    /// What the rows say beside the amount.
    pub facts: RowTexts,
}

impl Entitlement {
    /// What a row of an award says beside the amount; none where it makes no row.
    pub fn of(&self, programme: &str, award: &str) -> Option<&Entitled> {
        let names = |one: &&Entitled| one.awards.is_empty() || one.awards.iter().any(|id| id == award);
        self.of.iter().filter(|one| one.programme == programme).find(names)
    }
}

/// A role of which an applicant has one live file in a batch.
#[derive(Clone, Debug)]
pub struct Lead {
    /// The procedure it is of.
    pub procedure: String,
    /// Which files have it.
    pub when: Term,
    /// What it is called.
    pub label: String,
    /// The clauses it follows.
    pub clause: String,
}

/// How members are named and join.
#[derive(Clone, Copy, Debug)]
pub struct Members<'p> {
    /// The stage in which they join.
    pub join: &'p StageSpec,
    /// The kind of rows they are.
    pub kind: Kind,
    /// Index of the input of that kind that names them.
    pub named: usize,
    /// The section in which the lead names them.
    pub section: &'p Section,
}

/// What must be known to hold before a stage is done.
#[derive(Clone, Debug)]
pub struct Requirement {
    /// The stage.
    pub stage: String,
    /// The formula.
    pub met: Term,
    /// The clauses it follows.
    pub clause: String,
    /// Said where it does not hold; empty: the stage's own words.
    pub failed: String,
}

/// What an assessment in another procedure settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettledFact {
    /// The level.
    Level,
    /// The total score.
    Score,
    /// The day the file ended.
    On,
    /// A count by its name: `scenarios_2`, `constraint_3`.
    Count(String),
}

/// A fact the platform knows by itself; it stands above what anybody states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The row kind; 0 the case.
    pub kind: Kind,
    /// Index among the kind's inputs.
    pub input: usize,
    /// Where it comes from.
    pub source: Source,
    /// `OrganisationPlace`: the option, by index, that stands for every other place.
    pub otherwise: Option<i64>,
}

/// Where a known fact comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The applicant's name.
    OrganisationName,
    /// The applicant's unified social credit code.
    OrganisationCode,
    /// The option whose label or other name is the place the applicant is registered in.
    OrganisationPlace,
    /// The option `micro`, `small`, `medium` or `large`.
    OrganisationSize,
    /// The option `none`, `innovative`, `specialised` or `giant`.
    OrganisationQuality,
    /// Whether the applicant is a legal person.
    OrganisationLegalPerson,
    /// Whether the standing of a procedure is held.
    Standing {
        /// Id of the procedure.
        procedure: String,
        /// The fact, of the same kind as the known one, that names the holder; none: the applicant.
        of: Option<(Kind, usize)>,
    },
    /// What an assessment settled in the last file of a procedure that ended well.
    Settled {
        /// Id of the procedure.
        procedure: String,
        /// What of it.
        what: SettledFact,
        /// The fact, of the same kind as the known one, that names who was assessed; none: the applicant.
        of: Option<(Kind, usize)>,
    },
    /// The money granted to the applicant in other files of a procedure.
    Granted {
        /// Id of the procedure.
        procedure: String,
    },
    /// The day of submission; today until then.
    SubmittedOn,
    /// The last day of the batch.
    BatchDeadlineOn,
    /// The batch's number.
    BatchNumber,
}

impl Source {
    /// Whether people are asked where the platform does not know: particulars of an organisation may be missing in its
    /// registration.
    pub fn people_may_state(&self) -> bool {
        match self {
            Self::OrganisationCode
            | Self::OrganisationPlace
            | Self::OrganisationSize
            | Self::OrganisationQuality
            | Self::OrganisationLegalPerson => true,
            Self::OrganisationName
            | Self::Standing { .. }
            | Self::Settled { .. }
            | Self::Granted { .. }
            | Self::SubmittedOn
            | Self::BatchDeadlineOn
            | Self::BatchNumber => false,
        }
    }
}

/// A limit across cases.
#[derive(Clone, Debug)]
pub struct Quota {
    /// As written.
    pub spec: QuotaSpec,
    /// Which cases take part.
    pub when: Option<Term>,
    /// Under a pool: the register of what a case draws.
    pub amount: Option<Reg>,
}

/// A paper to hand in.
#[derive(Clone, Debug)]
pub struct Material {
    /// As written.
    pub spec: MaterialSpec,
    /// When it is required.
    pub when: Option<Term>,
}

impl Pack {
    /// A procedure by id.
    pub fn procedure(&self, id: &str) -> Option<&Procedure> {
        self.procedures.iter().find(|procedure| procedure.id == id)
    }

    /// The role of which an applicant of a procedure has one in a batch.
    pub fn lead(&self, procedure: &str) -> Option<&Lead> {
        self.leads.iter().find(|lead| lead.procedure == procedure)
    }

    /// What must hold before a stage is done.
    pub fn requirement(&self, stage: &str) -> Option<&Requirement> {
        self.requirements.iter().find(|requirement| requirement.stage == stage)
    }

    /// How members are named and join in a procedure; none where it has none.
    pub fn members(&self, procedure: &str) -> Option<Members<'_>> {
        let stages = self.stages_of(procedure);
        let join = *stages.iter().find(|stage| stage.work == Some(Work::Join))?;
        let forms = stages.iter().filter(|stage| stage.work == Some(Work::Fill)).flat_map(|stage| &stage.forms);
        let mut sections = forms.filter_map(|form| self.form(form)).flat_map(|form| &form.sections);
        sections.find_map(|section| match (&section.body, section.members) {
            (Body::Rows { kind, .. }, Some(named)) => Some(Members { join, kind: *kind, named, section }),
            _ => None,
        })
    }

    /// The kind of rows that the members who join in a stage are.
    pub fn members_kind(&self, join: &StageSpec) -> Option<Kind> {
        self.members(join.of.as_ref()?.as_str()).map(|members| members.kind)
    }

    /// A form by id.
    pub fn form(&self, id: &str) -> Option<&Form> {
        self.forms.iter().find(|form| form.id == id)
    }

    /// A limit across cases by id.
    pub fn quota(&self, id: &str) -> Option<&Quota> {
        self.quotas.iter().find(|quota| quota.spec.id == id)
    }

    /// The quotas in which the stages of a procedure take places, each once, in the order of the stages.
    pub fn quotas_of(&self, procedure: &str) -> Vec<&Quota> {
        let named = self.stages_of(procedure).into_iter().flat_map(|stage| &stage.quotas);
        let mut quotas: Vec<&Quota> = Vec::new();
        for quota in named.filter_map(|id| self.quota(id.value())) {
            if quotas.iter().all(|known| known.spec.id != quota.spec.id) {
                quotas.push(quota);
            }
        }
        quotas
    }

    /// A paper by id.
    pub fn material(&self, id: &str) -> Option<&Material> {
        self.materials.iter().find(|material| material.spec.id == id)
    }

    /// A stage by id.
    pub fn stage(&self, id: &str) -> Option<&StageSpec> {
        self.stages.iter().find(|stage| stage.id == id)
    }

    /// The stages of a procedure, each after those it waits for; otherwise in the order of the files.
    pub fn stages_of(&self, procedure: &str) -> Vec<&StageSpec> {
        let own = |stage: &&StageSpec| stage.of.as_ref().is_some_and(|of| of.value() == procedure);
        let mut waiting: Vec<&StageSpec> = self.stages.iter().filter(own).collect();
        let mut ordered = Vec::with_capacity(waiting.len());
        while let Some(at) = waiting.iter().position(|stage| !waiting.iter().any(|other| comes_after(stage, other))) {
            ordered.push(waiting.remove(at));
        }
        ordered
    }
}

fn comes_after(stage: &StageSpec, other: &StageSpec) -> bool {
    stage.after.iter().any(|after| after.value() == &other.id)
}

/// A time limit in words: 5个工作日内（不含起始日）.
pub fn limit_words(limit: &LimitSpec) -> String {
    let kind = match limit.kind {
        DayKind::Working => "个工作日",
        DayKind::Natural => "日",
    };
    let first = match limit.first_day {
        FirstDaySpec::Counted => "含起始日",
        FirstDaySpec::NotCounted => "不含起始日",
    };
    format!("{}{kind}内（{first}）", limit.days)
}

/// What an open objection does, in words.
pub fn objection_words(effect: ObjectionEffect) -> &'static str {
    match effect {
        ObjectionEffect::HoldsPayment => "异议排除前暂缓拨付",
        ObjectionEffect::Recorded => "登记备查",
    }
}
