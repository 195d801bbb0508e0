//! A thinned city, and who looks at its files.

use std::collections::BTreeSet;
use std::path::PathBuf;

use demo::Ground;
use policy::library::Library;
use records::Moment;
use records::Noun as _;
use records::access::Acting;
use records::account::Role;
use records::organisation::{Organisation, OrganisationKind};
use service::paper::Blobs;
use service::{Desk, Edge};
use standards::Date;
use store::{ApplicationFilter, ApplicationSort, Page, Store};

/// Distinct and not random, counted apart in each test's thread: numbers on papers come again whatever runs beside.
fn counted(bytes: &mut [u8]) {
    use std::cell::Cell;
    thread_local! {
        static NEXT: Cell<u64> = const { Cell::new(1) };
    }
    let next = NEXT.with(|next| next.replace(next.get() + 1)).to_be_bytes();
    bytes.fill(0);
    bytes.iter_mut().rev().zip(next.iter().rev()).for_each(|(byte, next)| *byte = *next);
}

pub struct City {
    pub folder: PathBuf,
    pub store: Store,
    pub library: Library,
    pub now: Moment,
}

impl City {
    pub async fn made(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("shuzhuan-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let store = Store::open(&format!("sqlite:{}", folder.join("demo.db").display())).await.unwrap();
        let blobs = Blobs::on_disk(&folder.join("files")).unwrap();
        let (library, now) = (testkit::library(), Moment::start_of(Date::parse("2026-11-23").unwrap()));
        let ground = Ground { store: &store, blobs: &blobs, library: &library, random: counted, now };
        demo::make(&ground, &demo::City::own().unwrap().thinned(2), &mut |_| {}).await.unwrap();
        Self { folder, store, library, now }
    }

    pub fn desk(&self) -> Desk<'_> {
        Desk {
            store: &self.store,
            library: &self.library,
            edge: Edge { now: self.now, random: counted, origin: "https://example.invalid" },
        }
    }

    /// Somebody of an organisation with every role.
    pub async fn somebody(&self, organisation: &str) -> Acting {
        let stored = self.store.record(Organisation::NOUN, organisation).await.unwrap().unwrap();
        let organisation: Organisation = serde_json::from_str(&stored.state).unwrap();
        Acting {
            account: format!("{}-somebody", organisation.id).into(),
            organisation: organisation.id,
            kind: organisation.kind,
            place: organisation.place,
            roles: BTreeSet::from(Role::ALL),
            mandate: None,
        }
    }

    /// Somebody of the first office of a kind.
    pub async fn office(&self, kind: OrganisationKind) -> Acting {
        let filter = store::OrganisationFilter { kinds: vec![kind.as_str().to_owned()], ..Default::default() };
        let found = self.store.organisations(&filter, Page::first(1)).await.unwrap();
        self.somebody(&found.rows[0].id).await
    }

    /// Somebody of an organisation of a kind that has nothing to do with a file but by its kind; none where there is no other.
    pub async fn stranger(&self, kind: OrganisationKind, file: &str) -> Option<Acting> {
        let filter = store::OrganisationFilter { kinds: vec![kind.as_str().to_owned()], ..Default::default() };
        let found = self.store.organisations(&filter, Page::first(100)).await.unwrap();
        let file = self.state(file).await;
        let near = |id: &str| {
            let assigned = file.begun_stages().any(|stage| stage.assigned.as_ref().is_some_and(|one| one.as_str() == id));
            assigned || file.applicant.as_str() == id || file.provider.as_ref().is_some_and(|one| one.as_str() == id)
        };
        let other = found.rows.iter().find(|row| !near(&row.id))?;
        Some(self.somebody(&other.id).await)
    }

    /// Somebody of the organisation whose file it is.
    pub async fn applicant(&self, file: &str) -> Acting {
        let applicant = self.state(file).await.applicant;
        self.somebody(applicant.as_str()).await
    }

    async fn state(&self, file: &str) -> records::application::Application {
        let stored = self.store.record("application", file).await.unwrap().unwrap();
        serde_json::from_str(&stored.state).unwrap()
    }

    /// The first file of a procedure in one of these states.
    pub async fn file(&self, procedure: &str, states: &[&str]) -> String {
        let filter = ApplicationFilter {
            procedure: Some(procedure.to_owned()),
            states: states.iter().map(|&state| state.to_owned()).collect(),
            ..ApplicationFilter::default()
        };
        let listed = self.store.applications(&filter, ApplicationSort::Oldest, Page::first(1)).await.unwrap();
        listed.rows.first().unwrap_or_else(|| panic!("no {procedure} is {states:?}")).id.clone()
    }

    pub async fn leave(self) {
        self.store.close().await;
        std::fs::remove_dir_all(self.folder).unwrap();
    }
}
