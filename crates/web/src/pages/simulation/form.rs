//! The page before anything is computed: the table, what to change, the budget.

use axum::response::Html;
use maud::{Markup, html};
use policy::case::Draft;

use super::adjust::{Cell, Row, Shelf};
use super::compute::{LIMITS, Refused};
use super::guide::guide;
use super::subject::{AGAINST, BUDGET, Subject};
use super::upload::CASES;
use crate::components::clause::cites;
use crate::components::field::{self, Line};
use crate::components::layout;
use crate::forms::{Filled, Typed};

/// The page's name.
pub(super) const TITLE: &str = "规则调整测算";

/// The whole page with everything typed so far.
pub(super) fn page(subject: &Subject, typed: Typed, refused: &Refused, notice: Option<&str>) -> Html<String> {
    let pack = subject.pack();
    let filled = Filled { typed, draft: Draft::new(pack), errors: refused.errors.clone() };
    let address = format!("/programmes/{}", pack.id);
    layout::page(TITLE, &[(&pack.title, &address)], body(subject, &filled, refused, notice))
}

fn body(subject: &Subject, filled: &Filled, refused: &Refused, notice: Option<&str>) -> Markup {
    html! {
        div.narrow {
            (layout::error_summary_but(&filled.errors, Some("表格文件请重新选择")))
            h1 { (TITLE) }
            (lead(subject))
            @if let Some(text) = notice { div.notice.bad role="alert" { p { (text) } } }
            form method="post" action=(subject.address("")) enctype="multipart/form-data" novalidate {
                (table(subject, filled, refused))
                (against(subject, filled))
                (adjust(subject, filled))
                (budget(filled))
                div.submit { button type="submit" { "测算" } }
            }
        }
    }
}

fn lead(subject: &Subject) -> Markup {
    let pack = subject.pack();
    html! {
        p.lead { (pack.title) "，" (pack.version) "版" }
        p { "用一批申报件比较现行规则和调整后的规则：需要多少资金、哪些申报件增加或减少、为什么。供主管部门研究政策使用，不改变现行政策，也不影响任何申报件。" }
        div.notice { p { "上传的表格只用于本次测算，不保存；结果页面关闭后不能再次打开，需要留存的请打印。" } }
    }
}

fn table(subject: &Subject, filled: &Filled, refused: &Refused) -> Markup {
    let error = filled.error(CASES);
    let described = if error.is_some() { "cases-hint cases-error" } else { "cases-hint" };
    let (most_mib, rows) = (LIMITS.file_bytes >> 20, LIMITS.rows / 10_000);
    html! {
        h2 { "申报件表格" }
        p { "每行一个申报件，第一行为列名。" a href=(subject.address("/template.csv")) { "下载模板（CSV）" } "，其中两行示例为虚构，填写时请删去。" }
        p { "金额和等级请直接填写核定或者预计的数；用编号代替企业名称即可，不需要联系方式等与测算无关的内容。" }
        (guide(subject.entered))
        div.field.wrong[error.is_some()] {
            label for=(CASES) { "申报件表格" }
            p.hint #cases-hint { "CSV 或 XLSX，不超过" (most_mib) "兆字节、" (rows) "万行。更多的行（可达数百万行）请在服务器上用命令 shuzhuan simulate 测算。" }
            (field::message(CASES, error))
            (cells(&refused.cells))
            input #(CASES) name=(CASES) type="file" accept=".csv,.xlsx" aria-describedby=(described) aria-invalid=[error.map(|_| "true")];
        }
    }
}

/// What is wrong with the table, by row and column.
fn cells(problems: &[String]) -> Markup {
    html! { @if !problems.is_empty() { ul.problems { @for problem in problems { li { (problem) } } } } }
}

/// Another version instead of other values, where there is one.
fn against(subject: &Subject, filled: &Filled) -> Markup {
    let error = filled.error(AGAINST);
    html! {
        @if !subject.others.is_empty() {
            h2 { "与其他版本比较" }
            div.field.wrong[error.is_some()] {
                label for=(AGAINST) { "调整后的规则" }
                (field::message(AGAINST, error))
                select #(AGAINST) name=(AGAINST) {
                    option value="" { "不比较，按下面调整的数值" }
                    @for other in &subject.others {
                        option value=(other.version) selected[filled.typed.text(AGAINST) == other.version] { (other.title) "，" (other.version) "版" }
                    }
                }
            }
        }
    }
}

fn adjust(subject: &Subject, filled: &Filled) -> Markup {
    let few = subject.shelves.len() <= 2;
    html! {
        @if !subject.shelves.is_empty() {
            h2 { "调整的数值" }
            p.hint { "只填写要调整的，空着的不变。这里可以调整表格中的数值；计算公式、申报条件和分档的调整，请修改政策包后用命令比较。" }
            @for shelf in &subject.shelves { (shelf_fields(subject, filled, shelf, few)) }
        }
    }
}

fn shelf_fields(subject: &Subject, filled: &Filled, shelf: &Shelf, few: bool) -> Markup {
    let cells = || shelf.rows.iter().flat_map(|row| &row.cells);
    let touched = cells().any(|cell| !filled.typed.text(&cell.path()).is_empty());
    html! {
        details.checks.shelf open[few || touched] {
            summary { (shelf.title) }
            p { (cites(subject.pack(), &shelf.clause)) }
            @for row in &shelf.rows { (row_fields(filled, row)) }
        }
    }
}

fn row_fields(filled: &Filled, row: &Row) -> Markup {
    html! {
        fieldset {
            legend { (row.label) }
            div.figures { @for cell in &row.cells { (cell_field(filled, cell)) } }
        }
    }
}

fn cell_field(filled: &Filled, cell: &Cell) -> Markup {
    let (path, hint) = (cell.path(), format!("现为{}", cell.text));
    field::line(filled, &Line { path: &path, label: &cell.label, hint: Some(&hint), unit: cell.unit().map(str::to_owned) })
}

fn budget(filled: &Filled) -> Markup {
    let hint = "填写后，结果说明两种规则下是否超出；表格有“权重”列的，说明超出的可能性。";
    html! {
        h2 { "预算（可不填）" }
        (field::line(filled, &Line { path: BUDGET, label: "预算", hint: Some(hint), unit: Some("万元".to_owned()) }))
    }
}
