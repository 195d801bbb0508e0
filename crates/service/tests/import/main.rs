//! Tables that are taken in whole or not at all: what they make, that a second time changes nothing, that what goes out comes
//! in again, and that two hundred kinds of damage each say where they are and what to do, with the store as it was.
#![allow(clippy::unwrap_used)]

mod answers;
#[path = "../city/mod.rs"]
mod city;
mod damage;
#[path = "../engine/mod.rs"]
mod engine;
mod given;
mod left_out;
mod many;
mod payments;
mod products;
mod rows;
mod waiting;

use city::{City, PROGRAMME, person};
use given::{ORGANISATION_HEADS, city, code, organisations, roster, table, workbook};
use records::enlistment::Enlistment;
use records::organisation::{Organisation, OrganisationKind, Quality};
use service::import::{self, Counts, Preview, Target};
use service::{ServiceError, identity, ledger, organisation};

const ENTERPRISES: Target = Target::Organisations { kind: OrganisationKind::Enterprise };

fn on_roster() -> Target {
    Target::Roster { programme: PROGRAMME.into(), procedure: "roster".into() }
}

/// New, changed, unchanged and kept.
fn four(counts: Counts) -> [usize; 4] {
    [counts.new, counts.changed, counts.same, counts.kept]
}

async fn take(city: &City, target: &Target, rows: &[Vec<String>]) -> Result<Counts, ServiceError> {
    import::take_in(&city.desk(), &person("city"), target, &table("表.xlsx", workbook(rows)), None).await.map(|taken| taken.counts)
}

async fn look(city: &City, target: &Target, rows: &[Vec<String>]) -> Preview {
    import::preview(&city.desk(), &person("city"), target, &table("表.xlsx", workbook(rows))).await.unwrap()
}

async fn on_file(city: &City, code: &str) -> Organisation {
    let row = city.store.organisation_of_code(code).await.unwrap().unwrap();
    serde_json::from_str(&city.store.record("organisation", &row.id).await.unwrap().unwrap().state).unwrap()
}

#[tokio::test]
async fn enterprises_are_entered_once_and_changed_where_they_differ() {
    let city = city("entered").await;
    let rows = organisations(3);
    assert_eq!(four(look(&city, &ENTERPRISES, &rows).await.counts), [3, 0, 0, 0]);
    assert_eq!(city.store.organisation_of_code(&code(0)).await.unwrap(), None);
    assert_eq!(four(take(&city, &ENTERPRISES, &rows).await.unwrap()), [3, 0, 0, 0]);
    let first = on_file(&city, &code(0)).await;
    assert_eq!((first.kind, first.place.as_str(), first.profile.quality), (OrganisationKind::Enterprise, "hohhot-saihan", Quality::Giant));
    assert_eq!((first.profile.figures.revenue_fen, first.profile.figures.staff), (Some(3_000_050_000), Some(120)));

    let heads = city.store.chains().await.unwrap();
    assert_eq!(four(take(&city, &ENTERPRISES, &rows).await.unwrap()), [0, 0, 3, 0]);
    assert_eq!(city.store.chains().await.unwrap(), heads, "the same table again writes nothing");

    let mut changed = rows.clone();
    changed[2][6] = "0471-7654321".into();
    assert_eq!(four(take(&city, &ENTERPRISES, &changed).await.unwrap()), [0, 1, 2, 0]);
    assert_eq!(on_file(&city, &code(1)).await.profile.phone, "0471-7654321");
    let imports = import::listed(&city.desk(), &person("city")).await.unwrap();
    assert_eq!(imports.iter().map(|one| one.counts.changed).collect::<Vec<_>>(), [1, 0]);
    verified(&city).await;
}

async fn verified(city: &City) {
    let verified = ledger::verify(&city.store, city.library()).await.unwrap();
    assert_eq!(verified.broken, Vec::<String>::new());
}

#[tokio::test]
async fn whoever_has_people_looks_after_itself() {
    let city = city("people").await;
    let own = on_file_id(&city, "enterprise").await;
    let mut rows = organisations(1);
    rows[1][0] = city::name("enterprise");
    rows[1][1] = own.credit_code.clone().unwrap();
    assert_eq!(four(take(&city, &ENTERPRISES, &rows).await.unwrap()), [0, 0, 0, 1]);
    assert_eq!(on_file_id(&city, "enterprise").await, own);
}

async fn on_file_id(city: &City, id: &str) -> Organisation {
    serde_json::from_str(&city.store.record("organisation", id).await.unwrap().unwrap().state).unwrap()
}

/// Whose list a city's bureau may enter: of its own programmes, and only what their packs let stand on a list.
#[tokio::test]
async fn a_list_is_entered_where_its_programme_is_run_and_never_for_an_acceptance() {
    let city = city("where").await;
    let roster = |programme: &str, procedure: &str| Target::Roster { programme: programme.into(), procedure: procedure.into() };
    let offered = import::targets(&city.desk(), &person("city")).unwrap();
    for (programme, procedure, enters) in [
        (PROGRAMME, "roster", true),
        (PROGRAMME, "pool", true),
        (PROGRAMME, "project", false),
        ("changji-benchmark", "pilot", false),
        ("changji-benchmark", "acceptance", false),
        ("inner-mongolia-2023", "pilot", false),
    ] {
        let target = roster(programme, procedure);
        assert_eq!(offered.iter().any(|(one, _)| *one == target), enters, "{programme}/{procedure}");
        let template = import::template(&city.desk(), &person("city"), &target).await;
        assert_eq!(template.is_ok(), enters, "{programme}/{procedure}");
    }
}

#[tokio::test]
async fn a_roster_grants_its_standing_and_says_where_it_came_from() {
    let mut city = city("roster").await;
    let rows = roster(3);
    assert_eq!(four(take(&city, &on_roster(), &rows).await.unwrap()), [3, 0, 0, 0]);
    assert_eq!(four(take(&city, &on_roster(), &rows).await.unwrap()), [0, 0, 3, 0]);
    let id = on_file(&city, &code(0)).await.id;
    let standings = city.store.standings(id.as_str()).await.unwrap();
    assert_eq!((standings.len(), standings[0].since_on.as_str()), (1, "2025-06-30"));
    let stored = city.store.record("enlistment", &Enlistment::id(PROGRAMME, "roster", &id)).await.unwrap().unwrap();
    let entered: Enlistment = serde_json::from_str(&stored.state).unwrap();
    assert_eq!((entered.batch.as_str(), entered.basis.as_str()), ("2025年第一批", "工信发〔2025〕1号"));
    assert_eq!(import::listed(&city.desk(), &person("city")).await.unwrap()[0].id, entered.import);

    let mut corrected = rows.clone();
    corrected[1][3] = "2025-07-01".into();
    assert_eq!(four(take(&city, &on_roster(), &corrected).await.unwrap()), [0, 1, 2, 0]);
    assert_eq!(city.store.standings(id.as_str()).await.unwrap()[0].since_on, "2025-07-01");

    // A standing that was applied for keeps its day.
    city.roster("enterprise", "district").await;
    let own = on_file_id(&city, "enterprise").await;
    let mut applied = roster(1);
    applied[1] = vec![own.name, own.credit_code.unwrap(), String::new(), "2025-06-30".into(), String::new(), String::new()];
    let looked = look(&city, &on_roster(), &applied).await;
    assert_eq!(looked.problems.iter().map(|one| one.cell()).collect::<Vec<_>>(), ["D2"]);
    verified(&city).await;
}

#[tokio::test]
async fn only_bureaus_that_conduct_take_tables_in() {
    let city = city("only").await;
    for who in
        ["enterprise", "provider", "district", "finance", "evaluator", "supervisor", "administrator", "city/certifier", "city/manager"]
    {
        let table = table("表.xlsx", workbook(&organisations(1)));
        let (looked, taken) = (
            import::preview(&city.desk(), &person(who), &ENTERPRISES, &table).await.map(|_| ()),
            import::take_in(&city.desk(), &person(who), &ENTERPRISES, &table, None).await.map(|_| ()),
        );
        for done in [looked, taken] {
            assert!(matches!(done, Err(ServiceError::Forbidden)), "{who}: {done:?}");
        }
        // Who pays has a list of its own, of what the bank did.
        let listed = import::listed(&city.desk(), &person(who)).await;
        assert_eq!(matches!(listed, Err(ServiceError::Forbidden)), who != "finance", "{who}: {listed:?}");
    }
    // A bureau enters what lies in its own place.
    let taken = import::take_in(&city.desk(), &person("city2"), &ENTERPRISES, &table("表.xlsx", workbook(&organisations(1))), None).await;
    assert!(matches!(taken, Err(ServiceError::Refused(_))), "{taken:?}");
}

#[tokio::test]
async fn what_goes_out_comes_in_again_without_a_change() {
    let city = city("round").await;
    take(&city, &ENTERPRISES, &organisations(30)).await.unwrap();
    take(&city, &on_roster(), &roster(30)).await.unwrap();
    let (desk, who, heads) = (city.desk(), person("city"), city.store.chains().await.unwrap());
    let out = import::organisation_rows(&desk, &who, Some(OrganisationKind::Enterprise), "").await.unwrap();
    let count = out.len();
    assert_eq!(count, 32, "two registered by themselves");
    let written = papers::sheet_out::xlsx("企业", &import::organisation_columns(), out.into_iter(), city.now.day()).unwrap();
    let back = import::take_in(&desk, &who, &ENTERPRISES, &table("企业.xlsx", written), None).await.unwrap();
    assert_eq!(four(back.counts), [0, 0, count, 0]);

    let out = import::roster_rows(&desk, &who, PROGRAMME, "roster").await.unwrap();
    assert_eq!(out.len(), 30);
    let written = papers::sheet_out::xlsx("名单", &import::roster_columns(), out.into_iter(), city.now.day()).unwrap();
    let back = import::take_in(&desk, &who, &on_roster(), &table("名单.xlsx", written), None).await.unwrap();
    assert_eq!(four(back.counts), [0, 0, 30, 0]);
    assert_eq!(city.store.chains().await.unwrap(), heads);
}

#[tokio::test]
async fn a_template_has_the_columns_that_are_read() {
    let city = city("template").await;
    for target in import::targets(&city.desk(), &person("city")).unwrap() {
        let bytes = import::template(&city.desk(), &person("city"), &target.0).await.unwrap();
        let looked = import::preview(&city.desk(), &person("city"), &target.0, &table("模板.xlsx", bytes)).await.unwrap();
        assert_eq!((looked.problem_count, looked.unknown.len(), looked.counts.rows), (0, 0, 0), "{}", target.1);
        assert_eq!(Target::parse(&target.0.word()), Some(target.0));
    }
    let bytes = import::template(&city.desk(), &person("city"), &ENTERPRISES).await.unwrap();
    let looked = import::preview(&city.desk(), &person("city"), &ENTERPRISES, &table("模板.xlsx", bytes)).await.unwrap();
    let plain: Vec<String> = looked.heads.iter().map(|head| head.split('（').next().unwrap().to_owned()).collect();
    assert_eq!(plain, ORGANISATION_HEADS);
    organisation::organisations(&city.desk(), &person("city"), None, "", service::Page::first(1)).await.unwrap();
}

#[tokio::test]
async fn whoever_registers_for_what_was_entered_finds_it() {
    let city = city("claim").await;
    take(&city, &on_roster(), &roster(2)).await.unwrap();
    let (desk, before) = (city.desk(), on_file(&city, &code(0)).await);
    let registering = |name: &str, number: usize| identity::Registration {
        kind: "enterprise".into(),
        organisation: name.into(),
        credit_code: code(number),
        place: "hohhot-xincheng".into(),
        name: "张三".into(),
        phone: "13800138000".into(),
        email: format!("claim{number}@example.cn"),
        password: "correct horse 1".into(),
        password_again: "correct horse 1".into(),
    };
    let other = identity::register(&city.store, &desk.edge, &registering("别的有限公司", 1)).await;
    assert!(matches!(other, Err(ServiceError::Refused(_))), "{other:?}");
    identity::register(&city.store, &desk.edge, &registering("示例0号有限公司", 0)).await.unwrap();
    let letter = city.store.outbox("waiting", 100).await.unwrap().into_iter().find(|row| row.body.contains("claim0@example.cn")).unwrap();
    let letter: service::mail::Letter = serde_json::from_str(&letter.body).unwrap();
    let secret = letter.text.lines().find(|line| line.contains("/verify-email/")).unwrap().rsplit('/').next().unwrap().to_owned();
    identity::verify_email(&city.store, &desk.edge, &secret).await.unwrap();
    let after = on_file(&city, &code(0)).await;
    assert_eq!(after, before, "what the office entered stays");
    assert_eq!(city.store.with_people(std::slice::from_ref(&after.id.0)).await.unwrap().len(), 1);
    let again = identity::register(&city.store, &desk.edge, &registering("示例0号有限公司", 0)).await;
    assert!(matches!(again, Err(ServiceError::Refused(_))), "{again:?}");
    verified(&city).await;
}
