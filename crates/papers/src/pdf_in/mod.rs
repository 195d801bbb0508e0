//! PDF in: how many pages a file has, and the words on them with their places.
//!
//! An own reader of about five hundred lines, and not `lopdf` or `pdf-extract`: those bring sixty crates (encryption, dates, thread
//! pools, fonts), load whole files and follow what a file says of itself; all that is wanted here is objects, deflate and the
//! characters a font maps its codes to. Nothing is drawn, run, fetched or decrypted. Objects are found by reading the file from its
//! beginning, not by its table of places, so a damaged table does no harm.

mod content;
mod file;
mod font;
mod object;
mod pages;
mod radicals;

use file::File;

use crate::budget::Spent;

/// Largest file that is looked into.
pub const MAX_FILE_BYTES: usize = 64 << 20;
/// Pages whose words are read: an invoice has a few.
const MAX_TEXT_PAGES: usize = 20;

/// Why a PDF cannot be looked into. Each message is what whoever uploads the file reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PdfError {
    /// Larger than [`MAX_FILE_BYTES`], here in MiB.
    #[error("PDF 超过{0}兆字节，无法检查，请压缩后重新上传。")]
    TooLarge(usize),
    /// A password or rights keep its content from being read.
    #[error("PDF 已加密或限制了内容提取，无法读取。请上传未加密的原始文件。")]
    Encrypted,
    /// Unpacks to more than can be read.
    #[error("PDF 展开后过大，无法检查。请重新导出后上传。")]
    Unpacked,
    /// No page was found.
    #[error("PDF 已损坏或不完整，没有读到页面。请核对能否正常打开，重新导出后上传。")]
    Broken,
}

impl From<Spent> for PdfError {
    fn from(_: Spent) -> Self {
        Self::Unpacked
    }
}

/// Words on a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// The page, from 0.
    pub page: usize,
    /// Where they begin, from the left, in the units of the page.
    pub x: f64,
    /// Where their feet stand, from the bottom.
    pub y: f64,
    /// The size of the text.
    pub size: f64,
    /// The words.
    pub text: String,
}

/// How many pages a PDF has.
///
/// # Errors
/// [`PdfError`]: it is too large, encrypted or holds no page.
pub fn page_count(bytes: &[u8]) -> Result<usize, PdfError> {
    let file = open(bytes)?;
    Some(pages::pages(&file).len()).filter(|count| *count > 0).ok_or(PdfError::Broken)
}

/// The words of the first pages of a PDF. Pictures of words are no words.
///
/// # Errors
/// As [`page_count`].
pub fn runs(bytes: &[u8]) -> Result<Vec<Run>, PdfError> {
    let file = open(bytes)?;
    let pages = pages::pages(&file);
    if pages.is_empty() {
        return Err(PdfError::Broken);
    }
    let mut reader = content::Reader::new(&file);
    for (number, page) in pages.iter().take(MAX_TEXT_PAGES).enumerate() {
        reader.page(number, page)?;
    }
    Ok(reader.runs)
}

fn open(bytes: &[u8]) -> Result<File<'_>, PdfError> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(PdfError::TooLarge(MAX_FILE_BYTES >> 20));
    }
    let file = File::read(bytes)?;
    if file.encrypted { Err(PdfError::Encrypted) } else { Ok(file) }
}

#[cfg(test)]
mod tests;
