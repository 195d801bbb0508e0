//! A paper: what a bureau prints, stamps and files, in one model that is written as DOCX, PDF, print page and plain text.
//!
//! Invariant: every rendering shows the same words in the same order; a rendering adds page numbers, repeated heads of
//! tables and the check lines, nothing else.

mod attached;
mod cell;
mod cover;
mod error;
mod fit;
mod heading;
mod look;
mod measure;
mod picture;
mod signature;
mod table;
mod text;

pub use attached::Attached;
pub use cell::{Cell, CellKind};
pub use cover::Cover;
pub(crate) use cover::{cover_line, cover_spaces};
pub use error::PaperError;
pub(crate) use fit::spread;
pub use heading::Level;
pub(crate) use look::{ANNEX, BODY, CHECK, COVER, HEADING, PAGE_NUMBER, TITLE, heading_look};
pub use look::{Face, Look, Orientation, Sheet};
pub(crate) use picture::frame;
pub use picture::{Picture, PictureKind};
pub use signature::{Place, Signatures};
pub(crate) use table::{EDGE_MPT, Placed, SIDE_MPT, shares};
pub use table::{Pairs, Row, Table, TextSize};
pub(crate) use text::printable;
pub use text::{Align, Paragraph, Span, ticks, ticks_in_line};

use serde::{Deserialize, Serialize};

/// A paper.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// Its title; a line break in it is kept.
    pub title: String,
    /// What stands above the title at the left, such as 附件1.1.
    pub annex: Option<String>,
    /// Its number, under the title.
    pub number: Option<String>,
    /// A first page of its own with the title on it.
    pub cover: Option<Cover>,
    /// How the sheet lies.
    pub orientation: Orientation,
    /// What stands in it, in order.
    pub blocks: Vec<Block>,
    /// What it was made from, at the foot of every page.
    pub check: Option<Check>,
}

/// How anybody can check what a paper was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// Check code of this paper.
    pub code: String,
    /// Where the code is entered, if printed.
    pub address: Option<String>,
    /// Digest of the journal's last entry when it was made.
    pub head: String,
}

impl Check {
    /// The lines at the foot of each page.
    #[must_use]
    pub fn lines(&self) -> [String; 2] {
        let address = self.address.as_ref().map(|address| format!("　核验网址：{address}")).unwrap_or_default();
        [format!("校验码：{}{address}", self.code), format!("台账末条摘要：{}", self.head)]
    }
}

/// A piece of a paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Block {
    /// A heading, its number included.
    Heading {
        /// How deep.
        level: Level,
        /// Its words.
        text: String,
    },
    /// Running text.
    Paragraph(Paragraph),
    /// A grid.
    Table(Table),
    /// Places to sign and seal; never parted from the paragraph before.
    Signatures(Signatures),
    /// A picture.
    Picture(Picture),
    /// A picture that is kept elsewhere.
    Attached(Attached),
    /// Empty lines.
    Space {
        /// How many.
        lines: u8,
    },
    /// What follows begins a page.
    PageBreak,
}

impl Block {
    /// A heading numbered in the way of its level: `Block::heading(Level::One, 2, "…")` is 二、….
    #[must_use]
    pub fn heading(level: Level, number: u8, text: &str) -> Self {
        Self::Heading { level, text: format!("{}{text}", level.number(number)) }
    }

    /// A paragraph of the body: two characters in, both edges straight.
    #[must_use]
    pub fn body(text: impl Into<String>) -> Self {
        Self::Paragraph(Paragraph::body(text))
    }

    /// What somebody typed, each of its lines a paragraph of the body.
    #[must_use]
    pub fn typed(text: &str) -> Vec<Self> {
        text.lines().map(str::trim).filter(|line| !line.is_empty()).map(Self::body).collect()
    }
}

impl Paper {
    /// Refuses what no rendering could show: a table whose cells do not fit its columns.
    ///
    /// # Errors
    /// [`PaperError::Table`] with the table's number from 1.
    pub fn proven(&self) -> Result<(), PaperError> {
        let tables = self.blocks.iter().filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None });
        for (table, number) in tables.zip(1..) {
            table.placed().map_err(|row| PaperError::Table { number, row })?;
        }
        Ok(())
    }
}
