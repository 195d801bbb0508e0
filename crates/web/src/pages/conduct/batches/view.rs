//! The list of calls and one call, as a bureau sees them.

use axum::response::Html;
use maud::{Markup, html};
use policy::library::Library;
use records::batch::Batch;
use service::BatchRow;
use standards::Date;

use crate::components::form::{Form, area, date, line};
use crate::components::{layout, prose, said};
use crate::extract::Asked;
use crate::pages::download;
use crate::session::token_field;

/// The way to these pages.
pub(super) const WAY: [(&str, &str); 2] = [("工作台", "/desk"), ("申报批次", "/conduct/batches")];

/// What has just been done, from the address.
pub(super) fn done(asked: &Asked) -> Option<&'static str> {
    let all = [("opened", "通知已发布。"), ("extend", "截止日期已延后。"), ("close", "本批次已结束受理。")];
    all.into_iter().find(|(name, _)| asked.get(name).is_some()).map(|(_, said)| said)
}

/// All calls.
pub(super) fn list(library: &Library, rows: &[BatchRow], today: Date, conducts: bool) -> Markup {
    html! {
        @if conducts { ul.actions { li { a.button href="/conduct/batches/new" { "发布申报通知" } } } }
        @if rows.is_empty() { p { "还没有发布过申报通知。" } } @else { (table(library, rows, today)) (download::link("/conduct/batches.xlsx")) }
    }
}

fn table(library: &Library, rows: &[BatchRow], today: Date) -> Markup {
    let table = html! {
        table.stack {
            caption.hidden { "申报批次" }
            thead { tr { th scope="col" { "批次" } th scope="col" { "事项" } th scope="col" { "政策项目" } th scope="col" { "开始" } th scope="col" { "截止" } th scope="col" { "状态" } } }
            tbody { @for row in rows { (one_row(library, row, today)) } }
        }
    };
    layout::wide("申报批次", &table)
}

fn one_row(library: &Library, row: &BatchRow, today: Date) -> Markup {
    let day = |text: &Option<String>| text.clone().unwrap_or_default();
    html! {
        tr {
            th scope="row" { a href=(format!("/conduct/batches/{}", row.id)) { (row.label) } }
            td data-label="事项" { (said::procedure(library, &row.programme, &row.procedure)) }
            td data-label="政策项目" { (said::programme(library, &row.programme)) }
            td.term data-label="开始" { (day(&row.opens_on)) }
            td.term data-label="截止" { (day(&row.closes_on)) }
            td data-label="状态" { (state(row, &today.to_string())) }
        }
    }
}

/// Days of the form 2026-01-20 sort as they follow each other.
fn state(row: &BatchRow, today: &str) -> Markup {
    let open = row.state == "open";
    let past = row.closes_on.as_deref().is_some_and(|day| day < today);
    let early = row.opens_on.as_deref().is_some_and(|day| day > today);
    html! {
        @match (open, past, early) {
            (false, ..) => span.tag { "已结束" },
            (true, true, _) => span.tag { "已截止" },
            (true, false, true) => span.tag { "未开始" },
            (true, false, false) => span.tag.good { "受理中" },
        }
    }
}

/// One call with what may be done with it.
pub(super) fn one(library: &Library, batch: &Batch, today: Date, form: &Form, conducts: bool, done: Option<&str>) -> Html<String> {
    let main = html! {
        h1 { (batch.label) }
        @if let Some(done) = done { div.notice role="status" { p { (done) } } }
        (form.summary(library.version(&batch.programme, &batch.version).map(AsRef::as_ref)))
        (facts(library, batch, today))
        h2 { "通知内容" }
        (prose::prose(&batch.notice))
        (tables(library, batch))
        @if conducts && batch.closed.is_none() { (extending(batch, form)) (closing(batch, form)) }
    };
    layout::page(&batch.label, &WAY, main)
}

/// The official tables that its files make together.
fn tables(library: &Library, batch: &Batch) -> Markup {
    let pack = library.version(&batch.programme, &batch.version);
    let tables = pack.map_or_else(Vec::new, |pack| service::document::tables_of_procedure(pack, &batch.procedure));
    html! {
        @if !tables.is_empty() {
            section aria-labelledby="tables" {
                h2 #tables { "汇总附表" }
                p { "按文件印发的表样，填入本批次中本单位可以查看的申报件；填报中、未通过和已终止的不列入。" }
                (crate::pages::document::tables(&format!("/conduct/batches/{}", batch.id), &tables))
            }
        }
    }
}

fn facts(library: &Library, batch: &Batch, today: Date) -> Markup {
    let files = format!("/desk/files?batch={}", batch.id);
    html! {
        dl.facts {
            dt { "政策项目" } dd { a href=(format!("/programmes/{}?version={}", batch.programme, batch.version)) { (said::programme(library, &batch.programme)) } "（" (batch.version) "版）" }
            dt { "事项" } dd { (said::procedure(library, &batch.programme, &batch.procedure)) "，第" (batch.number) "批" }
            dt { "受理期间" } dd { (batch.opens_on.chinese()) "至" (batch.deadline_on.chinese()) "24时" }
            dt { "状态" } dd { (said::countdown(batch, today).0) }
            @if let Some((on, reason)) = &batch.closed { dt { "结束" } dd { (on.chinese()) "：" (reason) } }
            dt { "对外页面" } dd { a href=(format!("/calls/{}", batch.id)) { "查看通知页" } }
            dt { "申报件" } dd { a href=(files) { "查看本批申报件" } }
        }
    }
}

fn extending(batch: &Batch, form: &Form) -> Markup {
    html! {
        section aria-labelledby="extend" {
            h2 #extend { "延后截止日期" }
            form method="post" action=(format!("/conduct/batches/{}/extend", batch.id)) {
                (token_field())
                (date(form, "extend.deadline_on", "新的截止日期", Some(&format!("应晚于{}。", batch.deadline_on.chinese()))))
                (line(form, "extend.reason", "延后理由", None))
                button type="submit" { "延后截止日期" }
            }
        }
    }
}

fn closing(batch: &Batch, form: &Form) -> Markup {
    html! {
        section aria-labelledby="close" {
            h2 #close { "提前结束受理" }
            p { "结束后不再接受本批次的申报，已提交的申报件继续办理。结束后不能恢复。" }
            form method="post" action=(format!("/conduct/batches/{}/close", batch.id)) {
                (token_field())
                (area(form, "close.reason", "结束理由", None, 3))
                button.second type="submit" { "结束受理" }
            }
        }
    }
}
