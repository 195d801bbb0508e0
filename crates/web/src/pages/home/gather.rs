//! What the start page shows, read in one go.

use std::collections::BTreeMap;

use policy::spec::Actor;
use records::Refusal;
use records::access::Acting;
use records::batch::Batch;
use records::mandate::Mandate;
use records::organisation::OrganisationKind;
use service::application::{self, Wanted};
use service::{ApplicationRow, ApplicationSort, InboxItem, Listed, Page, StandingRow, batch, mandate, notice, organisation};
use standards::Date;

use super::mandates::parties;
use crate::components::pages;
use crate::errors::Error;
use crate::extract::Asked;
use crate::pages::conduct::today;
use crate::pages::desk::applies;
use crate::site::Site;

/// Characters of what is looked for.
const SEARCH_CHARS: usize = 100;
/// Files of served enterprises at once: more sections stand below them.
const SERVED: i64 = 20;

/// What an organisation has to do, has begun, may begin and holds.
pub(super) struct Mine {
    /// Today in China.
    pub(super) today: Date,
    /// What waits for it, the next due first.
    pub(super) inbox: Vec<InboxItem>,
    /// Its files, the last changed first.
    pub(super) files: Listed<ApplicationRow>,
    /// Which part of them this is.
    pub(super) page: Page,
    /// Files of enterprises that name this provider.
    pub(super) serving: Option<Serving>,
    /// Calls for its kind, each with why it may not follow it now.
    pub(super) calls: Vec<(Batch, Option<Refusal>)>,
    /// What it was granted.
    pub(super) standings: Vec<StandingRow>,
    /// Mandates in force.
    pub(super) mandates: Vec<Mandate>,
    /// The names of the organisations at the other end of these mandates.
    pub(super) names: BTreeMap<String, String>,
    /// Notices nobody has read.
    pub(super) unread: i64,
}

/// Files of enterprises that name a provider, as they were looked for.
pub(super) struct Serving {
    /// The files found.
    pub(super) files: Listed<ApplicationRow>,
    /// Which part of them this is.
    pub(super) page: Page,
    /// What a name or number was to contain.
    pub(super) search: String,
    /// The state they are to be in; empty: all.
    pub(super) state: String,
}

impl Mine {
    /// What belongs to a person's organisation; under a mandate only what the mandate names.
    pub(super) async fn of(site: &Site, acting: &Acting, asked: &Asked) -> Result<Self, Error> {
        let (desk, page) = (site.desk(), pages::asked(asked.get("page")));
        let mandates = in_force(site, acting).await?;
        // A bureau's other work stands on its desk; here is only what it applies for itself.
        let own = applies(acting.kind).then(|| acting.organisation.to_string());
        let wanted = Wanted { applicant: own, ..Wanted::default() };
        let mut mine = Self {
            today: today(site),
            inbox: application::inbox(&desk, acting, &wanted, Page::first(pages::SIZE)).await?.rows,
            files: application::applications(&desk, acting, &wanted, ApplicationSort::Newest, page).await?,
            page,
            serving: serving(site, acting, asked).await?,
            calls: calls(site, acting).await?,
            standings: organisation::standings(&desk, acting).await?,
            names: organisation::names(&desk, &parties(&mandates)).await?,
            mandates,
            unread: notice::unread(&desk, acting).await?,
        };
        mine.narrow(acting);
        Ok(mine)
    }

    fn narrow(&mut self, acting: &Acting) {
        let today = self.today;
        let may = |file: &ApplicationRow| acting.may_enter(&file.programme, &file.procedure, today);
        self.inbox.retain(|item| may(&item.application));
        self.files.rows.retain(may);
    }
}

async fn serving(site: &Site, acting: &Acting, asked: &Asked) -> Result<Option<Serving>, Error> {
    if acting.kind != OrganisationKind::Provider {
        return Ok(None);
    }
    let page = Page { size: SERVED, ..pages::asked(asked.get("served")) };
    let text = |name: &str| asked.get(name).unwrap_or_default().trim().chars().take(SEARCH_CHARS).collect::<String>();
    let (search, state) = (text("q"), text("state"));
    let provider = Some(acting.organisation.to_string());
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let wanted = Wanted { provider, search: some(&search), states: some(&state).into_iter().collect(), ..Wanted::default() };
    let files = application::applications(&site.desk(), acting, &wanted, ApplicationSort::Newest, page).await?;
    let looked_for = !search.is_empty() || !state.is_empty();
    Ok((looked_for || files.total > 0).then_some(Serving { files, page, search, state }))
}

async fn calls(site: &Site, acting: &Acting) -> Result<Vec<(Batch, Option<Refusal>)>, Error> {
    let desk = site.desk();
    let open = batch::calls(&desk, None).await?;
    let mine = open
        .into_iter()
        .filter(|call| applicant(site, call) == acting.kind.actor() && acting.may_enter(&call.programme, &call.procedure, today(site)));
    Ok(mine.map(|call| (application::may_start(&desk, acting, &call), call)).map(|(why, call)| (call, why)).collect())
}

fn applicant(site: &Site, call: &Batch) -> Option<Actor> {
    let pack = site.library().version(&call.programme, &call.version)?;
    pack.procedure(&call.procedure).map(|procedure| procedure.applicant)
}

async fn in_force(site: &Site, acting: &Acting) -> Result<Vec<Mandate>, Error> {
    if acting.mandate.is_some() || acting.kind.is_staff() {
        return Ok(Vec::new());
    }
    let mut all = mandate::mandates(&site.desk(), acting).await?;
    all.retain(|one| one.holds(today(site)));
    Ok(all)
}
