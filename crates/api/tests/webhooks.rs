//! Calls to other systems, against a receiver on this machine.
#![allow(clippy::unwrap_used)]

mod platform;

use std::collections::BTreeSet;

use platform::{Platform, acting};
use records::organisation::OrganisationKind as Kind;
use serde_json::{Value, json};
use service::mail::Delivered;
use service::webhook::{self, Caller, signature};
use service::{ServiceError, batch};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// A call as it came.
struct Came {
    head: String,
    body: String,
}

impl Came {
    fn header(&self, name: &str) -> &str {
        let line = self.head.lines().find(|line| line.to_lowercase().starts_with(&format!("{name}:")));
        line.unwrap().split_once(": ").unwrap().1
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

/// A receiver that answers one status after another, the last for ever.
async fn receiver(statuses: &'static [u16]) -> (String, UnboundedReceiver<Came>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/hook?from=here", listener.local_addr().unwrap());
    let (sender, came) = unbounded_channel();
    tokio::spawn(async move {
        for at in 0.. {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut text = String::new();
            let whole = |text: &str| text.split_once("\r\n\r\n").is_some_and(|(head, body)| body.len() >= length(head));
            while !whole(&text) {
                let mut bytes = [0; 4096];
                let read = stream.read(&mut bytes).await.unwrap();
                text.push_str(std::str::from_utf8(&bytes[..read]).unwrap());
            }
            let (head, body) = text.split_once("\r\n\r\n").unwrap();
            sender.send(Came { head: head.into(), body: body.into() }).unwrap();
            let status = statuses[at.min(statuses.len() - 1)];
            let answer = format!("HTTP/1.1 {status} x\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 2\r\n\r\nok");
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    (address, came)
}

fn length(head: &str) -> usize {
    let line = head.lines().find(|line| line.to_lowercase().starts_with("content-length:"));
    line.and_then(|line| line.split_once(' ')?.1.parse().ok()).unwrap_or(0)
}

fn here() -> BTreeSet<String> {
    BTreeSet::from(["127.0.0.1".to_owned()])
}

async fn deliver(platform: &Platform, minutes: i64) -> Delivered {
    let now_ms = platform.desk(0).edge.now.0 + minutes * 60_000;
    webhook::deliver(&platform.store, &Caller::new(here()).unwrap(), now_ms).await.unwrap()
}

/// Says where an organisation is called; answers the secret.
async fn set(platform: &Platform, kind: Kind, address: &str) -> String {
    webhook::set(&platform.desk(0), &platform.session(kind).await, &here(), address).await.unwrap().secret
}

/// A file that its person has signed.
async fn submitted(platform: &Platform) -> String {
    use records::answers::{Answers, RowAnswers};
    use service::application::{self, FillDraft};
    let (desk, filler, signer) = (platform.desk(0), acting(Kind::Enterprise, 0), acting(Kind::Enterprise, 1));
    let calling = batch::Calling {
        programme: "grant".into(),
        procedure: "subsidy".into(),
        label: "第一批".into(),
        notice: "请申报。".into(),
        opens_on: "2026-01-10".into(),
        deadline_on: "2026-02-10".into(),
    };
    let call = batch::open(&desk, &acting(Kind::CityBureau, 0), &calling).await.unwrap();
    let id = application::start(&desk, &filler, &call).await.unwrap();
    let paper =
        service::demo::paper(&platform.store, "enterprise", "enterprise-0", "a.pdf", &"0".repeat(64), 1, desk.edge.now).await.unwrap();
    let mut answers = Answers::default();
    let texts = [("project.trade", "food"), ("project.clean", "是"), ("application.about", "数字化改造"), ("application.truth", "yes")];
    texts.iter().for_each(|(path, text)| answers.set(path, text));
    let row = RowAnswers { id: "1".into(), parent: None, texts: [("amount".to_owned(), "30000".to_owned())].into() };
    answers.rows.insert("invoice".into(), vec![row]);
    let draft = FillDraft { answers, papers: [("licence".to_owned(), vec![paper.into()])].into() };
    application::save_draft(&desk, &filler, &id, "fill", 0, &draft).await.unwrap();
    let version = application::open(&desk, &filler, &id).await.unwrap().version;
    application::prepare(&desk, &filler, &id, version, "fill").await.unwrap();
    application::sign(&desk, &signer, &id, version + 1, "fill").await.unwrap();
    id
}

#[tokio::test]
async fn the_applicant_and_the_office_are_called_with_a_signature() {
    let platform = Platform::new().await;
    let (address, mut came) = receiver(&[200]).await;
    let secret = set(&platform, Kind::Enterprise, &address).await;
    set(&platform, Kind::CityBureau, &address).await;
    set(&platform, Kind::FinanceBureau, &address).await;
    set(&platform, Kind::Evaluator, &address).await;
    let file = submitted(&platform).await;
    assert_eq!(deliver(&platform, 0).await, Delivered { sent: 4, failed: 0 }, "submitted and opened, for the applicant and the bureau");
    let mut calls = Vec::new();
    for _ in 0..4 {
        calls.push(came.recv().await.unwrap());
    }
    let call = calls.iter().find(|call| {
        call.header("webhook-signature") == signature(&secret, call.header("webhook-id"), platform::NOW_UNIX_S, &call.body)
            && call.json()["event"] == "file.submitted"
    });
    let call = call.unwrap();
    assert!(call.head.starts_with("POST /hook?from=here HTTP/1.1"), "{}", call.head);
    assert_eq!((call.header("content-type"), call.header("webhook-timestamp")), ("application/json", &*platform::NOW_UNIX_S.to_string()));
    let said = call.json();
    assert_eq!((&said["file"]["id"], &said["file"]["state"], &said["stage"]), (&json!(file), &json!("in_review"), &json!("fill")));
    assert!(!call.body.contains("30000") && !call.body.contains("金额"), "a call is thin");

    let shown = webhook::webhook(&platform.desk(0), &platform.session(Kind::Enterprise).await).await.unwrap().unwrap();
    let states: Vec<(&str, &str)> = shown.calls.iter().map(|call| (call.event.as_str(), call.state.as_str())).collect();
    assert!(states.contains(&("file.submitted", "sent")) && states.contains(&("file.stage_opened", "sent")), "{states:?}");
}

#[tokio::test]
async fn a_call_comes_again_until_it_is_taken_under_the_same_id() {
    let platform = Platform::new().await;
    let (address, mut came) = receiver(&[500, 302, 204]).await;
    set(&platform, Kind::CityBureau, &address).await;
    submitted(&platform).await;
    // One of the two calls only, so that the answers come in order.
    let first = platform.store.calls_to("city_bureau", 10).await.unwrap()[0].id.clone();
    platform.store.outbox_tried(&first, 0, &store::Delivery::Sent).await.unwrap();
    for (minutes, expected) in [(0, (0, 1)), (0, (0, 0)), (1, (0, 1)), (5, (0, 0)), (6, (1, 0)), (600, (0, 0))] {
        let delivered = deliver(&platform, minutes).await;
        assert_eq!((delivered.sent, delivered.failed), expected, "{minutes}");
    }
    let ids = [came.recv().await.unwrap(), came.recv().await.unwrap(), came.recv().await.unwrap()]
        .map(|call| call.header("webhook-id").to_owned());
    assert!(ids.iter().all(|id| *id == ids[0]));
    assert!(came.try_recv().is_err(), "a redirect is not followed");
}

#[tokio::test]
async fn calls_stop_with_the_address() {
    let platform = Platform::new().await;
    let (address, mut came) = receiver(&[200]).await;
    set(&platform, Kind::CityBureau, &address).await;
    submitted(&platform).await;
    webhook::remove(&platform.desk(0), &platform.session(Kind::CityBureau).await).await.unwrap();
    assert_eq!(deliver(&platform, 0).await, Delivered { sent: 0, failed: 2 });
    assert!(came.try_recv().is_err());
    assert!(platform.store.calls_to("city_bureau", 10).await.unwrap().iter().all(|call| call.state == "failed"));
    let administrator = acting(Kind::Administrator, 0);
    assert_eq!(service::mail::failed(&platform.desk(0), &administrator).await.unwrap().len(), 0, "letters are listed, calls are not");
}

#[tokio::test]
async fn nothing_inside_is_called() {
    let platform = Platform::new().await;
    let session = platform.session(Kind::CityBureau).await;
    for address in
        ["http://example.cn/", "https://10.0.0.1/", "https://localhost:x/", "https://user@example.cn/", "https://169.254.169.254/"]
    {
        let set = webhook::set(&platform.desk(0), &session, &here(), address).await;
        assert!(matches!(set, Err(ServiceError::Refused(_))), "{address}");
    }
    // A name that stands for an address inside is found out when it is called.
    set(&platform, Kind::CityBureau, "https://localhost:9/").await;
    submitted(&platform).await;
    deliver(&platform, 0).await;
    let errors = platform.store.calls_to("city_bureau", 10).await.unwrap();
    assert!(errors.iter().all(|call| call.state == "waiting" && call.last_error.contains("内部网络")), "{errors:?}");
    let signer = platform.session_of(Kind::CityBureau, 1).await;
    assert!(matches!(webhook::set(&platform.desk(0), &signer, &here(), "https://example.cn/").await, Err(ServiceError::Forbidden)));
}
