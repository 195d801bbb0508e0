//! Worked cases: every case file of a pack run and compared, and the two paths compared on the way.

use crate::case::{Document, Expect, read};
use crate::columns::{self, Columns};
use crate::evaluate::evaluate;
use crate::explained::{Facts, Trace, run};
use crate::files::PackFiles;
use crate::pack::Pack;
use crate::problem::Problem;
use crate::program::Reg;

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

/// Runs every worked case of a pack's files.
pub fn check(pack: &Pack, files: &PackFiles) -> Vec<Checked> {
    let cases = files.iter().filter(|(path, _)| path.starts_with("cases/") && path.ends_with(".toml"));
    cases.flat_map(|(path, text)| check_file(pack, path, text)).collect()
}

fn check_file(pack: &Pack, path: &str, text: &str) -> Vec<Checked> {
    let document = match read(path, text) {
        Ok(document) => document,
        Err(problems) => return vec![failed(path, 0, path, problems)],
    };
    let mut all = Vec::new();
    if let Some(expect) = &document.expect {
        all.push(check_case(pack, path, &document, expect));
    }
    for vary in &document.vary {
        all.push(match document.varied(vary) {
            Ok(varied) => check_case(pack, path, &varied, &vary.expect),
            Err(problems) => failed(path, vary.line, &vary.title, problems),
        });
    }
    if all.is_empty() {
        all.push(Checked { differences: vec!["没有 [expect]，也没有 [[vary]]".into()], ..failed(path, 0, &document.title, vec![]) });
    }
    all
}

fn failed(path: &str, line: usize, title: &str, problems: Vec<Problem>) -> Checked {
    let differences = problems.iter().map(ToString::to_string).collect();
    Checked { file: path.to_owned(), line, title: title.to_owned(), differences, clauses: Vec::new() }
}

fn check_case(pack: &Pack, path: &str, document: &Document, expect: &Expect) -> Checked {
    let draft = match document.draft(pack) {
        Ok(draft) => draft,
        Err(problems) => return failed(path, expect.line, &document.title, problems),
    };
    let facts = draft.facts();
    let outcome = evaluate(pack, &facts);
    let mut differences = expect.differences(pack, &facts, &outcome);
    differences.extend(disagreement(pack, &facts));
    Checked { file: path.to_owned(), line: expect.line, title: document.title.clone(), differences, clauses: expect.clauses.clone() }
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
    results.iter().zip(&outputs).find(differs).map(|(column, reg)| {
        format!("批量计算与逐件计算不一致（寄存器{reg}）：{:?}，{:?}", column.at(0), trace.case(*reg))
    })
}

/// Every register of the case: what the two paths are compared on.
pub fn outputs(pack: &Pack) -> Vec<Reg> {
    (0..pack.program.steps.len() as Reg).filter(|reg| pack.program.steps[*reg as usize].kind == 0).collect()
}
