//! The forms of a file, and forms that stand in none.

use std::collections::BTreeMap;

use papers::paper::Paper;
use policy::pack::{Form, Pack, Work};
use policy::spec::OfficialPrintSpec;
use records::answers::Answers;
use records::application::{Case, Participant, Progress, draft_of};

use super::Given;
use crate::application::FileView;
use crate::document::sheet::{Filled, Membership, Sheet, tables};

/// What stands on a form that is still being filled in, so that nobody takes it for what was handed in.
const DRAFTED: &str = "草稿，尚未提交";

/// The forms that the applicant and the provider fill in.
pub(crate) fn forms(view: &FileView) -> impl Iterator<Item = &Form> {
    let stages = view.pack.stages_of(&view.application.procedure).into_iter();
    let filled = stages.filter(|stage| stage.work == Some(Work::Fill) && view.application.stages.contains_key(&stage.id));
    filled.flat_map(|stage| &stage.forms).filter_map(|form| view.pack.form(form))
}

/// A form with what was answered, or is being answered by whoever looks at it.
pub(super) fn paper(given: &Given, form: &Form) -> Paper {
    let view = given.view;
    let signed = given.signed(form);
    let signed = signed.as_ref().map(|(name, day)| (name.as_str(), *day));
    let pages = given.membership().map(|membership| membership.pages(&view.application.participants));
    let sheet = sheet(view).naming(&given.names.organisations).signed(signed).signed_elsewhere(&given.names.elsewhere);
    let paper = sheet.with_uploads(given.uploads).with_members(pages.unwrap_or_default()).paper(form);
    Paper { number: is_drafted(view, form).then(|| DRAFTED.to_owned()), ..paper }
}

/// An official table of a form, with who signed the form.
pub(in crate::document) fn signed_tables(given: &Given, form: &Form, print: &OfficialPrintSpec) -> Vec<Filled> {
    let signed = given.signed(form);
    let signed = signed.as_ref().map(|(name, day)| (name.as_str(), *day));
    tables(&sheet(given.view).naming(&given.names.organisations).signed(signed), print)
}

/// Whether a form is still being filled in: what it says now nobody has handed in.
fn is_drafted(view: &FileView, form: &Form) -> bool {
    let stages = view.pack.stages_of(&view.application.procedure).into_iter();
    let mut own = stages.filter(|stage| stage.work == Some(Work::Fill) && stage.forms.iter().any(|known| known.value() == &form.id));
    own.any(|stage| view.application.stages.get(&stage.id).is_some_and(|state| state.progress == Progress::Open))
}

/// The sheets of a file: what was answered, or is being answered by whoever looks at it.
pub(in crate::document) fn sheet(view: &FileView) -> Sheet<'_> {
    let answers: &Answers = view.draft.as_ref().map_or(&view.application.filed, |(_, draft)| &draft.answers);
    Sheet::new(&view.pack, answers, &view.case)
}

/// A form of a pack with answers that stand in no file, such as an empty one.
pub fn form_alone(pack: &Pack, form: &Form, answers: &Answers) -> Paper {
    Sheet::new(pack, answers, &case_of(pack, answers)).paper(form)
}

/// A form of a procedure with answers that stand in no file, and the pages of these members.
pub fn form_with_members(pack: &Pack, procedure: &str, form: &Form, answers: &Answers, all: &[Participant]) -> Paper {
    let case = case_of(pack, answers);
    let pages = Membership::of(pack, procedure, &case, &BTreeMap::new()).map(|membership| membership.pages(all));
    Sheet::new(pack, answers, &case).with_members(pages.unwrap_or_default()).paper(form)
}

pub(in crate::document) fn case_of(pack: &Pack, answers: &Answers) -> Case {
    let (draft, errors) = draft_of(pack, answers);
    Case { inputs: answers.clone(), draft, errors }
}
