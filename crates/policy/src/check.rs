//! Worked cases: every case file of a pack run and compared, and the two paths compared on the way.

use crate::answers::Answers;
use crate::case::{Document, Draft, Expect, read};
use crate::columns::{self, Columns};
use crate::evaluate::Evaluation;
use crate::explained::{Facts, Trace, run};
use crate::files::PackFiles;
use crate::pack::Pack;
use crate::problem::Problem;
use crate::program::Reg;
use std::collections::BTreeSet;

/// What one worked case said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Its file.
    pub file: String,
    /// The line its expectations stand at.
    pub line: usize,
    /// Its title.
    pub title: String,
    /// Where it differs; empty when it passes.
    pub differences: Vec<String>,
    /// The clauses it asks the reasons for.
    pub clauses: Vec<String>,
}

/// A worked case with its facts matched against a pack.
#[derive(Clone, Debug)]
pub struct Worked {
    /// Its title.
    pub title: String,
    /// What was filled in.
    pub draft: Draft,
    /// Its facts.
    pub facts: Facts,
    /// What it expects.
    pub expect: Expect,
    /// The clauses its reasons cite.
    pub cited: BTreeSet<String>,
}

/// Runs every worked case of a pack's files.
pub fn check(pack: &Pack, files: &PackFiles) -> Vec<Checked> {
    examine(pack, files).into_iter().map(|(checked, _)| checked).collect()
}

/// The worked cases that pass.
pub fn passing(pack: &Pack, files: &PackFiles) -> Vec<Worked> {
    passed(examine(pack, files)).1
}

/// What every case said, and those that pass.
pub fn passed(examined: Vec<(Checked, Option<Worked>)>) -> (Vec<Checked>, Vec<Worked>) {
    let (checked, worked): (Vec<Checked>, Vec<Option<Worked>>) = examined.into_iter().unzip();
    let passing = checked.iter().zip(worked).filter_map(|(checked, worked)| worked.filter(|_| checked.differences.is_empty()));
    let passing = passing.collect();
    (checked, passing)
}

/// Runs every worked case of a pack's files; the case itself comes with it where it could be read.
pub fn examine(pack: &Pack, files: &PackFiles) -> Vec<(Checked, Option<Worked>)> {
    let cases = files.iter().filter(|(path, _)| path.starts_with("cases/") && path.ends_with(".toml"));
    cases.flat_map(|(path, text)| examine_file(pack, path, text)).collect()
}

fn examine_file(pack: &Pack, path: &str, text: &str) -> Vec<(Checked, Option<Worked>)> {
    let document = match read(path, text) {
        Ok(document) => document,
        Err(problems) => return vec![(failed(path, 0, path, problems), None)],
    };
    let mut all = Vec::new();
    if let Some(expect) = &document.expect {
        all.push(examine_case(pack, path, &document, expect));
    }
    for vary in &document.vary {
        all.push(match document.varied(vary) {
            Ok(varied) => examine_case(pack, path, &varied, &vary.expect),
            Err(problems) => (failed(path, vary.line, &vary.title, problems), None),
        });
    }
    if all.is_empty() {
        let empty =
            Checked { differences: vec!["没有 [expect]，也没有 [[vary]]".into()], ..failed(path, 0, &document.title, vec![]) };
        all.push((empty, None));
    }
    all
}

fn failed(path: &str, line: usize, title: &str, problems: Vec<Problem>) -> Checked {
    let differences = problems.iter().map(ToString::to_string).collect();
    Checked { file: path.to_owned(), line, title: title.to_owned(), differences, clauses: Vec::new() }
}

fn examine_case(pack: &Pack, path: &str, document: &Document, expect: &Expect) -> (Checked, Option<Worked>) {
    let draft = match document.draft(pack) {
        Ok(draft) => draft,
        Err(problems) => return (failed(path, expect.line, &document.title, problems), None),
    };
    let facts = draft.facts();
    let evaluation = Evaluation::new(pack, &facts);
    let outcome = evaluation.outcome();
    let mut differences = expect.differences(&evaluation, &outcome);
    differences.extend(disagreement(pack, &facts));
    differences.extend((Answers::of(&evaluation) != outcome.answers()).then(|| "结果与理由中的结论不一致".to_owned()));
    let cited = outcome.trees().iter().flat_map(|tree| tree.clauses()).map(str::to_owned).collect();
    let title = document.title.clone();
    let checked = Checked { file: path.to_owned(), line: expect.line, title: title.clone(), differences, clauses: expect.clauses.clone() };
    (checked, Some(Worked { title, draft, facts, expect: expect.clone(), cited }))
}

/// Where the explained path and the batch path differ on a case; `None` as it should be.
pub fn disagreement(pack: &Pack, facts: &Facts) -> Option<String> {
    let outputs: Vec<Reg> = outputs(pack);
    let mut trace = Trace::default();
    run(&pack.program, facts, &mut trace);
    let columns = match Columns::from_facts(&pack.program, std::slice::from_ref(facts)) {
        Ok(columns) => columns,
        Err(error) => return Some(error.to_string()),
    };
    let results = columns::run(&pack.program, &columns, &outputs);
    let differs = |(column, reg): &(&columns::Column, &Reg)| column.at(0) != trace.case(**reg);
    results
        .iter()
        .zip(&outputs)
        .find(differs)
        .map(|(column, reg)| format!("批量计算与逐件计算不一致（寄存器{reg}）：{:?}，{:?}", column.at(0), trace.case(*reg)))
}

/// Every register of the case: what the two paths are compared on.
pub fn outputs(pack: &Pack) -> Vec<Reg> {
    (0..pack.program.steps.len() as Reg).filter(|reg| pack.program.steps[*reg as usize].kind == 0).collect()
}
