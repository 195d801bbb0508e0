//! Consortia: members join for themselves, one lead role at a time, money once every pilot has passed.
#![allow(clippy::unwrap_used)]

mod city;
#[allow(dead_code)]
#[path = "../../papers/tests/renderings/machine.rs"]
mod machine;
#[path = "../../store/tests/on_both_engines/mod.rs"]
mod on_both_engines;

use city::{City, answers, name, person, refusal, row};
use on_both_engines::Database;
use records::Refusal;
use records::answers::Answers;
use records::application::{Joining, Official, Point};
use service::application::{self, FillDraft, Wanted};
use service::document::{self, DocumentKind, Press};
use service::payment::{self, Listing};
use service::{Page, ServiceError, batch, publicity, time_limits};

const PROGRAMME: &str = "example-consortium";

async fn call(city: &City, procedure: &str) -> String {
    let calling = batch::Calling {
        programme: PROGRAMME.into(),
        procedure: procedure.into(),
        label: "第一批".into(),
        notice: "通知".into(),
        opens_on: "2026-01-05".into(),
        deadline_on: "2026-01-30".into(),
    };
    batch::open(&city.desk(), &person("city"), &calling).await.unwrap()
}

/// Filled in and signed by two people of an enterprise.
async fn handed_in(city: &City, who: &str, id: &str, stage: &str, filled: &Answers) -> Result<String, ServiceError> {
    prepared(city, who, id, stage, filled).await?;
    city.sign(&format!("{who}/certifier"), id, stage).await
}

async fn prepared(city: &City, who: &str, id: &str, stage: &str, filled: &Answers) -> Result<(), ServiceError> {
    let (version, before) = application::draft(&city.desk(), &person(who), id, stage).await?;
    let mut all = before.answers.overlaid(filled);
    all.rows.clone_from(&filled.rows);
    let draft = FillDraft { answers: all, papers: before.papers };
    application::save_draft(&city.desk(), &person(who), id, stage, version, &draft).await?;
    application::prepare(&city.desk(), &person(who), id, city.version(id).await, stage).await
}

async fn pilot(city: &City, batch: &str, who: &str) {
    let id = city.start(&person(who), batch).await.unwrap();
    handed_in(city, who, &id, "pilot-apply", &answers(&[("plain.contact", "王五")])).await.unwrap();
    city.approve("city", &id, "pilot-check", Official::default()).await.unwrap();
}

/// An acceptance at level 2, or at 1.
async fn tested(city: &City, batch: &str, who: &str, passes: bool) {
    let id = city.start(&person(who), batch).await.unwrap();
    handed_in(city, who, &id, "tested-apply", &answers(&[("plain.contact", "王五")])).await.unwrap();
    city.assign(&id, "tested-assess", "evaluator").await.unwrap();
    let pack = city.library().pack(PROGRAMME).unwrap();
    let assessment = pack.assessment.as_ref().unwrap();
    let path = |input: usize| pack.inputs[0][input].id();
    let mut stated = Answers::default();
    stated.set(&path(assessment.questions[0].input), if passes { "yes" } else { "some" });
    stated.set(&path(assessment.scenarios[0].input), "2");
    let official = Official { stated, ..Official::default() };
    application::assess(&city.desk(), &person("evaluator"), &id, city.version(&id).await, "tested-assess", official).await.unwrap();
    city.approve("city", &id, "tested-check", Official::default()).await.unwrap();
}

fn report(kind: &str, members: &[&str]) -> Answers {
    let mut filled = answers(&[("project.kind", kind), ("report.content", "建设产业协同平台。"), ("report.promise", "yes")]);
    let rows = members.iter().enumerate().map(|(at, one)| row(&format!("{}", at + 1), None, &[("name", &name(one))]));
    filled.rows.insert("member".into(), rows.collect());
    filled
}

async fn page_filled(city: &City, id: &str, who: &str) {
    let (version, begun) = application::join_draft(&city.desk(), &person(who), id, "join").await.unwrap();
    assert_eq!(begun.text("page.code").len(), 18, "the code is taken from what {who} registered");
    let mut page = begun.overlaid(&answers(&[("page.part", "承担零部件配套。"), ("page.promise", "yes")]));
    let own = &mut page.rows.get_mut("member").unwrap()[0].texts;
    own.insert("linked".into(), "是".into());
    // Nobody counts under another's name.
    own.insert("name".into(), name("enterprise2"));
    application::save_join_draft(&city.desk(), &person(who), id, "join", version, &page).await.unwrap();
    application::prepare_join(&city.desk(), &person(who), id, city.version(id).await, "join").await.unwrap();
}

async fn joined(city: &City, id: &str, who: &str) {
    page_filled(city, id, who).await;
    let certifier = person(&format!("{who}/certifier"));
    application::join(&city.desk(), &certifier, id, city.version(id).await, "join").await.unwrap();
}

async fn inbox(city: &City, who: &str) -> Vec<String> {
    let items = application::inbox(&city.desk(), &person(who), &Wanted::default(), Page::first(50)).await.unwrap();
    items.rows.into_iter().map(|item| item.task.title).collect()
}

fn amount() -> Official {
    Official { stated: answers(&[("project.amount", "50万元")]), ..Official::default() }
}

async fn published(city: &mut City, id: &str) {
    let said = publicity::Announcing {
        title: "公示".into(),
        starts_on: city.now.day().to_string(),
        ends_on: city.now.day().to_string(),
        contact: "0471-1234567".into(),
        applications: vec![id.to_owned()],
    };
    publicity::open(&city.desk(), &person("city"), PROGRAMME, "joint", &said).await.unwrap();
    city.now.0 += 24 * 3_600_000;
    time_limits::elapse(&city.desk()).await.unwrap();
}

async fn listed(city: &City, id: &str) -> Result<String, ServiceError> {
    let listing = Listing { programme: PROGRAMME.into(), label: "第一批".into(), applications: vec![id.to_owned()] };
    payment::prepare(&city.desk(), &person("finance"), &listing).await
}

fn message(refusal: &Refusal) -> String {
    refusal.errors.iter().map(|error| error.message.as_str()).chain([refusal.message.as_str()]).collect::<Vec<_>>().join(" ")
}

/// The paper of each member: its own is a member's only paper, the lead and the office have all; what the lead handed in is no
/// member's, whoever tells it the address.
async fn papers_of_members(city: &City, id: &str) {
    let (desk, press) = (city.desk(), press());
    let kind = |of: &str| DocumentKind::parse(&format!("member-page.{of}")).unwrap();
    let form = DocumentKind::Form("report".into());
    for (who, pages, has_form) in [
        ("enterprise", &["enterprise2", "provider"][..], true),
        ("city", &["enterprise2", "provider"], true),
        ("supervisor", &["enterprise2", "provider"], true),
        ("enterprise2", &["enterprise2"], false),
        ("provider", &["provider"], false),
    ] {
        let view = application::open(&desk, &person(who), id).await.unwrap();
        let kinds: Vec<DocumentKind> = document::offered(&view).into_iter().map(|(kind, _)| kind).collect();
        for of in ["enterprise2", "provider"] {
            assert_eq!(kinds.contains(&kind(of)), pages.contains(&of), "{who} is offered the page of {of}");
            let issued = document::issue(&desk, &person(who), &press, id, &kind(of)).await;
            assert_eq!(issued.is_ok(), pages.contains(&of), "{who} issues the page of {of}: {issued:?}");
        }
        assert_eq!(kinds.contains(&form), has_form, "{who}: {kinds:?}");
        assert!(has_form || kinds.len() == 1, "{who}: {kinds:?}");
    }
    let of_lead = document::issue(&desk, &person("enterprise"), &press, id, &form).await.unwrap();
    let report = papers::text(&document::open(&desk, Some(&person("city")), &of_lead).await.unwrap().paper).unwrap();
    assert!(report.matches("承担零部件配套。").count() == 2, "the pages stand behind their table: {report}");
    let page = document::issue(&desk, &person("city"), &press, id, &kind("provider")).await.unwrap();
    for (who, own) in [("enterprise2", false), ("provider", true), ("enterprise", true), ("district2", false), ("provider2", false)] {
        assert_eq!(document::open(&desk, Some(&person(who)), &page).await.is_ok(), own, "{who} opens the page of another");
        let report = document::open(&desk, Some(&person(who)), &of_lead).await;
        assert_eq!(report.is_ok(), who == "enterprise", "{who} opens what the lead handed in");
        let rows = document::issued_of_file(&desk, &person(who), id).await.map_or(0, |rows| rows.len());
        assert_eq!(
            rows,
            [("enterprise2", 1), ("provider", 1), ("enterprise", 3)].iter().find(|(one, _)| *one == who).map_or(0, |(_, rows)| *rows),
            "{who}"
        );
    }
}

fn press() -> Press {
    Press::of(machine::font_files()).unwrap()
}

on_both_engines! {
    async fn from_a_consortium_to_its_money(database: Database) {
        let mut city = City::new(database.open().await).await;
        let (pilots, tests, calls) = (call(&city, "pilot").await, call(&city, "tested").await, call(&city, "joint").await);
        pilot(&city, &pilots, "enterprise2").await;
        let id = city.start(&person("enterprise"), &calls).await.unwrap();

        // Whom the lead may name.
        let wrong = report("chain", &["enterprise", "enterprise2", "enterprise2", "nobody"]);
        let said = message(&refusal(prepared(&city, "enterprise", &id, "apply", &wrong).await));
        for words in ["是申报（牵头）单位", "重复填写", "没有在平台注册"] {
            assert!(said.contains(words), "{words}: {said}");
        }
        handed_in(&city, "enterprise", &id, "apply", &report("chain", &["enterprise2", "provider", "provider2"])).await.unwrap();
        assert!(!city.record(&id).await.1.stages.contains_key("check"), "members come first");

        // Each member has its own task, sees its own part of the file, and works on its own page alone.
        assert_eq!(inbox(&city, "enterprise2").await, ["参与单位确认"]);
        assert_eq!(inbox(&city, "provider").await, ["参与单位确认"]);
        let seen = application::open(&city.desk(), &person("provider"), &id).await.unwrap();
        assert!(seen.application.filed.texts.is_empty() && seen.application.filed.rows("member").len() == 3 && seen.outcome.is_none());
        assert!(matches!(application::draft(&city.desk(), &person("provider"), &id, "apply").await, Err(ServiceError::Forbidden)));
        assert!(matches!(application::join_draft(&city.desk(), &person("enterprise"), &id, "join").await, Err(ServiceError::Forbidden)));
        assert!(matches!(application::open(&city.desk(), &person("district2"), &id).await, Err(ServiceError::NotFound)));
        let none = application::prepare_join(&city.desk(), &person("provider"), &id, city.version(&id).await, "join").await;
        assert!(message(&refusal(none)).contains("分工"));

        joined(&city, &id, "enterprise2").await;
        page_filled(&city, &id, "provider").await;
        let own = person("provider");
        let both = records::access::Acting { roles: [records::account::Role::Handler, records::account::Role::Certifier].into(), ..own };
        let alone = application::join(&city.desk(), &both, &id, city.version(&id).await, "join").await;
        assert!(message(&refusal(alone)).contains("应为两人"));
        application::join(&city.desk(), &person("provider/certifier"), &id, city.version(&id).await, "join").await.unwrap();

        // One declines and is removed by the lead; those who joined stay.
        let declines = person("provider2/certifier");
        application::decline_join(&city.desk(), &declines, &id, city.version(&id).await, "join", "产能不足。").await.unwrap();
        assert_eq!(inbox(&city, "enterprise").await, ["参与单位确认：有单位谢绝"]);
        let lead = person("enterprise/certifier");
        let version = city.version(&id).await;
        let kept = application::remove_member(&city.desk(), &lead, &id, version, "join", &"provider".into()).await;
        assert!(message(&refusal(kept)).contains("已确认参与"));
        application::remove_member(&city.desk(), &lead, &id, version, "join", &"provider2".into()).await.unwrap();
        let file = city.record(&id).await.1;
        assert_eq!((file.participants.len(), file.filed.rows("member").len()), (2, 2));
        assert!(file.stages.contains_key("check") && file.all_joined());
        assert!(matches!(application::open(&city.desk(), &person("provider2"), &id).await, Err(ServiceError::NotFound)));

        // A correction that names another member opens the joining again.
        let points = vec![Point { path: String::new(), message: "请补充参与单位。".into(), clause: "2".into() }];
        let version = city.version(&id).await;
        application::return_for_correction(&city.desk(), &person("city"), &id, version, "check", points, None).await.unwrap();
        handed_in(&city, "enterprise", &id, "apply", &report("chain", &["enterprise2", "provider", "provider2"])).await.unwrap();
        let file = city.record(&id).await.1;
        let states: Vec<_> = file.participants.iter().map(|one| matches!(one.joining, Joining::Joined { .. })).collect();
        assert_eq!(states, [true, true, false]);
        joined(&city, &id, "provider2").await;

        // One pilot of three is not half of them: refused by the clause. A second one is registered meanwhile.
        let few = refusal(city.approve("city", &id, "check", amount()).await);
        assert_eq!((few.clause.as_deref(), few.message.contains("试点企业不少于一半")), (Some("2"), true), "{few:?}");
        let version = city.version(&id).await;
        let points = vec![Point { path: String::new(), message: "请调整参与单位。".into(), clause: "2".into() }];
        application::return_for_correction(&city.desk(), &person("city"), &id, version, "check", points, None).await.unwrap();
        handed_in(&city, "enterprise", &id, "apply", &report("chain", &["enterprise2", "provider"])).await.unwrap();
        city.approve("city", &id, "check", amount()).await.unwrap();
        published(&mut city, &id).await;

        papers_of_members(&city, &id).await;

        // Not paid before the pilot has passed at level 2, wherever it was tested.
        let early = refusal(listed(&city, &id).await);
        assert_eq!((early.clause.as_deref(), early.message.contains("还有试点企业没有达到二级")), (Some("6"), true));
        tested(&city, &tests, "enterprise2", false).await;
        assert!(listed(&city, &id).await.is_err(), "level 1 is not enough");
        tested(&city, &tests, "enterprise2", true).await;
        listed(&city, &id).await.unwrap();
        city.verify().await;
    }

    async fn who_declines_is_replaced(database: Database) {
        let city = City::new(database.open().await).await;
        let calls = call(&city, "joint").await;
        let id = city.start(&person("enterprise"), &calls).await.unwrap();
        handed_in(&city, "enterprise", &id, "apply", &report("chain", &["enterprise2", "provider"])).await.unwrap();
        joined(&city, &id, "provider").await;
        let declines = person("enterprise2/certifier");
        application::decline_join(&city.desk(), &declines, &id, city.version(&id).await, "join", "产能不足。").await.unwrap();
        let lead = person("enterprise/certifier");
        for (of, other, said) in [
            ("enterprise2", "没有这家单位".to_owned(), "没有在平台注册"),
            ("enterprise2", name("enterprise"), "是申报（牵头）单位"),
            ("enterprise2", name("provider"), "已列为参与单位"),
            ("provider", name("provider2"), "已确认参与"),
            ("provider2", name("provider2"), "不是本申报件的参与单位"),
        ] {
            let version = city.version(&id).await;
            let done = application::replace_member(&city.desk(), &lead, &id, version, "join", (&of.into(), &other)).await;
            assert!(message(&refusal(done)).contains(said), "{other}: {said}");
        }
        let version = city.version(&id).await;
        let (of, other) = ("enterprise2".into(), name("provider2"));
        application::replace_member(&city.desk(), &lead, &id, version, "join", (&of, &other)).await.unwrap();
        assert_eq!(inbox(&city, "provider2").await, ["参与单位确认"]);
        assert!(inbox(&city, "enterprise2").await.is_empty() && inbox(&city, "enterprise").await.is_empty());
        assert!(matches!(application::open(&city.desk(), &declines, &id).await, Err(ServiceError::NotFound)));
        joined(&city, &id, "provider2").await;
        let file = city.record(&id).await.1;
        let named: Vec<&str> = file.filed.rows("member").iter().map(|row| row.texts["name"].as_str()).collect();
        assert_eq!(named, [name("provider2"), name("provider")]);
        assert!(file.stages.contains_key("check") && file.all_joined());
        let told: Vec<String> =
            application::timeline(&city.desk(), &person("city"), &id).await.unwrap().into_iter().map(|one| one.what).collect();
        let words = format!("参与单位{}换成{}", name("enterprise2"), name("provider2"));
        assert!(told.contains(&words), "{told:?}");
        city.verify().await;
    }

    async fn alone_the_own_assessment_counts(database: Database) {
        let city = City::new(database.open().await).await;
        let (tests, calls) = (call(&city, "tested").await, call(&city, "joint").await);
        tested(&city, &tests, "enterprise", false).await;
        let id = city.start(&person("enterprise"), &calls).await.unwrap();
        handed_in(&city, "enterprise", &id, "apply", &report("single", &[])).await.unwrap();
        assert!(city.record(&id).await.1.stages.contains_key("check"), "nobody is waited for");
        let low = refusal(city.approve("city", &id, "check", amount()).await);
        assert_eq!((low.clause.as_deref(), low.message.contains("等级二级及以上")), (Some("3"), true));
        tested(&city, &tests, "enterprise", true).await;
        city.approve("city", &id, "check", amount()).await.unwrap();
        let facts = city.record(&id).await.1.decision.unwrap().inputs;
        assert_eq!((facts.text("project.level"), facts.text("project.reached")), ("2", "1"));
        city.verify().await;
    }

    async fn of_fifty_files_that_would_lead_one_does(database: Database) {
        let city = City::new(database.open().await).await;
        let calls = call(&city, "joint").await;
        let mut files = Vec::new();
        for number in 0..50 {
            let id = city.start(&person("enterprise"), &calls).await.unwrap();
            let kind = if number % 2 == 0 { "chain" } else { "cluster" };
            prepared(&city, "enterprise", &id, "apply", &report(kind, &["enterprise2", "provider"])).await.unwrap();
            files.push((id.clone(), city.version(&id).await));
        }
        let mut running = Vec::new();
        for (id, version) in files.clone() {
            let (store, now) = (city.store.clone(), city.now);
            running.push(tokio::spawn(async move {
                let city = City { store, now };
                application::sign(&city.desk(), &person("enterprise/certifier"), &id, version, "apply").await
            }));
        }
        let mut done = 0;
        for one in running {
            match one.await.unwrap() {
                Ok(_) => done += 1,
                Err(ServiceError::Refused(refusal)) => assert_eq!(refusal.clause.as_deref(), Some("1"), "{refusal:?}"),
                Err(error) => panic!("{error:?}"),
            }
        }
        assert_eq!(done, 1);

        // The other files stay as they were; given up, the role is free again, and another file of one's own may join in any number.
        let mut led = Vec::new();
        for (id, _) in &files {
            if city.record(id).await.1.submitted_at.is_some() {
                led.push(id.clone());
            }
        }
        assert_eq!(led.len(), 1);
        let other = &files.iter().find(|(id, _)| *id != led[0]).unwrap().0;
        let certifier = person("enterprise/certifier");
        application::withdraw(&city.desk(), &certifier, &led[0], city.version(&led[0]).await, "改报。").await.unwrap();
        city.sign("enterprise/certifier", other, "apply").await.unwrap();
        let own = city.start(&person("enterprise2"), &calls).await.unwrap();
        handed_in(&city, "enterprise2", &own, "apply", &report("chain", &["enterprise", "provider"])).await.unwrap();
        city.verify().await;
    }
}
