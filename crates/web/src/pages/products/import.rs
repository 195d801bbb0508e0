//! Where a provider begins to take in a table of its products.

use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::response::{Html, Response};
use maud::html;
use records::Refusal;
use records::access::{Acting, may_offer};
use service::import::{self, Target};

use super::own::ADDRESS;
use crate::components::layout;
use crate::errors::Error;
use crate::pages::imports::table;
use crate::pages::imports::waits::waits;
use crate::pages::{download, products::unknown};
use crate::session::Signed;
use crate::site::{Shared, Site};

fn only(acting: &Acting) -> Result<(), Error> {
    if may_offer(acting) { Ok(()) } else { Err(Error::NoPage) }
}

/// `GET /home/products/import`
pub(super) async fn show(State(site): State<Shared>, signed: Signed) -> Result<Html<String>, Error> {
    only(signed.session.acting())?;
    page(&site, &signed, None).await
}

/// `POST /home/products/import`
pub(super) async fn send(
    State(site): State<Shared>,
    signed: Signed,
    sent: Result<Multipart, MultipartRejection>,
) -> Result<Response, Error> {
    only(signed.session.acting())?;
    match table::taken(&site, &signed, &Target::Products, sent).await? {
        Ok(checked) => Ok(checked),
        Err(refusal) => Ok(table::again(page(&site, &signed, Some(&refusal)).await?)),
    }
}

/// `GET /home/products/template.xlsx`
pub(super) async fn template(State(site): State<Shared>, signed: Signed) -> Result<Response, Error> {
    only(signed.session.acting())?;
    let bytes = import::template(&site.desk(), signed.session.acting(), &Target::Products).await.map_err(unknown)?;
    Ok(download::xlsx_bytes("数字化产品-模板.xlsx", bytes))
}

async fn page(site: &Site, signed: &Signed, refused: Option<&Refusal>) -> Result<Html<String>, Error> {
    let waits = waits(site, signed.session.acting(), Some(&Target::Products)).await?;
    let main = html! {
        h1 { "从表格导入产品" }
        (table::refused(refused))
        p { "先下载模板填写，再上传检查。检查无误并确认后一次写入；有一处问题，就一条也不写入。同名产品按表格更新，同一张表再次导入不产生变化。" }
        ul.actions {
            li { a.button.second href="/home/products/template.xlsx" download { "下载模板" } }
            li { a.button.second href="/home/products.xlsx" download { "下载现有产品" } }
        }
        (table::form("/home/products/import", "填好的表格"))
        (waits)
    };
    Ok(layout::page("从表格导入产品", &[("我的办件", "/home"), ("产品目录", ADDRESS)], main))
}
