//! List rows are held against what records say of them: whatever is changed in any column of any list is found, on both engines.
#![allow(clippy::unwrap_used)]

mod given;
mod on_both_engines;

use given::{PROGRAMME, commit, plain};
use on_both_engines::Database;
use store::{
    AccountRow, ApplicationIndex, BatchRow, Change, Difference, DocumentContent, DocumentIndex, DocumentRow, Index, MandateRow, Ownerless,
    PaymentListRow, PublicityRow, RowFault, StandingRow, Store,
};
use store::{Grade, InvoiceUse};

/// Every list, the key of its row, and its other columns.
const LISTS: [(&str, &str, &[&str]); 9] = [
    (
        "application",
        "a-1",
        &[
            "programme",
            "procedure",
            "pack_version",
            "batch",
            "number",
            "applicant",
            "applicant_name",
            "provider",
            "place",
            "place_path",
            "state",
            "stage",
            "due_at_ms",
            "level",
            "recognised_fen",
            "award_fen",
            "updated_at_ms",
            "search",
        ],
    ),
    ("task", "a-1/check/", &["programme", "procedure", "actor", "place_path", "title", "opened_at_ms", "due_at_ms"]),
    ("organisation", "o-1", &["kind", "name", "credit_code", "place", "place_path", "state", "search"]),
    ("batch_index", "b-1", &["programme", "procedure", "label", "state", "opens_on", "closes_on"]),
    ("mandate_index", "m-1", &["enterprise", "provider", "programme", "from_on", "until_on", "state"]),
    ("publicity_index", "p-1", &["programme", "procedure", "label", "state", "starts_on", "ends_on"]),
    ("payment_list_index", "l-1", &["programme", "label", "state", "total_fen", "created_at_ms"]),
    ("document_index", "d-1", &["programme", "noun", "record_id", "kind", "title", "code", "digest", "issued_at_ms"]),
    ("standing", "example/pool/o-1", &["since_on"]),
];

fn text(text: &str) -> String {
    text.to_owned()
}

fn standing(procedure: &str) -> StandingRow {
    StandingRow { programme: text(PROGRAMME), procedure: text(procedure), organisation: text("o-1"), since_on: text("2025-11-03") }
}

/// One record of every kind that stands in a list, with its rows.
fn everything() -> Vec<(&'static str, String, Index)> {
    let application = ApplicationIndex {
        row: given::row("a-1"),
        tasks: vec![given::task("a-1", "check"), given::task("a-1", "review")],
        participants: vec![text("o-1"), text("o-2")],
        granted: vec![standing("pool")],
        revoked: vec![],
        invoices: ["1", "2"].map(|number| InvoiceUse { number: text(number), also: String::new(), grade: Grade::Proven }).to_vec(),
    };
    let batch = BatchRow {
        id: text("b-1"),
        programme: text(PROGRAMME),
        procedure: text("subsidy"),
        label: text("第一批"),
        state: text("open"),
        opens_on: Some(text("2026-01-05")),
        closes_on: None,
    };
    let mandate = MandateRow {
        id: text("m-1"),
        enterprise: text("o-1"),
        provider: text("o-2"),
        programme: text(PROGRAMME),
        from_on: text("2026-01-05"),
        until_on: text("2026-02-05"),
        state: text("granted"),
    };
    let publicity = PublicityRow {
        id: text("p-1"),
        programme: text(PROGRAMME),
        procedure: text("subsidy"),
        label: text("公示"),
        state: text("open"),
        starts_on: text("2026-01-05"),
        ends_on: text("2026-01-12"),
    };
    let payment = PaymentListRow {
        id: text("l-1"),
        programme: text(PROGRAMME),
        label: text("第一批"),
        state: text("prepared"),
        total_fen: 5,
        created_at_ms: 7,
    };
    let document = DocumentRow {
        id: text("d-1"),
        programme: text(PROGRAMME),
        noun: text("application"),
        record_id: text("a-1"),
        kind: text("decision"),
        title: text("决定书"),
        code: text("CODE"),
        digest: text("d"),
        issued_at_ms: 1,
    };
    let organisation = given::organisation("o-1", "甲公司", Some("91")).index;
    vec![
        ("application", text("a-1"), Index::Application(Box::new(application))),
        ("account", text("u-1"), Index::Account(AccountRow { id: text("u-1"), organisations: vec![text("o-1"), text("o-2")] })),
        ("organisation", text("o-1"), organisation),
        ("batch", text("b-1"), Index::Batch(batch)),
        ("mandate", text("m-1"), Index::Mandate(mandate)),
        ("publicity", text("p-1"), Index::Publicity(publicity)),
        ("payment_list", text("l-1"), Index::PaymentList(payment)),
        ("document", text("d-1"), Index::Document(Box::new(DocumentIndex { row: document, content: DocumentContent::default() }))),
        ("enlistment", text("example/roster/o-1"), Index::Standing(standing("roster"))),
    ]
}

async fn written(database: &Database) -> Store {
    let store = database.open().await;
    let changes = everything().into_iter().map(|(noun, id, index)| Change { index, ..plain(noun, &id, 0) });
    store.commit(&commit(changes.collect())).await.unwrap();
    assert_eq!(found(&store).await, []);
    store
}

async fn found(store: &Store) -> Vec<Difference> {
    store.index_differences(everything().into_iter().map(|(_, _, index)| index).collect()).await.unwrap()
}

fn at(noun: &str) -> usize {
    everything().iter().position(|(known, ..)| *known == noun).unwrap()
}

/// The columns of a key.
fn keys(table: &str) -> &'static [&'static str] {
    match table {
        "task" => &["application", "stage", "organisation"],
        "standing" => &["programme", "procedure", "organisation"],
        _ => &["id"],
    }
}

fn is(table: &str, key: &str) -> String {
    let parts = keys(table).iter().zip(key.split('/')).map(|(column, value)| format!("{column} = '{value}'"));
    parts.collect::<Vec<_>>().join(" AND ")
}

on_both_engines! {
    async fn a_change_of_any_column_is_found(database: Database) {
        let store = written(&database).await;
        for (table, key, columns) in LISTS {
            for column in columns {
                let number = column.ends_with("_ms") || column.ends_with("_fen") || *column == "level";
                let planted = if number { format!("COALESCE({column}, 0) + 1") } else { format!("COALESCE({column}, '') || 'x'") };
                let (kept, one) = (format!("kept_{table}_{column}"), is(table, key));
                database.change(&format!("CREATE TABLE {kept} AS SELECT {column} AS was FROM {table} WHERE {one}")).await;
                database.change(&format!("UPDATE {table} SET {column} = {planted} WHERE {one}")).await;
                let found = found(&store).await;
                assert_eq!(found.len(), 1, "{table}.{column}: {found:?}");
                assert_eq!((found[0].table, found[0].key.as_str()), (table, key));
                assert_eq!(found[0].fault, RowFault::Columns(vec![*column]));
                database.change(&format!("UPDATE {table} SET {column} = (SELECT was FROM {kept}) WHERE {one}; DROP TABLE {kept}")).await;
            }
        }
        assert_eq!(found(&store).await, []);
    }

    async fn a_row_that_is_gone_is_missed(database: Database) {
        let store = written(&database).await;
        for (table, key, _) in LISTS {
            database.change(&format!("DELETE FROM {table} WHERE {}", is(table, key))).await;
        }
        for gone in ["participant WHERE organisation = 'o-2'", "invoice_claim WHERE number = '1'", "membership WHERE organisation = 'o-1'"] {
            database.change(&format!("DELETE FROM {gone}")).await;
        }
        let found = found(&store).await;
        assert_eq!(found.len(), LISTS.len() + 3, "{found:?}");
        assert!(found.iter().all(|one| one.fault == RowFault::Missing), "{found:?}");
        for (table, key) in [("participant", "a-1/o-2"), ("invoice_claim", "1"), ("membership", "u-1/o-1"), ("task", "a-1/check/")] {
            assert!(found.iter().any(|one| one.table == table && one.key == key), "{table}: {found:?}");
        }
    }

    async fn a_row_too_many_is_found_beside_its_record(database: Database) {
        let store = written(&database).await;
        for (planted, noun, table, key) in [
            ("participant VALUES ('a-1', 'o-9')", "application", "participant", "a-1/o-9"),
            ("invoice_claim VALUES ('9', 'a-1', 'stated', '')", "application", "invoice_claim", "9"),
            ("membership VALUES ('u-1', 'o-9')", "account", "membership", "u-1/o-9"),
            ("task VALUES ('a-1', 'pay', 'x', 'x', 'x', 'o-9', 'x', 'x', 0, NULL)", "application", "task", "a-1/pay/o-9"),
        ] {
            let before = found(&store).await;
            database.change(&format!("INSERT INTO {planted}")).await;
            let expected = Difference { at: at(noun), table, key: text(key), fault: RowFault::Extra };
            let found = found(&store).await;
            assert!(found.contains(&expected) && found.len() == before.len() + 1, "{planted}: {found:?}");
        }
        // One that says less than its record, and one that another proved while this file only stated it.
        database.change("UPDATE invoice_claim SET grade = 'stated' WHERE number = '1'").await;
        let lesser = Difference { at: at("application"), table: "invoice_claim", key: text("1"), fault: RowFault::Columns(vec!["grade"]) };
        assert!(found(&store).await.contains(&lesser));
        database.change("UPDATE invoice_claim SET application = 'a-9', grade = 'proven', displaced = 'a-1' WHERE number = '1'").await;
        assert!(!found(&store).await.iter().any(|one| one.key == "1"));
        // Another file's number is missing here and too many there.
        database.change("UPDATE invoice_claim SET application = 'a-9' WHERE number = '2'").await;
        let missing = Difference { at: at("application"), table: "invoice_claim", key: text("2"), fault: RowFault::Missing };
        assert!(found(&store).await.contains(&missing));
    }

    async fn what_belongs_to_no_record_is_found(database: Database) {
        let store = written(&database).await;
        // A member of the consortium and a membership that name an organisation of which this test has no record.
        assert_eq!(store.ownerless(10).await.unwrap(), []);
        let none = "'x', 'x', 'x', 'x', 'x', 'x'";
        for (planted, noun) in [
            (format!("application VALUES ('z-1', {none}, {none}, NULL, NULL, NULL, NULL, 0, '', 'x')"), "application"),
            ("task VALUES ('z-1', 'pay', 'x', 'x', 'x', 'o-9', 'x', 'x', 0, NULL)".to_owned(), "application"),
            ("participant VALUES ('z-1', 'o-1')".to_owned(), "application"),
            ("invoice_claim VALUES ('z', 'z-1', 'stated', '')".to_owned(), "application"),
            ("membership VALUES ('z-1', 'o-1')".to_owned(), "account"),
            ("organisation VALUES ('z-1', 'x', 'x', NULL, 'x', 'x', 'x', 'x')".to_owned(), "organisation"),
            ("batch_index VALUES ('z-1', 'x', 'x', 'x', 'x', NULL, NULL)".to_owned(), "batch"),
            (format!("mandate_index VALUES ('z-1', {none})"), "mandate"),
            (format!("publicity_index VALUES ('z-1', {none})"), "publicity"),
            ("payment_list_index VALUES ('z-1', 'x', 'x', 'x', 0, 0)".to_owned(), "payment_list"),
            (format!("document_index VALUES ('z-1', {none}, 'x', 0)"), "document"),
            ("document_content VALUES ('z-1', 'x', 'x')".to_owned(), "document"),
            ("standing VALUES ('x', 'x', 'z-1', 'x')".to_owned(), "organisation"),
        ] {
            database.change(&format!("INSERT INTO {planted}")).await;
            let table = planted.split(' ').next().unwrap();
            let found = store.ownerless(10).await.unwrap();
            assert!(found.iter().any(|one| one.table == table && one.noun == noun && one.id == "z-1"), "{table}: {found:?}");
        }
        database.change("INSERT INTO record VALUES ('batch', 'z-2', 'nowhere', 1, '{}')").await;
        let planted = Ownerless { table: "record", noun: text("batch"), id: text("z-2") };
        assert!(store.ownerless(10).await.unwrap().contains(&planted));
        assert_eq!(found(&store).await, [], "no record is touched by it");
        assert_eq!(store.ownerless(1).await.unwrap().len(), 14, "one of each");
    }

    async fn standings_are_walked_in_order(database: Database) {
        let store = written(&database).await;
        let (mut after, mut walked) = (None, Vec::new());
        loop {
            let rows = store.all_standings(after.as_ref(), 1).await.unwrap();
            let Some(row) = rows.into_iter().next() else { break };
            walked.push(row.clone());
            after = Some(row);
        }
        assert_eq!(walked, [standing("pool"), standing("roster")]);
    }
}
