//! Assigning a third party to a stage, and its declaration of interest (回避).

use policy::pack::Work;
use policy::spec::StageSpec;

use super::{Application, ApplicationEvent, Declaration, Situation};
use crate::organisation::{Organisation, OrganisationKind};
use crate::{FieldError, Refusal};

impl Application {
    /// Assigns an organisation to a stage that its kind acts in.
    ///
    /// # Errors
    /// The stage is not open, the organisation is of another kind or stopped, it is party to the file, or one of its
    /// people declared a conflict.
    pub fn assign(&self, stage: &str, organisation: &Organisation, at: &Situation) -> Result<Vec<ApplicationEvent>, Refusal> {
        let spec = open_stage(self, stage, &[Work::Fill, Work::Check, Work::Assess, Work::Audit], at)?;
        let wrong = |message: String| Err(Refusal::fields(vec![FieldError::new("organisation", message)]));
        if organisation.kind.actor() != Some(spec.actor) || !takes_assignment(organisation.kind) {
            return wrong(format!("“{}”环节由{}办理，请选择{}。", spec.label, spec.actor.label(), spec.actor.label()));
        }
        if !organisation.is_active() {
            return wrong(format!("{}已停用，请选择其他机构。", organisation.name));
        }
        if self.provider.as_ref() == Some(&organisation.id) || self.applicant == organisation.id {
            return wrong(format!("{}是本项目的当事人，应当回避，请选择其他机构。", organisation.name));
        }
        let conflicts =
            |state: &super::StageState| state.declarations.iter().any(|one| one.conflict && one.organisation == organisation.id);
        if self.begun_stages().any(conflicts) {
            return wrong(format!("{}的人员已声明与本项目存在利益关系，应当回避，请选择其他机构。", organisation.name));
        }
        let organisation = organisation.id.clone();
        Ok(vec![ApplicationEvent::Assigned { stage: stage.into(), organisation, at: at.now, by: at.by.clone() }])
    }

    /// Declares whether the person has an interest in the file. With one, the assignment ends and another is needed.
    ///
    /// # Errors
    /// The person's organisation is not assigned, or a conflict is not described.
    pub fn declare(&self, stage: &str, conflict: bool, note: &str, at: &Situation) -> Result<Vec<ApplicationEvent>, Refusal> {
        open_stage(self, stage, &[Work::Fill, Work::Check, Work::Assess, Work::Audit, Work::Review], at)?;
        let own = at.by.organisation.as_str().into();
        let asked = |state: &super::StageState| state.assigned.as_ref() == Some(&own) || state.reviewer(&own).is_some();
        if !self.stages.get(stage).is_some_and(asked) {
            return Err(Refusal::new("本单位未受委托办理该环节。"));
        }
        if conflict && note.trim().is_empty() {
            return Err(Refusal::fields(vec![FieldError::new("note", "请写明利益关系，如任职、持股、近亲属、服务关系。")]));
        }
        let declaration = Declaration {
            account: at.by.account.as_str().into(),
            organisation: at.by.organisation.as_str().into(),
            conflict,
            note: note.trim().into(),
            at: at.now,
        };
        Ok(vec![ApplicationEvent::Declared { stage: stage.into(), declaration, by: at.by.clone() }])
    }

    /// Whether this person declared to have no interest in the file; only then may a third party work on it.
    pub fn has_declared(&self, stage: &str, account: &str) -> bool {
        let declared = self.stages.get(stage).map(|state| state.declarations.as_slice()).unwrap_or_default();
        declared.iter().rev().find(|one| one.account.as_str() == account).is_some_and(|one| !one.conflict)
    }
}

/// Whether organisations of a kind work on files only where a bureau assigns them.
pub fn takes_assignment(kind: OrganisationKind) -> bool {
    matches!(kind, OrganisationKind::Evaluator | OrganisationKind::Auditor | OrganisationKind::Expert)
}

fn open_stage<'a>(application: &Application, stage: &str, works: &[Work], at: &'a Situation) -> Result<&'a StageSpec, Refusal> {
    let spec = at.pack.stage(stage).ok_or_else(|| Refusal::new("该事项没有这个环节。"))?;
    let work = spec.work.filter(|work| works.contains(work)).ok_or_else(|| Refusal::new("该环节不需要委托。"))?;
    at.open_stage(application, stage, work)
}
