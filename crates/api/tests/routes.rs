//! The document is a promise and stands in a file; who may call each route stands in a table.
#![allow(clippy::unwrap_used)]

mod platform;

use std::collections::{BTreeMap, BTreeSet};

use axum::http::Method;
use platform::Platform;
use records::organisation::OrganisationKind as Kind;
use serde_json::Value;
use service::token::Scope;

/// A letter for each kind, in the order of [`Kind::ALL`]: Enterprise, Provider, District, City, Region, Finance, eValuator,
/// Auditor, eXpert, Supervisor, administrator (M).
const LETTERS: &str = "EPDCRFVAXSM";

/// What asks of a batch, a file, a list; `{}` stands for one that is not there.
const NEW_BATCH: &str =
    r#"{"programme":"none","procedure":"x","label":"x","notice":"x","opens_on":"2026-01-01","deadline_on":"2026-03-01"}"#;
const NEW_PUBLICITY: &str = r#"{"programme":"grant","procedure":"subsidy","title":"x","starts_on":"2026-01-21","ends_on":"2026-01-28","contact":"x","files":["none"]}"#;
const SETTLING: &str = r#"{"upheld":false,"reply":"x"}"#;
const DRAFT: &str = r#"{"version":0,"answers":{}}"#;
const STATEMENT: &str = r#"{"version":0,"stated":{}}"#;
const VERSION: &str = r#"{"version":1}"#;
const ASSIGN: &str = r#"{"version":1,"organisation":"auditor"}"#;
const DECLARE: &str = r#"{"version":1,"conflict":false}"#;
const RETURN: &str = r#"{"version":1,"points":[]}"#;
const REFUSE: &str = r#"{"version":1,"findings":[]}"#;
const NOTE: &str = r#"{"version":1,"note":"x"}"#;
const CLAIM: &str = r#"{"version":1,"fen":1,"reason":"x","clause":"1"}"#;
const REPAID: &str = r#"{"version":1,"fen":1}"#;
const BANK: &str = r#"{"file":"none","paid":true}"#;
const REASON: &str = r#"{"version":1,"reason":"x"}"#;
const PUBLIC: &str = "everybody";

/// Each route, a body it can read, and whose tokens it lets through when they have every scope their kind may have.
const TABLE: &[(&str, &str, &str)] = &[
    ("GET /openapi.json", "", PUBLIC),
    ("GET /programmes", "", PUBLIC),
    ("GET /programmes/{programme}", "", PUBLIC),
    ("GET /programmes/{programme}/forms/{form}", "", PUBLIC),
    ("GET /calls", "", PUBLIC),
    ("GET /batches", "", PUBLIC),
    ("GET /batches/{batch}", "", PUBLIC),
    ("POST /batches", NEW_BATCH, "CR"),
    ("POST /batches/{batch}/extend", r#"{"deadline_on":"2026-03-01","reason":"x"}"#, "CR"),
    ("POST /batches/{batch}/close", REASON, "CR"),
    ("GET /products", "", PUBLIC),
    ("GET /products/{product}", "", PUBLIC),
    ("POST /products/{product}/take-down", REASON, "CR"),
    ("GET /publicities", "", PUBLIC),
    ("GET /publicities/{publicity}", "", PUBLIC),
    ("POST /publicities", NEW_PUBLICITY, "CR"),
    ("GET /publicity-candidates?programme=grant&procedure=subsidy", "", "CR"),
    ("GET /publicities/{publicity}/objections", "", "CR"),
    ("POST /publicities/{publicity}/objections", r#"{"file":"x","name":"x","contact":"x","text":"x"}"#, PUBLIC),
    ("GET /publicities/{publicity}/objections/{objection}", "", PUBLIC),
    ("POST /publicities/{publicity}/objections/{objection}/settle", SETTLING, "CR"),
    ("GET /files", "", "EPDCRFS"),
    ("POST /files", r#"{"batch":"none"}"#, "EP"),
    ("GET /files/{file}", "", "EPDCRFVAXS"),
    ("GET /files/{file}/timeline", "", "EPDCRFVAXS"),
    ("GET /files/{file}/papers", "", "EPDCRFVAXS"),
    ("GET /files/{file}/papers/{paper}/content", "", "EPDCRFVAXS"),
    ("GET /inbox", "", "EPDCRFVAX"),
    ("GET /files/{file}/stages/{stage}/draft", "", "EP"),
    ("PUT /files/{file}/stages/{stage}/draft", DRAFT, "EP"),
    ("GET /files/{file}/stages/{stage}/problems", "", "EP"),
    ("POST /files/{file}/stages/{stage}/prepare", VERSION, "EP"),
    ("GET /files/{file}/stages/{stage}/member-page", "", "EP"),
    ("PUT /files/{file}/stages/{stage}/member-page", DRAFT, "EP"),
    ("GET /files/{file}/stages/{stage}/member-page/problems", "", "EP"),
    ("POST /files/{file}/stages/{stage}/member-page/prepare", VERSION, "EP"),
    ("GET /programmes/{programme}/procedures/{procedure}/quotas", "", "DCRS"),
    ("GET /files/{file}/stages/{stage}/statement", "", "PDCRFVAX"),
    ("PUT /files/{file}/stages/{stage}/statement", STATEMENT, "PDCRFVAX"),
    ("POST /files/{file}/stages/{stage}/assign", ASSIGN, "PDCRFVAX"),
    ("POST /files/{file}/stages/{stage}/declare", DECLARE, "PDCRFVAX"),
    ("POST /files/{file}/stages/{stage}/approve", VERSION, "PDCRFVAX"),
    ("POST /files/{file}/stages/{stage}/return", RETURN, "PDCRFVAX"),
    ("POST /files/{file}/stages/{stage}/refuse", REFUSE, "PDCRFVAX"),
    ("POST /files/{file}/stages/{stage}/skip", NOTE, "PDCRFVAX"),
    ("POST /files/{file}/stages/{stage}/assess", VERSION, "PDCRFVAX"),
    ("POST /files/{file}/stages/{stage}/audit", VERSION, "PDCRFVAX"),
    ("POST /files/{file}/claims", CLAIM, "F"),
    ("POST /files/{file}/repayments", REPAID, "F"),
    ("GET /papers", "", "EPDCRFVAX"),
    ("POST /papers", "", "EPDCRFVAX"),
    ("GET /papers/{paper}", "", "EPDCRFVAX"),
    ("GET /papers/{paper}/content", "", "EPDCRFVAX"),
    ("GET /payment-lists", "", "CFS"),
    ("GET /payment-lists/{list}", "", "CFS"),
    ("POST /payment-lists", r#"{"programme":"grant","label":"x","files":["none"]}"#, "F"),
    ("GET /payment-candidates?programme=grant", "", "F"),
    ("POST /payment-lists/{list}/results", BANK, "F"),
    ("POST /payment-lists/{list}/cancel", REASON, "F"),
    ("GET /files/{file}/documents", "", "EPDCRFVAXS"),
    ("POST /files/{file}/documents/{kind}", "", "EPDCRFVAX"),
    ("POST /payment-lists/{list}/document", "", "F"),
    ("GET /documents/{document}", "", "EPDCRFVAXS"),
    ("GET /documents/{document}/paper.pdf", "", "EPDCRFVAXS"),
    ("GET /documents/{document}/paper.docx", "", "EPDCRFVAXS"),
    ("GET /documents/{document}/paper.txt", "", "EPDCRFVAXS"),
    ("GET /verify?code=x", "", PUBLIC),
    ("GET /imports/targets", "", "CR"),
    ("GET /imports/template.xlsx?of=enterprise", "", "CR"),
    ("GET /imports/export.xlsx?payment_list=none", "", "F"),
    ("POST /imports?of=enterprise", "", "CR"),
    ("GET /imports/{import}", "", "EPCRF"),
    ("POST /imports/{import}/corrections", "[]", "EPCRF"),
    ("POST /imports/{import}/left-out", "{}", "EPCRF"),
    ("GET /imports/{import}/marked.xlsx", "", "EPCRF"),
    ("POST /imports/{import}/take-in", "", "EPCRF"),
    ("POST /imports/{import}/discard", "", "EPCRF"),
    ("GET /token", "", "EPDCRFVAXSM"),
    ("GET /organisation", "", "EPDCRFVAXSM"),
    ("GET /mandates", "", "EP"),
    ("GET /notices", "", "EPDCRFVAXSM"),
    ("GET /journal", "", "S"),
    ("GET /journal/{programme}", "", "S"),
];

/// Method, path without its query, and the scopes of which one is enough; none for everybody.
fn operations() -> BTreeMap<String, Option<Vec<String>>> {
    let document = api::document();
    let mut all = BTreeMap::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let alternatives =
                operation["security"].as_array().unwrap_or_else(|| panic!("{method} {path} says nothing of who may call it"));
            let scopes = alternatives.iter().flat_map(|one| one["token"].as_array().into_iter().flatten());
            let scopes: Vec<String> = scopes.map(|scope| scope.as_str().unwrap().to_owned()).collect();
            let public = alternatives.iter().any(|one| one.as_object().unwrap().is_empty());
            all.insert(format!("{} {path}", method.to_uppercase()), (!public).then_some(scopes));
        }
    }
    all
}

#[test]
fn every_route_stands_in_the_table_and_every_scope_is_one() {
    let rows: Vec<&str> = TABLE.iter().map(|(route, ..)| route.split('?').next().unwrap()).collect();
    let listed: BTreeSet<&str> = rows.iter().copied().collect();
    let operations = operations();
    let routes: BTreeSet<&str> = operations.keys().map(String::as_str).collect();
    assert_eq!((listed.len(), &listed), (rows.len(), &routes));
    for (route, scopes) in &operations {
        scopes.iter().flatten().for_each(|scope| assert!(Scope::parse(scope).is_some(), "{route} {scope}"));
        let public = TABLE.iter().find(|(row, ..)| row.split('?').next() == Some(route)).unwrap().2 == PUBLIC;
        assert_eq!(scopes.is_none(), public, "{route}");
    }
}

#[tokio::test]
async fn only_what_the_table_says_gets_through() {
    let platform = Platform::new().await;
    assert_eq!(LETTERS.len(), Kind::ALL.len());
    let mut tokens = Vec::new();
    for (kind, letter) in Kind::ALL.into_iter().zip(LETTERS.chars()) {
        tokens.push((letter, platform.token(kind).await));
    }
    for (route, body, allowed) in TABLE.iter().filter(|(.., allowed)| *allowed != PUBLIC) {
        let let_through: String = through(&platform, route, body, &tokens).await;
        assert_eq!(let_through, *allowed, "{route}");
    }
}

/// The letters of those whose token is not refused; what then comes of a file that is not there is another matter.
async fn through(platform: &Platform, route: &str, body: &str, tokens: &[(char, String)]) -> String {
    let mut letters = String::new();
    for (letter, token) in tokens {
        let status = call(platform, route, body, token).await;
        assert!(status < 500 && status != 401 && status != 405, "{route} {letter} {status}");
        letters.extend((status != 403).then_some(*letter));
    }
    letters
}

async fn call(platform: &Platform, route: &str, body: &str, token: &str) -> u16 {
    let (method, path) = route.split_once(' ').unwrap();
    let path: String =
        path.split('{').map(|part| part.split_once('}').map_or(part.to_owned(), |(_, rest)| format!("none{rest}"))).collect();
    let method: Method = method.parse().unwrap();
    platform.send(method, token, &path, None, body).await.status.as_u16()
}

#[tokio::test]
async fn without_a_token_or_its_scope_nobody_gets_through() {
    let platform = Platform::new().await;
    let other = platform.token_for(Kind::FinanceBureau, &[Scope::ReadOrganisation]).await;
    let (mut without, operations) = (0, operations());
    for (route, body, allowed) in TABLE {
        let scopes = &operations[route.split('?').next().unwrap()];
        match scopes {
            None => assert!(![401, 403].contains(&call(&platform, route, body, "").await), "{route} {allowed}"),
            Some(scopes) => {
                // Only so many wrong tokens are looked at from one address.
                if without < 25 {
                    assert_eq!(call(&platform, route, body, "").await, 401, "{route}");
                    without += 1;
                }
                let enough = scopes.is_empty() || scopes.iter().any(|scope| scope == "read:organisation");
                assert_eq!(call(&platform, route, body, &other).await != 403, enough && *route != "GET /mandates", "{route}");
            }
        }
    }
}

#[test]
fn the_document_changes_only_on_purpose() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/openapi.json");
    let now = serde_json::to_string_pretty(&api::document()).unwrap() + "\n";
    if std::env::var_os("WRITE_SNAPSHOTS").is_some() {
        std::fs::write(file, &now).unwrap();
    }
    let kept = std::fs::read_to_string(file).unwrap_or_default();
    let differs =
        kept.lines().zip(now.lines()).position(|(kept, now)| kept != now).unwrap_or(kept.lines().count().min(now.lines().count()));
    assert!(kept == now, "{file} differs from line {}; if that is meant, write it again with WRITE_SNAPSHOTS=1", differs + 1);
}

#[test]
fn the_document_holds_together() {
    let document = api::document();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    let mut ids = BTreeSet::new();
    for item in document["paths"].as_object().unwrap().values() {
        for operation in item.as_object().unwrap().values() {
            assert!(ids.insert(operation["operationId"].as_str().unwrap()), "{}", operation["operationId"]);
            assert!(operation["summary"].is_string() && operation["tags"][0].is_string() && operation["responses"]["default"].is_object());
        }
    }
    references(&document, &document);
}

/// Every `$ref` leads somewhere.
fn references(document: &Value, part: &Value) {
    if let Some(to) = part["$ref"].as_str() {
        assert!(document.pointer(to.trim_start_matches('#')).is_some(), "{to}");
    }
    match part {
        Value::Object(members) => members.values().for_each(|member| references(document, member)),
        Value::Array(all) => all.iter().for_each(|one| references(document, one)),
        _ => {}
    }
}
