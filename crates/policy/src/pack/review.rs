//! How experts score files in a stage of a loaded pack.

use super::{Body, FieldKind, Form, Pack};

/// How experts score in a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// The stage.
    pub stage: String,
    /// The form each of them fills in.
    pub sheet: String,
    /// How many score a file.
    pub reviewers: usize,
    /// Scores farther apart than this, in hundredths of a mark, ask for one more expert.
    pub apart_hundredths: Option<i64>,
    /// Nobody sees another's scores before all are in.
    pub blind: bool,
    /// Experts of the applicant's own place do not score it.
    pub elsewhere: bool,
    /// The choice of the case, by its input, that experts' fields are matched with.
    pub field: Option<usize>,
    /// The score of the case, by its input, that the result goes to.
    pub settles: Option<usize>,
}

impl Form {
    /// Paths of the fields that are scored, with the most each can get, in hundredths of a mark.
    pub fn scores(&self) -> impl Iterator<Item = (&str, i64)> {
        let fields = self.sections.iter().flat_map(|section| match &section.body {
            Body::Fields(fields) => fields.as_slice(),
            Body::Rows { .. } | Body::Questions { .. } | Body::Scenarios { .. } => &[],
        });
        fields.filter_map(|field| match field.kind {
            FieldKind::Score { full_hundredths } => Some((field.path.as_str(), full_hundredths)),
            _ => None,
        })
    }

    /// The most that can be scored in all, in hundredths of a mark.
    pub fn full_hundredths(&self) -> i64 {
        self.scores().map(|(_, full)| full).sum()
    }
}

impl Pack {
    /// How experts score in a stage.
    pub fn review(&self, stage: &str) -> Option<&Review> {
        self.reviews.iter().find(|review| review.stage == stage)
    }
}
