//! Who may call which use case: a table written by hand, with every kind of organisation in the right place, in another
//! place, and as another organisation. On SQLite only: who may do what is not the engine's business.
#![allow(clippy::unwrap_used)]

mod city;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use city::{City, PROGRAMME, person};
use records::access::Acting;
use records::account::Role;
use records::answers::Answers;
use records::application::Official;
use records::mandate::Mandate;
use records::publicity::Objecting;
use service::application::{self, Audit, FillDraft, Wanted};
use service::batch::{self, Calling};
use service::mandate::{self, Mandating};
use service::payment::{self, Banked, Listing};
use service::publicity::Announcing;
use service::{ApplicationSort, Page, ServiceError, Store, dossier, ledger, mandate as mandates, organisation, publicity, time_limits};

/// The columns: an enterprise, another one, a provider's clerk under the first one's mandate; the provider that its file
/// names, another; its district, another; its city, another; the region; its finance bureau, another; the third parties
/// assigned, others of their kinds; the supervisor; the administrator.
const COLUMNS: [&str; 18] = [
    "enterprise",
    "enterprise2",
    "mandate",
    "provider",
    "provider2",
    "district",
    "district2",
    "city",
    "city2",
    "region",
    "finance",
    "finance2",
    "evaluator",
    "evaluator2",
    "auditor",
    "auditor2",
    "supervisor",
    "administrator",
];

/// Use case, the role it takes (`handler`, `certifier`, `manager`, `-` for any), and who is let in. The file has ended, so
/// that whoever is let in changes nothing.
const TABLE: &str = "
                                E E2 M P P2 D D2 C C2 R F F2 V V2 A A2 S Z
open                 -          x .  x x .  x .  x .  x x .  x .  x .  x .
timeline             -          x .  x x .  x .  x .  x x .  x .  x .  x .
papers               -          x .  x x .  x .  x .  x x .  x .  x .  x .
draft                handler    x .  x . .  . .  . .  . . .  . .  . .  . .
save_draft           handler    x .  x . .  . .  . .  . . .  . .  . .  . .
prepare              handler    x .  x . .  . .  . .  . . .  . .  . .  . .
sign                 certifier  x .  . . .  . .  . .  . . .  . .  . .  . .
give_back            certifier  x .  . . .  . .  . .  . . .  . .  . .  . .
withdraw             certifier  x .  . . .  . .  . .  . . .  . .  . .  . .
approve              handler    . .  . . .  . .  x .  . . .  . .  . .  . .
approve_many         handler    . .  . . .  . .  x .  . . .  . .  . .  . .
return               handler    . .  . . .  . .  x .  . . .  . .  . .  . .
refuse               handler    . .  . . .  . .  x .  . . .  . .  . .  . .
official_draft       handler    . .  . . .  . .  x .  . . .  . .  . .  . .
save_official_draft  handler    . .  . . .  . .  x .  . . .  . .  . .  . .
skip                 handler    . .  . . .  . .  x .  x . .  . .  . .  . .
assess               handler    . .  . . .  . .  . .  . . .  x .  . .  . .
audit                handler    . .  . . .  . .  . .  . . .  . .  x .  . .
assign               handler    . .  . . .  . .  x .  x . .  . .  . .  . .
assignable           -          . .  . . .  . .  x x  x . .  . .  . .  . .
declare              handler    . .  . . .  . .  . .  . . .  x .  . .  . .
claim_back           handler    . .  . . .  . .  . .  . x .  . .  . .  . .
repay                handler    . .  . . .  . .  . .  . x .  . .  . .  . .
batch_open           handler    . .  . . .  . .  x x  x . .  . .  . .  . .
batch_extend         handler    . .  . . .  . .  x .  x . .  . .  . .  . .
batch_close          handler    . .  . . .  . .  x .  x . .  . .  . .  . .
publicity_open       handler    . .  . . .  . .  x .  x . .  . .  . .  . .
publicity_candidates handler    . .  . . .  . .  x x  x . .  . .  . .  . .
settle               handler    . .  . . .  . .  x .  x . .  . .  . .  . .
payment_prepare      handler    . .  . . .  . .  . .  . x .  . .  . .  . .
payment_candidates   handler    . .  . . .  . .  . .  . x x  . .  . .  . .
payment_approve      certifier  . .  . . .  . .  . .  . x .  . .  . .  . .
payment_cancel       handler    . .  . . .  . .  . .  . x .  . .  . .  . .
payment_record       handler    . .  . . .  . .  . .  . x .  . .  . .  . .
payment_list         handler    . .  . . .  . .  x .  . x .  . .  . .  x .
mandate_grant        manager    x x  . . .  . .  . .  . . .  . .  . .  . .
mandate_withdraw     manager    x .  . . .  . .  . .  . . .  . .  . .  . .
mandates             -          x x  x x x  . .  . .  . . .  . .  . .  . .
organisation         -          x .  x . .  x .  x .  x x .  . .  . .  x x
set_profile          handler    x x  . x x  x x  x x  x x x  x x  x x  x x
suspend              manager    . .  . . .  . .  . .  . . .  . .  . .  . x
restore              manager    . .  . . .  . .  . .  . . .  . .  . .  . x
organisations        -          . .  . . .  x x  x x  x x x  . .  . .  x x
dossier              -          x .  . . .  x .  x .  x x .  . .  . .  x .
verify               -          . .  . . .  . .  . .  . . .  . .  . .  x .
heads                -          . .  . . .  . .  . .  . . .  . .  . .  x .
applications         -          x x  x x x  x x  x x  x x x  . .  . .  x .
dashboard            -          x x  x x x  x x  x x  x x x  . .  . .  x .
inbox                -          x x  x x x  x x  x x  x x x  x x  x x  . .
start                handler    x x  x x x  x x  x x  x x x  x x  x x  x x
start_elsewhere      handler    x x  . x x  x x  x x  x x x  x x  x x  x x
";

/// What the probes are about.
struct World {
    city: City,
    id: String,
    batch: String,
    roster_batch: String,
    publicity: String,
    objection: String,
    list: String,
    mandate: Mandate,
    folder: PathBuf,
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

async fn world(name: &str) -> World {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("permissions_{name}_{}", std::process::id()));
    let store = Store::open(&format!("sqlite:{}/test.db", folder.display())).await.unwrap();
    let mut city = City::new(store).await;
    let granted = mandate::grant(&city.desk(), &person("enterprise/manager"), &mandating()).await.unwrap();
    let id = city.ready("enterprise", "district").await;
    city.prepare(&person("enterprise"), &id, "apply", city::filled()).await.unwrap();
    city.sign("enterprise/certifier", &id, "apply").await.unwrap();
    city.decided(&id).await;
    city.on("2026-01-19");
    let publicity = city.publicise("subsidy", &[&id], "2026-01-26").await.unwrap();
    let said = Objecting { application: id.clone(), name: "某人".into(), contact: "电话".into(), text: "不实".into() };
    let objection = publicity::object(&city.desk(), &publicity, said).await.unwrap();
    publicity::settle(&city.desk(), &person("city"), &publicity, &objection, false, "查无实据。").await.unwrap();
    city.on("2026-01-27");
    time_limits::elapse(&city.desk()).await.unwrap();
    let listing = Listing { programme: PROGRAMME.into(), label: "第一批".into(), applications: vec![id.clone()] };
    let list = payment::prepare(&city.desk(), &person("finance"), &listing).await.unwrap();
    for (version, approver) in [(1, "finance/certifier"), (2, "finance/certifier2")] {
        payment::approve(&city.desk(), &person(approver), &list, version).await.unwrap();
    }
    payment::record(&city.desk(), &person("finance"), &list, &id, Banked::Paid).await.unwrap();
    let batch = city.record(&id).await.1.batch.to_string();
    let roster_batch = city.call("roster").await;
    let stored = city.store.record("mandate", &granted).await.unwrap().unwrap();
    World { id, batch, roster_batch, publicity, objection, list, mandate: serde_json::from_str(&stored.state).unwrap(), city, folder }
}

fn mandating() -> Mandating {
    Mandating {
        provider: "provider".into(),
        programme: PROGRAMME.into(),
        procedures: vec!["subsidy".into()],
        from_on: "2026-01-05".into(),
        until_on: "2026-06-30".into(),
    }
}

/// Somebody of a column in a role; under a mandate nobody has another than to fill in.
fn acting(world: &World, who: &str, role: &str) -> Acting {
    if who == "mandate" {
        let roles = BTreeSet::from([Role::Handler]);
        return Acting { account: "provider-handler".into(), roles, mandate: Some(world.mandate.clone()), ..person("enterprise") };
    }
    person(&format!("{who}/{}", if role == "-" { "handler" } else { role }))
}

async fn probe(world: &World, case: &str, who: &Acting) -> Result<(), ServiceError> {
    let (desk, id) = (world.city.desk(), world.id.as_str());
    let version = world.city.version(id).await;
    let official = Official::default;
    let wanted = Wanted::default();
    match case {
        "open" => application::open(&desk, who, id).await.map(drop),
        "timeline" => application::timeline(&desk, who, id).await.map(drop),
        "papers" => application::papers(&desk, who, id).await.map(drop),
        "draft" => application::draft(&desk, who, id, "apply").await.map(drop),
        "save_draft" => match application::save_draft(&desk, who, id, "apply", 99, &FillDraft::default()).await {
            Err(ServiceError::Conflict) => Ok(()),
            other => other.map(drop),
        },
        "prepare" => application::prepare(&desk, who, id, version, "apply").await,
        "sign" => application::sign(&desk, who, id, version, "apply").await.map(drop),
        "give_back" => application::give_back(&desk, who, id, version, "apply", "改").await,
        "withdraw" => application::withdraw(&desk, who, id, version, "不再申报").await,
        "approve" => application::approve(&desk, who, id, Some(version), "check", official()).await,
        "approve_many" => {
            let outcomes = application::approve_many(&desk, who, &[id.to_owned()], "check", &official()).await?;
            let refused = outcomes[0].refused.clone().unwrap_or_default();
            if refused.contains("没有权限") { Err(ServiceError::Forbidden) } else { Ok(()) }
        }
        "return" => application::return_for_correction(&desk, who, id, version, "check", city::points(), None).await,
        "refuse" => application::refuse(&desk, who, id, version, "check", Vec::new(), BTreeMap::new()).await,
        "official_draft" => application::official_draft(&desk, who, id, "check").await.map(drop),
        "save_official_draft" => match application::save_official_draft(&desk, who, id, "check", 99, &Answers::default()).await {
            Err(ServiceError::Conflict) => Ok(()),
            other => other.map(drop),
        },
        "skip" => application::skip(&desk, who, id, version, "supervision", "不需要").await,
        "assess" => application::assess(&desk, who, id, version, "evaluation", official()).await,
        "audit" => application::audit(&desk, who, id, version, "audit", Audit::default()).await,
        "assign" => application::assign(&desk, who, id, Some(version), "evaluation", "evaluator").await,
        "assignable" => application::assignable(&desk, who, records::organisation::OrganisationKind::Evaluator).await.map(drop),
        "declare" => application::declare(&desk, who, id, version, "evaluation", false, "").await,
        "claim_back" => application::claim_back(&desk, who, id, version, 0, "", "").await,
        "repay" => application::repay(&desk, who, id, version, 0, "").await,
        "batch_open" => {
            batch::open(&desk, who, &Calling { programme: PROGRAMME.into(), procedure: "subsidy".into(), ..Calling::default() })
                .await
                .map(drop)
        }
        "batch_extend" => batch::extend(&desk, who, &world.batch, city::day("2026-01-01"), "").await,
        "batch_close" => batch::close(&desk, who, &world.batch, "").await,
        "publicity_open" => {
            let said = Announcing {
                starts_on: "2026-02-02".into(),
                ends_on: "2026-02-12".into(),
                applications: vec![id.to_owned()],
                ..Announcing::default()
            };
            publicity::open(&desk, who, PROGRAMME, "subsidy", &said).await.map(drop)
        }
        "publicity_candidates" => publicity::candidates(&desk, who, PROGRAMME, "subsidy").await.map(drop),
        "settle" => publicity::settle(&desk, who, &world.publicity, &world.objection, true, "是").await,
        "payment_prepare" => {
            let listing = Listing { programme: PROGRAMME.into(), label: "又一批".into(), applications: vec![id.to_owned()] };
            payment::prepare(&desk, who, &listing).await.map(drop)
        }
        "payment_candidates" => payment::candidates(&desk, who, PROGRAMME).await.map(drop),
        "payment_approve" => payment::approve(&desk, who, &world.list, 4).await,
        "payment_cancel" => payment::cancel(&desk, who, &world.list, 4, "").await,
        "payment_record" => payment::record(&desk, who, &world.list, id, Banked::Paid).await,
        "payment_list" => payment::payment_list(&desk, who, &world.list).await.map(drop),
        "mandate_grant" => mandate::grant(&desk, who, &Mandating::default()).await.map(drop),
        "mandate_withdraw" => mandate::withdraw(&desk, who, world.mandate.id.as_str()).await,
        "mandates" => mandates::mandates(&desk, who).await.map(drop),
        "organisation" => organisation::organisation(&desk, who, "enterprise").await.map(drop),
        "set_profile" => {
            let (version, own) = organisation::own(&desk, who).await?;
            organisation::set_profile(&desk, who, version, own.profile).await
        }
        "suspend" => organisation::suspend(&desk, who, "enterprise2", "").await,
        "restore" => organisation::restore(&desk, who, "enterprise2").await,
        "organisations" => organisation::organisations(&desk, who, None, "", Page::first(10)).await.map(drop),
        "dossier" => dossier::dossier(&desk, who, "enterprise", Page::first(10)).await.map(drop),
        "verify" => ledger::verify_as(&desk, who).await.map(drop),
        "heads" => ledger::heads(&desk, who).await.map(drop),
        "applications" => application::applications(&desk, who, &wanted, ApplicationSort::Newest, Page::first(10)).await.map(drop),
        "dashboard" => application::dashboard(&desk, who, &wanted).await.map(drop),
        "inbox" => application::inbox(&desk, who, &wanted, Page::first(10)).await.map(drop),
        // Only an enterprise begins one: others are told who applies. The call has ended for all.
        "start" => application::start(&desk, who, &world.batch).await.map(drop),
        "start_elsewhere" => application::start(&desk, who, &world.roster_batch).await.map(drop),
        other => panic!("no use case {other}"),
    }
}

fn let_in(done: &Result<(), ServiceError>) -> bool {
    match done {
        Ok(()) | Err(ServiceError::Refused(_)) => true,
        Err(ServiceError::Forbidden | ServiceError::NotFound) => false,
        Err(error) => panic!("{error:?}"),
    }
}

#[tokio::test]
async fn who_may_call_which_use_case() {
    let mut world = world("table").await;
    world.city.on("2026-02-02");
    let before = world.city.record(&world.id).await;
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
            let done = probe(&world, case, &acting(&world, who, role)).await;
            if let_in(&done) != (cell == "x") {
                wrong.push(format!("{case} by {who}: {done:?}"));
            }
            for other in Role::ALL.map(Role::as_str).into_iter().filter(|other| role != "-" && *other != role && who != "mandate") {
                let done = probe(&world, case, &acting(&world, who, other)).await;
                if let_in(&done) && !may_with(case, other) {
                    wrong.push(format!("{case} by {who} as {other}: {done:?}"));
                }
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert_eq!(world.city.record(&world.id).await, before, "nothing was changed");
    mandate::withdraw(&world.city.desk(), &person("enterprise/manager"), world.mandate.id.as_str()).await.unwrap();
}

/// Use cases that another role than the table's may call too.
fn may_with(case: &str, role: &str) -> bool {
    matches!((case, role), ("set_profile", "manager") | ("draft", "certifier") | ("payment_list", _))
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
            let shown_as_decided = who.kind == records::organisation::OrganisationKind::FinanceBureau;
            assert!(seen.is_ok() || shown_as_decided, "{} in the list of {}", row.id, who.organisation);
            assert!(row.id != unsent || who.organisation.as_str() == "enterprise2", "{} sees what was not handed in", who.organisation);
        }
        // What somebody asks for narrows, and never widens.
        for place in ["hohhot-xincheng", "hohhot", "inner-mongolia", "changji", "nowhere"] {
            let wanted = Wanted { place: Some(place.into()), applicant: Some("enterprise2".into()), ..Wanted::default() };
            let listed = application::applications(&desk, &who, &wanted, ApplicationSort::Newest, Page::first(100)).await.unwrap();
            for row in listed.rows {
                let seen = application::open(&desk, &who, &row.id).await.is_ok();
                assert!(seen || who.kind == records::organisation::OrganisationKind::FinanceBureau, "{place}: {}", who.organisation);
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
