//! What is wrong with a pack or a case file: where, what, and what to do.

use std::fmt;

/// One thing wrong. A pack with any is refused whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// File inside the pack, e.g. `rules.toml`.
    pub file: String,
    /// Line, counted from 1; 0 when the file as a whole is meant.
    pub line: usize,
    /// Column in characters, counted from 1; 0 when the line as a whole is meant.
    pub column: usize,
    /// The clause the faulty rule cites, if it cites one.
    pub clause: Option<String>,
    /// What is wrong, in Chinese.
    pub message: String,
    /// What would mend it, in Chinese.
    pub suggestion: Option<String>,
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.file.is_empty() {
            write!(out, "{}", self.message)?;
            return Ok(());
        }
        write!(out, "{}", self.file)?;
        if self.line > 0 {
            write!(out, ":{}", self.line)?;
        }
        if self.column > 0 {
            write!(out, ":{}", self.column)?;
        }
        write!(out, ": {}", self.message)?;
        if let Some(clause) = &self.clause {
            write!(out, "（条款 {clause}）")?;
        }
        if let Some(suggestion) = &self.suggestion {
            write!(out, "。{suggestion}")?;
        }
        Ok(())
    }
}

/// A file's text, to turn byte offsets into lines and columns.
#[derive(Clone, Debug)]
pub struct Source {
    /// File inside the pack.
    pub file: String,
    /// Its whole text.
    pub text: String,
}

impl Source {
    /// Line and column of a byte offset, both counted from 1.
    pub fn place(&self, offset: usize) -> (usize, usize) {
        let before = &self.text.as_bytes()[..offset.min(self.text.len())];
        let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let column = String::from_utf8_lossy(&before[line_start..]).chars().count() + 1;
        (line, column)
    }

    /// A problem at a byte offset of this file.
    pub fn problem(&self, offset: usize, message: impl Into<String>) -> Problem {
        let (line, column) = self.place(offset);
        let message = message.into();
        Problem { file: self.file.clone(), line, column, clause: None, message, suggestion: None }
    }
}

impl Problem {
    /// The same problem with a way out.
    pub fn suggest(mut self, suggestion: impl Into<String>) -> Self {
        self.suggestion = Some(suggestion.into());
        self
    }

    /// The same problem with «是否应为…» where a near name exists.
    pub fn did_you_mean<'a>(self, word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Self {
        match nearest(word, candidates) {
            Some(near) => self.suggest(format!("是否应为“{near}”？")),
            None => self,
        }
    }

    /// The same problem naming the clause of the rule it is in.
    pub fn under(mut self, clause: &str) -> Self {
        if !clause.is_empty() && self.clause.is_none() {
            self.clause = Some(clause.to_owned());
        }
        self
    }
}

/// The candidate nearest to `word`, if it is near enough to be a slip of the pen.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    standards::text::suggest(word, candidates)
}
