//! Stages in which experts score: the sheet they fill in, and what is made of their scores.

use super::Compiler;
use crate::files::Entry;
use crate::pack::{Body, FieldKind, Form, Review};
use crate::program::Type;
use crate::spec::{At, Cell, FieldType, StageSpec, Work};

/// Most experts of one file.
const MAX_REVIEWERS: u8 = 15;
/// The most a field or a difference may be, in hundredths of a mark.
const MAX_HUNDREDTHS: i64 = 100_000;

impl Compiler<'_> {
    pub(super) fn reviews(&mut self, forms: &[Form]) -> Vec<Review> {
        let sections = self.sections;
        self.stray_scores();
        let reviewing = sections.stage.iter().filter(|entry| entry.work == Some(Work::Review));
        reviewing.filter_map(|entry| self.review(entry, forms)).collect()
    }

    fn review(&mut self, entry: &Entry<StageSpec>, forms: &[Form]) -> Option<Review> {
        let clause = entry.clause.joined();
        let (Some(reviewers), Some(sheet)) = (&entry.reviewers, &entry.sheet) else {
            let message = format!("专家评审环节“{}”应写明评审专家人数 reviewers 和评审表 sheet", entry.id);
            self.report(entry.file, entry.spec.start(), &clause, message);
            return None;
        };
        if !(1..=MAX_REVIEWERS).contains(reviewers.value()) {
            self.report(entry.file, reviewers.start(), &clause, format!("评审专家人数应为1至{MAX_REVIEWERS}"));
        }
        let full = self.sheet(entry.file, sheet, forms, &clause)?;
        Some(Review {
            stage: entry.id.clone(),
            sheet: sheet.value().clone(),
            reviewers: usize::from(*reviewers.value()),
            apart_hundredths: self.apart(entry, full, &clause),
            blind: entry.blind.as_ref().is_some_and(|blind| *blind.value()),
            elsewhere: entry.elsewhere.as_ref().is_some_and(|elsewhere| *elsewhere.value()),
            field: self.review_field(entry, &clause),
            settles: entry.settles.as_ref().and_then(|fact| self.inputs[0].iter().position(|input| input.is(fact.value()))),
        })
    }

    /// The most a sheet can give. Its fields are its own: what experts think of a file is no fact of the case, but for
    /// the score that all of them settle.
    fn sheet(&mut self, file: usize, sheet: &At<String>, forms: &[Form], clause: &str) -> Option<i64> {
        let Some(form) = forms.iter().find(|form| form.id == *sheet.value()) else {
            let known: Vec<String> = forms.iter().map(|form| form.id.clone()).collect();
            self.unknown_name(file, sheet.start(), clause, "表单", sheet.value(), &known);
            return None;
        };
        let own = form.sections.iter().all(|section| match &section.body {
            Body::Fields(fields) => fields.iter().all(|field| {
                let elsewhere = matches!(field.kind, FieldKind::Fact { .. } | FieldKind::Shown(_) | FieldKind::Provider { .. });
                !elsewhere && field.path.starts_with(&format!("{}.", form.id))
            }),
            Body::Rows { .. } | Body::Questions { .. } | Body::Scenarios { .. } => false,
        });
        if !own {
            self.report(file, sheet.start(), clause, format!("评审表“{}”只能有本表的字段，不能有事实、沿用的字段和测评", form.id));
        }
        if form.scores().next().is_none() {
            self.report(file, sheet.start(), clause, format!("评审表“{}”没有评分（type = \"score\"）的字段", form.id));
        }
        Some(form.full_hundredths())
    }

    fn apart(&mut self, entry: &Entry<StageSpec>, full: i64, clause: &str) -> Option<i64> {
        let apart = entry.apart.as_ref()?;
        let hundredths = self.hundredths(entry.file, apart, clause)?;
        if hundredths >= full {
            self.report(entry.file, apart.start(), clause, "评分差距上限应小于评审表的满分");
        }
        Some(hundredths)
    }

    fn review_field(&mut self, entry: &Entry<StageSpec>, clause: &str) -> Option<usize> {
        let field = entry.field.as_ref()?;
        let (kind, input) = self.declared_fact(entry.file, field.start(), clause, field)?;
        if kind != 0 || !matches!(self.inputs[kind as usize][input].meta.ty, Type::Choice(_)) {
            self.report(entry.file, field.start(), clause, format!("“{}”不是申报件的选项，不能匹配专家的领域", field.value()));
        }
        Some(input)
    }

    /// Marks above 0 with at most two decimals, in hundredths.
    pub(super) fn hundredths(&mut self, file: usize, marks: &At<Cell>, clause: &str) -> Option<i64> {
        let read = super::read_cell(Type::Score, marks.value(), &[]).ok().and_then(|marks| marks.scaled(100));
        let hundredths = read.filter(|hundredths| (1..=MAX_HUNDREDTHS).contains(hundredths));
        if hundredths.is_none() {
            let message = format!("“{}”应为大于0的分数，最多两位小数，如 10 或者 \"20分\"", marks.value().0);
            self.report(file, marks.start(), clause, message);
        }
        hundredths
    }

    /// Scores stand on sheets of experts, and nobody else fills in those.
    fn stray_scores(&mut self) {
        let sections = self.sections;
        let sheets: Vec<&str> = sections.stage.iter().filter_map(|stage| Some(stage.sheet.as_ref()?.as_str())).collect();
        for form in sections.form.iter().filter(|form| !sheets.contains(&form.id.as_str())) {
            let fields = form.section.iter().flat_map(|section| &section.fields);
            let scored = |field: &&At<crate::spec::FieldSpec>| field.kind.as_ref().is_some_and(|kind| *kind.value() == FieldType::Score);
            for field in fields.filter(scored) {
                self.report(form.file, field.start(), "", "评分（type = \"score\"）只用于专家评审环节的评审表（sheet）");
            }
        }
        for stage in &sections.stage {
            for form in stage.forms.iter().filter(|form| sheets.contains(&form.as_str())) {
                self.report(stage.file, form.start(), "", format!("评审表“{}”由评审专家填写，不能再作为其他环节的表单", form.value()));
            }
        }
    }
}
