//! Cells of a grid.

use serde::{Deserialize, Serialize};

use super::{Align, Face, Paragraph};

/// What a cell is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum CellKind {
    /// What was filled in.
    #[default]
    Value,
    /// Names what stands beside it.
    Label,
    /// Names what stands below it.
    Head,
}

impl CellKind {
    pub(crate) fn face(self) -> Face {
        if self == Self::Head { Face::Hei } else { Face::Fang }
    }
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// What stands in it.
    pub paragraphs: Vec<Paragraph>,
    /// What it is.
    pub kind: CellKind,
    /// Columns it takes.
    pub across: usize,
    /// Rows it takes.
    pub down: usize,
}

impl Cell {
    fn of(kind: CellKind, align: Align, text: impl Into<String>) -> Self {
        let paragraphs = vec![Paragraph { align, ..Paragraph::flush(text) }];
        Self { paragraphs, kind, across: 1, down: 1 }
    }

    /// What was filled in.
    #[must_use]
    pub fn value(text: impl Into<String>) -> Self {
        Self::of(CellKind::Value, Align::Left, text)
    }

    /// What was filled in, in the middle: numbers of lines, short choices.
    #[must_use]
    pub fn middle(text: impl Into<String>) -> Self {
        Self::of(CellKind::Value, Align::Centre, text)
    }

    /// A figure, at the right.
    #[must_use]
    pub fn figure(text: impl Into<String>) -> Self {
        Self::of(CellKind::Value, Align::Right, text)
    }

    /// Names what stands beside it.
    #[must_use]
    pub fn label(text: impl Into<String>) -> Self {
        Self::of(CellKind::Label, Align::Centre, text)
    }

    /// Names what stands below it.
    #[must_use]
    pub fn head(text: impl Into<String>) -> Self {
        Self::of(CellKind::Head, Align::Centre, text)
    }

    /// Several paragraphs.
    #[must_use]
    pub fn lines(paragraphs: Vec<Paragraph>) -> Self {
        Self { paragraphs, ..Self::value("") }
    }

    /// Merged with that many columns.
    #[must_use]
    pub fn across(self, across: usize) -> Self {
        Self { across, ..self }
    }

    /// Merged with that many rows.
    #[must_use]
    pub fn down(self, down: usize) -> Self {
        Self { down, ..self }
    }
}
