//! One module per page.

pub(crate) mod assessment;
pub(crate) mod calculator;
pub(crate) mod kept;
pub(crate) mod portal;
pub(crate) mod programme;
pub(crate) mod result;
pub(crate) mod simulation;
