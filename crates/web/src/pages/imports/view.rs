//! What a table would change, and what is wrong with it, cell by cell.

use axum::response::Html;
use maud::{Markup, html};
use records::Refusal;
use records::access::{Acting, may_offer};
use service::import::{Counts, Kept, Preview, Problem, Table, Taken, Target};

use super::payments::{self, list_address};
use super::table::kept_for;
use super::{answers, left_out, many, rows};
use crate::components::layout;
use crate::pages::products;
use crate::session::token_field;

/// Problems on the page; the marked copy has the others.
const SHOWN: usize = 200;
/// Rows of totals that are named one by one.
const TOTALS_NAMED: usize = 10;
/// Characters of a cell that may be typed anew here; what is longer, or has lines, is mended in the file.
const TYPED_MAX_CHARS: usize = 200;

/// A table as it is looked at.
pub(super) struct View<'a> {
    /// The id it waits under.
    pub(super) id: &'a str,
    /// What it is about, in words.
    pub(super) label: &'a str,
    /// Who looks.
    pub(super) acting: &'a Acting,
    pub(super) kept: &'a Kept,
    pub(super) table: &'a Table,
    /// None where it could not be read: `refused` says why.
    pub(super) preview: Option<&'a Preview>,
    /// Why it was not taken in.
    pub(super) refused: Option<&'a Refusal>,
}

/// The page.
pub(super) fn page(view: &View) -> Html<String> {
    let View { id, label, acting, kept, table, preview, refused } = *view;
    let title = format!("导入{label}");
    let main = html! {
        h1 { (title) }
        (super::table::refused(refused))
        dl.facts {
            dt { "文件" } dd { (kept.name) }
            @if let Some(preview) = preview {
                @let retyped = table.corrections.retyped();
                dt { "数据" } dd { (left_out::counted(preview)) @if retyped > 0 { "，已在网页上改正" (retyped) "个单元格" } }
            }
        }
        @if let Some(preview) = preview {
            (passed_over(&kept.target, &preview.unknown))
            (totals(&preview.totals))
            @if preview.problem_count > 0 { (problems(id, preview)) } @else { (ready(id, &kept.target, preview)) }
            (left_out::listed(id, &preview.left_out))
        }
        (otherwise(id, kept, acting))
    };
    let (label, address) = way(&kept.target, acting);
    layout::page(&title, &[(label, &address)], main)
}

fn way(target: &Target, acting: &Acting) -> (&'static str, String) {
    let label = match target {
        Target::Rows(_) => "填写",
        Target::Answers(of) => answers::way(of),
        Target::ManyAnswers(_) => "批量录入",
        Target::Payments { .. } => "拨付清单",
        Target::Products if may_offer(acting) => "产品目录",
        Target::Products | Target::Organisations { .. } | Target::Roster { .. } => "表格导入",
    };
    (label, back(target, acting))
}

/// What is not read: whole columns, or the rows of a questionnaire.
fn passed_over(target: &Target, unknown: &[String]) -> Markup {
    let what =
        if matches!(target, Target::Answers(_) | Target::ManyAnswers(_)) { "以下内容不导入：" } else { "以下列不读取：" };
    html! { @if !unknown.is_empty() { p.quiet { (what) (unknown.join("、")) "。" } } }
}

/// Rows of totals are no data.
fn totals(rows: &[usize]) -> Markup {
    let named: Vec<String> = rows.iter().take(TOTALS_NAMED).map(usize::to_string).collect();
    let more = if rows.len() > TOTALS_NAMED { "等" } else { "" };
    html! { @if !rows.is_empty() { p.quiet { "第" (named.join("、")) (more) "行是合计行，不读取。" } } }
}

/// Where one goes after giving up.
pub(super) fn back(target: &Target, acting: &Acting) -> String {
    match target {
        Target::Rows(of) => rows::form_address(of),
        Target::Answers(of) => answers::form_address(of),
        Target::ManyAnswers(of) => many::address(of),
        Target::Payments { list } => list_address(list),
        Target::Products if may_offer(acting) => products::ADDRESS.to_owned(),
        _ => "/desk/imports".to_owned(),
    }
}

/// Where one goes after it is taken in.
pub(super) fn done(target: &Target, acting: &Acting, taken: &Taken) -> String {
    let Taken { counts, left_out } = taken;
    let address = match target {
        Target::Products if may_offer(acting) => products::taken_in(counts),
        Target::Rows(_) | Target::Answers(_) => format!("{}?said=saved", back(target, acting)),
        Target::ManyAnswers(of) => format!("{}?new={}&changed={}&same={}", many::address(of), counts.new, counts.changed, counts.same),
        Target::Payments { list } => format!("{}?imported=1", list_address(list)),
        _ => format!("/desk/imports?new={}&changed={}&same={}&kept={}", counts.new, counts.changed, counts.same, counts.kept),
    };
    address + &left_out::carried(left_out)
}

fn ready(id: &str, target: &Target, preview: &Preview) -> Markup {
    let (counts, left_out) = (&preview.counts, preview.left_out.len());
    html! {
        @if matches!(target, Target::Payments { .. }) { (payments::ready(counts)) } @else { (changes(counts)) }
        @if counts.changes() {
            p { "检查无误，尚未写入。" @if left_out > 0 { (left_out::counted(preview)) "。" } }
            form method="post" action=(format!("/imports/{id}/take-in")) { (token_field()) button type="submit" { "确认导入" } }
        } @else if preview.leaves_all_out() {
            div.error-summary role="alert" { p { "表格的" (left_out) "行都标为不导入，没有可以导入的内容。请在下面恢复需要导入的行，或者放弃这张表。" } }
        } @else if counts.rows == 0 {
            div.error-summary role="alert" { p { "表格中没有数据行，没有可以导入的内容。请在表头下面逐行填写，放弃这张表后重新上传。" } }
        } @else {
            div.notice role="status" { p { @if left_out > 0 { "除标为不导入的行外，" } "表格内容与平台上的一致，不需要导入。" } }
        }
    }
}

fn changes(counts: &Counts) -> Markup {
    html! {
        div.headline {
            div { p.name { "新增" } p.value { (counts.new) } }
            div { p.name { "更新" } p.value { (counts.changed) } }
            div { p.name { "无变化" } p.value { (counts.same) } }
            @if counts.kept > 0 { div { p.name { "由单位自行维护，不改动" } p.value { (counts.kept) } } }
        }
    }
}

fn problems(id: &str, preview: &Preview) -> Markup {
    let table = html! {
        table.cells {
            caption.hidden { "需要改正的单元格" }
            thead { tr { th scope="col" { "单元格" } th scope="col" { "列" } th scope="col" { "内容" } th scope="col" { "问题和改法" } th scope="col" { "不导入" } } }
            tbody { @for (at, problem) in preview.problems.iter().take(SHOWN).enumerate() { (one(at, problem, &left_out::box_of(preview, at, problem.row))) } }
        }
    };
    let shown = preview.problem_count.min(SHOWN);
    html! {
        div.error-summary role="alert" {
            h2 { "有" (preview.problem_count) "处需要改正，没有写入任何内容" }
            p {
                "可以在下面直接改正，暂时不能改正的行可以标为不导入；也可以下载标注后的表格，改好后重新上传。"
                @if shown < preview.problem_count { "本页列出前" (shown) "处，改正后显示其余的。" }
            }
        }
        ul.actions { li { a.button.second href=(format!("/imports/{id}/marked.xlsx")) download { "下载标注后的表格" } } }
        form method="post" action=(format!("/imports/{id}/correct")) {
            (token_field())
            (layout::wide("需要改正的单元格", &table))
            button type="submit" { "保存改正并重新检查" }
        }
    }
}

fn one(at: usize, problem: &Problem, leave: &Markup) -> Markup {
    let (place, said) = (format!("{}.{}", problem.row, problem.column), format!("problem-{at}"));
    html! {
        tr {
            th scope="row" { (problem.cell()) }
            td data-label="列" { (problem.head) }
            td data-label="内容" {
                @if is_long(&problem.text) {
                    (problem.text.chars().take(30).collect::<String>()) "…… " span.quiet { "内容较长，请在表格中修改" }
                } @else {
                    input type="hidden" name=(format!("was.{place}")) value=(problem.text);
                    input type="text" size="22" name=(format!("cell.{place}")) value=(problem.text) aria-label=(format!("{}的内容", problem.cell())) aria-describedby=(said) autocomplete="off";
                }
            }
            td #(said) data-label="问题和改法" { (problem.what) "。" br; (problem.remedy) "。" }
            (leave)
        }
    }
}

/// A line to type in would lose the end of it, or its lines.
fn is_long(text: &str) -> bool {
    text.contains('\n') || text.chars().count() > TYPED_MAX_CHARS
}

fn otherwise(id: &str, kept: &Kept, acting: &Acting) -> Markup {
    html! {
        h2 { "不导入这张表" }
        p { "改用另一张表的，请放弃这一张；放弃后，网页上的改正不保留，上传的文件仍在“我的文件”中。" }
        (kept_for())
        form method="post" action=(format!("/imports/{id}/discard")) { (token_field()) button.second type="submit" { "放弃" } }
        p { a href=(back(&kept.target, acting)) { "返回" } }
    }
}
