//! Scoring, and what is settled once everybody has.

use insight::assignment::Verdict;
use policy::pack::{Form, Review};

use super::{Score, StageState};
use crate::answers::Answers;
use crate::application::complete::{score_hundredths, sheet_problems};
use crate::application::flow::followed;
use crate::application::{Application, ApplicationEvent, Situation};
use crate::{FieldError, Noun as _, Refusal};

impl Application {
    /// Hands in an expert's sheet. With the last one the score is settled, if they lie close enough together.
    ///
    /// # Errors
    /// The expert was not asked, has handed in already or not declared an interest, or the sheet is not complete.
    pub fn review(&self, stage: &str, answers: Answers, at: &Situation) -> Result<Vec<ApplicationEvent>, Refusal> {
        let (_, review) = self.reviewing(stage, at)?;
        let expert = at.by.organisation.as_str().into();
        let reviewer = self.stages.get(stage).and_then(|state| state.reviewer(&expert));
        match reviewer {
            None => return Err(Refusal::new("本人未受邀评审该项目。")),
            Some(reviewer) if reviewer.sheet.is_some() => return Err(Refusal::new("评分已提交，不能再修改。")),
            Some(_) if !self.has_declared(stage, &at.by.account) => return Err(Refusal::new("请先声明与本项目有无利益关系，再评分。")),
            Some(_) => {}
        }
        let sheet = at.pack.form(&review.sheet).ok_or_else(|| Refusal::new("该环节没有评审表，请联系平台管理。"))?;
        let answers = Answers { texts: own(sheet, answers), ..Answers::default() };
        let errors = sheet_problems(at, self, sheet, &answers);
        if !errors.is_empty() {
            return Err(Refusal::fields(errors));
        }
        let total_hundredths = sheet.scores().filter_map(|(path, _)| score_hundredths(answers.text(path))).sum();
        let (stage, by) = (stage.to_owned(), at.by.clone());
        let reviewed = ApplicationEvent::Reviewed { stage: stage.clone(), expert, answers, total_hundredths, at: at.now, by };
        let after = Self::fold(Some(self.clone()), &reviewed);
        let settled = after.and_then(|file| settled(file.stages.get(&stage)?, &stage, review, at));
        followed(self, at, [Some(reviewed), settled].into_iter().flatten().collect())
    }

    /// A bureau settles a score that the experts' lie too far apart for, with a reason.
    ///
    /// # Errors
    /// They do not, the score lies outside theirs, or no reason is given.
    pub fn moderate(&self, stage: &str, score: &str, reason: &str, at: &Situation) -> Result<Vec<ApplicationEvent>, Refusal> {
        let (_, review) = self.reviewing(stage, at)?;
        let apart = |state: &&StageState| matches!(state.verdict(review), Verdict::OneMore | Verdict::Moderation);
        let spread = self.stages.get(stage).filter(apart).and_then(StageState::spread);
        let Some(spread) = spread else { return Err(Refusal::new("只有专家评分差距超过规定时，才能裁定得分。")) };
        let read = score_hundredths(score).filter(|score| (spread.least..=spread.most).contains(score));
        let (least, most) = (policy::say::marks(spread.least), policy::say::marks(spread.most));
        let wrong = [
            read.is_none().then(|| FieldError::new("score", format!("请填写{least}至{most}之间的得分，最多两位小数。"))),
            reason.trim().is_empty().then(|| FieldError::new("reason", "请写明裁定的理由。")),
        ];
        let Some(hundredths) = read.filter(|_| wrong.iter().all(Option::is_none)) else {
            return Err(Refusal::fields(wrong.into_iter().flatten().collect()));
        };
        let score = Score { hundredths, without: None, reason: Some(reason.trim().to_owned()) };
        followed(self, at, vec![ApplicationEvent::Moderated { stage: stage.into(), score, at: at.now, by: at.by.clone() }])
    }
}

/// Only what stands on the sheet.
fn own(sheet: &Form, answers: Answers) -> std::collections::BTreeMap<String, String> {
    let own = format!("{}.", sheet.id);
    answers.texts.into_iter().filter(|(path, _)| path.starts_with(&own)).collect()
}

fn settled(state: &StageState, stage: &str, review: &Review, at: &Situation) -> Option<ApplicationEvent> {
    let Verdict::Agreed { score, without } = state.verdict(review) else { return None };
    let without = without.and_then(|at| state.reviewers.get(at)).map(|reviewer| reviewer.expert.clone());
    let score = Score { hundredths: score, without, reason: None };
    Some(ApplicationEvent::ReviewSettled { stage: stage.into(), score, at: at.now, by: at.by.clone() })
}
