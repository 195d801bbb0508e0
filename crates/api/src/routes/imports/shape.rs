//! What is sent and received of tables.

use serde::{Deserialize, Serialize};
use service::import::{Correcting, Counts, LeftOut, Preview, Problem, Taken, Target};
use utoipa::{IntoParams, ToSchema};

/// Which table: `of` alone, `payment_list` alone, or the four names of rows.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Of {
    /// `enterprise`, `provider`, or the roster of a procedure as `<programme>/<procedure>`.
    pub(super) of: Option<String>,
    /// What the bank did with the payments of this list.
    pub(super) payment_list: Option<String>,
    /// Rows of a form of this file: with `stage`, `form` and `rows`.
    pub(super) file: Option<String>,
    /// The stage that is being filled in.
    pub(super) stage: Option<String>,
    /// The form.
    pub(super) form: Option<String>,
    /// The kind of its rows.
    pub(super) rows: Option<String>,
}

/// A table that may be taken in.
#[derive(Serialize, ToSchema)]
#[schema(as = ImportTarget)]
pub(super) struct TargetShape {
    /// What it is asked for by.
    of: String,
    /// What it is called.
    label: String,
}

impl From<(Target, String)> for TargetShape {
    fn from((target, label): (Target, String)) -> Self {
        Self { of: target.word(), label }
    }
}

/// What a table would change and what is wrong with it.
#[derive(Serialize, ToSchema)]
#[schema(as = ImportPreview)]
pub(super) struct PreviewShape {
    /// What it is about, in words.
    label: String,
    /// The file's name.
    file: String,
    /// Cells that were typed anew.
    corrected: usize,
    /// What it would change.
    counts: CountsShape,
    /// How many problems there are; with none it can be taken in.
    problem_count: usize,
    /// The first 2000 of them, in the order of the rows.
    problems: Vec<CellProblem>,
    /// Heads that mean nothing here; their columns are not read.
    unknown: Vec<String>,
    /// Rows of totals (合计), which are not read.
    totals: Vec<usize>,
    /// Rows that are left out because somebody said so.
    left_out: Vec<LeftOutShape>,
    /// Its heads, by column.
    heads: Vec<String>,
}

impl PreviewShape {
    pub(super) fn of(label: String, file: String, corrected: usize, preview: Preview) -> Self {
        let Preview { counts, problems, problem_count, unknown, totals, left_out, heads, .. } = preview;
        let left_out = left_out.into_iter().map(LeftOutShape::from).collect();
        let problems = problems.into_iter().map(CellProblem::from).collect();
        Self { label, file, corrected, counts: counts.into(), problem_count, problems, unknown, totals, left_out, heads }
    }
}

/// What a table comes to.
#[derive(Serialize, ToSchema)]
#[schema(as = ImportCounts)]
pub(super) struct CountsShape {
    /// Rows.
    rows: usize,
    /// Records that are new; of payments those that are recorded.
    new: usize,
    /// Records that say something else now.
    changed: usize,
    /// Rows that say what is on file, or nothing.
    same: usize,
    /// Rows of organisations that look after their own particulars, which therefore stay.
    kept: usize,
}

impl From<Counts> for CountsShape {
    fn from(counts: Counts) -> Self {
        let Counts { rows, new, changed, same, kept } = counts;
        Self { rows, new, changed, same, kept }
    }
}

/// What a table that was taken in came to.
#[derive(Serialize, ToSchema)]
#[schema(as = ImportTaken)]
pub(super) struct TakenShape {
    #[serde(flatten)]
    counts: CountsShape,
    /// Rows of the file, from 1, that were left out because somebody said so.
    left_out: Vec<usize>,
}

impl From<Taken> for TakenShape {
    fn from(Taken { counts, left_out }: Taken) -> Self {
        Self { counts: counts.into(), left_out }
    }
}

/// A row that is left out.
#[derive(Serialize, ToSchema)]
#[schema(as = ImportLeftOut)]
pub(super) struct LeftOutShape {
    /// The row, from 1.
    row: usize,
    /// Its first words.
    words: String,
}

impl From<LeftOut> for LeftOutShape {
    fn from(LeftOut { row, words }: LeftOut) -> Self {
        Self { row, words }
    }
}

/// Rows, from 1, that are left out or put back.
#[derive(Deserialize, ToSchema)]
#[schema(as = ImportRows)]
#[serde(deny_unknown_fields)]
pub(super) struct RowsShape {
    /// Rows to leave out.
    #[serde(default)]
    leave_out: Vec<usize>,
    /// Rows to put back.
    #[serde(default)]
    put_back: Vec<usize>,
}

impl From<RowsShape> for Correcting {
    fn from(RowsShape { leave_out, put_back }: RowsShape) -> Self {
        Self { leave_out: leave_out.into_iter().collect(), put_back: put_back.into_iter().collect(), ..Self::default() }
    }
}

/// What is wrong with one cell.
#[derive(Serialize, ToSchema)]
pub(super) struct CellProblem {
    /// The cell as spreadsheets call it, `C12`.
    cell: String,
    /// Its row, from 1.
    row: usize,
    /// Its column, from 0.
    column: usize,
    /// The head of the column.
    head: String,
    /// What stands in it.
    text: String,
    /// What is wrong.
    what: String,
    /// What to do about it.
    remedy: String,
}

impl From<Problem> for CellProblem {
    fn from(problem: Problem) -> Self {
        let cell = problem.cell();
        let Problem { row, column, head, text, what, remedy } = problem;
        Self { cell, row, column, head, text, what, remedy }
    }
}

/// A cell typed anew.
#[derive(Deserialize, ToSchema)]
pub(super) struct Retyped {
    /// Its row, from 1.
    row: usize,
    /// Its column, from 0.
    column: usize,
    /// What is to stand in it.
    text: String,
}

impl Retyped {
    pub(super) fn placed(self) -> ((usize, usize), String) {
        ((self.row, self.column), self.text)
    }
}
