//! What the tests of this crate, and the fuzz targets, share. Each test file uses a part of it.
#![allow(dead_code)]

pub mod dice;
pub mod entry;
pub mod formulas;
pub mod packs;
pub mod random;
pub mod realistic;
pub mod terms;
