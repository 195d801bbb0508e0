//! Rows that are invoices: which of their facts says what.

use super::Compiler;
use super::form::Scope;
use crate::files::Entry;
use crate::pack::{Body, Field, FieldKind, InvoiceColumns};
use crate::program::Type;
use crate::spec::{Actor, At, InvoiceSide, InvoiceSpec, ProcedureSpec, StageSpec};
use crate::term::Term;

impl Compiler<'_> {
    pub(super) fn invoice(&mut self, spec: &At<InvoiceSpec>, body: &Body, scope: Scope) -> Option<InvoiceColumns> {
        let Body::Rows { fields, .. } = body else {
            self.report(scope.file, spec.start(), scope.clause, "“invoice”只与 rows 同用");
            return None;
        };
        let mut column = |path: &At<String>, ty: Type| self.column_of(path, ty, fields, scope);
        let mut maybe = |path: &Option<At<String>>, ty: Type| path.as_ref().and_then(|path| column(path, ty));
        let [issued_on, buyer, seller] =
            [(&spec.issued_on, Type::Date), (&spec.buyer, Type::Party), (&spec.seller, Type::Party)].map(|(path, ty)| maybe(path, ty));
        let [net, tax, total] = [&spec.net, &spec.tax, &spec.total].map(|path| maybe(path, Type::Money));
        let number = self.column_of(&spec.number, Type::Party, fields, scope)?;
        let (from, until) = (self.day(spec.from.as_ref(), scope), self.day(spec.until.as_ref(), scope));
        let papers = spec.papers.as_ref().map(|slot| self.slot_of(slot, scope));
        let applicant_is = spec.applicant_is.as_ref().map_or(InvoiceSide::default(), |side| *side.value());
        Some(InvoiceColumns { number, issued_on, buyer, seller, applicant_is, net, tax, total, papers, from, until })
    }

    /// Whoever is no enterprise may as well have sold as bought: the form says which.
    pub(super) fn invoice_sides(&mut self, entry: &Entry<ProcedureSpec>, stages: &[&Entry<StageSpec>], clause: &str) {
        if *entry.applicant.value() == Actor::Enterprise {
            return;
        }
        let sections = self.sections;
        let asked = |id: &str| stages.iter().any(|stage| stage.forms.iter().any(|form| form.value() == id));
        for form in sections.form.iter().filter(|form| asked(form.id.value())) {
            for spec in form.section.iter().filter_map(|section| section.invoice.as_ref()).filter(|spec| spec.applicant_is.is_none()) {
                let who = entry.applicant.label();
                let message = format!("表单“{}”的发票没有写明{who}是购买方还是销售方（applicant_is）", form.id.value());
                self.report(form.file, spec.start(), clause, message);
            }
        }
    }

    /// The name of a field of the section that has the right type.
    fn column_of(&mut self, path: &At<String>, ty: Type, fields: &[Field], scope: Scope) -> Option<String> {
        let Some(field) = fields.iter().find(|field| field.path == *path.value()) else {
            let known: Vec<String> = fields.iter().map(|field| field.path.clone()).collect();
            self.unknown_name(scope.file, path.start(), scope.clause, "字段", path, &known);
            return None;
        };
        let own = match field.kind {
            FieldKind::Fact { kind, input } => self.inputs[kind as usize][input].meta.ty,
            _ => return None,
        };
        if own != ty {
            let message = format!("类型不符：“{}”是{}，应为{}", path.value(), own.label(), ty.label());
            self.report(scope.file, path.start(), scope.clause, message);
            return None;
        }
        field.path.split_once('.').map(|(_, name)| name.to_owned())
    }

    fn day(&mut self, formula: Option<&At<String>>, scope: Scope) -> Option<Term> {
        let formula = formula?;
        let term = self.formula(scope.file, formula, scope.clause, 0, Some(Type::Date))?;
        if term.ty != Type::Date {
            let message = format!("类型不符：是{}，应为{}", term.ty.label(), Type::Date.label());
            self.report(scope.file, formula.start(), scope.clause, message);
            return None;
        }
        Some(term)
    }

    fn slot_of(&mut self, slot: &At<String>, scope: Scope) -> String {
        let known: Vec<String> = self.sections.material.iter().map(|material| material.id.clone()).collect();
        if !known.contains(slot.value()) {
            self.unknown_name(scope.file, slot.start(), scope.clause, "材料", slot, &known);
        }
        slot.value().clone()
    }
}
