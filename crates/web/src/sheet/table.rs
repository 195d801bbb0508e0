//! Tables of fixed lines and columns.

use maud::{Markup, html};
use policy::pack::{Column, Field};

use super::Sheet;
use crate::components::field::id;
use crate::components::layout::wide;

/// The path of a cell.
pub(super) fn cell(field: &Field, line: usize, column: &Column) -> String {
    format!("{}.{line}.{}", field.path, column.id)
}

/// The table to fill in.
pub(super) fn table(sheet: &Sheet, field: &Field, columns: &[Column], lines: &[String]) -> Markup {
    let input = |line: usize, column: &Column| {
        let path = cell(field, line, column);
        html! {
            input #(id(&path)) name=(path) type="text" autocomplete="off" value=(sheet.answers.text(&path))
                aria-label=(format!("{}，{}", lines[line], column.label));
        }
    };
    html! { div #(id(&field.path)) tabindex="-1" { (drawn(field, columns, lines, &input)) } }
}

/// The table as it was filled in.
pub(super) fn read(sheet: &Sheet, field: &Field, columns: &[Column], lines: &[String]) -> Markup {
    let text = |line: usize, column: &Column| html! { (sheet.answers.text(&cell(field, line, column))) };
    drawn(field, columns, lines, &text)
}

fn drawn(field: &Field, columns: &[Column], lines: &[String], content: &dyn Fn(usize, &Column) -> Markup) -> Markup {
    let table = html! {
        table.cells {
            caption.hidden { (field.label) }
            thead { tr { td {} @for column in columns { th scope="col" { (column.label) } } } }
            tbody {
                @for (at, line) in lines.iter().enumerate() {
                    tr {
                        th scope="row" { (line) }
                        @for column in columns { td data-label=(column.label) { (content(at, column)) } }
                    }
                }
            }
        }
    };
    wide(&field.label, &table)
}
