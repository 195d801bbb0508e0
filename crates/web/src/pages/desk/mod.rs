//! 工作台: what waits for an office, the files it may see, figures, days, the ledger.

mod bulk;
mod calendar;
mod columns;
mod confirm;
mod dashboard;
mod dossier;
pub(crate) mod due;
mod export;
mod figures;
mod filters;
mod inbox;
mod inbox_out;
mod ledger;
mod list;
mod narrowing;
mod outcome;
mod payment_lists;
mod tabs;
mod views;

use axum::Router;
use axum::routing::{get, post};

pub(crate) use bulk::{options as organisation_options, third_parties};
pub(crate) use filters::{Filters, Wished, query};
pub(crate) use inbox::address as inbox_address;
pub(crate) use tabs::{OWN as OWN_FILES, applies, page_under as page_under_tab};

use crate::site::Shared;

/// Every address of these pages.
pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/desk", get(inbox::show))
        .route("/desk/bulk", post(outcome::send))
        .route("/desk/files", get(list::show))
        .route("/desk/files.csv", get(export::csv))
        .route("/desk/files.xlsx", get(export::xlsx))
        .route("/desk/views", post(views::send))
        .route("/desk/dashboard", get(dashboard::show))
        .route("/desk/dashboard.xlsx", get(figures::xlsx))
        .route("/desk/inbox.xlsx", get(inbox_out::xlsx))
        .route("/desk/calendar", get(calendar::show))
        .route("/ledger", get(ledger::show).post(ledger::verify))
        .route("/dossiers/{organisation}", get(dossier::show))
}
