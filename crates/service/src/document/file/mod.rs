//! The papers of one file.

mod audit;
mod decision;
mod notice;
mod stage;

use std::collections::BTreeMap;

use papers::paper::{Pairs, Paper};
use policy::pack::{Form, Pack, Work};
use policy::spec::StageSpec;
use records::access::Sight;
use records::answers::Answers;
use records::application::{Case, Participant, Phase, Progress, draft_of};
use records::ids::OrganisationId;
use records::moment::By;
use standards::Date;

use super::DocumentKind;
use super::sheet::{Sheet, Uploaded, member};
use crate::application::FileView;

/// Names of those who acted in a file, by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// People.
    pub people: BTreeMap<String, String>,
    /// Organisations.
    pub organisations: BTreeMap<String, String>,
}

/// A file with the names around it and its materials: everything its papers are made from.
#[derive(Clone, Copy)]
pub struct Given<'a> {
    /// The file as somebody sees it.
    pub view: &'a FileView,
    /// Who acted in it.
    pub names: &'a Names,
    /// The materials it quotes.
    pub uploads: &'a [Uploaded],
}

/// What stands on a form that is still being filled in, so that nobody takes it for what was handed in.
const DRAFTED: &str = "草稿，尚未提交";

/// The papers that a file has now for whoever looks at it, in the order of its work.
pub fn offered(view: &FileView) -> Vec<(DocumentKind, String)> {
    let pack = &view.pack;
    let mut all: Vec<(DocumentKind, String)> = forms(view).map(|form| (DocumentKind::Form(form.id.clone()), form.label.clone())).collect();
    all.extend(member_pages(view));
    let plain = [DocumentKind::Correction, DocumentKind::Refusal, DocumentKind::Audit, DocumentKind::Decision];
    let stages = pack.stages_of(&view.application.procedure).into_iter();
    all.extend(stages.map(|stage| (DocumentKind::Stage(stage.id.clone()), stage::title(pack, stage))));
    all.extend(plain.into_iter().map(|kind| (kind.clone(), kind.label().to_owned())));
    all.retain(|(kind, _)| may_have(view, kind));
    all
}

/// Whether papers of a kind are for somebody who sees a file so: experts read forms and members' pages; a member its own page
/// alone; what an office wrote for itself in a check without a form is for offices and the supervisor alone.
pub(super) fn is_shown(sight: Sight, reader: Option<&OrganisationId>, kind: &DocumentKind, pack: &Pack) -> bool {
    let office = matches!(sight, Sight::Office | Sight::Supervisor);
    match kind {
        DocumentKind::Member { organisation, .. } if sight == Sight::Participant => reader.is_none_or(|reader| reader == organisation),
        _ if sight == Sight::Participant => false,
        DocumentKind::Form(_) => true,
        DocumentKind::Member { .. } => sight != Sight::Provider,
        DocumentKind::Stage(id) => office || (sight != Sight::Expert && pack.stage(id).is_some_and(stage::is_report)),
        DocumentKind::Correction | DocumentKind::Refusal | DocumentKind::Audit | DocumentKind::Decision => sight != Sight::Expert,
        DocumentKind::Supervision | DocumentKind::Publicity | DocumentKind::PaymentList | DocumentKind::Monthly => false,
    }
}

/// Whether a file has a paper of this kind now, for whoever looks at it; of the pages of members a member sees its own.
pub fn may_have(view: &FileView, kind: &DocumentKind) -> bool {
    is_shown(view.sight.sight(), None, kind, &view.pack) && is_there(view, kind)
}

fn is_there(view: &FileView, kind: &DocumentKind) -> bool {
    match kind {
        DocumentKind::Form(id) => forms(view).any(|form| form.id == *id),
        DocumentKind::Member { .. } => member_pages(view).any(|(known, _)| known == *kind),
        DocumentKind::Stage(id) => view.pack.stage(id).is_some_and(|stage| stage::is_done(view, stage)),
        DocumentKind::Correction => matches!(view.application.phase, Phase::Correcting(_)),
        DocumentKind::Refusal => matches!(view.application.phase, Phase::Refused { .. }),
        DocumentKind::Audit => audit::is_there(view),
        DocumentKind::Decision => decision::is_there(view),
        DocumentKind::Supervision | DocumentKind::Publicity | DocumentKind::PaymentList | DocumentKind::Monthly => false,
    }
}

/// The paper of a kind; none where the file has none. Whether somebody may have it says [`may_have`].
pub fn paper(given: &Given, kind: &DocumentKind) -> Option<Paper> {
    let view = given.view;
    match kind {
        DocumentKind::Form(id) => Some(form_paper(given, view.pack.form(id)?)),
        DocumentKind::Member { form, organisation } => member_paper(view, form, organisation),
        DocumentKind::Stage(id) => Some(stage::paper(given, view.pack.stage(id)?)),
        DocumentKind::Correction => notice::correction(given),
        DocumentKind::Refusal => notice::refusal(given),
        DocumentKind::Audit => Some(audit::paper(given)),
        DocumentKind::Decision => decision::paper(given),
        _ => None,
    }
}

/// The forms that the applicant and the provider fill in.
pub(crate) fn forms(view: &FileView) -> impl Iterator<Item = &Form> {
    let stages = view.pack.stages_of(&view.application.procedure).into_iter();
    let filled = stages.filter(|stage| stage.work == Some(Work::Fill) && view.application.stages.contains_key(&stage.id));
    filled.flat_map(|stage| &stage.forms).filter_map(|form| view.pack.form(form))
}

/// A form with what was answered, or is being answered by whoever looks at it.
fn form_paper(given: &Given, form: &Form) -> Paper {
    let view = given.view;
    let signed = given.signed(form);
    let provider = view.provider.as_ref().map(|provider| (provider.id.as_str(), provider.name.as_str()));
    let signed = signed.as_ref().map(|(name, day)| (name.as_str(), *day));
    let members = view.pack.members(&view.application.procedure);
    let pages = members.map(|members| member::pages(&view.pack, &view.case, &members, &view.application.participants));
    let sheet = sheet(view).with_uploads(given.uploads);
    let paper = sheet.named(provider, signed).with_members(pages.unwrap_or_default()).paper(form);
    Paper { number: is_drafted(view, form).then(|| DRAFTED.to_owned()), ..paper }
}

/// Whether a form is still being filled in: what it says now nobody has handed in.
fn is_drafted(view: &FileView, form: &Form) -> bool {
    let stages = view.pack.stages_of(&view.application.procedure).into_iter();
    let mut own = stages.filter(|stage| stage.work == Some(Work::Fill) && stage.forms.iter().any(|known| known.value() == &form.id));
    own.any(|stage| view.application.stages.get(&stage.id).is_some_and(|state| state.progress == Progress::Open))
}

/// The pages of the members who joined; to a member those of others are empty, and none of them is a paper.
fn member_pages(view: &FileView) -> impl Iterator<Item = (DocumentKind, String)> {
    let members = view.pack.members(&view.application.procedure).into_iter();
    let forms = members.flat_map(|members| &members.join.forms).filter_map(|form| view.pack.form(form));
    let said = |one: &&Participant| one.has_joined() && !one.answers.is_empty();
    forms.flat_map(move |form| view.application.participants.iter().filter(said).map(move |one| member_page(form, one)))
}

fn member_page(form: &Form, one: &Participant) -> (DocumentKind, String) {
    let kind = DocumentKind::Member { form: form.id.clone(), organisation: one.member.organisation.clone() };
    (kind, format!("{}（{}）", form.label, one.member.name))
}

fn member_paper(view: &FileView, form: &str, organisation: &OrganisationId) -> Option<Paper> {
    let members = view.pack.members(&view.application.procedure)?;
    let (one, form) = (view.application.participant(organisation)?, view.pack.form(form)?);
    Some(member::paper(&view.pack, &view.case, &members, one, form))
}

/// The sheets of a file: what was answered, or is being answered by whoever looks at it.
pub(super) fn sheet(view: &FileView) -> Sheet<'_> {
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
    let pages = pack.members(procedure).map(|members| member::pages(pack, &case, &members, all));
    Sheet::new(pack, answers, &case).with_members(pages.unwrap_or_default()).paper(form)
}

/// The page of a member that stands in no file; none where the procedure has no members.
pub fn member_alone(pack: &Pack, procedure: &str, form: &Form, one: &Participant) -> Option<Paper> {
    Some(member::paper(pack, &case_of(pack, &one.answers), &pack.members(procedure)?, one, form))
}

pub(super) fn case_of(pack: &Pack, answers: &Answers) -> Case {
    let (draft, errors) = draft_of(pack, answers);
    Case { inputs: answers.clone(), draft, errors }
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

    fn person(&self, by: &By) -> String {
        self.names.people.get(&by.account).cloned().unwrap_or_default()
    }

    fn organisation(&self, by: &By) -> String {
        self.names.organisations.get(&by.organisation).cloned().unwrap_or_default()
    }

    /// Clauses as they are printed, each with its document's name.
    fn cited(&self, clauses: &str) -> String {
        cited(&self.view.pack, clauses)
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

/// Clauses as they are printed.
pub(super) fn cited(pack: &Pack, clauses: &str) -> String {
    let cited = clauses.split('、').filter(|clause| !clause.is_empty()).map(|clause| pack.cite(clause));
    cited.collect::<Vec<_>>().join("、")
}
