//! The programme of 2023 from application to recognition, by everybody who has a part in it; the fourth platform of an
//! industry is refused by the clause.
#![allow(clippy::unwrap_used)]

mod city;
#[path = "../../store/tests/on_both_engines/mod.rs"]
mod on_both_engines;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use city::{City, answers, person, row, settling};
use on_both_engines::Database;
use papers::sheet_out::Cell;
use policy::library::Library;
use records::Moment;
use records::access::Acting;
use records::account::Role;
use records::answers::Answers;
use records::application::{Judgement, Official};
use records::check_code::check_code;
use records::organisation::OrganisationKind;
use service::application::{self, FillDraft};
use service::{Desk, ServiceError, batch, document, ledger, publicity, time_limits};

const PROGRAMME: &str = "inner-mongolia-2023";
const INDUSTRY: &str = "食品加工制造业";
const INDICATORS: [&str; 14] = [
    "digital_rate",
    "networked_rate",
    "cloud_rate",
    "management_tools",
    "order_splitting",
    "delivery_time",
    "shipping_accuracy",
    "average_level",
    "common_scenarios",
    "own_scenarios",
    "satisfaction",
    "training",
    "response",
    "warranty",
];

static LIBRARY: LazyLock<Library> = LazyLock::new(|| {
    let mut library = Library::default();
    for folder in ["programmes/national-2023/2023", "programmes/inner-mongolia-2023/2023"] {
        library.add(testkit::files(&testkit::root().join(folder))).unwrap_or_else(|problems| panic!("{problems:#?}"));
    }
    library
});

fn desk(city: &City) -> Desk<'_> {
    Desk { library: &LIBRARY, ..city.desk() }
}

fn platform(at: usize, role: &str) -> Acting {
    Acting {
        account: format!("platform{at}-{role}").as_str().into(),
        organisation: format!("platform{at}").as_str().into(),
        kind: OrganisationKind::Provider,
        place: "hohhot-saihan".into(),
        roles: BTreeSet::from([Role::parse(role).unwrap()]),
        mandate: None,
    }
}

/// The region with four platforms of one banner, and a call by the region.
async fn region(database: &Database) -> (City, String) {
    let city = City::new(database.open().await).await;
    let ids: Vec<String> = (0..4).map(|at| format!("platform{at}")).collect();
    let all: Vec<_> = ids.iter().map(|id| settling((id, OrganisationKind::Provider, "hohhot-saihan"))).collect();
    service::demo::settle(&city.store, city.now, &all).await.unwrap();
    for id in &ids {
        service::demo::paper(&city.store, id, &format!("{id}-handler"), "材料.pdf", &"0".repeat(64), 9, city.now).await.unwrap();
    }
    let calling = batch::Calling {
        programme: PROGRAMME.into(),
        procedure: "pilot".into(),
        label: "第一批".into(),
        notice: "通知".into(),
        opens_on: "2026-01-05".into(),
        deadline_on: "2026-01-30".into(),
    };
    let batch = batch::open(&desk(&city), &person("region"), &calling).await.unwrap();
    (city, batch)
}

/// The three forms, with so many enterprises served.
fn filled(served: usize) -> Answers {
    let pack = LIBRARY.pack(PROGRAMME).unwrap();
    let mut all = answers(&[
        ("platform.sub_industry", "i038"),
        ("report.phone", "0471-1234567"),
        ("report.promise", "yes"),
        ("application.other_evidence", "no"),
    ]);
    for name in ["legal_person", "consulting", "diagnosis", "equipment", "software"] {
        all.set(&format!("platform.{name}"), "yes");
    }
    for field in pack.form("report").unwrap().sections.iter().flat_map(records::application::sections_fields) {
        if all.text(&field.path).is_empty() && field.path.starts_with("report.") {
            all.set(&field.path, "示例内容。");
        }
    }
    let member = |at: usize| {
        let (id, name) = (format!("m{at}"), format!("示例企业{at}"));
        let yes = [("sme", "yes"), ("contract", "yes"), ("invoice", "yes"), ("effect", "yes"), ("pilot", "yes"), ("cost_evidence", "yes")];
        let own = [
            ("name", name.as_str()),
            ("sub_industry", "i038"),
            ("served_on", "2023-02-10"),
            ("cost_basis", "standard"),
            ("actual_cost", "80"),
        ];
        row(&id, None, &[&yes[..], &own[..]].concat())
    };
    all.rows.insert("member".into(), (0..served).map(member).collect());
    let target = |indicator: &&str| row(indicator, None, &[("indicator", indicator), ("target", "60")]);
    all.rows.insert("performance".into(), INDICATORS.iter().map(target).collect());
    all
}

async fn submitted(city: &City, batch: &str, at: usize, served: usize) -> String {
    let (desk, who) = (desk(city), platform(at, "handler"));
    let id = application::start(&desk, &who, batch).await.unwrap();
    let (version, draft) = application::draft(&desk, &who, &id, "apply").await.unwrap();
    let slots = ["licence", "credit-report", "service-evidence", "cost-evidence"];
    let papers = slots.iter().map(|slot| ((*slot).to_owned(), vec![format!("platform{at}-paper").as_str().into()])).collect();
    // The targets begin with a row for each indicator; these take their place.
    assert_eq!(draft.answers.rows("performance").len(), INDICATORS.len());
    let own = filled(served);
    let mut answers = draft.answers.overlaid(&own);
    answers.rows = own.rows;
    let draft = FillDraft { answers, papers };
    application::save_draft(&desk, &who, &id, "apply", version, &draft).await.unwrap();
    application::prepare(&desk, &who, &id, city.version(&id).await, "apply").await.unwrap();
    application::sign(&desk, &platform(at, "certifier"), &id, city.version(&id).await, "apply").await.unwrap();
    id
}

fn judged(ids: &[&str]) -> BTreeMap<String, Judgement> {
    ids.iter().map(|id| ((*id).to_owned(), Judgement { holds: true, note: "已核实。".into() })).collect()
}

async fn approve(city: &City, who: &str, id: &str, stage: &str, official: Official) -> Result<(), ServiceError> {
    application::approve(&desk(city), &person(who), id, Some(city.version(id).await), stage, official).await
}

/// The banner receives the paper and its code.
async fn first_check(city: &City, id: &str) -> Result<(), ServiceError> {
    let stated = answers(&[("platform.abnormal_listed", "no"), ("platform.dishonest_listed", "no"), ("application.promise_signed", "yes")]);
    let paper_code = check_code(&city.record(id).await.1.filed);
    let judgements = judged(&["long-term", "plan-complete", "online-paper"]);
    approve(city, "district", id, "banner-review", Official { stated, judgements, paper_code, ..Official::default() }).await
}

async fn recommended(city: &City, id: &str, order: &str) -> Result<(), ServiceError> {
    let stated = answers(&[("recommendation.order", order), ("recommendation.sealed", "yes")]);
    let judgements = judged(&["no-incident", "demand", "verified"]);
    approve(city, "city", id, "city-review", Official { stated, judgements, ..Official::default() }).await
}

/// From the league's document to the region's decision.
async fn decided(city: &City, id: &str) {
    let stated = answers(&[("recommendation.joint", "yes"), ("recommendation.reported_on", "2023-04-20")]);
    let papers = BTreeMap::from([("joint-document".to_owned(), vec!["city-paper".into()])]);
    approve(city, "city", id, "report-up", Official { stated, papers, ..Official::default() }).await.unwrap();
    let desk = desk(city);
    application::assign(&desk, &person("region"), id, Some(city.version(id).await), "third-party", "evaluator").await.unwrap();
    application::declare(&desk, &person("evaluator"), id, city.version(id).await, "third-party", false, "").await.unwrap();
    let stated = answers(&[("opinion.solution", "可行。"), ("opinion.cases", "属实。"), ("opinion.performance", "合理。")]);
    let judgements = judged(&["solution", "success-cases"]);
    approve(city, "evaluator", id, "third-party", Official { stated, judgements, ..Official::default() }).await.unwrap();
    approve(city, "region", id, "decide", Official::default()).await.unwrap();
}

/// The 附3 of a file says who filed it and when.
async fn own_table(city: &City, file: &str) {
    let view = application::open(&desk(city), &person("region"), file).await.unwrap();
    let summary = document::tables_of_file(&desk(city), &view, "summary").await.unwrap();
    let left = summary[0].left.clone().unwrap();
    assert!(left.starts_with(&format!("填表日期：{}", city.now.day().chinese())), "{left}");
    assert!(left.ends_with("联系电话：0471-1234567"), "{left}");
}

/// One 附3 and an 附4 each of what the region, a league and a platform may see.
async fn together(city: &City, batch: &str) {
    let desk = desk(city);
    let summary = document::tables_of_batch(&desk, &person("region"), batch, "summary").await.unwrap();
    let [summary] = summary.as_slice() else { panic!("{summary:?}") };
    assert_eq!((summary.lines.len(), summary.name.as_str()), (24, "附3"));
    let text = |cell: &Option<Cell>| match cell {
        None => "^".to_owned(),
        Some(Cell::Text(text)) => text.clone(),
        Some(Cell::Figure(digits)) => format!("={digits}"),
        Some(other) => format!("{other:?}"),
    };
    assert_eq!(summary.title, "2023年呼和浩特市食品加工制造业试点企业数字化转型汇总表");
    assert_eq!(
        summary.left.as_deref(),
        Some("填表日期：　　　　　填表人：　　　　　联系电话：　　　　　"),
        "who draws it up fills that in"
    );
    let line = |at: usize| summary.lines[at].iter().map(text).collect::<Vec<_>>().join("|");
    assert_eq!(line(0), "=1|示例platform0有限公司|食品加工制造业|示例企业0|=80|=16");
    assert_eq!(line(1), "^|^|食品加工制造业|示例企业1|=80|=16");
    assert_eq!(line(18), "=4|示例platform3有限公司|食品加工制造业|示例企业0|=80|=16");
    let targets = document::tables_of_batch(&desk, &person("city"), batch, "performance").await.unwrap();
    let names: Vec<&str> = targets.iter().map(|table| table.name.as_str()).collect();
    assert_eq!(names, ["附4-1", "附4-2", "附4-3", "附4-4"]);
    assert_eq!(targets[3].left.as_deref(), Some("服务平台名称：示例platform3有限公司"));
    assert_eq!(text(&targets[0].lines[0][4]), "=60");
    let other = document::tables_of_batch(&desk, &person("city2"), batch, "summary").await.unwrap();
    assert_eq!(other[0].lines.len(), 6, "who sees no file has the table as printed");
    for who in ["district", "finance", "evaluator", "provider"] {
        let none = document::tables_of_batch(&desk, &person(who), batch, "summary").await;
        assert!(matches!(none, Err(ServiceError::Forbidden)), "{who}");
    }
    let unknown = document::tables_of_batch(&desk, &person("region"), batch, "costs").await;
    assert!(matches!(unknown, Err(ServiceError::NotFound)));
}

on_both_engines! {
    async fn a_platform_is_recognised_and_the_fourth_of_its_industry_is_not(database: Database) {
        let (mut city, batch) = region(&database).await;
        let mut files = Vec::new();
        for at in 0..4 {
            files.push(submitted(&city, &batch, at, 6).await);
            own_table(&city, &files[at]).await;
            first_check(&city, &files[at]).await.unwrap();
        }
        for (at, order) in ["1", "2", "3"].into_iter().enumerate() {
            recommended(&city, &files[at], order).await.unwrap();
        }
        match recommended(&city, &files[3], "4").await {
            Err(ServiceError::Refused(refusal)) => {
                assert_eq!(refusal.clause.as_deref(), Some("5.3"));
                for said in ["最多3个", "示例platform0有限公司", "盟市推荐顺序", INDUSTRY] {
                    assert!(refusal.message.contains(said), "{said}: {refusal:?}");
                }
            }
            other => panic!("{other:?}"),
        }
        let keys = application::quotas(&desk(&city), &person("city"), PROGRAMME, "pilot").await.unwrap();
        let platforms = keys.iter().find(|key| key.quota == "platforms-per-industry").unwrap();
        assert_eq!((platforms.held.len(), platforms.waiting.len(), platforms.waiting[0].within), (3, 1, false));
        together(&city, &batch).await;
        decided(&city, &files[0]).await;
        let said = publicity::Announcing {
            title: "公示".into(),
            starts_on: "2026-01-05".into(),
            ends_on: "2026-01-09".into(),
            contact: "0471-1234567".into(),
            applications: vec![files[0].clone()],
        };
        publicity::open(&desk(&city), &person("region"), PROGRAMME, "pilot", &said).await.unwrap();
        city.now = Moment(city.now.0 + 6 * 24 * 3_600_000);
        time_limits::elapse(&desk(&city)).await.unwrap();
        approve(&city, "region", &files[0], "recognise", Official::default()).await.unwrap();
        assert_eq!(city.word(&files[0]).await, "已办结");
        let held = city.store.standings("platform0").await.unwrap();
        assert!(held.iter().any(|row| row.programme == PROGRAMME && row.procedure == "pilot"));
        assert_eq!(ledger::verify(&city.store, &LIBRARY).await.unwrap().broken, Vec::<String>::new());
    }

    async fn five_served_enterprises_are_too_few(database: Database) {
        let (city, batch) = region(&database).await;
        let id = submitted(&city, &batch, 0, 5).await;
        match first_check(&city, &id).await {
            Err(ServiceError::Refused(refusal)) => {
                assert!(refusal.clause.as_deref().unwrap().starts_with("2.6"), "{refusal:?}");
                assert!(refusal.message.contains("不足6家"), "{refusal:?}");
            }
            other => panic!("{other:?}"),
        }
    }
}
