//! Tables taken in by programs: sent, looked at, corrected, taken in whole; and what the bank did with payments.
#![allow(clippy::unwrap_used)]

mod filing;
mod platform;

use papers::sheet_out::{self, Cell, Column};
use platform::Platform;
use records::organisation::OrganisationKind as Kind;
use serde_json::{Value, json};
use standards::{CreditCode, Date};

fn workbook(rows: &[Vec<String>]) -> Vec<u8> {
    let columns: Vec<Column> = rows[0].iter().map(|head| Column { head: head.clone(), width_chars: 10 }).collect();
    let cell = |text: &String| if text.is_empty() { Cell::Empty } else { Cell::Text(text.clone()) };
    let cells = rows[1..].iter().map(|row| row.iter().map(cell).collect());
    sheet_out::xlsx("表", &columns, cells, Date::MAX).unwrap()
}

fn rows(all: &[&[&str]]) -> Vec<Vec<String>> {
    all.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
}

async fn begun(platform: &Platform, token: &str, of: &str, bytes: &[u8]) -> String {
    platform.upload_to(token, &format!("/imports?{of}"), "表.xlsx", bytes).await.is(201).id()
}

#[tokio::test]
async fn a_table_is_sent_corrected_and_taken_in() {
    let platform = Platform::new().await;
    let bureau = platform.token(Kind::CityBureau).await;
    let targets = platform.get(&bureau, "/imports/targets").await.is(200).json();
    assert_eq!((&targets[0]["of"], &targets[0]["label"]), (&json!("enterprise"), &json!("企业基本情况")));
    assert!(platform.get(&bureau, "/imports/template.xlsx?of=enterprise").await.is(200).bytes.starts_with(b"PK"));
    for wrong in ["", "of=enterprise&payment_list=x", "file=x&stage=y"] {
        assert_eq!(platform.get(&bureau, &format!("/imports/template.xlsx?{wrong}")).await.is(400).problem(), "unreadable", "{wrong}");
    }
    platform.get(&bureau, "/imports/template.xlsx?of=none/none").await.is(404);

    let code = CreditCode::with_check_character("91150105000000001").unwrap();
    let closed = ["已注销有限公司", "错", "赛罕区"];
    let table = rows(&[&["单位名称", "统一社会信用代码", "所在地区"], &["示例有限公司", code.as_str(), "赛罕市"], &closed]);
    let import = begun(&platform, &bureau, "of=enterprise", &workbook(&table)).await;
    let address = format!("/imports/{import}");
    let looked = platform.get(&bureau, &address).await.is(200).json();
    let problem = &looked["problems"][0];
    assert_eq!((&looked["problem_count"], &problem["cell"], &problem["text"]), (&json!(2), &json!("C2"), &json!("赛罕市")));
    assert!(problem["what"].as_str().is_some_and(|what| !what.is_empty()) && problem["remedy"].is_string());
    assert!(platform.get(&bureau, &format!("{address}/marked.xlsx")).await.is(200).bytes.starts_with(b"PK"));
    assert_eq!(platform.post(&bureau, &format!("{address}/take-in"), &json!({})).await.is(422).problem(), "refused");

    let typed = json!([{ "row": problem["row"], "column": problem["column"], "text": "赛罕区" }]);
    platform.post(&bureau, &format!("{address}/corrections"), &typed).await.is(204);
    let looked = platform.get(&bureau, &address).await.is(200).json();
    assert_eq!((&looked["corrected"], &looked["problem_count"], &looked["left_out"]), (&json!(1), &json!(1), &json!([])));
    let left_out = format!("{address}/left-out");
    platform.post(&bureau, &left_out, &json!({ "leave_out": [2, 3] })).await.is(204);
    assert_eq!(platform.post(&bureau, &format!("{address}/take-in"), &json!({})).await.is(422).problem(), "refused");
    platform.post(&bureau, &left_out, &json!({ "put_back": [2] })).await.is(204);
    let looked = platform.get(&bureau, &address).await.is(200).json();
    assert_eq!((&looked["corrected"], &looked["problem_count"], &looked["counts"]["new"]), (&json!(1), &json!(0), &json!(1)));
    assert_eq!(looked["left_out"], json!([{ "row": 3, "words": "已注销有限公司，错，赛罕区" }]));
    let other = platform.token(Kind::RegionBureau).await;
    platform.get(&other, &address).await.is(404);
    let taken = platform.post(&bureau, &format!("{address}/take-in"), &json!({})).await.is(200).json();
    assert_eq!((&taken["new"], &taken["same"], &taken["left_out"]), (&json!(1), &json!(0), &json!([3])));
    platform.get(&bureau, &address).await.is(404);

    let out = platform.get(&bureau, "/imports/export.xlsx?of=enterprise").await.is(200).bytes;
    let again = format!("/imports/{}", begun(&platform, &bureau, "of=enterprise", &out).await);
    let looked = platform.get(&bureau, &again).await.is(200).json();
    assert_eq!((&looked["problem_count"], &looked["counts"]["new"], &looked["counts"]["changed"]), (&json!(0), &json!(0), &json!(0)));
    platform.post(&bureau, &format!("{again}/discard"), &json!({})).await.is(204);
    platform.get(&bureau, &again).await.is(404);
    let unfit = platform.upload_to(&bureau, "/imports?of=enterprise", "表.pdf", b"%PDF-1.7").await.is(422);
    assert_eq!(unfit.problem(), "refused");
}

#[tokio::test]
async fn rows_of_a_form_come_into_its_draft() {
    let platform = Platform::new().await;
    let enterprise = platform.token(Kind::Enterprise).await;
    let file = filing::filled(&platform, &enterprise).await;
    let of = format!("file={file}&stage=fill&form=application&rows=invoice");
    let out = platform.get(&enterprise, &format!("/imports/export.xlsx?{of}")).await.is(200).bytes;
    let address = format!("/imports/{}", begun(&platform, &enterprise, &of, &out).await);
    let looked = platform.get(&enterprise, &address).await.is(200).json();
    assert_eq!((&looked["counts"]["new"], &looked["counts"]["same"], &looked["problem_count"]), (&json!(0), &json!(1), &json!(0)));
}

#[tokio::test]
async fn the_bank_s_table_records_what_became_of_payments() {
    let platform = Platform::new().await;
    let (enterprise, finance) = (platform.token(Kind::Enterprise).await, platform.token(Kind::FinanceBureau).await);
    let file = filing::submitted(&platform, &enterprise).await;
    let list = filing::payable(&platform, &file).await;
    let of = format!("payment_list={list}");
    let out = platform.get(&finance, &format!("/imports/export.xlsx?{of}")).await.is(200).bytes;
    let mut table = Vec::new();
    papers::read("清单.xlsx", &out, &mut |_, cells| table.push(cells.to_vec())).unwrap();
    let width = table[0].len();
    table[1].resize(width, String::new());
    for (head, text) in [("结果", "已拨付"), ("日期", "2026-01-19"), ("流水号", "B-1")] {
        let column = table[0].iter().position(|one| one == head).unwrap();
        table[1][column] = text.into();
    }
    let address = format!("/imports/{}", begun(&platform, &finance, &of, &workbook(&table)).await);
    let looked = platform.get(&finance, &address).await.is(200).json();
    let problem = &looked["problems"][0];
    assert!(problem["what"].as_str().is_some_and(|what| what.starts_with("早于清单审批")), "{looked}");
    let typed = json!([{ "row": 2, "column": problem["column"], "text": "2026-01-20" }]);
    platform.post(&finance, &format!("{address}/corrections"), &typed).await.is(204);
    let taken = platform.post(&finance, &format!("{address}/take-in"), &json!({})).await.is(200).json();
    assert_eq!(taken["new"], json!(1));
    let listed = platform.get(&finance, &format!("/payment-lists/{list}")).await.is(200).json();
    let item: &Value = &listed["items"][0];
    assert_eq!((&item["result"], &item["value_on"], &item["reference"]), (&json!("paid"), &json!("2026-01-20"), &json!("B-1")));
    let supervisor = platform.token(Kind::Supervisor).await;
    let seen = platform.get(&supervisor, &format!("/payment-lists/{list}")).await.is(200).json();
    assert_ne!(seen["items"][0]["bank_account"], item["bank_account"], "only those who pay read the whole account");
}
