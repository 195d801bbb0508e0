//! What bureaus and the platform's administrator conduct: calls, publicities, payments, organisations; and what of it the
//! public reads.

pub(crate) mod admin;
pub(crate) mod alike;
pub(crate) mod batches;
pub(crate) mod calls;
pub(crate) mod notices;
pub(crate) mod organisations;
pub(crate) mod payments;
pub(crate) mod publicity;

use axum::Router;
use axum::routing::{get, post};
use maud::{Markup, html};
use records::Moment;
use records::access::{Acting, may_approve_payment, may_conduct, may_open_packs, may_oversee, may_prepare_payment};
use records::organisation::OrganisationKind;
use standards::Date;

use crate::errors::Error;
use crate::pages::imports;
use crate::session::Signed;
use crate::site::{Shared, Site};

/// The addresses of these pages.
pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/calls", get(calls::list))
        .route("/calls/{id}", get(calls::show))
        .route("/publicity", get(notices::list))
        .route("/publicity/{id}", get(notices::show))
        .route("/publicity/{id}/objections", post(notices::object))
        .route("/publicity/{id}/objections/{objection}", get(notices::outcome))
        .route("/conduct/batches", get(batches::list).post(batches::open))
        .route("/conduct/batches/new", get(batches::new))
        .route("/conduct/batches/{id}", get(batches::show))
        .route("/conduct/batches/{id}/extend", post(batches::extend))
        .route("/conduct/batches/{id}/close", post(batches::close))
        .route("/conduct/publicity", get(publicity::list).post(publicity::open))
        .route("/conduct/publicity/new", get(publicity::new))
        .route("/conduct/publicity/{id}", get(publicity::show))
        .route("/conduct/publicity/{id}/objections/{objection}", post(publicity::settle))
        .route("/conduct/payments", get(payments::list).post(payments::prepare))
        .route("/conduct/payments/new", get(payments::new))
        .route("/conduct/payments/{id}", get(payments::show))
        .route("/conduct/payments/{id}/list.csv", get(payments::csv))
        .route("/conduct/payments/{id}/list.xlsx", get(payments::xlsx))
        .route("/conduct/payments/{id}/approve", post(payments::approve))
        .route("/conduct/payments/{id}/cancel", post(payments::cancel))
        .route("/conduct/payments/{id}/paid", post(payments::paid))
        .route("/conduct/payments/{id}/failed/{application}", post(payments::failed))
        .route("/organisations", get(organisations::list).post(organisations::add))
        .route("/organisations/new", get(organisations::new))
        .route("/organisations/{id}", get(organisations::show))
        .route("/organisations/{id}/suspend", post(organisations::suspend))
        .route("/organisations/{id}/restore", post(organisations::restore))
        .route("/conduct/alike", get(alike::show))
        .route("/admin", get(admin::show))
}

/// Today in China.
pub(super) fn today(site: &Site) -> Date {
    Moment(site.now() * 1000).day()
}

/// Lets those through who may read how things are conducted.
fn overseeing(signed: &Signed) -> Result<&Acting, Error> {
    let acting = signed.session.acting();
    may_see_conduct(acting).map(|()| acting)
}

/// The same for a page that answers a form: names and contacts stand on it that are nobody else's business.
fn may_see_conduct(acting: &Acting) -> Result<(), Error> {
    if may_oversee(acting) { Ok(()) } else { Err(Error::NoPage) }
}

/// Lets those through who conduct, before anything of their form is looked at.
fn conducting(acting: &Acting) -> Result<(), Error> {
    if conducts(acting) { Ok(()) } else { Err(Error::NoPage) }
}

/// Whether a person may conduct in its own place.
fn conducts(acting: &Acting) -> bool {
    may_conduct(acting, &acting.place)
}

/// What of these pages is a person's, as items of the desk's menu; the one that is looked at is marked.
pub(crate) fn menu(acting: &Acting, looked_at: Option<&str>) -> Markup {
    let pays = may_prepare_payment(acting) || may_approve_payment(acting);
    let reads = matches!(acting.kind, OrganisationKind::CityBureau | OrganisationKind::Supervisor);
    let reviews = matches!(acting.kind, OrganisationKind::CityBureau | OrganisationKind::RegionBureau | OrganisationKind::Expert);
    let looks_up = acting.kind.is_staff() && !records::application::takes_assignment(acting.kind);
    let all = [
        (may_oversee(acting), "/conduct/batches", "申报批次"),
        (may_oversee(acting), "/conduct/publicity", "公示和异议"),
        (conducts(acting), "/conduct/alike", "相似联合体"),
        (service::product::oversees(acting), "/conduct/products", "产品目录"),
        (pays || reads, "/conduct/payments", "拨付清单"),
        (reviews, "/reviews", "专家评审"),
        (looks_up, "/organisations", "单位查询"),
        (may_open_packs(acting), "/admin/packs", "政策包"),
        (acting.kind == OrganisationKind::Administrator, "/admin", "平台管理"),
    ];
    html! {
        @for (_, address, label) in all.iter().filter(|(is, ..)| *is) { li { a href=(address) aria-current=[(looked_at == Some(*address)).then_some("page")] { (label) } } }
        (imports::menu(acting, looked_at))
    }
}
