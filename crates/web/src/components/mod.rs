//! Parts that pages are made of.

pub(crate) mod bars;
pub(crate) mod clause;
pub(crate) mod field;
pub(crate) mod layout;
pub(crate) mod prose;
pub(crate) mod radar;
pub(crate) mod reason;
