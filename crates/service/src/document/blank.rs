//! 空白表: what is filled in for a procedure, empty, for anybody who prepares. No file and nobody is about it.

use papers::paper::Paper;
use policy::pack::{Form, Pack, Procedure, Work};
use records::answers::Answers;

use super::file::form_alone;

/// What stands on an empty form, so that nobody takes it for the way to apply.
const BLANK: &str = "空白样表，供准备材料使用；申报请在网上填写、提交";

/// The forms that applicants, providers and members fill in for a procedure, in its order, each once.
pub fn forms_to_fill<'p>(pack: &'p Pack, procedure: &Procedure) -> Vec<&'p Form> {
    let stages = pack.stages_of(&procedure.id).into_iter().filter(|stage| stage.work == Some(Work::Fill));
    let own = stages.flat_map(|stage| &stage.forms).filter_map(|form| pack.form(form));
    let members = pack.members(&procedure.id).into_iter().flat_map(|members| &members.join.forms).filter_map(|form| pack.form(form));
    let mut all: Vec<&Form> = Vec::new();
    for form in own.chain(members) {
        if all.iter().all(|known| known.id != form.id) {
            all.push(form);
        }
    }
    all
}

/// A form that somebody fills in for some procedure.
pub fn form_to_fill<'p>(pack: &'p Pack, id: &str) -> Option<&'p Form> {
    pack.procedures.iter().flat_map(|procedure| forms_to_fill(pack, procedure)).find(|form| form.id == id)
}

/// An empty form as a paper.
pub fn blank_form(pack: &Pack, form: &Form) -> Paper {
    Paper { number: Some(BLANK.to_owned()), ..form_alone(pack, form, &Answers::default()) }
}
