//! The button that was pressed.

use policy::pack::Pack;
use records::answers::{Answers, RowAnswers};

use super::rows::next_id;

/// What a button of a sheet asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    /// Save and stay.
    Save,
    /// Another row of a kind.
    AddRow(String),
    /// One row less.
    DeleteRow {
        /// Its kind.
        kind: String,
        /// Its id.
        id: String,
    },
    /// A word of the page's own: next, sign.
    Other(String),
}

impl Action {
    /// The last button's word in a post; a script that sends none saves.
    pub(crate) fn of(pairs: &[(String, String)]) -> Self {
        let word = pairs.iter().rev().find(|(name, _)| name == "do").map_or("save", |(_, word)| word.as_str());
        match word.split(':').collect::<Vec<_>>()[..] {
            ["save"] => Self::Save,
            ["add-row", kind] => Self::AddRow(kind.to_owned()),
            ["delete-row", kind, id] => Self::DeleteRow { kind: kind.to_owned(), id: id.to_owned() },
            _ => Self::Other(word.to_owned()),
        }
    }

    /// Adds or removes its row, and says which element of the page to go to; nothing for other actions.
    pub(crate) fn apply(&self, pack: &Pack, answers: &mut Answers) -> Option<String> {
        match self {
            Self::AddRow(kind) => {
                pack.kind(kind).filter(|kind| *kind > 0)?;
                let id = next_id(answers, kind);
                let anchor = format!("{kind}-{id}");
                answers.rows.entry(kind.clone()).or_default().push(RowAnswers { id, ..RowAnswers::default() });
                Some(anchor)
            }
            Self::DeleteRow { kind, id } => {
                answers.rows.get_mut(kind)?.retain(|row| row.id != *id);
                Some(kind.clone())
            }
            Self::Save | Self::Other(_) => None,
        }
    }
}
