//! A paper as PDF: laid out here, written with `pdf-writer`, with the characters that stand in it embedded from free fonts.
//!
//! Invariant: the same paper and fonts give the same bytes; what has no glyph is refused before anything is written.
//! Lengths are whole thousandths of a point until they are written.

mod cells;
mod embed;
mod flow;
mod foot;
mod glyph;
mod grid;
mod lines;
mod opening;
mod page;
mod picture;
mod pieces;
mod pixels;
mod tree;
mod words;
mod write;

pub(crate) use picture::proven;

use crate::font::Fonts;
use crate::paper::{Paper, PaperError};

/// A written PDF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
}

/// The paper as PDF.
///
/// # Errors
/// [`PaperError::NoGlyph`] for a character no font has, [`PaperError::Table`] as every rendering,
/// [`PaperError::PictureForm`] for a picture no PDF can hold.
pub fn pdf(paper: &Paper, fonts: &Fonts) -> Result<Pdf, PaperError> {
    write::write(paper, fonts, laid_out(paper, fonts)?)
}

/// How many pages the paper has as PDF, without writing one.
///
/// # Errors
/// As [`pdf`], but for what only its bytes would show.
pub fn pdf_pages(paper: &Paper, fonts: &Fonts) -> Result<usize, PaperError> {
    Ok(laid_out(paper, fonts)?.pages.len())
}

fn laid_out<'a>(paper: &'a Paper, fonts: &'a Fonts) -> Result<flow::Flow<'a>, PaperError> {
    paper.proven()?;
    let mut flow = flow::Flow::new(paper, fonts)?;
    opening::add(&mut flow, paper)?;
    flow.blocks(&paper.blocks)?;
    foot::add(&mut flow, paper)?;
    Ok(flow)
}
