//! Papers of offices: publicities, payment lists, reports.

use std::collections::BTreeSet;

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use policy::library::Library;
use policy::pack::Pack;
use records::access::{Acting, concerns};
use records::{FieldError, Refusal};
use service::ServiceError;
use service::document::{self, may_have_payment_list, may_report};
use standards::Date;

use super::{address, issued, no_page};
use crate::components::form::go;
use crate::errors::Error;
use crate::extract::Name;
use crate::session::{Sent, token_field};
use crate::site::{Shared, Site};

/// `POST /conduct/publicity/{id}/document`
pub(super) async fn issue_publicity(State(site): State<Shared>, Name(id): Name, sent: Sent) -> Result<Response, Error> {
    answered(document::issue_publicity(&site.desk(), sent.session.acting(), site.press(), &id).await)
}

/// `POST /conduct/payments/{id}/document`
pub(super) async fn issue_payment_list(State(site): State<Shared>, Name(id): Name, sent: Sent) -> Result<Response, Error> {
    answered(document::issue_payment_list(&site.desk(), sent.session.acting(), site.press(), &id).await)
}

/// `POST /dossiers/{organisation}/supervision`
pub(super) async fn issue_supervision(State(site): State<Shared>, Name(id): Name, sent: Sent) -> Result<Response, Error> {
    let programme = sent.text("programme");
    answered(document::issue_supervision(&site.desk(), sent.session.acting(), site.press(), programme, &id).await)
}

/// `POST /desk/monthly`
pub(super) async fn issue_monthly(State(site): State<Shared>, sent: Sent) -> Result<Response, Error> {
    let acting = sent.session.acting();
    if !may_report(acting, &acting.place) {
        return Err(Error::NoPage);
    }
    let first = first_day(sent.text("month"))?;
    answered(document::issue_monthly(&site.desk(), acting, site.press(), sent.text("programme"), first).await)
}

fn answered(issued: Result<String, ServiceError>) -> Result<Response, Error> {
    Ok(go(&address(&issued.map_err(no_page)?)))
}

/// The first day of a month as browsers send it, 2026-10.
fn first_day(month: &str) -> Result<Date, Error> {
    let wrong = || Refusal::fields(vec![FieldError::new("month", "请填写年月，如2026-10。")]);
    Date::parse(&format!("{}-01", month.trim()))
        .map_err(|_| Error::Refused(Refusal { message: "请填写年月，如2026-10。".to_owned(), ..wrong() }))
}

/// The papers of a publicity, with the button that issues one for those who conduct it.
pub(crate) async fn of_publicity(site: &Site, id: &str, issues: bool) -> Result<Markup, Error> {
    let rows = document::issued_of_publicity(&site.desk(), id).await?;
    Ok(html! {
        @if issues || !rows.is_empty() { h2 { "公示文书" } }
        (issued(&rows))
        @if issues { (button(&format!("/conduct/publicity/{id}/document"), "出具公示文书")) }
    })
}

/// The buttons of a payment list for those who pay.
pub(crate) fn payment_list(acting: &Acting, id: &str) -> Markup {
    html! {
        @if may_have_payment_list(acting) {
            h2 { "文书" }
            ul.actions {
                li { (button(&format!("/conduct/payments/{id}/document"), "出具拨付清单")) }
                li { (button(&format!("/conduct/payments/{id}/decisions"), "批量出具决定书（PDF 压缩包）")) }
            }
        }
    }
}

/// The form of a monthly report for those who may report.
pub(crate) fn monthly(library: &Library, acting: &Acting, today: Date) -> Markup {
    let month = today.to_string();
    html! {
        @if may_report(acting, &acting.place) {
            section aria-labelledby="monthly" {
                h2 #monthly { "工作月报" }
                form.inline method="post" action="/desk/monthly" {
                    (token_field())
                    div.field { label for="monthly-programme" { "政策项目" } (programmes(library, "monthly-programme", |pack| concerns(acting, pack))) }
                    div.field { label for="monthly-month" { "月份" } input #monthly-month type="month" name="month" value=(&month[..7]) required; }
                    button.second type="submit" { "出具月报" }
                }
            }
        }
    }
}

/// The buttons of a dossier: the archive for whoever reads it, the report on one of the programmes it has files in for those
/// who supervise.
pub(crate) fn report(library: &Library, organisation: &str, own: &BTreeSet<String>, supervises: bool) -> Markup {
    html! {
        section aria-labelledby="dossier-papers" {
            h2 #dossier-papers { "文书和归档" }
            form method="post" action=(format!("/dossiers/{organisation}/archive")) {
                (token_field())
                p { "全部文书、材料、台账摘录和核验说明打包为一个文件；尚未出具的文书一并出具。" }
                button.second type="submit" { "下载一企一档（ZIP）" }
            }
            @if supervises && !own.is_empty() {
                form.inline method="post" action=(format!("/dossiers/{organisation}/supervision")) {
                    (token_field())
                    div.field { label for="supervision-programme" { "政策项目" } (programmes(library, "supervision-programme", |pack| own.contains(&pack.id))) }
                    button.second type="submit" { "出具全过程监督报告" }
                }
            }
        }
    }
}

/// The programmes that something is applied for under and that are wanted here.
fn programmes(library: &Library, id: &str, wanted: impl Fn(&Pack) -> bool) -> Markup {
    html! {
        select id=(id) name="programme" {
            @for pack in library.packs().filter(|pack| !pack.procedures.is_empty() && wanted(pack)) { option value=(pack.id) { (pack.title) } }
        }
    }
}

fn button(address: &str, label: &str) -> Markup {
    html! { form method="post" action=(address) { (token_field()) button.second type="submit" { (label) } } }
}
