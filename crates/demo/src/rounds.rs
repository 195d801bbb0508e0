//! The city's history, batch after batch and step after step, so that the journal runs forward in time.

use std::collections::BTreeMap;
use std::sync::Arc;

use policy::pack::{Pack, Work};
use policy::spec::Actor;
use records::Moment;
use records::access::Acting;
use records::account::Role;
use records::organisation::OrganisationKind;
use service::application;
use service::batch::Calling;
use service::payment::{Banked, Listing};
use service::publicity::Announcing;
use service::{ServiceError, batch, demo, payment, publicity, time_limits};

use crate::city::{Batch, City, Twist};
use crate::enterprise::Enterprise;
use crate::people::{People, enterprise_id, provider_id};
use crate::work::Running;
use crate::{DemoError, Ground};

const MINUTE_MS: i64 = 60 * 1000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;
/// A publicity of the demo is up for so many days.
const PUBLICITY_DAYS: i32 = 6;

/// The whole history.
pub(crate) async fn run(ground: &Ground<'_>, city: &City, people: &People, told: &mut dyn FnMut(&str)) -> Result<(), DemoError> {
    let pack = ground.library.pack(&city.programme).ok_or(ServiceError::NotFound)?.clone();
    let history = History { ground, city, people, pack };
    history.papers().await?;
    history.pool().await?;
    told("服务商已入池");
    for (at, declared) in city.batch.iter().enumerate() {
        history.batch(at, declared).await?;
        told(&format!("{}已生成", declared.label));
    }
    demo::forget_letters(ground.store, ground.now).await?;
    Ok(())
}

struct History<'a> {
    ground: &'a Ground<'a>,
    city: &'a City,
    people: &'a People,
    pack: Arc<Pack>,
}

impl History<'_> {
    fn day(&self, offset: i32) -> Moment {
        Moment(Moment::start_of(self.ground.now.day().add_days(offset)).0 + 9 * 60 * MINUTE_MS)
    }

    fn bureau(&self) -> Result<&Acting, DemoError> {
        self.people.office(OrganisationKind::CityBureau, &self.city.city).first().ok_or(DemoError::Service(ServiceError::NotFound))
    }

    /// One paper for each organisation that hands any in.
    async fn papers(&self) -> Result<(), DemoError> {
        let (digest, bytes) = self.ground.keep_paper().await?;
        let applicants = self.people.enterprises.iter().map(|enterprise| enterprise_id(enterprise.at));
        let providers = (0..self.people.providers.len()).map(provider_id);
        let parties = self.people.offices(OrganisationKind::Evaluator).into_iter().map(|acting| acting.organisation.to_string());
        for organisation in applicants.chain(providers).chain(parties) {
            let account = format!("{organisation}-a");
            demo::paper(self.ground.store, &organisation, &account, "演示材料.pdf", &digest, bytes, self.ground.now).await?;
        }
        Ok(())
    }

    async fn call(&self, procedure: &str, label: &str, opens: Moment, deadline: Moment) -> Result<String, DemoError> {
        let name = self.pack.procedure(procedure).map_or("", |procedure| procedure.label.as_str());
        let calling = Calling {
            programme: self.pack.id.clone(),
            procedure: procedure.to_owned(),
            label: format!("{label}（{name}）"),
            notice: self.city.notice.clone(),
            opens_on: opens.day().to_string(),
            deadline_on: deadline.day().to_string(),
        };
        Ok(batch::open(&self.ground.desk(opens), self.bureau()?, &calling).await?)
    }

    /// Every provider gets into the pool before the first batch.
    async fn pool(&self) -> Result<(), DemoError> {
        let first = self.city.batch.first().map_or(0, |batch| batch.opens);
        let (opens, deadline) = (self.day(first - 40), self.day(first + 700));
        let call = self.call(&self.city.pool, "常年受理", opens, deadline).await?;
        let Some(any) = self.people.enterprises.first() else { return Ok(()) };
        let mut files = Vec::new();
        for at in 0..self.people.providers.len() {
            let enterprise = Enterprise { provider: at, ..any.clone() };
            let now = Moment(opens.0 + (at as i64 + 1) * MINUTE_MS);
            let filler = self.people.provider(at, Role::Handler);
            let id = application::start(&self.ground.desk(now), &filler, &call).await?;
            files.push((enterprise, id));
        }
        let mut now = Moment(opens.0 + DAY_MS);
        for round in 0..2 {
            for (at, (enterprise, id)) in files.iter().enumerate() {
                let running = self.running(enterprise, id.clone(), opens);
                self.step(&running, Moment(now.0 + at as i64 * MINUTE_MS), None).await?;
            }
            now = Moment(now.0 + 2 * DAY_MS * (round + 1));
        }
        let waiting: Vec<String> = files.into_iter().map(|(_, id)| id).collect();
        self.publicise(&self.city.pool, "入池", &waiting, now, true).await
    }

    fn running<'a>(&'a self, enterprise: &'a Enterprise, id: String, begun: Moment) -> Running<'a> {
        Running { ground: self.ground, city: self.city, people: self.people, pack: &self.pack, enterprise, id, begun }
    }

    async fn batch(&self, at: usize, declared: &Batch) -> Result<(), DemoError> {
        let mut alive: Vec<&Enterprise> = self.people.enterprises.iter().filter(|enterprise| enterprise.batch == at).collect();
        let mut now = self.day(declared.opens);
        let deadline = self.day(declared.deadline);
        for procedure in &self.city.procedures {
            let call = self.call(procedure, &declared.label, now, deadline).await?;
            let files = self.begin(&alive, &call, now).await?;
            now = Moment(now.0 + DAY_MS);
            let (left, end) = self.steps(procedure, declared, files, now).await?;
            alive.retain(|enterprise| left.contains(&enterprise.at));
            now = end;
        }
        Ok(())
    }

    async fn begin(&self, alive: &[&Enterprise], call: &str, now: Moment) -> Result<BTreeMap<usize, (String, Moment)>, DemoError> {
        let mut files = BTreeMap::new();
        for (at, enterprise) in alive.iter().enumerate() {
            let begun = Moment(now.0 + (at as i64 + 1) * MINUTE_MS);
            let filler = self.people.filler(enterprise, Role::Handler);
            files.insert(enterprise.at, (application::start(&self.ground.desk(begun), &filler, call).await?, begun));
        }
        Ok(files)
    }

    /// Step by step until nothing moves; answers who got to the end, and when.
    async fn steps(
        &self,
        procedure: &str,
        declared: &Batch,
        mut files: BTreeMap<usize, (String, Moment)>,
        mut now: Moment,
    ) -> Result<(Vec<usize>, Moment), DemoError> {
        let rounds = self.pack.stages_of(procedure).len();
        for _ in 0..rounds {
            let mut stopped = Vec::new();
            for (step, (at, (id, begun))) in files.iter().enumerate() {
                let running = self.running(&self.people.enterprises[*at], id.clone(), *begun);
                if self.step(&running, Moment(now.0 + step as i64 * MINUTE_MS), Some(procedure)).await? {
                    stopped.push(*at);
                }
            }
            stopped.iter().for_each(|at| drop(files.remove(at)));
            now = Moment(now.0 + i64::from(declared.round_days) * DAY_MS);
        }
        now = self.announce(procedure, declared, &mut files, now).await?;
        self.pay(procedure, declared, &files, now).await?;
        time_limits::elapse(&self.ground.desk(now)).await?;
        Ok((files.into_keys().collect(), now))
    }

    /// Works on every open stage of a file, or stops where its path ends; answers whether it stopped.
    async fn step(&self, running: &Running<'_>, now: Moment, procedure: Option<&str>) -> Result<bool, DemoError> {
        let (_, file) = running.state().await?;
        let until = procedure.and_then(|procedure| running.enterprise.path.until.strip_prefix(procedure)?.strip_prefix('/'));
        let open: Vec<String> = file.open_stages().map(|(stage, _)| stage.to_owned()).collect();
        for stage in open.iter().filter_map(|stage| self.pack.stage(stage)) {
            match (until == Some(stage.id.as_str()), stage.work) {
                (true, Some(Work::Publicise | Work::Pay)) => {}
                (true, _) => {
                    self.twist(running, stage, now).await?;
                    return Ok(true);
                }
                (false, _) => running.work(stage, now).await?,
            }
        }
        Ok(false)
    }

    async fn twist(&self, running: &Running<'_>, stage: &policy::spec::StageSpec, now: Moment) -> Result<(), DemoError> {
        match running.enterprise.path.twist {
            Some(Twist::Refused) => running.refuse_it(stage, now).await,
            Some(Twist::Returned) => running.return_it(stage, self.ground.now).await,
            Some(Twist::Lapsed) => running.return_it(stage, now).await,
            // Two of three wait for a third party that is assigned, the third one for the bureau to assign it.
            None if !running.enterprise.at.is_multiple_of(3) => running.assign_it(stage, now).await,
            _ => Ok(()),
        }
    }

    /// Results are put up; those whose path ends there stay up, or wait to be put up.
    async fn announce(
        &self,
        procedure: &str,
        declared: &Batch,
        files: &mut BTreeMap<usize, (String, Moment)>,
        now: Moment,
    ) -> Result<Moment, DemoError> {
        let stages = self.pack.stages_of(procedure);
        let Some(stage) = stages.iter().find(|stage| stage.work == Some(Work::Publicise)) else { return Ok(now) };
        let ends_here = |at: &usize| self.people.enterprises[*at].path.until == format!("{procedure}/{}", stage.id);
        let (stay, pass): (Vec<usize>, Vec<usize>) = files.keys().copied().partition(ends_here);
        let ids = |all: &[usize]| all.iter().filter_map(|at| files.get(at)).map(|(id, _)| id.clone()).collect::<Vec<_>>();
        let shown: Vec<usize> =
            stay.iter().copied().filter(|at| self.people.enterprises[*at].path.twist == Some(Twist::Publicised)).collect();
        let shown = ids(&shown);
        self.publicise(procedure, &declared.label, &ids(&pass), now, true).await?;
        self.publicise(procedure, &declared.label, &shown, self.ground.now, false).await?;
        stay.iter().for_each(|at| drop(files.remove(at)));
        Ok(Moment(now.0 + i64::from(PUBLICITY_DAYS + 2) * DAY_MS))
    }

    async fn publicise(&self, procedure: &str, label: &str, files: &[String], now: Moment, pass: bool) -> Result<(), DemoError> {
        if files.is_empty() {
            return Ok(());
        }
        let name = self.pack.procedure(procedure).map_or("", |procedure| procedure.label.as_str());
        let announcing = Announcing {
            title: format!("{}关于{label}{name}结果的公示", self.city.mark),
            starts_on: now.day().to_string(),
            ends_on: now.day().add_days(PUBLICITY_DAYS).to_string(),
            contact: self.city.contact.clone(),
            applications: files.to_vec(),
        };
        publicity::open(&self.ground.desk(now), self.bureau()?, &self.pack.id, procedure, &announcing).await?;
        if pass {
            let after = Moment(now.0 + i64::from(PUBLICITY_DAYS + 1) * DAY_MS);
            publicity::finish(&self.ground.desk(after)).await?;
        }
        Ok(())
    }

    /// What is to be paid is paid on one list, approved by two.
    async fn pay(
        &self,
        procedure: &str,
        declared: &Batch,
        files: &BTreeMap<usize, (String, Moment)>,
        now: Moment,
    ) -> Result<(), DemoError> {
        let stages = self.pack.stages_of(procedure);
        let Some(stage) = stages.iter().find(|stage| stage.work == Some(Work::Pay)) else { return Ok(()) };
        let paid = files.iter().filter(|(at, _)| self.people.enterprises[**at].path.until == "end");
        let paid: Vec<(usize, String)> = paid.map(|(at, (id, _))| (*at, id.clone())).collect();
        let finance = self.people.office(OrganisationKind::FinanceBureau, &self.city.city);
        let [maker, first, second, ..] = finance else { return Ok(()) };
        if paid.is_empty() || stage.actor != Actor::FinanceBureau {
            return Ok(());
        }
        let desk = self.ground.desk(now);
        let applications = paid.iter().map(|(_, id)| id.clone()).collect();
        let listing = Listing { programme: self.pack.id.clone(), label: format!("{}补贴资金", declared.label), applications };
        let list = payment::prepare(&desk, maker, &listing).await?;
        payment::approve(&desk, first, &list, 1).await?;
        payment::approve(&desk, second, &list, 2).await?;
        for (at, id) in &paid {
            payment::record(&desk, maker, &list, id, Banked::Paid).await?;
            if self.people.enterprises[*at].path.twist == Some(Twist::ClaimedBack) {
                self.claim_back(maker, *at, id, now).await?;
            }
        }
        Ok(())
    }

    async fn claim_back(&self, maker: &Acting, at: usize, id: &str, now: Moment) -> Result<(), DemoError> {
        let running = self.running(&self.people.enterprises[at], id.to_owned(), now);
        let (version, file) = running.state().await?;
        let reason = "事后核查发现部分设备为改造前购置，属于“新瓶装旧酒”。";
        let desk = self.ground.desk(Moment(now.0 + 20 * DAY_MS));
        application::claim_back(&desk, maker, id, version, file.money.paid_fen / 3, reason, "6.1").await?;
        Ok(())
    }
}
