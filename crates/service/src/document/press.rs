//! The fonts that papers are set in.

use std::sync::Arc;

use papers::font::{FILES, Fonts, INSTALL};
use papers::paper::{Paper, PaperError};
use records::Refusal;

use crate::ServiceError;

/// Characters that are named when fonts lack them.
const NAMED_MOST: usize = 10;

/// The fonts that papers are set in, read once at the edge; without any, no paper is issued.
#[derive(Clone, Debug, Default)]
pub struct Press(Option<Arc<Fonts>>);

impl Press {
    /// The fonts of these files.
    ///
    /// # Errors
    /// A file is no font, or a face has none: the error names what to install.
    pub fn of(files: Vec<Vec<u8>>) -> Result<Self, PaperError> {
        Ok(Self(Some(Arc::new(Fonts::read(files)?))))
    }

    /// The fonts.
    ///
    /// # Errors
    /// There are none; the refusal says what to install.
    pub fn fonts(&self) -> Result<&Fonts, ServiceError> {
        let missing = || {
            Refusal::new(format!("服务器没有安装文书所需的字体，不能出具文书。请联系平台运行单位安装 {INSTALL}（{}）。", FILES.join("、")))
        };
        self.0.as_deref().ok_or_else(|| missing().into())
    }

    /// Fails for words that the fonts cannot show, before anything is issued: an empty box on a paper is a wrong name.
    pub(super) fn proof(&self, words: &str) -> Result<(), ServiceError> {
        let missing = self.fonts()?.missing(words).map_err(broken)?;
        if missing.is_empty() {
            return Ok(());
        }
        let mut named: Vec<String> = missing.iter().map(|character| format!("“{character}”（U+{:04X}）", u32::from(*character))).collect();
        named.sort();
        named.dedup();
        named.truncate(NAMED_MOST);
        Err(Refusal::new(format!("服务器的字体缺少以下字符，未出具文书：{}。请联系平台运行单位安装收录这些字的字体。", named.join("、")))
            .into())
    }

    /// A paper as PDF.
    ///
    /// # Errors
    /// There are no fonts, or they lack a character.
    pub fn pdf(&self, paper: &Paper) -> Result<Vec<u8>, ServiceError> {
        Ok(papers::pdf(paper, self.fonts()?).map_err(broken)?.bytes)
    }
}

/// A paper that cannot be written says why.
pub(super) fn broken(error: PaperError) -> ServiceError {
    Refusal::new(format!("{error}。")).into()
}
