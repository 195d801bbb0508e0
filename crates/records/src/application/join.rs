//! 联合体: the members that a file names join for themselves. Each fills in its own page and signs it, or declines; the lead
//! removes those who declined, or names others in their place.

use policy::pack::{Body, Section, Work};
use policy::spec::StageSpec;
use serde::{Deserialize, Serialize};

use super::case::holds;
use super::flow::followed;
use super::known::squeezed;
use super::{Application, ApplicationEvent, Filing, Situation, complete};
use crate::answers::{Answers, RowAnswers};
use crate::ids::{AccountId, OrganisationId};
use crate::organisation::OrganisationKind;
use crate::{FieldError, Moment, Refusal};

/// An organisation that may be a member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Which it is.
    pub organisation: OrganisationId,
    /// What it is.
    pub kind: OrganisationKind,
    /// Its name.
    pub name: String,
}

/// A member of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    /// Which organisation.
    pub member: Member,
    /// The row of the lead's form that names it.
    pub row: String,
    /// Whether it has joined.
    pub joining: Joining,
    /// What it stated on its own page.
    #[serde(default)]
    pub answers: Answers,
}

/// Whether a member has joined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "joining", rename_all = "snake_case")]
pub enum Joining {
    /// It was named and has said nothing.
    Invited,
    /// Its page is filled in and waits for its certifier.
    Prepared {
        /// Who filled it in.
        by: AccountId,
        /// When.
        at: Moment,
    },
    /// It has joined.
    Joined {
        /// When.
        at: Moment,
    },
    /// It declined.
    Declined {
        /// Why.
        reason: String,
        /// When.
        at: Moment,
    },
}

impl Joining {
    /// The Chinese word.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Invited => "待确认",
            Self::Prepared { .. } => "待签发",
            Self::Joined { .. } => "已确认",
            Self::Declined { .. } => "已谢绝",
        }
    }
}

impl Participant {
    /// Whether it has joined.
    pub fn has_joined(&self) -> bool {
        matches!(self.joining, Joining::Joined { .. })
    }
}

impl Application {
    /// The member of an organisation, if it is one.
    pub fn participant(&self, organisation: &OrganisationId) -> Option<&Participant> {
        self.participants.iter().find(|one| one.member.organisation == *organisation)
    }

    /// Hands a member's page to its certifier.
    ///
    /// # Errors
    /// The stage is not open, the organisation is no member or has joined, or its page is incomplete.
    pub fn prepare_join(&self, stage: &str, answers: Answers, at: &Situation) -> Result<Vec<ApplicationEvent>, Refusal> {
        let spec = at.open_stage(self, stage, Work::Join)?;
        let own = self.still_to_join(at)?;
        let answers = own_page(at, spec, own, answers);
        let errors = self.page_problems(spec, &own.member.organisation, &answers, at);
        if !errors.is_empty() {
            return Err(Refusal::fields(errors));
        }
        Ok(vec![ApplicationEvent::JoinPrepared { stage: stage.into(), answers, at: at.now, by: at.by.clone() }])
    }

    /// What is missing or wrong on a member's page; empty when it can be handed in.
    pub fn page_problems(&self, spec: &StageSpec, organisation: &OrganisationId, answers: &Answers, at: &Situation) -> Vec<FieldError> {
        let mut file = self.clone();
        for one in file.participants.iter_mut().filter(|one| one.member.organisation == *organisation) {
            (one.answers, one.joining) = (answers.clone(), Joining::Joined { at: at.now });
        }
        complete::page_problems(at, &file, spec, answers)
    }

    /// Signs a member's page: it has joined. When all have, the stage is done.
    ///
    /// # Errors
    /// Nothing waits for a signature, or the person who filled it in would sign.
    pub fn join(&self, stage: &str, at: &Situation) -> Result<Vec<ApplicationEvent>, Refusal> {
        at.open_stage(self, stage, Work::Join)?;
        match &self.still_to_join(at)?.joining {
            Joining::Prepared { by, .. } if by.as_str() == at.by.account => {
                Err(Refusal::new("填报人和签发人应为两人，请由本单位另一名签发人签发。"))
            }
            Joining::Prepared { .. } => {
                followed(self, at, vec![ApplicationEvent::Joined { stage: stage.into(), at: at.now, by: at.by.clone() }])
            }
            _ => Err(Refusal::new("没有等待签发的内容，请先由填报人提交。")),
        }
    }

    /// A member declines.
    ///
    /// # Errors
    /// It has joined already, or says no reason.
    pub fn decline(&self, stage: &str, reason: &str, at: &Situation) -> Result<Vec<ApplicationEvent>, Refusal> {
        at.open_stage(self, stage, Work::Join)?;
        self.still_to_join(at)?;
        match reason.trim() {
            "" => Err(Refusal::fields(vec![FieldError::new("reason", "请写明不参与的理由。")])),
            reason => {
                Ok(vec![ApplicationEvent::JoinDeclined { stage: stage.into(), reason: reason.into(), at: at.now, by: at.by.clone() }])
            }
        }
    }

    /// The lead removes a member that declined or has not joined; its row goes with it.
    ///
    /// # Errors
    /// It is no member, or it has joined: then only a correction removes it.
    pub fn remove_member(&self, stage: &str, organisation: &OrganisationId, at: &Situation) -> Result<Vec<ApplicationEvent>, Refusal> {
        at.open_stage(self, stage, Work::Join)?;
        self.not_joined(organisation)?;
        let kind = at.pack.members(&self.procedure).map(|members| at.pack.kinds[members.kind as usize].id.clone()).unwrap_or_default();
        let (stage, organisation) = (stage.to_owned(), organisation.clone());
        followed(self, at, vec![ApplicationEvent::MemberRemoved { stage, organisation, kind, at: at.now, by: at.by.clone() }])
    }

    /// The lead names another member in the row of one that declined or has not joined; `other` is whom the name was found to be.
    ///
    /// # Errors
    /// The first is no member or has joined; nobody of that name is registered, or it is the lead or a member already.
    pub fn replace_member(
        &self,
        stage: &str,
        organisation: &OrganisationId,
        other: Option<Member>,
        at: &Situation,
    ) -> Result<Vec<ApplicationEvent>, Refusal> {
        at.open_stage(self, stage, Work::Join)?;
        self.not_joined(organisation)?;
        let member = self.may_be_named(other).map_err(|message| Refusal::fields(vec![FieldError::new("other", message)]))?;
        let members = at.pack.members(&self.procedure).ok_or_else(|| Refusal::new("本事项没有参与单位。"))?;
        let kind = at.pack.kinds[members.kind as usize].id.clone();
        let name = at.pack.inputs[members.kind as usize][members.named].name.clone();
        let (stage, organisation, by) = (stage.to_owned(), organisation.clone(), at.by.clone());
        Ok(vec![ApplicationEvent::MemberReplaced { stage, organisation, member, kind, name, at: at.now, by }])
    }

    fn may_be_named(&self, other: Option<Member>) -> Result<Member, &'static str> {
        let other = other.ok_or("没有在平台注册，请核对名称，或者通知该单位注册。")?;
        match () {
            () if other.organisation == self.applicant => Err("是申报（牵头）单位，不列为参与单位。"),
            () if self.participant(&other.organisation).is_some() => Err("已列为参与单位，请填写其他单位。"),
            () => Ok(other),
        }
    }

    fn not_joined(&self, organisation: &OrganisationId) -> Result<(), Refusal> {
        let member = self.participant(organisation).ok_or_else(|| Refusal::new("该单位不是本申报件的参与单位。"))?;
        if member.has_joined() {
            return Err(Refusal::new(format!("{}已确认参与，不能移出。", member.member.name)));
        }
        Ok(())
    }

    fn still_to_join(&self, at: &Situation) -> Result<&Participant, Refusal> {
        let own = self.participant(&at.by.organisation.as_str().into());
        let own = own.ok_or_else(|| Refusal::new("本单位不是该申报件的参与单位。"))?;
        if own.has_joined() { Err(Refusal::new("本单位已确认参与。")) } else { Ok(own) }
    }

    /// What is said of the members when a file is signed: those named now, of whom some may have joined before.
    pub(super) fn invited(&self, at: &Situation) -> Option<ApplicationEvent> {
        let named = named(at, self, &self.filed);
        let known = named.into_iter().filter_map(|(row, name)| Some((row.id.clone(), at.knowing.members.get(&name)?.clone())));
        let members: Vec<(String, Member)> = known.collect();
        let nobody = members.is_empty() && self.participants.is_empty();
        (!nobody).then(|| ApplicationEvent::Invited { members, at: at.now, by: at.by.clone() })
    }

    pub(super) fn invite(&mut self, members: Vec<(String, Member)>) {
        let before = std::mem::take(&mut self.participants);
        let one = |(row, member): (String, Member)| {
            let known = before.iter().find(|one| one.member.organisation == member.organisation && one.row == row);
            known.cloned().unwrap_or(Participant { member, row, joining: Joining::Invited, answers: Answers::default() })
        };
        self.participants = members.into_iter().map(one).collect();
    }

    pub(super) fn said_by(&mut self, organisation: &str, answers: Option<Answers>, joining: Joining) {
        for one in self.participants.iter_mut().filter(|one| one.member.organisation.as_str() == organisation) {
            one.joining = joining.clone();
            if let Some(answers) = &answers {
                one.answers = answers.clone();
            }
        }
    }

    pub(super) fn removed(&mut self, organisation: &OrganisationId, kind: &str) {
        let Some(row) = self.participant(organisation).map(|one| one.row.clone()) else { return };
        self.participants.retain(|one| one.member.organisation != *organisation);
        if let Some(rows) = self.filed.rows.get_mut(kind) {
            rows.retain(|known| known.id != row);
        }
    }

    pub(super) fn replaced(&mut self, organisation: &OrganisationId, member: Member, kind: &str, name: &str) {
        let Some(one) = self.participants.iter_mut().find(|one| one.member.organisation == *organisation) else { return };
        if let Some(row) = self.filed.rows.get_mut(kind).and_then(|rows| rows.iter_mut().find(|row| row.id == one.row)) {
            row.texts = [(name.to_owned(), member.name.clone())].into();
        }
        *one = Participant { member, row: one.row.clone(), joining: Joining::Invited, answers: Answers::default() };
    }

    /// Whether nobody is still to join.
    pub fn all_joined(&self) -> bool {
        self.participants.iter().all(Participant::has_joined)
    }
}

/// What a member's page says: what it asks for, and of rows only the member's own. Who it is the lead said, and what is known of
/// it goes by that name: nobody counts under another's.
fn own_page(at: &Situation, spec: &StageSpec, own: &Participant, answers: Answers) -> Answers {
    let mut answers = answers.only(at.pack, spec);
    let Some(members) = spec.of.as_ref().and_then(|of| at.pack.members(of.as_str())) else { return answers };
    let (kind, name) = (&at.pack.kinds[members.kind as usize].id, &at.pack.inputs[members.kind as usize][members.named].name);
    answers.rows.retain(|known, _| known == kind);
    for rows in answers.rows.values_mut() {
        rows.retain(|row| row.id == own.row);
        rows.iter_mut().for_each(|row| drop(row.texts.remove(name)));
    }
    answers
}

/// The rows that name members, and the name in each as it is compared; none where the section does not apply.
fn named<'a>(at: &Situation, file: &Application, filed: &'a Answers) -> Vec<(&'a RowAnswers, String)> {
    let Some(members) = at.pack.members(&file.procedure) else { return Vec::new() };
    if !applies(at, file, filed, members.section) {
        return Vec::new();
    }
    let name = &at.pack.inputs[members.kind as usize][members.named].name;
    let rows = filed.rows(&at.pack.kinds[members.kind as usize].id).iter();
    rows.map(|row| (row, row.texts.get(name).map(|text| squeezed(text)).unwrap_or_default())).collect()
}

fn applies(at: &Situation, file: &Application, filed: &Answers, section: &Section) -> bool {
    debug_assert!(matches!(section.body, Body::Rows { .. }));
    let Some(when) = &section.when else { return true };
    let case = super::build(at.pack, &Application { filed: filed.clone(), ..file.clone() }, at.knowing, at.now);
    holds(at.pack, &case.draft, when)
}

/// Members that cannot be asked: not registered here, named twice, or the lead itself.
pub(super) fn unknown_members(at: &Situation, file: &Application, spec: &StageSpec, filing: &Filing) -> Vec<FieldError> {
    let Some(members) = at.pack.members(&file.procedure) else { return Vec::new() };
    let asked = spec.forms.iter().filter_map(|form| at.pack.form(form)).flat_map(|form| &form.sections);
    if !asked.into_iter().any(|section| section.members.is_some()) {
        return Vec::new();
    }
    let (kind, name) = (&at.pack.kinds[members.kind as usize].id, &at.pack.inputs[members.kind as usize][members.named].name);
    let named = named(at, file, &filing.answers);
    let mut errors = Vec::new();
    for (place, (row, text)) in named.iter().enumerate().filter(|(_, (_, text))| !text.is_empty()) {
        let typed = row.texts.get(name).map_or("", |text| text.trim());
        let found = at.knowing.members.get(text).map(|member| &member.organisation);
        let same = |other: &(&RowAnswers, String)| at.knowing.members.get(&other.1).map(|member| &member.organisation) == found;
        let message = match found {
            None => format!("“{typed}”没有在平台注册，请核对名称，或者通知该单位注册后再提交。"),
            Some(one) if *one == file.applicant => format!("“{typed}”是申报（牵头）单位，不列为参与单位。"),
            Some(_) if named[..place].iter().any(same) => format!("“{typed}”重复填写，请删除重复的一行。"),
            Some(_) => continue,
        };
        errors.push(FieldError::new(format!("{kind}.{}.{name}", row.id), message));
    }
    errors
}
