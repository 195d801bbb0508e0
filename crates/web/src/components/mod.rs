//! Parts that pages are made of.

pub(crate) mod bars;
pub(crate) mod clause;
pub(crate) mod entry;
pub(crate) mod field;
pub(crate) mod finding;
pub(crate) mod form;
pub(crate) mod indicator;
pub(crate) mod layout;
pub(crate) mod pages;
pub(crate) mod person;
pub(crate) mod prose;
pub(crate) mod qr;
pub(crate) mod radar;
pub(crate) mod reason;
pub(crate) mod said;
pub(crate) mod slot;
