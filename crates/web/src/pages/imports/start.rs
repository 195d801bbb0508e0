//! Where a bureau begins: which table, its template, the file; and what was taken in before.

use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::response::{Html, Response};
use maud::{Markup, html};
use records::Refusal;
use service::import::{self, Import, Target};

use super::table::{self, TableForm};
use super::waits::waits;
use super::{left_out, unknown};
use crate::components::layout;
use crate::errors::Error;
use crate::extract::Asked;
use crate::pages::desk::page_under_tab;
use crate::pages::download;
use crate::pages::paper::upload;
use crate::session::Signed;
use crate::site::{Shared, Site};
use crate::words;

/// `GET /desk/imports`
pub(super) async fn show(State(site): State<Shared>, signed: Signed, asked: Asked) -> Result<Html<String>, Error> {
    let done = ["new", "changed", "same", "kept"].map(|name| asked.get(name).and_then(|text| text.parse::<usize>().ok()));
    let done = done.iter().any(Option::is_some).then(|| (done.map(Option::unwrap_or_default), left_out::also(asked.get(left_out::NAME))));
    page(&site, &signed, done, None, "").await
}

/// `GET /desk/imports/template.xlsx?of=…`
pub(super) async fn template(State(site): State<Shared>, signed: Signed, asked: Asked) -> Result<Response, Error> {
    let acting = signed.session.acting();
    if !import::may_import(acting) {
        return Err(Error::NoPage);
    }
    let target = Target::parse(asked.get("of").unwrap_or_default()).ok_or(Error::NoPage)?;
    let bytes = import::template(&site.desk(), acting, &target).await.map_err(unknown)?;
    let name = target.saved_as(&site.desk(), acting, "模板").await.map_err(unknown)?;
    Ok(download::xlsx_bytes(&format!("{name}.xlsx"), bytes))
}

/// `POST /desk/imports`
pub(super) async fn send(
    State(site): State<Shared>,
    signed: Signed,
    sent: Result<Multipart, MultipartRejection>,
) -> Result<Response, Error> {
    if !import::may_import(signed.session.acting()) {
        return Err(Error::NoPage);
    }
    let posted = upload::read(&site, &signed, sent).await?;
    let of = posted.pairs.iter().find(|(name, _)| name == "of").map_or("", |(_, of)| of.as_str());
    let checked = match Target::parse(of) {
        Some(target) => table::begun(&site, &signed, &target, &posted).await,
        None => Err(Refusal::new("请选择要导入的表格。")),
    };
    match checked {
        Ok(checked) => Ok(checked),
        Err(refusal) => Ok(table::again(page(&site, &signed, None, Some(&refusal), of).await?)),
    }
}

async fn page(
    site: &Site,
    signed: &Signed,
    done: Option<([usize; 4], String)>,
    refused: Option<&Refusal>,
    of: &str,
) -> Result<Html<String>, Error> {
    let (desk, acting) = (site.desk(), signed.session.acting());
    let before = import::listed(&desk, acting).await.map_err(unknown)?;
    if !import::may_import(acting) {
        return Ok(page_under_tab(&signed.session, "导入记录", "/desk/imports", &history(&before)));
    }
    let targets = import::targets(&desk, acting)?;
    let waits = waits(site, acting, None).await?;
    let main = html! {
        h1 { "表格导入" }
        @if let Some(([new, changed, same, kept], left_out)) = done {
            div.notice role="status" { p { "导入完成：新增" (new) "条，更新" (changed) "条，无变化" (same) "条" @if kept > 0 { "，由单位自行维护未改动" (kept) "条" } (left_out) "。" } }
        }
        (table::refused(refused))
        p { "先下载模板填写，再上传检查。检查无误并确认后一次写入；有一处问题，就一条也不写入。同一张表再次导入不产生变化。" }
        (waits)
        @if !waits.0.is_empty() { h2 { "导入新的表格" } }
        (form(&targets, of))
        (templates(&targets))
        @if !before.is_empty() { h2 { "导入记录" } (taken(&before)) (download::link("/desk/imports.xlsx")) }
        (rosters(&targets))
    };
    Ok(layout::page("表格导入", &[("工作台", "/desk")], main))
}

/// What was taken in by an office that takes tables in elsewhere, each where it belongs.
fn history(before: &[Import]) -> Markup {
    html! {
        p { "本单位从表格导入的拨付结果。导入在" a href="/conduct/payments" { "拨付清单" } "中办理。" }
        @if before.is_empty() { p { "还没有导入过表格。" } } @else { (taken(before)) (download::link("/desk/imports.xlsx")) }
    }
}

fn form(targets: &[(Target, String)], of: &str) -> Markup {
    let kinds = html! {
        div.field {
            label for="of" { "导入内容" }
            select #of name="of" {
                @for (target, label) in targets { option value=(target.word()) selected[target.word() == of] { (label) } }
            }
        }
    };
    TableForm { address: "/desk/imports", label: "填好的表格", hint: "，最多20万行" }.after(&kinds)
}

fn templates(targets: &[(Target, String)]) -> Markup {
    html! {
        h2 { "下载模板" }
        ul { @for (target, label) in targets { li { a href=(format!("/desk/imports/template.xlsx?of={}", target.word())) download { (label) } } } }
    }
}

/// Who is on each roster now: what goes out comes in again.
fn rosters(targets: &[(Target, String)]) -> Markup {
    html! {
        h2 { "导出现有内容" }
        ul {
            @for (target, label) in targets {
                @let address = match target {
                    Target::Organisations { kind } => format!("/organisations.xlsx?kind={}", kind.as_str()),
                    Target::Products => "/conduct/products.xlsx".to_owned(),
                    other => format!("/conduct/standings.xlsx?of={}", other.word()),
                };
                li { a href=(address) download { (label) } }
            }
        }
    }
}

fn taken(before: &[Import]) -> Markup {
    let table = html! {
        table {
            caption.hidden { "导入记录" }
            thead { tr { th scope="col" { "时间" } th scope="col" { "内容" } th scope="col" { "文件" } th.number scope="col" { "行数" } th.number scope="col" { "新增" } th.number scope="col" { "更新" } th.number scope="col" { "网页改正" } th scope="col" { "不导入的行" } } }
            tbody {
                @for one in before.iter().take(50) {
                    tr {
                        td { (words::moment(one.at.0 / 1000)) }
                        th scope="row" { (one.label) }
                        td { (one.file) }
                        td.number { (one.counts.rows) } td.number { (one.counts.new) } td.number { (one.counts.changed) } td.number { (one.corrected) }
                        td { @if !one.left_out.is_empty() { (left_out::said(&one.left_out)) } }
                    }
                }
            }
        }
    };
    layout::wide("导入记录", &table)
}
