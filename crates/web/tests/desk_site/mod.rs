//! A site with a made-up programme that has every work officials do, and people of every kind of office.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;

use policy::library::Library;
use records::Moment;
use records::access::Acting;
use records::account::{AccountEvent, Role};
use records::answers::{Answers, RowAnswers};
use records::organisation::{OrganisationEvent, OrganisationKind as Kind};
use service::Desk;
use service::application::{self, FillDraft};
use service::batch::{self, Calling};
use service::demo::{self, Settling};

use crate::served::{self, File, NOW_UNIX_S, Page, Person, Served};

/// Every organisation: name, kind, place, its people's roles.
const ALL: [(&str, Kind, &str, &[&[Role]]); 8] = [
    ("甲公司", Kind::Enterprise, "hohhot-saihan", &[&[Role::Handler], &[Role::Certifier]]),
    ("乙公司", Kind::Enterprise, "hohhot-yuquan", &[&[Role::Handler], &[Role::Certifier]]),
    ("市局", Kind::CityBureau, "hohhot", &[&[Role::Handler], &[Role::Handler]]),
    ("区局", Kind::DistrictBureau, "hohhot-saihan", &[&[Role::Handler]]),
    ("评测中心", Kind::Evaluator, "hohhot", &[&[Role::Handler]]),
    ("会计所", Kind::Auditor, "hohhot", &[&[Role::Handler]]),
    ("财政局", Kind::FinanceBureau, "hohhot", &[&[Role::Handler]]),
    ("监督组", Kind::Supervisor, "hohhot", &[&[Role::Handler]]),
];

pub struct Site(Served);

impl Deref for Site {
    type Target = Served;

    fn deref(&self) -> &Served {
        &self.0
    }
}

fn library() -> Library {
    served::library(["crates/web/tests/desk_pack", "programmes/miit-2024/2024"])
}

impl Site {
    pub async fn new() -> Self {
        let served = Served::new(library()).await;
        demo::settle(&served.store, Moment(NOW_UNIX_S * 1000), &ALL.map(settling)).await.unwrap();
        Self(served)
    }

    pub fn desk(&self) -> Desk<'_> {
        self.0.desk(0)
    }

    /// The person of an organisation, by place, signed in.
    pub async fn enter(&self, organisation: &str, person: usize) -> Person {
        self.0.enter(&account(organisation, person)).await
    }

    async fn call(&self, procedure: &str) -> String {
        let calling = Calling {
            programme: "grant".into(),
            procedure: procedure.into(),
            label: "第一批".into(),
            notice: "请申报。".into(),
            opens_on: "2026-01-10".into(),
            deadline_on: "2026-02-10".into(),
        };
        batch::open(&self.desk(), &acting("市局", 0), &calling).await.unwrap()
    }

    /// A file of an enterprise under a procedure, handed in with these answers.
    pub async fn filed(&self, enterprise: &str, procedure: &str, stage: &str, answers: Answers) -> String {
        let desk = self.desk();
        let (handler, certifier, batch) = (acting(enterprise, 0), acting(enterprise, 1), self.call(procedure).await);
        let id = application::start(&desk, &handler, &batch).await.unwrap();
        let draft = FillDraft { answers, ..FillDraft::default() };
        application::save_draft(&desk, &handler, &id, stage, 0, &draft).await.unwrap();
        let version = application::open(&desk, &handler, &id).await.unwrap().version;
        application::prepare(&desk, &handler, &id, version, stage).await.unwrap();
        let version = application::open(&desk, &certifier, &id).await.unwrap().version;
        application::sign(&desk, &certifier, &id, version, stage).await.unwrap();
        id
    }

    /// A subsidy's file with two invoices; what is not local fails a condition.
    pub async fn subsidy(&self, enterprise: &str, local: bool) -> String {
        let mut answers = Answers::default();
        answers.set("project.name", "某项目<b>");
        answers.set("enterprise.local", if local { "yes" } else { "no" });
        answers.set("enterprise.clean", "yes");
        scored("3").iter().for_each(|(path, text)| answers.set(path, text));
        let row =
            |id: &str, amount: &str| RowAnswers { id: id.into(), parent: None, texts: BTreeMap::from([("amount".into(), amount.into())]) };
        answers.rows.insert("invoice".into(), vec![row("1", "30000"), row("2", "20000")]);
        self.filed(enterprise, "subsidy", "fill", answers).await
    }

    /// A file that waits for a check that asks for nothing.
    pub async fn plain(&self, enterprise: &str) -> String {
        let mut answers = Answers::default();
        answers.set("project.name", "某项目");
        self.filed(enterprise, "roster", "join", answers).await
    }

    /// Posts a form with one file.
    pub async fn upload(&self, person: &Person, address: &str, fields: &[(&str, &str)], field: &str, content: &[u8]) -> Page {
        self.0.upload(person, address, fields, File { field, name: "报告.pdf", content }).await
    }
}

/// Every question with its first option, every scenario at a level.
pub fn scored(level: &str) -> Vec<(String, String)> {
    let library = library();
    let pack = library.pack("grant").unwrap();
    let assessment = pack.assessment.as_ref().unwrap();
    let path = |input: usize| pack.inputs[0][input].id();
    let questions = assessment.questions.iter().map(|question| (path(question.input), question.options[0].0.id.clone()));
    questions.chain(assessment.scenarios.iter().map(|scenario| (path(scenario.input), level.to_owned()))).collect()
}

fn number(organisation: &str) -> usize {
    ALL.iter().position(|(name, ..)| *name == organisation).unwrap()
}

/// The id of an organisation.
pub fn id(organisation: &str) -> String {
    format!("org{}", number(organisation))
}

fn account(organisation: &str, person: usize) -> String {
    format!("{}-{person}", id(organisation))
}

/// A person as the rules of access know it.
pub fn acting(organisation: &str, person: usize) -> Acting {
    let (_, kind, place, people) = ALL[number(organisation)];
    let roles = people[person].iter().copied().collect();
    let account = account(organisation, person).into();
    Acting { account, organisation: id(organisation).into(), kind, place: place.into(), roles, mandate: None }
}

fn settling((name, kind, place, people): (&str, Kind, &str, &[&[Role]])) -> Settling {
    let organisation = id(name);
    let code = (!kind.is_staff()).then(|| standards::CreditCode::with_check_character(&format!("91000000{:09}", number(name))).unwrap());
    let events = vec![OrganisationEvent::Registered {
        id: organisation.as_str().into(),
        kind,
        name: format!("{name}<b>"),
        credit_code: code.map(|code| code.as_str().to_owned()),
        place: place.into(),
    }];
    let accounts = people.iter().enumerate().map(|(at, roles)| settled(&organisation, at, roles)).collect();
    Settling { organisation, events, accounts }
}

fn settled(organisation: &str, person: usize, roles: &[Role]) -> (String, Vec<AccountEvent>) {
    let id = format!("{organisation}-{person}");
    let email = format!("{id}@example.cn");
    let opened = AccountEvent::Opened { id: id.as_str().into(), name: format!("张{person}"), email, phone: String::new() };
    let roles: BTreeSet<Role> = roles.iter().copied().collect();
    (id, vec![opened, AccountEvent::RolesSet { organisation: organisation.into(), roles }])
}
