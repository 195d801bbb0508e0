//! Who may call which use case: a table written by hand, with every kind of organisation in the right place, in another
//! place, and as another organisation.
#![allow(clippy::unwrap_used)]

#[path = "../city/mod.rs"]
mod city;
#[path = "../engine/mod.rs"]
mod engine;
mod probe;
mod table;
mod world;

use std::collections::BTreeSet;

use city::person;
use probe::probe;
use records::access::Acting;
use records::account::Role;
use records::mandate::Mandate;
use records::organisation::OrganisationKind;
use service::application::{self, FillDraft, Wanted};
use service::{ApplicationSort, Page, ServiceError, mandate};
use table::{COLUMNS, TABLE};
use world::{World, acting, world};

fn let_in(done: &Result<(), ServiceError>) -> bool {
    match done {
        Ok(()) | Err(ServiceError::Refused(_) | ServiceError::Conflict) => true,
        Err(ServiceError::Forbidden | ServiceError::NotFound) => false,
        Err(error) => panic!("{error:?}"),
    }
}

/// On a thread of its own: unoptimised, the frames of so many use cases do not fit on that of a test.
#[test]
fn who_may_call_which_use_case() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let all = std::thread::Builder::new().stack_size(32 << 20).spawn(move || runtime.block_on(everybody_calls_everything()));
    all.unwrap().join().unwrap();
}

async fn everybody_calls_everything() {
    let mut world = world("table").await;
    world.city.on("2026-02-02");
    let before = (world.city.record(&world.id).await, world.city.record(&world.joint).await);
    let mut wrong = called(&world).await;
    // Whoever is not let in learns as little from a version that has passed.
    world.stale = true;
    wrong.extend(called(&world).await);
    assert_eq!(wrong, Vec::<String>::new());
    let after = (world.city.record(&world.id).await, world.city.record(&world.joint).await);
    assert_eq!(after, before, "nothing was changed");
    mandate::withdraw(&world.city.desk(), &person("enterprise/manager"), world.mandate.id.as_str()).await.unwrap();
}

/// What answers otherwise than the table says.
async fn called(world: &World) -> Vec<String> {
    let mut wrong = Vec::new();
    for line in TABLE.trim_start_matches('\n').lines().skip(1) {
        let mut words = line.split_whitespace();
        let (case, role) = (words.next().unwrap(), words.next().unwrap());
        let cells: Vec<&str> = words.collect();
        assert_eq!(cells.len(), COLUMNS.len(), "{case}");
        for (who, cell) in COLUMNS.into_iter().zip(cells) {
            // Withdrawing it is the last thing somebody does with a mandate.
            if case == "mandate_withdraw" && cell == "x" {
                continue;
            }
            let done = probe(world, case, &acting(world, who, role)).await;
            if let_in(&done) != (cell == "x") {
                wrong.push(format!("{case} by {who}: {done:?}"));
            }
            for other in Role::ALL.map(Role::as_str).into_iter().filter(|other| role != "-" && *other != role && who != "mandate") {
                let done = probe(world, case, &acting(world, who, other)).await;
                if let_in(&done) && !may_with(case, other) {
                    wrong.push(format!("{case} by {who} as {other}: {done:?}"));
                }
            }
        }
    }
    wrong
}

/// Use cases that another role than the table's may call too.
fn may_with(case: &str, role: &str) -> bool {
    matches!(
        (case, role),
        ("set_profile" | "import_products" | "product_add" | "product_change" | "product_withdraw" | "product_put_back", "manager")
            | ("draft" | "join_draft", "certifier")
            | ("payment_list", _)
            | ("import_listed", "certifier")
            | ("pack_open", "manager")
            | ("pack_open_admin", "certifier")
    )
}

/// A list shows nobody more than opening one by one would.
#[tokio::test]
async fn lists_show_only_what_may_be_seen() {
    let mut world = world("lists").await;
    world.city.roster("enterprise2", "district2").await;
    let batch = world.city.call("roster").await;
    let unsent = world.city.start(&person("enterprise2"), &batch).await.unwrap();
    let desk = world.city.desk();
    let wanted = Wanted::default();
    for who in COLUMNS {
        let who = acting(&world, who, "handler");
        let Ok(listed) = application::applications(&desk, &who, &wanted, ApplicationSort::Newest, Page::first(100)).await else { continue };
        for row in listed.rows {
            let seen = application::open(&desk, &who, &row.id).await;
            let shown_as_decided = who.kind == OrganisationKind::FinanceBureau;
            assert!(seen.is_ok() || shown_as_decided, "{} in the list of {}", row.id, who.organisation);
            assert!(row.id != unsent || who.organisation.as_str() == "enterprise2", "{} sees what was not handed in", who.organisation);
        }
        // What somebody asks for narrows, and never widens.
        for place in ["hohhot-xincheng", "hohhot", "inner-mongolia", "changji", "nowhere"] {
            let wanted = Wanted { place: Some(place.into()), applicant: Some("enterprise2".into()), ..Wanted::default() };
            let listed = application::applications(&desk, &who, &wanted, ApplicationSort::Newest, Page::first(100)).await.unwrap();
            for row in listed.rows {
                let seen = application::open(&desk, &who, &row.id).await.is_ok();
                assert!(seen || who.kind == OrganisationKind::FinanceBureau, "{place}: {}", who.organisation);
            }
            for item in application::inbox(&desk, &who, &wanted, Page::first(100)).await.map(|listed| listed.rows).unwrap_or_default() {
                let mine = item.task.organisation == who.organisation.as_str() || who.covers(&item.application.place);
                assert!(mine, "{place}: {} for {}", item.task.title, who.organisation);
            }
        }
    }
}

/// Under a mandate a clerk fills in what it names while it is in force, signs nothing, and is out once it is withdrawn.
#[tokio::test]
async fn a_mandate_is_a_clerks_work_and_nothing_else() {
    use records::Noun as _;
    use records::account::Account;
    use records::organisation::Organisation;
    use service::identity::Session;
    let mut world = world("mandate").await;
    let city = &mut world.city;
    let clerk = Acting { account: "provider-handler".into(), mandate: Some(world.mandate.clone()), ..person("enterprise") };
    city.on("2026-01-28");
    let batch = city.call("subsidy").await;
    let id = city.start(&clerk, &batch).await.unwrap();
    city.prepare(&clerk, &id, "apply", city::filled()).await.unwrap();
    let signs = Acting { roles: BTreeSet::from(Role::ALL), ..clerk.clone() };
    let signed = application::sign(&city.desk(), &signs, &id, city.version(&id).await, "apply").await;
    assert!(matches!(signed, Err(ServiceError::Forbidden)), "{signed:?}");
    let entries = city.store.entries_of("application", &id).await.unwrap();
    assert!(entries.iter().all(|entry| entry.organisation == "enterprise" && entry.account == "provider-handler"));
    assert!(entries.iter().all(|entry| entry.mandate.as_deref() == Some(world.mandate.id.as_str())), "the journal names the mandate");
    let listed = application::applications(&city.desk(), &clerk, &Wanted::default(), ApplicationSort::Newest, Page::first(100)).await;
    assert!(listed.unwrap().rows.iter().all(|row| row.procedure == "subsidy"), "files of other procedures are not the clerk's");

    mandate::withdraw(&city.desk(), &person("enterprise/manager"), world.mandate.id.as_str()).await.unwrap();
    let read = |noun: &'static str, id: String| {
        let store = city.store.clone();
        async move { store.record(noun, &id).await.unwrap().unwrap().state }
    };
    let withdrawn: Mandate = serde_json::from_str(&read(Mandate::NOUN, world.mandate.id.to_string()).await).unwrap();
    let account: Account = serde_json::from_str(&read(Account::NOUN, "provider-handler".into()).await).unwrap();
    let enterprise: Organisation = serde_json::from_str(&read(Organisation::NOUN, "enterprise".into()).await).unwrap();
    let today = city.now.day();
    assert!(Session::under(&account, &world.mandate, &enterprise, false, today).is_some());
    assert!(Session::under(&account, &withdrawn, &enterprise, false, today).is_none(), "the next page view is the end of it");
    let late = Acting { mandate: Some(withdrawn), ..clerk };
    for done in [
        application::prepare(&city.desk(), &late, &id, city.version(&id).await, "apply").await,
        application::save_draft(&city.desk(), &late, &id, "apply", 0, &FillDraft::default()).await.map(drop),
        application::open(&city.desk(), &late, &id).await.map(drop),
        application::inbox(&city.desk(), &late, &Wanted::default(), Page::first(10)).await.map(drop),
    ] {
        assert!(matches!(done, Err(ServiceError::Forbidden | ServiceError::NotFound)), "{done:?}");
    }
    city.sign("enterprise/certifier", &id, "apply").await.unwrap();
    city.verify().await;
}
