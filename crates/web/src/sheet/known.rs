//! Facts that the platform knows by itself: shown with where they come from, never asked.

use policy::pack::{FieldKind, Known, Source};

use super::field::Place;
use super::{Sheet, said};

/// A known fact.
pub(super) struct Given {
    /// What it is, in words.
    pub(super) text: String,
    /// Where it comes from.
    pub(super) from: String,
}

/// What the platform knows of a field. Where it could know and does not, people are asked.
pub(super) fn known<'a>(sheet: &Sheet<'a>, place: Place<'a>) -> Option<Given> {
    let FieldKind::Fact { kind, input } = place.field.kind else { return None };
    let known = sheet.pack.known.iter().find(|known| (known.kind, known.input) == (kind, input))?;
    let text = match place.row {
        Some((kind, row)) => sheet.case_row_text(kind, &row.id, place.name()),
        None => sheet.case_text(&place.field.path),
    };
    let typed = place.text(sheet);
    let stated = !typed.is_empty() && typed == text;
    if known.source.people_may_state() && (text.is_empty() || stated) {
        return None;
    }
    let text = if text.is_empty() { unknown(sheet, known) } else { said::text(sheet, place.field, text) };
    Some(Given { text, from: from(sheet, known) })
}

fn unknown(sheet: &Sheet, known: &Known) -> String {
    match &known.source {
        Source::Standing { of: Some((kind, named)), .. } | Source::Settled { of: Some((kind, named)), .. } => {
            format!("填写“{}”并保存后，由系统核对", sheet.pack.inputs[*kind as usize][*named].label)
        }
        Source::Settled { .. } => "还没有核定结果".to_owned(),
        _ => "由系统填写".to_owned(),
    }
}

fn from(sheet: &Sheet, known: &Known) -> String {
    match &known.source {
        Source::Standing { procedure, .. } | Source::Settled { procedure, .. } => {
            let label = sheet.pack.procedure(procedure).map_or("", |procedure| procedure.label.as_str());
            format!("系统核对：{label}")
        }
        Source::Granted { procedure } => {
            let label = sheet.pack.procedure(procedure).map_or("", |procedure| procedure.label.as_str());
            format!("系统记录：{label}已确定的金额")
        }
        Source::SubmittedOn => "系统记录：提交当日".to_owned(),
        Source::BatchDeadlineOn | Source::BatchNumber => "系统登记：本批次通知".to_owned(),
        _ => "系统登记：单位信息".to_owned(),
    }
}
