//! What a table of rows would add to those that are there.

use std::collections::BTreeMap;

use papers::sheet_in::{Reading, read_columns};
use records::Refusal;
use records::answers::{Answers, ROWS_MAX, RowAnswers};

use super::{At, Counts, LIMITS, Problems, Table};
use crate::ServiceError;
use crate::desk::Desk;

/// What a table of rows says.
pub(super) struct Read {
    pub(super) reading: Reading,
    pub(super) problems: Problems,
    pub(super) counts: Counts,
    pub(super) answers: Answers,
}

pub(super) fn read(desk: &Desk<'_>, at: &At, table: &Table) -> Result<Read, ServiceError> {
    let kind_id = at.kind_id().to_owned();
    let (mut problems, mut counts) = (Problems::default(), Counts::default());
    let (mut answers, mut known, mut repeated) = (at.draft.answers.clone(), at.known(), Vec::new());
    let mut added: BTreeMap<String, usize> = BTreeMap::new();
    let mut next = next_id(answers.rows(&kind_id));
    let reading = read_columns(&table.name, &table.bytes, LIMITS, &at.template, &table.corrections, &mut |mut row| {
        let parent = at.parent(&row).unwrap_or_else(|problem| {
            row.problems.push(problem);
            None
        });
        if !row.problems.is_empty() {
            return row.problems.drain(..).for_each(|problem| problems.add(problem));
        }
        let said = (parent.clone(), at.without_parent(&row.values));
        match known.iter().position(|one| one.as_ref() == Some(&said)) {
            Some(at) => {
                known[at] = None;
                repeated.push(at);
                counts.same += 1;
            }
            None => {
                added.insert(next.to_string(), row.number);
                answers.rows.entry(kind_id.clone()).or_default().push(at.answers(next.to_string(), parent, &row));
                next += 1;
                counts.new += 1;
            }
        }
    });
    let reading = reading.map_err(|error| ServiceError::from(Refusal::new(format!("{error}。"))))?;
    counts.rows = reading.rows;
    reading.problems.iter().for_each(|problem| problems.add(problem.clone()));
    at.again(&answers, repeated, &added, &reading).into_iter().for_each(|problem| problems.add(problem));
    at.misread(desk, &answers, &added, &reading).into_iter().for_each(|problem| problems.add(problem));
    if answers.rows(&kind_id).len() > ROWS_MAX {
        return Err(Refusal::new(format!("最多{ROWS_MAX}行，请合并后导入。")).into());
    }
    Ok(Read { reading, problems, counts, answers })
}

fn next_id(rows: &[RowAnswers]) -> u64 {
    rows.iter().filter_map(|row| row.id.parse::<u64>().ok()).max().unwrap_or(0).saturating_add(1)
}
