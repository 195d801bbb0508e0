//! Issuing what is not of one file: publicities, payment lists, supervision reports, monthly reports.

use std::collections::BTreeMap;

use records::Noun as _;
use records::access::Acting;
use records::application::Application;
use records::document::About;
use records::organisation::{Organisation, OrganisationKind};
use records::payment_list::PaymentList;
use records::publicity::Publicity;
use standards::Date;
use store::Page;

use super::issue::{Draft, about, issue_all};
use super::month::month;
use super::names::{Names, names};
use super::of_file::issue_decisions;
use super::open::open;
use super::{
    Bundle, DocumentKind, Month, Press, Supervised, last_days, monthly_paper, payment_paper, publicity_paper, supervision_paper, workers,
};
use crate::application::{self, FileView, Happening};
use crate::desk::{Desk, known, only};
use crate::on_file::load_all;
use crate::saved_name::saved_name;
use crate::{ServiceError, compiled_once, dossier, payment, publicity};

/// Files in one report.
const FILES_MOST: i64 = 50;

/// Whether somebody may hold a payment list with the whole bank accounts: those who pay.
pub fn may_have_payment_list(acting: &Acting) -> bool {
    acting.kind == OrganisationKind::FinanceBureau
}

/// Whether somebody may report on a place: its bureaus and the supervisor.
pub fn may_report(acting: &Acting, place: &str) -> bool {
    use OrganisationKind as K;
    let office = matches!(acting.kind, K::DistrictBureau | K::CityBureau | K::RegionBureau | K::FinanceBureau | K::Supervisor);
    office && acting.covers(place)
}

/// Whether somebody may hold the report on an organisation: the offices in charge of its place and the supervisor, since the
/// report tells what happened in offices too.
pub fn may_supervise(acting: &Acting, organisation: &Organisation) -> bool {
    dossier::may_read(acting, organisation) && may_report(acting, &organisation.place)
}

/// Issues the notice of a publicity for an office in charge of all that it shows; answers its id.
#[compiled_once]
pub async fn issue_publicity(desk: &Desk<'_>, acting: &Acting, press: &Press, id: &str) -> Result<String, ServiceError> {
    only(records::access::may_conduct(acting, &acting.place))?;
    let (_, publicity) = publicity::publicity(desk, id).await?;
    let files: Vec<String> = publicity.items.iter().map(|item| item.application.to_string()).collect();
    known(load_all::<Application>(desk.store, &files).await?.iter().all(|file| acting.covers(&file.place)))?;
    let pack = desk.pack(&publicity.programme, &publicity.version)?;
    let paper = publicity_paper(pack, &publicity);
    let draft = Draft { about: about::<Publicity>(id), kind: DocumentKind::Publicity, paper };
    one(issue_all(desk, acting, press, &publicity.programme, vec![draft]).await?)
}

/// Issues a payment list; answers its id.
#[compiled_once]
pub async fn issue_payment_list(desk: &Desk<'_>, acting: &Acting, press: &Press, id: &str) -> Result<String, ServiceError> {
    only(may_have_payment_list(acting))?;
    let (_, list) = payment::payment_list(desk, acting, id).await?;
    let names = payment::signers(desk, acting, &list).await?;
    let payer = payment::payer(desk, acting, &list).await?;
    let paper = payment_paper(desk.newest(&list.programme)?, &list, &names, &payer);
    let draft = Draft { about: about::<PaymentList>(id), kind: DocumentKind::PaymentList, paper };
    one(issue_all(desk, acting, press, &list.programme, vec![draft]).await?)
}

/// Issues the decisions of every file on a payment list and packs them, each as PDF.
#[compiled_once]
pub async fn decisions_of_list(desk: &Desk<'_>, acting: &Acting, press: &Press, id: &str) -> Result<Bundle, ServiceError> {
    only(may_have_payment_list(acting))?;
    let (_, list) = payment::payment_list(desk, acting, id).await?;
    let files: Vec<String> = list.items.iter().map(|item| item.application.to_string()).collect();
    let ids = issue_decisions(desk, acting, press, &list.programme, &files).await?;
    let mut bundle = Bundle::new(saved_name(&[&list.label, "决定书"], Some(desk.today())), press.clone());
    for (id, number) in ids.iter().zip(1_usize..) {
        let issued = open(desk, Some(acting), id).await?;
        bundle.paper(&format!("{number:03}-{}-{}", issued.name, issued.document.code), issued.paper);
    }
    Ok(bundle)
}

/// Issues the report on an organisation in a programme; answers its id.
#[compiled_once]
pub async fn issue_supervision(
    desk: &Desk<'_>,
    acting: &Acting,
    press: &Press,
    programme: &str,
    organisation: &str,
) -> Result<String, ServiceError> {
    let dossier = dossier::dossier(desk, acting, organisation, Page::first(FILES_MOST)).await?;
    only(may_supervise(acting, &dossier.organisation))?;
    let pack = desk.newest(programme)?;
    let mut seen = Vec::new();
    for row in dossier.applications.iter().rev().filter(|row| row.programme == programme) {
        seen.extend(supervised(desk, acting, &row.id).await?);
    }
    let files: Vec<Supervised> = seen
        .iter()
        .map(|Seen { view, names, workers, happenings, last_days }| {
            let (pack, file) = (&*view.pack, &view.application);
            Supervised { pack, file, happenings, workers, names, last_days }
        })
        .collect();
    let paper = supervision_paper(pack, &dossier.organisation, &files);
    let about = About { noun: Organisation::NOUN.to_owned(), id: dossier.organisation.id.to_string() };
    one(issue_all(desk, acting, press, programme, vec![Draft { about, kind: DocumentKind::Supervision, paper }]).await?)
}

/// A file, the names in it, who worked on its stages, what happened to it, and the last days of its batch and publicity.
struct Seen {
    view: FileView,
    names: Names,
    workers: BTreeMap<String, String>,
    happenings: Vec<Happening>,
    last_days: BTreeMap<String, Date>,
}

/// What a report says of a file; none for an office that does not see it yet.
async fn supervised(desk: &Desk<'_>, acting: &Acting, id: &str) -> Result<Option<Seen>, ServiceError> {
    let view = match application::open(desk, acting, id).await {
        Ok(view) => view,
        Err(ServiceError::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    let names = names(desk, &view).await?;
    let workers = workers(&view, &names);
    let happenings = application::timeline(desk, acting, id).await?;
    let last_days = last_days(desk, &view).await?;
    Ok(Some(Seen { view, names, workers, happenings, last_days }))
}

/// Issues the report of a bureau on a month, `first` its first day; answers its id.
#[compiled_once]
pub async fn issue_monthly(desk: &Desk<'_>, acting: &Acting, press: &Press, programme: &str, first: Date) -> Result<String, ServiceError> {
    only(may_report(acting, &acting.place))?;
    let pack = desk.newest(programme)?;
    let (happened, stood) = month(desk, acting, programme, first).await?;
    let bureau: Option<crate::on_file::OnFile<Organisation>> = crate::on_file::load(desk.store, acting.organisation.as_str()).await?;
    let bureau = bureau.map(|found| found.state.name).unwrap_or_default();
    let made_on = desk.today();
    let place = acting.place.as_str();
    let paper = monthly_paper(&Month { pack, place, bureau: &bureau, first, made_on, happened: &happened, stood: &stood });
    let about = About { noun: MONTH.to_owned(), id: format!("{programme}/{place}/{}", &first.to_string()[..7]) };
    one(issue_all(desk, acting, press, programme, vec![Draft { about, kind: DocumentKind::Monthly, paper }]).await?)
}

/// What a report on a month is about: `programme/place/2026-10`.
pub(super) const MONTH: &str = "month";

fn one(ids: Vec<String>) -> Result<String, ServiceError> {
    ids.into_iter().next().ok_or(ServiceError::Broken)
}
