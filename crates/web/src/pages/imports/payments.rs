//! What the bank did with the payments of a list, from the table that it sends back.

use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Response};
use maud::{Markup, html};
use records::Refusal;
use service::import::{self, Target};

use super::{begun, kept_for, unknown};
use crate::components::form::go;
use crate::components::layout;
use crate::errors::Error;
use crate::extract::Name;
use crate::pages::paper::upload;
use crate::session::{Signed, token_field};
use crate::site::{Shared, Site};

/// Where a list stands.
pub(super) fn list_address(list: &str) -> String {
    format!("/conduct/payments/{list}")
}

/// `GET /conduct/payments/{id}/results`
pub(super) async fn show(State(site): State<Shared>, signed: Signed, Name(list): Name) -> Result<Html<String>, Error> {
    page(&site, &signed, &list, None).await
}

/// `POST /conduct/payments/{id}/results`
pub(super) async fn send(
    State(site): State<Shared>,
    signed: Signed,
    Name(list): Name,
    sent: Result<Multipart, MultipartRejection>,
) -> Result<Response, Error> {
    let target = Target::Payments { list: list.clone() };
    target.label(&site.desk(), signed.session.acting()).await.map_err(unknown)?;
    let posted = upload::read(&site, &signed, sent).await?;
    match begun(&site, &signed, &target, &posted).await {
        Ok(id) => Ok(go(&format!("/imports/{id}"))),
        Err(refusal) => Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&site, &signed, &list, Some(&refusal)).await?).into_response()),
    }
}

async fn page(site: &Site, signed: &Signed, list: &str, refused: Option<&Refusal>) -> Result<Html<String>, Error> {
    let target = Target::Payments { list: list.to_owned() };
    let label = target.label(&site.desk(), signed.session.acting()).await.map_err(unknown)?;
    let (title, address) = (format!("从表格导入{label}"), list_address(list));
    let main = html! {
        h1 { (title) }
        @if let Some(refused) = refused { div.error-summary #errors role="alert" tabindex="-1" { p { strong { (refused.message) } } } }
        p { "导出清单，由银行填写结果、日期、失败原因和流水号，再在这里上传检查。受理编号、账号、金额与审批的清单逐笔核对；检查无误并确认后一次登记，有一处问题，就一笔也不登记。" }
        p { "结果留空或者表中没有的，仍为待拨付；已登记的不重复登记，同一张表再次导入不产生变化。" }
        ul.actions { li { a.button.second href=(format!("{address}/list.xlsx")) download { "导出清单（Excel 表格）" } } }
        (form(&address))
        p { a href=(address) { "返回清单" } }
    };
    Ok(layout::page(&title, &[("工作台", "/desk"), ("拨付清单", "/conduct/payments"), ("清单", &address)], main))
}

fn form(address: &str) -> Markup {
    html! {
        form method="post" action=(format!("{address}/results")) enctype="multipart/form-data" {
            (token_field())
            div.field {
                label for="table" { "银行填写的表格" }
                p.hint #table-hint { "Excel 工作簿（.xlsx），读取第一张工作表；银行自己的表格，表头有受理编号、账号、金额、结果和日期即可，退回的另填失败原因。" }
                input #table name="table" type="file" accept=".xlsx" aria-describedby="table-hint" required;
            }
            (kept_for())
            button type="submit" { "上传并检查" }
        }
    }
}

/// How many results a table records, in words of its own.
pub(super) fn ready(counts: &import::Counts) -> Markup {
    html! {
        div.headline {
            div { p.name { "登记拨付结果" } p.value { (counts.new) } }
            div { p.name { "无变化" } p.value { (counts.same) } }
        }
    }
}
