//! Who may call what, read from the document that is published: `security` beside each operation.

use std::collections::HashMap;

use axum::http::Method;
use serde_json::Value;
use service::token::Scope;

/// The name of the scheme in the document.
pub(crate) const SCHEME: &str = "token";

/// Who may call one operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// Everybody.
    Public,
    /// Whoever shows a token made for any of these.
    Token(Vec<Scope>),
}

/// Every operation that somebody may call.
#[derive(Debug, Default)]
pub(crate) struct Rules(HashMap<(Method, String), Access>);

impl Rules {
    /// Reads them. An operation without `security` is none of them, and nobody may call it.
    pub(crate) fn of(document: &Value) -> Self {
        let paths = document["paths"].as_object().into_iter().flatten();
        let all =
            paths.flat_map(|(path, item)| item.as_object().into_iter().flatten().map(move |(method, operation)| (path, method, operation)));
        let rules = all.filter_map(|(path, method, operation)| {
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).ok()?;
            Some(((method, path.clone()), access(operation["security"].as_array()?)))
        });
        Self(rules.collect())
    }

    /// The rule of an operation; a head is asked for like the whole.
    pub(crate) fn get(&self, method: &Method, path: &str) -> Option<&Access> {
        let method = if method == Method::HEAD { Method::GET } else { method.clone() };
        self.0.get(&(method, path.to_owned()))
    }
}

/// Alternatives of which one is enough; an empty one asks for nothing, one without scopes for any token. A word that is no
/// scope lets nobody in.
fn access(alternatives: &[Value]) -> Access {
    if alternatives.iter().any(|one| one.as_object().is_some_and(serde_json::Map::is_empty)) {
        return Access::Public;
    }
    let words: Vec<&Value> = alternatives.iter().filter_map(|one| one[SCHEME].as_array()).flatten().collect();
    match words.is_empty() {
        true => Access::Token(Scope::ALL.to_vec()),
        false => Access::Token(words.into_iter().filter_map(|word| Scope::parse(word.as_str()?)).collect()),
    }
}
