//! 不导入本行: rows of a table that are left out, how they are named, put back, and said again once the rest is taken in.

use maud::{Markup, html};
use service::import::{LeftOut, Preview};

use crate::components::layout;
use crate::session::token_field;

/// The name under which an address carries them.
pub(crate) const NAME: &str = "left_out";
/// An address may be typed: of more rows than a table can leave out nothing is said.
const ROWS_MAX: usize = 200;

/// How many, and which: `不导入2行（第17、203行）`; rows in a row are named from the first to the last.
pub(crate) fn said(rows: &[usize]) -> String {
    format!("不导入{}行（第{}行）", rows.len(), numbers(rows))
}

fn numbers(rows: &[usize]) -> String {
    let follows = |one: &usize, next: &usize| one.checked_add(1) == Some(*next);
    let named = rows.chunk_by(follows).map(|run| match run {
        [first, _, .., last] => format!("{first}至{last}"),
        few => few.iter().map(usize::to_string).collect::<Vec<_>>().join("、"),
    });
    named.collect::<Vec<_>>().join("、")
}

/// What an address carries on to where it is said again; nothing where nothing was left out.
pub(super) fn carried(rows: &[usize]) -> String {
    let rows: Vec<String> = rows.iter().map(usize::to_string).collect();
    if rows.is_empty() { String::new() } else { format!("&{NAME}={}", rows.join(",")) }
}

/// What an address carried, behind what else is said of the table: `；按标注不导入2行（第17、203行）`.
pub(crate) fn also(carried: Option<&str>) -> String {
    let rows: Option<Vec<usize>> = carried.map(|rows| rows.split(',').map_while(|row| row.parse().ok()).take(ROWS_MAX).collect());
    rows.filter(|rows| !rows.is_empty()).map_or(String::new(), |rows| format!("；按标注{}", said(&rows)))
}

/// The same where nothing else is said of the table; nothing where that is empty.
pub(crate) fn notice(also: &str) -> Markup {
    html! { @if !also.is_empty() { div.notice role="status" { p { "表格已导入" (also) "。" } } } }
}

/// How many rows a table has; how many are taken in and how many not, where some are left out.
pub(super) fn counted(preview: &Preview) -> String {
    let rows: Vec<usize> = preview.left_out.iter().map(|one| one.row).collect();
    if rows.is_empty() { format!("{}行", preview.counts.rows) } else { format!("将导入{}行，{}", preview.counts.rows, said(&rows)) }
}

/// The cell with the box that leaves a row out, at the first of its problems; the others say that it stands there.
pub(super) fn box_of(preview: &Preview, at: usize, row: usize) -> Markup {
    let again = at.checked_sub(1).and_then(|before| preview.problems.get(before)).is_some_and(|before| before.row == row);
    html! {
        @if !preview.may_leave_out(row) { td data-label="不导入" { "—" } }
        @else if again { td data-label="不导入" { span.quiet { "同上" } } }
        @else {
            td {
                div.option {
                    input #(format!("leave-{row}")) type="checkbox" name="leave" value=(row);
                    label for=(format!("leave-{row}")) { "不导入本行" span.hidden { "（第" (row) "行）" } }
                }
            }
        }
    }
}

/// The rows that are left out, each to be put back.
pub(super) fn listed(id: &str, left_out: &[LeftOut]) -> Markup {
    let table = html! {
        table.stack {
            caption.hidden { "不导入的行" }
            thead { tr { th scope="col" { "行" } th scope="col" { "内容" } th scope="col" { "办理" } } }
            tbody { @for one in left_out { (row(one)) } }
        }
    };
    html! {
        @if !left_out.is_empty() {
            h2 #left-out { "不导入的行" }
            p { "以下" (left_out.len()) "行标为不导入，其中的问题不再检查，上传的文件不变。需要导入的，请选中后恢复。" }
            form method="post" action=(format!("/imports/{id}/correct")) {
                (token_field())
                (layout::wide("不导入的行", &table))
                button.second type="submit" { "恢复导入选中的行" }
            }
        }
    }
}

fn row(one: &LeftOut) -> Markup {
    let own = format!("back-{}", one.row);
    html! {
        tr {
            th scope="row" { "第" (one.row) "行" }
            td data-label="内容" { (one.words) }
            td {
                div.option {
                    input #(own) type="checkbox" name="back" value=(one.row);
                    label for=(own) { "恢复导入" span.hidden { "（第" (one.row) "行）" } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{also, carried, said};

    #[test]
    fn rows_are_named() {
        for (rows, expected, address) in [
            (vec![17], "不导入1行（第17行）", "&left_out=17"),
            (vec![17, 203], "不导入2行（第17、203行）", "&left_out=17,203"),
            (vec![3, 4], "不导入2行（第3、4行）", "&left_out=3,4"),
            (vec![3, 4, 5, 9, 11, 12, 13, 14], "不导入8行（第3至5、9、11至14行）", "&left_out=3,4,5,9,11,12,13,14"),
        ] {
            assert_eq!((said(&rows).as_str(), carried(&rows).as_str()), (expected, address));
            assert_eq!(also(address.strip_prefix("&left_out=")), format!("；按标注{expected}"));
        }
        assert_eq!(carried(&[]), "");
        for nothing in [None, Some(""), Some("x"), Some("-1,2")] {
            assert_eq!(also(nothing), "", "{nothing:?}");
        }
    }
}
