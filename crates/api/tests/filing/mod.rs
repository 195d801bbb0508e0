//! A file filled in, handed in, and brought as far as its money.
#![allow(dead_code)] // each test program uses some of it

use axum::http::{Method, header};
use records::account::Role;
use records::organisation::OrganisationKind as Kind;
use serde_json::{Value, json};
use service::{ServiceError, application};

use crate::platform::{Platform, acting};

pub async fn version(platform: &Platform, token: &str, file: &str) -> i64 {
    platform.get(token, &format!("/files/{file}")).await.is(200).json()["version"].as_i64().unwrap()
}

/// Opens a call, begins a file and fills it in; answers its id.
pub async fn filled(platform: &Platform, enterprise: &str) -> String {
    let bureau = platform.token(Kind::CityBureau).await;
    let call = json!({ "programme": "grant", "procedure": "subsidy", "label": "第一批", "notice": "请申报。",
        "opens_on": "2026-01-10", "deadline_on": "2026-02-10" });
    let batch = platform.post(&bureau, "/batches", &call).await.is(201).id();
    let file = platform.post(enterprise, "/files", &json!({ "batch": batch })).await.is(201).id();
    let paper = platform.upload(enterprise, "执照.pdf", b"%PDF-1.7").await.is(201).id();
    let draft = format!("/files/{file}/stages/fill/draft");
    let answers = json!({
        "texts": { "project.trade": "food", "project.clean": "是", "application.about": "数字化改造项目", "application.truth": "yes", "x": " " },
        "rows": { "invoice": [{ "id": "1", "parent": null, "texts": { "amount": "30000" } }] },
    });
    let typed = json!({ "answers": answers, "papers": { "licence": [paper] } }).to_string();
    let saved = platform.send(Method::PUT, enterprise, &draft, Some(0), &typed).await.is(200);
    let read = platform.get(enterprise, &draft).await.is(200);
    assert_eq!(saved.headers[header::ETAG], read.headers[header::ETAG]);
    assert_eq!((&read.json()["papers"]["licence"][0], &read.json()["answers"]["texts"]["x"]), (&json!(paper), &Value::Null));
    platform.send(Method::PUT, enterprise, &draft, Some(0), &typed).await.is(409);
    file
}

/// The same, handed in: prepared by the token, signed by a person.
pub async fn submitted(platform: &Platform, enterprise: &str) -> String {
    let file = filled(platform, enterprise).await;
    let prepare = format!("/files/{file}/stages/fill/prepare");
    assert_eq!(platform.get(enterprise, &format!("/files/{file}/stages/fill/problems")).await.is(200).json(), json!([]));
    assert_eq!(platform.post(enterprise, &prepare, &json!({})).await.is(428).problem(), "no-version");
    let before = version(platform, enterprise, &file).await;
    platform.send(Method::POST, enterprise, &prepare, Some(before), "{}").await.is(204);
    let stale = platform.send(Method::POST, enterprise, &prepare, Some(before), "{}").await.is(409);
    assert_eq!(stale.problem(), "conflict");
    let mut maker = acting(Kind::Enterprise, 0);
    maker.roles.insert(Role::Certifier);
    let alone = application::sign(&platform.desk(0), &maker, &file, before + 1, "fill").await;
    assert!(matches!(alone, Err(ServiceError::Refused(_))), "whoever made the token does not sign what came in by it");
    let signer = acting(Kind::Enterprise, 1);
    application::sign(&platform.desk(0), &signer, &file, before + 1, "fill").await.unwrap();
    file
}

/// A payment list with this file that two people approved; answers its id.
pub async fn payable(platform: &Platform, file: &str) -> String {
    let (bureau, finance) = (platform.token(Kind::CityBureau).await, platform.token(Kind::FinanceBureau).await);
    let stated = json!({ "version": version(platform, &bureau, file).await, "stated": { "texts": { "project.clean": "是" } },
        "judgements": { "truthful": { "holds": true, "note": "已核对" } } });
    platform.post(&bureau, &format!("/files/{file}/stages/check/approve"), &stated).await.is(204);
    let notice = json!({ "programme": "grant", "procedure": "subsidy", "title": "公示", "starts_on": "2026-01-20", "ends_on": "2026-01-27",
        "contact": "0471-1234567", "files": [file] });
    platform.post(&bureau, "/publicities", &notice).await.is(201);
    service::time_limits::elapse(&platform.desk(20)).await.unwrap();
    let listing = json!({ "programme": "grant", "label": "第一批", "files": [file] });
    let list = platform.post(&finance, "/payment-lists", &listing).await.is(201).id();
    for signer in [1, 2] {
        let version = platform.get(&finance, &format!("/payment-lists/{list}")).await.is(200).json()["version"].as_i64().unwrap();
        service::payment::approve(&platform.desk(0), &acting(Kind::FinanceBureau, signer), &list, version).await.unwrap();
    }
    list
}
