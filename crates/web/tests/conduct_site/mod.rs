//! A site with a made-up programme that runs from the call to the payment, and people of every kind of organisation.
#![allow(dead_code)]

use std::collections::BTreeSet;
use std::ops::Deref;

use records::Moment;
use records::access::Acting;
use records::account::{AccountEvent, Role};
use records::answers::Answers;
use records::application::Official;
use records::organisation::{OrganisationEvent, OrganisationKind as Kind, Profile};
use service::application::{self, FillDraft};
use service::demo::{self, Settling};

use crate::served::{File, NOW_UNIX_S, Page, Person, Served, library};

/// An organisation: name, kind, place, whether it has a bank account, its people's roles.
type Row = (&'static str, Kind, &'static str, bool, &'static [&'static [Role]]);

/// Every organisation.
const ALL: [Row; 6] = [
    ("甲公司", Kind::Enterprise, "hohhot-saihan", true, &[&[Role::Manager, Role::Handler], &[Role::Certifier]]),
    ("乙公司", Kind::Enterprise, "hohhot-saihan", false, &[&[Role::Manager, Role::Handler], &[Role::Certifier]]),
    ("丙服务商", Kind::Provider, "hohhot-saihan", true, &[&[Role::Manager, Role::Handler], &[Role::Certifier]]),
    ("市局", Kind::CityBureau, "hohhot", false, &[&[Role::Manager, Role::Handler], &[Role::Certifier]]),
    ("财政局", Kind::FinanceBureau, "hohhot", false, &[&[Role::Handler], &[Role::Certifier], &[Role::Certifier]]),
    ("平台", Kind::Administrator, "hohhot", false, &[&[Role::Manager, Role::Handler]]),
];

pub struct Site(Served);

impl Deref for Site {
    type Target = Served;

    fn deref(&self) -> &Served {
        &self.0
    }
}

impl Site {
    pub async fn new() -> Self {
        let served = Served::new(library(["crates/web/tests/conduct_pack"])).await;
        demo::settle(&served.store, Moment(NOW_UNIX_S * 1000), &ALL.map(settling)).await.unwrap();
        Self(served)
    }

    /// The person of an organisation, by place, signed in.
    pub async fn enter(&self, organisation: &str, person: usize) -> Person {
        self.0.enter(&account(organisation, person)).await
    }

    /// A file of an enterprise that waits for its publicity: filled in, signed and approved.
    pub async fn approved(&self, enterprise: &str, batch: &str) -> String {
        let desk = self.desk(0);
        let (handler, certifier) = (acting(enterprise, 0), acting(enterprise, 1));
        let id = application::start(&desk, &handler, batch).await.unwrap();
        let mut answers = Answers::default();
        answers.set("project.spent", "20万元");
        let draft = FillDraft { answers, ..FillDraft::default() };
        application::save_draft(&desk, &handler, &id, "fill", 0, &draft).await.unwrap();
        let version = application::open(&desk, &handler, &id).await.unwrap().version;
        application::prepare(&desk, &handler, &id, version, "fill").await.unwrap();
        let version = application::open(&desk, &certifier, &id).await.unwrap().version;
        application::sign(&desk, &certifier, &id, version, "fill").await.unwrap();
        application::approve(&desk, &acting("市局", 0), &id, None, "check", Official::default()).await.unwrap();
        id
    }

    /// Sends a file in a form of its own.
    pub async fn upload(&self, person: &Person, address: &str, field: &str, content: &[u8]) -> Page {
        self.upload_as(person, address, field, "a.zip", content).await
    }

    /// The same under a name.
    pub async fn upload_as(&self, person: &Person, address: &str, field: &str, name: &str, content: &[u8]) -> Page {
        self.0.upload(person, address, &[], File { field, name, content }).await
    }
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
    let (_, kind, place, _, people) = ALL[number(organisation)];
    let roles = people[person].iter().copied().collect();
    let account = account(organisation, person).into();
    Acting { account, organisation: id(organisation).into(), kind, place: place.into(), roles, mandate: None }
}

fn settling((name, kind, place, banked, people): Row) -> Settling {
    let organisation = id(name);
    let code = (!kind.is_staff()).then(|| standards::CreditCode::with_check_character(&format!("91000000{:09}", number(name))).unwrap());
    let mut events = vec![OrganisationEvent::Registered {
        id: organisation.as_str().into(),
        kind,
        name: format!("{name}<b>"),
        credit_code: code.map(|code| code.as_str().to_owned()),
        place: place.into(),
    }];
    if banked {
        let profile = Profile { bank: "某银行".into(), bank_account: "6222000011112222".into(), ..Profile::default() };
        events.push(OrganisationEvent::ProfileSet { profile });
    }
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
