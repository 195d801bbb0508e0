//! Parts that several of these pages have.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use records::FieldError;
use service::ServiceError;
use service::identity::{self, PASSWORD_MIN_CHARS};
use standards::division;

use crate::components::entry::{self, Line, Typed};
use crate::components::layout;
use crate::errors::Error;

/// What was refused as errors of a form; whatever else went wrong stays an error.
pub(super) fn refused(error: ServiceError) -> Result<Vec<FieldError>, Error> {
    match error {
        ServiceError::Refused(refusal) if refusal.errors.is_empty() => Ok(vec![FieldError::new("", refusal.message)]),
        ServiceError::Refused(refusal) => Ok(refusal.errors),
        other => Err(other.into()),
    }
}

/// The same behind a link from a letter: what is not found there is over.
pub(super) fn link_over(error: ServiceError) -> Error {
    match error {
        ServiceError::NotFound => Error::LinkOver,
        other => other.into(),
    }
}

/// A form that came back, with everything typed but passwords still in it.
pub(super) fn again(title: &str, typed: &Typed, form: Markup) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page(title, typed, form)).into_response()
}

/// A narrow page with a form; the body brings its own heading's text by `title`.
pub(super) fn page(title: &str, typed: &Typed, form: Markup) -> Response {
    let body = html! {
        div.narrow {
            (layout::error_summary_but(typed.errors(), has_password(&form).then_some("密码请重新输入")))
            h1 { (title) }
            (form)
        }
    };
    layout::page(title, &[], body).into_response()
}

fn has_password(form: &Markup) -> bool {
    form.0.contains("type=\"password\"")
}

/// A narrow page that only says something.
pub(super) fn said(title: &str, body: Markup) -> Response {
    page(title, &Typed::default(), body)
}

/// Name and telephone of a person.
pub(super) fn person(typed: &Typed) -> Markup {
    html! {
        (entry::line(typed, &Line { path: "name", label: "姓名", autocomplete: "name", ..Line::default() }))
        (entry::line(typed, &Line { path: "phone", label: "联系电话", kind: "tel", autocomplete: "tel", ..Line::default() }))
    }
}

/// The address to sign in with.
pub(super) fn email(typed: &Typed, hint: Option<&str>) -> Markup {
    entry::line(typed, &Line { path: "email", label: "邮箱", hint, kind: "email", autocomplete: "username", ..Line::default() })
}

/// A new password, typed twice.
pub(super) fn new_password(typed: &Typed) -> Markup {
    let hint = format!("至少{PASSWORD_MIN_CHARS}位，同时包含数字和其他字符，不包含邮箱名。");
    let line = |path, label, hint| Line { path, label, hint, kind: "password", autocomplete: "new-password", ..Line::default() };
    html! {
        (entry::line(typed, &line("password", "设置密码", Some(&hint))))
        (entry::line(typed, &line("password_again", "再次输入密码", None)))
    }
}

/// Places an organisation may lie in, under the place above each.
pub(super) fn seats() -> Vec<(String, String, String)> {
    let mut options: Vec<_> = identity::seats().map(|place| option(place, above(place))).collect();
    // Places with one above them first: those are where the programmes run.
    options.sort_by_key(|(group, _, _)| group.is_empty());
    options.iter_mut().filter(|(group, _, _)| group.is_empty()).for_each(|(group, _, _)| "其他地区".clone_into(group));
    options
}

/// All places, each with those above it.
pub(crate) fn places() -> Vec<(String, String, String)> {
    let group = |place: &division::Division| place.parent.as_deref().map(|_| above(place)).unwrap_or_else(|| "省级".to_owned());
    let mut options: Vec<_> = division::divisions().iter().map(|place| option(place, group(place))).collect();
    options.sort_by(|one, other| one.0.cmp(&other.0));
    options
}

fn option(place: &division::Division, group: String) -> (String, String, String) {
    (group, place.id.clone(), place.name.clone())
}

/// 内蒙古自治区呼和浩特市, for a place in it.
fn above(place: &division::Division) -> String {
    let Some(parent) = place.parent.as_deref().and_then(division::find) else { return String::new() };
    format!("{}{}", above(parent), parent.name)
}
