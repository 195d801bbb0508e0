//! One step of one file, done by whoever does it.

use std::collections::BTreeMap;

use policy::pack::{Pack, Work};
use policy::spec::{Actor, StageSpec};
use records::access::Acting;
use records::account::Role;
use records::answers::Answers;
use records::application::{Application, Finding, Judgement, Official, Point, takes_assignment};
use records::organisation::OrganisationKind;
use records::{Moment, Noun as _};
use service::ServiceError;
use service::application::{self, Audit, FillDraft};

use crate::answers::Writing;
use crate::city::City;
use crate::enterprise::Enterprise;
use crate::people::{People, provider_id};
use crate::{DemoError, Ground};

/// A file under way.
pub(crate) struct Running<'a> {
    pub(crate) ground: &'a Ground<'a>,
    pub(crate) city: &'a City,
    pub(crate) people: &'a People,
    pub(crate) pack: &'a Pack,
    pub(crate) enterprise: &'a Enterprise,
    /// The file, and when it was begun.
    pub(crate) id: String,
    pub(crate) begun: Moment,
}

impl Running<'_> {
    fn writing<'w>(&'w self, provider: &'w str) -> Writing<'w> {
        let name = &self.people.providers[self.enterprise.provider];
        Writing { city: self.city, pack: self.pack, enterprise: self.enterprise, provider: (name, provider), begun: self.begun }
    }

    /// The file as it stands, and its version.
    pub(crate) async fn state(&self) -> Result<(i64, Application), DemoError> {
        let stored = self.ground.store.record(Application::NOUN, &self.id).await?.ok_or(ServiceError::NotFound)?;
        let file = serde_json::from_str(&stored.state).map_err(|_| ServiceError::Broken)?;
        Ok((stored.version, file))
    }

    /// Works on a stage until it is done.
    pub(crate) async fn work(&self, stage: &StageSpec, now: Moment) -> Result<(), DemoError> {
        match stage.work {
            Some(Work::Fill) => self.fill(stage, now).await,
            Some(Work::Check | Work::Assess | Work::Audit) => self.official(stage, now).await,
            Some(Work::Open | Work::Join | Work::Review | Work::Publicise | Work::Pay) | None => Ok(()),
        }
    }

    /// One fills in, another signs.
    async fn fill(&self, stage: &StageSpec, now: Moment) -> Result<(), DemoError> {
        let (filler, signer) = (self.own(stage.actor, Role::Handler), self.own(stage.actor, Role::Certifier));
        let desk = self.ground.desk(now);
        let (version, mut draft) = application::draft(&desk, &filler, &self.id, &stage.id).await?;
        let provider = provider_id(self.enterprise.provider);
        let forms: Vec<_> = stage.forms.iter().filter_map(|form| self.pack.form(form)).collect();
        self.writing(&provider).forms(&forms, &mut draft.answers);
        self.papers(stage, &filler, &mut draft);
        application::save_draft(&desk, &filler, &self.id, &stage.id, version, &draft).await?;
        let (version, _) = self.state().await?;
        application::prepare(&desk, &filler, &self.id, version, &stage.id).await?;
        let signed_at = Moment(now.0 + 30 * 60 * 1000);
        application::sign(&self.ground.desk(signed_at), &signer, &self.id, version + 1, &stage.id).await?;
        Ok(())
    }

    fn own(&self, actor: Actor, role: Role) -> Acting {
        match actor {
            Actor::Provider => self.people.provider(self.enterprise.provider, role),
            _ => self.people.filler(self.enterprise, role),
        }
    }

    fn papers(&self, stage: &StageSpec, filler: &Acting, draft: &mut FillDraft) {
        let paper = format!("{}-paper", filler.organisation);
        for slot in &stage.materials {
            draft.papers.entry(slot.value().clone()).or_insert_with(|| vec![paper.as_str().into()]);
        }
    }

    async fn official(&self, stage: &StageSpec, now: Moment) -> Result<(), DemoError> {
        self.assign_it(stage, now).await?;
        let (mut version, file) = self.state().await?;
        let desk = self.ground.desk(now);
        let Some(actor) = self.official_of(stage) else { return Ok(()) };
        if takes_assignment(actor.kind) && !file.has_declared(&stage.id, actor.account.as_str()) {
            application::declare(&desk, &actor, &self.id, version, &stage.id, false, "").await?;
            version += 1;
        }
        let official = self.stated(stage, &actor, &file);
        match stage.work {
            Some(Work::Assess) => application::assess(&desk, &actor, &self.id, version, &stage.id, official).await?,
            Some(Work::Audit) => {
                let audit = Audit { official, lower: BTreeMap::new() };
                application::audit(&desk, &actor, &self.id, version, &stage.id, audit).await?;
            }
            _ => application::approve(&desk, &actor, &self.id, Some(version), &stage.id, official).await?,
        }
        Ok(())
    }

    /// Assigns a third party to a stage that needs one and has none.
    pub(crate) async fn assign_it(&self, stage: &StageSpec, now: Moment) -> Result<(), DemoError> {
        let (version, file) = self.state().await?;
        let waits = file.stages.get(&stage.id).is_some_and(|state| state.assigned.is_none());
        let city = self.people.actor(Actor::CityBureau, self.enterprise);
        let (Some(actor), Some(city), true) = (self.official_of(stage), city, waits) else { return Ok(()) };
        if takes_assignment(actor.kind) {
            let desk = self.ground.desk(now);
            application::assign(&desk, city, &self.id, Some(version), &stage.id, actor.organisation.as_str()).await?;
        }
        Ok(())
    }

    /// Who works on a stage: the bureau of the place, the provider the file names, or a third party by turns.
    fn official_of(&self, stage: &StageSpec) -> Option<Acting> {
        if stage.actor == Actor::Provider {
            return Some(self.people.provider(self.enterprise.provider, Role::Handler));
        }
        let kind = OrganisationKind::ALL.into_iter().find(|kind| kind.actor() == Some(stage.actor))?;
        if takes_assignment(kind) {
            let parties = self.people.offices(kind);
            return parties.get(self.enterprise.at % parties.len().max(1)).map(|acting| (*acting).clone());
        }
        self.people.actor(stage.actor, self.enterprise).cloned()
    }

    fn stated(&self, stage: &StageSpec, actor: &Acting, file: &Application) -> Official {
        let writing = self.writing("");
        let mut stated = writing.asks(stage.asks.iter().map(|ask| ask.as_str()), &file.filed);
        if stage.work == Some(Work::Assess) {
            writing.assessment(&mut stated);
        }
        let forms: Vec<_> = stage.forms.iter().filter_map(|form| self.pack.form(form)).collect();
        let mut own = Answers::default();
        writing.forms(&forms, &mut own);
        let judged = stage.judges.iter().map(|id| (id.value().clone(), Judgement { holds: true, note: "经查询核实，未发现问题。".into() }));
        let paper = format!("{}-paper", actor.organisation);
        let papers = stage.materials.iter().map(|slot| (slot.value().clone(), vec![paper.as_str().into()]));
        Official { stated: stated.overlaid(&own), judgements: judged.collect(), papers: papers.collect(), ..Official::default() }
    }

    /// Returns the file at a checking stage.
    pub(crate) async fn return_it(&self, stage: &StageSpec, now: Moment) -> Result<(), DemoError> {
        let (version, _) = self.state().await?;
        let Some(actor) = self.people.actor(stage.actor, self.enterprise) else { return Ok(()) };
        let message = "付款凭证扫描件不清晰，请重新上传，并补充诊断报告签章页。".into();
        let point = Point { path: String::new(), message, clause: clause_of(stage) };
        let desk = self.ground.desk(now);
        application::return_for_correction(&desk, actor, &self.id, version, &stage.id, vec![point], None).await?;
        Ok(())
    }

    /// Refuses the file at a checking stage.
    pub(crate) async fn refuse_it(&self, stage: &StageSpec, now: Moment) -> Result<(), DemoError> {
        let (version, _) = self.state().await?;
        let Some(actor) = self.people.actor(stage.actor, self.enterprise) else { return Ok(()) };
        let clause = clause_of(stage);
        let finding = Finding { condition: String::new(), message: "经核实，所报内容与实际情况不符。".into(), clause };
        let desk = self.ground.desk(now);
        application::refuse(&desk, actor, &self.id, version, &stage.id, vec![finding], BTreeMap::new()).await?;
        Ok(())
    }
}

/// The first clause a stage follows.
fn clause_of(stage: &StageSpec) -> String {
    stage.clause.0.first().cloned().unwrap_or_default()
}
