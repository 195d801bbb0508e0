//! Rows of a form from a table: into the draft, all or none, once.

use papers::sheet_in::Problem;
use service::ServiceError;
use service::application;
use service::import::{self, Counts, Preview, RowsOf, Target};

use crate::city::{City, name, person};
use crate::four;
use crate::given::{city, table, workbook};

fn of(file: &str, kind: &str) -> RowsOf {
    RowsOf { application: file.into(), stage: "apply".into(), form: "costs".into(), kind: kind.into() }
}

fn cells(rows: &[&[&str]]) -> Vec<Vec<String>> {
    rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
}

async fn take(city: &City, of: &RowsOf, rows: &[&[&str]]) -> Result<Counts, ServiceError> {
    let table = table("表.xlsx", workbook(&cells(rows)));
    import::take_in(&city.desk(), &person("enterprise"), &Target::Rows(of.clone()), &table, None).await.map(|taken| taken.counts)
}

async fn look(city: &City, of: &RowsOf, rows: &[&[&str]]) -> Preview {
    let table = table("表.xlsx", workbook(&cells(rows)));
    import::preview(&city.desk(), &person("enterprise"), &Target::Rows(of.clone()), &table).await.unwrap()
}

#[tokio::test]
async fn contracts_and_invoices_come_into_the_draft() {
    let mut city = city("rows").await;
    let id = city.ready("enterprise", "district").await;
    let (contracts, invoices) = (of(&id, "contract"), of(&id, "invoice"));
    let heads = {
        let bytes = import::template(&city.desk(), &person("enterprise"), &Target::Rows(invoices.clone())).await.unwrap();
        let table = table("模板.xlsx", bytes);
        import::preview(&city.desk(), &person("enterprise"), &Target::Rows(invoices.clone()), &table).await.unwrap().heads
    };
    assert_eq!(heads.len(), 5, "{heads:?}");
    assert!(heads[0].starts_with("所属"), "{heads:?}");
    let contract_heads = contract_heads(&city, &contracts).await;
    let (first, second) = (name("provider"), name("provider2"));
    let head: Vec<&str> = contract_heads.iter().map(String::as_str).collect();
    let given: [&[&str]; 3] = [&head, &[&first, "2025年6月1日"], &[&second, "2025/7/1"]];
    assert_eq!(four(take(&city, &contracts, &given).await.unwrap()), [2, 0, 0, 0]);
    assert_eq!(four(take(&city, &contracts, &given).await.unwrap()), [0, 0, 2, 0]);

    let head: Vec<&str> = heads.iter().map(String::as_str).collect();
    let given: [&[&str]; 4] = [
        &head,
        &["1", "60万元", "否", "25152000000000000001", &first],
        &[&second, "1,200.50", "是", "25152000000000000002", ""],
        &["第2行", "1200.5", "是", "25152000000000000002", ""],
    ];
    // Two parts of an invoice may say the same of the same contract.
    assert_eq!(four(take(&city, &invoices, &given).await.unwrap()), [3, 0, 0, 0]);
    assert_eq!(four(take(&city, &invoices, &given).await.unwrap()), [0, 0, 3, 0]);
    let (_, draft) = application::draft(&city.desk(), &person("enterprise"), &id, "apply").await.unwrap();
    let rows = draft.answers.rows("invoice");
    assert_eq!((rows[0].texts["amount"].as_str(), rows[0].texts["by_bill"].as_str()), ("600000元", "no"));
    assert_eq!((rows[1].texts["amount"].as_str(), rows[1].parent.as_deref()), ("1200.50元", Some("2")));

    for kind in [&contracts, &invoices] {
        let out = import::rows_out(&city.desk(), &person("enterprise"), kind).await.unwrap();
        let target = Target::Rows((*kind).clone());
        let back = import::take_in(&city.desk(), &person("enterprise"), &target, &table("出.xlsx", out), None).await.unwrap().counts;
        assert_eq!((back.new, back.same), (0, back.rows));
    }
}

#[tokio::test]
async fn a_corrected_row_of_an_invoice_is_no_second_one() {
    let mut city = city("again").await;
    let id = city.ready("enterprise", "district").await;
    let (contracts, invoices) = (of(&id, "contract"), of(&id, "invoice"));
    let head = contract_heads(&city, &contracts).await;
    let head: Vec<&str> = head.iter().map(String::as_str).collect();
    take(&city, &contracts, &[&head, &[&name("provider"), "2025年6月1日"]]).await.unwrap();
    let head = contract_heads(&city, &invoices).await;
    let head: Vec<&str> = head.iter().map(String::as_str).collect();
    let (one, two) = ("25152000000000000001", "25152000000000000002");
    // Tables one after the other: what each would add, and where it is wrong.
    type Case<'a> = (&'a str, &'a [&'a [&'a str]], usize, &'a [&'a str]);
    let cases: [Case<'_>; 6] = [
        ("two parts of one invoice", &[&["1", "100", "否", one], &["1", "50", "否", one]], 2, &[]),
        ("one of them corrected", &[&["1", "90", "否", one], &["1", "50", "否", one]], 1, &["D2"]),
        ("one of them alone, corrected", &[&["1", "90", "否", one]], 1, &["D2"]),
        ("a third part with those on file", &[&["1", "100", "否", one], &["1", "50", "否", one], &["1", "5", "否", one]], 1, &[]),
        ("written otherwise it is the same number", &[&["1", "7", "否", "2515 2000 0000 0000 0001"]], 1, &["D2"]),
        ("another invoice", &[&["1", "7", "否", two]], 1, &[]),
    ];
    for (case, rows, new, wrong) in cases {
        let given: Vec<&[&str]> = [&head[..]].into_iter().chain(rows.iter().copied()).collect();
        let looked = look(&city, &invoices, &given).await;
        let places: Vec<String> = looked.problems.iter().map(Problem::cell).collect();
        assert_eq!(
            (looked.counts.new, places),
            (new, wrong.iter().map(|cell| (*cell).to_owned()).collect()),
            "{case}: {:?}",
            looked.problems
        );
        assert!(looked.problems.iter().all(|one| one.what.contains("内容与本行不同") && one.remedy.contains("请在表单中修改第")), "{case}");
        assert_eq!(take(&city, &invoices, &given).await.is_ok(), wrong.is_empty(), "{case}");
    }
}

async fn contract_heads(city: &City, of: &RowsOf) -> Vec<String> {
    let target = Target::Rows(of.clone());
    let bytes = import::template(&city.desk(), &person("enterprise"), &target).await.unwrap();
    import::preview(&city.desk(), &person("enterprise"), &target, &table("模板.xlsx", bytes)).await.unwrap().heads
}

#[tokio::test]
async fn a_wrong_row_leaves_the_draft_as_it_was() {
    let mut city = city("wrong_rows").await;
    let id = city.ready("enterprise", "district").await;
    let (contracts, invoices) = (of(&id, "contract"), of(&id, "invoice"));
    let before = application::draft(&city.desk(), &person("enterprise"), &id, "apply").await.unwrap();
    let head = contract_heads(&city, &invoices).await;
    let head: Vec<&str> = head.iter().map(String::as_str).collect();
    let looked = look(&city, &invoices, &[&head, &["1", "60万元", "否"], &["", "很多", "也许"]]).await;
    let places: Vec<String> = looked.problems.iter().map(Problem::cell).collect();
    assert_eq!(places, ["A2", "A3", "B3", "C3"], "{:?}", looked.problems);
    assert!(take(&city, &invoices, &[&head, &["1", "60万元", "否"]]).await.is_err());
    assert_eq!(application::draft(&city.desk(), &person("enterprise"), &id, "apply").await.unwrap(), before);

    for who in ["enterprise2", "enterprise/certifier", "provider", "city"] {
        let table = table("表.xlsx", workbook(&cells(&[&["甲"]])));
        let done = import::preview(&city.desk(), &person(who), &Target::Rows(contracts.clone()), &table).await;
        let knows = who == "enterprise/certifier";
        assert!(matches!((&done, knows), (Err(ServiceError::Forbidden), true) | (Err(ServiceError::NotFound), false)), "{who}: {done:?}");
    }
    let other = RowsOf { form: "site".into(), ..contracts };
    let table = table("表.xlsx", workbook(&cells(&[&["甲"]])));
    let done = import::preview(&city.desk(), &person("enterprise"), &Target::Rows(other), &table).await;
    assert!(matches!(done, Err(ServiceError::NotFound)), "{done:?}");
}
