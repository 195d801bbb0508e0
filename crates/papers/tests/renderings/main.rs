//! Every rendering of papers as a bureau prints them, from a full and from an empty file.
#![allow(clippy::unwrap_used)]

mod given;
mod kept;
mod lined;
mod machine;
mod office;
mod out;
mod words;
