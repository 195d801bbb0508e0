//! What somebody may change of a paper in the database: each change is told to whoever checks it, and none is opened.

use records::document::Document;
use service::document;

use super::city::{City, person, refusal};
use super::on_both_engines::Database;

/// What it is, and the statements that change it and put it back.
type Change = (&'static str, String, String);

/// Changes of the picture: another file, or none at all.
pub const ATTACHED: [(&str, &str, &str); 2] =
    [("the file of a picture", "\"digest\":\"7777", "\"digest\":\"8888"), ("the pictures", "\"Attached\"", "\"Unknown\"")];

/// Every change alone is told, and what is put back holds. The paper is the last that was written.
pub async fn every_change_is_told(city: &City, database: &Database, id: &str, in_content: &[(&'static str, &str, &str)]) {
    let document = document::open(&city.desk(), Some(&person("city")), id).await.unwrap().document;
    let own = in_content.iter().map(|(what, from, to)| (*what, replaced("document_content", "paper", id, from, to)));
    let mut changes: Vec<Change> = own.map(|(what, (there, back))| (what, there, back)).collect();
    changes.extend(of_content(&document));
    changes.extend(of_journal(city, &document).await);
    if document.content.is_some() {
        changes.extend(of_kept(city, &document).await);
    }
    for (what, changed, undone) in changes {
        assert!(holds(city, &document).await, "{id} before {what}");
        database.change(&changed).await;
        is_told(city, &document, what).await;
        database.change(&undone).await;
    }
    assert!(holds(city, &document).await, "{id} in the end");
}

/// Everything that belongs together, changed together and hashed anew: the chain goes on from another entry.
pub async fn what_is_hashed_anew_is_told(city: &City, database: &Database, id: &str) {
    city.call("roster").await;
    let document = document::open(&city.desk(), Some(&person("city")), id).await.unwrap().document;
    for digest in std::iter::once(&document.digest).chain(&document.content) {
        let hash = city.store.entries_of("document", id).await.unwrap().remove(0).hash;
        let (record, record_back) = record(id, digest, &none());
        let (entry, entry_back) = entry(id, digest, &none());
        database.change(&record).await;
        database.change(&entry).await;
        let forged = city.store.entries_of("document", id).await.unwrap().remove(0);
        database.change(&rehashed(id, &journal::hash(&forged))).await;
        is_told(city, &document, "hashed anew").await;
        for sql in [record_back, entry_back, rehashed(id, &hash)] {
            database.change(&sql).await;
        }
        assert!(holds(city, &document).await, "{id} put back");
    }
}

async fn holds(city: &City, document: &Document) -> bool {
    document::check(&city.desk(), &document.code.to_string()).await.unwrap().unwrap().holds
}

async fn is_told(city: &City, document: &Document, what: &str) {
    assert!(!holds(city, document).await, "{} {what}", document.id);
    let opened = refusal(document::open(&city.desk(), Some(&person("city")), document.id.as_str()).await);
    assert!(opened.message.contains("与平台记录不一致"), "{} {what}: {opened:?}", document.id);
}

fn none() -> String {
    "0".repeat(64)
}

fn replaced(table: &str, column: &str, id: &str, from: &str, to: &str) -> (String, String) {
    let change = |from: &str, to: &str| format!("UPDATE {table} SET {column} = replace({column}, '{from}', '{to}') WHERE id = '{id}'");
    (change(from, to), change(to, from))
}

fn record(id: &str, from: &str, to: &str) -> (String, String) {
    replaced("record", "state", id, from, to)
}

fn entry(id: &str, from: &str, to: &str) -> (String, String) {
    let change = |from: &str, to: &str| {
        format!("UPDATE entry SET event = replace(event, '{from}', '{to}') WHERE noun = 'document' AND record_id = '{id}'")
    };
    (change(from, to), change(to, from))
}

fn rehashed(id: &str, hash: &str) -> String {
    format!("UPDATE entry SET hash = '{hash}' WHERE noun = 'document' AND record_id = '{id}'")
}

/// The paper as it is kept, whether or not its words are.
fn of_content(document: &Document) -> Vec<Change> {
    let (id, code) = (document.id.as_str(), document.code.to_string());
    let content = |from: &str, to: &str| replaced("document_content", "paper", id, from, to);
    let all = [
        ("its words", content("设备联网", "软件开发")),
        ("its code", content(&code, "0000-0000-0000")),
        ("the head at its foot", content(&document.head, &none())),
        ("no paper at all", content("{", "<")),
    ];
    all.into_iter().map(|(what, (there, back))| (what, there, back)).collect()
}

/// Record, entry and chain.
async fn of_journal(city: &City, document: &Document) -> Vec<Change> {
    let (id, programme, head, none) = (document.id.as_str(), &document.programme, &document.head, none());
    let hash = city.store.entries_of("document", id).await.unwrap().remove(0).hash;
    let of_record = [
        ("the digest on record", record(id, &document.digest, &none)),
        ("the head on record", record(id, head, &none)),
        ("the digest in the journal", entry(id, &document.digest, &none)),
        ("the head in the journal", entry(id, head, &none)),
        ("who issued it", entry(id, "city-handler", "city-nobody!")),
    ];
    let mut all: Vec<Change> = of_record.into_iter().map(|(what, (there, back))| (what, there, back)).collect();
    let lost = format!("UPDATE entry SET record_id = '' WHERE noun = 'document' AND record_id = '{id}'");
    let found = format!("UPDATE entry SET record_id = '{id}' WHERE noun = 'document' AND record_id = ''");
    let end = |head: &str| format!("UPDATE chain SET head = '{head}' WHERE programme = '{programme}'");
    let of_head = |from: &str, to: &str| format!("UPDATE entry SET hash = '{to}' WHERE hash = '{from}'");
    all.extend([
        ("the hash of the entry", rehashed(id, &none), rehashed(id, &hash)),
        ("the entry itself", lost, found),
        ("the entry of the head", of_head(head, &none), of_head(&none, head)),
        ("the end of the chain", end(&none), end(&hash)),
    ]);
    all
}

/// What is kept of a paper since words are: every byte of both texts, and the digest of the content.
async fn of_kept(city: &City, document: &Document) -> Vec<Change> {
    let (id, content) = (document.id.as_str(), document.content.clone().unwrap());
    let words = city.store.document_content(id).await.unwrap().unwrap().words;
    let set = |words: &str| format!("UPDATE document_content SET words = '{}' WHERE id = '{id}'", words.replace('\'', "''"));
    let laid = |from: &str, to: &str| replaced("document_content", "paper", id, from, to);
    let kept = |sql: &str| format!("UPDATE document_content SET paper = {sql} WHERE id = '{id}'");
    let all = [
        ("the kept words", replaced("document_content", "words", id, "设备联网", "软件开发")),
        ("the kept words, by a space", (set(&format!("{words} ")), set(&words))),
        ("no kept words", (set(""), set(&words))),
        ("how the sheet lies", laid("Portrait", "Landscape")),
        ("a space after the content", (kept("paper || ' '"), kept("rtrim(paper)"))),
        ("the content's digest on record", record(id, &content, &none())),
        ("the content's digest in the journal", entry(id, &content, &none())),
        ("no content's digest on record", record(id, "\"content\":", "\"contents\":")),
        ("no content's digest in the journal", entry(id, "\"content\":", "\"contents\":")),
    ];
    all.into_iter().map(|(what, (there, back))| (what, there, back)).collect()
}
