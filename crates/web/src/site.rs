//! What every handler needs: packs, the database, the clock, random bytes.

use std::sync::{Arc, Mutex, PoisonError};

use policy::library::Library;
use policy::pack::Pack;
use service::Store;
use service::kept_case::{TOKEN_BYTES, Token};

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
    /// Unix seconds now.
    pub clock: fn() -> i64,
    /// Fills the slice from the operating system's random source.
    pub random: fn(&mut [u8]),
}

/// The state shared by all handlers.
pub(crate) type Shared = Arc<Site>;

/// The state of the binary and what the site itself remembers.
pub(crate) struct Site {
    state: State,
    rate: Mutex<Rate>,
    turns: Turns,
}

impl Site {
    /// A site that has seen nobody yet.
    pub(crate) fn new(state: State) -> Shared {
        Arc::new(Self { state, rate: Mutex::new(Rate::default()), turns: Turns::default() })
    }

    /// The policy packs.
    pub(crate) fn library(&self) -> &Library {
        &self.state.library
    }

    /// Where cases are kept.
    pub(crate) fn store(&self) -> &Store {
        &self.state.store
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
