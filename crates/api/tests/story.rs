//! A file from the call to the payment, by programs where programs may and by people where only people may.
#![allow(clippy::unwrap_used)]

mod filing;
mod platform;

use axum::http::{Method, header};
use filing::{filled, submitted, version};
use platform::{Platform, acting};
use records::account::Role;
use records::organisation::OrganisationKind as Kind;
use serde_json::{Value, json};
use service::{ServiceError, application};

#[tokio::test]
async fn from_the_call_to_the_payment() {
    let platform = Platform::new().await;
    let (enterprise, bureau, finance) =
        (platform.token(Kind::Enterprise).await, platform.token(Kind::CityBureau).await, platform.token(Kind::FinanceBureau).await);
    let file = submitted(&platform, &enterprise).await;
    assert_eq!(platform.get("", "/calls?programme=grant").await.is(200).json()[0]["label"], "第一批");

    let waiting = platform.get(&bureau, "/inbox?procedure=subsidy").await.is(200).json();
    assert_eq!((&waiting["rows"][0]["file"]["id"], &waiting["rows"][0]["stage"]), (&json!(file), &json!("check")));
    let approve = format!("/files/{file}/stages/check/approve");
    let refused = platform.post(&bureau, &approve, &json!({ "version": version(&platform, &bureau, &file).await })).await.is(422);
    let problem = refused.json();
    assert_eq!((refused.problem().as_str(), problem["errors"].as_array().unwrap().len()), ("refused", 2), "{problem}");
    let stated = json!({ "version": version(&platform, &bureau, &file).await, "stated": { "texts": { "project.clean": "是" } },
        "judgements": { "truthful": { "holds": true, "note": "已核对" } } });
    platform.post(&bureau, &approve, &stated).await.is(204);

    let decided = platform.get(&enterprise, &format!("/files/{file}")).await.is(200).json();
    assert_eq!((&decided["receipt"]["award_fen"], &decided["outcome"]["award_fen"]), (&json!(3_000_000), &json!(3_000_000)));
    assert_eq!(decided["stated"], Value::Null, "what officials stated is theirs");
    assert!(decided["outcome"]["findings"][0]["clause"].is_string());

    publicised(&platform, &bureau, &file).await;
    service::time_limits::elapse(&platform.desk(20)).await.unwrap();
    paid(&platform, &finance, &file).await;
    told(&platform, &enterprise, &bureau, &file).await;
}

async fn publicised(platform: &Platform, bureau: &str, file: &str) {
    let waiting = platform.get(bureau, "/publicity-candidates?programme=grant&procedure=subsidy").await.is(200).json();
    assert_eq!(waiting[0]["file"]["id"], json!(file));
    let notice = json!({ "programme": "grant", "procedure": "subsidy", "title": "公示", "starts_on": "2026-01-20", "ends_on": "2026-01-27",
        "contact": "0471-1234567", "files": [file] });
    let publicity = platform.post(bureau, "/publicities", &notice).await.is(201).id();
    let shown = platform.get("", &format!("/publicities/{publicity}")).await.is(200).json();
    assert_eq!((&shown["items"][0]["award_fen"], &shown["objections"]), (&json!(3_000_000), &Value::Null));

    let objections = format!("/publicities/{publicity}/objections");
    let said = json!({ "file": file, "name": "李四", "contact": "13800138000", "text": "重复申报。" });
    let objection = platform.post("", &objections, &said).await.is(201).id();
    let known = platform.get("", &format!("{objections}/{objection}")).await.is(200).json();
    assert_eq!((&known["outcome"], &known["name"]), (&Value::Null, &Value::Null));
    assert_eq!(platform.get(bureau, &objections).await.is(200).json()[0]["name"], "李四");
    let settled = json!({ "upheld": false, "reply": "经核实不属实。" });
    platform.post(bureau, &format!("{objections}/{objection}/settle"), &settled).await.is(204);
}

async fn paid(platform: &Platform, finance: &str, file: &str) {
    assert_eq!(platform.get(finance, "/payment-candidates?programme=grant").await.is(200).json()[0]["file"]["id"], json!(file));
    let listing = json!({ "programme": "grant", "label": "第一批", "files": [file] });
    let list = platform.post(finance, "/payment-lists", &listing).await.is(201).id();
    let result = format!("/payment-lists/{list}/results");
    platform.post(finance, &result, &json!({ "file": file, "paid": true })).await.is(422);
    let mut maker = acting(Kind::FinanceBureau, 0);
    maker.roles.insert(Role::Certifier);
    assert!(matches!(service::payment::approve(&platform.desk(0), &maker, &list, 1).await, Err(ServiceError::Refused(_))));
    for signer in [1, 2] {
        let version = platform.get(finance, &format!("/payment-lists/{list}")).await.is(200).json()["version"].as_i64().unwrap();
        service::payment::approve(&platform.desk(0), &acting(Kind::FinanceBureau, signer), &list, version).await.unwrap();
    }
    platform.post(finance, &result, &json!({ "file": file, "paid": true })).await.is(204);
    assert_eq!(platform.get(finance, &format!("/payment-lists/{list}")).await.is(200).json()["items"][0]["result"], "paid");
}

/// What is told afterwards: to the applicant what happened, to the office by whom, to the supervisor the journal.
async fn told(platform: &Platform, enterprise: &str, bureau: &str, file: &str) {
    let timeline = format!("/files/{file}/timeline");
    let accounts = |told: Value| told.as_array().unwrap().iter().filter(|one| one["account"].is_string()).count();
    assert_eq!(accounts(platform.get(enterprise, &timeline).await.is(200).json()), 0);
    let told = platform.get(bureau, &timeline).await.is(200).json();
    assert!(
        told.as_array().unwrap().iter().any(|one| one["account"].as_str().is_some_and(|account| account.starts_with("api:"))),
        "{told}"
    );
    let listed = platform.get(bureau, "/files?state=paid,concluded&sort=award").await.is(200).json();
    assert_eq!((&listed["total"], &listed["rows"][0]["id"]), (&json!(1), &json!(file)));

    let supervisor = platform.token(Kind::Supervisor).await;
    let heads = platform.get(&supervisor, "/journal").await.is(200).json();
    let entries = platform.get(&supervisor, "/journal/grant?limit=1000").await.is(200).json();
    let head = heads.as_array().unwrap().iter().find(|head| head["programme"] == "grant").unwrap();
    assert_eq!(head["hash"], entries.as_array().unwrap().last().unwrap()["hash"]);
    assert_eq!(service::ledger::verify(&platform.store, platform.desk(0).library).await.unwrap().broken, Vec::<String>::new());
}

#[tokio::test]
async fn returned_and_refused_with_clauses() {
    let platform = Platform::new().await;
    let (enterprise, bureau) = (platform.token(Kind::Enterprise).await, platform.token(Kind::CityBureau).await);
    let file = submitted(&platform, &enterprise).await;
    let points = json!([{ "path": "licence", "message": "执照不清晰。", "clause": "1" }]);
    let version_now = version(&platform, &bureau, &file).await;
    let back = json!({ "version": version_now, "points": points });
    platform.post(&bureau, &format!("/files/{file}/stages/check/return"), &back).await.is(204);
    let read = platform.get(&enterprise, &format!("/files/{file}")).await.is(200).json();
    assert_eq!((&read["state"], &read["correction"]["due_on"]), (&json!("to_correct"), &json!("2026-01-30")));
    assert_eq!(read["correction"]["points"][0]["path"], "licence");

    let version_now = version(&platform, &enterprise, &file).await;
    platform.send(Method::POST, &enterprise, &format!("/files/{file}/stages/fill/prepare"), Some(version_now), "{}").await.is(204);
    application::sign(&platform.desk(0), &acting(Kind::Enterprise, 1), &file, version_now + 1, "fill").await.unwrap();
    let findings = json!([{ "message": "与实际不符。", "clause": "9" }]);
    let refuse = format!("/files/{file}/stages/check/refuse");
    let wrong = json!({ "version": version(&platform, &bureau, &file).await, "findings": findings });
    platform.post(&bureau, &refuse, &wrong).await.is(422);
    let right = json!({ "version": wrong["version"], "findings": [{ "message": "与实际不符。", "clause": "1" }] });
    platform.post(&bureau, &refuse, &right).await.is(204);
    let read = platform.get(&enterprise, &format!("/files/{file}")).await.is(200).json();
    assert_eq!((&read["state"], &read["refused"][0]["clause"]), (&json!("refused"), &json!("1")));
}

#[tokio::test]
async fn papers_are_the_organisations_own() {
    let platform = Platform::new().await;
    let (enterprise, provider) = (platform.token(Kind::Enterprise).await, platform.token(Kind::Provider).await);
    let file = filled(&platform, &enterprise).await;
    let paper = platform.get(&enterprise, "/papers").await.is(200).json()["rows"][0].clone();
    let address = format!("/papers/{}", paper["id"].as_str().unwrap());
    assert_eq!((&paper["state"], &paper["media_type"]), (&json!("checked"), &json!("application/pdf")));
    assert_eq!(platform.get(&enterprise, &address).await.is(200).json(), paper);
    let content = platform.get(&enterprise, &format!("{address}/content")).await.is(200);
    assert_eq!(
        (content.bytes.as_slice(), &content.headers[header::CONTENT_DISPOSITION]),
        (&b"%PDF-1.7"[..], &"attachment".parse().unwrap())
    );
    for token in [&provider, &platform.token(Kind::Evaluator).await] {
        platform.get(token, &address).await.is(404);
        platform.get(token, &format!("/files/{file}/papers")).await.is(404);
    }
    assert_eq!(platform.upload(&enterprise, "x.exe", b"MZ").await.is(422).problem(), "refused");
}

#[tokio::test]
async fn a_form_is_described_as_json_schema() {
    let platform = Platform::new().await;
    let schema = platform.get("", "/programmes/grant/forms/application").await.is(200).json();
    let texts = &schema["properties"]["texts"];
    assert_eq!(texts["required"], json!(["project.trade", "application.about", "application.truth"]));
    assert_eq!(texts["properties"]["project.trade"]["oneOf"][0], json!({ "const": "food", "title": "食品" }));
    assert_eq!(texts["properties"]["application.about"]["maxLength"], 200);
    assert_eq!(texts["properties"]["application.effects.0.before"]["title"], "成效：产量，改造前");
    let row = &schema["properties"]["rows"]["properties"]["invoice"]["items"]["properties"]["texts"];
    assert_eq!((&row["required"], &row["properties"]["amount"]["title"]), (&json!(["amount"]), &json!("金额")));
    platform.get("", "/programmes/grant/forms/none").await.is(404);
    platform.get("", "/programmes/grant?version=2").await.is(404);
    let programme = platform.get("", "/programmes/grant").await.is(200).json();
    assert_eq!(programme["procedures"][0]["stages"][1]["judges"], json!(["truthful"]));
}
