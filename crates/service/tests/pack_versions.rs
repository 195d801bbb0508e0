//! Packs that come while the program runs, on both engines.
#![allow(clippy::unwrap_used)]

mod city;
#[path = "../../store/tests/on_both_engines/mod.rs"]
mod on_both_engines;

use std::collections::BTreeMap;

use city::{City, day, person};
use on_both_engines::Database;
use policy::files::PackFiles;
use policy::library::Library;
use records::Moment;
use records::answers::Answers;
use service::batch::{self, Calling};
use service::pack_version::{self, Fault, Loaded, PackStanding};
use service::{Desk, ServiceError, ledger};

const ID: &str = "example-city";

/// A desk with a library of its own: what is opened here is open for no other test.
struct Office<'a> {
    city: &'a City,
    library: Library,
}

impl<'a> Office<'a> {
    fn of(city: &'a City) -> Self {
        Self { city, library: Library::default() }
    }

    fn desk(&self) -> Desk<'_> {
        Desk { library: self.library.now(), ..self.city.desk() }
    }

    async fn load(&self, files: &PackFiles) -> Result<Loaded, ServiceError> {
        pack_version::load(&self.desk(), &person("administrator/manager"), testkit::zipped(files)).await
    }

    async fn faults(&self, files: &PackFiles) -> Vec<Fault> {
        match self.load(files).await.unwrap() {
            Loaded::Unfit(faults) => faults,
            kept => panic!("{kept:?}"),
        }
    }

    async fn open(&self, who: &str, version: &str) -> Result<(), ServiceError> {
        let on_version = self.record(version).await.0;
        pack_version::open(&self.desk(), &person(who), ID, version, on_version).await
    }

    async fn record(&self, version: &str) -> (i64, PackStanding) {
        let found = pack_version::pack_version(&self.desk(), &person("administrator/manager"), ID, version).await.unwrap();
        let (on_version, record) = found.record.unwrap();
        (on_version, record.standing)
    }

    async fn call(&self) -> Result<String, ServiceError> {
        let calling = Calling {
            programme: ID.into(),
            procedure: "roster".into(),
            label: "第一批".into(),
            notice: "通知".into(),
            opens_on: "2026-01-05".into(),
            deadline_on: "2026-01-30".into(),
        };
        batch::open(&self.desk(), &person("city"), &calling).await
    }
}

/// A pack with one text of one file replaced.
fn with(version: &str, file: &str, from: &str, to: &str) -> PackFiles {
    let mut files = testkit::new_pack(ID, version);
    let text = files.get_mut(file).unwrap();
    assert!(text.contains(from), "{from} is not in {file}");
    *text = text.replace(from, to);
    files
}

/// The second version: from the third batch on, with a higher bar.
fn second() -> PackFiles {
    let mut files = with("2", "pack.toml", "by = \"batch.number\"", "by = \"batch.number\"\nfrom = 3\namends = \"1\"");
    let raise =
        |text: &String| text.replace("staff >= 10人", "staff >= 20人").replace("staff = 10", "staff = 20").replace("少于10人", "少于20人");
    files.values_mut().for_each(|text| *text = raise(text).replace("= 9 }", "= 19 }"));
    files
}

fn refused(done: Result<impl std::fmt::Debug, ServiceError>) -> String {
    match done {
        Err(ServiceError::Refused(refusal)) => refusal.errors.first().map_or(refusal.message.clone(), |error| error.message.clone()),
        other => panic!("{other:?}"),
    }
}

on_both_engines! {
    async fn a_pack_is_loaded_opened_by_another_and_used_without_a_restart(database: Database) {
        let city = City::new(database.open().await).await;
        let office = Office::of(&city);
        office.load(&testkit::new_pack(ID, "1")).await.unwrap();
        assert!(matches!(office.call().await, Err(ServiceError::NotFound)), "what is loaded is not open");
        assert!(refused(office.open("administrator/manager", "1").await).contains("两人"));
        office.open("city/certifier", "1").await.unwrap();
        assert!(matches!(office.record("1").await.1, PackStanding::Opened { .. }));
        office.call().await.unwrap();
        assert_eq!(ledger::verify(&city.store, office.library.now()).await.unwrap().broken, Vec::<String>::new());
    }

    async fn an_open_version_never_changes(database: Database) {
        let city = City::new(database.open().await).await;
        let office = Office::of(&city);
        let changed = with("1", "forms.toml", "min_chars = 100", "min_chars = 200");
        office.load(&testkit::new_pack(ID, "1")).await.unwrap();
        assert!(refused(office.load(&testkit::new_pack(ID, "1")).await).contains("内容相同"));
        office.load(&changed).await.unwrap();
        let stale = pack_version::open(&office.desk(), &person("city/certifier"), ID, "1", 1).await;
        assert!(matches!(stale, Err(ServiceError::Conflict)), "another pack was looked at: {stale:?}");
        office.open("city/certifier", "1").await.unwrap();
        let batch = office.call().await.unwrap();
        for other in [testkit::new_pack(ID, "1"), changed.clone()] {
            let said = refused(office.load(&other).await);
            assert!(said.contains(if other == changed { "完全相同" } else { "amends = \"1\"" }), "{said}");
        }
        let rivals = with("2", "forms.toml", "min_chars = 100", "min_chars = 300");
        assert!(office.faults(&rivals).await[0].message.contains("适用期间重叠"), "which version governs must be clear");
        office.load(&second()).await.unwrap();
        office.open("region/certifier", "2").await.unwrap();
        assert_eq!(office.library.now().pack(ID).unwrap().version, "2");
        assert_eq!(batch::batch(&office.desk(), &batch).await.unwrap().version, "1", "what was begun goes on under its own");
        for (number, version) in [(2, "1"), (3, "2")] {
            let call = batch::batch(&office.desk(), &office.call().await.unwrap()).await.unwrap();
            assert_eq!((call.number, call.version.as_str()), (number, version), "the new version governs from the third batch");
        }
        assert!(office.library.now().version(ID, "1").is_some());
    }

    async fn what_is_open_is_there_after_a_restart_and_in_other_processes(database: Database) {
        let city = City::new(database.open().await).await;
        let office = Office::of(&city);
        for (files, version) in [(testkit::new_pack(ID, "1"), "1"), (second(), "2")] {
            office.load(&files).await.unwrap();
            office.open("city/certifier", version).await.unwrap();
        }
        let another = Library::default();
        assert_eq!(pack_version::shelve_opened(&city.store, &another).await.unwrap(), []);
        assert_eq!(another.now().versions(ID).map(|pack| pack.version.as_str()).collect::<Vec<_>>(), ["1", "2"]);
        let before = another.now();
        assert_eq!(pack_version::shelve_opened(&city.store, &another).await.unwrap(), []);
        assert!(std::ptr::eq(before, another.now()), "what is there is not added again");
    }

    async fn what_is_wrong_is_said_with_file_line_and_clause(database: Database) {
        let city = City::new(database.open().await).await;
        let office = Office::of(&city);
        for (files, file, text, clause, says) in [
            (with("1", "conditions.toml", "enterprise.staff >=", "enterprise.staf >="), "conditions.toml", "met = \"enterprise.staf >= 10人\"", Some("1"), "staf"),
            (with("1", "forms.toml", "label = \"名单申请表\"", "lable = \"名单申请表\""), "forms.toml", "lable = \"名单申请表\"", None, "lable"),
            (with("1", "procedure.toml", "clause = \"6\"", "clause = \"16\""), "procedure.toml", "clause = \"16\"", None, "16"),
            (with("1", "cases/conditions.toml", "staff = 10", "staff = 8"), "cases/conditions.toml", "[expect]", None, "不成立"),
            (with("1", "pack.toml", "id = \"example-city\"", "id = \"a/b\""), "pack.toml", "", None, "只能由英文字母"),
        ] {
            let faults = office.faults(&files).await;
            let found = faults.iter().find(|fault| fault.file == file && fault.text == text && fault.message.contains(says));
            let found = found.unwrap_or_else(|| panic!("{file} {says}: {faults:#?}"));
            assert!(clause.is_none() || found.clause.as_deref() == clause, "{found:?}");
        }
        for (archive, says) in [(b"PK".to_vec(), "不是完整的 zip"), (testkit::zipped(&BTreeMap::from([("a.toml".into(), String::new())])), "pack.toml")] {
            assert!(refused(pack_version::load(&office.desk(), &person("administrator/manager"), archive).await).contains(says));
        }
        assert_eq!(pack_version::pack_versions(&office.desk(), &person("administrator/manager")).await.unwrap(), []);
    }

    async fn a_pack_can_be_taken_back_before_it_is_open(database: Database) {
        let city = City::new(database.open().await).await;
        let office = Office::of(&city);
        let manager = person("administrator/manager");
        office.load(&testkit::new_pack(ID, "1")).await.unwrap();
        assert!(refused(pack_version::withdraw(&office.desk(), &manager, ID, "1", "").await).contains("理由"));
        pack_version::withdraw(&office.desk(), &manager, ID, "1", "写错").await.unwrap();
        assert!(refused(office.open("city/certifier", "1").await).contains("已撤下"));
        office.load(&testkit::new_pack(ID, "1")).await.unwrap();
        office.open("city/certifier", "1").await.unwrap();
        assert!(refused(pack_version::withdraw(&office.desk(), &manager, ID, "1", "写错").await).contains("不能再改变"));
    }
}

#[test]
fn a_walk_says_what_is_missing_and_what_the_rules_say() {
    let mut library = Library::default();
    let pack = library.add(testkit::new_pack(ID, "1")).unwrap();
    let now = Moment::start_of(day("2026-01-05"));
    let walked = |stage: &str, answers: &[(&str, &[(&str, &str)])]| {
        let one = |texts: &[(&str, &str)]| {
            let mut answers = Answers::default();
            texts.iter().for_each(|(path, text)| answers.set(path, text));
            answers
        };
        let answers = answers.iter().map(|(stage, texts)| ((*stage).to_owned(), one(texts))).collect();
        pack_version::walk(&pack, "roster", pack.stage(stage).unwrap(), &answers, now).unwrap()
    };
    let said = |walk: &pack_version::Walk| walk.errors.iter().map(|error| error.path.clone()).collect::<Vec<_>>();
    let empty = walked("apply", &[]);
    assert_eq!(
        said(&empty),
        ["enterprise.code", "enterprise.registered_here", "enterprise.staff", "application.plan", "application.truth"]
    );
    let plan = "改".repeat(100);
    let filled = [
        ("enterprise.code", "91150100MA0N0N0N0N"),
        ("enterprise.registered_here", "是"),
        ("enterprise.staff", "9"),
        ("application.plan", plan.as_str()),
        ("application.truth", "yes"),
    ];
    let few = walked("apply", &[("apply", &filled[..])]);
    assert_eq!(said(&few), Vec::<String>::new());
    let finding = |walk: &pack_version::Walk, id: &str| {
        let outcome = walk.outcome.clone().unwrap();
        outcome.findings.into_iter().find(|finding| finding.id == id).unwrap().status.label().to_owned()
    };
    assert_eq!((finding(&few, "staff"), finding(&few, "credit")), ("不符合".to_owned(), "待人工核实".to_owned()));
    let judged = walked("check", &[("apply", &filled[..]), ("check", &[("judge.credit", "yes")][..])]);
    assert_eq!(finding(&judged, "credit"), "符合");
}
