//! A table that is sent: the field it is chosen in, what is said of one that cannot be read, and the way to where it is checked.

use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::extract::{FromRequestParts, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Response};
use maud::{Markup, html};
use records::Refusal;
use service::ServiceError;
use service::import::{self, Target};

use super::unknown;
use crate::components::form::go;
use crate::errors::Error;
use crate::pages::paper::upload::{self, Posted};
use crate::session::{Signed, token_field};
use crate::site::{Shared, Site};

/// What the form of a table is called and asks for.
pub(crate) struct TableForm<'a> {
    /// Where it is sent.
    pub(crate) address: &'a str,
    /// What the table is called.
    pub(crate) label: &'a str,
    /// What is said of it beside how it is read.
    pub(crate) hint: &'a str,
}

impl TableForm<'_> {
    /// The form; `first` are fields before the table.
    pub(crate) fn after(&self, first: &Markup) -> Markup {
        html! {
            form method="post" action=(self.address) enctype="multipart/form-data" {
                (token_field())
                (first)
                div.field {
                    label for="table" { (self.label) }
                    p.hint #table-hint { "Excel 工作簿（.xlsx），读取第一张未隐藏的工作表" (self.hint) "。" }
                    input #table name="table" type="file" accept=".xlsx" aria-describedby="table-hint" required;
                }
                (kept_for())
                button type="submit" { "上传并检查" }
            }
        }
    }
}

/// The form where only a table is asked for.
pub(crate) fn form(address: &str, label: &str) -> Markup {
    TableForm { address, label, hint: "" }.after(&html! {})
}

/// What the pages promise of tables that nobody confirms.
pub(super) fn kept_for() -> Markup {
    html! { p.quiet { "上传后未确认的表格保留" (import::WAITING_DAYS) "天，到期连同上传的文件自动清除。" } }
}

/// Why a table was not taken, above the form.
pub(crate) fn refused(refusal: Option<&Refusal>) -> Markup {
    html! {
        @if let Some(refusal) = refusal { div.error-summary #errors role="alert" tabindex="-1" { p { strong { (refusal.message) } } } }
    }
}

/// A page that an address names, where one kind of table is begun.
pub(super) trait Begins: FromRequestParts<Shared, Rejection = Error> + Send + Sync {
    /// What the table is for.
    fn target(&self) -> Target;

    /// The page, with why a table was not taken.
    fn page(&self, site: &Site, signed: &Signed, refused: Option<&Refusal>) -> impl Future<Output = Result<Html<String>, Error>> + Send;
}

/// `GET` of such a page.
pub(super) async fn show<B: Begins>(State(site): State<Shared>, signed: Signed, begins: B) -> Result<Html<String>, Error> {
    begins.page(&site, &signed, None).await
}

/// `POST` of such a page. Who may not begin there is told so before a file is kept.
pub(super) async fn send<B: Begins>(
    State(site): State<Shared>,
    signed: Signed,
    begins: B,
    sent: Result<Multipart, MultipartRejection>,
) -> Result<Response, Error> {
    let target = begins.target();
    target.label(&site.desk(), signed.session.acting()).await.map_err(unknown)?;
    match taken(&site, &signed, &target, sent).await? {
        Ok(checked) => Ok(checked),
        Err(refusal) => Ok(again(begins.page(&site, &signed, Some(&refusal)).await?)),
    }
}

/// What is posted for a target, on its way to where it is checked; a refusal where it is no table of that kind.
pub(crate) async fn taken(
    site: &Site,
    signed: &Signed,
    target: &Target,
    multipart: Result<Multipart, MultipartRejection>,
) -> Result<Result<Response, Refusal>, Error> {
    let posted = upload::read(site, signed, multipart).await?;
    Ok(begun(site, signed, target, &posted).await)
}

/// Keeps the first file of a post as a table.
pub(super) async fn begun(site: &Site, signed: &Signed, target: &Target, posted: &Posted) -> Result<Response, Refusal> {
    let (papers, errors) = posted.files_of("table");
    if let Some(error) = errors.first() {
        if let Some(name) = posted.files.iter().map(|file| &file.name).find(|name| is_other_table(name)) {
            return Err(Refusal::new(format!(
                "“{name}”不是 .xlsx 文件，不能导入。请用表格软件打开，另存为“Excel 工作簿（.xlsx）”后上传。"
            )));
        }
        return Err(Refusal::new(error.message.clone()));
    }
    let first = papers.first().ok_or_else(|| Refusal::new("请先选择填好的表格，再上传。"))?;
    let Some(_turn) = site.turns().compute().await else { return Err(Refusal::new("系统繁忙，请稍后重新上传。")) };
    let (desk, acting) = (site.desk(), signed.session.acting());
    let begun = match import::look_into(&desk, site.files(), acting, target, &first.id).await {
        Ok(()) => import::begin(&desk, acting, target, &first.id).await,
        Err(error) => Err(error),
    };
    match begun {
        Ok(id) => Ok(go(&format!("/imports/{id}"))),
        Err(ServiceError::Refused(refusal)) => Err(refusal),
        Err(_) => Err(Refusal::new("没有这种表格，请刷新页面后重新选择。")),
    }
}

/// Whether a name is that of a table in another format.
fn is_other_table(name: &str) -> bool {
    let name = name.to_lowercase();
    [".csv", ".tsv", ".txt", ".ods", ".xls", ".xlsm", ".xlsb", ".et"].iter().any(|ending| name.ends_with(ending))
}

/// The page of a table that was not taken.
pub(crate) fn again(page: Html<String>) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}
