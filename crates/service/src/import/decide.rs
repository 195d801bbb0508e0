//! What entries change, looked at beside what is on file, some hundreds at a time.

use std::collections::{BTreeMap, BTreeSet};

use papers::sheet_in::Problem;

use records::enlistment::{Enlistment, EnlistmentEvent};
use records::ids::OrganisationId;
use records::organisation::{Organisation, OrganisationEvent, OrganisationKind, Profile};
use standards::text::squash;
use store::{Change, StandingRow};

use super::entries::{Entry, Listed};
use super::taking::Taking;
use super::{Counts, Target};
use crate::ServiceError;
use crate::on_file::{self, OnFile};

/// How a table of organisations is decided on.
pub(super) struct Deciding<'a> {
    pub(super) taking: Taking<'a>,
    pub(super) kind: OrganisationKind,
    pub(super) all: Vec<Entry>,
}

/// What a part of a table changes.
#[derive(Debug, Default)]
pub(super) struct Decided {
    pub(super) counts: Counts,
    pub(super) problems: Vec<Problem>,
    /// Changes in the chain of the platform.
    pub(super) platform: Vec<Change>,
    /// Changes in the chain of the programme.
    pub(super) programme: Vec<Change>,
}

/// What is on file of the organisations of a part.
#[derive(Default)]
struct Known {
    /// By credit code.
    organisations: BTreeMap<String, OnFile<Organisation>>,
    /// Ids of those that somebody acts for.
    peopled: BTreeSet<String>,
    /// By organisation.
    standings: BTreeMap<String, StandingRow>,
    /// By id.
    enlisted: BTreeMap<String, OnFile<Enlistment>>,
}

/// What one entry comes to.
#[derive(Clone, Copy)]
pub(super) enum Outcome {
    New,
    Changed,
    Same,
    Kept,
}

impl Deciding<'_> {
    /// Decides on a part.
    pub(super) async fn part(&self, part: &[Entry]) -> Result<Decided, ServiceError> {
        let known = self.known(part).await?;
        let mut decided = Decided::default();
        for entry in part {
            let outcome = self.one(entry, &known, &mut decided)?;
            decided.note(outcome);
        }
        Ok(decided)
    }

    async fn known(&self, part: &[Entry]) -> Result<Known, ServiceError> {
        let store = self.taking.desk.store;
        let codes: Vec<String> = part.iter().map(|entry| entry.code.clone()).collect();
        let ids: Vec<String> = store.organisations_of_codes(&codes).await?.into_iter().map(|row| row.id).collect();
        let mut known = Known::default();
        if ids.is_empty() {
            return Ok(known);
        }
        for found in on_file::load_many::<Organisation>(store, &ids).await? {
            known.organisations.insert(found.state.credit_code.clone().unwrap_or_default(), found);
        }
        known.peopled = store.with_people(&ids).await?;
        if let Target::Roster { programme, procedure } = self.taking.target {
            let standings = store.standings_of(programme, procedure, &ids).await?;
            known.standings = standings.into_iter().map(|row| (row.organisation.clone(), row)).collect();
            let filed: Vec<String> = ids.iter().map(|id| Enlistment::id(programme, procedure, &id.as_str().into())).collect();
            for found in on_file::load_many::<Enlistment>(store, &filed).await? {
                known.enlisted.insert(found.state.organisation.to_string(), found);
            }
        }
        Ok(known)
    }

    fn one(&self, entry: &Entry, known: &Known, decided: &mut Decided) -> Result<Result<Outcome, Problem>, ServiceError> {
        let found = known.organisations.get(&entry.code);
        if let Some(problem) = self.conflict(entry, found) {
            return Ok(Err(problem));
        }
        let id = found.map_or_else(|| self.taking.desk.edge.id(), |found| found.state.id.to_string());
        let own = self.organisation(entry, &id, found, known.peopled.contains(&id), decided)?;
        let Some(listed) = &entry.listed else { return Ok(Ok(own)) };
        match self.listing(entry, listed, &id, known) {
            Err(problem) => Ok(Err(problem)),
            Ok(None) => Ok(Ok(Outcome::Same)),
            Ok(Some(entered)) => {
                let before = known.enlisted.get(&id);
                decided.programme.push(enlistment_change(&entered, before)?);
                Ok(Ok(if before.is_some() { Outcome::Changed } else { Outcome::New }))
            }
        }
    }

    /// What does not go with what is on file, or is not this bureau's.
    fn conflict(&self, entry: &Entry, found: Option<&OnFile<Organisation>>) -> Option<Problem> {
        let Some(found) = found.map(|found| &found.state) else {
            return match entry.place.as_str() {
                "" => Some(self.problem(entry, "place", "", "该单位未在平台登记，没有填写所在地区", "请填写所在的旗县区")),
                place if !self.taking.acting.covers(place) => Some(self.elsewhere(entry)),
                _ => None,
            };
        };
        if found.kind != self.kind {
            let what = format!("该代码已登记为{}“{}”", found.kind, found.name);
            return Some(self.problem(entry, "code", &entry.code, &what, &format!("请核对代码；本表只能填{}", self.kind)));
        }
        if squash(&found.name) != squash(&entry.name) {
            let what = format!("该代码在平台登记的名称是“{}”", found.name);
            return Some(self.problem(
                entry,
                "name",
                &entry.name,
                &what,
                "请核对名称和代码，按登记的名称填写；企业已更名的，请先由平台管理更正",
            ));
        }
        if !self.taking.acting.covers(&found.place) {
            return Some(self.elsewhere(entry));
        }
        (!entry.place.is_empty() && entry.place != found.place).then(|| {
            let what = format!("该单位在平台登记的地区是{}", place_name(&found.place));
            self.problem(entry, "place", place_name(&entry.place), &what, "请核对所在地区，按登记的地区填写或者留空")
        })
    }

    fn elsewhere(&self, entry: &Entry) -> Problem {
        let what = "该单位所在地区不由本部门负责";
        self.problem(entry, "place", place_name(&entry.place), what, "请核对所在地区；不归本部门管理的单位请从表中删除")
    }

    fn problem(&self, entry: &Entry, name: &str, text: &str, what: &str, remedy: &str) -> Problem {
        self.taking.problem(entry.row, name, text, what, remedy)
    }

    fn organisation(
        &self,
        entry: &Entry,
        id: &str,
        found: Option<&OnFile<Organisation>>,
        peopled: bool,
        decided: &mut Decided,
    ) -> Result<Outcome, ServiceError> {
        let before = found.map_or_else(Profile::default, |found| found.state.profile.clone());
        let after = entry.said.as_ref().map_or_else(|| before.clone(), |said| said.over(&before));
        let mut events = Vec::new();
        if found.is_none() {
            events.push(self.registered(entry, id));
        }
        if after != before {
            if peopled {
                return Ok(Outcome::Kept);
            }
            events.push(OrganisationEvent::ProfileSet { profile: after });
        }
        if events.is_empty() {
            return Ok(Outcome::Same);
        }
        decided.platform.push(on_file::change(id, found, &events)?);
        Ok(if found.is_some() { Outcome::Changed } else { Outcome::New })
    }

    fn registered(&self, entry: &Entry, id: &str) -> OrganisationEvent {
        OrganisationEvent::Registered {
            id: id.into(),
            kind: self.kind,
            name: entry.name.clone(),
            credit_code: Some(entry.code.clone()),
            place: entry.place.clone(),
        }
    }

    /// What is to be entered; none where it stands so already. A standing that was applied for keeps its date.
    fn listing(&self, entry: &Entry, listed: &Listed, id: &str, known: &Known) -> Result<Option<Enlistment>, Problem> {
        let Target::Roster { programme, procedure } = self.taking.target else { return Ok(None) };
        let entered = Enlistment {
            programme: programme.clone(),
            procedure: procedure.clone(),
            organisation: OrganisationId::from(id),
            since_on: listed.since_on,
            batch: listed.batch.clone(),
            basis: listed.basis.clone(),
            import: self.taking.import.clone(),
        };
        match (known.enlisted.get(id), known.standings.get(id)) {
            (Some(before), Some(_)) => Ok((!before.state.says_the_same(&entered)).then_some(entered)),
            (None, Some(standing)) if standing.since_on != listed.since_on.to_string() => {
                let what = format!("该单位经平台申报，已于{}取得资格", standing.since_on);
                Err(self.problem(entry, "since_on", &listed.since_on.to_string(), &what, "请改为该日期，或者从表中删除该行"))
            }
            (None, Some(_)) => Ok(None),
            (_, None) => Ok(Some(entered)),
        }
    }
}

pub(super) fn place_name(id: &str) -> &str {
    standards::division::find(id).map_or(id, |place| place.name.as_str())
}

fn enlistment_change(entered: &Enlistment, before: Option<&OnFile<Enlistment>>) -> Result<Change, ServiceError> {
    let id = Enlistment::id(&entered.programme, &entered.procedure, &entered.organisation);
    on_file::change(&id, before, &[EnlistmentEvent::Entered { entry: entered.clone() }])
}

impl Decided {
    /// Notes what an entry came to.
    pub(super) fn note(&mut self, outcome: Result<Outcome, Problem>) {
        match outcome {
            Ok(Outcome::New) => self.counts.new += 1,
            Ok(Outcome::Changed) => self.counts.changed += 1,
            Ok(Outcome::Same) => self.counts.same += 1,
            Ok(Outcome::Kept) => self.counts.kept += 1,
            Err(problem) => self.problems.push(problem),
        }
    }
}
