//! Papers issued and fetched by programs, and checked by anybody.
#![allow(clippy::unwrap_used)]

mod filing;
mod platform;

use axum::http::header;
use platform::Platform;
use records::organisation::OrganisationKind as Kind;
use serde_json::json;

#[tokio::test]
async fn a_paper_is_issued_once_fetched_and_checked() {
    let platform = Platform::new().await;
    let enterprise = platform.token(Kind::Enterprise).await;
    let file = filing::submitted(&platform, &enterprise).await;
    let address = format!("/files/{file}/documents");
    let papers = platform.get(&enterprise, &address).await.is(200).json();
    assert_eq!((papers["issued"].as_array().unwrap().len(), &papers["offered"][0]["kind"]), (0, &json!("form-application")));

    let issue = format!("{address}/form-application");
    let issued = platform.post(&enterprise, &issue, &json!({})).await.is(200).json();
    assert_eq!(platform.post(&enterprise, &issue, &json!({})).await.is(200).json(), issued, "it says the same and is not issued again");
    assert_eq!(platform.get(&enterprise, &address).await.is(200).json()["issued"], json!([issued]));
    platform.post(&enterprise, &format!("{address}/decision"), &json!({})).await.is(403);
    platform.post(&enterprise, &format!("{address}/none"), &json!({})).await.is(404);

    let document = format!("/documents/{}", issued["id"].as_str().unwrap());
    assert_eq!(platform.get(&enterprise, &document).await.is(200).json(), issued);
    let pdf = platform.get(&enterprise, &format!("{document}/paper.pdf")).await.is(200);
    assert!(pdf.bytes.starts_with(b"%PDF") && pdf.headers[header::CONTENT_TYPE] == "application/pdf");
    assert!(platform.get(&enterprise, &format!("{document}/paper.docx")).await.is(200).bytes.starts_with(b"PK"));
    let code = issued["code"].as_str().unwrap();
    let words = platform.get(&enterprise, &format!("{document}/paper.txt")).await.is(200);
    assert!(String::from_utf8(words.bytes).unwrap().contains(code));
    let provider = platform.token(Kind::Provider).await;
    for part in ["", "/paper.pdf", "/paper.docx", "/paper.txt"] {
        platform.get(&provider, &format!("{document}{part}")).await.is(404);
    }

    let checked = platform.get("", &format!("/verify?code={}", code.to_lowercase().replace('-', ""))).await.is(200).json();
    assert_eq!((&checked["id"], &checked["holds"], &checked["kind_label"]), (&issued["id"], &json!(true), &json!("申报表单")));
    assert!(!checked.to_string().contains("数字化改造项目"), "nothing that stands in it");
    for wrong in ["", "x", "0000-0000-0000"] {
        platform.get("", &format!("/verify?code={wrong}")).await.is(404);
    }
}

#[tokio::test]
async fn a_payment_list_is_issued_for_those_who_pay() {
    let platform = Platform::new().await;
    let (enterprise, finance) = (platform.token(Kind::Enterprise).await, platform.token(Kind::FinanceBureau).await);
    let file = filing::submitted(&platform, &enterprise).await;
    let list = filing::payable(&platform, &file).await;
    let issued = platform.post(&finance, &format!("/payment-lists/{list}/document"), &json!({})).await.is(200).json();
    assert_eq!(issued["kind"], json!("payment_list"));
    let document = format!("/documents/{}/paper.pdf", issued["id"].as_str().unwrap());
    platform.get(&finance, &document).await.is(200);
    platform.get(&platform.token(Kind::Supervisor).await, &document).await.is(404);
}
