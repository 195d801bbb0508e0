//! Every route that changes something × an organisation of every kind in another place, which is no party to anything: with nothing sent,
//! with an empty object, and with a version that has passed, it learns no more than that there is nothing or that it may not.
#![allow(clippy::unwrap_used)]

mod filing;
mod platform;

use axum::http::Method;
use filing::{payable, submitted};
use platform::Platform;
use records::organisation::OrganisationKind as Kind;
use serde_json::{Value, json};

/// Routes by which a kind of organisation does something of its own, wherever it is: enters a call, a list, a paper.
const OWN: &[(&str, &[Kind])] = &[
    ("POST /batches", &[Kind::CityBureau, Kind::RegionBureau]),
    ("POST /publicities", &[Kind::CityBureau, Kind::RegionBureau]),
    ("POST /files", &[Kind::Enterprise, Kind::Provider]),
    ("POST /payment-lists", &[Kind::FinanceBureau]),
    ("POST /imports", &[Kind::CityBureau, Kind::RegionBureau]),
];

/// Uploading is everybody's who may fill in or act.
const UPLOAD: &str = "POST /papers";

/// Each operation that changes something and asks for a token.
fn changing() -> Vec<(Method, String)> {
    let document = api::document();
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let public = operation["security"].as_array().unwrap().iter().any(|one| one.as_object().unwrap().is_empty());
            if method != "get" && !public {
                all.push((method.to_uppercase().parse().unwrap(), path.clone()));
            }
        }
    }
    all
}

/// What stands for the names in addresses: things that there are.
async fn things(platform: &Platform) -> Vec<(&'static str, String)> {
    let (enterprise, bureau) = (platform.token(Kind::Enterprise).await, platform.token(Kind::CityBureau).await);
    let paid = submitted(platform, &enterprise).await;
    let list = payable(platform, &paid).await;
    let batch = platform.get("", "/batches").await.is(200).json()[0]["id"].as_str().unwrap().to_owned();
    let publicity = platform.get("", "/publicities").await.is(200).json()[0]["id"].as_str().unwrap().to_owned();
    let said = json!({ "file": paid, "name": "李四", "contact": "13800138000", "text": "重复申报。" });
    let objection = platform.post("", &format!("/publicities/{publicity}/objections"), &said).await.is(201).id();
    let template = platform.get(&bureau, "/imports/template.xlsx?of=enterprise").await.is(200).bytes;
    let import = platform.upload_to(&bureau, "/imports?of=enterprise", "企业.xlsx", &template).await.is(201).id();
    vec![
        ("{file}", paid),
        ("{stage}", "check".to_owned()),
        ("{kind}", "form-application".to_owned()),
        ("{list}", list),
        ("{batch}", batch),
        ("{publicity}", publicity),
        ("{objection}", objection),
        ("{import}", import),
        // A product serves a scenario, and no indicator set is loaded here.
        ("{product}", "none".to_owned()),
    ]
}

fn may(route: &str, kind: Kind) -> bool {
    route == UPLOAD || OWN.iter().any(|(own, kinds)| *own == route && kinds.contains(&kind))
}

#[tokio::test]
async fn a_stranger_learns_nothing_whatever_is_sent() {
    let platform = Platform::new().await;
    let things = things(&platform).await;
    let strangers = platform.strangers().await;
    let mut told = Vec::new();
    for (method, path) in changing() {
        let address = things.iter().fold(path.clone(), |address, (name, id)| address.replace(name, id));
        assert!(!address.contains('{'), "what stands for the names in {path}?");
        let address = if path == "/imports" { format!("{address}?of=enterprise") } else { address };
        for (kind, token) in &strangers {
            if may(&format!("{method} {path}"), *kind) {
                continue;
            }
            for body in ["", "{}", r#"{"version":99}"#] {
                let status = platform.send(method.clone(), token, &address, None, body).await.status.as_u16();
                if ![403, 404].contains(&status) {
                    told.push(format!("{method} {path} by {kind:?} with {body:?}: {status}"));
                }
            }
        }
    }
    assert_eq!(told, Vec::<String>::new());
    for (route, _) in OWN {
        assert!(changing().iter().any(|(method, path)| *route == format!("{method} {path}")), "{route} is no route");
    }
    let file: Value = platform.get(&platform.token(Kind::Enterprise).await, &format!("/files/{}", things[0].1)).await.is(200).json();
    assert_eq!(file["state"], "paying", "nothing was changed");
}
