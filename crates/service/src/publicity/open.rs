//! Putting results up.

use policy::pack::Work;
use records::access::{Acting, may_conduct};
use records::application::Application;
use records::publicity::{Publicity, PublicityItem};
use standards::calendar::Calendar;
use store::{InboxFilter, InboxItem, Page};

use crate::application::{self, FileAt, Together};
use crate::desk::{Desk, days, known, only};
use crate::on_file::{self, place_path};
use crate::{ServiceError, compiled_once};

/// Files in one publicity.
pub const ITEMS_MAX: usize = 1_000;

/// What a notice of publicity says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Announcing {
    /// Its heading.
    pub title: String,
    /// First day, as typed.
    pub starts_on: String,
    /// Last day, as typed.
    pub ends_on: String,
    /// Where and how to object.
    pub contact: String,
    /// The files.
    pub applications: Vec<String>,
}

/// The files that wait for their publicity in a person's place.
#[compiled_once]
pub async fn candidates(desk: &Desk<'_>, acting: &Acting, programme: &str, procedure: &str) -> Result<Vec<InboxItem>, ServiceError> {
    only(may_conduct(acting, &acting.place))?;
    let pack = desk.newest(programme)?;
    let stage = pack.stages_of(procedure).into_iter().find(|stage| stage.work == Some(Work::Publicise));
    let stage = stage.ok_or(ServiceError::NotFound)?;
    let filter = InboxFilter {
        programme: Some(programme.to_owned()),
        procedure: Some(procedure.to_owned()),
        stage: Some(stage.id.clone()),
        place_path: Some(place_path(&acting.place)),
        ..InboxFilter::default()
    };
    let waiting = desk.store.inbox(&filter, Page::first(Page::SIZE_MAX)).await?.rows;
    Ok(waiting.into_iter().filter(|item| item.application.state != "in_publicity").collect())
}

/// Puts results up; answers the publicity's id.
#[compiled_once]
pub async fn open(desk: &Desk<'_>, acting: &Acting, programme: &str, procedure: &str, said: &Announcing) -> Result<String, ServiceError> {
    only(may_conduct(acting, &acting.place))?;
    let (starts_on, ends_on) = days(("starts_on", "公示开始日期", &said.starts_on), ("ends_on", "公示截止日期", &said.ends_on))?;
    let pack = desk.newest(programme)?;
    let (id, by) = (desk.edge.id(), acting.by());
    let mut items = Vec::new();
    let mut all = Together::default();
    for application in on_file::distinct("items", &said.applications, ITEMS_MAX)? {
        let file = application::file(desk, application, None).await?;
        known(acting.covers(&file.state().place) && file.state().procedure == procedure && file.state().programme == programme)?;
        let events = file.state().publicise(id.as_str().into(), &file.at(desk, &by))?;
        all.add_file(desk, &file, &by, &events).await?;
        items.push(item(&file));
    }
    let publicity = Publicity {
        id: id.as_str().into(),
        programme: programme.to_owned(),
        version: pack.version.clone(),
        procedure: procedure.to_owned(),
        title: said.title.trim().to_owned(),
        starts_on,
        ends_on,
        contact: said.contact.trim().to_owned(),
        items,
        head: desk.store.head(programme).await?.hash,
        objections: Vec::new(),
        passed: Vec::new(),
    };
    let stage = pack.stages_of(procedure).into_iter().find(|stage| stage.work == Some(Work::Publicise));
    let limit = stage.and_then(|stage| stage.limit.as_ref());
    let events = Publicity::open(publicity, limit, Calendar::national(), desk.today())?;
    all.add(on_file::change::<Publicity>(&id, None, &events)?);
    all.commit(desk, programme, &by).await?;
    Ok(id)
}

fn item(file: &FileAt) -> PublicityItem {
    let Application { id, number, place, settled, decision, .. } = file.state();
    let receipt = decision.as_ref().map(|decision| &decision.receipt);
    PublicityItem {
        application: id.clone(),
        number: number.clone().unwrap_or_default(),
        name: file.knowing.applicant.name.clone(),
        division: place.clone(),
        place: standards::division::find(place).map_or(place.clone(), |division| division.name.clone()),
        level: settled.values().next().map(|settled| settled.level).or_else(|| receipt.and_then(|receipt| receipt.level)),
        recognised_fen: receipt.and_then(|receipt| receipt.recognised_fen),
        award_fen: receipt.and_then(|receipt| receipt.award_fen),
    }
}
