//! Commits that tests make: an application with everything that hangs on it.
#![allow(dead_code)] // each test program uses some of it

use serde_json::json;
use store::{ApplicationIndex, ApplicationRow, Change, Commit, Index, NewNotice, NewOutbox, OrganisationRow, OutboxKind, TaskRow, Who};

pub const PROGRAMME: &str = "example";

pub fn who() -> Who {
    Who { account: "u-1".to_owned(), organisation: "o-1".to_owned(), mandate: None }
}

/// A commit of these changes.
pub fn commit(changes: Vec<Change>) -> Commit {
    Commit { programme: PROGRAMME.to_owned(), at_unix_ms: 1_763_000_000_000, who: who(), changes, ..Commit::default() }
}

/// A record of a kind that is in no list, changed by one event.
pub fn plain(noun: &'static str, id: &str, expected_version: i64) -> Change {
    let events = vec![json!({"event": "changed", "from": expected_version})];
    let state = format!("{{\"version\":{}}}", expected_version + 1);
    Change { noun, id: id.to_owned(), expected_version, events, state, index: Index::None }
}

/// A new application with a row, a task and two events.
pub fn application(id: &str) -> Change {
    let events = vec![json!({"event": "opened"}), json!({"event": "filled", "name": "甲公司"})];
    let index = Index::Application(Box::new(ApplicationIndex {
        row: row(id),
        tasks: vec![task(id, "check")],
        participants: vec![],
        granted: vec![],
        revoked: vec![],
        invoices: vec![],
    }));
    Change { noun: "application", id: id.to_owned(), expected_version: 0, events, state: "{}".to_owned(), index }
}

pub fn row(id: &str) -> ApplicationRow {
    ApplicationRow {
        id: id.to_owned(),
        programme: PROGRAMME.to_owned(),
        procedure: "subsidy".to_owned(),
        pack_version: "1".to_owned(),
        batch: "b-1".to_owned(),
        number: format!("N-{id}"),
        applicant: "o-1".to_owned(),
        applicant_name: "甲公司".to_owned(),
        provider: String::new(),
        place: "甲区".to_owned(),
        place_path: "p/c/d".to_owned(),
        state: "open".to_owned(),
        stage: "check".to_owned(),
        due_at_ms: None,
        level: None,
        recognised_fen: None,
        award_fen: None,
        updated_at_ms: 0,
        offices: "|".to_owned(),
        search: format!("甲公司 n-{id}"),
    }
}

pub fn task(application: &str, stage: &str) -> TaskRow {
    TaskRow {
        application: application.to_owned(),
        stage: stage.to_owned(),
        programme: PROGRAMME.to_owned(),
        procedure: "subsidy".to_owned(),
        actor: "district_bureau".to_owned(),
        organisation: String::new(),
        place_path: "p/c/d".to_owned(),
        title: "审核".to_owned(),
        opened_at_ms: 0,
        due_at_ms: None,
    }
}

/// An application whose list rows are as given.
pub fn listed(row: ApplicationRow, tasks: Vec<TaskRow>) -> Change {
    let id = row.id.clone();
    Change {
        index: Index::Application(Box::new(ApplicationIndex {
            row,
            tasks,
            participants: vec![],
            granted: vec![],
            revoked: vec![],
            invoices: vec![],
        })),
        ..application(&id)
    }
}

pub fn organisation(id: &str, name: &str, credit_code: Option<&str>) -> Change {
    let row = OrganisationRow {
        id: id.to_owned(),
        kind: "enterprise".to_owned(),
        name: name.to_owned(),
        credit_code: credit_code.map(str::to_owned),
        place: "甲区".to_owned(),
        place_path: "p/c/d".to_owned(),
        state: "active".to_owned(),
        search: name.to_lowercase(),
    };
    Change { index: Index::Organisation(row), ..plain("organisation", id, 0) }
}

pub fn notice(organisation: &str, account: Option<&str>) -> NewNotice {
    NewNotice {
        organisation: organisation.to_owned(),
        account: account.map(str::to_owned),
        subject: "已受理".to_owned(),
        body: "您的申报件已受理。".to_owned(),
        link: "/applications/a-1".to_owned(),
    }
}

pub fn mail(target: &str) -> NewOutbox {
    NewOutbox { kind: OutboxKind::Mail, target: target.to_owned(), body: "{}".to_owned() }
}
