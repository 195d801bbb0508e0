//! What lists say is held against what is on file: whoever changes a list beside the program is found out, on both engines, and what
//! happens by use cases never is.
#![allow(clippy::unwrap_used)]

mod city;
#[path = "../../store/tests/on_both_engines/mod.rs"]
mod on_both_engines;

use city::{City, PROGRAMME, name, person};
use on_both_engines::Database;
use papers::paper::{Check, Paper};
use records::Noun as _;
use records::document::{About, CheckCode, Document, DocumentEvent};
use records::enlistment::{Enlistment, EnlistmentEvent};
use records::moment::By;
use service::ledger;
use service::mandate::{Mandating, grant};
use service::payment::{self, Listing};
use sm3::{Digest as _, Sm3};
use store::{Change, Commit, DocumentContent, DocumentIndex, DocumentRow, Index, MandateFilter, StandingRow};

async fn broken(city: &City) -> Vec<String> {
    ledger::verify(&city.store, city.library()).await.unwrap().broken
}

/// Writes one record of a kind that a test does not come to by use cases.
async fn write(city: &City, noun: &'static str, id: &str, event: serde_json::Value, state: String, index: Index) {
    let change = Change { noun, id: id.to_owned(), expected_version: 0, events: vec![event], state, index };
    let commit = Commit { programme: PROGRAMME.to_owned(), at_unix_ms: city.now.0, changes: vec![change], ..Commit::default() };
    city.store.commit(&commit).await.unwrap();
}

/// An office has entered an organisation in a list.
async fn enter(city: &City, procedure: &str, organisation: &str, since_on: &str) {
    let entry = Enlistment {
        programme: PROGRAMME.into(),
        procedure: procedure.into(),
        organisation: organisation.into(),
        since_on: city::day(since_on),
        batch: String::new(),
        basis: String::new(),
        import: "import".into(),
    };
    let row = StandingRow {
        programme: PROGRAMME.into(),
        procedure: procedure.into(),
        organisation: organisation.into(),
        since_on: since_on.into(),
    };
    let id = Enlistment::id(PROGRAMME, procedure, &entry.organisation);
    let state = serde_json::to_string(&entry).unwrap();
    let event = serde_json::to_value(EnlistmentEvent::Entered { entry }).unwrap();
    write(city, Enlistment::NOUN, &id, event, state, Index::Standing(row)).await;
}

/// A paper of these words is issued from a file.
async fn issue(city: &City, id: &str, file: &str) {
    let sm3 = |text: &str| Sm3::digest(text).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let words = papers::text(&Paper { title: "决定书".into(), ..Paper::default() }).unwrap();
    let digest = sm3(&words);
    let code = CheckCode::of_digest(&sm3(id));
    let check = Check { code: code.to_string(), address: None, head: digest.clone() };
    let paper = serde_json::to_string(&Paper { title: "决定书".into(), check: Some(check), ..Paper::default() }).unwrap();
    let document = Document {
        id: id.into(),
        programme: PROGRAMME.into(),
        about: About { noun: "application".into(), id: file.into() },
        kind: "decision".into(),
        title: "决定书".into(),
        code,
        digest: digest.clone(),
        content: Some(sm3(&paper)),
        head: digest.clone(),
        at: city.now,
        by: By::upkeep(),
    };
    let row = DocumentRow {
        id: id.into(),
        programme: PROGRAMME.into(),
        noun: "application".into(),
        record_id: file.into(),
        kind: "decision".into(),
        title: "决定书".into(),
        code: document.code.as_str().into(),
        digest,
        issued_at_ms: city.now.0,
    };
    let index = Index::Document(Box::new(DocumentIndex { row, content: DocumentContent { paper, words } }));
    let state = serde_json::to_string(&document).unwrap();
    let event = serde_json::to_value(DocumentEvent::Issued { document: Box::new(document) }).unwrap();
    write(city, Document::NOUN, id, event, state, index).await;
}

/// A city with something in every list, and its award.
async fn busy(database: &Database) -> (City, String) {
    let mut city = City::new(database.open().await).await;
    let id = city.submitted("enterprise", "district").await;
    city.decided(&id).await;
    city.passed(&id).await;
    let listing = Listing { programme: PROGRAMME.into(), label: "第一批".into(), applications: vec![id.clone()] };
    payment::prepare(&city.desk(), &person("finance"), &listing).await.unwrap();
    let today = city.now.day().to_string();
    let procedures = vec!["subsidy".to_owned()];
    let mandating =
        Mandating { provider: "provider".into(), programme: PROGRAMME.into(), procedures, from_on: today.clone(), until_on: today };
    grant(&city.desk(), &person("enterprise/manager"), &mandating).await.unwrap();
    issue(&city, "paper", &id).await;
    issue(&city, "words", &id).await;
    enter(&city, "roster", "enterprise2", "2025-06-30").await;
    let verified = city.verify().await;
    assert_eq!((verified.listed, verified.more), (verified.records, 0));
    (city, id)
}

on_both_engines! {
    async fn whatever_is_changed_in_a_list_is_named(database: Database) {
        let (city, id) = busy(&database).await;
        let list = city.store.payment_lists(None, &[]).await.unwrap()[0].id.clone();
        let publicity = city.store.publicities(None, &[]).await.unwrap()[0].id.clone();
        let mandate = city.store.mandates(&MandateFilter::default()).await.unwrap()[0].id.clone();
        let batch = city.record(&id).await.1.batch.to_string();
        let mut before = broken(&city).await;
        assert_eq!(before, Vec::<String>::new());
        for (planted, said) in [
            (
                format!("UPDATE application SET award_fen = 1, state = 'paid' WHERE id = '{id}'"),
                format!("application {id} 的列表与档案不一致：application {id} 的 state、award_fen"),
            ),
            (
                format!("UPDATE task SET due_at_ms = 1 WHERE application = '{id}'"),
                format!("application {id} 的列表与档案不一致：task {id}/payment/ 的 due_at_ms"),
            ),
            (
                format!("INSERT INTO participant VALUES ('{id}', 'provider2')"),
                format!("application {id} 的列表多出 participant {id}/provider2"),
            ),
            (
                format!("INSERT INTO invoice_claim VALUES ('26152000000012345678', '{id}', 'proven', '')"),
                format!("application {id} 的列表多出 invoice_claim 26152000000012345678"),
            ),
            (
                "DELETE FROM membership WHERE account = 'city-manager'".to_owned(),
                "account city-manager 的列表缺少 membership city-manager/city".to_owned(),
            ),
            (
                "UPDATE organisation SET name = 'x' WHERE id = 'auditor'".to_owned(),
                "organisation auditor 的列表与档案不一致：organisation auditor 的 name".to_owned(),
            ),
            (
                format!("UPDATE batch_index SET closes_on = '2027-01-01' WHERE id = '{batch}'"),
                format!("batch {batch} 的列表与档案不一致：batch_index {batch} 的 closes_on"),
            ),
            (
                format!("UPDATE mandate_index SET until_on = '2027-01-01' WHERE id = '{mandate}'"),
                format!("mandate {mandate} 的列表与档案不一致：mandate_index {mandate} 的 until_on"),
            ),
            (
                format!("UPDATE publicity_index SET state = 'open' WHERE id = '{publicity}'"),
                format!("publicity {publicity} 的列表与档案不一致：publicity_index {publicity} 的 state"),
            ),
            (
                format!("UPDATE payment_list_index SET total_fen = 1 WHERE id = '{list}'"),
                format!("payment_list {list} 的列表与档案不一致：payment_list_index {list} 的 total_fen"),
            ),
            (
                "UPDATE document_index SET code = 'x' WHERE id = 'paper'".to_owned(),
                "document paper 的列表与档案不一致：document_index paper 的 code".to_owned(),
            ),
            (
                "UPDATE document_content SET paper = replace(paper, '决定书', '证明书') WHERE id = 'paper'".to_owned(),
                "document paper 的内容与台账中的摘要不一致，或者已不在".to_owned(),
            ),
            (
                "UPDATE document_content SET words = replace(words, '决定书', '证明书') WHERE id = 'words'".to_owned(),
                "document words 的内容与台账中的摘要不一致，或者已不在".to_owned(),
            ),
            (
                "UPDATE standing SET since_on = '2025-01-01' WHERE organisation = 'enterprise2'".to_owned(),
                format!("enlistment {PROGRAMME}/roster/enterprise2 的列表与档案不一致：standing {PROGRAMME}/roster/enterprise2 的 since_on"),
            ),
            (
                format!("INSERT INTO standing VALUES ('{PROGRAMME}', 'pool', 'provider2', '2025-01-01')"),
                format!("standing {PROGRAMME}/pool/provider2 没有名录登记，也没有办结的申报件"),
            ),
            (
                "INSERT INTO batch_index VALUES ('z', 'x', 'x', 'x', 'open', NULL, NULL)".to_owned(),
                "batch_index 中有 batch z，台账中没有这一档案".to_owned(),
            ),
        ] {
            database.change(&planted).await;
            let after = broken(&city).await;
            let new: Vec<&String> = after.iter().filter(|one| !before.contains(one)).collect();
            assert_eq!(new, [&said], "{planted}");
            before = after;
        }
    }

    async fn a_standing_is_held_since_what_gave_it_first(database: Database) {
        let mut city = City::new(database.open().await).await;
        enter(&city, "roster", "enterprise2", "2025-06-30").await;
        city.roster("enterprise2", "district2").await;
        city.pool("provider").await;
        city.on("2026-01-12");
        city.pool("provider").await;
        let since = async |organisation: &str| city.store.standings(organisation).await.unwrap().pop().unwrap().since_on;
        assert_eq!((since("enterprise2").await.as_str(), since("provider").await.as_str()), ("2025-06-30", "2026-01-06"));
        city.verify().await;
        // The days of the later file and of the file beside the entry are days of files, and wrong all the same.
        for (organisation, day, found) in [("provider", "2026-01-12", 1), ("enterprise2", "2026-01-06", 1)] {
            database.change(&format!("UPDATE standing SET since_on = '{day}' WHERE organisation = '{organisation}'")).await;
            let broken = broken(&city).await;
            assert_eq!(broken.len(), found, "{broken:?}");
            assert!(broken[0].contains("since_on"), "{broken:?}");
            database.change("UPDATE standing SET since_on = '2026-01-06' WHERE organisation = 'provider'").await;
        }
        database.change("DELETE FROM standing WHERE organisation = 'provider'").await;
        let broken = broken(&city).await;
        assert_eq!(broken.iter().filter(|one| one.contains("的列表缺少 standing")).count(), 2, "by either file: {broken:?}");
    }

    async fn a_whole_list_that_was_changed_is_counted(database: Database) {
        let city = City::new(database.open().await).await;
        let many: Vec<String> = (0..1_200).map(|at| format!("('account{at}', 'city')")).collect();
        database.change(&format!("INSERT INTO membership VALUES {}", many.join(", "))).await;
        let verified = ledger::verify(&city.store, city.library()).await.unwrap();
        // The store names a thousand of each table.
        assert_eq!((verified.broken.len(), verified.more), (1_000, 0));
        database.change(&format!("UPDATE organisation SET name = '{}'", name("x"))).await;
        let verified = ledger::verify(&city.store, city.library()).await.unwrap();
        assert_eq!((verified.broken.len(), verified.more), (1_000, city::ORGANISATIONS.len()));
    }
}
