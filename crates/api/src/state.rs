//! What every handler needs: packs, the database, the clock, random bytes.

use std::sync::{Arc, Mutex, PoisonError};

use policy::library::Library;
use policy::pack::Pack;
use records::Moment;
use service::paper::Files;
use service::{Desk, Edge, ServiceError, Store};

use crate::access::Rules;
use crate::problem::Problem;
use crate::rate::{Limit, Rate};

/// What the binary hands over when it starts.
#[derive(Clone)]
pub struct State {
    /// The policy packs.
    pub library: Arc<Library>,
    /// Where everything is kept.
    pub store: Store,
    /// Where uploaded files are kept.
    pub files: Files,
    /// Unix seconds now.
    pub clock: fn() -> i64,
    /// Fills the slice from the operating system's random source.
    pub random: fn(&mut [u8]),
    /// Scheme and host under which the site is known outside, without a slash at the end: `https://example.cn`.
    pub origin: Arc<str>,
}

/// The state shared by all handlers.
pub(crate) type Shared = Arc<Api>;

/// The state of the binary and what is remembered here.
pub(crate) struct Api {
    state: State,
    rules: Rules,
    document: String,
    rate: Mutex<Rate>,
}

impl Api {
    pub(crate) fn new(state: State, rules: Rules, document: String) -> Self {
        Self { state, rules, document, rate: Mutex::new(Rate::default()) }
    }

    /// Who may call what.
    pub(crate) fn rules(&self) -> &Rules {
        &self.rules
    }

    /// The published document.
    pub(crate) fn document(&self) -> &str {
        &self.document
    }

    /// What use cases work with.
    pub(crate) fn desk(&self) -> Desk<'_> {
        let now = Moment((self.state.clock)() * 1000);
        let edge = Edge { now, random: self.state.random, origin: &self.state.origin };
        Desk { store: &self.state.store, library: self.library(), edge }
    }

    /// Where uploaded files are kept.
    pub(crate) fn files(&self) -> &Files {
        &self.state.files
    }

    /// All packs.
    pub(crate) fn library(&self) -> &Library {
        self.state.library.now()
    }

    /// A version of a programme, the newest if none is asked for.
    pub(crate) fn pack(&self, programme: &str, version: Option<&str>) -> Result<&Arc<Pack>, Problem> {
        let found = match version {
            Some(version) => self.library().version(programme, version),
            None => self.library().pack(programme),
        };
        found.ok_or(Problem::Service(ServiceError::NotFound))
    }

    /// Takes one of what `limit` counts for a client; `false` when none is left.
    pub(crate) fn take(&self, client: &str, limit: Limit) -> bool {
        let now_s = (self.state.clock)();
        self.rate.lock().unwrap_or_else(PoisonError::into_inner).take(client, limit, now_s)
    }

    /// Whether one is left, without taking it.
    pub(crate) fn may(&self, client: &str, limit: Limit) -> bool {
        let now_s = (self.state.clock)();
        self.rate.lock().unwrap_or_else(PoisonError::into_inner).may(client, limit, now_s)
    }
}
