//! What people typed, as they typed it. Values are read from it each time, so nothing typed is ever lost to an error.

use std::collections::{BTreeMap, BTreeSet};

use policy::pack::Pack;
use policy::spec::StageSpec;
use serde::{Deserialize, Serialize};

use crate::FieldError;
use crate::application::Asked;

/// Texts in one set of answers.
pub const TEXTS_MAX: usize = 2_000;
/// Rows of one kind.
pub const ROWS_MAX: usize = 2_000;
/// Characters of one text.
pub const TEXT_MAX_CHARS: usize = 20_000;

/// Typed texts by path, and rows by kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    /// By path; several ticks are joined by commas. Never an empty text.
    #[serde(default)]
    pub texts: BTreeMap<String, String>,
    /// By row kind, in the order they were entered.
    #[serde(default)]
    pub rows: BTreeMap<String, Vec<RowAnswers>>,
}

/// One row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowAnswers {
    /// Distinct within its kind.
    pub id: String,
    /// The row it belongs to, for kinds that have a parent.
    pub parent: Option<String>,
    /// By input name. Never an empty text.
    pub texts: BTreeMap<String, String>,
}

impl Answers {
    /// What was typed under a path; empty when nothing was.
    pub fn text(&self, path: &str) -> &str {
        self.texts.get(path).map_or("", String::as_str)
    }

    /// Whether an option was chosen under a path.
    pub fn ticked(&self, path: &str, option: &str) -> bool {
        self.text(path).split(',').any(|one| one == option)
    }

    /// Sets a text; an empty one removes it.
    pub fn set(&mut self, path: &str, text: &str) {
        match text.trim() {
            "" => drop(self.texts.remove(path)),
            _ => drop(self.texts.insert(path.to_owned(), text.to_owned())),
        }
    }

    /// The rows of a kind.
    pub fn rows(&self, kind: &str) -> &[RowAnswers] {
        self.rows.get(kind).map_or(&[], Vec::as_slice)
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty() && self.rows.values().all(Vec::is_empty)
    }

    /// These answers with those of `over` in place of what stands under the same path. Rows of a kind are replaced one by
    /// one: a row that `over` knows by the same id takes its texts, one by one; others stay.
    #[must_use]
    pub fn overlaid(&self, over: &Answers) -> Answers {
        let mut all = self.clone();
        all.texts.extend(over.texts.clone());
        for (kind, rows) in &over.rows {
            let known = all.rows.entry(kind.clone()).or_default();
            for row in rows {
                match known.iter_mut().find(|known| known.id == row.id) {
                    Some(known) => known.texts.extend(row.texts.clone()),
                    None => known.push(row.clone()),
                }
            }
        }
        all
    }

    /// Only what a stage asks for.
    pub fn only(&self, pack: &Pack, spec: &StageSpec) -> Answers {
        Asked::of(pack, spec).keep(self)
    }

    /// What is beyond the limits on every set of answers, or contradicts itself.
    pub fn errors(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        if self.texts.len() > TEXTS_MAX {
            errors.push(FieldError::new("", "填写的项目过多，请分次提交。"));
        }
        let long = |text: &String| text.chars().count() > TEXT_MAX_CHARS;
        let message = format!("内容过长，请控制在{TEXT_MAX_CHARS}字以内。");
        errors.extend(self.texts.iter().filter(|(_, text)| long(text)).map(|(path, _)| FieldError::new(path, message.clone())));
        for (kind, rows) in &self.rows {
            if rows.len() > ROWS_MAX {
                errors.push(FieldError::new(kind, format!("最多{ROWS_MAX}行，请合并后填写。")));
            }
            let ids: BTreeSet<&str> = rows.iter().map(|row| row.id.as_str()).collect();
            if ids.len() < rows.len() {
                errors.push(FieldError::new(kind, "有编号重复的行，请删除重复的行。"));
            }
        }
        errors
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(texts: &[(&str, &str)], rows: &[(&str, &str, &str)]) -> Answers {
        let mut answers = Answers::default();
        texts.iter().for_each(|(path, text)| answers.set(path, text));
        for (id, name, text) in rows {
            let texts = BTreeMap::from([((*name).to_owned(), (*text).to_owned())]);
            answers.rows.entry("invoice".into()).or_default().push(RowAnswers { id: (*id).into(), parent: None, texts });
        }
        answers
    }

    #[test]
    fn an_overlay_replaces_text_by_text() {
        let filed = answers(&[("a", "1"), ("b", "2")], &[("1", "amount", "10元"), ("2", "amount", "20元")]);
        let stated = answers(&[("b", "3")], &[("2", "matches", "是")]);
        let all = filed.overlaid(&stated);
        assert_eq!((all.text("a"), all.text("b")), ("1", "3"));
        assert_eq!(all.rows("invoice")[1].texts["amount"], "20元");
        assert_eq!(all.rows("invoice")[1].texts["matches"], "是");
        assert_eq!(filed.overlaid(&Answers::default()), filed);
    }

    #[test]
    fn empty_texts_are_not_kept() {
        let mut answers = answers(&[("a", " ")], &[]);
        assert!(answers.is_empty());
        answers.set("a", "x");
        answers.set("a", "");
        assert!(answers.is_empty());
    }

    #[test]
    fn every_limit_is_said() {
        let mut answers = answers(&[("a", &"字".repeat(TEXT_MAX_CHARS + 1))], &[("1", "amount", "1"), ("1", "amount", "2")]);
        assert_eq!(answers.errors().iter().map(|error| error.path.as_str()).collect::<Vec<_>>(), ["a", "invoice"]);
        (0..=TEXTS_MAX).for_each(|at| answers.set(&format!("t{at}"), "x"));
        assert_eq!(answers.errors()[0].path, "");
    }
}
