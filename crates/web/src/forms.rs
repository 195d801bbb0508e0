//! What somebody typed into a form, and the case it makes.
//!
//! The typed text is kept as it is, whatever is wrong with it: it goes back into the fields after an
//! error and into the database, and the case is made from it each time.

use axum::extract::{Form, FromRequest, Request};
use axum::http::StatusCode;
use policy::case::Draft;
use policy::pack::Pack;
use policy::program::Type;
pub(crate) use records::application::with_unit;

pub(crate) use records::FieldError;

use crate::errors::Error;

/// Fields in one post: hundreds of invoices with a dozen fields each. How much can be posted at all is the router's limit.
const FIELDS_MAX: usize = 20_000;
/// Characters of one answer.
const TEXT_MAX_CHARS: usize = 400;

/// A posted form as name and text pairs.
pub(crate) struct Posted(pub(crate) Vec<(String, String)>);

impl<S: Send + Sync> FromRequest<S> for Posted {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        let form = Form::<Vec<(String, String)>>::from_request(request, state).await;
        let Form(pairs) = form.map_err(|rejection| match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge,
            _ => Error::Unreadable,
        })?;
        if pairs.len() > FIELDS_MAX { Err(Error::TooLarge) } else { Ok(Self(pairs)) }
    }
}

/// What was typed, by path, in the order of the form; empty texts are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Typed(Vec<(String, String)>);

impl Typed {
    /// The texts that stand under `paths`. Several ticks under one path are joined by commas.
    pub(crate) fn of(pairs: &[(String, String)], paths: &[String]) -> Self {
        let joined = |path: &String| {
            let under = pairs.iter().filter(|(name, text)| name == path && !text.trim().is_empty());
            let texts: Vec<&str> = under.map(|(_, text)| text.as_str()).collect();
            (!texts.is_empty()).then(|| (path.clone(), texts.join(",")))
        };
        Self(paths.iter().filter_map(joined).collect())
    }

    /// Reads what [`Typed::json`] wrote; anything else is nothing typed.
    pub(crate) fn from_json(json: &str) -> Self {
        Self(serde_json::from_str(json).unwrap_or_default())
    }

    /// An ordered list of pairs.
    pub(crate) fn json(&self) -> String {
        serde_json::to_string(&self.0).unwrap_or_else(|_| "[]".to_owned())
    }

    /// The same, of the given paths only.
    pub(crate) fn only(&self, paths: &[String]) -> Self {
        Self::of(&self.0, paths)
    }

    /// What was typed under a path; empty when nothing was.
    pub(crate) fn text(&self, path: &str) -> &str {
        let found = self.0.iter().find(|(name, _)| name == path);
        found.map_or("", |(_, text)| text.as_str())
    }

    /// Whether an option was chosen under a path.
    pub(crate) fn ticked(&self, path: &str, option: &str) -> bool {
        self.text(path).split(',').any(|one| one == option)
    }

    /// Whether nothing was typed.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The pairs in order.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }
}

/// A form as it was filled in, with the case it makes.
pub(crate) struct Filled {
    /// What was typed.
    pub(crate) typed: Typed,
    /// The case; a field in error is not known in it.
    pub(crate) draft: Draft,
    /// What is wrong.
    pub(crate) errors: Vec<FieldError>,
}

impl Filled {
    /// Makes the case of what was typed.
    pub(crate) fn new(pack: &Pack, typed: Typed) -> Self {
        let mut draft = Draft::new(pack);
        let mut errors = Vec::new();
        for (path, text) in typed.pairs() {
            if let Err(message) = set(pack, &mut draft, path, text) {
                errors.push(FieldError::new(path, message));
            }
        }
        let clashes = draft.contradictions(pack).into_iter();
        errors.extend(clashes.map(|(path, message)| FieldError::new(path, message)));
        Self { typed, draft, errors }
    }

    /// The message beside a field.
    pub(crate) fn error(&self, path: &str) -> Option<&str> {
        let error = self.errors.iter().find(|error| error.path == path);
        error.map(|error| error.message.as_str())
    }
}

fn set(pack: &Pack, draft: &mut Draft, path: &str, text: &str) -> Result<(), String> {
    if text.chars().count() > TEXT_MAX_CHARS {
        return Err(format!("填写内容过长，请控制在{TEXT_MAX_CHARS}个字以内。"));
    }
    draft.set(pack, path, &complete(pack, path, text))
}

/// The text with the unit that stands beside its field, where only the figure was typed.
pub(crate) fn complete(pack: &Pack, path: &str, text: &str) -> String {
    with_unit(text, unit(pack, path))
}

/// The unit in which a bare figure under this path is read, where it is part of the text.
fn unit(pack: &Pack, path: &str) -> Option<&'static str> {
    let input = &pack.inputs[0][pack.input(path)?];
    match input.meta.ty {
        Type::Money => Some("万元"),
        Type::Share => Some("%"),
        _ => None,
    }
}

/// The unit shown after the field of this path.
pub(crate) fn suffix(pack: &Pack, path: &str) -> Option<String> {
    let input = &pack.inputs[0][pack.input(path)?];
    unit(pack, path).map(str::to_owned).or_else(|| input.unit.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(all: &[(&str, &str)]) -> Vec<(String, String)> {
        all.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    fn paths(all: &[&str]) -> Vec<String> {
        all.iter().map(|path| (*path).to_owned()).collect()
    }

    #[test]
    fn only_known_paths_are_kept_in_the_forms_order() {
        let posted = pairs(&[("b", "2"), ("x", "9"), ("a", "1"), ("b", "3"), ("c", " ")]);
        let typed = Typed::of(&posted, &paths(&["a", "b", "c"]));
        assert_eq!(typed.json(), r#"[["a","1"],["b","2,3"]]"#);
        assert!(typed.ticked("b", "3") && !typed.ticked("b", "23"));
        assert_eq!(typed.text("c"), "");
    }

    #[test]
    fn what_was_typed_survives_the_database() {
        let typed = Typed::of(&pairs(&[("a", "<b>“６０ 万元”&\n")]), &paths(&["a"]));
        assert_eq!(Typed::from_json(&typed.json()), typed);
        assert!(Typed::from_json("not json").is_empty());
    }
}
