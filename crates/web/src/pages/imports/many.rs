//! 批量录入: one workbook for all files that wait for a person at a stage.

use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use axum::response::{Html, Response};
use maud::{Markup, html};
use policy::pack::{Form, Pack};
use policy::spec::StageSpec;
use records::Refusal;
use records::access::Acting;
use service::import::{self, FILES_MAX, ManyOf, Target};

use super::answers::worth;
use super::table::{self, Begins};
use super::waits::waits;
use super::{left_out, unknown};
use crate::components::layout;
use crate::errors::Error;
use crate::extract::Asked;
use crate::pages::download;
use crate::session::Signed;
use crate::sheet;
use crate::site::{Shared, Site};

/// The stage that an address names.
pub(super) struct Named(ManyOf);

impl<S: Send + Sync> FromRequestParts<S> for Named {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        let path = Path::<(String, String)>::from_request_parts(parts, state).await;
        let Path((programme, stage)) = path.map_err(|_| Error::NoPage)?;
        Ok(Self(ManyOf { programme, stage }))
    }
}

impl Begins for Named {
    fn target(&self) -> Target {
        Target::ManyAnswers(self.0.clone())
    }

    async fn page(&self, site: &Site, signed: &Signed, refused: Option<&Refusal>) -> Result<Html<String>, Error> {
        page(site, signed, &self.0, None, refused).await
    }
}

/// Where it is begun.
pub(super) fn address(of: &ManyOf) -> String {
    format!("/desk/answers/{}/{}", of.programme, of.stage)
}

/// The way there from a list of what waits at a stage, for who states enough there to be worth it.
pub(crate) fn many_link(pack: &Pack, stage: &StageSpec, acting: &Acting) -> Markup {
    let asked = sheet::asked_at(pack, stage);
    let forms: Vec<&Form> = asked.iter().chain(stage.forms.iter().filter_map(|form| pack.form(form))).collect();
    html! {
        @if import::states_many(acting, stage) && worth(pack, &forms) {
            @let of = ManyOf { programme: pack.id.clone(), stage: stage.id.clone() };
            ul.actions { li { a href=(address(&of)) { "用表格批量录入" (stage.label) } } }
        }
    }
}

/// `GET /desk/answers/{programme}/{stage}`
pub(super) async fn show(State(site): State<Shared>, signed: Signed, Named(of): Named, asked: Asked) -> Result<Html<String>, Error> {
    let done = ["new", "changed", "same"].map(|name| asked.get(name).and_then(|text| text.parse::<usize>().ok()));
    let done = done.iter().any(Option::is_some).then(|| (done.map(Option::unwrap_or_default), left_out::also(asked.get(left_out::NAME))));
    page(&site, &signed, &of, done, None).await
}

/// `GET /desk/answers/{programme}/{stage}/files.xlsx`
pub(super) async fn files(State(site): State<Shared>, signed: Signed, Named(of): Named) -> Result<Response, Error> {
    let (desk, acting) = (site.desk(), signed.session.acting());
    let name = Target::ManyAnswers(of.clone()).saved_as(&desk, acting, "批量录入").await.map_err(unknown)?;
    let Some(_turn) = site.turns().compute().await else { return Err(Error::Busy) };
    let bytes = import::many_out(&desk, acting, &of).await.map_err(unknown)?;
    Ok(download::xlsx_bytes(&format!("{name}.xlsx"), bytes))
}

async fn page(
    site: &Site,
    signed: &Signed,
    of: &ManyOf,
    done: Option<([usize; 3], String)>,
    refused: Option<&Refusal>,
) -> Result<Html<String>, Error> {
    let waits = waits(site, signed.session.acting(), Some(&Target::ManyAnswers(of.clone()))).await?;
    let label = Target::ManyAnswers(of.clone()).label(&site.desk(), signed.session.acting()).await.map_err(unknown)?;
    let (title, address) = (format!("批量录入：{label}"), address(of));
    let main = html! {
        h1 { (title) }
        @if let Some(([new, changed, same], left_out)) = done {
            div.notice role="status" {
                p { "已写入草稿：新填写" (new) "件，修改" (changed) "件，无变化" (same) "件" (left_out) "。请在" a href="/desk" { "待办" } "中逐件打开，核对后办理。" }
            }
        }
        (table::refused(refused))
        p { "下载的表格一行一个待本单位办理的申报件，一列一题，含已填写的内容，最多" (FILES_MAX) "件。填好后在这里上传，检查无误并确认后一次写入各件的草稿；有一处问题，就一件也不写入。" }
        p { "导入只写入草稿，不会提交。" }
        ul.actions { li { a.button.second href=(format!("{address}/files.xlsx")) { "下载表格" } } }
        (table::form(&address, "填好的表格"))
        (waits)
        p { a href="/desk" { "返回待办" } }
    };
    Ok(layout::page(&title, &[("待办", "/desk")], main))
}
