//! Papers saved, a stage handed in, signed, given back, a file withdrawn.

use std::collections::BTreeMap;

use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use records::ids::PaperId;
use records::{FieldError, Refusal};
use service::{ServiceError, application};

use super::filling::{self, Filling, Undone};
use super::steps::Step;
use crate::components::slot;
use crate::errors::Error;
use crate::pages::paper::upload;
use crate::session::{Sent, Signed};
use crate::site::Site;

/// The version of the file that a page was made from.
fn version(sent: &Sent) -> i64 {
    sent.text("version").parse().unwrap_or(0)
}

/// `POST …/papers`
pub(super) async fn papers(
    site: &Site,
    signed: &Signed,
    filling: &Filling,
    sent: Result<Multipart, MultipartRejection>,
) -> Result<Response, Error> {
    let (desk, acting) = (site.desk(), signed.session.acting());
    let view = application::open(&desk, acting, &filling.file).await?;
    let slots = filling::slots(&view, &filling.stage)?;
    let posted = upload::read(site, signed, sent).await?;
    let (mut chosen, mut errors) = (BTreeMap::<String, Vec<PaperId>>::new(), Vec::<FieldError>::new());
    for (id, path) in slots {
        let one = slot::chosen(&path, &posted);
        errors.extend(one.errors);
        chosen.insert(id, one.ids.into_iter().map(PaperId).collect());
    }
    application::save_papers(&desk, acting, &filling.file, &filling.stage, &chosen).await?;
    if !errors.is_empty() {
        let page = filling::papers_page(site, signed, filling, errors, true).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let (steps, step) = (filling.steps(&view)?, Step::Papers);
    let word = posted.pairs.iter().find(|(name, _)| name == "do").map_or("save", |(_, word)| word.as_str());
    let to = match word {
        "next" => steps.after(&step),
        "back" => steps.before(&step).unwrap_or_else(|| steps.address(&step)),
        _ => format!("{}?said=saved", steps.address(&step)),
    };
    Ok(Redirect::to(&to).into_response())
}

/// `POST …/check`: hands the draft to the certifier.
pub(super) async fn prepare(site: &Site, signed: &Signed, filling: &Filling, sent: &Sent) -> Result<Response, Error> {
    let (desk, acting) = (site.desk(), sent.session.acting());
    let refused = match application::prepare(&desk, acting, &filling.file, version(sent), &filling.stage).await {
        Ok(()) => return Ok(Redirect::to(&format!("/files/{}/fill", filling.file)).into_response()),
        Err(ServiceError::Refused(refusal)) => refusal,
        Err(ServiceError::Conflict) => Refusal::new("本件刚刚有变化，请核对后再次提交。"),
        Err(error) => return Err(error.into()),
    };
    let page = filling::check_page(site, signed, filling, Some(refused)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// `POST …/gather`: takes in anew what others filed.
pub(super) async fn gather(site: &Site, filling: &Filling, sent: &Sent) -> Result<Response, Error> {
    application::gather(&site.desk(), sent.session.acting(), &filling.file, &filling.stage, version(sent)).await?;
    Ok(Redirect::to(&format!("/files/{}/fill?done=gathered", filling.file)).into_response())
}

/// `POST …/sign`: signs and submits, or gives back.
pub(super) async fn sign(site: &Site, signed: &Signed, filling: &Filling, sent: &Sent) -> Result<Response, Error> {
    let (desk, acting, note) = (site.desk(), sent.session.acting(), sent.text("note"));
    let done = match sent.text("do") {
        "sign" => application::sign(&desk, acting, &filling.file, version(sent), &filling.stage).await.map(|_| true),
        "give-back" => application::give_back(&desk, acting, &filling.file, version(sent), &filling.stage, note).await.map(|()| false),
        _ => return Err(Error::NoPage),
    };
    let undone = match done {
        Ok(true) => return Ok(Redirect::to(&format!("/files/{}/fill/{}/receipt", filling.file, filling.stage)).into_response()),
        Ok(false) => return Ok(Redirect::to(&format!("/files/{}/fill", filling.file)).into_response()),
        Err(ServiceError::Refused(refusal)) if !refusal.errors.is_empty() => {
            Undone { errors: refusal.errors, note: note.to_owned(), ..Undone::default() }
        }
        Err(ServiceError::Refused(refusal)) => Undone { refused: Some(refusal), note: note.to_owned(), ..Undone::default() },
        Err(ServiceError::Conflict) => {
            Undone {
                refused: Some(Refusal::new("填报内容刚刚有变化，请重新核对后再签发。")), note: note.to_owned(), ..Undone::default()
            }
        }
        Err(error) => return Err(error.into()),
    };
    let page = filling::sign_page(site, signed, filling, &undone).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// `POST /files/{id}/withdraw`
pub(super) async fn withdraw(site: &Site, file: &str, sent: &Sent) -> Result<Response, Error> {
    application::withdraw(&site.desk(), sent.session.acting(), file, version(sent), sent.text("reason")).await?;
    Ok(Redirect::to(&format!("/files/{file}/fill")).into_response())
}
