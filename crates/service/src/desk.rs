//! What every use case on files works with.

use std::sync::Arc;

use policy::library::Library;
use policy::pack::Pack;
use records::access::Acting;
use records::{FieldError, Refusal};
use standards::Date;
use store::Store;

use crate::{Edge, ServiceError};

/// The database, the packs and the world outside.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    /// Where everything is kept.
    pub store: &'a Store,
    /// The policy packs.
    pub library: &'a Library,
    /// Time, randomness, the site's address.
    pub edge: Edge<'a>,
}

impl Desk<'_> {
    /// The pack a file was begun under.
    pub(crate) fn pack(&self, programme: &str, version: &str) -> Result<&Arc<Pack>, ServiceError> {
        let missing = || Refusal::new(format!("没有“{programme}”的{version}版政策包，请联系平台管理。"));
        self.library.version(programme, version).ok_or_else(|| missing().into())
    }

    /// The newest pack of a programme.
    pub(crate) fn newest(&self, programme: &str) -> Result<&Arc<Pack>, ServiceError> {
        self.library.pack(programme).ok_or(ServiceError::NotFound)
    }

    /// Today in China.
    pub(crate) fn today(&self) -> Date {
        self.edge.now.day()
    }
}

/// A day as typed: the path of its field, what it is called, the text.
///
/// # Errors
/// It is empty or cannot be read.
pub(crate) fn day((path, label, text): (&str, &str, &str)) -> Result<Date, FieldError> {
    if text.trim().is_empty() {
        return Err(FieldError::new(path, format!("请填写{label}。")));
    }
    Date::parse(text).map_err(|error| FieldError::new(path, format!("{error}。")))
}

/// First and last day as typed.
///
/// # Errors
/// What is empty or cannot be read, field by field.
pub(crate) fn days(first: (&str, &str, &str), last: (&str, &str, &str)) -> Result<(Date, Date), Refusal> {
    match (day(first), day(last)) {
        (Ok(first), Ok(last)) => Ok((first, last)),
        (first, last) => Err(Refusal::fields([first.err(), last.err()].into_iter().flatten().collect())),
    }
}

/// Lets only those through for whom a rule of `records::access` holds.
pub(crate) fn only(allowed: bool) -> Result<(), ServiceError> {
    if allowed { Ok(()) } else { Err(ServiceError::Forbidden) }
}

/// The same for a record asked for by its id: whoever may not have it learns no more than that there is none.
pub(crate) fn known(allowed: bool) -> Result<(), ServiceError> {
    if allowed { Ok(()) } else { Err(ServiceError::NotFound) }
}

/// Lets only people through who act for their own organisation.
pub(crate) fn not_mandated(acting: &Acting) -> Result<(), ServiceError> {
    only(acting.mandate.is_none())
}
