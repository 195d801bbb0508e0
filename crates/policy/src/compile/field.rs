//! Fields of forms: facts of the pack, and the form's own.

use super::Compiler;
use super::form::Scope;
use crate::files::Entry;
use crate::pack::{Field, FieldKind};
use crate::spec::{At, FieldSpec, FieldType, FormSpec};

impl Compiler<'_> {
    pub(super) fn field(&mut self, field: &At<FieldSpec>, scope: Scope) -> Option<Field> {
        let own = self.cited_maybe(scope.file, field.clause.as_ref());
        match (&field.fact, &field.same, &field.id, &field.kind) {
            (Some(fact), None, None, None) => self.fact_field(field, fact, own, scope),
            (None, Some(_), None, None) | (None, None, Some(_), Some(_)) if scope.kind > 0 => {
                self.report(scope.file, field.start(), scope.clause, "逐行填写的字段只能是该行的事实（fact）");
                None
            }
            (None, Some(same), None, None) => self.same_field(field, same, own, scope),
            (None, None, Some(id), Some(kind)) => self.own_field(field, id, *kind.value(), own, scope),
            _ => {
                self.report(scope.file, field.start(), scope.clause, "字段应写明 fact，或者 same，或者 id 和 type");
                None
            }
        }
    }

    /// Another form's own field, with its answer.
    fn same_field(&mut self, field: &At<FieldSpec>, same: &At<String>, own: String, scope: Scope) -> Option<Field> {
        self.only(field, &[], "沿用的", scope);
        let sections = self.sections;
        let all = || sections.form.iter().flat_map(own_fields);
        let Some((_, file, form, other)) = all().find(|(path, ..)| path == same.value()) else {
            let known: Vec<String> = all().map(|(path, ..)| path).collect();
            self.unknown_name(scope.file, same.start(), scope.clause, "字段", same, &known);
            return None;
        };
        if form == scope.form {
            self.report(scope.file, same.start(), scope.clause, format!("“{}”是本表单的字段，不必沿用", same.value()));
        }
        let there = self.cited_maybe(file, other.clause.as_ref());
        Some(Field {
            path: same.value().clone(),
            label: field.label.clone().or_else(|| other.label.clone()).unwrap_or_default(),
            hint: field.hint.clone().or_else(|| other.hint.clone()),
            unit: other.unit.clone(),
            clause: if own.is_empty() { there } else { own },
            required: field.required,
            profile: field.profile,
            kind: uncounted(self.own_kind(other, *other.kind.as_ref()?.value(), Scope { file, form, ..scope })?),
            print: field.print.clone(),
        })
    }

    fn fact_field(&mut self, field: &At<FieldSpec>, fact: &At<String>, own: String, scope: Scope) -> Option<Field> {
        self.only(field, &[], "事实", scope);
        let (kind, input) = self.declared_fact(scope.file, fact.start(), scope.clause, fact)?;
        if kind != scope.kind {
            let (own, wanted) = (self.kinds[kind as usize].label.clone(), self.kinds[scope.kind as usize].label.clone());
            self.report(scope.file, fact.start(), scope.clause, format!("“{}”是“{own}”的事实，此处填写的是“{wanted}”", fact.value()));
            return None;
        }
        let declared = &self.inputs[kind as usize][input];
        Some(Field {
            path: fact.value().clone(),
            label: field.label.clone().unwrap_or_else(|| declared.label.clone()),
            hint: field.hint.clone().or_else(|| declared.hint.clone()),
            unit: declared.unit.clone(),
            clause: if own.is_empty() { declared.clause.clone() } else { own },
            required: field.required,
            profile: field.profile,
            kind: FieldKind::Fact { kind, input },
            print: field.print.clone(),
        })
    }

    fn own_field(&mut self, field: &At<FieldSpec>, id: &At<String>, ty: FieldType, own: String, scope: Scope) -> Option<Field> {
        self.plain_id(scope.file, id.start(), scope.clause, id.value());
        self.only(field, allowed(ty), "这类", scope);
        if field.label.is_none() {
            self.report(scope.file, field.start(), scope.clause, format!("字段“{}”没有 label", id.value()));
        }
        if ty == FieldType::Shown && field.required {
            self.report(scope.file, field.start(), scope.clause, format!("字段“{}”只显示，不能必填", id.value()));
        }
        Some(Field {
            path: format!("{}.{}", scope.form, id.value()),
            label: field.label.clone().unwrap_or_default(),
            hint: field.hint.clone(),
            unit: field.unit.clone(),
            clause: own,
            // Without every mark there is no total.
            required: field.required || ty == FieldType::Score,
            profile: field.profile,
            kind: self.own_kind(field, ty, scope)?,
            print: field.print.clone(),
        })
    }

    /// Refuses the keys that say nothing for a field of this kind.
    fn only(&mut self, field: &At<FieldSpec>, allowed: &[&str], what: &str, scope: Scope) {
        for (key, at) in written(field).into_iter().filter(|(key, _)| !allowed.contains(key)) {
            self.report(scope.file, at, scope.clause, format!("“{key}”不用于{what}字段"));
        }
    }
}

/// An answer that stands in two places counts in its own.
fn uncounted(kind: FieldKind) -> FieldKind {
    match kind {
        FieldKind::LongText { min_chars, max_chars, .. } => FieldKind::LongText { min_chars, max_chars, counts: None },
        other => other,
    }
}

/// The own fields of a form: path, file, form, field.
fn own_fields(form: &Entry<FormSpec>) -> impl Iterator<Item = (String, usize, &str, &At<FieldSpec>)> {
    let fields = form.section.iter().flat_map(|section| &section.fields);
    fields.filter_map(|field| Some((format!("{}.{}", form.id.value(), field.id.as_ref()?.value()), form.file, form.id.as_str(), field)))
}

/// The keys of an own field that are written, each with where it stands.
fn written(field: &At<FieldSpec>) -> Vec<(&'static str, usize)> {
    let start = field.start();
    let all = [
        ("unit", field.unit.is_some().then_some(start)),
        ("min_chars", field.min_chars.as_ref().map(At::start)),
        ("max_chars", field.max_chars.as_ref().map(At::start)),
        ("counts", field.counts.as_ref().map(At::start)),
        ("of", field.of.as_ref().map(At::start)),
        ("columns", field.columns.first().map(At::start)),
        ("lines", (!field.lines.is_empty()).then_some(start)),
        ("full", field.full.as_ref().map(At::start)),
        ("value", field.value.as_ref().map(At::start)),
    ];
    all.into_iter().filter_map(|(key, at)| Some((key, at?))).collect()
}

/// The keys that say something for a type.
fn allowed(ty: FieldType) -> &'static [&'static str] {
    match ty {
        FieldType::Text => &["max_chars", "unit"],
        FieldType::LongText => &["min_chars", "max_chars", "counts"],
        FieldType::Count | FieldType::Decimal => &["unit"],
        FieldType::Choice | FieldType::Choices | FieldType::Provider => &["of"],
        FieldType::Table => &["columns", "lines"],
        FieldType::Score => &["full"],
        FieldType::Shown => &["value"],
        _ => &[],
    }
}
