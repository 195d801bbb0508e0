//! Forms: their sections, promises and the paths of their answers.

use super::Compiler;
use super::declare::OWN_GROUPS;
use crate::files::Entry;
use crate::pack::{Award, Body, Field, Form, Promise, Section};
use crate::program::{Kind, Type};
use crate::spec::{AssessmentPart, At, FieldSpec, FormSpec, PromiseSpec, SectionSpec};
use std::collections::HashSet;

/// Most forms of a pack.
const MAX_FORMS: usize = 64;
/// Most sections of a form.
const MAX_SECTIONS: usize = 40;
/// Most fields of a section.
const MAX_FIELDS: usize = 100;
/// Most promises of a form.
const MAX_PROMISES: usize = 10;

/// Where a field stands.
#[derive(Clone, Copy)]
pub(super) struct Scope<'e> {
    pub(super) file: usize,
    pub(super) form: &'e str,
    /// The clauses of the nearest thing around that has any.
    pub(super) clause: &'e str,
    pub(super) kind: Kind,
    pub(super) awards: &'e [Award],
}

impl Compiler<'_> {
    pub(super) fn forms(&mut self, awards: &[Award]) -> Vec<Form> {
        let sections = self.sections;
        self.unique("表单", sections.form.iter().map(|entry| (entry.id.as_str(), entry.file, entry.spec.start())));
        if let Some(extra) = sections.form.get(MAX_FORMS) {
            self.report(extra.file, extra.spec.start(), "", format!("表单过多，最多{MAX_FORMS}张"));
        }
        let forms: Vec<Form> = sections.form.iter().map(|entry| self.form(entry, awards)).collect();
        self.check_counted();
        self.check_printed();
        forms
    }

    fn form(&mut self, entry: &Entry<FormSpec>, awards: &[Award]) -> Form {
        let clause = self.cited(entry.file, &entry.clause);
        self.form_id(entry, &clause);
        self.form_size(entry, &clause);
        let ids = entry.section.iter().map(|section| (section.id.as_str(), entry.file, section.start()));
        self.unique("部分", ids);
        let scope = Scope { file: entry.file, form: entry.id.value(), clause: &clause, kind: 0, awards };
        let sections = entry.section.iter().filter_map(|section| self.section(section, scope)).collect();
        let promises = entry.promise.iter().map(|promise| self.promise(promise, scope)).collect();
        self.check_paths(entry);
        Form {
            id: entry.id.value().clone(),
            label: entry.label.clone(),
            reading: entry.reading.clone(),
            note: entry.note.clone(),
            clause,
            sections,
            promises,
            print: entry.print.clone(),
        }
    }

    /// A form's id begins paths, so it must not be a group whose paths mean something else.
    fn form_id(&mut self, entry: &Entry<FormSpec>, clause: &str) {
        let id = entry.id.value().as_str();
        self.plain_id(entry.file, entry.id.start(), clause, id);
        let taken = OWN_GROUPS.contains(&id) || ["assessed", "given", "case", "evidence"].contains(&id);
        if taken || self.kinds.iter().any(|kind| kind.id == id) {
            self.report(entry.file, entry.id.start(), clause, format!("表单的 id“{id}”已有其他含义，请换一个名称"));
        }
    }

    fn form_size(&mut self, entry: &Entry<FormSpec>, clause: &str) {
        if entry.section.is_empty() && entry.promise.is_empty() {
            self.report(entry.file, entry.spec.start(), clause, format!("表单“{}”没有内容", entry.id.value()));
        }
        if let Some(extra) = entry.section.get(MAX_SECTIONS) {
            self.report(entry.file, extra.start(), clause, format!("表单的部分过多，最多{MAX_SECTIONS}个"));
        }
        if let Some(extra) = entry.promise.get(MAX_PROMISES) {
            self.report(entry.file, extra.start(), clause, format!("承诺过多，最多{MAX_PROMISES}项"));
        }
    }

    fn section(&mut self, section: &At<SectionSpec>, scope: Scope) -> Option<Section> {
        let own = self.cited_maybe(scope.file, section.clause.as_ref());
        let clause = if own.is_empty() { scope.clause } else { &own };
        let when = match &section.when {
            Some(when) => Some(self.formula(scope.file, when, clause, 0, Some(Type::YesNo))?),
            None => None,
        };
        let body = self.body(section, Scope { clause, ..scope })?;
        let members = section.members.as_ref().and_then(|members| self.section_members(members, &body, Scope { clause, ..scope }));
        let invoice = section.invoice.as_ref().and_then(|spec| self.invoice(spec, &body, Scope { clause, ..scope }));
        let evidence_in = section.evidence_in.as_ref().map(|named| self.evidence_in(named, section.evidence, Scope { clause, ..scope }));
        let (id, label, hint) = (section.id.clone(), section.label.clone(), section.hint.clone());
        Some(Section { id, label, clause: own, hint, when, members, body, evidence_in, invoice, print: section.print.clone() })
    }

    /// A form or a material of the pack.
    fn evidence_in(&mut self, named: &At<String>, evidence: bool, scope: Scope) -> String {
        if !evidence {
            self.report(scope.file, named.start(), scope.clause, "“evidence_in”只与 evidence 同用");
        }
        let forms = self.sections.form.iter().map(|form| form.id.value().clone());
        let known: Vec<String> = forms.chain(self.sections.material.iter().map(|material| material.id.clone())).collect();
        if !known.contains(named.value()) {
            self.unknown_name(scope.file, named.start(), scope.clause, "表单或材料", named, &known);
        }
        named.value().clone()
    }

    fn body(&mut self, section: &At<SectionSpec>, scope: Scope) -> Option<Body> {
        let start = section.start();
        if section.evidence && section.assessment.is_none() {
            self.report(scope.file, start, scope.clause, "“evidence”只与 assessment 同用");
        }
        match (&section.assessment, &section.rows, section.fields.is_empty()) {
            (Some(part), None, true) => self.assessment_body(part, section.evidence, scope),
            (None, None, false) => Some(Body::Fields(self.fields(&section.fields, scope))),
            (None, Some(rows), false) => self.rows_body(rows, &section.fields, scope),
            _ => {
                let message = format!("部分“{}”应有且只有 fields、rows 与 fields、assessment 之一", section.id);
                self.report(scope.file, start, scope.clause, message);
                None
            }
        }
    }

    fn assessment_body(&mut self, part: &At<AssessmentPart>, evidence: bool, scope: Scope) -> Option<Body> {
        if self.sections.assessment.is_empty() {
            self.report(scope.file, part.start(), scope.clause, "本政策包没有 [assessment]，表单中不能有测评");
            return None;
        }
        Some(match part.value() {
            AssessmentPart::Questions => Body::Questions { evidence },
            AssessmentPart::Scenarios => Body::Scenarios { evidence },
        })
    }

    fn rows_body(&mut self, rows: &At<String>, fields: &[At<FieldSpec>], scope: Scope) -> Option<Body> {
        let found = self.kinds.iter().skip(1).position(|kind| kind.id == *rows.value());
        let Some(kind) = found.map(|at| (at + 1) as Kind) else {
            let known: Vec<String> = self.kinds.iter().skip(1).map(|kind| kind.id.clone()).collect();
            self.unknown_name(scope.file, rows.start(), scope.clause, "行类别", rows, &known);
            return None;
        };
        Some(Body::Rows { kind, fields: self.fields(fields, Scope { kind, ..scope }) })
    }

    fn fields(&mut self, fields: &[At<FieldSpec>], scope: Scope) -> Vec<Field> {
        if let Some(extra) = fields.get(MAX_FIELDS) {
            self.report(scope.file, extra.start(), scope.clause, format!("字段过多，最多{MAX_FIELDS}个"));
        }
        fields.iter().filter_map(|field| self.field(field, scope)).collect()
    }

    fn promise(&mut self, promise: &At<PromiseSpec>, scope: Scope) -> Promise {
        let clause = self.cited(scope.file, &promise.clause);
        self.plain_id(scope.file, promise.id.start(), &clause, promise.id.value());
        if promise.text.trim().is_empty() {
            self.report(scope.file, promise.start(), &clause, format!("承诺“{}”没有文字", promise.id.value()));
        }
        Promise {
            path: format!("{}.{}", scope.form, promise.id.value()),
            label: promise.label.clone(),
            clause,
            text: promise.text.clone(),
            signer: promise.signer.clone(),
            print: promise.print.as_ref().map(|words| words.value().clone()),
        }
    }

    /// Within a form no two answers share a path, and no own path is a fact's.
    fn check_paths(&mut self, entry: &Entry<FormSpec>) {
        let own = |id: &'_ At<String>| (format!("{}.{}", entry.id.value(), id.value()), id.start());
        let fields = of_form(entry).filter_map(|field| field.id.as_ref());
        let owned: Vec<(String, usize)> = fields.chain(entry.promise.iter().map(|promise| &promise.id)).map(own).collect();
        let taken = of_form(entry).filter_map(|field| field.fact.as_ref().or(field.same.as_ref()));
        let taken = taken.map(|path| (path.as_str(), entry.file, path.start()));
        self.unique("字段", owned.iter().map(|(path, at)| (path.as_str(), entry.file, *at)).chain(taken));
        for (path, at) in owned {
            if self.inputs.iter().flatten().any(|input| input.is(&path)) {
                self.report(entry.file, at, "", format!("字段“{path}”与同名的事实重复，请换一个名称"));
            }
        }
        let rows = entry.section.iter().filter_map(|section| section.rows.as_ref());
        self.unique("行类别", rows.map(|rows| (rows.as_str(), entry.file, rows.start())));
    }

    /// A count that follows from texts is not also filled in.
    fn check_counted(&mut self) {
        let sections = self.sections;
        let fields = || sections.form.iter().flat_map(|entry| of_form(entry).map(move |field| (entry.file, field)));
        let counted: HashSet<&str> = fields().filter_map(|(_, field)| Some(field.counts.as_ref()?.as_str())).collect();
        let twice = |fact: &&At<String>| counted.contains(fact.as_str());
        for (file, fact) in fields().filter_map(|(file, field)| Some((file, field.fact.as_ref().filter(twice)?))) {
            self.report(file, fact.start(), "", format!("“{}”由填报的文字计数，不能再作为字段", fact.value()));
        }
    }
}

pub(super) fn of_form(form: &FormSpec) -> impl Iterator<Item = &At<FieldSpec>> {
    form.section.iter().flat_map(|section| &section.fields)
}
