//! Members of consortia, roles an applicant has once, and what must hold before a stage is done.

use super::Compiler;
use super::form::Scope;
use crate::files::Entry;
use crate::pack::{Body, Lead, Requirement};
use crate::program::Type;
use crate::spec::{At, LeadSpec, StageSpec, Work};

impl Compiler<'_> {
    /// The input of a section's rows that names the member each row is.
    pub(super) fn section_members(&mut self, members: &At<String>, body: &Body, scope: Scope) -> Option<usize> {
        let Body::Rows { kind, .. } = body else {
            self.report(scope.file, members.start(), scope.clause, "“members”只与 rows 同用");
            return None;
        };
        let (of, input) = self.declared_fact(scope.file, members.start(), scope.clause, members)?;
        if of != *kind || self.inputs[of as usize][input].meta.ty != Type::Party {
            let message = format!("“{}”不是“{}”的名称，不能指明参与单位", members.value(), self.kinds[*kind as usize].id);
            self.report(scope.file, members.start(), scope.clause, message);
            return None;
        }
        Some(input)
    }

    /// Members join once in a procedure, after a form has named them.
    pub(super) fn join_stages(&mut self, procedure: &str, stages: &[&Entry<StageSpec>], clause: &str) {
        let sections = self.sections;
        let names = |stage: &&&Entry<StageSpec>| {
            let forms = sections.form.iter().filter(|form| stage.forms.iter().any(|id| id.value() == form.id.value()));
            stage.work == Some(Work::Fill) && forms.flat_map(|form| &form.section).any(|section| section.members.is_some())
        };
        let joins: Vec<_> = stages.iter().filter(|stage| stage.work == Some(Work::Join)).collect();
        if let Some(extra) = joins.get(1) {
            let message = format!("事项“{procedure}”有两个参与单位确认（work = \"join\"）的环节");
            self.report(extra.file, extra.spec.start(), clause, message);
        }
        if let (Some(join), None) = (joins.first(), stages.iter().find(names)) {
            let message = format!("事项“{procedure}”没有列明参与单位（members）的表单，不能有参与单位确认的环节");
            self.report(join.file, join.spec.start(), clause, message);
        }
        for early in joins.iter().filter(|join| join.after.is_empty()) {
            self.report(early.file, early.spec.start(), clause, "参与单位在申报书中列明以后确认，应写明 after");
        }
    }

    pub(super) fn leads(&mut self) -> Vec<Lead> {
        let sections = self.sections;
        let leads = sections.procedure.iter().filter_map(|entry| Some((entry, entry.lead.as_ref()?)));
        leads.filter_map(|(entry, lead)| self.lead(entry.file, &entry.id, lead)).collect()
    }

    fn lead(&mut self, file: usize, procedure: &str, lead: &At<LeadSpec>) -> Option<Lead> {
        let clause = self.cited(file, &lead.clause);
        let when = self.formula(file, &lead.when, &clause, 0, Some(Type::YesNo))?;
        Some(Lead { procedure: procedure.to_owned(), when, label: lead.label.clone(), clause })
    }

    pub(super) fn requirements(&mut self) -> Vec<Requirement> {
        let sections = self.sections;
        sections.stage.iter().filter_map(|entry| self.requirement(entry)).collect()
    }

    fn requirement(&mut self, entry: &Entry<StageSpec>) -> Option<Requirement> {
        let clause = entry.clause.joined();
        let Some(requires) = &entry.requires else {
            if entry.failed.is_some() {
                self.report(entry.file, entry.spec.start(), &clause, "“failed”只与 requires 同用");
            }
            return None;
        };
        let met = self.formula(entry.file, requires, &clause, 0, Some(Type::YesNo))?;
        Some(Requirement { stage: entry.id.clone(), met, clause, failed: entry.failed.clone().unwrap_or_default() })
    }
}
