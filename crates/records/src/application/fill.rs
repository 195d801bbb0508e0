//! Filling in: one person fills in, another signs (填报人、签发人).

use std::collections::BTreeMap;

use policy::pack::Work;

use super::flow::{followed, rejoined, reopened};
use super::{Application, ApplicationEvent, PaperInvoice, Phase, Progress, Situation, build, case, complete};
use crate::Noun as _;
use crate::answers::Answers;
use crate::ids::{ApplicationId, OrganisationId, PaperId};
use crate::{FieldError, Refusal};

/// What was filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filing {
    /// All answers of the file, those of other forms included.
    pub answers: Answers,
    /// Papers by slot.
    pub papers: BTreeMap<String, Vec<PaperId>>,
    /// The provider it names, if a field asks for one.
    pub provider: Option<OrganisationId>,
    /// The invoices that were read of the papers.
    pub invoices: Vec<PaperInvoice>,
}

impl Application {
    /// Begins a file in the batch that the platform knows.
    ///
    /// # Errors
    /// The pack has no such procedure, the applicant is of another kind, or the batch takes no applications.
    pub fn start(id: ApplicationId, procedure: &str, at: &Situation) -> Result<Vec<ApplicationEvent>, Refusal> {
        let declared = at.pack.procedure(procedure).ok_or_else(|| Refusal::new("没有这个事项。"))?;
        let (applicant, batch) = (&at.knowing.applicant, &at.knowing.batch);
        if applicant.kind.actor() != Some(declared.applicant) {
            let message = format!("“{}”由{}申报，{}不能申报。", declared.label, declared.applicant.label(), applicant.kind);
            return Err(Refusal::by(declared.clause.clone(), message));
        }
        batch.accepts(at.now.day())?;
        let started = ApplicationEvent::Started {
            id,
            programme: batch.programme.clone(),
            version: batch.version.clone(),
            procedure: procedure.to_owned(),
            batch: batch.id.clone(),
            applicant: applicant.id.clone(),
            place: batch.place_of(&applicant.place),
            at: at.now,
            by: at.by.clone(),
        };
        let file = super::event::fold(None, &started).ok_or_else(|| Refusal::new("不能建立申报件。"))?;
        Ok([vec![started], super::flow::opening(&file, at)].concat())
    }

    /// Hands what was filled in to the certifier.
    ///
    /// # Errors
    /// The stage is not open, the batch or the correction is past its deadline, a needed standing is missing, or fields
    /// and papers are incomplete; then each with its sentence.
    pub fn prepare(&self, stage: &str, filing: Filing, at: &Situation) -> Result<Vec<ApplicationEvent>, Refusal> {
        let spec = at.open_stage(self, stage, Work::Fill)?;
        self.in_time(at)?;
        self.entitled(at)?;
        let errors = complete::problems(at, self, spec, &filing);
        if !errors.is_empty() {
            return Err(Refusal::fields(errors));
        }
        let filed = Application { filed: filing.answers.clone(), ..self.clone() };
        at.required(&filed, spec)?;
        filed.alone_in_lead(at)?;
        let Filing { answers, papers, provider, invoices } = filing;
        let stage = stage.to_owned();
        Ok(vec![ApplicationEvent::Prepared { stage, answers, papers, provider, invoices, at: at.now, by: at.by.clone() }])
    }

    /// Gives it back to the person who filled it in.
    ///
    /// # Errors
    /// Nothing waits for a signature, or nothing is said.
    pub fn give_back(&self, stage: &str, note: &str, at: &Situation) -> Result<Vec<ApplicationEvent>, Refusal> {
        at.open_stage(self, stage, Work::Fill)?;
        self.prepared_by(stage)?;
        match note.trim() {
            "" => Err(Refusal::fields(vec![FieldError::new("note", "请写明需要修改的内容。")])),
            note => Ok(vec![ApplicationEvent::GivenBack { stage: stage.into(), note: note.into(), at: at.now, by: at.by.clone() }]),
        }
    }

    /// Signs and submits; `number` is the number a first submission gets.
    ///
    /// # Errors
    /// Nothing waits for a signature, the person who filled it in would sign, or it is too late.
    pub fn sign(&self, stage: &str, number: String, at: &Situation) -> Result<Vec<ApplicationEvent>, Refusal> {
        at.open_stage(self, stage, Work::Fill)?;
        self.in_time(at)?;
        if *self.prepared_by(stage)? == at.by.account {
            return Err(Refusal::new("填报人和签发人应为两人，请由本单位另一名签发人签发。"));
        }
        self.alone_in_lead(at)?;
        let number = self.number.is_none().then_some(number);
        let signed = ApplicationEvent::Signed { stage: stage.into(), number, at: at.now, by: at.by.clone() };
        let applicants = at.pack.stage(stage).map(|spec| spec.actor) == Some(at.procedure(self)?.applicant);
        let invited = if applicants { self.invited(at) } else { None };
        let mut events: Vec<ApplicationEvent> = [signed].into_iter().chain(invited).collect();
        if let Some(after) = Self::fold_all(Some(self.clone()), &events) {
            events.extend(reopened(&after, at).into_iter().chain(rejoined(&after, at)));
        }
        followed(self, at, events)
    }

    /// Whether the file has the role of which an applicant has one in a batch.
    pub fn leads(&self, at: &Situation) -> bool {
        let Some(lead) = at.pack.lead(&self.procedure) else { return false };
        case::holds(at.pack, &build(at.pack, self, at.knowing, at.now).draft, &lead.when)
    }

    /// Fails where another live file of the batch has the role already.
    fn alone_in_lead(&self, at: &Situation) -> Result<(), Refusal> {
        let (Some(lead), Some(other)) = (at.pack.lead(&self.procedure), &at.knowing.leading) else { return Ok(()) };
        if other.application == self.id || !self.leads(at) {
            return Ok(());
        }
        let message =
            format!("本单位在本批次已{}（受理编号{}），只能{}一项；请先撤回该件，或者改报其他类型。", lead.label, other.number, lead.label);
        Err(Refusal::by(lead.clause.clone(), message))
    }

    /// Gives the file up.
    ///
    /// # Errors
    /// It has ended, or the award has been decided.
    pub fn withdraw(&self, reason: &str, at: &Situation) -> Result<Vec<ApplicationEvent>, Refusal> {
        if self.has_ended() || self.decision.is_some() {
            return Err(Refusal::new("该申报件已办结或者已作出决定，不能撤回。"));
        }
        let reason = if reason.trim().is_empty() { "申报单位撤回" } else { reason.trim() };
        Ok(vec![ApplicationEvent::Withdrawn { reason: reason.into(), clause: None, at: at.now, by: at.by.clone() }])
    }

    fn prepared_by(&self, stage: &str) -> Result<&str, Refusal> {
        match self.stages.get(stage).map(|state| &state.progress) {
            Some(Progress::Prepared { by, .. }) => Ok(by.as_str()),
            _ => Err(Refusal::new("没有等待签发的内容，请先由填报人提交。")),
        }
    }

    /// A first submission must come before the batch's deadline, a corrected one before the correction's.
    fn in_time(&self, at: &Situation) -> Result<(), Refusal> {
        match &self.phase {
            Phase::Preparing => at.knowing.batch.accepts(at.now.day()),
            Phase::Correcting(correction) if at.now.day() > correction.due_on => match correction.end(at.pack) {
                Some(end) => Err(Refusal::by(correction.clause.clone(), format!("补正已于{}到期，{end}。", correction.due_on.chinese()))),
                None => Ok(()),
            },
            _ if self.has_ended() => Err(Refusal::new("该申报件已办结。")),
            _ => Ok(()),
        }
    }

    fn entitled(&self, at: &Situation) -> Result<(), Refusal> {
        let procedure = at.procedure(self)?;
        let missing = procedure.needs.iter().find(|need| !at.knowing.standings.contains(*need));
        match missing.and_then(|need| at.pack.procedure(need)) {
            Some(need) => {
                let message = format!("请先办结“{}”，再提交“{}”。", need.label, procedure.label);
                Err(Refusal::by(procedure.clause.clone(), message))
            }
            None => Ok(()),
        }
    }
}
