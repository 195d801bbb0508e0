//! Papers are issued once, open to whoever may have them, and checked by anybody.

use records::organisation::OrganisationKind as K;
use service::document::{self, DocumentKind, Press};
use service::{ServiceError, application};

use super::city::City;
use super::machine;

pub fn press() -> Press {
    Press::of(machine::font_files()).unwrap()
}

/// One city for all of it: making one takes seconds.
#[tokio::test]
async fn issued_papers() {
    let city = City::made("documents-issued").await;
    without_fonts_nothing_is_issued(&city).await;
    who_may_have_which_paper(&city).await;
    a_paper_is_issued_once_and_anybody_may_check_it(&city).await;
    a_dossier_and_the_decisions_of_a_list_are_packed_while_they_are_sent(&city).await;
    a_past_month_is_told_as_it_stood(&city).await;
    super::pictures::uploaded_pictures_stand_in_the_summary(&city).await;
    super::archive::an_archive_is_checked_with_openssl_alone(&city).await;
    city.leave().await;
}

/// Files are counted as they stood at the month's end; of the month that is not over as lists count them today.
async fn a_past_month_is_told_as_it_stood(city: &City) {
    let (desk, bureau) = (city.desk(), city.office(K::CityBureau).await);
    let mut counted = Vec::new();
    for (first, until) in [("2025-05-01", "2025年5月31日"), ("2025-06-01", "2025年6月30日"), ("2026-11-01", "2026年11月23日")] {
        let first = standards::Date::parse(first).unwrap();
        let id = document::issue_monthly(&desk, &bureau, &press(), "hohhot-subsidy", first).await.unwrap();
        let words = document::open(&desk, Some(&bureau), &id).await.unwrap().words;
        assert!(words.contains(&format!("累计情况（截至{until}）")), "{words}");
        let sums = words.split("表2").nth(1).unwrap().lines().find(|line| line.starts_with("合计\t")).unwrap().to_owned();
        counted.push(sums.split('\t').nth(1).unwrap().parse::<i64>().unwrap());
    }
    let wanted = application::Wanted { programme: Some("hohhot-subsidy".to_owned()), ..Default::default() };
    let today = application::dashboard(&desk, &bureau, &wanted).await.unwrap();
    assert_eq!(counted[2], today.by_procedure.iter().map(|one| one.applications).sum::<i64>());
    assert!(0 < counted[0] && counted[0] < counted[1] && counted[1] < counted[2], "{counted:?}");
}

/// Who issues a paper and reads it: kind of organisation, form, decision, an office's own record.
const WHO: [(K, [bool; 3]); 9] = [
    (K::CityBureau, [true, true, true]),
    (K::FinanceBureau, [true, true, true]),
    (K::Supervisor, [true, true, true]),
    (K::RegionBureau, [true, true, true]),
    (K::Enterprise, [false, false, false]),
    (K::Provider, [false, false, false]),
    (K::Evaluator, [false, false, false]),
    (K::Expert, [false, false, false]),
    (K::Administrator, [false, false, false]),
];

async fn who_may_have_which_paper(city: &City) {
    let (desk, press) = (city.desk(), press());
    let file = city.file("subsidy", &["paid"]).await;
    let kinds = ["form-application", "decision", "stage-qualification"].map(|word| DocumentKind::parse(word).unwrap());
    let bureau = city.office(K::CityBureau).await;
    for (at, kind) in kinds.iter().enumerate() {
        let id = document::issue(&desk, &bureau, &press, &file, kind).await.unwrap();
        for (who, allowed) in WHO {
            let Some(somebody) = city.stranger(who, &file).await else { continue };
            let opened = document::open(&desk, Some(&somebody), &id).await;
            assert_eq!(opened.is_ok(), allowed[at], "{who:?} opens {kind:?}");
            let issued = document::issue(&desk, &somebody, &press, &file, kind).await;
            assert_eq!(issued.is_ok(), allowed[at], "{who:?} issues {kind:?}");
        }
        assert!(matches!(document::open(&desk, None, &id).await, Err(ServiceError::NotFound)));
        let own = city.applicant(&file).await;
        let (opened, report) = (document::open(&desk, Some(&own), &id).await, !matches!(kind, DocumentKind::Stage(_)));
        assert_eq!(opened.is_ok(), report, "the applicant opens {kind:?}");
    }
}

async fn a_paper_is_issued_once_and_anybody_may_check_it(city: &City) {
    let (desk, press) = (city.desk(), press());
    let (file, bureau, kind) = (city.file("subsidy", &["paid"]).await, city.office(K::CityBureau).await, DocumentKind::Decision);
    let id = document::issue(&desk, &bureau, &press, &file, &kind).await.unwrap();
    let again = document::issue(&desk, &city.office(K::Supervisor).await, &press, &file, &kind).await.unwrap();
    assert_eq!(id, again, "the same words are not issued twice");
    let issued = document::open(&desk, Some(&bureau), &id).await.unwrap();
    let code = issued.document.code.to_string();
    assert_eq!(issued.paper.check.unwrap().code, code);
    for typed in [code.clone(), code.to_lowercase(), code.replace('-', " ")] {
        let checked = document::check(&desk, &typed).await.unwrap().unwrap();
        assert!(checked.holds, "{typed}");
        assert_eq!((checked.kind, checked.head.as_str()), ("决定书", issued.document.head.as_str()));
    }
    for typed in ["", "CV3Z-1X32-XVPX", "决定书"] {
        assert_eq!(document::check(&desk, typed).await.unwrap(), None, "{typed}");
    }
    let verified = service::ledger::verify(&city.store, &city.library).await.unwrap();
    assert_eq!(verified.broken, Vec::<String>::new());
}

async fn without_fonts_nothing_is_issued(city: &City) {
    let desk = city.desk();
    let (file, bureau) = (city.file("subsidy", &["paid"]).await, city.office(K::CityBureau).await);
    let refused = document::issue(&desk, &bureau, &Press::default(), &file, &DocumentKind::Decision).await.unwrap_err();
    assert!(refused.to_string().contains("fonts-noto-cjk"), "{refused}");
    assert!(document::issued_of_file(&desk, &bureau, &file).await.unwrap().is_empty());
}

async fn a_dossier_and_the_decisions_of_a_list_are_packed_while_they_are_sent(city: &City) {
    let (desk, press) = (city.desk(), press());
    let finance = city.office(K::FinanceBureau).await;
    let list = city.store.payment_lists(None, &[]).await.unwrap()[0].id.clone();
    let mut bundle = document::decisions_of_list(&desk, &finance, &press, &list).await.unwrap();
    let mut bytes = Vec::new();
    while let Some(piece) = bundle.piece().await.unwrap() {
        bytes.extend(piece);
    }
    assert!(bytes.starts_with(b"PK") && bytes.len() > 50_000, "{} bytes", bytes.len());
    let file = city.file("subsidy", &["paid"]).await;
    let own = city.applicant(&file).await;
    let files = service::paper::Files::open(&city.folder.join("files"), None).unwrap();
    let mut bundle = document::archive(&desk, &files, &own, &press, own.organisation.as_str()).await.unwrap();
    let mut bytes = Vec::new();
    while let Some(piece) = bundle.piece().await.unwrap() {
        bytes.extend(piece);
    }
    let names = ["目录.pdf", "目录.txt", "台账摘录.txt", "核验说明.txt", "核验.sh"];
    assert!(names.iter().all(|name| bytes.windows(name.len()).any(|piece| piece == name.as_bytes())));
    let other = city.office(K::Evaluator).await;
    assert!(matches!(document::archive(&desk, &files, &other, &press, own.organisation.as_str()).await, Err(ServiceError::NotFound)));
}
