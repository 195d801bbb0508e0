//! Where answers are filled in: the draft of a stage of a file, for those who may work on it.

use policy::evaluate::Evaluation;
use policy::pack::{FieldKind, Form, Pack, Work};
use policy::program::Kind;
use policy::spec::StageSpec;
use records::Refusal;
use records::access::Acting;
use records::account::Role;
use records::answers::Answers;
use records::application::{Application, Case, asked_at, build, draft_of, sections_fields};
use store::Page;

use super::line::{Holders, Line, Making};
use super::{AnswersAt, AnswersOf};
use crate::ServiceError;
use crate::application::{FileAt, FillDraft, begun_statement, draft, official_draft, save_draft, save_official_draft, seen};
use crate::desk::{Desk, only};
use crate::organisation;

/// A draft as it was found.
#[derive(Clone, Debug)]
enum Found {
    /// What is being filled in.
    Filling(FillDraft),
    /// What an official is stating.
    Stating(Answers),
}

/// The forms with everything they are read beside.
pub(super) struct Place {
    pub(super) file: FileAt,
    pub(super) stage: StageSpec,
    pub(super) forms: Vec<Form>,
    pub(super) lines: Vec<Line>,
    version: i64,
    found: Found,
}

impl Place {
    /// Lets those through who work on the stage now, and loads what they may.
    pub(super) async fn load(desk: &Desk<'_>, acting: &Acting, of: &AnswersOf, together: bool) -> Result<Self, ServiceError> {
        let file = seen(desk, acting, &of.application).await?;
        file.only_worker(desk, acting, &of.stage, Role::Handler)?;
        let stage = file.stage(&of.stage)?.clone();
        only(of.at.is_of(stage.work))?;
        open(&file, acting, &stage)?;
        let forms = forms(&file.pack, &stage, &of.at)?;
        let holders = holders(desk, &file.pack, &forms).await?;
        let lines = Making { pack: &file.pack, forms: &forms, holders: &holders, together }.lines();
        let (version, found) = match of.at {
            AnswersAt::Form { .. } => {
                let (version, found) = draft(desk, acting, &of.application, &of.stage).await?;
                (version, Found::Filling(found))
            }
            AnswersAt::Stage { .. } => {
                let (version, mut stated) = official_draft(desk, acting, &of.application, &of.stage).await?;
                if version == 0 {
                    begun_statement(file.state(), &stage, &mut stated);
                }
                (version, Found::Stating(stated))
            }
        };
        Ok(Self { file, stage, forms, lines, version, found })
    }

    /// What the forms are called.
    pub(super) fn label(&self) -> String {
        match (&self.found, self.forms.as_slice()) {
            (Found::Filling(_), [form]) => form.label.clone(),
            _ => self.stage.label.clone(),
        }
    }

    /// What stands in the draft.
    pub(super) fn answers(&self) -> &Answers {
        match &self.found {
            Found::Filling(draft) => &draft.answers,
            Found::Stating(stated) => stated,
        }
    }

    /// The draft's version and its body with these answers, to be saved.
    pub(super) fn saved(&self, answers: Answers) -> Result<(i64, String), ServiceError> {
        let body = match &self.found {
            Found::Filling(draft) => serde_json::to_string(&FillDraft { answers, ..draft.clone() }),
            Found::Stating(_) => serde_json::to_string(&answers),
        };
        Ok((self.version, body.map_err(|_| ServiceError::Broken)?))
    }

    /// Saves these answers in the place of those in the draft.
    pub(super) async fn save(&self, desk: &Desk<'_>, acting: &Acting, answers: Answers) -> Result<(), ServiceError> {
        let (id, stage) = (self.file.state().id.as_str(), self.stage.id.as_str());
        match &self.found {
            Found::Filling(draft) => {
                save_draft(desk, acting, id, stage, self.version, &FillDraft { answers, ..draft.clone() }).await.map(drop)
            }
            Found::Stating(_) => save_official_draft(desk, acting, id, stage, self.version, &answers).await.map(drop),
        }
    }

    /// The case that these answers make, as the form computes it.
    pub(super) fn case(&self, desk: &Desk<'_>, answers: &Answers) -> Case {
        let (pack, state) = (&self.file.pack, self.file.state());
        if matches!(self.found, Found::Filling(_)) {
            let filed = Application { filed: answers.clone(), ..state.clone() };
            return build(pack, &filed, &self.file.knowing, desk.edge.now);
        }
        let mut inputs = build(pack, state, &self.file.knowing, desk.edge.now).inputs;
        if self.stage.work == Some(Work::Assess) {
            // An assessment rests on its own answers alone.
            assessed(pack).iter().for_each(|path| inputs.set(path, ""));
        }
        let inputs = inputs.overlaid(&answers.only(pack, &self.stage));
        let (draft, errors) = draft_of(pack, &inputs);
        Case { inputs, draft, errors }
    }

    /// Whether a line is not asked because the platform knows its answer.
    pub(super) fn is_known(&self, line: &Line, case: &Case) -> bool {
        let pack = &self.file.pack;
        let Some(input) = pack.input(&line.path).filter(|_| line.own.is_none()) else { return false };
        let Some(known) = pack.known.iter().find(|known| (known.kind, known.input) == (0 as Kind, input)) else { return false };
        let (text, typed) = (case.inputs.text(&line.path), self.answers().text(&line.path));
        let stated = !typed.is_empty() && typed == text;
        !(known.source.people_may_state() && (text.is_empty() || stated))
    }

    /// Whether the section of a line applies to a case.
    pub(super) fn applies(&self, line: &Line, case: &Case) -> bool {
        let (form, section) = line.section;
        let when = self.forms.get(form).and_then(|form| form.sections.get(section)).and_then(|section| section.when.as_ref());
        when.is_none_or(|when| Evaluation::new(&self.file.pack, &case.draft.facts()).get(when.reg) == Some(1))
    }

    /// The lines that people are asked.
    pub(super) fn asked(&self, case: &Case) -> impl Iterator<Item = &Line> {
        let known = |line: &&Line| !self.is_known(line, case);
        self.lines.iter().filter(known).collect::<Vec<_>>().into_iter()
    }
}

/// The stage is open, and who was entrusted with it has declared to have no interest.
fn open(file: &FileAt, acting: &Acting, stage: &StageSpec) -> Result<(), ServiceError> {
    let state = file.state();
    let Some((_, at)) = state.open_stages().find(|(id, _)| *id == stage.id) else {
        return Err(Refusal::new(format!("“{}”环节当前不能填写，请刷新页面查看进展。", stage.label)).into());
    };
    if at.assigned.as_ref() == Some(&acting.organisation) && !state.has_declared(&stage.id, acting.account.as_str()) {
        return Err(Refusal::new("请先声明与该企业有无利益关系，再填写。").into());
    }
    Ok(())
}

fn forms(pack: &Pack, stage: &StageSpec, at: &AnswersAt) -> Result<Vec<Form>, ServiceError> {
    let own = stage.forms.iter().filter_map(|form| pack.form(form)).cloned();
    let forms: Vec<Form> = match at {
        AnswersAt::Form { form } => own.filter(|one| one.id == *form).collect(),
        AnswersAt::Stage { .. } => asked_at(pack, stage).into_iter().chain(own).collect(),
    };
    if forms.is_empty() { Err(ServiceError::NotFound) } else { Ok(forms) }
}

async fn holders(desk: &Desk<'_>, pack: &Pack, forms: &[Form]) -> Result<Holders, ServiceError> {
    let mut all = Holders::new();
    for field in forms.iter().flat_map(|form| &form.sections).flat_map(sections_fields) {
        let FieldKind::Provider { standing } = &field.kind else { continue };
        if !all.contains_key(standing) {
            let listed = organisation::holders(desk, &pack.id, standing, Page::first(Page::SIZE_MAX)).await?;
            let one = |row: store::OrganisationRow| papers::sheet_in::Choice { id: row.id, label: row.name, also: Vec::new() };
            all.insert(standing.clone(), papers::sheet_in::Choices::new(listed.rows.into_iter().map(one).collect()));
        }
    }
    Ok(all)
}

/// The paths of the questions, their figures and the scenarios.
fn assessed(pack: &Pack) -> Vec<String> {
    let Some(assessment) = &pack.assessment else { return Vec::new() };
    let questions = assessment.questions.iter().flat_map(|question| question.figures.iter().chain([&question.input]));
    let inputs = questions.copied().chain(assessment.scenarios.iter().map(|scenario| scenario.input));
    inputs.map(|input| pack.inputs[0][input].id()).collect()
}
