//! What every handler needs: packs, the database, the clock, random bytes.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use policy::library::Library;
use policy::pack::Pack;
use records::Moment;
use service::document::Press;
use service::kept_case::{TOKEN_BYTES, Token};
use service::paper::Files;
use service::{Desk, Edge, Store};

use crate::about::About;
use crate::blanks::Blanks;
use crate::errors::Error;
use crate::rate::{Limit, Rate};
use crate::turns::Turns;

/// What the binary hands over when it starts the site.
#[derive(Clone)]
pub struct State {
    /// The policy packs.
    pub library: Arc<Library>,
    /// Where cases are kept.
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
    /// Who of the demo city may be entered by one click; nobody where the data is real.
    pub demo: Arc<[Entrance]>,
    /// Hosts in networks of one's own that may be called when something happens to a file; all others have to be public.
    pub inside: Arc<BTreeSet<String>>,
    /// What the site is called and who answers for it.
    pub about: Arc<About>,
}

/// Somebody of the demo city.
#[derive(Clone, Debug)]
pub struct Entrance {
    /// The account.
    pub account: String,
    /// Who it is: kind, organisation, roles.
    pub label: String,
}

/// The state shared by all handlers.
pub(crate) type Shared = Arc<Site>;

/// The state of the binary and what the site itself remembers.
pub(crate) struct Site {
    state: State,
    rate: Mutex<Rate>,
    turns: Turns,
    blanks: Blanks,
}

impl Site {
    /// A site that has seen nobody yet.
    pub(crate) fn new(state: State) -> Shared {
        Arc::new(Self { state, rate: Mutex::new(Rate::default()), turns: Turns::default(), blanks: Blanks::default() })
    }

    /// The policy packs.
    pub(crate) fn library(&self) -> &Library {
        self.state.library.now()
    }

    /// Where cases are kept.
    pub(crate) fn store(&self) -> &Store {
        &self.state.store
    }

    /// Where uploaded files are kept.
    pub(crate) fn files(&self) -> &Files {
        &self.state.files
    }

    /// The fonts that papers are set in.
    pub(crate) fn press(&self) -> &Press {
        &self.state.press
    }

    /// Who of the demo city may be entered by one click.
    pub(crate) fn demo(&self) -> &[Entrance] {
        &self.state.demo
    }

    /// Hosts inside that may be called.
    pub(crate) fn inside(&self) -> &BTreeSet<String> {
        &self.state.inside
    }

    /// What the site is called and who answers for it.
    pub(crate) fn about(&self) -> &Arc<About> {
        &self.state.about
    }

    /// Unix seconds now.
    pub(crate) fn now(&self) -> i64 {
        (self.state.clock)()
    }

    /// A fresh secret for a link.
    pub(crate) fn token(&self) -> Token {
        let mut bytes = [0; TOKEN_BYTES];
        (self.state.random)(&mut bytes);
        Token::from_random(bytes)
    }

    /// The time and random bytes for a use case.
    pub(crate) fn edge(&self) -> Edge<'_> {
        Edge { now: Moment(self.now() * 1000), random: self.state.random, origin: &self.state.origin }
    }

    /// What use cases on files work with.
    pub(crate) fn desk(&self) -> Desk<'_> {
        Desk { store: self.store(), library: self.library(), edge: self.edge() }
    }

    /// Papers that are the same for everybody.
    pub(crate) fn blanks(&self) -> &Blanks {
        &self.blanks
    }

    /// Turns of what takes long.
    pub(crate) fn turns(&self) -> &Turns {
        &self.turns
    }

    /// Whether this client may do one more of what `limit` counts.
    pub(crate) fn may(&self, client: u128, limit: Limit) -> bool {
        let now = self.now();
        let mut rate = self.rate.lock().unwrap_or_else(PoisonError::into_inner);
        rate.take(client, limit, now)
    }

    /// The newest version of a programme.
    pub(crate) fn programme(&self, id: &str) -> Result<&Arc<Pack>, Error> {
        self.library().pack(id).ok_or(Error::NoProgramme)
    }
}
