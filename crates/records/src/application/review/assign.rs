//! Asking experts to score a file.

use std::collections::BTreeSet;

use policy::pack::{Review, Work};
use policy::spec::StageSpec;

use super::{Lots, Parties, conflicts};
use crate::application::{Application, ApplicationEvent, Situation};
use crate::ids::OrganisationId;
use crate::organisation::{Organisation, OrganisationKind};
use crate::{FieldError, Refusal};

impl Application {
    /// A stage in which experts score, while it is open, and how they do.
    pub(super) fn reviewing<'a>(&self, stage: &str, at: &'a Situation) -> Result<(&'a StageSpec, &'a Review), Refusal> {
        let spec = at.open_stage(self, stage, Work::Review)?;
        let review = at.pack.review(stage).ok_or_else(|| Refusal::new("该环节没有评审表，请联系平台管理。"))?;
        Ok((spec, review))
    }

    /// Asks experts to score the file; `lots` are those of the draw they came from, if there was one.
    ///
    /// # Errors
    /// The stage is not open or asks for no more, or one of them is no expert, is stopped, was asked already or has a
    /// conflict.
    pub fn assign_reviewers(
        &self,
        stage: &str,
        experts: &[Organisation],
        provider: Option<&Organisation>,
        lots: Option<&Lots>,
        at: &Situation,
    ) -> Result<Vec<ApplicationEvent>, Refusal> {
        let (spec, review) = self.reviewing(stage, at)?;
        let lacks = self.stages.get(stage).map_or(0, |state| state.lacks(review));
        let distinct: BTreeSet<&OrganisationId> = experts.iter().map(|expert| &expert.id).collect();
        if experts.is_empty() || experts.len() > lacks || distinct.len() < experts.len() {
            let message = match lacks {
                0 => format!("“{}”环节现在不需要增加专家。", spec.label),
                _ => format!("“{}”环节还需要{lacks}名专家，请选择不多于{lacks}名不同的专家。", spec.label),
            };
            return Err(Refusal::fields(vec![FieldError::new("experts", message)]));
        }
        let parties = Parties { applicant: &at.knowing.applicant, provider };
        let errors: Vec<FieldError> = experts.iter().filter_map(|expert| self.unfit(stage, review, parties, expert)).collect();
        if !errors.is_empty() {
            return Err(Refusal::fields(errors));
        }
        let experts = experts.iter().map(|expert| expert.id.clone()).collect();
        let (stage, lots) = (stage.into(), lots.cloned());
        Ok(vec![ApplicationEvent::ReviewersAssigned { stage, experts, seed: None, lots, at: at.now, by: at.by.clone() }])
    }

    /// Why an expert cannot be asked.
    fn unfit(&self, stage: &str, review: &Review, parties: Parties, expert: &Organisation) -> Option<FieldError> {
        let name = &expert.name;
        let asked = self.stages.get(stage).is_some_and(|state| state.reviewer(&expert.id).is_some());
        let message = if expert.kind != OrganisationKind::Expert {
            format!("{name}不是评审专家，请选择其他专家。")
        } else if !expert.is_active() {
            format!("{name}已停用，请选择其他专家。")
        } else if asked {
            format!("{name}已评审本项目，请选择其他专家。")
        } else {
            let reasons = conflicts(self, parties, review, expert);
            if reasons.is_empty() {
                return None;
            }
            format!("{name}应当回避（{}），请选择其他专家。", reasons.join("；"))
        };
        Some(FieldError::new("experts", message))
    }
}
