//! Saving a form: by its buttons, and by itself while somebody types.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use policy::pack::Form;
use records::answers::Answers;
use serde_json::{Map, Value, json};
use service::ServiceError;
use service::application::{self, FileView, FillDraft};

use super::filling::{Filling, Shown, form_page};
use super::form::Said;
use super::steps::Step;
use crate::errors::Error;
use crate::session::Sent;
use crate::sheet::{self, Action, Sheet};
use crate::site::Site;

/// A form's answers as they stand after a post, not saved yet.
struct Posted {
    view: FileView,
    draft: FillDraft,
    action: Action,
}

async fn posted(site: &Site, filling: &Filling, form: &str, sent: &Sent) -> Result<Posted, Error> {
    let view = application::open(&site.desk(), sent.session.acting(), &filling.file).await?;
    let (pack, (_, draft)) = (view.pack.clone(), view.draft.clone().ok_or(Error::NoPage)?);
    let form = filling.form(&view, form)?;
    let mut answers = sheet::merged(&pack, &[form], &draft.answers, &sent.fields);
    let action = Action::of(&sent.fields);
    if let Action::DeleteRow { .. } = action {
        action.apply(&pack, &mut answers);
    }
    Ok(Posted { draft: FillDraft { answers, papers: draft.papers }, view, action })
}

async fn put(site: &Site, filling: &Filling, sent: &Sent, draft: &FillDraft) -> Result<i64, ServiceError> {
    let version = sheet::version(&sent.fields);
    application::save_draft(&site.desk(), sent.session.acting(), &filling.file, &filling.stage, version, draft).await
}

/// `POST …/form/{form}`: saves and goes where the button says. What clashes is shown again, with nothing lost.
pub(super) async fn by_button(site: &Site, filling: &Filling, form: &str, sent: &Sent) -> Result<Response, Error> {
    let posted = posted(site, filling, form, sent).await?;
    match put(site, filling, sent, &posted.draft).await {
        Ok(_) => on(site, filling, form, sent, &posted).await,
        Err(ServiceError::Conflict) => {
            let form = filling.form(&posted.view, form)?;
            let shown = Shown { form, answers: &posted.draft.answers, errors: &[], said: Said::Clash, left_out: String::new() };
            let page = form_page(site, sent.session.acting(), filling, &posted.view, shown).await?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// The page after saving.
async fn on(site: &Site, filling: &Filling, form_id: &str, sent: &Sent, posted: &Posted) -> Result<Response, Error> {
    let steps = filling.steps(&posted.view)?;
    let form = filling.form(&posted.view, form_id)?;
    let here = steps.address(&Step::Form(form));
    let to = match &posted.action {
        Action::Other(word) if word == "next" => match more(site, filling, form_id, sent, &posted.draft.answers).await? {
            Some(section) => format!("{here}?said=more#{section}"),
            None => steps.after(&Step::Form(form)),
        },
        Action::Other(word) if word == "back" => steps.before(&Step::Form(form)).unwrap_or(here),
        Action::Other(word) if word.starts_with(sheet::FROM_FILES) => {
            format!("{}/invoices/{}", steps.base(), query(&word[sheet::FROM_FILES.len()..]))
        }
        Action::AddRow(kind) => format!("{here}?add={}#{}", query(kind), query(kind)),
        Action::DeleteRow { kind, .. } => format!("{here}?said=saved#{}", query(kind)),
        Action::Save | Action::Other(_) => format!("{here}?said=saved"),
    };
    Ok(Redirect::to(&to).into_response())
}

/// Only what an id has: it comes from a form and goes into an address.
fn query(id: &str) -> String {
    id.chars().filter(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_')).collect()
}

/// A section that applies by what was just answered, and was not on the page.
async fn more(site: &Site, filling: &Filling, form: &str, sent: &Sent, answers: &Answers) -> Result<Option<String>, Error> {
    let view = application::open(&site.desk(), sent.session.acting(), &filling.file).await?;
    let form = filling.form(&view, form)?;
    let sheet = Sheet { case: Some(&view.case), ..Sheet::new(&view.pack, vec![form], answers) };
    let was_there = |section: &String| sent.fields.iter().any(|(name, text)| name == sheet::SHOWN && text == section);
    let new = sheet::places_shown(&sheet).into_iter().find(|section| !was_there(section));
    Ok(new.map(|section| format!("section-{}", section.split_once('.').map_or("", |(_, id)| id))))
}

/// `POST …/form/{form}/draft`: saves and answers what the script puts in place.
pub(super) async fn by_itself(site: &Site, filling: &Filling, form: &str, sent: &Sent) -> Result<Response, Error> {
    let posted = posted(site, filling, form, sent).await?;
    let version = put(site, filling, sent, &posted.draft).await?;
    let view = application::open(&site.desk(), sent.session.acting(), &filling.file).await?;
    let form: &Form = filling.form(&view, form)?;
    let sheet = Sheet { case: Some(&view.case), ..Sheet::new(&view.pack, vec![form], &posted.draft.answers) };
    let shown: Map<String, Value> = sheet::shown(&sheet).into_iter().map(|(path, text)| (path, Value::String(text))).collect();
    let at = site.edge().now.text();
    let at = at.rsplit(' ').next().unwrap_or_default();
    let body = json!({ "version": version, "at": at, "shown": shown }).to_string();
    Ok(([(header::CONTENT_TYPE, "application/json")], body).into_response())
}
