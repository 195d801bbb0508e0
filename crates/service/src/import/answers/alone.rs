//! A form by itself, with no file about: what a pack's forms are as workbooks, and that each comes back as it went out.

use papers::sheet_in::{Lined, Problem, lined};
use policy::pack::{Form, Pack};
use records::FieldError;
use records::answers::Answers;
use records::application::{draft_of, own_field_problem};
use standards::Date;

use super::apply::put;
use super::line::{Holders, Line, Making, out};
use super::read::{about, sheet};
use crate::ServiceError;
use crate::import::Table;

fn lines(pack: &Pack, form: &Form) -> Vec<Line> {
    Making { pack, forms: std::slice::from_ref(form), holders: &Holders::new(), together: false }.lines()
}

/// A form of a pack as a workbook, with every line that people could be asked.
///
/// # Errors
/// The workbook cannot be written.
pub fn form_workbook(pack: &Pack, form: &Form, answers: &Answers, made_on: Date) -> Result<Vec<u8>, ServiceError> {
    let lines = lines(pack, form).iter().map(|line| out(line, answers.text(&line.path))).collect();
    let book = Lined { title: form.label.clone(), label: form.label.clone(), notes: Vec::new(), lines };
    lined(&book, made_on).map_err(|_| ServiceError::Broken)
}

/// What such a workbook makes of answers, and what is wrong with it; sections apply whatever is answered.
///
/// # Errors
/// A refusal when the file is no workbook or beyond the limits.
pub fn form_answers(pack: &Pack, form: &Form, before: &Answers, table: &Table) -> Result<(Answers, Vec<Problem>), ServiceError> {
    let lines = lines(pack, form);
    let mut sheet = sheet(&form.label, &lines, table)?;
    let told = std::mem::take(&mut sheet.told);
    let answers = put(&lines, before, &told);
    let errors: Vec<FieldError> = draft_of(pack, &answers).1;
    for one in &told {
        let line = &lines[one.line];
        let own = line.own.as_ref().and_then(|field| own_field_problem(pack, field, answers.text(&line.path)));
        let read = errors.iter().find(|error| error.path == line.path).map(|error| error.message.clone());
        if let Some(message) = read.or(own.filter(|_| !answers.text(&line.path).is_empty())) {
            sheet.wrong(one, (about(line, message.trim_end_matches('。')), "请按“说明”一列核对后修改".to_owned()));
        }
    }
    Ok((answers, sheet.problems.sorted()))
}
