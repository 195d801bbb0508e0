//! What providers offer, as a table: a provider's own, or those of the providers of a bureau's place.
//!
//! A provider that is not on file is a problem and not registered along the way: who it is and where it lies is said in the table of
//! providers, once, and not beside each of its products.

mod columns;
mod decide;
mod entries;
mod out;

use records::access::{Acting, may_conduct};

pub(super) use columns::template;
pub(super) use decide::Deciding;
pub(super) use entries::read;
pub use out::{catalogue_rows, product_columns, product_rows};

/// Whether a table is of the person's own organisation, whose name and code then need not be said.
fn own(acting: &Acting) -> bool {
    !may_conduct(acting, &acting.place)
}
