//! What every handler needs: packs, the database, the clock, random bytes.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use policy::library::Library;
use policy::pack::Pack;
use records::Moment;
use service::document::Press;
use service::paper::Files;
use service::{Desk, Edge, ServiceError, Store};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::timeout;

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
    /// The fonts that papers are set in.
    pub press: Press,
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
    turns: Semaphore,
}

/// Tables that are looked at or taken in at once: a call must not take the whole machine from the others.
const TURNS: usize = 2;
/// How long a call waits for its turn.
const WAIT: Duration = Duration::from_secs(10);

impl Api {
    pub(crate) fn new(state: State, rules: Rules, document: String) -> Self {
        Self { state, rules, document, rate: Mutex::new(Rate::default()), turns: Semaphore::new(TURNS) }
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

    /// The fonts that papers are set in.
    pub(crate) fn press(&self) -> &Press {
        &self.state.press
    }

    /// A turn for what takes long; a problem when none came.
    pub(crate) async fn turn(&self) -> Result<SemaphorePermit<'_>, Problem> {
        timeout(WAIT, self.turns.acquire()).await.ok().and_then(Result::ok).ok_or(Problem::TooMany)
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
