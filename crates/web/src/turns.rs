//! Turns of what takes long: how many tables are uploaded and computed at once.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit};
use tokio::time::timeout;

/// Tables in memory at once; each may have a few megabytes.
const UPLOADS: usize = 16;
/// Computations at once: a request must not take the whole machine from the other pages.
const COMPUTATIONS: usize = 2;
/// How long a request waits for its turn to compute; most computations are over sooner.
const WAIT: Duration = Duration::from_secs(10);

/// The turns of one site.
pub(crate) struct Turns {
    uploads: Semaphore,
    computations: Arc<Semaphore>,
}

impl Default for Turns {
    fn default() -> Self {
        Self { uploads: Semaphore::new(UPLOADS), computations: Arc::new(Semaphore::new(COMPUTATIONS)) }
    }
}

impl Turns {
    /// A turn to upload; `None` when too many do.
    pub(crate) fn upload(&self) -> Option<SemaphorePermit<'_>> {
        self.uploads.try_acquire().ok()
    }

    /// A turn to compute, waited for a little; `None` when none came. It belongs to the computation, not to the request:
    /// a visitor who leaves does not make room before the work is over.
    pub(crate) async fn compute(&self) -> Option<OwnedSemaphorePermit> {
        timeout(WAIT, self.computations.clone().acquire_owned()).await.ok()?.ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn no_more_than_a_few_at_once() {
        let turns = Turns::default();
        let first = turns.compute().await;
        let second = turns.compute().await;
        assert!(first.is_some() && second.is_some() && turns.compute().await.is_none());
        drop(first);
        assert!(turns.compute().await.is_some());
        let uploads: Vec<_> = (0..UPLOADS).map(|_| turns.upload()).collect();
        assert!(uploads.iter().all(Option::is_some) && turns.upload().is_none());
    }
}
