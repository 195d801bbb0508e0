//! Organisations and the people who act for them.

use std::collections::{BTreeMap, BTreeSet};

use policy::spec::Actor;
use records::Noun as _;
use records::access::Acting;
use records::account::{Account, AccountEvent, Role};
use records::organisation::{Organisation, OrganisationEvent, OrganisationKind, Profile, Quality};
use service::demo::{Settling, settle as put_on_file};
use standards::size::{SizeFacts, SizeIndustry};

use crate::city::{City, OfficePerson};
use crate::enterprise::{Enterprise, credit_code, enterprises};
use crate::{DemoError, Ground};

/// Records in one commit.
const AT_ONCE: usize = 100;

/// Somebody a visitor may be by one click.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoPerson {
    /// The account.
    pub account: String,
    /// The organisation.
    pub organisation: String,
    /// What the button says.
    pub label: String,
    /// What the person is there to do.
    pub kind: OrganisationKind,
}

/// Everybody who acts in the city.
pub(crate) struct People {
    pub(crate) enterprises: Vec<Enterprise>,
    /// Provider names as they stand on file.
    pub(crate) providers: Vec<String>,
    city: String,
    offices: BTreeMap<(OrganisationKind, String), Vec<Acting>>,
}

/// The path of an enterprise, for people to be found in demo lists.
pub(crate) fn enterprise_id(at: usize) -> String {
    format!("demo-enterprise-{at:04}")
}

pub(crate) fn provider_id(at: usize) -> String {
    format!("demo-provider-{at:02}")
}

/// One person of an organisation in a role, by rule: the first fills in, the second signs.
pub(crate) fn member(organisation: &str, kind: OrganisationKind, place: &str, role: Role) -> Acting {
    let account = if role == Role::Certifier { format!("{organisation}-b") } else { format!("{organisation}-a") };
    let roles = if role == Role::Certifier { vec![Role::Certifier] } else { vec![Role::Manager, Role::Handler] };
    Acting {
        account: account.into(),
        organisation: organisation.into(),
        kind,
        place: place.to_owned(),
        roles: roles.into_iter().collect(),
        mandate: None,
    }
}

impl People {
    pub(crate) fn filler(&self, enterprise: &Enterprise, role: Role) -> Acting {
        member(&enterprise_id(enterprise.at), OrganisationKind::Enterprise, &enterprise.place, role)
    }

    pub(crate) fn provider(&self, at: usize, role: Role) -> Acting {
        member(&provider_id(at), OrganisationKind::Provider, &self.city, role)
    }

    /// The people of an office that acts for a place.
    pub(crate) fn office(&self, kind: OrganisationKind, place: &str) -> &[Acting] {
        let own = self.offices.get(&(kind, place.to_owned()));
        let any = || self.offices.iter().find(|((known, _), _)| *known == kind).map(|(_, people)| people);
        own.or_else(any).map_or(&[], Vec::as_slice)
    }

    /// Everybody of a kind, office by office.
    pub(crate) fn offices(&self, kind: OrganisationKind) -> Vec<&Acting> {
        self.offices.iter().filter(|((known, _), _)| *known == kind).filter_map(|(_, people)| people.first()).collect()
    }

    /// Who acts in a stage of an enterprise's file.
    pub(crate) fn actor(&self, actor: Actor, enterprise: &Enterprise) -> Option<&Acting> {
        let kind = OrganisationKind::ALL.into_iter().find(|kind| kind.actor() == Some(actor))?;
        self.office(kind, &enterprise.place).first()
    }
}

/// One organisation with its people.
struct Settlers {
    id: String,
    kind: OrganisationKind,
    name: String,
    place: String,
    code: Option<String>,
    profile: Profile,
    people: Vec<OfficePerson>,
}

/// Puts everybody on file.
pub(crate) async fn settle(ground: &Ground<'_>, city: &City) -> Result<People, DemoError> {
    let enterprises = enterprises(city);
    let offices = offices(city);
    let providers: Vec<Settlers> = city.providers.names.iter().enumerate().map(|(at, name)| provider(city, at, name)).collect();
    let names = providers.iter().map(|provider| provider.name.clone()).collect();
    let applicants = enterprises.iter().map(|enterprise| applicant(city, enterprise));
    let acting = acting(&offices);
    let all: Vec<Settlers> = offices.into_iter().chain(providers).chain(applicants).collect();
    for some in all.chunks(AT_ONCE) {
        let settling: Vec<Settling> = some.iter().map(settling).collect();
        put_on_file(ground.store, ground.now, &settling).await?;
    }
    Ok(People { enterprises, providers: names, city: city.city.clone(), offices: acting })
}

fn offices(city: &City) -> Vec<Settlers> {
    let declared = city.office.iter().enumerate().filter_map(|(at, office)| {
        let kind = OrganisationKind::parse(&office.kind)?;
        Some(office_of(city, format!("demo-office-{at:02}"), kind, &office.name, &office.place, office.people.clone()))
    });
    let districts = city.district.iter().enumerate().map(|(at, district)| {
        let name = standards::division::find(&district.place).map_or(district.place.clone(), |division| division.name.clone());
        let person = OfficePerson {
            name: district.person.clone(),
            email: format!("district{at}@demo.invalid"),
            roles: vec!["manager".into(), "handler".into()],
        };
        let name = format!("{name}工业和信息化局");
        office_of(city, format!("demo-district-{at:02}"), OrganisationKind::DistrictBureau, &name, &district.place, vec![person])
    });
    declared.chain(districts).collect()
}

fn office_of(city: &City, id: String, kind: OrganisationKind, name: &str, place: &str, people: Vec<OfficePerson>) -> Settlers {
    let name = format!("{}{name}", city.mark);
    Settlers { id, kind, name, place: place.to_owned(), code: None, profile: Profile::default(), people }
}

fn provider(city: &City, at: usize, name: &str) -> Settlers {
    let name = format!("{}{name}有限公司", city.mark);
    let people = pair(city, at, "provider");
    let id = provider_id(at);
    Settlers {
        id,
        kind: OrganisationKind::Provider,
        name,
        place: city.city.clone(),
        code: Some(credit_code(at + 1)),
        profile: profile(city, at),
        people,
    }
}

fn applicant(city: &City, enterprise: &Enterprise) -> Settlers {
    // Letters go to the people who can be signed in as; the others are names in the history.
    let people = if enterprise.at < SIGNED_IN { pair(city, enterprise.at, "enterprise") } else { Vec::new() };
    Settlers {
        id: enterprise_id(enterprise.at),
        kind: OrganisationKind::Enterprise,
        name: enterprise.name.clone(),
        place: enterprise.place.clone(),
        code: Some(enterprise.credit_code.clone()),
        profile: profile(city, enterprise.at),
        people,
    }
}

/// Enterprises whose people are on file.
const SIGNED_IN: usize = 3;

fn pair(city: &City, at: usize, word: &str) -> Vec<OfficePerson> {
    let name = |shift: usize| city.names.people[(at + shift) % city.names.people.len()].clone();
    let person = |shift: usize, roles: &[&str]| OfficePerson {
        name: name(shift),
        email: format!("{word}{at}-{shift}@demo.invalid"),
        roles: roles.iter().map(|&role| role.to_owned()).collect(),
    };
    vec![person(0, &["manager", "handler"]), person(1, &["certifier"])]
}

fn profile(city: &City, at: usize) -> Profile {
    let staff = 20 + (at * 37 % 280) as u32;
    Profile {
        address: format!("{}演示路{}号", city.mark, at + 1),
        legal_representative: city.names.people[at % city.names.people.len()].clone(),
        contact: city.names.people[(at + 3) % city.names.people.len()].clone(),
        phone: format!("0000-{:07}", 1_000_000 + at),
        founded_on: standards::Date::from_ymd(2005 + (at % 15) as i32, 1 + (at % 12) as u32, 15),
        trade: Some(SizeIndustry::Industry),
        figures: SizeFacts { staff: Some(staff), revenue_fen: Some(i64::from(staff) * 80 * 1_000_000), assets_fen: None },
        quality: Quality::ALL[[0, 0, 1, 1, 2][at % 5]],
        bank: format!("{}商业银行演示支行", city.mark),
        bank_account: format!("0000{:012}", at + 1),
        ..Profile::default()
    }
}

fn settling(settlers: &Settlers) -> Settling {
    let registered = OrganisationEvent::Registered {
        id: settlers.id.as_str().into(),
        kind: settlers.kind,
        name: settlers.name.clone(),
        credit_code: settlers.code.clone(),
        place: settlers.place.clone(),
    };
    let mut events = vec![registered];
    if settlers.profile != Profile::default() {
        events.push(OrganisationEvent::ProfileSet { profile: settlers.profile.clone() });
    }
    debug_assert!(Organisation::fold_all(None, &events).is_some());
    let accounts = settlers.people.iter().enumerate().map(|(at, person)| account(&settlers.id, at, person));
    Settling { organisation: settlers.id.clone(), events, accounts: accounts.collect() }
}

fn account(organisation: &str, at: usize, person: &OfficePerson) -> (String, Vec<AccountEvent>) {
    let id = account_id(organisation, at);
    let opened =
        AccountEvent::Opened { id: id.as_str().into(), name: person.name.clone(), email: person.email.clone(), phone: String::new() };
    let events = vec![opened, AccountEvent::RolesSet { organisation: organisation.into(), roles: roles(person) }];
    debug_assert!(Account::fold_all(None, &events).is_some());
    (id, events)
}

fn account_id(organisation: &str, at: usize) -> String {
    format!("{organisation}-{}", char::from(b'a' + at as u8))
}

fn roles(person: &OfficePerson) -> BTreeSet<Role> {
    person.roles.iter().filter_map(|role| Role::parse(role)).collect()
}

fn acting(offices: &[Settlers]) -> BTreeMap<(OrganisationKind, String), Vec<Acting>> {
    let mut all: BTreeMap<(OrganisationKind, String), Vec<Acting>> = BTreeMap::new();
    for office in offices {
        // Two offices of a kind and place are told apart by their names.
        let key = match all.contains_key(&(office.kind, office.place.clone())) {
            true => (office.kind, office.id.clone()),
            false => (office.kind, office.place.clone()),
        };
        let people = office.people.iter().enumerate().map(|(at, person)| Acting {
            account: account_id(&office.id, at).into(),
            organisation: office.id.as_str().into(),
            kind: office.kind,
            place: office.place.clone(),
            roles: roles(person),
            mandate: None,
        });
        all.insert(key, people.collect());
    }
    all
}

/// Who may be signed in as by one click.
pub(crate) fn offered(city: &City) -> Vec<DemoPerson> {
    let enterprises = enterprises(city);
    let first = enterprises.iter().take(SIGNED_IN).map(|enterprise| applicant(city, enterprise));
    let provider = city.providers.names.iter().take(1).enumerate().map(|(at, name)| provider(city, at, name));
    let offices = offices(city);
    let districts = offices.iter().filter(|office| office.kind == OrganisationKind::DistrictBureau).count();
    let keep = offices.len() - districts + 1;
    let all: Vec<Settlers> = first.take(1).chain(provider).chain(offices.into_iter().take(keep)).collect();
    let each = all.iter().flat_map(|settlers| settlers.people.iter().enumerate().map(move |(at, person)| (settlers, at, person)));
    each.map(|(settlers, at, person)| DemoPerson {
        account: account_id(&settlers.id, at),
        organisation: settlers.id.clone(),
        label: format!("{} {}（{}）", settlers.kind.label(), settlers.name, role_words(person)),
        kind: settlers.kind,
    })
    .collect()
}

fn role_words(person: &OfficePerson) -> String {
    roles(person).iter().map(|role| role.label()).collect::<Vec<_>>().join("、")
}
