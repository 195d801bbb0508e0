//! What reading one file may cost.
//!
//! One number for a file, in bytes: of what is read, of what is unpacked, and of what is held of it. A thing that is held (an object, an
//! element, a code of a font) costs about as many as it takes in memory. Whatever a file says of itself, it cannot cost more.

use std::cell::Cell;
use std::io::{self, Read};

/// What is left for a file.
#[derive(Debug)]
pub(crate) struct Budget {
    left: Cell<u64>,
    spent: Cell<bool>,
}

/// A file costs more than it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the file costs more than it may")]
pub(crate) struct Spent;

impl Budget {
    pub(crate) fn new(most: u64) -> Self {
        Self { left: Cell::new(most), spent: Cell::new(false) }
    }

    /// Takes from what is left; once it was not enough, nothing is.
    pub(crate) fn charge(&self, bytes: u64) -> Result<(), Spent> {
        match self.left.get().checked_sub(bytes) {
            Some(left) if !self.spent.get() => {
                self.left.set(left);
                Ok(())
            }
            _ => {
                self.spent.set(true);
                Err(Spent)
            }
        }
    }

    /// What is left.
    #[cfg(test)]
    pub(crate) fn left(&self) -> u64 {
        self.left.get()
    }

    /// Whether it was not enough.
    pub(crate) fn is_spent(&self) -> bool {
        self.spent.get()
    }

    /// Bytes that are charged as they are read.
    pub(crate) fn reader<R: Read>(&self, inner: R) -> Charged<'_, R> {
        Charged { inner, budget: self }
    }
}

/// See [`Budget::reader`].
pub(crate) struct Charged<'b, R> {
    inner: R,
    budget: &'b Budget,
}

impl<R: Read> Read for Charged<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        self.budget.charge(read as u64).map_err(io::Error::other)?;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_is_spent_once() {
        let budget = Budget::new(10);
        assert_eq!((budget.charge(10), budget.left(), budget.is_spent()), (Ok(()), 0, false));
        assert_eq!((budget.charge(1), budget.charge(0), budget.is_spent()), (Err(Spent), Err(Spent), true));
        let (budget, mut all) = (Budget::new(10), Vec::new());
        assert!(budget.reader(&[0; 11][..]).read_to_end(&mut all).is_err() && budget.is_spent());
    }
}
