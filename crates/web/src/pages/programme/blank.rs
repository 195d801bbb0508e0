//! 空白表格: every form of a programme, empty, and the tables that can be taken in, so that people can prepare before they register.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use policy::pack::{Body, Form, Pack};
use records::Refusal;
use records::answers::Answers;
use service::saved_name::saved_name;
use service::{document, import};

use crate::components::clause::cites_here;
use crate::errors::Error;
use crate::extract::{Asked, Names};
use crate::pages::download::{attached, xlsx_bytes};
use crate::pages::imports::worth;
use crate::site::{Shared, Site};

/// The forms of each procedure with what can be downloaded of each; none where nothing is filled in.
pub(super) fn forms(pack: &Pack) -> Option<Markup> {
    let procedures = pack.procedures.iter().map(|procedure| (procedure, document::forms_to_fill(pack, procedure)));
    let filled: Vec<_> = procedures.filter(|(_, forms)| !forms.is_empty()).collect();
    (!filled.is_empty()).then(|| {
        html! {
            p { "供准备材料使用，不需要登录。申报请在网上填写、提交；Excel 填报表和明细模板填好后，可以在网上填报时导入。" }
            @for (procedure, forms) in filled {
                h3 { (procedure.label) }
                ul.plain.blanks { @for form in forms { li { (one(pack, form)) } } }
            }
        }
    })
}

fn one(pack: &Pack, form: &Form) -> Markup {
    let address = |what: &str| format!("/programmes/{}/forms/{}/{what}?version={}", pack.id, form.id, pack.version);
    html! {
        p { strong { (form.label) } " " (cites_here(pack, &form.clause)) }
        ul.actions {
            li { a href=(address("blank.pdf")) download { "PDF" span.hidden { "：" (form.label) } } }
            li { a href=(address("blank.docx")) download { "Word" span.hidden { "：" (form.label) } } }
            @if worth(pack, &[form]) { li { a href=(address("answers.xlsx")) download { "Excel 填报表" span.hidden { "：" (form.label) } } } }
            @for kind in row_kinds(pack, form) {
                li { a href=(address(&format!("rows/{kind}/template.xlsx"))) download { (kind_label(pack, kind)) "明细模板（Excel）" } }
            }
        }
    }
}

fn row_kinds<'p>(pack: &'p Pack, form: &'p Form) -> impl Iterator<Item = &'p str> {
    form.sections.iter().filter_map(|section| match &section.body {
        Body::Rows { kind, .. } => pack.kinds.get(usize::from(*kind)).map(|kind| kind.id.as_str()),
        _ => None,
    })
}

fn kind_label<'p>(pack: &'p Pack, kind: &str) -> &'p str {
    pack.kinds.iter().find(|known| known.id == kind).map_or("", |kind| kind.label.as_str())
}

/// The version of a programme that an address asks for; only what is open is shown to everybody.
fn pack<'s>(site: &'s Site, id: &str, asked: &Asked) -> Result<&'s Pack, Error> {
    match asked.get("version") {
        Some(version) => Ok(site.library().version(id, version).ok_or(Error::NoProgramme)?),
        None => Ok(site.programme(id)?),
    }
}

fn form<'p>(pack: &'p Pack, id: &str) -> Result<&'p Form, Error> {
    document::form_to_fill(pack, id).ok_or(Error::NoPage)
}

fn name(pack: &Pack, what: &str, kind: &str, ending: &str) -> String {
    format!("{}.{ending}", saved_name(&[&pack.title, what, kind], None))
}

/// `GET /programmes/{id}/forms/{form}/blank.pdf?version=`. It is set once and kept: what an open version says never changes.
pub(crate) async fn pdf(State(site): State<Shared>, Names(id, form_id): Names, asked: Asked) -> Result<Response, Error> {
    let pack = pack(&site, &id, &asked)?;
    let form = form(pack, &form_id)?;
    let key = format!("{}/{form_id}", pack.digest);
    let bytes = match site.blanks().get(&key) {
        Some(bytes) => bytes,
        None => {
            let made = set(&site, document::blank_form(pack, form)).await?;
            site.blanks().keep(key, made.clone());
            made
        }
    };
    Ok(attached("application/pdf", &name(pack, &form.label, "空白", "pdf"), bytes.into()))
}

async fn set(site: &Site, paper: papers::paper::Paper) -> Result<Bytes, Error> {
    let Some(turn) = site.turns().compute().await else { return Err(Error::Busy) };
    let press = site.press().clone();
    let made = tokio::task::spawn_blocking(move || {
        let made = press.pdf(&paper);
        drop(turn);
        made
    });
    Ok(made.await.map_err(Error::Broken)??.into())
}

/// `GET /programmes/{id}/forms/{form}/blank.docx?version=`
pub(crate) async fn docx(State(site): State<Shared>, Names(id, form_id): Names, asked: Asked) -> Result<Response, Error> {
    let pack = pack(&site, &id, &asked)?;
    let form = form(pack, &form_id)?;
    let Some(_turn) = site.turns().compute().await else { return Err(Error::Busy) };
    let bytes = papers::docx(&document::blank_form(pack, form)).map_err(|error| Error::Refused(Refusal::new(format!("{error}。"))))?;
    Ok(attached(papers::DOCX_MEDIA_TYPE, &name(pack, &form.label, "空白", "docx"), bytes.into()))
}

/// `GET /programmes/{id}/forms/{form}/answers.xlsx?version=`
pub(crate) async fn answers(State(site): State<Shared>, Names(id, form_id): Names, asked: Asked) -> Result<Response, Error> {
    let pack = pack(&site, &id, &asked)?;
    let form = form(pack, &form_id)?;
    if !worth(pack, &[form]) {
        return Err(Error::NoPage);
    }
    let Some(_turn) = site.turns().compute().await else { return Err(Error::Busy) };
    let bytes = import::form_workbook(pack, form, &Answers::default(), site.edge().now.day())?;
    Ok(xlsx_bytes(&name(pack, &form.label, "填报表（空白）", "xlsx"), bytes))
}

/// `GET /programmes/{id}/forms/{form}/rows/{kind}/template.xlsx?version=`
pub(crate) async fn rows(State(site): State<Shared>, path: Path<(String, String, String)>, asked: Asked) -> Result<Response, Error> {
    let Path((id, form_id, kind)) = path;
    let pack = pack(&site, &id, &asked)?;
    let form = form(pack, &form_id)?;
    let Some(_turn) = site.turns().compute().await else { return Err(Error::Busy) };
    let bytes = import::rows_template(pack, form, &kind, site.edge().now.day())?;
    Ok(xlsx_bytes(&name(pack, &form.label, &format!("{}明细模板", kind_label(pack, &kind)), "xlsx"), bytes))
}
