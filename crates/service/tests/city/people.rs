//! Every organisation of the city, and its people.

use std::collections::BTreeSet;

use records::access::Acting;
use records::account::{AccountEvent, Role};
use records::organisation::{OrganisationEvent, OrganisationKind, Profile};
use service::demo::Settling;
use standards::credit_code::CreditCode;
use standards::size::{SizeFacts, SizeIndustry};

/// Every organisation there is: id, kind, place.
pub const ORGANISATIONS: [(&str, OrganisationKind, &str); 17] = [
    ("enterprise", OrganisationKind::Enterprise, "hohhot-saihan"),
    ("enterprise2", OrganisationKind::Enterprise, "hohhot-xincheng"),
    ("provider", OrganisationKind::Provider, "beijing"),
    ("provider2", OrganisationKind::Provider, "hohhot"),
    ("district", OrganisationKind::DistrictBureau, "hohhot-saihan"),
    ("district2", OrganisationKind::DistrictBureau, "hohhot-xincheng"),
    ("city", OrganisationKind::CityBureau, "hohhot"),
    ("city2", OrganisationKind::CityBureau, "changji"),
    ("region", OrganisationKind::RegionBureau, "inner-mongolia"),
    ("finance", OrganisationKind::FinanceBureau, "hohhot"),
    ("finance2", OrganisationKind::FinanceBureau, "changji"),
    ("evaluator", OrganisationKind::Evaluator, "hohhot"),
    ("evaluator2", OrganisationKind::Evaluator, "hohhot"),
    ("auditor", OrganisationKind::Auditor, "hohhot"),
    ("auditor2", OrganisationKind::Auditor, "hohhot"),
    ("supervisor", OrganisationKind::Supervisor, "hohhot"),
    ("administrator", OrganisationKind::Administrator, "hohhot"),
];

/// A person of an organisation in a role, `city` or `city/certifier`; without one, who handles. `finance/certifier2` is
/// another of the same role.
pub fn person(who: &str) -> Acting {
    let (id, role) = who.split_once('/').unwrap_or((who, "handler"));
    let (_, kind, place) = ORGANISATIONS.into_iter().find(|(known, ..)| *known == id).unwrap_or_else(|| panic!("nobody is {who}"));
    let role = Role::parse(role.trim_end_matches('2')).unwrap();
    Acting {
        account: format!("{id}-{}", who.split_once('/').map_or("handler", |(_, role)| role)).into(),
        organisation: id.into(),
        kind,
        place: place.into(),
        roles: BTreeSet::from([role]),
        mandate: None,
    }
}

pub fn name(id: &str) -> String {
    format!("示例{id}有限公司")
}

/// The credit code of an organisation.
pub fn code(id: &str) -> String {
    let number: u32 = id.bytes().fold(0, |sum, byte| sum * 31 % 1_000_000 + u32::from(byte));
    CreditCode::with_check_character(&format!("91000000{number:09}")).unwrap().as_str().to_owned()
}

pub fn settling((id, kind, place): (&str, OrganisationKind, &str)) -> Settling {
    let figures = SizeFacts { staff: Some(100), revenue_fen: Some(2_000_000_000), assets_fen: None };
    let trade = Some(SizeIndustry::Industry);
    let profile = Profile { trade, figures, bank: "示例银行".into(), bank_account: "6200".into(), ..Profile::default() };
    let registered = OrganisationEvent::Registered {
        id: id.into(),
        kind,
        name: name(id),
        credit_code: (!kind.is_staff()).then(|| code(id)),
        place: place.into(),
    };
    let roles = ["handler", "handler2", "certifier", "certifier2", "manager"];
    Settling {
        organisation: id.into(),
        events: vec![registered, OrganisationEvent::ProfileSet { profile }],
        accounts: roles.iter().map(|role| (format!("{id}-{role}"), account(id, role))).collect(),
    }
}

fn account(organisation: &str, role: &str) -> Vec<AccountEvent> {
    let id = format!("{organisation}-{role}");
    let email = format!("{id}@example.cn");
    let roles = BTreeSet::from([Role::parse(role.trim_end_matches('2')).unwrap()]);
    vec![
        AccountEvent::Opened { id: id.as_str().into(), name: id, email, phone: "13800138000".into() },
        AccountEvent::RolesSet { organisation: organisation.into(), roles },
    ]
}
