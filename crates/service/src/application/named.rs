//! What the names in a file stand for: holders of standings, what was settled of them, members.

use std::collections::{BTreeMap, BTreeSet};

use policy::pack::{Pack, Source};
use policy::program::Kind;
use records::application::{Application, Assessed, Knowing, Member, Phase, squeezed};
use records::organisation::OrganisationKind;
use standards::text::squash;
use store::{ApplicationFilter, ApplicationSort, OrganisationFilter, OrganisationRow, Page, Store};

use crate::ServiceError;
use crate::desk::Desk;
use crate::on_file::load;

/// States of files that ended well.
const ENDED_WELL: [&str; 4] = ["concluded", "paid", "claiming_back", "claimed_back"];

/// Finds everything that a file names, each name once.
pub(super) async fn look_up(desk: &Desk<'_>, pack: &Pack, application: &Application, knowing: &mut Knowing) -> Result<(), ServiceError> {
    let mut names = Names { store: desk.store, found: BTreeMap::new() };
    knowing.holders = BTreeMap::new();
    knowing.settled = BTreeMap::new();
    knowing.members = names.members(pack, application).await?;
    for known in &pack.known {
        match &known.source {
            Source::Standing { procedure, of: Some(of) } => names.holders(pack, application, procedure, *of, knowing).await?,
            Source::Settled { procedure, of, .. } => names.settled(pack, application, procedure, *of, knowing).await?,
            Source::Granted { procedure } => {
                let fen = granted_fen(desk.store, pack, application, procedure).await?;
                knowing.granted_fen.insert(procedure.clone(), fen);
            }
            _ => {}
        }
    }
    Ok(())
}

/// The member that a name or a credit code stands for: an active organisation that registers itself.
pub(super) async fn member(desk: &Desk<'_>, name: &str) -> Result<Option<Member>, ServiceError> {
    Names { store: desk.store, found: BTreeMap::new() }.member(name).await
}

/// Organisations by the names and codes a file gives them, each looked for once.
struct Names<'a> {
    store: &'a Store,
    found: BTreeMap<String, Option<OrganisationRow>>,
}

impl Names<'_> {
    /// The organisation of a name or a credit code; spaces and the width of brackets make no difference, as nowhere when
    /// parties are compared.
    async fn find(&mut self, name: &str) -> Result<Option<OrganisationRow>, ServiceError> {
        let key = squeezed(name);
        if let Some(found) = self.found.get(&key) {
            return Ok(found.clone());
        }
        let found = if squash(name).is_empty() { None } else { self.search(name, &key).await? };
        self.found.insert(key, found.clone());
        Ok(found)
    }

    /// As it is written where it is, which an index finds, else among all that are written like it.
    async fn search(&self, name: &str, key: &str) -> Result<Option<OrganisationRow>, ServiceError> {
        if let Some(row) = self.store.organisation_of_name(name.trim()).await? {
            return Ok(Some(row));
        }
        let filter = OrganisationFilter { search: Some(squash(name).to_lowercase()), ..OrganisationFilter::default() };
        let found = self.store.organisations(&filter, Page::first(Page::SIZE_MAX)).await?;
        let is_it = |row: &OrganisationRow| squeezed(&row.name) == key || row.credit_code.as_deref() == Some(key);
        Ok(found.rows.into_iter().find(is_it))
    }

    async fn holders(
        &mut self,
        pack: &Pack,
        application: &Application,
        procedure: &str,
        of: (Kind, usize),
        knowing: &mut Knowing,
    ) -> Result<(), ServiceError> {
        for name in texts(pack, application, of) {
            let Some(row) = self.find(&name).await? else { continue };
            let held = self.store.standings(&row.id).await?;
            if held.iter().any(|held| held.programme == pack.id && held.procedure == procedure) {
                knowing.holders.entry(procedure.to_owned()).or_default().insert(squeezed(&name));
            }
        }
        Ok(())
    }

    async fn settled(
        &mut self,
        pack: &Pack,
        application: &Application,
        procedure: &str,
        of: Option<(Kind, usize)>,
        knowing: &mut Knowing,
    ) -> Result<(), ServiceError> {
        let names: Vec<String> = of.map_or_else(|| vec![String::new()], |of| texts(pack, application, of).into_iter().collect());
        for name in names {
            let key = squeezed(&name);
            if knowing.settled.get(procedure).is_some_and(|known| known.contains_key(&key)) {
                continue;
            }
            let organisation = match name.as_str() {
                "" => Some(application.applicant.to_string()),
                name => self.find(name).await?.map(|row| row.id),
            };
            let Some(organisation) = organisation else { continue };
            if let Some(assessed) = assessed(self.store, &pack.id, procedure, &organisation).await? {
                knowing.settled.entry(procedure.to_owned()).or_default().insert(key, assessed);
            }
        }
        Ok(())
    }

    async fn members(&mut self, pack: &Pack, application: &Application) -> Result<BTreeMap<String, Member>, ServiceError> {
        let mut all = BTreeMap::new();
        let Some(members) = pack.members(&application.procedure) else { return Ok(all) };
        for name in texts(pack, application, (members.kind, members.named)) {
            if let Some(member) = self.member(&name).await? {
                all.insert(squeezed(&name), member);
            }
        }
        Ok(all)
    }

    async fn member(&mut self, name: &str) -> Result<Option<Member>, ServiceError> {
        let Some(row) = self.find(name).await? else { return Ok(None) };
        let kind = OrganisationKind::parse(&row.kind).filter(|kind| !kind.is_staff() && row.state == "active");
        Ok(kind.map(|kind| Member { organisation: row.id.into(), kind, name: row.name }))
    }
}

/// What stands in a fact of a file, row by row.
fn texts(pack: &Pack, application: &Application, (kind, input): (Kind, usize)) -> BTreeSet<String> {
    let input = &pack.inputs[kind as usize][input];
    let rows = application.filed.rows(&pack.kinds[kind as usize].id).iter().filter_map(|row| row.texts.get(&input.name));
    let one = application.filed.texts.get(&input.id()).filter(|_| kind == 0);
    rows.chain(one).map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

/// What other files of a procedure granted the applicant, less what was claimed back. Money that is still to be paid
/// counts, so that nothing is paid twice meanwhile.
async fn granted_fen(store: &Store, pack: &Pack, application: &Application, procedure: &str) -> Result<i64, ServiceError> {
    let filter = ApplicationFilter {
        programme: Some(pack.id.clone()),
        procedure: Some(procedure.to_owned()),
        applicant: Some(application.applicant.to_string()),
        ..ApplicationFilter::default()
    };
    let found = store.applications(&filter, ApplicationSort::Newest, Page::first(Page::SIZE_MAX)).await?;
    let mut sum = 0;
    for row in found.rows.iter().filter(|row| row.id != application.id.as_str()) {
        let Some(file) = load::<Application>(store, &row.id).await? else { continue };
        if !matches!(file.state.phase, Phase::Refused { .. } | Phase::Withdrawn { .. }) {
            sum += file.state.award_fen().unwrap_or_default() - file.state.money.claimed_back_fen;
        }
    }
    Ok(sum)
}

/// What the last file of a procedure that ended well settled of an organisation.
async fn assessed(store: &Store, programme: &str, procedure: &str, organisation: &str) -> Result<Option<Assessed>, ServiceError> {
    let filter = ApplicationFilter {
        programme: Some(programme.to_owned()),
        procedure: Some(procedure.to_owned()),
        applicant: Some(organisation.to_owned()),
        states: ENDED_WELL.map(str::to_owned).to_vec(),
        ..ApplicationFilter::default()
    };
    let found = store.applications(&filter, ApplicationSort::Newest, Page::first(5)).await?;
    for row in found.rows {
        let Some(file) = load::<Application>(store, &row.id).await? else { continue };
        let Phase::Concluded { at } = file.state.phase else { continue };
        if let Some(settled) = file.state.settled.into_values().next_back() {
            return Ok(Some(Assessed { settled, on: at.day() }));
        }
    }
    Ok(None)
}
