//! Accounts: registering, signing in, for whom one acts, the people of one's organisation.

mod choose;
mod demo;
mod first;
mod invitation;
mod parts;
mod password;
mod people;
mod register;
mod second_factor;
mod sign_in;
mod verify_email;

use axum::Router;
use axum::routing::{get, post};

use crate::site::Shared;

pub(crate) use parts::places;

/// Every address of these pages.
pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/sign-in", get(sign_in::show).post(sign_in::send))
        .route("/sign-in/second-factor", get(second_factor::show).post(second_factor::send))
        .route("/sign-in/set-up", get(second_factor::show_set_up).post(second_factor::send_set_up))
        .route("/demo", get(demo::show).post(demo::enter))
        .route("/sign-out", post(sign_in::sign_out))
        .route("/register", get(register::show).post(register::send))
        .route("/verify-email/{token}", get(verify_email::show).post(verify_email::send))
        .route("/forgot-password", get(password::show).post(password::ask))
        .route("/reset-password/{token}", get(password::show_reset).post(password::reset))
        .route("/invitations/{token}", get(invitation::show).post(invitation::send))
        .route("/set-up", get(first::show).post(first::send))
        .route("/organisations/choose", get(choose::show).post(choose::send))
        .route("/people", get(people::show).post(people::invite))
        .route("/people/withdraw", post(people::withdraw))
        .route("/people/{account}/roles", post(people::roles))
        .route("/people/{account}/remove", post(people::remove))
        .route("/people/{account}/second-factor", post(people::second_factor))
}
