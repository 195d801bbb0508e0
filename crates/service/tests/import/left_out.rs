//! Rows that are left out: they are passed over with all that is wrong with them, the rest is taken in whole, what was left out stays on record,
//! and a table of which nothing is left is refused.

use std::collections::BTreeSet;

use papers::sheet_in::Problem;
use records::import::Import;
use service::ServiceError;
use service::import::{self, Cells, Correcting, Corrections, LeftOut, Table, Target};
use service::paper::{self, Paper, PaperState};

use crate::city::{City, person};
use crate::given::{city, code, organisations, roster, table, workbook};
use crate::{ENTERPRISES, four, on_roster, verified};

fn without(rows: &[Vec<String>], left_out: &[usize]) -> Table {
    let corrections = Corrections { left_out: left_out.iter().copied().collect(), ..Corrections::new() };
    Table { corrections, ..table("表.xlsx", workbook(rows)) }
}

/// Six enterprises: the second cannot be read, the fourth repeats the third, the fifth has the code of one that is on file under another name.
async fn damaged(city: &City) -> Vec<Vec<String>> {
    let mut rows = organisations(6);
    rows[2][1] = "错".into();
    rows[4][1] = code(2);
    rows[5][1] = crate::on_file_id(city, "enterprise").await.credit_code.unwrap();
    rows
}

#[tokio::test]
async fn what_is_left_out_counts_no_more() {
    let city = city("left_out").await;
    let heads = city.store.chains().await.unwrap();
    // What is left out: rows that would be taken in, those passed over, what stays wrong, what is said when it is taken in all the same.
    type Case<'a> = (&'a [usize], usize, &'a [usize], &'a [&'a str], &'a str);
    let cases: [Case<'_>; 5] = [
        (&[], 6, &[], &["B3", "B5", "A6"], "有2处问题"),
        (&[3], 5, &[3], &["B5", "A6"], "有1处问题"),
        (&[3, 5], 4, &[3, 5], &["A6"], "有1处问题"),
        // Of two that are the same the other can go, and what is not there cannot.
        (&[1, 3, 4, 99], 4, &[3, 4], &["A6"], "有1处问题"),
        (&[2, 3, 4, 5, 6, 7], 0, &[2, 3, 4, 5, 6, 7], &[], "表格的6行都标为不导入"),
    ];
    for (left_out, rows, passed, wrong, refused) in cases {
        let table = without(&damaged(&city).await, left_out);
        let looked = import::preview(&city.desk(), &person("city"), &ENTERPRISES, &table).await.unwrap();
        assert_eq!(looked.counts.rows, rows, "{left_out:?}");
        assert_eq!(looked.left_out.iter().map(|one| one.row).collect::<Vec<_>>(), passed, "{left_out:?}");
        assert_eq!(looked.problems.iter().map(Problem::cell).collect::<Vec<_>>(), wrong, "{left_out:?}");
        assert_eq!((looked.problem_count, looked.leaves_all_out()), (wrong.len(), rows == 0), "{left_out:?}");
        assert_eq!((looked.may_leave_out(1), looked.may_leave_out(2)), (false, true), "the heads are no row");
        match import::take_in(&city.desk(), &person("city"), &ENTERPRISES, &table, None).await {
            Err(ServiceError::Refused(refusal)) => assert!(refusal.message.contains(refused), "{left_out:?}: {}", refusal.message),
            other => panic!("{left_out:?}: {other:?}"),
        }
    }
    assert_eq!(city.store.chains().await.unwrap(), heads, "nothing was written");
}

#[tokio::test]
async fn the_rest_is_taken_in_once_and_what_was_left_out_stays_on_record() {
    let city = city("left_out_record").await;
    let table = without(&damaged(&city).await, &[3, 5, 6]);
    let looked = import::preview(&city.desk(), &person("city"), &ENTERPRISES, &table).await.unwrap();
    assert_eq!(looked.left_out[0], LeftOut { row: 3, words: "示例1号有限公司，错，呼和浩特市赛罕区".into() });
    let taken = import::take_in(&city.desk(), &person("city"), &ENTERPRISES, &table, None).await.unwrap();
    assert_eq!((four(taken.counts), taken.counts.rows, taken.left_out.as_slice()), ([3, 0, 0, 0], 3, [3, 5, 6].as_slice()));
    for (number, entered) in [(0, true), (1, false), (2, true), (4, false), (5, true)] {
        assert_eq!(city.store.organisation_of_code(&code(number)).await.unwrap().is_some(), entered, "{number}");
    }
    let all = import::listed(&city.desk(), &person("city")).await.unwrap();
    let [import] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!((import.left_out.as_slice(), import.corrected), ([3, 5, 6].as_slice(), 0));
    let entries = city.store.entries_of("import", import.id.as_str()).await.unwrap();
    assert!(entries[0].event.contains("\"left_out\":[3,5,6]"), "{}", entries[0].event);

    let heads = city.store.chains().await.unwrap();
    let again = import::take_in(&city.desk(), &person("city"), &ENTERPRISES, &table, None).await.unwrap();
    assert_eq!((four(again.counts), again.left_out.len()), ([0, 0, 3, 0], 3));
    assert_eq!(city.store.chains().await.unwrap(), heads, "the same table again writes nothing");
    verified(&city).await;
}

/// Every kind of table passes them over in the same way.
#[tokio::test]
async fn each_kind_of_table_passes_them_over() {
    let mut city = city("left_out_kinds").await;
    let file = city.ready("enterprise", "district").await;
    let contracts = import::RowsOf { application: file, stage: "apply".into(), form: "costs".into(), kind: "contract".into() };
    let contract = |name: &str, day: &str| vec![name.to_owned(), day.to_owned()];
    let mut listed = roster(3);
    listed[2][3] = "哪天".into();
    let mut products = vec![["产品名称", "产品类型", "适用场景"].map(str::to_owned).to_vec()];
    products.extend([["云", "软件", "产品设计"], ["雾", "空气", "产品设计"]].map(|row| row.map(str::to_owned).to_vec()));
    let provider = crate::city::name("provider");
    let target = Target::Rows(contracts);
    let bytes = import::template(&city.desk(), &person("enterprise"), &target).await.unwrap();
    let heads = import::preview(&city.desk(), &person("enterprise"), &target, &table("模板.xlsx", bytes)).await.unwrap().heads;
    let rows = vec![heads, contract(&provider, "2025年6月1日"), contract(&provider, "哪天")];
    for (who, target, rows, wrong, new) in
        [("city", on_roster(), listed, 3, 2), ("provider", Target::Products, products, 3, 1), ("enterprise", target, rows, 3, 1)]
    {
        let take = |left_out: &[usize]| {
            let (table, desk, who, target) = (without(&rows, left_out), city.desk(), person(who), target.clone());
            async move { import::take_in(&desk, &who, &target, &table, None).await }
        };
        assert!(matches!(take(&[]).await, Err(ServiceError::Refused(_))), "{target:?}");
        let all: Vec<usize> = (2..=rows.len()).collect();
        match take(&all).await {
            Err(ServiceError::Refused(refusal)) => assert!(refusal.message.contains("都标为不导入"), "{target:?}: {}", refusal.message),
            other => panic!("{target:?}: {other:?}"),
        }
        let taken = take(&[wrong]).await.unwrap();
        assert_eq!((taken.counts.new, taken.counts.rows, taken.left_out), (new, new, vec![wrong]), "{target:?}");
        assert_eq!(take(&[wrong]).await.unwrap().counts.new, 0, "{target:?}");
    }
    verified(&city).await;
}

async fn begun(city: &City) -> String {
    let paper = Paper {
        id: "paper".into(),
        digest: "a".repeat(64),
        name: "表.xlsx".into(),
        media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".into(),
        bytes: 9,
        pages: None,
        organisation: "city".into(),
        uploaded_by: "city-handler".into(),
        at_unix_ms: city.now.0,
        state: PaperState::Checked,
    };
    city.store.add_paper(&paper).await.unwrap();
    assert!(paper::own(&city.store, &person("city").by(), "paper").await.is_ok());
    import::begin(&city.desk(), &person("city"), &ENTERPRISES, "paper").await.unwrap()
}

/// What waits, as it was written down.
async fn waiting(city: &City, id: &str) -> serde_json::Value {
    serde_json::from_str(&city.store.draft("import", id, "table").await.unwrap().unwrap().body).unwrap()
}

#[tokio::test]
async fn rows_are_left_out_and_put_back() {
    let city = city("left_out_waits").await;
    let id = begun(&city).await;
    let cells: Cells = [((3, 1), "甲".to_owned())].into();
    // One after the other: what is typed, what is left out, what is put back; and what stays left out.
    type Case<'a> = (&'a Cells, &'a [usize], &'a [usize], &'a [u64]);
    let none = Cells::new();
    let cases: [Case<'_>; 6] = [
        (&cells, &[17, 203], &[], &[17, 203]),
        (&none, &[], &[], &[17, 203]),
        (&none, &[17, 5], &[], &[5, 17, 203]),
        (&none, &[], &[17, 99], &[5, 203]),
        // Who says both changes nothing.
        (&none, &[6], &[6], &[5, 203]),
        (&none, &[], &[5, 203], &[]),
    ];
    for (cells, leave_out, put_back, left) in cases {
        let set = |rows: &[usize]| rows.iter().copied().collect::<BTreeSet<_>>();
        let correcting = Correcting { cells: cells.clone(), leave_out: set(leave_out), put_back: set(put_back) };
        import::correct(&city.desk(), &person("city"), &id, &correcting).await.unwrap();
        let waiting = waiting(&city, &id).await;
        assert_eq!(
            (&waiting["left_out"], waiting["corrections"].as_array().unwrap().len()),
            (&serde_json::json!(left), 1),
            "{leave_out:?}"
        );
    }
    let many = Correcting { leave_out: (2..=202).collect(), ..Correcting::default() };
    match import::correct(&city.desk(), &person("city"), &id, &many).await {
        Err(ServiceError::Refused(refusal)) => assert!(refusal.message.contains("最多在网页上标200行不导入"), "{}", refusal.message),
        other => panic!("{other:?}"),
    }
    for who in ["city2", "district", "enterprise"] {
        let done = import::correct(&city.desk(), &person(who), &id, &Correcting::default()).await;
        assert!(matches!(done, Err(ServiceError::NotFound | ServiceError::Forbidden)), "{who}: {done:?}");
    }
}

/// What was written down before rows could be left out is read as it was.
#[test]
fn an_older_record_left_nothing_out() {
    let new = serde_json::json!({
        "id": "1", "organisation": "city", "label": "企业", "file": "表.xlsx", "digest": "0", "corrected": 1, "at": 0,
        "counts": { "rows": 1, "new": 1, "changed": 0, "same": 0, "kept": 0 },
        "by": { "account": "a", "organisation": "city" },
    });
    let Ok(import) = serde_json::from_value::<Import>(new.clone()) else { panic!("{new}") };
    assert_eq!(serde_json::to_value(&import).unwrap(), new);
}
