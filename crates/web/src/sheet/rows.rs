//! Rows of one kind: one card each, added and removed by buttons that also work without scripts. Of several rows those that need nothing
//! are folded to their line; what stands in a folded card is sent like everything else.

use maud::{Markup, html};
use policy::pack::{Field, FieldKind};
use policy::program::Kind;
use records::answers::{Answers, RowAnswers};
use records::application::ASKED_FORM;

use super::ask::Pick;
use super::control::{self, Spot};
use super::field::{Drawn, Place, field, note};
use super::{Sheet, find, known, lines};
use crate::components::field::{id, message};

/// Stands for the id of a row in the card that the script copies; no row has it.
const TEMPLATE: &str = "__row__";

/// The rows of a section.
pub(super) fn rows<'a>(drawn: &Drawn<'a>, form: &str, kind: Kind, fields: &'a [Field]) -> Markup {
    if form == ASKED_FORM {
        return stated(drawn, kind, fields);
    }
    let kind_id = drawn.sheet.pack.kinds[kind as usize].id.as_str();
    let own = drawn.sheet.answers.rows(kind_id);
    let first = RowAnswers { id: next_id(drawn.sheet.answers, kind_id), ..RowAnswers::default() };
    let rows = if own.is_empty() { std::slice::from_ref(&first) } else { own };
    let blank = RowAnswers { id: TEMPLATE.to_owned(), ..RowAnswers::default() };
    html! {
        div.rows #(id(kind_id)) tabindex="-1" data-rows=(kind_id) {
            (message(&id(kind_id), drawn.sheet.error(kind_id)))
            @for one in drawn.sheet.notes_at(kind_id) { (note(drawn.sheet.pack, one)) }
            (unfolding(rows.len()))
            div.cards-list {
                @for (at, row) in rows.iter().enumerate() {
                    @let open = rows.len() == 1 || needs(drawn, kind, fields, row);
                    (card(drawn, kind, fields, (at, row), open))
                }
            }
            @if !drawn.sheet.fixed_rows {
                template { (card(drawn, kind, fields, (rows.len(), &blank), true)) }
                p { button.second type="submit" name="do" value=(format!("add-row:{kind_id}")) data-add { "增加一行" } }
            }
        }
    }
}

/// A button for those who want all rows open at once; it needs the script, which shows it.
fn unfolding(rows: usize) -> Markup {
    html! { @if rows > 1 { p.unfolding { button.link type="button" data-unfold hidden { "全部展开" } } } }
}

fn card(drawn: &Drawn, kind: Kind, fields: &[Field], (at, row): (usize, &RowAnswers), open: bool) -> Markup {
    let sheet = drawn.sheet;
    let kind_id = sheet.pack.kinds[kind as usize].id.as_str();
    let path = format!("{kind_id}.{}", row.id);
    let inner = html! {
        @for one in sheet.notes_at(&path) { (note(sheet.pack, one)) }
        (message(&id(&path), sheet.error(&path)))
        (parent(sheet, kind, row))
        div.cells-of-row { @for one in fields { (in_row(drawn, kind_id, row, one)) } }
        @if !sheet.fixed_rows {
            p.actions {
                button.second type="submit" name="do" value=(format!("delete-row:{kind_id}:{}", row.id)) data-delete {
                    "删除" span.hidden data-number { (lines::number(at)) }
                }
            }
        }
    };
    html! {
        fieldset.row-card.wrong[sheet.error(&path).is_some()] #(id(&path)) tabindex="-1" data-row=(row.id) {
            input type="hidden" name=(format!("row.{path}"));
            @if sheet.fixed_rows {
                legend.hidden { (sheet.pack.kinds[kind as usize].label) }
                (inner)
            } @else {
                legend.hidden { span data-number { (lines::number(at)) } }
                details open[open] {
                    summary { span data-number { (lines::number(at)) } span data-line=(lines::names(sheet, kind).join(" ")) { (lines::said(sheet, kind, row)) } }
                    (inner)
                }
            }
        }
    }
}

/// Whether somebody should look at a row: something is wrong with it or said of it, or it lacks what it must have.
fn needs(drawn: &Drawn, kind: Kind, fields: &[Field], row: &RowAnswers) -> bool {
    let (sheet, declared) = (drawn.sheet, &drawn.sheet.pack.kinds[kind as usize]);
    let path = format!("{}.{}", declared.id, row.id);
    let inside = |found: &str| found.strip_prefix(&path).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    let told = sheet.errors.iter().any(|error| inside(&error.path)) || sheet.notes.iter().any(|note| inside(&note.path));
    let lone = declared.parent > 0 && row.parent.is_none();
    told || lone || row.texts.values().all(String::is_empty) || fields.iter().any(|field| lacks(drawn, field, (&declared.id, row)))
}

/// Whether a field of a row must be filled in and is not.
fn lacks(drawn: &Drawn, field: &Field, row: (&str, &RowAnswers)) -> bool {
    let place = Place { field, row: Some(row) };
    field.required
        && place.text(drawn.sheet).is_empty()
        && !matches!(field.kind, FieldKind::Shown(_) | FieldKind::Table { .. })
        && known::known(drawn.sheet, place).is_none()
}

fn in_row(drawn: &Drawn, kind: &str, row: &RowAnswers, one: &Field) -> Markup {
    field(drawn, Place { field: one, row: Some((kind, row)) })
}

/// The list in which the row above is chosen, where rows of this kind belong to another.
fn parent(sheet: &Sheet, kind: Kind, row: &RowAnswers) -> Markup {
    let above = sheet.pack.kinds[kind as usize].parent;
    if above == 0 {
        return html! {};
    }
    let kinds = &sheet.pack.kinds;
    let (own, above_kind) = (&kinds[kind as usize].id, &kinds[above as usize]);
    let options = above_rows(sheet, above);
    let only = (options.len() == 1).then(|| options[0].value.as_str());
    let path = format!("{own}.{}.parent", row.id);
    let error = sheet.error(&path);
    let text = row.parent.as_deref().or(only).unwrap_or_default();
    let spot = Spot { name: format!("row.{path}"), path: path.clone(), text, described: None, wrong: error.is_some() };
    html! {
        div.field.wrong[error.is_some()] {
            label for=(id(&path)) { "所属" (above_kind.label) " " span.must { "必填" } }
            @if options.is_empty() { p.hint { "请先填写“" (above_kind.label) "”并保存，再在这里选择。" } }
            (message(&id(&path), error))
            (control::select(&spot, &options, Some(&above_kind.id)))
        }
    }
}

fn above_rows(sheet: &Sheet, above: Kind) -> Vec<Pick> {
    let rows = sheet.answers.rows(&sheet.pack.kinds[above as usize].id).iter().enumerate();
    rows.map(|(at, row)| Pick { value: row.id.clone(), label: lines::line(sheet, above, at, row), ..Pick::default() }).collect()
}

/// What an official states of each of the applicant's rows.
fn stated<'a>(drawn: &Drawn<'a>, kind: Kind, fields: &'a [Field]) -> Markup {
    let kind_id = drawn.sheet.pack.kinds[kind as usize].id.as_str();
    let filed = drawn.sheet.filed.map_or(&[][..], |filed| filed.rows(kind_id));
    html! {
        div.rows #(id(kind_id)) tabindex="-1" {
            @if filed.is_empty() { p { "申报单位没有填写" (drawn.sheet.pack.kinds[kind as usize].label) "。" } }
            @else { p.hint { "影响核定结果的须逐项核实，提交时检查；不影响的可以不填。" } }
            @for (at, row) in filed.iter().enumerate() {
                @let own = find(drawn.sheet.answers.rows(kind_id), &row.id).cloned();
                @let own = own.unwrap_or_else(|| RowAnswers { id: row.id.clone(), ..RowAnswers::default() });
                fieldset.row-card #(id(&format!("{kind_id}.{}", row.id))) tabindex="-1" {
                    legend.hidden { (lines::number(at)) }
                    details open[filed.len() == 1 || needs(drawn, kind, fields, &own)] {
                        summary { (lines::line(drawn.sheet, kind, at, row)) }
                        @for one in drawn.sheet.notes_at(&format!("{kind_id}.{}", row.id)) { (note(drawn.sheet.pack, one)) }
                        div.cells-of-row { @for one in fields { (in_row(drawn, kind_id, &own, one)) } }
                    }
                }
            }
        }
    }
}

/// An id that no row of the kind has: one more than the largest number.
pub(super) fn next_id(answers: &Answers, kind: &str) -> String {
    let numbers = answers.rows(kind).iter().filter_map(|row| row.id.parse::<u64>().ok());
    (numbers.max().unwrap_or(0).saturating_add(1)).to_string()
}
