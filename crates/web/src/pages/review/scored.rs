//! Scores side by side.

use maud::{Markup, html};
use policy::pack::{Body, Field, FieldKind, Form};
use policy::say::marks;
use service::review::{Reviewing, Scored};

use crate::components::layout;

/// What the experts scored, as far as the reader may know: a line for each field of the sheet, a column for each expert.
pub(super) fn table(view: &Reviewing) -> Markup {
    let Some(form) = view.pack.form(&view.review.sheet) else { return html! {} };
    let table = html! {
        table.list.tight {
            caption.hidden { "专家评分" }
            thead { tr { th scope="col" { "评分项" } @for (at, one) in view.scored.iter().enumerate() { th scope="col" { (name(at, one)) } } } }
            tbody {
                @for field in fields(form) { tr { th scope="row" { (field.label) (full(field)) } @for one in &view.scored { td { (text(field, one)) } } } }
                tr { th scope="row" { "总分（满分" (marks(form.full_hundredths())) "）" } @for one in &view.scored { td { strong { (total(one)) } } } }
            }
        }
    };
    layout::wide("专家评分", &table)
}

/// What the others scored and what came of it, for an expert; nothing before it is his to see.
pub(super) fn others(view: &Reviewing) -> Markup {
    let score = view.application.stages.get(&view.review.stage).and_then(|state| state.score.as_ref());
    html! {
        @if let Some(score) = score { p { "评审得分：" strong { (marks(score.hundredths)) } } }
        @if view.scored.iter().any(|one| !one.own && one.sheet.is_some()) { h2 { "全部评分" } (table(view)) }
    }
}

pub(super) fn name(at: usize, one: &Scored) -> String {
    one.name.clone().unwrap_or_else(|| format!("专家{}", at + 1))
}

fn fields(form: &Form) -> impl Iterator<Item = &Field> {
    form.sections.iter().flat_map(|section| match &section.body {
        Body::Fields(fields) => fields.as_slice(),
        Body::Rows { .. } | Body::Questions { .. } | Body::Scenarios { .. } => &[],
    })
}

fn full(field: &Field) -> String {
    match field.kind {
        FieldKind::Score { full_hundredths } => format!("（{}）", marks(full_hundredths)),
        _ => String::new(),
    }
}

fn text<'a>(field: &Field, one: &'a Scored) -> &'a str {
    one.sheet.as_ref().map_or("", |sheet| sheet.answers.text(&field.path))
}

fn total(one: &Scored) -> String {
    match &one.sheet {
        Some(sheet) => marks(sheet.total_hundredths),
        None if one.handed_in => "已提交".into(),
        None if one.declared => "未评分".into(),
        None => "未声明利益关系".into(),
    }
}
