//! A site on which the fixture's files wait for experts.

use std::collections::BTreeSet;

use records::Moment;
use records::access::Acting;
use records::account::{AccountEvent, Role};
use records::answers::Answers;
use records::organisation::{OrganisationEvent, OrganisationKind as Kind, Profile};
use service::Desk;
use service::application::{self, FillDraft};
use service::batch::{self, Calling};
use service::demo::{self, Settling};

use crate::served::{NOW_UNIX_S, Page, Served};

/// Where the files wait.
pub const STAGE: &str = "showcase-review";

/// Name, kind, place, employer and field.
const ALL: [(&str, Kind, &str, &str, &str); 9] = [
    ("甲公司", Kind::Enterprise, "hohhot-saihan", "", ""),
    ("乙公司", Kind::Enterprise, "hohhot-yuquan", "", ""),
    ("市局", Kind::CityBureau, "hohhot", "", ""),
    ("王一", Kind::Expert, "hohhot", "大学", "食品"),
    ("王二", Kind::Expert, "hohhot", "大学", "食品加工"),
    ("王三", Kind::Expert, "hohhot", "研究院", "纺织"),
    ("王四", Kind::Expert, "hohhot", "研究院", "机械"),
    ("王五", Kind::Expert, "hohhot-saihan", "大学", "食品"),
    ("王六", Kind::Expert, "hohhot", "乙公司", "食品"),
];

pub struct Site(Served);

impl Site {
    pub async fn new() -> Self {
        let served = Served::new(testkit::library()).await;
        let settling: Vec<Settling> = (0..ALL.len()).map(settling).collect();
        demo::settle(&served.store, Moment(NOW_UNIX_S * 1000), &settling).await.unwrap();
        Self(served)
    }

    pub fn desk(&self) -> Desk<'_> {
        self.0.desk(0)
    }

    /// A file of each enterprise that waits for its experts.
    pub async fn filed(&self, enterprises: &[&str]) -> Vec<String> {
        let desk = self.desk();
        let calling = Calling {
            programme: self.programme(),
            procedure: "showcase".into(),
            label: "第一批".into(),
            notice: "请申报。".into(),
            opens_on: "2026-01-10".into(),
            deadline_on: "2026-02-10".into(),
        };
        let batch = batch::open(&desk, &acting("市局", 0), &calling).await.unwrap();
        let mut ids = Vec::new();
        for enterprise in enterprises {
            let (handler, certifier) = (acting(enterprise, 0), acting(enterprise, 1));
            let id = application::start(&desk, &handler, &batch).await.unwrap();
            let mut answers = Answers::default();
            [("enterprise.industry", "food"), ("profile.phone", "0471-1234567")].iter().for_each(|(path, text)| answers.set(path, text));
            let draft = FillDraft { answers, ..FillDraft::default() };
            application::save_draft(&desk, &handler, &id, "showcase-apply", 0, &draft).await.unwrap();
            let version = application::open(&desk, &handler, &id).await.unwrap().version;
            application::prepare(&desk, &handler, &id, version, "showcase-apply").await.unwrap();
            let version = application::open(&desk, &certifier, &id).await.unwrap().version;
            application::sign(&desk, &certifier, &id, version, "showcase-apply").await.unwrap();
            ids.push(id);
        }
        ids
    }

    /// The fixture's id.
    pub fn programme(&self) -> String {
        self.0.library.packs().find(|pack| pack.review(STAGE).is_some()).unwrap().id.clone()
    }

    pub async fn get(&self, who: &str, address: &str) -> Page {
        self.0.get(&self.0.enter(&account(who, 0)).await, address).await
    }

    pub async fn post(&self, who: &str, address: &str, fields: &[(&str, &str)]) -> Page {
        self.0.post(&self.0.enter(&account(who, 0)).await, address, fields).await
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
    let (_, kind, place, ..) = ALL[number(organisation)];
    let roles = BTreeSet::from([if person == 0 { Role::Handler } else { Role::Certifier }]);
    Acting {
        account: account(organisation, person).into(),
        organisation: id(organisation).into(),
        kind,
        place: place.into(),
        roles,
        mandate: None,
    }
}

fn settling(at: usize) -> Settling {
    let (name, kind, place, employer, field) = ALL[at];
    let code = (!kind.is_staff()).then(|| standards::CreditCode::with_check_character(&format!("91000000{at:09}")).unwrap());
    let registered = OrganisationEvent::Registered {
        id: id(name).into(),
        kind,
        name: name.into(),
        credit_code: code.map(|code| code.as_str().to_owned()),
        place: place.into(),
    };
    let fields = if field.is_empty() { Vec::new() } else { vec![field.to_owned()] };
    let described = OrganisationEvent::ProfileSet { profile: Profile { fields, employer: employer.into(), ..Profile::default() } };
    let people = (0..2).map(|person| settled(name, person)).collect();
    Settling { organisation: id(name), events: vec![registered, described], accounts: people }
}

fn settled(organisation: &str, person: usize) -> (String, Vec<AccountEvent>) {
    let account = account(organisation, person);
    let acting = acting(organisation, person);
    let opened = AccountEvent::Opened {
        id: acting.account.clone(),
        name: format!("张{person}"),
        email: format!("{account}@example.cn"),
        phone: String::new(),
    };
    (account, vec![opened, AccountEvent::RolesSet { organisation: acting.organisation, roles: acting.roles }])
}
