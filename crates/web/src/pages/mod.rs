//! One module per page.

pub(crate) mod assessment;
pub(crate) mod calculator;
pub(crate) mod conduct;
pub(crate) mod desk;
pub(crate) mod document;
pub(crate) mod download;
pub(crate) mod exports;
pub(crate) mod file;
pub(crate) mod home;
pub(crate) mod identity;
pub(crate) mod imports;
pub(crate) mod kept;
pub(crate) mod pack_versions;
pub(crate) mod paper;
pub(crate) mod portal;
pub(crate) mod products;
pub(crate) mod programme;
pub(crate) mod quota;
pub(crate) mod result;
pub(crate) mod review;
pub(crate) mod simulation;
pub(crate) mod tokens;
