//! Bytes to the text of a pack, a policy or a case: it is refused or it works, and nothing panics.
#![no_main]

#[path = "../../crates/policy/tests/support/mod.rs"]
mod support;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| support::entry::load_text(bytes));
