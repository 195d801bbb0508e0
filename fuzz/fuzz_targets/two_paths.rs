//! Bytes to a pack and facts under it: both paths agree, and nothing panics.
#![no_main]

#[path = "../../crates/policy/tests/support/mod.rs"]
mod support;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| support::entry::two_paths(bytes));
