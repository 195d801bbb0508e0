//! What the fuzz targets and their run on every test share.
#![allow(dead_code)]

#[path = "../../../policy/tests/support/dice.rs"]
pub mod dice;
pub mod entry;
pub mod invoices;
