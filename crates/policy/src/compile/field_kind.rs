//! What may stand in a form's own field.

use super::Compiler;
use super::form::Scope;
use crate::pack::{Column, FieldKind};
use crate::program::Type;
use crate::spec::{At, FieldSpec, FieldType};

/// Characters a line may have unless its field says otherwise, and at most.
const TEXT_CHARS: (u32, u32) = (200, 500);
/// Characters a longer text may have unless its field says otherwise, and at most.
const LONG_TEXT_CHARS: (u32, u32) = (5_000, 20_000);
/// Most columns of a table.
const MAX_COLUMNS: usize = 12;
/// Most lines of a table.
const MAX_LINES: usize = 60;

impl Compiler<'_> {
    pub(super) fn own_kind(&mut self, field: &At<FieldSpec>, ty: FieldType, scope: Scope) -> Option<FieldKind> {
        Some(match ty {
            FieldType::Text => FieldKind::Text { max_chars: self.max_chars(field, TEXT_CHARS, scope) },
            FieldType::LongText => self.long_text(field, scope)?,
            FieldType::Date => FieldKind::Date,
            FieldType::Month => FieldKind::Month,
            FieldType::Money => FieldKind::Money,
            FieldType::Share => FieldKind::Share,
            FieldType::Count => FieldKind::Count,
            FieldType::Decimal => FieldKind::Decimal,
            FieldType::YesNo => FieldKind::YesNo,
            FieldType::Choice => FieldKind::Choice(self.field_choice(field, scope)?),
            FieldType::Choices => FieldKind::Choices(self.field_choice(field, scope)?),
            FieldType::Phone => FieldKind::Phone,
            FieldType::Email => FieldKind::Email,
            FieldType::CreditCode => FieldKind::CreditCode,
            FieldType::Table => self.table_field(field, scope),
            FieldType::Provider => self.provider(field, scope)?,
            FieldType::Score => FieldKind::Score { full_hundredths: self.full(field, scope)? },
            FieldType::Shown => self.shown_field(field, scope)?,
        })
    }

    fn max_chars(&mut self, field: &At<FieldSpec>, (default, most): (u32, u32), scope: Scope) -> u32 {
        let Some(max) = &field.max_chars else { return default };
        if !(1..=most).contains(max.value()) {
            self.report(scope.file, max.start(), scope.clause, format!("max_chars 应为1至{most}"));
        }
        *max.value()
    }

    fn long_text(&mut self, field: &At<FieldSpec>, scope: Scope) -> Option<FieldKind> {
        let max_chars = self.max_chars(field, LONG_TEXT_CHARS, scope);
        let min_chars = field.min_chars.as_ref().map_or(0, |min| *min.value());
        if let Some(min) = field.min_chars.as_ref().filter(|min| *min.value() > max_chars) {
            self.report(scope.file, min.start(), scope.clause, format!("min_chars 大于最多字数{max_chars}"));
        }
        let counts = match &field.counts {
            Some(counts) => Some(self.counted_fact(counts, scope)?),
            None => None,
        };
        Some(FieldKind::LongText { min_chars, max_chars, counts })
    }

    /// Characters are counted into a whole number of the case.
    fn counted_fact(&mut self, counts: &At<String>, scope: Scope) -> Option<usize> {
        let (kind, input) = self.declared_fact(scope.file, counts.start(), scope.clause, counts)?;
        if kind != 0 || self.inputs[kind as usize][input].meta.ty != Type::Count {
            let message = format!("“{}”不是申报件的整数，不能计入字数", counts.value());
            self.report(scope.file, counts.start(), scope.clause, message);
            return None;
        }
        Some(input)
    }

    fn field_choice(&mut self, field: &At<FieldSpec>, scope: Scope) -> Option<usize> {
        let (of, start) = field.of.as_ref().map_or(("", field.start()), |of| (of.as_str(), of.start()));
        let found = self.choices.iter().position(|choice| choice.id == of);
        if found.is_none() {
            let known: Vec<String> = self.choices.iter().map(|choice| choice.id.clone()).collect();
            self.unknown_name(scope.file, start, scope.clause, "选项表", of, &known);
        }
        found
    }

    fn table_field(&mut self, field: &At<FieldSpec>, scope: Scope) -> FieldKind {
        let (columns, lines) = (field.columns.len(), field.lines.len());
        if !(1..=MAX_COLUMNS).contains(&columns) || !(1..=MAX_LINES).contains(&lines) {
            let message = format!("表格应有1至{MAX_COLUMNS}列（columns）、1至{MAX_LINES}行（lines）");
            self.report(scope.file, field.start(), scope.clause, message);
        }
        self.unique("列", field.columns.iter().map(|column| (column.id.as_str(), scope.file, column.start())));
        for column in &field.columns {
            self.plain_id(scope.file, column.start(), scope.clause, &column.id);
        }
        let columns = field.columns.iter().map(|column| Column { id: column.id.clone(), label: column.label.clone() });
        FieldKind::Table { columns: columns.collect(), lines: field.lines.clone() }
    }

    fn provider(&mut self, field: &At<FieldSpec>, scope: Scope) -> Option<FieldKind> {
        let Some(of) = &field.of else {
            self.report(scope.file, field.start(), scope.clause, "provider 应以 of 写明授予资格的事项");
            return None;
        };
        Some(FieldKind::Provider { standing: self.standing(scope.file, of, scope.clause) })
    }

    fn full(&mut self, field: &At<FieldSpec>, scope: Scope) -> Option<i64> {
        let Some(full) = &field.full else {
            self.report(scope.file, field.start(), scope.clause, "score 应以 full 写明满分");
            return None;
        };
        self.hundredths(scope.file, full, scope.clause)
    }

    fn shown_field(&mut self, field: &At<FieldSpec>, scope: Scope) -> Option<FieldKind> {
        let Some(value) = &field.value else {
            self.report(scope.file, field.start(), scope.clause, "shown 应以 value 写明显示的值");
            return None;
        };
        let found = self.drawn(value, scope.awards);
        // A value whose own formula is at fault has its problem already.
        if found.is_none() && !self.sections.value.iter().any(|known| known.id == *value.value()) {
            let awards = scope.awards.iter().map(|award| format!("award.{}", award.id));
            let known: Vec<String> = self.case_names().into_iter().map(|(name, _)| name).chain(awards).collect();
            self.unknown_name(scope.file, value.start(), scope.clause, "值", value, &known);
        }
        found.map(FieldKind::Shown)
    }
}
