//! Rows of invoices filled in from files: several at once, each read or named with what to do.

use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use maud::{Markup, html};
use policy::pack::{Body, Form};
use records::ids::PaperId;
use service::application::{self, FileView};

use super::filling::Filling;
use super::load;
use super::steps::Step;
use crate::errors::Error;
use crate::pages::paper::upload;
use crate::session::{self, Signed};
use crate::site::Site;

/// The field the files come in.
const FILES: &str = "invoices";

/// The form whose rows are filled in, and what they are called.
fn target<'v>(filling: &Filling, view: &'v FileView) -> Result<(&'v Form, &'v str), Error> {
    let kind = view.pack.kind(&filling.rest).ok_or(Error::NoPage)?;
    let of = |form: &&Form| {
        form.sections.iter().any(|section| section.invoice.is_some() && matches!(section.body, Body::Rows { kind: own, .. } if own == kind))
    };
    let form = filling.steps(view)?.forms().find(of).ok_or(Error::NoPage)?;
    Ok((form, &view.pack.kinds[kind as usize].label))
}

/// `GET …/invoices/{rows}`
pub(super) async fn show(site: &Site, signed: &Signed, filling: &Filling) -> Result<Html<String>, Error> {
    let view = application::open(&site.desk(), signed.session.acting(), &filling.file).await?;
    if !load::filling(&view, &filling.stage)?.1.handles {
        return Err(Error::NoPage);
    }
    page(filling, &view, 0, &[])
}

/// `POST …/invoices/{rows}`: back to the form when every file became a row, else what is to be done about the others.
pub(super) async fn read(
    site: &Site,
    signed: &Signed,
    filling: &Filling,
    sent: Result<Multipart, MultipartRejection>,
) -> Result<Response, Error> {
    let (desk, acting) = (site.desk(), signed.session.acting());
    let view = application::open(&desk, acting, &filling.file).await?;
    if !load::filling(&view, &filling.stage)?.1.handles {
        return Err(Error::NoPage);
    }
    let (form, _) = target(filling, &view)?;
    let posted = upload::read(site, signed, sent).await?;
    let mut wrong = posted.refused();
    let papers: Vec<PaperId> = posted.files_of(FILES).0.into_iter().map(|paper| PaperId(paper.id.clone())).collect();
    if papers.is_empty() && wrong.is_empty() {
        wrong.push("请选择电子发票文件。".to_owned());
    }
    let done = application::read_invoices(&desk, acting, &filling.file, &filling.stage, &filling.rest, &papers).await?;
    wrong.extend(done.passed);
    if wrong.is_empty() {
        let address = filling.steps(&view)?.address(&Step::Form(form));
        return Ok(Redirect::to(&format!("{address}?said=read#{}", filling.rest)).into_response());
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page(filling, &view, done.filled, &wrong)?).into_response())
}

fn page(filling: &Filling, view: &FileView, filled: usize, wrong: &[String]) -> Result<Html<String>, Error> {
    let (steps, (form, label)) = (filling.steps(view)?, target(filling, view)?);
    let (step, title) = (Step::Form(form), format!("上传电子发票，填写{label}"));
    let main = html! {
        div.filling {
            (steps.nav(&step))
            div {
                h1 { (title) }
                (outcome(filled, wrong))
                (chooser(&format!("{}/invoices/{}", steps.base(), filling.rest)))
                p { a href=(format!("{}#{}", steps.address(&step), filling.rest)) { "返回“" (form.label) "”" } }
            }
        }
    };
    Ok(load::head(view).page(&title, main))
}

fn outcome(filled: usize, wrong: &[String]) -> Markup {
    html! {
        @if !wrong.is_empty() {
            div.notice.bad role="alert" {
                @if filled > 0 { p { "已按" (filled) "个文件填写。下列文件没有填写成行：" } }
                ul { @for one in wrong { li { (one) } } }
            }
        }
    }
}

fn chooser(action: &str) -> Markup {
    html! {
        form method="post" action=(action) enctype="multipart/form-data" {
            (session::token_field())
            div.field {
                label for=(FILES) { "电子发票文件" }
                p.hint #{ (FILES) "-hint" } {
                    "可以一次选择多个文件：数电票的 XML、OFD 或 PDF 文件。同一张发票有多种格式的，优先上传 XML，其次 OFD。"
                    "系统只读取文件内容填写表格，不向税务机关查验；已填写的内容不会被改动。"
                }
                input id=(FILES) name=(FILES) type="file" multiple required accept=".xml,.ofd,.pdf" aria-describedby=(format!("{FILES}-hint"));
            }
            div.actions { button type="submit" { "上传并填写" } }
        }
    }
}
