//! Rows of a form from a table, beside the form.

use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use axum::response::{Html, Response};
use maud::{Markup, html};
use policy::pack::{Body, Form, Pack};
use records::Refusal;
use service::import::{self, RowsOf, Target};

use super::table::{self, Begins};
use super::unknown;
use super::waits::waits;
use crate::components::layout;
use crate::errors::Error;
use crate::pages::download;
use crate::session::Signed;
use crate::site::{Shared, Site};

/// The rows that an address names.
pub(super) struct Named(RowsOf);

impl<S: Send + Sync> FromRequestParts<S> for Named {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        let path = Path::<(String, String, String, String)>::from_request_parts(parts, state).await;
        let Path((application, stage, form, kind)) = path.map_err(|_| Error::NoPage)?;
        Ok(Self(RowsOf { application, stage, form, kind }))
    }
}

impl Begins for Named {
    fn target(&self) -> Target {
        Target::Rows(self.0.clone())
    }

    async fn page(&self, site: &Site, signed: &Signed, refused: Option<&Refusal>) -> Result<Html<String>, Error> {
        page(site, signed, &self.0, refused).await
    }
}

/// Where the form of these rows stands.
pub(super) fn form_address(of: &RowsOf) -> String {
    format!("/files/{}/fill/{}/form/{}", of.application, of.stage, of.form)
}

fn address(of: &RowsOf) -> String {
    format!("{}/rows/{}", form_address(of), of.kind)
}

/// For each kind of rows of a form a way to fill them in from a table; `form_address` is where the form stands.
pub(crate) fn links(pack: &Pack, form: &Form, form_address: &str) -> Markup {
    let kinds = form.sections.iter().filter_map(|section| match &section.body {
        Body::Rows { kind, .. } => pack.kinds.get(usize::from(*kind)),
        _ => None,
    });
    let kinds: Vec<_> = kinds.collect();
    html! {
        @if !kinds.is_empty() {
            ul.actions { @for kind in kinds { li { a href=(format!("{form_address}/rows/{}", kind.id)) { "从表格导入" (kind.label) } } } }
        }
    }
}

/// `GET …/rows/{kind}/template.xlsx`
pub(super) async fn template(State(site): State<Shared>, signed: Signed, Named(of): Named) -> Result<Response, Error> {
    let (target, acting) = (Target::Rows(of), signed.session.acting());
    let name = target.saved_as(&site.desk(), acting, "模板").await.map_err(unknown)?;
    let bytes = import::template(&site.desk(), acting, &target).await.map_err(unknown)?;
    Ok(download::xlsx_bytes(&format!("{name}.xlsx"), bytes))
}

/// `GET …/rows/{kind}/rows.xlsx`
pub(super) async fn filled(State(site): State<Shared>, signed: Signed, Named(of): Named) -> Result<Response, Error> {
    let acting = signed.session.acting();
    let bytes = import::rows_out(&site.desk(), acting, &of).await.map_err(unknown)?;
    let name = Target::Rows(of).saved_as(&site.desk(), acting, "").await.map_err(unknown)?;
    Ok(download::xlsx_bytes(&format!("{name}.xlsx"), bytes))
}

async fn page(site: &Site, signed: &Signed, of: &RowsOf, refused: Option<&Refusal>) -> Result<Html<String>, Error> {
    let waits = waits(site, signed.session.acting(), Some(&Target::Rows(of.clone()))).await?;
    let label = Target::Rows(of.clone()).label(&site.desk(), signed.session.acting()).await.map_err(unknown)?;
    let (title, address) = (format!("从表格导入{label}"), address(of));
    let main = html! {
        h1 { (title) }
        (table::refused(refused))
        p { "导入的行追加到已填写的" (label) "之后；与已有内容完全相同的行不重复追加。检查无误并确认后才写入本表。" }
        ul.actions {
            li { a.button.second href=(format!("{address}/template.xlsx")) download { "下载模板" } }
            li { a.button.second href=(format!("{address}/rows.xlsx")) download { "下载已填写的" (label) } }
        }
        (table::form(&address, "填好的表格"))
        (waits)
        p { a href=(form_address(of)) { "返回填写" } }
    };
    Ok(layout::page(&title, &[("填写", &form_address(of))], main))
}
