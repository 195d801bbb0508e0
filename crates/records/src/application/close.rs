//! How a file ends: time limits, publicity, payment, clawback.

use policy::pack::{Pack, Work};
use policy::spec::{Overdue, StageSpec};

use super::check::is_cited;
use super::flow::followed;
use super::{Application, ApplicationEvent, Correction, Finding, Phase, Situation};
use crate::ids::{PaymentListId, PublicityId};
use crate::{FieldError, Refusal};

impl Correction {
    /// What its deadline means once it has passed; none where the policy only reminds.
    pub(super) fn end(&self, pack: &Pack) -> Option<&'static str> {
        let limit = pack.stage(&self.stage).and_then(|stage| stage.correction.as_ref());
        match limit.and_then(|limit| limit.overdue)? {
            Overdue::Withdrawn => Some("按放弃申报处理"),
            Overdue::NextBatch => Some("不再列入本批，请在下一批重新申报"),
            Overdue::Reminded => None,
        }
    }
}

impl Application {
    /// What a passed correction deadline means: nothing before it, an end by the clause after it.
    pub fn lapse(&self, at: &Situation) -> Vec<ApplicationEvent> {
        let Phase::Correcting(correction) = &self.phase else { return Vec::new() };
        let Some(end) = correction.end(at.pack).filter(|_| at.now.day() > correction.due_on) else { return Vec::new() };
        let reason = format!("退回补正的内容未在{}前重新提交，{end}。", correction.due_on.chinese());
        vec![ApplicationEvent::Withdrawn { reason, clause: Some(correction.clause.clone()), at: at.now, by: at.by.clone() }]
    }

    /// Puts the file into a publicity.
    ///
    /// # Errors
    /// It is not at its publicity, or stands in one already.
    pub fn publicise(&self, publicity: PublicityId, at: &Situation) -> Result<Vec<ApplicationEvent>, Refusal> {
        let stage = self.stage_of(Work::Publicise, at.pack)?;
        if self.publicity.is_some() {
            return Err(Refusal::new("该申报件已在公示中。"));
        }
        at.open_stage(self, &stage.id, Work::Publicise)?;
        Ok(vec![ApplicationEvent::Publicised { stage: stage.id.clone(), publicity, at: at.now, by: at.by.clone() }])
    }

    /// Its publicity has ended and no objection is open.
    ///
    /// # Errors
    /// It is not in a publicity.
    pub fn pass(&self, at: &Situation) -> Result<Vec<ApplicationEvent>, Refusal> {
        let stage = self.shown_stage(at)?;
        let passed = ApplicationEvent::Passed { stage: stage.id.clone(), at: at.now, by: at.by.clone() };
        followed(self, at, vec![passed])
    }

    /// An objection was upheld: the file is refused.
    ///
    /// # Errors
    /// It is not in a publicity.
    pub fn refuse_after_objection(&self, reply: &str, at: &Situation) -> Result<Vec<ApplicationEvent>, Refusal> {
        let stage = self.shown_stage(at)?;
        let finding =
            Finding {
                condition: String::new(), message: format!("公示期间的异议成立：{}", reply.trim()), clause: stage.clause.joined()
            };
        let judgements = Default::default();
        Ok(vec![ApplicationEvent::Refused { stage: stage.id.clone(), findings: vec![finding], judgements, at: at.now, by: at.by.clone() }])
    }

    /// What is to be paid, in fen: the decided award less what was paid.
    pub fn payable_fen(&self) -> i64 {
        self.award_fen().unwrap_or(0) - self.money.paid_fen
    }

    /// Puts the file on a payment list.
    ///
    /// # Errors
    /// It is not at its payment, stands on a list already, or nothing is to be paid.
    pub fn list(&self, list: PaymentListId, at: &Situation) -> Result<Vec<ApplicationEvent>, Refusal> {
        let stage = self.stage_of(Work::Pay, at.pack)?;
        at.required(self, at.open_stage(self, &stage.id, Work::Pay)?)?;
        match (&self.money.listed, self.payable_fen()) {
            (Some(_), _) => Err(Refusal::new("该申报件已列入拨付清单。")),
            (None, ..=0) => Err(Refusal::new("该申报件没有待拨付的金额。")),
            _ => Ok(vec![ApplicationEvent::Listed { list, at: at.now, by: at.by.clone() }]),
        }
    }

    /// Takes the file off its list: the bank refused it, or the list was given up.
    ///
    /// # Errors
    /// It stands on none.
    pub fn unlist(&self, reason: &str, at: &Situation) -> Result<Vec<ApplicationEvent>, Refusal> {
        self.money.listed.as_ref().ok_or_else(|| Refusal::new("该申报件不在拨付清单中。"))?;
        Ok(vec![ApplicationEvent::Unlisted { reason: reason.trim().into(), at: at.now, by: at.by.clone() }])
    }

    /// The money went out.
    ///
    /// # Errors
    /// It stands on no list, or the sum is not what is to be paid.
    pub fn pay(&self, fen: i64, at: &Situation) -> Result<Vec<ApplicationEvent>, Refusal> {
        let stage = self.stage_of(Work::Pay, at.pack)?;
        at.open_stage(self, &stage.id, Work::Pay)?;
        if self.money.listed.is_none() || fen != self.payable_fen() {
            return Err(Refusal::new("拨付金额与清单不一致，请核对。"));
        }
        let paid = ApplicationEvent::Paid { stage: stage.id.clone(), fen, at: at.now, by: at.by.clone() };
        followed(self, at, vec![paid])
    }

    /// Claims money back (追回).
    ///
    /// # Errors
    /// More is claimed than was paid and not yet claimed, no reason is given, or the clause does not exist.
    pub fn claim_back(&self, fen: i64, reason: &str, clause: &str, at: &Situation) -> Result<Vec<ApplicationEvent>, Refusal> {
        let open_fen = self.money.paid_fen - self.money.claimed_back_fen;
        let wrong = [
            (fen <= 0 || fen > open_fen, "amount", format!("追回金额应大于0且不超过{}。", policy::say::money(open_fen))),
            (reason.trim().is_empty(), "reason", "请写明追回的理由。".to_owned()),
            (!is_cited(at.pack, clause), "clause", "请选择追回所依据的条款。".to_owned()),
        ];
        let errors: Vec<FieldError> =
            wrong.into_iter().filter(|(is, ..)| *is).map(|(_, path, message)| FieldError::new(path, message)).collect();
        if !errors.is_empty() {
            return Err(Refusal::fields(errors));
        }
        Ok(vec![ApplicationEvent::ClaimedBack {
            fen,
            reason: reason.trim().into(),
            clause: Some(clause.into()),
            at: at.now,
            by: at.by.clone(),
        }])
    }

    /// Money that was claimed back came in.
    ///
    /// # Errors
    /// It is more than is still claimed.
    pub fn repay(&self, fen: i64, note: &str, at: &Situation) -> Result<Vec<ApplicationEvent>, Refusal> {
        let open_fen = self.money.claimed_back_fen - self.money.returned_fen;
        if fen <= 0 || fen > open_fen {
            return Err(Refusal::fields(vec![FieldError::new(
                "amount",
                format!("退回金额应大于0且不超过{}。", policy::say::money(open_fen)),
            )]));
        }
        Ok(vec![ApplicationEvent::Repaid { fen, note: note.trim().into(), at: at.now, by: at.by.clone() }])
    }

    /// The stage of the publicity that the file stands in.
    fn shown_stage<'a>(&self, at: &'a Situation) -> Result<&'a StageSpec, Refusal> {
        let stage = self.stage_of(Work::Publicise, at.pack)?;
        self.publicity.as_ref().ok_or_else(|| Refusal::new("该申报件还没有公示。"))?;
        at.open_stage(self, &stage.id, Work::Publicise)
    }

    fn stage_of<'a>(&self, work: Work, pack: &'a Pack) -> Result<&'a StageSpec, Refusal> {
        let found = pack.stages_of(&self.procedure).into_iter().find(|stage| stage.work == Some(work));
        found.ok_or_else(|| Refusal::new(format!("该事项没有{}环节。", work.label())))
    }
}
