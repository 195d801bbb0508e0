//! Registering, signing in, inviting, leaving.
#![allow(clippy::unwrap_used)]

#[path = "../desk/mod.rs"]
mod desk;
mod mandates;
mod people;
mod registering;
mod second_factor;
mod signing_in;
