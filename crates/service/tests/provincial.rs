//! A province's plan begins with what its cities filed: one list, one cap a platform, one table of targets.
#![allow(clippy::unwrap_used)]

mod city;
#[path = "../../store/tests/on_both_engines/mod.rs"]
mod on_both_engines;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use city::{City, person, row, settling};
use on_both_engines::Database;
use policy::library::Library;
use records::access::Acting;
use records::account::Role;
use records::answers::{Answers, RowAnswers};
use records::application::{Judgement, Official};
use records::organisation::OrganisationKind;
use service::application::{self, FillDraft};
use service::{ApplicationSort, Desk, Page, ServiceError, batch, ledger};

const PROGRAMME: &str = "provincial-template";

static LIBRARY: LazyLock<Library> = LazyLock::new(|| {
    let mut library = Library::default();
    for folder in ["programmes/national-2023/2023", "programmes/provincial-template/202x"] {
        library.add(testkit::files(&testkit::root().join(folder))).unwrap_or_else(|problems| panic!("{problems:#?}"));
    }
    library
});

fn desk(city: &City) -> Desk<'_> {
    Desk { library: &LIBRARY, ..city.desk() }
}

/// A second city of the province, beside the fixture's own.
fn baotou(role: &str) -> Acting {
    Acting {
        account: format!("baotou-{role}").as_str().into(),
        organisation: "baotou".into(),
        kind: OrganisationKind::CityBureau,
        place: "baotou".into(),
        roles: BTreeSet::from([Role::parse(role).unwrap()]),
        mandate: None,
    }
}

/// Who handles and who signs for a bureau.
type People = (Acting, Acting);

fn people(of: &str) -> People {
    if of == "baotou" {
        return (baotou("handler"), baotou("certifier"));
    }
    let certifier = Acting { account: format!("{of}-certifier").as_str().into(), roles: BTreeSet::from([Role::Certifier]), ..person(of) };
    (person(of), certifier)
}

async fn called(city: &City, procedure: &str) -> String {
    let calling = batch::Calling {
        programme: PROGRAMME.into(),
        procedure: procedure.into(),
        label: "填报".into(),
        notice: "通知".into(),
        opens_on: "2026-01-05".into(),
        deadline_on: "2026-01-30".into(),
    };
    batch::open(&desk(city), &person("region"), &calling).await.unwrap()
}

fn indicators() -> Vec<String> {
    let pack = LIBRARY.pack(PROGRAMME).unwrap();
    let performance = pack.kind("performance").unwrap();
    let policy::program::Type::Choice(choice) = pack.inputs[performance as usize][0].meta.ty else { panic!("no choice") };
    pack.choices[choice as usize].options.iter().map(|word| word.id.clone()).collect()
}

/// What a city files: enterprises of one platform, at 100万元 each, and the platform's table.
fn filed(enterprises: &[String], platform: &str) -> Answers {
    let one = |id: &str, parent, texts: &[(&str, &str)]| row(id, parent, texts);
    let enterprise = |(at, name): (usize, &String)| {
        let yes = [("sme", "yes"), ("cost_evidence", "yes"), ("cost_basis", "standard"), ("actual_cost", "100")];
        let own = [("name", name.as_str()), ("sub_industry", "i038")];
        one(&format!("e{at}"), Some("p"), &[&yes[..], &own[..]].concat())
    };
    let target = |(at, id): (usize, &String)| one(&format!("t{at}"), Some("p"), &[("indicator", id.as_str()), ("target", "60")]);
    let rows: [(&str, Vec<RowAnswers>); 4] = [
        ("industry", vec![one("i", None, &[("name", "i038")])]),
        ("platform", vec![one("p", None, &[("name", platform), ("sealed", "yes")])]),
        ("enterprise", enterprises.iter().enumerate().map(enterprise).collect()),
        ("performance", indicators().iter().enumerate().map(target).collect()),
    ];
    let mut answers = Answers { rows: rows.map(|(kind, rows)| (kind.to_owned(), rows)).into(), ..Answers::default() };
    answers.set("plan.province", "示例省");
    answers.set("city-pilots.year", "2026");
    answers
}

async fn handed_in(city: &City, batch: &str, of: &str, stage: &str, papers: &[&str], say: impl FnOnce(Answers) -> Answers) -> String {
    let (desk, (handler, certifier)) = (desk(city), people(of));
    let id = application::start(&desk, &handler, batch).await.unwrap();
    let (version, draft) = application::draft(&desk, &handler, &id, stage).await.unwrap();
    let paper = format!("{of}-paper");
    let papers = papers.iter().map(|slot| ((*slot).to_owned(), vec![paper.as_str().into()])).collect();
    let draft = FillDraft { answers: say(draft.answers), papers };
    application::save_draft(&desk, &handler, &id, stage, version, &draft).await.unwrap();
    application::prepare(&desk, &handler, &id, city.version(&id).await, stage).await.unwrap();
    application::sign(&desk, &certifier, &id, city.version(&id).await, stage).await.unwrap();
    id
}

fn judged(ids: &[&str]) -> BTreeMap<String, Judgement> {
    ids.iter().map(|id| ((*id).to_owned(), Judgement { holds: true, note: "已核实。".into() })).collect()
}

async fn city_filed(city: &City, batch: &str, of: &str, enterprises: &[String]) -> String {
    let papers = ["cost-evidence", "performance-table"];
    handed_in(city, batch, of, "estimate", &papers, |draft| draft.overlaid(&filed(enterprises, "示例工业互联网平台"))).await
}

async fn checked(city: &City, id: &str) {
    let desk = desk(city);
    let official = Official { judgements: judged(&["levels-by-table"]), ..Official::default() };
    application::approve(&desk, &person("region"), id, Some(city.version(id).await), "city-check", official).await.unwrap();
}

fn names(from: usize, until: usize) -> Vec<String> {
    (from..until).map(|at| format!("示例企业{at}")).collect()
}

/// The outline and what the province itself states of the gathered rows.
fn planned(mut draft: Answers) -> Answers {
    draft.set("plan.province", "示例省");
    draft.set("plan.sealed", "yes");
    draft.set("city-pilots.year", "2026");
    for field in LIBRARY.pack(PROGRAMME).unwrap().form("outline").unwrap().sections.iter().flat_map(records::application::sections_fields) {
        if field.path.starts_with("outline.") && field.required {
            draft.set(&field.path, "示例内容。");
        }
    }
    draft.rows.get_mut("industry").unwrap().iter_mut().for_each(|row| drop(row.texts.insert("planned".into(), "yes".into())));
    draft
}

on_both_engines! {
    async fn a_plan_is_gathered_from_its_cities(database: Database) {
        let city = City::new(database.open().await).await;
        service::demo::settle(&city.store, city.now, &[settling(("baotou", OrganisationKind::CityBureau, "baotou"))]).await.unwrap();
        for of in ["baotou", "city", "region"] {
            service::demo::paper(&city.store, of, &format!("{of}-handler"), "材料.pdf", &"0".repeat(64), 9, city.now).await.ok();
        }
        let batch = called(&city, "city").await;
        let own = city_filed(&city, &batch, "city", &names(0, 12)).await;
        let other = city_filed(&city, &batch, "baotou", &names(11, 22)).await;
        checked(&city, &own).await;

        let plan = called(&city, "plan").await;
        let (region, ..) = people("region");
        let id = application::start(&desk(&city), &region, &plan).await.unwrap();
        let (version, draft) = application::draft(&desk(&city), &region, &id, "industry-plans").await.unwrap();
        assert_eq!(draft.answers.rows("enterprise").len(), 12, "what is not yet checked is not gathered");

        checked(&city, &other).await;
        application::gather(&desk(&city), &region, &id, "industry-plans", version).await.unwrap();
        let (_, draft) = application::draft(&desk(&city), &region, &id, "industry-plans").await.unwrap();
        let counts = ["industry", "platform", "enterprise", "performance"].map(|kind| draft.answers.rows(kind).len());
        assert_eq!(counts, [1, 1, 22, 14], "示例企业11 was filed by both, and the platform, too");

        let again = handed_in(&city, &plan, "region", "industry-plans", &["joint-plan"], planned).await;
        assert_eq!(again, id);
        let view = application::open(&desk(&city), &region, &id).await.unwrap();
        let award = view.outcome.unwrap().award_fen;
        assert_eq!(award, Some(600_000_000), "22 × 30万元 is more than one platform may have");

        let judgements = judged(&["organisation", "policy-support", "coordination", "common-scenarios", "platforms-selected",
            "pilots-specified", "tables-agree", "performance-managed", "levels-by-table"]);
        let papers = ["plan", "industry-table", "pilot-table", "cost-table"];
        let papers = papers.map(|slot| (slot.to_owned(), vec!["region-paper".into()])).into();
        let official = Official { judgements, papers, ..Official::default() };
        application::approve(&desk(&city), &region, &id, Some(city.version(&id).await), "final", official).await.unwrap();
        assert_eq!(city.word(&id).await, "已办结");
        assert_eq!(ledger::verify(&city.store, &LIBRARY).await.unwrap().broken, Vec::<String>::new());
    }

    async fn a_bureau_finds_its_own_files_from_the_day_they_are_begun(database: Database) {
        let city = City::new(database.open().await).await;
        service::demo::settle(&city.store, city.now, &[settling(("baotou", OrganisationKind::CityBureau, "baotou"))]).await.unwrap();
        let batch = called(&city, "city").await;
        application::start(&desk(&city), &person("city"), &batch).await.unwrap();
        let (own, region, other) = (person("city"), person("region"), baotou("handler"));
        let twin = Acting { organisation: "twin".into(), ..person("city") };
        for (who, of, files, tasks) in [(&own, "city", 1, 1), (&own, "baotou", 0, 0), (&region, "city", 0, 0), (&region, "region", 0, 0), (&other, "city", 0, 0), (&twin, "twin", 0, 0), (&twin, "city", 0, 0)] {
            let wanted = application::Wanted { applicant: Some(of.into()), ..application::Wanted::default() };
            let listed = application::applications(&desk(&city), who, &wanted, ApplicationSort::Newest, Page::first(9)).await.unwrap();
            assert_eq!(listed.total, files, "{} asks for {of}", who.organisation);
            if who.organisation.as_str() == of {
                let inbox = application::inbox(&desk(&city), who, &wanted, Page::first(9)).await.unwrap();
                assert_eq!(inbox.total, tasks, "{}", who.organisation);
            }
        }
        let all = application::Wanted::default();
        let inbox = application::inbox(&desk(&city), &own, &all, Page::first(9)).await.unwrap();
        assert_eq!(inbox.total, 1, "it stands on its desk, too");
        let inbox = application::inbox(&desk(&city), &twin, &all, Page::first(9)).await.unwrap();
        assert_eq!(inbox.total, 0, "what one bureau of a place fills in waits for no other");
    }

    async fn only_who_fills_in_gathers(database: Database) {
        let city = City::new(database.open().await).await;
        let plan = called(&city, "plan").await;
        let (region, ..) = people("region");
        let id = application::start(&desk(&city), &region, &plan).await.unwrap();
        for stranger in [person("city"), person("enterprise"), person("finance")] {
            let done = application::gather(&desk(&city), &stranger, &id, "industry-plans", 0).await;
            assert!(matches!(done, Err(ServiceError::Forbidden | ServiceError::NotFound)), "{done:?}");
        }
    }
}
