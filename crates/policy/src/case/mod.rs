//! One applicant's facts, from text: a form's fields or a case file.

mod document;
mod draft;
mod expect;

pub use document::{Document, Vary, read};
pub use draft::{Draft, read_value};
pub use expect::Expect;
