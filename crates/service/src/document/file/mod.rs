//! The papers of one file.

mod audit;
mod decided;
mod decision;
mod form;
mod member;
mod notice;
mod numbered;
mod offered;
mod stage;

use papers::paper::{Pairs, Paper};
use policy::pack::Form;
use policy::spec::StageSpec;
use records::application::Progress;
use records::moment::By;
use standards::Date;

use super::DocumentKind;
use super::names::Names;
use super::sheet::{Membership, Uploaded};
use crate::application::FileView;

pub(crate) use form::forms;
pub(super) use form::{case_of, sheet, signed_tables};
pub use form::{form_alone, form_with_members};
pub use member::member_alone;
pub(super) use offered::is_shown;
pub use offered::{may_have, offered};

/// A file with the names around it and its materials: everything its papers are made from.
#[derive(Clone, Copy)]
pub struct Given<'a> {
    /// The file as somebody sees it.
    pub view: &'a FileView,
    /// Who acted in it, and whom its answers name.
    pub names: &'a Names,
    /// The materials it quotes.
    pub uploads: &'a [Uploaded],
}

/// The paper of a kind; none where the file has none. Whether somebody may have it says [`may_have`].
pub fn paper(given: &Given, kind: &DocumentKind) -> Option<Paper> {
    let view = given.view;
    match kind {
        DocumentKind::Form(id) => Some(form::paper(given, view.pack.form(id)?)),
        DocumentKind::Member { form, organisation } => member::paper(given, form, organisation),
        DocumentKind::Stage(id) => Some(stage::paper(given, view.pack.stage(id)?)),
        DocumentKind::Correction => notice::correction(given),
        DocumentKind::Refusal => notice::refusal(given),
        DocumentKind::Audit => Some(audit::paper(given)),
        DocumentKind::Decision => decision::paper(given),
        _ => None,
    }
}

impl Given<'_> {
    /// Who signed the stage of a form, and when.
    fn signed(&self, form: &Form) -> Option<(String, Date)> {
        let stages = self.view.pack.stages_of(&self.view.application.procedure).into_iter();
        let mut own = stages.filter(|stage| stage.forms.iter().any(|known| known.value() == &form.id));
        let state = own.find_map(|stage| self.view.application.stages.get(&stage.id))?;
        match &state.progress {
            Progress::Done { at, by, .. } => Some((self.person(by), at.day())),
            Progress::Open | Progress::Prepared { .. } => None,
        }
    }

    /// Its consortium; none where its procedure has no members.
    fn membership(&self) -> Option<Membership<'_>> {
        Membership::of(&self.view.pack, &self.view.application.procedure, &self.view.case, &self.names.organisations)
    }

    fn person(&self, by: &By) -> String {
        self.names.people.get(&by.account).cloned().unwrap_or_default()
    }

    fn organisation(&self, by: &By) -> String {
        self.names.organisations.get(&by.organisation).cloned().unwrap_or_default()
    }

    /// Clauses as they are printed.
    fn cited(&self, clauses: &str) -> String {
        self.view.pack.cite_all(clauses)
    }

    fn procedure(&self) -> &str {
        let id = &self.view.application.procedure;
        self.view.pack.procedure(id).map_or(id, |procedure| &procedure.label)
    }

    fn number(&self) -> &str {
        self.view.application.number.as_deref().unwrap_or_default()
    }

    /// Who applies for what, at the head of a report.
    fn head(&self) -> Pairs {
        let applicant = &self.view.applicant;
        Pairs::default()
            .one("单位名称", applicant.name.as_str())
            .two(("统一社会信用代码", applicant.credit_code.as_deref().unwrap_or_default()), ("受理编号", self.number()))
            .two(("申报事项", self.procedure()), ("批次", &self.view.batch.label))
    }

    /// A stage's label.
    fn stage<'s>(&'s self, id: &'s str) -> &'s str {
        self.view.pack.stage(id).map_or(id, |stage: &StageSpec| &stage.label)
    }
}
