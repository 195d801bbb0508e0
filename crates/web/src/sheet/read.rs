//! What was posted, as answers. Names that the forms do not have are dropped.

use std::collections::{BTreeMap, HashMap};

use policy::pack::{Form, Pack};
use records::answers::{Answers, RowAnswers};

use super::places::{Place, places};
use super::section::SHOWN;

/// Characters of a row's id.
const ROW_ID_MAX_CHARS: usize = 40;

/// All that was posted for the forms, whichever of their sections were shown.
pub(crate) fn read(pack: &Pack, forms: &[&Form], pairs: &[(String, String)]) -> Answers {
    let mut answers = Answers::default();
    places(pack, forms, None).iter().for_each(|place| take(place, &Posted::of(pairs), &mut answers));
    without_blanks(answers)
}

/// The answers of a file after a page was posted: what the page showed is replaced, all else stays.
pub(crate) fn merged(pack: &Pack, forms: &[&Form], previous: &Answers, pairs: &[(String, String)]) -> Answers {
    let shown: Vec<&str> = pairs.iter().filter(|(name, _)| name == SHOWN).map(|(_, text)| text.as_str()).collect();
    let posted = Posted::of(pairs);
    let mut answers = previous.clone();
    places(pack, forms, Some(&shown)).iter().for_each(|place| take(place, &posted, &mut answers));
    without_blanks(answers)
}

/// The version a page was made from; 0 for a page that was never saved.
pub(crate) fn version(pairs: &[(String, String)]) -> i64 {
    let found = pairs.iter().find(|(name, _)| name == super::frame::VERSION);
    found.and_then(|(_, text)| text.parse().ok()).unwrap_or(0)
}

/// The pairs by name, so that a form of thousands is read in one pass.
struct Posted<'p> {
    texts: HashMap<&'p str, Vec<&'p str>>,
    /// Ids of rows by kind, in the order of the page.
    rows: HashMap<&'p str, Vec<&'p str>>,
}

impl<'p> Posted<'p> {
    fn of(pairs: &'p [(String, String)]) -> Self {
        let (mut texts, mut rows) = (HashMap::<_, Vec<_>>::new(), HashMap::<_, Vec<_>>::new());
        for (name, text) in pairs {
            texts.entry(name.as_str()).or_default().push(text.as_str());
            if let Some((kind, id)) = row_of(name) {
                let known = rows.entry(kind).or_default();
                // The names of one row stand together.
                if known.last() != Some(&id) && !known.contains(&id) {
                    known.push(id);
                }
            }
        }
        Self { texts, rows }
    }

    /// What was typed: browsers send line ends as two characters.
    fn text(&self, name: &str, several: bool) -> String {
        let texts = self.texts.get(name).map_or(&[][..], Vec::as_slice);
        let mut typed = texts.iter().copied().filter(|text| !text.trim().is_empty());
        let text = if several { typed.collect::<Vec<_>>().join(",") } else { typed.next_back().unwrap_or_default().to_owned() };
        text.replace("\r\n", "\n")
    }
}

/// Kind and id in `row.<kind>.<id>` and whatever follows.
fn row_of(name: &str) -> Option<(&str, &str)> {
    let mut parts = name.strip_prefix("row.")?.split('.');
    let (kind, id) = (parts.next()?, parts.next()?);
    let plain = id.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_')) && !id.starts_with('_');
    (plain && !id.is_empty() && id.chars().count() <= ROW_ID_MAX_CHARS).then_some((kind, id))
}

fn take(place: &Place, posted: &Posted, answers: &mut Answers) {
    match place {
        Place::Text { path, several } => answers.set(path, &posted.text(path, *several)),
        Place::Rows { kind, names } => {
            let ids = posted.rows.get(kind.as_str()).map_or(&[][..], Vec::as_slice);
            let rows = ids.iter().map(|id| row(kind, id, names, posted, answers.rows(kind))).collect();
            answers.rows.insert(kind.clone(), rows);
        }
    }
}

/// A row: the names the form shows from the post, others as they were.
fn row(kind: &str, id: &str, names: &[String], posted: &Posted, previous: &[RowAnswers]) -> RowAnswers {
    let mut texts: BTreeMap<String, String> = super::find(previous, id).map(|row| row.texts.clone()).unwrap_or_default();
    for name in names {
        match posted.text(&format!("row.{kind}.{id}.{name}"), false) {
            text if text.is_empty() => drop(texts.remove(name)),
            text => drop(texts.insert(name.clone(), text)),
        }
    }
    let parent = posted.text(&format!("row.{kind}.{id}.parent"), false);
    RowAnswers { id: id.to_owned(), parent: (!parent.is_empty()).then_some(parent), texts }
}

/// Without rows in which nothing was typed: a page offers one to begin with.
fn without_blanks(mut answers: Answers) -> Answers {
    answers.rows.values_mut().for_each(|rows| rows.retain(|row| !row.texts.is_empty()));
    answers.rows.retain(|_, rows| !rows.is_empty());
    answers
}
