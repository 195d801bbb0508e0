//! Experts score a file on the pack's sheet, each for himself; their scores settle one, or a bureau does.

mod assign;
mod conflict;
mod lots;
mod score;

pub use conflict::{Parties, conflicts};
pub use lots::Lots;

use insight::assignment::{Spread, Verdict, settle, spread};
use policy::pack::Review;
use serde::{Deserialize, Serialize};

use super::{Application, StageState};
use crate::Moment;
use crate::answers::Answers;
use crate::ids::{AccountId, OrganisationId};

/// An expert who was asked to score a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reviewer {
    /// Who.
    pub expert: OrganisationId,
    /// When the expert was asked.
    pub asked_at: Moment,
    /// What the expert handed in.
    pub sheet: Option<ScoredSheet>,
}

/// A sheet as it was handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScoredSheet {
    /// Scores and opinions, by path.
    pub answers: Answers,
    /// All scores together, in hundredths of a mark.
    pub total_hundredths: i64,
    /// When.
    pub at: Moment,
    /// By whom.
    pub by: AccountId,
}

/// What the scores of a file came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// In hundredths of a mark.
    pub hundredths: i64,
    /// The expert whose score lies off and does not count, where one more was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub without: Option<OrganisationId>,
    /// Why a bureau set it, where the experts' scores lay too far apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl StageState {
    /// The sheet of an expert, among those who were asked.
    pub fn reviewer(&self, expert: &OrganisationId) -> Option<&Reviewer> {
        self.reviewers.iter().find(|reviewer| reviewer.expert == *expert)
    }

    fn totals(&self) -> Vec<i64> {
        self.reviewers.iter().filter_map(|reviewer| Some(reviewer.sheet.as_ref()?.total_hundredths)).collect()
    }

    /// How the scores lie that are in.
    pub fn spread(&self) -> Option<Spread> {
        spread(&self.totals())
    }

    /// What follows from the scores, once all who were asked have handed them in.
    pub fn verdict(&self, review: &Review) -> Verdict {
        let open = self.reviewers.iter().any(|reviewer| reviewer.sheet.is_none());
        if open { Verdict::Waiting } else { settle(&self.totals(), review.reviewers, review.apart_hundredths) }
    }

    /// How many experts are to be asked now.
    pub fn lacks(&self, review: &Review) -> usize {
        match (review.reviewers.saturating_sub(self.reviewers.len()), self.verdict(review)) {
            (0, Verdict::OneMore) => 1,
            (missing, _) => missing,
        }
    }
}

impl Application {
    /// Whether an organisation was asked to score the file, in any stage.
    pub fn is_reviewed_by(&self, expert: &OrganisationId) -> bool {
        self.begun_stages().any(|stage| stage.reviewer(expert).is_some())
    }
}
