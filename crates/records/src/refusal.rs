//! Why a command was not carried out.

use serde::{Deserialize, Serialize};

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// The field; `invoice.<row id>.amount` for a row's, empty for the form as a whole.
    pub path: String,
    /// A sentence that says what to do.
    pub message: String,
}

impl FieldError {
    /// An error of one field.
    pub fn new(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { path: path.into(), message: message.into() }
    }
}

/// Why a command was not carried out: a sentence, the clause it follows, and the fields it concerns.
#[derive(Clone, Debug, Default, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("{message}")]
pub struct Refusal {
    /// A sentence that begins with what to do next.
    pub message: String,
    /// The clauses it follows, as a citation of the pack; none for a rule of the platform itself.
    pub clause: Option<String>,
    /// The fields it concerns.
    pub errors: Vec<FieldError>,
}

impl Refusal {
    /// A refusal by a rule of the platform.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), ..Self::default() }
    }

    /// A refusal by a clause of the policy.
    pub fn by(clause: impl Into<String>, message: impl Into<String>) -> Self {
        Self { message: message.into(), clause: Some(clause.into()), errors: Vec::new() }
    }

    /// A refusal because of fields.
    pub fn fields(errors: Vec<FieldError>) -> Self {
        Self { message: format!("有{}处需要修改，修改后再提交。", errors.len()), clause: None, errors }
    }
}
