//! A table that nobody takes in or gives up waits so many days and no longer.

use records::Moment;
use records::moment::By;
use service::ServiceError;
use service::application::{self, FillDraft};
use service::import::{self, Correcting, Table, WAITING_DAYS};
use service::paper::{self, Paper, PaperState};

use crate::ENTERPRISES;
use crate::city::{City, person};
use crate::given::{city, organisations, table, workbook};

const DAY_MS: i64 = 24 * 3_600_000;

/// A table among an office's files.
async fn uploaded(city: &City, organisation: &str, id: &str, digest: char) -> String {
    let paper = Paper {
        id: id.into(),
        digest: digest.to_string().repeat(64),
        name: "表.xlsx".into(),
        media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".into(),
        bytes: 9,
        pages: None,
        organisation: organisation.into(),
        uploaded_by: format!("{organisation}-handler"),
        at_unix_ms: city.now.0,
        state: PaperState::Checked,
    };
    city.store.add_paper(&paper).await.unwrap().id
}

async fn begun(city: &City, id: &str, digest: char) -> String {
    let id = uploaded(city, "city", id, digest).await;
    import::begin(&city.desk(), &person("city"), &ENTERPRISES, &id).await.unwrap()
}

/// Whether it still waits.
async fn waits(city: &City, import: &str) -> bool {
    match import::correct(&city.desk(), &person("city"), import, &Correcting::default()).await {
        Ok(()) => true,
        Err(ServiceError::NotFound) => false,
        Err(error) => panic!("{error:?}"),
    }
}

async fn filed(city: &City, paper: &str) -> bool {
    let by: By = person("city").by();
    paper::own(&city.store, &by, paper).await.is_ok()
}

#[tokio::test]
async fn a_table_waits_so_many_days() {
    let mut city = city("waiting").await;
    let start = city.now;
    let (left, corrected) = (begun(&city, "left", 'a').await, begun(&city, "corrected", 'b').await);
    let after = |days: i64| Moment(start.0 + days * DAY_MS);
    assert_eq!(import::forget(&city.store, after(WAITING_DAYS)).await.unwrap(), 0, "its last day counts");
    city.now = after(10);
    assert!(waits(&city, &corrected).await);
    city.now = Moment(after(WAITING_DAYS).0 + 1);
    assert_eq!(import::forget(&city.store, city.now).await.unwrap(), 1);
    assert_eq!((filed(&city, "left").await, filed(&city, "corrected").await), (false, true));
    assert_eq!((waits(&city, &left).await, waits(&city, &corrected).await), (false, true));
    city.now = after(100);
    assert_eq!(import::forget(&city.store, city.now).await.unwrap(), 1);
    assert_eq!(import::forget(&city.store, city.now).await.unwrap(), 0);
    assert!(!filed(&city, "corrected").await);
}

#[tokio::test]
async fn whoever_closed_the_page_finds_it_again() {
    let city = city("waiting_listed").await;
    let id = begun(&city, "left", 'a').await;
    let waits = |who: &'static str, about: Option<import::Target>| {
        let city = &city;
        async move { import::waits(&city.desk(), &person(who), about.as_ref()).await.unwrap() }
    };
    let own = waits("city", None).await;
    assert_eq!((own.len(), own[0].id.as_str(), own[0].file.as_str(), own[0].label.as_str()), (1, id.as_str(), "表.xlsx", "企业基本情况"));
    assert_eq!(own[0].until.0 - own[0].at.0, WAITING_DAYS * DAY_MS);
    assert_eq!(waits("city", Some(ENTERPRISES)).await.len(), 1);
    assert!(waits("city", Some(import::Target::Products)).await.is_empty());
    assert!(waits("district", None).await.is_empty() && waits("enterprise", None).await.is_empty());
    import::discard(&city.desk(), &person("city"), &id).await.unwrap();
    assert!(waits("city", None).await.is_empty());
}

#[tokio::test]
async fn what_else_is_quoted_stays() {
    let mut city = city("waiting_quoted").await;
    // The same content is one file, however often it was sent.
    begun(&city, "twice", 'c').await;
    city.now = Moment(city.now.0 + 20 * DAY_MS);
    let second = begun(&city, "twice-again", 'c').await;
    // A table of this content was taken in before.
    begun(&city, "taken", 'e').await;
    city.now = Moment(city.now.0 + 15 * DAY_MS);
    assert_eq!(import::forget(&city.store, city.now).await.unwrap(), 1);
    assert!(filed(&city, "twice").await && waits(&city, &second).await);

    let taken = Table { digest: "e".repeat(64), ..table("表.xlsx", workbook(&organisations(2))) };
    import::take_in(&city.desk(), &person("city"), &ENTERPRISES, &taken, None).await.unwrap();
    city.now = Moment(city.now.0 + 100 * DAY_MS);
    assert_eq!(import::forget(&city.store, city.now).await.unwrap(), 2);
    assert_eq!((filed(&city, "twice").await, filed(&city, "taken").await), (false, true));
}

#[tokio::test]
async fn a_file_that_a_draft_quotes_stays() {
    let mut city = city("waiting_draft").await;
    let file = city.ready("enterprise", "district").await;
    uploaded(&city, "enterprise", "rows", 'd').await;
    let rows = import::RowsOf { application: file.clone(), stage: "apply".into(), form: "costs".into(), kind: "invoice".into() };
    import::begin(&city.desk(), &person("enterprise"), &import::Target::Rows(rows), "rows").await.unwrap();
    let (version, draft) = application::draft(&city.desk(), &person("enterprise"), &file, "apply").await.unwrap();
    let papers = [("application".to_owned(), vec!["rows".into()])].into();
    let draft = FillDraft { papers, ..draft };
    application::save_draft(&city.desk(), &person("enterprise"), &file, "apply", version, &draft).await.unwrap();
    city.now = Moment(city.now.0 + 100 * DAY_MS);
    assert_eq!(import::forget(&city.store, city.now).await.unwrap(), 1);
    assert!(paper::own(&city.store, &person("enterprise").by(), "rows").await.is_ok());
    assert_eq!(application::draft(&city.desk(), &person("enterprise"), &file, "apply").await.unwrap().1, draft);
}
