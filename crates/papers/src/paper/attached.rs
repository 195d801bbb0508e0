//! Pictures that are kept elsewhere: a paper holds their digests and their words.

use serde::{Deserialize, Serialize};

use super::{Block, Paper, Picture};

/// A picture that is kept elsewhere under its digest. Until it is put in, a paper shows its words alone, and a page finds it at
/// its address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attached {
    /// By what it is found.
    pub id: String,
    /// SM3 of its file, in hexadecimal.
    pub digest: String,
    /// What it shows; printed below it.
    pub description: String,
    /// Where a page finds it.
    #[serde(skip)]
    pub address: Option<String>,
}

impl Paper {
    /// Its pictures that are kept elsewhere, in order.
    pub fn attached(&self) -> impl Iterator<Item = &Attached> {
        self.blocks.iter().filter_map(|block| if let Block::Attached(attached) = block { Some(attached) } else { None })
    }

    /// With an address for each picture that is kept elsewhere, by its number from 1.
    #[must_use]
    pub fn addressed(mut self, address: impl Fn(usize) -> String) -> Self {
        let attached = self.blocks.iter_mut().filter_map(|block| if let Block::Attached(attached) = block { Some(attached) } else { None });
        attached.zip(1_usize..).for_each(|(attached, number)| attached.address = Some(address(number)));
        self
    }

    /// With the pictures in their places that are found for their number from 1; the others remain words.
    #[must_use]
    pub fn with_pictures(mut self, mut found: impl FnMut(usize) -> Option<Picture>) -> Self {
        let mut number = 0;
        for block in &mut self.blocks {
            if matches!(block, Block::Attached(_)) {
                number += 1;
                if let Some(picture) = found(number) {
                    *block = Block::Picture(picture);
                }
            }
        }
        self
    }
}
