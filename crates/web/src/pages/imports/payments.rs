//! What the bank did with the payments of a list, from the table that it sends back.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::Html;
use maud::{Markup, html};
use records::Refusal;
use service::import::{self, Target};

use super::table::{self, Begins, TableForm};
use super::unknown;
use crate::components::layout;
use crate::errors::Error;
use crate::extract::Name;
use crate::session::Signed;
use crate::site::Site;

/// The list that an address names.
pub(super) struct Named(String);

impl<S: Send + Sync> FromRequestParts<S> for Named {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        Name::from_request_parts(parts, state).await.map(|Name(list)| Self(list))
    }
}

impl Begins for Named {
    fn target(&self) -> Target {
        Target::Payments { list: self.0.clone() }
    }

    async fn page(&self, site: &Site, signed: &Signed, refused: Option<&Refusal>) -> Result<Html<String>, Error> {
        page(site, signed, &self.0, refused).await
    }
}

/// Where a list stands.
pub(super) fn list_address(list: &str) -> String {
    format!("/conduct/payments/{list}")
}

async fn page(site: &Site, signed: &Signed, list: &str, refused: Option<&Refusal>) -> Result<Html<String>, Error> {
    let target = Target::Payments { list: list.to_owned() };
    let label = target.label(&site.desk(), signed.session.acting()).await.map_err(unknown)?;
    let (title, address) = (format!("从表格导入{label}"), list_address(list));
    let main = html! {
        h1 { (title) }
        (table::refused(refused))
        p { "导出清单，由银行填写结果、日期、失败原因和流水号，再在这里上传检查。受理编号、账号、金额与审批的清单逐笔核对；检查无误并确认后一次登记，有一处问题，就一笔也不登记。" }
        p { "结果留空或者表中没有的，仍为待拨付；已登记的不重复登记，同一张表再次导入不产生变化。" }
        ul.actions { li { a.button.second href=(format!("{address}/list.xlsx")) download { "导出清单（Excel 表格）" } } }
        (form(&address))
        p { a href=(address) { "返回清单" } }
    };
    Ok(layout::page(&title, &[("工作台", "/desk"), ("拨付清单", "/conduct/payments"), ("清单", &address)], main))
}

fn form(address: &str) -> Markup {
    let hint = "；银行自己的表格，表头有受理编号、账号、金额、结果和日期即可，退回的另填失败原因";
    TableForm { address: &format!("{address}/results"), label: "银行填写的表格", hint }.after(&html! {})
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
