//! Papers of the city: each from a file that has all it can have, and from one that has nothing.

use std::collections::BTreeMap;

use papers::paper::Paper;
use policy::case::Draft;
use records::application::{Case, Decision, FileWord};
use records::organisation::{Organisation, OrganisationKind};
use records::payment_list::PaymentList;
use records::publicity::Publicity;
use service::application::{self, FileView};
use service::document::{self, DocumentKind, Given, Happened, Month, Names, Stood, Sums, Supervised};
use standards::Date;

use super::city::City;

/// Files that together have every paper: procedure and states.
const FILES: [(&str, &[&str]); 6] = [
    ("subsidy", &["paid"]),
    ("project", &["concluded"]),
    ("pool", &["concluded"]),
    ("roster", &["concluded"]),
    ("subsidy", &["to_correct"]),
    ("subsidy", &["refused"]),
];

/// Numbers of files as wide as they come: the letters of ids are wider than the digits that the city counts them by.
pub const WIDE: [&str; 2] = ["20260312-WMHGQR", "20260312-MWQKHD"];

/// Name and paper of each.
pub async fn papers(city: &City) -> Vec<(String, Paper)> {
    let mut all = Vec::new();
    for (procedure, states) in FILES {
        let id = city.file(procedure, states).await;
        all.extend(of_file(city, &id, procedure, states[0]).await);
    }
    all.extend(of_offices(city).await);
    all.sort_by(|one, other| one.0.cmp(&other.0));
    all.dedup_by(|one, other| one.0 == other.0);
    all
}

async fn of_file(city: &City, id: &str, procedure: &str, state: &str) -> Vec<(String, Paper)> {
    let city_bureau = city.office(OrganisationKind::CityBureau).await;
    let view = application::open(&city.desk(), &city_bureau, id).await.unwrap();
    let names = document::names(&city.desk(), &view).await.unwrap();
    let uploads = document::uploads(&city.desk(), &view).await.unwrap();
    let kinds = document::offered(&view);
    let only: &[DocumentKind] = &[DocumentKind::Correction, DocumentKind::Refusal];
    let kinds = kinds.into_iter().map(|(kind, _)| kind).filter(|kind| matches!(state, "paid" | "concluded") || only.contains(kind));
    let full: Vec<(DocumentKind, Option<Paper>)> =
        kinds.map(|kind| (kind.clone(), document::file_paper(&Given { view: &view, names: &names, uploads: &uploads }, &kind))).collect();
    let view = emptied(view);
    let (names, uploads) = (Names::default(), Vec::new());
    let mut all = Vec::new();
    for (kind, paper) in full {
        all.extend(paper.map(|paper| (format!("{procedure}-{}-full", kind.word()), paper)));
        let empty = document::file_paper(&Given { view: &view, names: &names, uploads: &uploads }, &kind);
        all.extend(empty.map(|paper| (format!("{procedure}-{}-empty", kind.word()), paper)));
    }
    all
}

/// The same file with nothing in it but who applies for what.
fn emptied(mut view: FileView) -> FileView {
    view.case = Case { inputs: Default::default(), draft: Draft::new(&view.pack), errors: Vec::new() };
    let file = &mut view.application;
    (file.filed, file.decision, file.number) = (Default::default(), None::<Decision>, None);
    (file.stated, file.stages, file.judgements) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    (file.settled, file.lowered) = (BTreeMap::new(), BTreeMap::new());
    view.provider = None;
    view
}

async fn of_offices(city: &City) -> Vec<(String, Paper)> {
    let desk = city.desk();
    let mut all = Vec::new();
    let publicities = city.store.publicities(None, &[]).await.unwrap();
    let subsidy = publicities.iter().find(|row| row.procedure == "subsidy").unwrap();
    let mut publicity: Publicity = state(city, &subsidy.id).await;
    publicity.items.iter_mut().zip(WIDE).for_each(|(item, wide)| item.number = wide.to_owned());
    let pack = city.library.version(&publicity.programme, &publicity.version).unwrap();
    let empty = Publicity { items: Vec::new(), contact: String::new(), ..publicity.clone() };
    all.push(("publicity-full".to_owned(), document::publicity_paper(pack, &publicity)));
    all.push(("publicity-empty".to_owned(), document::publicity_paper(pack, &empty)));

    let mut list: PaymentList = state(city, &city.store.payment_lists(None, &[]).await.unwrap()[0].id).await;
    let finance = city.office(OrganisationKind::FinanceBureau).await;
    let names = service::payment::signers(&desk, &finance, &list).await.unwrap();
    let payer = service::payment::payer(&desk, &finance, &list).await.unwrap();
    list.items.iter_mut().zip(WIDE).for_each(|(item, wide)| item.number = wide.to_owned());
    let empty = PaymentList { items: Vec::new(), approvals: Vec::new(), ..list.clone() };
    all.push(("payment-list-full".to_owned(), document::payment_paper(pack, &list, &names, &payer)));
    all.push(("payment-list-empty".to_owned(), document::payment_paper(pack, &empty, &BTreeMap::new(), "")));

    all.extend(of_supervisor(city).await);
    let first = Date::parse("2026-10-01").unwrap();
    let happened = BTreeMap::from([(
        "subsidy".to_owned(),
        Happened { submitted: 12, decided: 3, decided_fen: 90_000_000, paid: 2, paid_fen: 60_000_000, ..Happened::default() },
    )]);
    let supervisor = city.office(OrganisationKind::CityBureau).await;
    let subsidy = Sums { files: 28, recognised_fen: 2_397_200_000, award_fen: 492_990_000 };
    let roster = Sums { files: 44, ..Sums::default() };
    let stood = Stood {
        by_procedure: BTreeMap::from([("subsidy".to_owned(), subsidy), ("roster".to_owned(), roster)]),
        by_state: BTreeMap::from([(FileWord::InReview, 20), (FileWord::Paid, 4), (FileWord::Concluded, 48)]),
    };
    let month = Month {
        pack,
        place: &supervisor.place,
        bureau: "示例市工业和信息化局",
        first,
        made_on: city.now.day(),
        happened: &happened,
        stood: &stood,
    };
    all.push(("monthly-full".to_owned(), document::monthly_paper(&month)));
    let month = Month { happened: &BTreeMap::new(), stood: &Stood::default(), first: Date::parse("2026-11-01").unwrap(), ..month };
    all.push(("monthly-empty".to_owned(), document::monthly_paper(&month)));
    all
}

async fn of_supervisor(city: &City) -> Vec<(String, Paper)> {
    let desk = city.desk();
    let supervisor = city.office(OrganisationKind::Supervisor).await;
    let view = application::open(&desk, &supervisor, &city.file("project", &["concluded"]).await).await.unwrap();
    let happenings = application::timeline(&desk, &supervisor, view.application.id.as_str()).await.unwrap();
    let names = document::names(&desk, &view).await.unwrap();
    let workers = document::workers(&view, &names);
    let organisation: Organisation = state(city, view.applicant.id.as_str()).await;
    let last_days = document::last_days(&desk, &view).await.unwrap();
    let (pack, file) = (&*view.pack, &view.application);
    let files = [Supervised { pack, file, happenings: &happenings, workers: &workers, names: &names, last_days: &last_days }];
    vec![
        ("supervision-full".to_owned(), document::supervision_paper(&view.pack, &organisation, &files)),
        ("supervision-empty".to_owned(), document::supervision_paper(&view.pack, &organisation, &[])),
    ]
}

async fn state<N: records::Noun>(city: &City, id: &str) -> N {
    let stored = city.store.record(N::NOUN, id).await.unwrap().unwrap();
    serde_json::from_str(&stored.state).unwrap()
}

/// The application form of somebody with this name.
pub async fn application_of(city: &City, name: &str) -> Paper {
    let bureau = city.office(OrganisationKind::CityBureau).await;
    let mut view = application::open(&city.desk(), &bureau, &city.file("subsidy", &["paid"]).await).await.unwrap();
    view.application.filed.set("profile.representative", name);
    let (names, uploads) = (Names::default(), Vec::new());
    document::file_paper(&Given { view: &view, names: &names, uploads: &uploads }, &DocumentKind::Form("application".to_owned())).unwrap()
}
