//! Lists on both engines: filters, orders, pages, counts, inboxes.
#![allow(clippy::unwrap_used)]

mod given;
mod on_both_engines;

use given::{PROGRAMME, commit, listed, row, task};
use on_both_engines::Database;
use store::{
    ApplicationCount, ApplicationFilter, ApplicationRow, ApplicationSort, Assignee, BatchFilter, BatchRow, Change, CountBy, DueDay,
    InboxFilter, Index, MandateFilter, MandateRow, OrganisationFilter, Page, PaymentListRow, PublicityRow, Seen, Store, StoreError,
    TaskRow,
};

const DAY_MS: i64 = 86_400_000;

/// Six applications that differ in everything a filter asks for, each with a task.
async fn filled(database: &Database) -> Store {
    let store = database.open().await;
    let rows = [
        ApplicationRow { updated_at_ms: 10, award_fen: Some(300), recognised_fen: Some(1_000), level: Some(2), ..row("a-1") },
        ApplicationRow {
            updated_at_ms: 20,
            offices: "|city|money|".to_owned(),
            state: "done".to_owned(),
            stage: "pay".to_owned(),
            award_fen: Some(500),
            ..row("a-2")
        },
        ApplicationRow {
            updated_at_ms: 30,
            place_path: "p/c/e".to_owned(),
            offices: "|money|".to_owned(),
            provider: "o-9".to_owned(),
            due_at_ms: Some(5 * DAY_MS),
            ..row("a-3")
        },
        ApplicationRow {
            updated_at_ms: 30,
            place_path: "p/c/d%".to_owned(),
            procedure: "roster".to_owned(),
            due_at_ms: Some(3 * DAY_MS),
            ..row("a-4")
        },
        ApplicationRow {
            updated_at_ms: 50,
            batch: "b-2".to_owned(),
            applicant: "o-2".to_owned(),
            search: "乙_公司 91x".to_owned(),
            ..row("a-5")
        },
        ApplicationRow { updated_at_ms: 60, programme: "other".to_owned(), place_path: "p/c/d/s".to_owned(), level: Some(3), ..row("a-6") },
    ];
    let change = |row: ApplicationRow| {
        let task = TaskRow {
            due_at_ms: row.due_at_ms,
            place_path: row.place_path.clone(),
            programme: row.programme.clone(),
            ..task(&row.id, "check")
        };
        let task = if row.id == "a-5" { TaskRow { actor: "enterprise".to_owned(), organisation: "o-2".to_owned(), ..task } } else { task };
        listed(row, vec![task])
    };
    store.commit(&commit(rows.into_iter().map(change).collect())).await.unwrap();
    store
}

async fn ids(store: &Store, filter: &ApplicationFilter, sort: ApplicationSort) -> String {
    let page = store.applications(filter, sort, Page::first(50)).await.unwrap();
    assert_eq!(usize::try_from(page.total).unwrap(), page.rows.len());
    let walked = store.applications_after(filter, "", 50).await.unwrap();
    assert_eq!(walked.len(), page.rows.len());
    page.rows.iter().map(|row| row.id.trim_start_matches("a-")).collect::<Vec<_>>().join("")
}

async fn inbox(store: &Store, filter: InboxFilter) -> String {
    let page = store.inbox(&filter, Page::first(50)).await.unwrap();
    assert_eq!(usize::try_from(page.total).unwrap(), page.rows.len());
    assert!(page.rows.iter().all(|item| item.task.application == item.application.id));
    page.rows.iter().map(|item| item.task.application.trim_start_matches("a-")).collect::<Vec<_>>().join("")
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

on_both_engines! {
    async fn filters_of_applications(database: Database) {
        let store = filled(&database).await;
        let all = ApplicationFilter::default;
        for (filter, expected) in [
            (all(), "123456"),
            (ApplicationFilter { programme: some(PROGRAMME), ..all() }, "12345"),
            (ApplicationFilter { procedure: some("roster"), ..all() }, "4"),
            (ApplicationFilter { states: vec!["done".to_owned()], ..all() }, "2"),
            (ApplicationFilter { states: vec!["done".to_owned(), "open".to_owned()], ..all() }, "123456"),
            (ApplicationFilter { seen: Some(Seen { states: vec!["done".to_owned()], office: "money".to_owned() }), ..all() }, "23"),
            (ApplicationFilter { seen: Some(Seen { states: vec!["none".to_owned()], office: "mon".to_owned() }), ..all() }, ""),
            (ApplicationFilter { stage: some("pay"), ..all() }, "2"),
            (ApplicationFilter { batch: some("b-2"), ..all() }, "5"),
            (ApplicationFilter { applicant: some("o-2"), ..all() }, "5"),
            (ApplicationFilter { provider: some("o-9"), ..all() }, "3"),
            (ApplicationFilter { level: Some(3), ..all() }, "6"),
            (ApplicationFilter { place_path: some("p"), ..all() }, "123456"),
            (ApplicationFilter { place_path: some("p/c/d"), ..all() }, "1256"),
            (ApplicationFilter { place_path: some("p/c/d%"), ..all() }, "4"),
            (ApplicationFilter { place_path: some("p/c/_"), ..all() }, ""),
            (ApplicationFilter { place_path: some(""), ..all() }, "123456"),
            (ApplicationFilter { overdue_before_ms: Some(4 * DAY_MS), ..all() }, "4"),
            (ApplicationFilter { search: some("甲公司"), ..all() }, "12346"),
            (ApplicationFilter { search: some(" N-A-3  公司 "), ..all() }, "3"),
            (ApplicationFilter { search: some("乙_"), ..all() }, "5"),
            (ApplicationFilter { search: some("_甲"), ..all() }, ""),
            (ApplicationFilter { search: some("91X"), ..all() }, "5"),
            (ApplicationFilter { search: some("%"), ..all() }, ""),
            (ApplicationFilter { search: some("\0"), ..all() }, "123456"),
            (ApplicationFilter { search: some("'; DROP TABLE application; --"), ..all() }, ""),
            (ApplicationFilter { search: some("  "), ..all() }, "123456"),
            (ApplicationFilter { stage: some("\0"), ..all() }, ""),
        ] {
            assert_eq!(ids(&store, &filter, ApplicationSort::Oldest).await, expected, "{filter:?}");
        }
    }

    async fn orders_of_applications(database: Database) {
        let store = filled(&database).await;
        for (sort, expected) in [
            (ApplicationSort::Newest, "654321"),
            (ApplicationSort::Oldest, "123456"),
            (ApplicationSort::Due, "431256"),
            (ApplicationSort::Number, "123456"),
            (ApplicationSort::Award, "213456"),
        ] {
            assert_eq!(ids(&store, &ApplicationFilter::default(), sort).await, expected, "{sort:?}");
        }
    }

    async fn pages_neither_overlap_nor_leave_out(database: Database) {
        let store = filled(&database).await;
        let mut seen = Vec::new();
        for number in 1..=4 {
            let page = store.applications(&ApplicationFilter::default(), ApplicationSort::Newest, Page { number, size: 2 }).await.unwrap();
            assert_eq!(page.total, 6);
            seen.extend(page.rows.into_iter().map(|row| row.id));
        }
        assert_eq!(seen, ["a-6", "a-5", "a-4", "a-3", "a-2", "a-1"]);
        let walked = store.applications_after(&ApplicationFilter::default(), "a-4", 1).await.unwrap();
        assert_eq!(walked[0].id, "a-5");
    }

    async fn counts_for_a_dashboard(database: Database) {
        let store = filled(&database).await;
        let count = |key: &str, applications, recognised_fen, award_fen| ApplicationCount { key: key.to_owned(), applications, recognised_fen, award_fen };
        for (by, expected) in [
            (CountBy::Nothing, vec![count("", 6, 1_000, 800)]),
            (CountBy::Programme, vec![count(PROGRAMME, 5, 1_000, 800), count("other", 1, 0, 0)]),
            (CountBy::State, vec![count("done", 1, 0, 500), count("open", 5, 1_000, 300)]),
            (CountBy::Stage, vec![count("check", 5, 1_000, 300), count("pay", 1, 0, 500)]),
            (CountBy::Procedure, vec![count("roster", 1, 0, 0), count("subsidy", 5, 1_000, 800)]),
            (CountBy::Batch, vec![count("b-1", 5, 1_000, 800), count("b-2", 1, 0, 0)]),
            (CountBy::Provider, vec![count("", 5, 1_000, 800), count("o-9", 1, 0, 0)]),
            (CountBy::Level, vec![count("", 4, 0, 500), count("2", 1, 1_000, 300), count("3", 1, 0, 0)]),
        ] {
            assert_eq!(store.application_counts(&ApplicationFilter::default(), by).await.unwrap(), expected, "{by:?}");
        }
        let both = store.application_counts_by(&ApplicationFilter::default(), &[CountBy::Programme, CountBy::State]).await.unwrap();
        let total = |state: &str| both.iter().filter(|(keys, _)| keys[1] == state).map(|(_, count)| count.applications).sum::<i64>();
        assert_eq!((total("open"), total("done")), (5, 1));
        let within = ApplicationFilter { place_path: some("p/c/d"), ..ApplicationFilter::default() };
        let places = store.application_counts(&within, CountBy::Place).await.unwrap();
        assert_eq!(places, [count("p/c/d", 3, 1_000, 800), count("p/c/d/s", 1, 0, 0)]);
        let none = ApplicationFilter { programme: some("none"), ..ApplicationFilter::default() };
        assert_eq!(store.application_counts(&none, CountBy::State).await.unwrap(), []);
    }

    async fn inboxes(database: Database) {
        let store = filled(&database).await;
        let all = InboxFilter::default;
        let bureau = || vec!["district_bureau".to_owned()];
        for (filter, expected) in [
            (all(), "431256"),
            (InboxFilter { actors: bureau(), ..all() }, "43126"),
            (InboxFilter { actors: bureau(), programme: some(PROGRAMME), place_path: some("p/c/d"), ..all() }, "12"),
            (InboxFilter { assignee: Assignee::Own("o-2".to_owned()), ..all() }, "5"),
            (InboxFilter { assignee: Assignee::OwnOrOpen("o-2".to_owned()), ..all() }, "431256"),
            (InboxFilter { assignee: Assignee::OwnOrOpen("o-3".to_owned()), ..all() }, "43126"),
            (InboxFilter { due_before_ms: Some(4 * DAY_MS), ..all() }, "4"),
            (InboxFilter { search: some("a-3"), ..all() }, "3"),
            (InboxFilter { stage: some("pay"), ..all() }, ""),
        ] {
            let what = format!("{filter:?}");
            assert_eq!(inbox(&store, filter).await, expected, "{what}");
        }
        let due: Vec<String> = store.tasks_due_before(6 * DAY_MS, 10).await.unwrap().into_iter().map(|task| task.application).collect();
        assert_eq!(due, ["a-4", "a-3"]);
    }

    async fn the_neighbours_of_an_application_in_an_inbox(database: Database) {
        let store = filled(&database).await;
        let again = listed(row("a-3"), vec![task("a-3", "pay"), TaskRow { due_at_ms: Some(5 * DAY_MS), ..task("a-3", "check") }]);
        store.commit(&commit(vec![Change { expected_version: 2, ..again }])).await.unwrap();
        let all = InboxFilter::default;
        for (filter, own, expected) in [
            (all(), "a-4", (None, Some("a-3"), Some((1, 6)))),
            (all(), "a-3", (Some("a-4"), Some("a-1"), Some((2, 6)))),
            (all(), "a-6", (Some("a-5"), None, Some((6, 6)))),
            (all(), "a-9", (None, Some("a-4"), None)),
            (InboxFilter { stage: some("check"), assignee: Assignee::OwnOrOpen("o-3".to_owned()), ..all() }, "a-2", (Some("a-1"), Some("a-6"), Some((4, 5)))),
            (InboxFilter { search: some("a-3"), ..all() }, "a-3", (None, None, Some((1, 1)))),
            (InboxFilter { stage: some("none"), ..all() }, "a-3", (None, None, None)),
        ] {
            let found = store.neighbours(&filter, own).await.unwrap();
            assert_eq!((found.before.as_deref(), found.after.as_deref(), found.at), expected, "{own} in {filter:?}");
            let first = store.inbox(&filter, Page::first(1)).await.unwrap().rows.pop().map(|item| item.application.id);
            assert_eq!(found.first, first, "{own} in {filter:?}");
        }
    }

    async fn a_calendar_of_due_days(database: Database) {
        let store = filled(&database).await;
        let days = |offset_ms| {
            let store = store.clone();
            async move { store.due_days(&InboxFilter::default(), 0, 9 * DAY_MS, offset_ms).await.unwrap() }
        };
        let day = |unix_day| DueDay { unix_day, tasks: 1 };
        assert_eq!(days(0).await, [day(3), day(5)]);
        assert_eq!(days(-1).await, [day(2), day(4)]);
        assert_eq!(days(8 * 3_600_000).await, [day(3), day(5)]);
        assert_eq!(store.due_days(&InboxFilter::default(), 3 * DAY_MS, 5 * DAY_MS, 0).await.unwrap(), [day(3)]);
    }

    async fn organisations(database: Database) {
        let store = database.open().await;
        let given = [("o-1", "甲公司", Some("91A")), ("o-2", "乙公司", None), ("o-3", "ABC 公司", None)];
        store.commit(&commit(given.iter().map(|(id, name, code)| given::organisation(id, name, *code)).collect())).await.unwrap();
        let standing = store::StandingRow { programme: PROGRAMME.to_owned(), procedure: "pool".to_owned(), organisation: "o-2".to_owned(), since_on: "2025-11-03".to_owned() };
        let index = store::ApplicationIndex { row: row("a-1"), tasks: vec![], participants: vec![], granted: vec![standing], revoked: vec![], invoices: vec![] };
        store.commit(&commit(vec![Change { index: Index::Application(Box::new(index)), ..given::application("a-1") }])).await.unwrap();

        let all = OrganisationFilter::default;
        for (filter, expected) in [
            (OrganisationFilter { kinds: vec!["enterprise".to_owned()], states: vec!["active".to_owned()], ..all() }, 3),
            (OrganisationFilter { kinds: vec!["provider".to_owned()], ..all() }, 0),
            (OrganisationFilter { search: some("abc 公司"), ..all() }, 1),
            (OrganisationFilter { place_path: some("p/c"), ..all() }, 3),
            (OrganisationFilter { holding: Some((PROGRAMME.to_owned(), "pool".to_owned())), ..all() }, 1),
            (OrganisationFilter { holding: Some((PROGRAMME.to_owned(), "roster".to_owned())), ..all() }, 0),
        ] {
            let found = store.organisations(&filter, Page::first(50)).await.unwrap();
            assert_eq!((found.total, found.rows.len()), (expected, usize::try_from(expected).unwrap()), "{filter:?}");
        }
        assert_eq!(store.organisation_of_code("91A").await.unwrap().unwrap().id, "o-1");
        assert_eq!(store.organisation("o-3").await.unwrap().unwrap().name, "ABC 公司");
        assert_eq!(store.organisation_of_name("乙公司").await.unwrap().unwrap().id, "o-2");
        assert_eq!(store.organisation_of_name("公司").await.unwrap(), None);
        assert_eq!(store.organisation_of_code("91B").await.unwrap(), None);

        // A code may change hands only once it is free, and an organisation keeps its own.
        let again = |id: &str, name: &str, code| Change { expected_version: 1, ..given::organisation(id, name, code) };
        let error = store.commit(&commit(vec![again("o-2", "乙公司", Some("91A"))])).await.unwrap_err();
        assert!(matches!(error, StoreError::Taken), "{error:?}");
        store.commit(&commit(vec![again("o-1", "甲新公司", Some("91A"))])).await.unwrap();
        assert_eq!(store.organisation_of_code("91A").await.unwrap().unwrap().name, "甲新公司");
    }

    async fn short_lists(database: Database) {
        let store = database.open().await;
        let text = str::to_owned;
        let batch = BatchRow { id: text("b-1"), programme: text(PROGRAMME), procedure: text("subsidy"), label: text("第一批"), state: text("open"), opens_on: some("2025-11-03"), closes_on: None };
        let mandate = MandateRow { id: text("m-1"), enterprise: text("o-1"), provider: text("o-9"), programme: text(PROGRAMME), from_on: text("2025-11-03"), until_on: text("2025-12-31"), state: text("active") };
        let publicity = PublicityRow { id: text("p-1"), programme: text(PROGRAMME), procedure: text("subsidy"), label: text("公示"), state: text("running"), starts_on: text("2025-11-03"), ends_on: text("2025-11-07") };
        let payment = PaymentListRow { id: text("l-1"), programme: text(PROGRAMME), label: text("第一笔"), state: text("made"), total_fen: 100, created_at_ms: 7 };
        let with = |noun, id: &str, index| Change { index, ..given::plain(noun, id, 0) };
        store.commit(&commit(vec![
            with("batch", "b-1", Index::Batch(batch.clone())),
            with("mandate", "m-1", Index::Mandate(mandate.clone())),
            with("publicity", "p-1", Index::Publicity(publicity.clone())),
            with("payment_list", "l-1", Index::PaymentList(payment.clone())),
        ])).await.unwrap();

        assert_eq!(store.batches(&BatchFilter::default()).await.unwrap(), std::slice::from_ref(&batch));
        assert_eq!(store.batches(&BatchFilter { states: vec![text("closed")], ..BatchFilter::default() }).await.unwrap(), []);
        for (on, expected) in [("2025-11-02", 0), ("2025-11-03", 1), ("2025-12-31", 1), ("2026-01-01", 0)] {
            let filter = MandateFilter { provider: some("o-9"), on: some(on), ..MandateFilter::default() };
            assert_eq!(store.mandates(&filter).await.unwrap().len(), expected, "{on}");
        }
        assert_eq!(store.publicities(Some(PROGRAMME), &[text("running")]).await.unwrap(), [publicity]);
        assert_eq!(store.publicities(None, &[text("over")]).await.unwrap(), []);
        assert_eq!(store.payment_lists(None, &[]).await.unwrap(), [payment]);

        let closed = BatchRow { state: text("closed"), closes_on: some("2025-12-01"), ..batch };
        store.commit(&commit(vec![Change { expected_version: 1, ..with("batch", "b-1", Index::Batch(closed.clone())) }])).await.unwrap();
        assert_eq!(store.batches(&BatchFilter::default()).await.unwrap(), [closed]);
    }
}
