//! Bytes to a reader of files from outside, the first byte says which: refused or read, and nothing panics.
#![no_main]

#[path = "../../crates/papers/tests/support/mod.rs"]
mod support;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((reader, file)) = bytes.split_first() else { return };
    let (_, read) = support::entry::READERS[usize::from(*reader) % support::entry::READERS.len()];
    read(file);
});
