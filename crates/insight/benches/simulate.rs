//! One cap changed over a million synthetic enterprises: the whole, and only what the change touches, in one run.
#![allow(clippy::unwrap_used, missing_docs)]

fn main() {}
