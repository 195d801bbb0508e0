//! Rows gathered from others' files: a province's plan begins with what its cities filed.

use std::collections::BTreeMap;

use policy::pack::{Gathers, Pack};
use policy::program::Kind;

use super::squeezed;
use crate::answers::{Answers, RowAnswers};

/// The rows that a file begins with, of what other files state, each with a word of its own that tells its rows from others'.
/// Rows of one name under the same row are one: the first to state a fact states it, and what stands under any of them stands
/// under it. Rows of the case that nothing names are left out.
pub fn gathered<'a>(pack: &Pack, gathers: &Gathers, files: impl IntoIterator<Item = (String, &'a Answers)>) -> Answers {
    let mut gathering = Gathering { pack, gathers, ids: BTreeMap::new(), all: Answers::default() };
    for (word, answers) in files {
        gathering.file(&word, answers);
    }
    gathering.all
}

/// The rows of one file by kind and id, under the ids they are gathered by.
type Renamed = BTreeMap<(Kind, String), String>;

struct Gathering<'a> {
    pack: &'a Pack,
    gathers: &'a Gathers,
    /// Ids of gathered rows by kind, the row above and name.
    ids: BTreeMap<(Kind, String, String), String>,
    all: Answers,
}

impl Gathering<'_> {
    /// Kinds stand after those they lie under.
    fn file(&mut self, word: &str, answers: &Answers) {
        let mut renamed = Renamed::new();
        for kind in 1..self.pack.kinds.len() as Kind {
            for row in answers.rows(&self.pack.kinds[kind as usize].id) {
                self.row(kind, word, row, &mut renamed);
            }
        }
    }

    fn row(&mut self, kind: Kind, word: &str, row: &RowAnswers, renamed: &mut Renamed) {
        let declared = &self.pack.kinds[kind as usize];
        let naming = self.gathers.named_by.iter().find(|(named, _)| *named == kind);
        let above = match (declared.parent, &row.parent) {
            (0, _) => naming.map(|_| None),
            (parent, Some(above)) => renamed.get(&(parent, above.clone())).cloned().map(Some),
            (_, None) => None,
        };
        let Some(above) = above else { return };
        let own = format!("{word}-{}", row.id);
        let named = naming.and_then(|(_, input)| row.texts.get(&self.pack.inputs[kind as usize][*input].name));
        let name = named.map_or_else(|| own.clone(), |text| squeezed(text));
        let kept = self.ids.entry((kind, above.clone().unwrap_or_default(), name)).or_insert(own).clone();
        renamed.insert((kind, row.id.clone()), kept.clone());
        put(self.all.rows.entry(declared.id.clone()).or_default(), RowAnswers { id: kept, parent: above, texts: row.texts.clone() });
    }
}

fn put(rows: &mut Vec<RowAnswers>, row: RowAnswers) {
    match rows.iter_mut().find(|known| known.id == row.id) {
        Some(known) => row.texts.into_iter().for_each(|(name, text)| {
            known.texts.entry(name).or_insert(text);
        }),
        None => rows.push(row),
    }
}
